"""What the database itself refuses about decisions on findings in the words of a record.

Conditions are SQL that both databases understand. The services never run into them.
"""

from __future__ import annotations

from gongkai.guards.builders import append_only, refuse
from gongkai.guards.triggers import Trigger, register

_DECISION = "disclosure_textdecision"

_IN_A_DRAFT = """EXISTS (SELECT 1 FROM disclosure_version AS v
    WHERE v.id = NEW.version_id AND v.submitted_at IS NULL)"""
_BY_AN_AUTHOR = """EXISTS (SELECT 1 FROM disclosure_authorship AS a
    JOIN disclosure_version AS v ON v.record_id = a.record_id
    WHERE v.id = NEW.version_id AND a.person = NEW."by")"""

TRIGGERS: tuple[Trigger, ...] = (
    *append_only(_DECISION),
    refuse(
        "disclosure_finding_decided_in_a_draft",
        _DECISION,
        "INSERT",
        when=f"NOT {_IN_A_DRAFT}",
        message="只能对没有送审的文稿中的发现作出处理",
    ),
    refuse(
        "disclosure_grave_finding_kept_by_a_second",
        _DECISION,
        "INSERT",
        when=f"NEW.severity = 'must' AND NEW.verdict = 'justified' AND {_BY_AN_AUTHOR}",
        message="必须处理的发现，起草人不能自行决定保留",
    ),
)


def register_finding_triggers() -> None:
    """Adds them to the one list; called when the app starts."""
    register(*TRIGGERS)
