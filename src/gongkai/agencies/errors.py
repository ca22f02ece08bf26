"""Refusals of this app: each says in Chinese what was asked and why it cannot be."""

from __future__ import annotations


class AgencyError(Exception):
    """A change of a body or a number that is not allowed as asked; worded for a clerk.

    `field` names the input it concerns ("code", "parent" …), empty where it is none alone.
    """

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.field = field
