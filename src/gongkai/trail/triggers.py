"""What the database itself refuses: rows and heads never change, chains only grow by one row.

The hash is not computed in the database: a row with a false hash gets in by SQL and is found by
verification. Whoever owns the database can drop triggers; against that stand the printed heads.
"""

from __future__ import annotations

from gongkai.guards.builders import append_only, refuse, undeletable
from gongkai.guards.triggers import register

_DOES_NOT_GROW = """NOT (
    NEW.id = OLD.id AND NEW.agency_code = OLD.agency_code AND NEW.length = OLD.length + 1
    AND EXISTS (
        SELECT 1 FROM trail_row
        WHERE trail_row.agency_code = NEW.agency_code AND trail_row.sequence = NEW.length
        AND trail_row.hash = NEW.head AND trail_row.previous = OLD.head
    )
)"""
_DOES_NOT_BEGIN = """(
    NEW.length <> 0 OR NEW.head <> ''
    OR EXISTS (SELECT 1 FROM trail_chain AS known WHERE known.agency_code = NEW.agency_code)
)"""
_ROW_DOES_NOT_FOLLOW = """NOT EXISTS (
    SELECT 1 FROM trail_chain
    WHERE trail_chain.agency_code = NEW.agency_code
    AND NEW.sequence = trail_chain.length + 1 AND NEW.previous = trail_chain.head
)"""
_HEAD_DOES_NOT_FOLLOW = """(
    NEW.number <> 1 + (SELECT COUNT(*) FROM trail_dailyhead)
    OR NEW.previous <> COALESCE(
        (SELECT last.hash FROM trail_dailyhead AS last ORDER BY last.number DESC LIMIT 1), ''
    )
)"""


def register_all() -> None:
    """Adds them to the one list."""
    register(*append_only("trail_row"), *append_only("trail_dailyhead"))
    register(*undeletable("trail_chain"))
    for name, table, event, when, message in (
        ("trail_row_follows", "trail_row", "INSERT", _ROW_DOES_NOT_FOLLOW, "留痕须接在链尾"),
        ("trail_chain_grows", "trail_chain", "UPDATE", _DOES_NOT_GROW, "留痕链只能逐条增长"),
        ("trail_chain_begins", "trail_chain", "INSERT", _DOES_NOT_BEGIN, "留痕链从零开始"),
        ("trail_head_follows", "trail_dailyhead", "INSERT", _HEAD_DOES_NOT_FOLLOW, "总摘要须衔接"),
    ):
        register(refuse(name, table, event, when=when, message=message))
