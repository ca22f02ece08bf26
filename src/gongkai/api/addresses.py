"""The public address of a record: the one place where it is put together for other systems."""

from __future__ import annotations

from django.conf import settings

from gongkai.disclosure.models import Record


def address_of(record: Record) -> str | None:
    """Where everybody reads the record, from its first publication for good: an address never dies,
    a withdrawn record leaves a notice there. None before."""
    if record.published_at is None:
        return None
    origin: str = getattr(settings, "GONGKAI_ORIGIN", "")
    return f"{origin}/records/{record.public_id}/"
