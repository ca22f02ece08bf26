"""Refusals of this app, worded for whoever asked."""

from __future__ import annotations


class NotificationRefusedError(Exception):
    """An address or a choice that cannot be kept; `field` is the field of the form it concerns."""

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.field = field
