"""What the database itself refuses: a token for somebody else, a revocation taken back, a number of
the other system moved to another record.
"""

from __future__ import annotations

from gongkai.guards.builders import append_only, immutable, refuse, undeletable
from gongkai.guards.triggers import Trigger, register

_TOKEN, _INBOUND = "api_token", "api_inbound"
_ISSUED = ("id", "agency_id", "user_id", "label", "prefix", "digest", "created_at", "created_by")

TRIGGERS: tuple[Trigger, ...] = (
    *undeletable(_TOKEN),
    *immutable(_TOKEN, [*_ISSUED, "created_by_name", "expires_at"]),
    refuse(
        "api_token_stays_revoked",
        _TOKEN,
        "UPDATE",
        when="OLD.revoked_at IS NOT NULL AND NEW.revoked_at IS DISTINCT FROM OLD.revoked_at",
        message="收回的令牌不能恢复",
    ),
    *append_only(_INBOUND),
)


def register_triggers() -> None:
    """Adds them to the one list; called when the app starts."""
    register(*TRIGGERS)
