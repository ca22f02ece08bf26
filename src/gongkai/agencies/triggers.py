"""What the database itself refuses about bodies and numbers; the services never run into it."""

from __future__ import annotations

from gongkai.guards.builders import append_only, immutable, refuse, undeletable
from gongkai.guards.triggers import register

_AGENCY = "agencies_agency"
_DESIGNATION = "agencies_designation"
_SERIES = "agencies_numberseries"
_DRAWN = "agencies_drawnnumber"

_CIRCLE = """EXISTS (
    WITH RECURSIVE above(id, parent_id) AS (
        SELECT id, parent_id FROM agencies_agency WHERE id = NEW.parent_id
        UNION
        SELECT a.id, a.parent_id FROM agencies_agency AS a JOIN above ON a.id = above.parent_id
    )
    SELECT 1 FROM above WHERE above.id = NEW.id
)"""
_HAS_NUMBERS = "EXISTS (SELECT 1 FROM agencies_drawnnumber AS d WHERE d.series_id = OLD.id)"
# The next number of a series: after the last one drawn, else after the last one on paper.
_NEXT = """(
    SELECT COALESCE(
        (SELECT MAX(d.number) FROM agencies_drawnnumber AS d WHERE d.series_id = s.id),
        s.paper_ended_at
    ) + 1 FROM agencies_numberseries AS s WHERE s.id = NEW.series_id
)"""

TRIGGERS = (
    *undeletable(_AGENCY),
    # `supervising` never turns: with its unique constraint exactly one body has it, once there.
    *immutable(_AGENCY, ("code", "kind", "supervising", "valid_from")),
    refuse(
        "agencies_agency_no_circle",
        _AGENCY,
        "UPDATE",
        columns=("parent_id",),
        when=f"NEW.parent_id IS NOT NULL AND {_CIRCLE}",
        message="机关隶属关系不能成环",
    ),
    refuse(
        "agencies_agency_stays_ended",
        _AGENCY,
        "UPDATE",
        when="OLD.valid_to IS NOT NULL AND NEW.valid_to IS DISTINCT FROM OLD.valid_to",
        message="已终止的机关不能恢复，也不能改终止日期",
    ),
    *undeletable(_DESIGNATION),
    *immutable(_DESIGNATION, ("agency_id", "valid_from")),
    refuse(
        "agencies_designation_closed",
        _DESIGNATION,
        "UPDATE",
        when="OLD.valid_to IS NOT NULL",
        message="已成历史的机关名称和隶属不可更改",
    ),
    *append_only("agencies_succession"),
    *undeletable(_SERIES),
    *immutable(_SERIES, ("agency_id", "key", "year")),
    refuse(
        "agencies_series_goes_on_by_one",
        _SERIES,
        "UPDATE",
        when=f"""{_HAS_NUMBERS} AND (
            NEW.last_number NOT IN (OLD.last_number, OLD.last_number + 1)
            OR NEW.paper_ended_at <> OLD.paper_ended_at OR NEW.template <> OLD.template
        )""",
        message="已经取号的编号序列只能逐号前进",
    ),
    *undeletable(_DRAWN),
    *immutable(
        _DRAWN,
        ("series_id", "key", "number", "text", "purpose", "drawn_at", "drawn_by", "drawn_by_name"),
    ),
    refuse(
        "agencies_number_follows",
        _DRAWN,
        "INSERT",
        when=f"NEW.voided_at IS NOT NULL OR NEW.number <> {_NEXT}",
        message="编号必须连续",
    ),
    refuse(
        "agencies_number_voided_once",
        _DRAWN,
        "UPDATE",
        when="OLD.voided_at IS NOT NULL",
        message="已作废的编号不可更改",
    ),
)


def register_triggers() -> None:
    """Adds them to the one list; called when the app starts."""
    register(*TRIGGERS)
