"""The application reads and writes rows; the schema is the owner's. And SQLite as we ship it."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from django.db import Error, connection

from gongkai.site.databases import database, postgresql
from gongkai.site.environment import read_environment
from tests.gongkai.databases import CommittedDatabase

NOTHING = "AS $$ BEGIN RETURN NEW; END $$"
DDL = (
    "CREATE TABLE planted (id int)",
    "CREATE TEMPORARY TABLE trail_row (id int)",
    "CREATE SCHEMA planted",
    "CREATE FUNCTION planted() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "ALTER TABLE trail_row ADD COLUMN planted int",
    "ALTER TABLE trail_row DISABLE TRIGGER trail_row_no_update",
    "DROP TRIGGER trail_row_no_update ON trail_row",
    f"CREATE OR REPLACE FUNCTION trail_row_no_update() RETURNS trigger LANGUAGE plpgsql {NOTHING}",
    "TRUNCATE django_session",
    "DROP TABLE django_session",
    "DELETE FROM django_migrations",
    "SET session_replication_role = replica",
)


def succeeded(statements: tuple[str, ...]) -> list[str]:
    """The statements that the database carries out, each in a transaction of its own, undone."""
    found = []
    for statement in statements:
        with connection.cursor() as cursor:
            cursor.execute("BEGIN")
            try:
                cursor.execute(statement)
            except Error:
                pass
            else:
                found.append(statement)
            finally:
                cursor.execute("ROLLBACK")
    return found


def test_the_application_may_not_change_the_schema(committed_database: CommittedDatabase) -> None:
    if not committed_database.is_postgresql:
        # SQLite knows no roles: who may write the file may change its tables.
        assert succeeded(("CREATE TABLE planted (id int)",)) != []
        return
    as_application = succeeded(DDL)
    with committed_database.as_owner():
        as_owner = succeeded(DDL)
    print(f"DDL as gongkai_app: {len(as_application)} of {len(DDL)}; as owner: {len(as_owner)}")
    assert as_application == []
    assert as_owner == list(DDL)


def test_the_application_writes_rows(committed_database: CommittedDatabase) -> None:
    with committed_database.connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO django_session (session_key, session_data, expire_date) "
            "VALUES ('k', 'd', '2030-01-01 00:00:00')"
        )
        cursor.execute("UPDATE django_session SET session_data = 'e'")
        cursor.execute("DELETE FROM django_session")
        assert cursor.rowcount == 1


def test_what_one_test_commits_the_next_does_not_see(
    committed_database: CommittedDatabase, request: pytest.FixtureRequest
) -> None:
    with committed_database.connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM django_session")
        assert cursor.fetchone() == (0,)
        cursor.execute("SELECT count(*) FROM django_migrations")
        assert cursor.fetchone()[0] > 0


def test_threads_and_processes_see_the_same_database(
    committed_database: CommittedDatabase,
) -> None:
    with committed_database.connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO django_session (session_key, session_data, expire_date) "
            "VALUES ('k', 'd', '2030-01-01 00:00:00')"
        )
    seen: list[int] = []

    def count() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM django_session")
            seen.append(cursor.fetchone()[0])
        connection.close()

    thread = threading.Thread(target=count)
    thread.start()
    thread.join()
    program = (
        "import django; django.setup();"
        "from django.contrib.sessions.models import Session; print(Session.objects.count())"
    )
    child = subprocess.run(
        [sys.executable, "-c", program],
        env=dict(committed_database.variables),
        capture_output=True,
        text=True,
        check=True,
    )
    assert (seen, child.stdout.strip()) == ([1], "1")


def test_sqlite_keeps_what_it_acknowledged(committed_database: CommittedDatabase) -> None:
    if committed_database.is_postgresql:
        return
    with committed_database.connection.cursor() as cursor:
        values = {}
        for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete"):
            cursor.execute(f"PRAGMA {name}")
            values[name] = cursor.fetchone()[0]
    assert values == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "secure_delete": 1,
    }
    assert committed_database.connection.settings_dict["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_the_owner_may_log_in_elsewhere(tmp_path: Path) -> None:
    given = read_environment(
        {
            "GONGKAI_HOME": str(tmp_path),
            "GONGKAI_DATABASE_URL": "postgresql://app:p%40ss@db:6432/office?sslmode=require",
            "GONGKAI_OWNER_DATABASE_URL": "postgresql://owner@db/office",
        }
    )
    app, owner = database(given), database(given, owner=True)
    assert (app["USER"], app["PASSWORD"], app["HOST"], app["PORT"]) == ("app", "p@ss", "db", "6432")
    assert app["OPTIONS"] == {"sslmode": "require", "assume_role": "gongkai_app"}
    assert (owner["USER"], owner["OPTIONS"]) == ("owner", {})


def test_a_socket_address_names_its_folder() -> None:
    found = postgresql("postgresql:///office?host=/run/postgresql", role="")
    assert (found["HOST"], found["NAME"], found["OPTIONS"]) == ("/run/postgresql", "office", {})


def test_the_run_is_on_the_database_it_says(db: None) -> None:
    wanted = "postgresql" if os.environ.get("GONGKAI_DATABASE_URL") else "sqlite"
    assert connection.vendor == wanted
