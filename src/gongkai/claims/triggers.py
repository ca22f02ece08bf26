"""What the database itself refuses about claims: they end once, and are never rewritten."""

from __future__ import annotations

from gongkai.guards.builders import immutable, refuse, undeletable
from gongkai.guards.triggers import Trigger, register

_CLAIM = "claims_claim"
_MATTER = ("matter_kind", "matter_id", "label", "agency_code", "occasion", "occasion_label")
_PERSON = ("person", "person_name", "taken_at")

TRIGGERS: tuple[Trigger, ...] = (
    *undeletable(_CLAIM),
    *immutable(_CLAIM, (*_MATTER, *_PERSON)),
    refuse(
        "claims_claim_ends_once",
        _CLAIM,
        "UPDATE",
        when="OLD.ended_at IS NOT NULL",
        message="已结束的认领不可更改",
    ),
)


def register_triggers() -> None:
    """Adds them to the one list; called when the app starts."""
    register(*TRIGGERS)
