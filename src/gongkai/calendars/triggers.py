"""What the database itself refuses about holiday notices.

That nobody confirms what he entered is a check constraint (models); it holds because who entered
a notice cannot be rewritten, and none comes into the table confirmed.
"""

from __future__ import annotations

from gongkai.guards.builders import append_only, immutable, refuse, undeletable
from gongkai.guards.triggers import Trigger, register

_NOTICE = "calendars_holidaynotice"
_DAY = "calendars_holidayday"
_CONTENT = ("year", "number", "issued_on", "region", "remark", "digest", "supersedes_id")
_ENTERED = ("entered_at", "entered_by", "entered_by_name")


def _once(name: str, columns: tuple[str, ...], message: str) -> Trigger:
    changed = " OR ".join(f"NEW.{one} IS DISTINCT FROM OLD.{one}" for one in columns)
    when = f"OLD.{columns[0]} IS NOT NULL AND ({changed})"
    return refuse(name, _NOTICE, "UPDATE", when=when, message=message)


TRIGGERS = (
    *undeletable(_NOTICE),
    *immutable(_NOTICE, (*_CONTENT, *_ENTERED)),
    refuse(
        "calendars_notice_enters_unconfirmed",
        _NOTICE,
        "INSERT",
        when="NEW.confirmed_at IS NOT NULL OR NEW.withdrawn_at IS NOT NULL "
        "OR NEW.superseded_at IS NOT NULL",
        message="放假通知须先录入，再由第二人复核",
    ),
    refuse(
        "calendars_notice_confirmed_while_pending",
        _NOTICE,
        "UPDATE",
        when="OLD.confirmed_at IS NULL AND NEW.confirmed_at IS NOT NULL "
        "AND NEW.withdrawn_at IS NOT NULL",
        message="已撤回的放假通知不能复核",
    ),
    _once(
        "calendars_notice_confirmed_once",
        ("confirmed_at", "confirmed_by", "confirmed_by_name"),
        "放假通知的复核不可更改",
    ),
    _once(
        "calendars_notice_withdrawn_once",
        ("withdrawn_at", "withdrawn_by", "withdrawn_by_name", "withdrawal_reason"),
        "放假通知的撤回不可更改",
    ),
    _once("calendars_notice_superseded_once", ("superseded_at",), "放假通知的更正不可更改"),
    *append_only(_DAY),
    refuse(
        "calendars_days_before_confirmation",
        _DAY,
        "INSERT",
        when="EXISTS (SELECT 1 FROM calendars_holidaynotice AS n WHERE n.id = NEW.notice_id "
        "AND (n.confirmed_at IS NOT NULL OR n.withdrawn_at IS NOT NULL))",
        message="已复核或撤回的放假通知不能增加日期",
    ),
)


def register_triggers() -> None:
    """Adds them to the one list; called when the app starts."""
    register(*TRIGGERS)
