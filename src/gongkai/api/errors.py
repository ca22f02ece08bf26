"""Refusals of the API, before they are put into the one form in which every error is answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: a sentence, the field it is about, and where that stands."""

    message: str
    field: str = ""
    where: str = ""


class ApiError(Exception):
    """An answer that is an error: status, a code for programs, a sentence for people.

    `more` are the further faults where there are several.
    """

    def __init__(
        self, status: int, code: str, message: str, *, field: str = "", where: str = "",
        more: Sequence[Fault] = (),
    ) -> None:  # fmt: skip
        super().__init__(code)
        self.status, self.code = status, code
        self.fault = Fault(message, field, where)
        self.more = tuple(more)


class TokenRefusedError(Exception):
    """A token that is not issued or not taken back; the message is for whoever asked."""
