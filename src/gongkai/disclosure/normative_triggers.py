"""What the database itself refuses about numbers, relations and clean-ups.

Conditions are SQL that both databases understand. The services never run into them.
"""

from __future__ import annotations

from gongkai.guards.builders import append_only, refuse
from gongkai.guards.triggers import Trigger, register

_RELATION = "disclosure_relation"
_DECISION = "disclosure_cleanupdecision"

_SAME_RELATION = """EXISTS (SELECT 1 FROM disclosure_relation AS r
    WHERE r.later_id = NEW.later_id AND r.earlier_id = NEW.earlier_id AND r.kind = NEW.kind
    AND NOT EXISTS (SELECT 1 FROM disclosure_voidedrelation AS v WHERE v.relation_id = r.id))"""
_OF_THE_BODY = """EXISTS (SELECT 1 FROM disclosure_record AS r
    JOIN disclosure_cleanup AS c ON c.agency_id = r.agency_id
    WHERE r.id = NEW.record_id AND c.id = NEW.cleanup_id AND r.kind = 'normative')"""

TRIGGERS: tuple[Trigger, ...] = (
    *append_only("disclosure_cleanup"),
    *append_only(_DECISION),
    *append_only("disclosure_voidedrelation"),
    refuse(
        "disclosure_relation_once",
        _RELATION,
        "INSERT",
        when=_SAME_RELATION,
        message="同一关联已经登记",
    ),
    refuse(
        "disclosure_cleanup_of_own_documents",
        _DECISION,
        "INSERT",
        when=f"NOT {_OF_THE_BODY}",
        message="只能清理本机关的行政规范性文件",
    ),
    # A number is not given again and not taken away (index_practice#模板).
    refuse(
        "disclosure_numbers_stay",
        "disclosure_record",
        "UPDATE",
        when="(OLD.index_no <> '' AND NEW.index_no <> OLD.index_no) "
        "OR (OLD.reg_no <> '' AND NEW.reg_no <> OLD.reg_no)",
        message="索引号、统一编号一经编定不可更改",
    ),
)


def register_normative_triggers() -> None:
    """Adds them to the one list; called when the app starts."""
    register(*TRIGGERS)
