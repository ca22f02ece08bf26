"""Ready-made triggers: rows that are never changed, columns that are never changed, and what else
the database shall refuse.

Every refusal is an IntegrityError with a Chinese message on either database. Identifiers come from
the code, never from input.
"""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.guards.triggers import Trigger

_EVENTS = ("INSERT", "UPDATE", "DELETE")
_SAME_ID = 'EXISTS (SELECT 1 FROM {table} WHERE "id" = NEW."id")'
_RAISE = "RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = {text};"


def refuse(
    name: str, table: str, event: str, *, message: str, when: str = "", columns: Sequence[str] = ()
) -> Trigger:
    """A row-level trigger that refuses an event, where `when` holds.

    `when` is a condition in SQL that both databases understand, over OLD and NEW; subqueries are
    allowed. `columns` limits an UPDATE to those named in its SET list.
    """
    if event not in _EVENTS:
        raise ValueError(f"没有这样的事件：{event}")
    of = f" OF {', '.join(map(_quoted, columns))}" if columns else ""
    head = f"TRIGGER {_quoted(name)} BEFORE {event}{of} ON {_quoted(table)}"
    condition = f" WHEN {when}" if when else ""
    refusal = f"SELECT RAISE(ABORT, {_text(message)});"
    return Trigger(
        name=name,
        table=table,
        sqlite=(f"CREATE {head} FOR EACH ROW{condition} BEGIN {refusal} END",),
        postgresql=(
            _function(name, message, when, answer="OLD" if event == "DELETE" else "NEW"),
            f"CREATE {head} FOR EACH ROW EXECUTE FUNCTION {_quoted(name)}()",
        ),
    )


def append_only(table: str) -> tuple[Trigger, ...]:
    """Rows come and stay: no UPDATE, no DELETE, no TRUNCATE (PostgreSQL), no REPLACE (SQLite)."""
    return (
        refuse(f"{table}_no_update", table, "UPDATE", message=f"{table} 只增不改"),
        *undeletable(table),
    )


def undeletable(table: str) -> tuple[Trigger, ...]:
    """Rows may change and never go: no DELETE, no TRUNCATE (PostgreSQL), no REPLACE (SQLite)."""
    message = f"{table} 只增不删"
    return (
        refuse(f"{table}_no_delete", table, "DELETE", message=message),
        _no_truncate(table, message),
        _no_replace(table, message),
    )


def immutable(table: str, columns: Sequence[str], *, when: str = "") -> tuple[Trigger, ...]:
    """The columns keep their value once written; where `when` is given, once it holds for OLD."""
    pairs = ((f"OLD.{_quoted(one)}", f"NEW.{_quoted(one)}") for one in columns)
    changed = " OR ".join(f"{old} IS DISTINCT FROM {new}" for old, new in pairs)
    condition = f"({when}) AND ({changed})" if when else f"({changed})"
    message = f"{table} 的 {'、'.join(columns)} 不可更改"
    return (refuse(f"{table}_immutable", table, "UPDATE", message=message, when=condition),)


def _no_truncate(table: str, message: str) -> Trigger:
    name = f"{table}_no_truncate"
    on = f"BEFORE TRUNCATE ON {_quoted(table)} FOR EACH STATEMENT"
    return Trigger(
        name=name,
        table=table,
        sqlite=(),  # SQLite has no TRUNCATE
        postgresql=(
            _function(name, message, "", answer="NULL"),
            f"CREATE TRIGGER {_quoted(name)} {on} EXECUTE FUNCTION {_quoted(name)}()",
        ),
    )


def _no_replace(table: str, message: str) -> Trigger:
    """SQLite's INSERT OR REPLACE deletes the old row without asking DELETE triggers, unless the
    connection has recursive_triggers on; a connection opened by hand has it off."""
    name = f"{table}_no_replace"
    found = _SAME_ID.replace("{table}", _quoted(table))
    (sql,) = refuse(name, table, "INSERT", message=message, when=found).sqlite
    return Trigger(name=name, table=table, sqlite=(sql,), postgresql=())


def _function(name: str, message: str, when: str, *, answer: str) -> str:
    """The body of a trigger on PostgreSQL; its search path is fixed, so that no temporary table
    can stand before a real one."""
    refusal = _RAISE.replace("{text}", _text(message))
    body = f"IF {when} THEN {refusal} END IF; RETURN {answer};" if when else refusal
    return (
        f"CREATE OR REPLACE FUNCTION {_quoted(name)}() RETURNS trigger LANGUAGE plpgsql "
        f"SET search_path = pg_catalog, public, pg_temp AS $guard$ BEGIN {body} END $guard$"
    )


def _quoted(identifier: str) -> str:
    if not identifier.isascii() or not identifier.isidentifier():
        raise ValueError(f"不是标识符：{identifier}")
    return f'"{identifier}"'


def _text(message: str) -> str:
    escaped = message.replace("'", "''")
    return f"'{escaped}'"
