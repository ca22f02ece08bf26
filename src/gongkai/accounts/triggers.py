"""What the database itself refuses about people: administrators hold no duties of an agency,
nothing is deleted, a grant is not rewritten afterwards.

That nobody is two of the three administrators is a unique constraint (models).
"""

from __future__ import annotations

from gongkai.guards.builders import immutable, refuse, undeletable
from gongkai.guards.triggers import Trigger, register

_USER, _DUTIES = "accounts_user", "accounts_rolegrant"
_THREE, _COVERS = "accounts_administratorgrant", "accounts_cover"
_GIVEN = ("user_id", "role", "granted_at", "granted_by_id", "granted_by_name")

_HELD = "SELECT 1 FROM {other} AS held WHERE held.user_id = NEW.user_id AND held.revoked_at IS NULL"


def _apart(name: str, table: str, other: str) -> tuple[Trigger, ...]:
    """Refuses an unrevoked row in `table` for a person with an unrevoked row in `other`."""
    held = _HELD.format(other=other)
    clash = f"(NEW.revoked_at IS NULL AND EXISTS ({held}))"
    message = "安装管理员不得兼任机关角色"
    return tuple(
        refuse(f"{name}_{event.lower()}", table, event, message=message, when=clash)
        for event in ("INSERT", "UPDATE")
    )


TRIGGERS = (
    *_apart("accounts_no_duty_of_administrators", _DUTIES, _THREE),
    *_apart("accounts_no_administrator_on_duty", _THREE, _DUTIES),
    *(trigger for table in (_USER, _DUTIES, _THREE, _COVERS) for trigger in undeletable(table)),
    *immutable(_USER, ["id", "created_at"]),
    *immutable(_DUTIES, ["id", "agency_id", "valid_from", "valid_to", *_GIVEN]),
    *immutable(_THREE, ["id", *_GIVEN]),
    *immutable(_COVERS, ["id", "absent_id", "standing_in_id", "agency_id", "starts_on", "ends_on"]),
)


def register_triggers() -> None:
    """Adds them to the one list; called when the app starts."""
    register(*TRIGGERS)
