"""What the database itself refuses about keys: deleted, given to another thing, revived."""

from __future__ import annotations

from gongkai.guards.builders import immutable, refuse, undeletable
from gongkai.guards.triggers import register

_KEYS, _MASTERS = "vault_datakey", "vault_masterkeyversion"

TRIGGERS = (
    *undeletable(_KEYS),
    *immutable(_KEYS, ["id", "kind", "owner_id", "algorithm", "created_at"]),
    refuse(
        "vault_no_key_is_revived",
        _KEYS,
        "UPDATE",
        message="已销毁的数据密钥不得复活",
        when="(OLD.destroyed_at IS NOT NULL)",
    ),
    *undeletable(_MASTERS),
    *immutable(_MASTERS, ["id", "version", "fingerprint", "created_at"]),
)


def register_triggers() -> None:
    """Adds them to the one list; called when the app starts."""
    register(*TRIGGERS)
