"""Whether the database fits the program: old tables, or tables without guards, are not served."""

from __future__ import annotations

from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor

from gongkai.guards.installing import missing

_SETUP = "先运行 gongkai setup。"


def outstanding_migrations() -> bool:
    """Whether the program knows migrations that this database has not seen."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def differing_triggers() -> tuple[str, ...]:
    """Names of triggers that are absent, altered or switched off."""
    return missing(connection)


def database_fault() -> str:
    """Why the database must not be used as it is, in Chinese; empty when it may. Leaves no open
    connection, so that a server may fork afterwards."""
    try:
        if outstanding_migrations():
            return f"数据库还没有准备好。{_SETUP}"
        absent = differing_triggers()
    except Error as error:
        return f"数据库连不上（{type(error).__name__}）。检查 GONGKAI_DATABASE_URL，或{_SETUP}"
    finally:
        connection.close()
    return f"触发器与清单不符：{'、'.join(absent)}。{_SETUP}" if absent else ""
