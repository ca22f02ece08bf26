"""Refusals of the vault, worded for whoever asked."""

from __future__ import annotations

from statute.errors import StatuteError


class VaultRefusedError(StatuteError):
    """An act that the vault does not do: no reason given, personal data in the reason …"""


class KeyDestroyedError(VaultRefusedError):
    """The data key was destroyed; what it sealed cannot be read by anybody."""


class MasterKeyError(Exception):
    """A master key is missing, unreadable for this program, or not the one that was used: the
    vault neither reads nor writes until the right file is back."""


class DamagedValueError(Exception):
    """A sealed value that was changed, or that belongs to another kind, id or field."""
