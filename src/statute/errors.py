"""Refusals of the law: each says in Chinese what was asked and why it cannot be answered."""

from __future__ import annotations


class StatuteError(Exception):
    """A question the law cannot answer, worded for a clerk; not a defect of the program."""


class NotInForceError(StatuteError):
    """No version of a rule is in force on the day asked about."""
