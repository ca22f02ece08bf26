"""What is known of master keys without opening any: versions, dates, how many keys each guards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from gongkai.vault.models import DataKey, MasterKeyVersion


@dataclass(frozen=True, slots=True)
class KeyState:
    """One master key; `data_keys` counts those not yet destroyed that it wraps."""

    version: int
    created_at: datetime
    retired_at: datetime | None
    data_keys: int


def master_keys() -> list[KeyState]:
    """All versions, the oldest first."""
    living = DataKey.objects.filter(wrapped__isnull=False).values("master_version")
    guarded = {row["master_version"]: row["number"] for row in living.annotate(number=Count("id"))}
    return [
        KeyState(key.version, key.created_at, key.retired_at, guarded.get(key.version, 0))
        for key in MasterKeyVersion.objects.order_by("version")
    ]
