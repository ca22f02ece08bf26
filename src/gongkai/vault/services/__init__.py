"""Every verb of the vault: seal, reveal, remember identifiers, rotate and destroy keys."""

from __future__ import annotations

from gongkai.vault.identifiers import mask
from gongkai.vault.services.masters import (
    Rotation,
    begin_rotation,
    ensure_master_key,
    retire_master_key,
    rewrap,
    rotate,
)
from gongkai.vault.services.values import (
    destroy,
    hmac_of,
    owners_with,
    remember_identifier,
    reveal,
    seal,
)

__all__ = [
    "Rotation",
    "begin_rotation",
    "destroy",
    "ensure_master_key",
    "hmac_of",
    "mask",
    "owners_with",
    "remember_identifier",
    "retire_master_key",
    "reveal",
    "rewrap",
    "rotate",
    "seal",
]
