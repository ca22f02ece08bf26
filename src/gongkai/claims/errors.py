"""Refusals of this app, in Chinese."""

from __future__ import annotations


class ClaimError(Exception):
    """Work that cannot be taken or given back as asked; worded for a clerk."""
