"""Puts the one list of triggers into the database and compares the two.

SQLite keeps the text of a trigger, which is compared word by word. PostgreSQL rewrites it; there a
comment on the trigger holds two digests: of the text we gave, and of what the catalogue made of it
right after installation. Either one differing tells: an older text, a function replaced, a trigger
switched off. (Who owns the database can forge the comment too; against him stand the printed heads
of the trail, not this.)
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

from gongkai.guards.triggers import Trigger, registered

_MARK = "gongkai"
_CREATES = re.compile(r'\bCREATE\s+(?:CONSTRAINT\s+)?TRIGGER\s+"?(\w+)"?', re.IGNORECASE)

_SQLITE_CATALOGUE = "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'"
# Everything a trigger is: its definition, its function, whether it is switched off.
_POSTGRESQL_CATALOGUE = """
    SELECT one.tgname, class.relname,
           pg_get_triggerdef(one.oid) || pg_get_functiondef(one.tgfoid) || one.tgenabled::text,
           coalesce(obj_description(one.oid, 'pg_trigger'), '')
    FROM pg_trigger AS one
    JOIN pg_class AS class ON class.oid = one.tgrelid
    WHERE NOT one.tgisinternal AND class.relnamespace = 'public'::regnamespace
"""


@dataclass(frozen=True, slots=True)
class _Found:
    """A trigger in the catalogue: the digest of the text it was made from, whether it is still as
    it was made, and whether we made it."""

    name: str
    table: str
    digest: str
    intact: bool
    ours: bool


def missing(connection: BaseDatabaseWrapper) -> tuple[str, ...]:
    """Names in which the list and the catalogue differ: absent, altered, switched off, or in the
    database without being on the list."""
    with connection.cursor() as cursor:
        found = _catalogue(connection, cursor)
    wanted: set[str] = set()
    differing: set[str] = set()
    for trigger in registered():
        names = _wanted(connection, trigger).keys()
        wanted |= names
        if not _stands(connection, trigger, found):
            differing |= names
    return tuple(sorted(differing | (found.keys() - wanted)))


def install(connection: BaseDatabaseWrapper) -> tuple[str, ...]:
    """Creates what differs, removes what left the list; returns the names it touched. A table that
    does not exist yet is waited for: the migration that creates it calls again."""
    touched: list[str] = []
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        found = _catalogue(connection, cursor)
        wanted = {name for trigger in registered() for name in _wanted(connection, trigger)}
        for one in found.values():
            if one.ours and one.name not in wanted:
                _drop(connection, cursor, one.name, one.table)
                touched.append(one.name)
        for trigger in registered():
            if trigger.table in tables and not _stands(connection, trigger, found):
                _create(connection, cursor, trigger, found)
                touched.extend(_wanted(connection, trigger))
    return tuple(touched)


def remove(connection: BaseDatabaseWrapper) -> tuple[str, ...]:
    """Takes our triggers away before tables change: SQLite refuses to rebuild a table that another
    table's trigger asks, PostgreSQL to change the type of a column that a trigger names. Only
    migrations call it, and `install` follows; the web server does not start in between."""
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        ours = [one for one in _catalogue(connection, cursor).values() if one.ours]
        for one in ours:
            _drop(connection, cursor, one.name, one.table)
    return tuple(sorted(one.name for one in ours))


def _wanted(connection: BaseDatabaseWrapper, trigger: Trigger) -> dict[str, str]:
    """The names under which the catalogue will have it, each with the digest of its text."""
    if connection.vendor != "postgresql":
        return {_CREATES.findall(sql)[0]: _digest(sql) for sql in trigger.sqlite}
    digest = _digest("\n".join(trigger.postgresql))
    return {name: digest for sql in trigger.postgresql for name in _CREATES.findall(sql)}


def _stands(connection: BaseDatabaseWrapper, trigger: Trigger, found: dict[str, _Found]) -> bool:
    """Whether the catalogue has the trigger exactly as the list wants it."""
    for name, digest in _wanted(connection, trigger).items():
        if found.get(name) != _Found(name, trigger.table, digest, intact=True, ours=True):
            return False
    return True


def _catalogue(connection: BaseDatabaseWrapper, cursor: CursorWrapper) -> dict[str, _Found]:
    if connection.vendor != "postgresql":
        cursor.execute(_SQLITE_CATALOGUE)
        return {
            name: _Found(name, table, _digest(sql), intact=True, ours=True)
            for name, table, sql in cursor.fetchall()
        }
    cursor.execute(_POSTGRESQL_CATALOGUE)
    found = {}
    for name, table, state, comment in cursor.fetchall():
        mark, _, digests = comment.partition(" ")
        given, _, made = digests.partition(" ")
        found[name] = _Found(name, table, given, made == _digest(state), mark == _MARK)
    return found


def _create(
    connection: BaseDatabaseWrapper,
    cursor: CursorWrapper,
    trigger: Trigger,
    found: dict[str, _Found],
) -> None:
    """Makes the trigger anew; on PostgreSQL it fires in replica mode too, and is marked."""
    wanted = _wanted(connection, trigger)
    for name in wanted.keys() & found.keys():
        _drop(connection, cursor, name, found[name].table)
    if connection.vendor != "postgresql":
        for sql in trigger.sqlite:
            cursor.execute(sql)
        return
    for sql in trigger.postgresql:
        cursor.execute(sql)
    table = connection.ops.quote_name(trigger.table)
    for name in wanted:
        quoted = connection.ops.quote_name(name)
        cursor.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {quoted}")
    cursor.execute(f"{_POSTGRESQL_CATALOGUE} AND one.tgname = ANY(%s)", [list(wanted)])
    for name, _, state, _ in cursor.fetchall():
        comment = f"{_MARK} {wanted[name]} {_digest(state)}"
        quoted = connection.ops.quote_name(name)
        cursor.execute(f"COMMENT ON TRIGGER {quoted} ON {table} IS '{comment}'")


def _drop(connection: BaseDatabaseWrapper, cursor: CursorWrapper, name: str, table: str) -> None:
    quoted = connection.ops.quote_name(name)
    of = f" ON {connection.ops.quote_name(table)}" if connection.vendor == "postgresql" else ""
    cursor.execute(f"DROP TRIGGER IF EXISTS {quoted}{of}")


def _digest(text: str) -> str:
    """Of the text without its layout."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()
