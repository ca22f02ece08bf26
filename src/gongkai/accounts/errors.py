"""Refusals worded for whoever asked: what was asked and why it is not done."""

from __future__ import annotations

from statute.errors import StatuteError


class AccountRefusedError(StatuteError):
    """An act on people or duties that their state does not allow."""


class NotEntitledError(AccountRefusedError):
    """The person who asks may not do this: duty missing, above the ceiling, or on oneself."""
