"""How words, dates and citations are read from JSON: strictly, with faults that can be put into
Chinese. It knows no record.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from html import escape
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from statute.citations import cite
from statute.errors import StatuteError
from statute.identity import Certainty, Kind, find
from statute.texts.anchors import anchor

# Control characters are in no document; PostgreSQL refuses the first of them in any text.
ONE_LINE = r"^[^\x00-\x1f\x7f-\x9f]*$"
LINES = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]*$"
_UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_GROUND = r"^[a-z][a-z0-9_]*#[^.()#\s]+(\.[0-9]+)?(\([0-9]+\))?$"


def _day(value: object) -> date:
    """A date as 2026-03-05, and in no other spelling that a program would read."""
    try:
        found = date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        found = None
    if found is None or found.isoformat() != value:
        raise PydanticCustomError("day", "须写作“2026-03-05”，而且要有这一天")
    return found


def _ground(value: str) -> str:
    try:
        anchor(cite(value))
    except (ValueError, StatuteError):
        raise PydanticCustomError("ground", "没有这一条款，写法如 regulations#16.2") from None
    return value


def _number(value: str) -> str:
    """A number of the other system, which goes into the trail and so must name no person."""
    for found in find(value):
        if found.kind is Kind.RESIDENT_ID and found.certainty is Certainty.CERTAIN:
            raise PydanticCustomError("personal", "里有身份证号码，请换一个编号")
    return value


def _plain_values(value: dict[str, Any]) -> dict[str, Any]:
    """Elements of details: no character in them that no text has, at any depth."""
    if any(_UNFIT.search(word) for word in _words(value)):
        raise PydanticCustomError("unfit", "有不能使用的控制字符")
    return value


def _words(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, Mapping):
        return [*map(str, value), *(word for one in value.values() for word in _words(one))]
    if isinstance(value, list):
        return [word for one in value for word in _words(one)]
    return []


Day = Annotated[date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
Ground = Annotated[str, Field(pattern=_GROUND, max_length=80), AfterValidator(_ground)]
ExternalNumber = Annotated[
    str, Field(pattern=ONE_LINE, min_length=1, max_length=64), AfterValidator(_number)
]
Details = Annotated[dict[str, Any], AfterValidator(_plain_values)]


def one_line(longest: int, least: int = 0) -> Any:
    """A text on one line."""
    return Field(pattern=ONE_LINE, max_length=longest, min_length=least)


def paragraphs(text: str) -> str:
    """Plain text as a body: each line that says something is a paragraph."""
    lines = (line.strip() for line in text.splitlines())
    return "".join(f"<p>{escape(line, quote=False)}</p>" for line in lines if line)
