"""JSON as it is taken: UTF-8, of the right type, each name once, no numbers that are none."""

from __future__ import annotations

import json
from typing import Any, NoReturn

from django.http import HttpRequest
from ninja.parser import Parser

_DEEPEST = 20


class WrongTypeError(ValueError):
    """A body that does not say that it is JSON."""


class StrictParser(Parser):
    """What a lenient parser would guess at is refused: whoever reads it twice reads the same."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        """The body of a request. WrongTypeError; ValueError where it is not what it says to be."""
        if request.content_type != "application/json":
            raise WrongTypeError(request.content_type)
        read: dict[str, Any] = json.loads(
            request.body.decode(), object_pairs_hook=_once_each, parse_constant=_refuse
        )
        _check_depth(read, _DEEPEST)
        return read


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    read = dict(pairs)
    if len(read) != len(pairs):
        raise ValueError("a name stands twice")
    return read


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)


def _check_depth(value: object, left: int) -> None:
    if left == 0:
        raise ValueError("too deep")
    inner = value.values() if isinstance(value, dict) else value
    if isinstance(inner, str) or not hasattr(inner, "__iter__"):
        return
    for one in inner:
        _check_depth(one, left - 1)
