"""Refusals of this app, in Chinese."""

from __future__ import annotations


class CalendarError(Exception):
    """A notice that cannot be entered, confirmed or withdrawn as asked; worded for a clerk."""

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.field = field
