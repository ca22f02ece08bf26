"""How test databases are made: migrated as owner, copied for tests that commit."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit

import psycopg
from django.conf import settings
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg.sql import SQL, Identifier
from pytest_django import DjangoDbBlocker

from gongkai.guards.roles import grant
from gongkai.site.environment import environment


@dataclass(frozen=True, slots=True)
class CommittedDatabase:
    """A copy of the migrated database; `variables` hand it to a process that a test starts."""

    connection: BaseDatabaseWrapper
    home: Path
    variables: Mapping[str, str]

    @property
    def is_postgresql(self) -> bool:
        return self.connection.vendor == "postgresql"

    @contextmanager
    def as_owner(self) -> Iterator[BaseDatabaseWrapper]:
        """The same connection with the owner's rights: may alter tables and drop triggers."""
        with as_owner(self.connection):
            yield self.connection


@contextmanager
def as_owner(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Takes the application's role off for a while; on SQLite there is none to take off."""
    role = connection.settings_dict["OPTIONS"].get("assume_role")
    if role is None:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"SET ROLE {connection.ops.quote_name(role)}")


@contextmanager
def migrated(connection: BaseDatabaseWrapper, blocker: DjangoDbBlocker) -> Iterator[None]:
    """The template: created and migrated as owner, then used as the application."""
    drop_leftovers()
    options = connection.settings_dict["OPTIONS"]
    role = options.pop("assume_role", None)
    original = connection.settings_dict["NAME"]
    with blocker.unblock():
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        if role is not None:
            grant(connection, role)
            options["assume_role"] = role
        connection.close()
    yield
    with blocker.unblock():
        options.pop("assume_role", None)
        connection.close()
        connection.creation.destroy_test_db(str(original), verbosity=0)


@contextmanager
def copied(
    connection: BaseDatabaseWrapper, blocker: DjangoDbBlocker, folder: Path
) -> Iterator[CommittedDatabase]:
    """Points the connection, and those that threads open, at a fresh copy of the template."""
    home = folder / "home"
    home.mkdir()
    variables = {
        "DJANGO_SETTINGS_MODULE": "gongkai.site.settings.testing",
        "GONGKAI_TEST_HOME": str(home),
    }
    template = connection.settings_dict["NAME"]
    copy = _copy_postgresql if connection.vendor == "postgresql" else _copy_sqlite
    previous_home = settings.GONGKAI_HOME
    with blocker.unblock():
        name, more, remove = copy(connection, home)
        connection.settings_dict["NAME"] = name
        settings.GONGKAI_HOME = home
        try:
            yield CommittedDatabase(connection, home, {**os.environ, **variables, **more})
        finally:
            settings.GONGKAI_HOME = previous_home
            connections.close_all()
            connection.settings_dict["NAME"] = template
            remove()


def drop_leftovers() -> None:
    """Removes what killed runs on this machine left behind: their number is no process any more."""
    pattern = re.compile(rf"test_gongkai_{re.escape(os.uname().nodename.lower())}_(\d+)")
    for folder in Path(tempfile.gettempdir()).glob("test_gongkai_*"):
        if _is_of_a_dead_run(pattern.fullmatch(folder.name)):
            shutil.rmtree(folder, ignore_errors=True)
    if not environment().database_url:
        return
    stored = re.compile(rf"test_gongkai_{identifier(os.uname().nodename.lower())}_(\d+)(?:_.*)?")
    with server() as owner:
        names = [name for (name,) in owner.execute("SELECT datname FROM pg_database")]
        for name in names:
            if _is_of_a_dead_run(stored.fullmatch(name)):
                owner.execute(SQL("DROP DATABASE IF EXISTS {}").format(Identifier(name)))


def identifier(text: str) -> str:
    """A host name as part of a database's name, as the settings for tests spell it."""
    return text.replace("-", "_").replace(".", "_")


def _is_of_a_dead_run(match: re.Match[str] | None) -> bool:
    if match is None:
        return False
    try:
        os.kill(int(match[1]), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


@contextmanager
def server() -> Iterator[psycopg.Connection[tuple[Any, ...]]]:
    """The server itself, as owner, outside of any transaction."""
    address = urlsplit(environment().owner_database_url)._replace(path="/postgres")
    with closing(psycopg.connect(urlunsplit(address), autocommit=True)) as owner:
        yield owner


def _copy_sqlite(
    connection: BaseDatabaseWrapper, home: Path
) -> tuple[object, dict[str, str], Callable[[], None]]:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    path = home / "gongkai.sqlite3"
    shutil.copyfile(connection.settings_dict["NAME"], path)
    return path, {}, path.unlink


def _copy_postgresql(
    connection: BaseDatabaseWrapper, home: Path
) -> tuple[object, dict[str, str], Callable[[], None]]:
    template = str(connection.settings_dict["NAME"])
    name = f"{template}_{uuid.uuid4().hex[:6]}"
    connection.close()
    with server() as owner:
        _nobody_uses(owner, template)
        owner.execute(
            SQL("CREATE DATABASE {} TEMPLATE {}").format(Identifier(name), Identifier(template))
        )
        # A copy brings the rights on tables along, those on the database itself it does not.
        owner.execute(
            SQL("REVOKE CREATE, TEMPORARY ON DATABASE {} FROM PUBLIC").format(Identifier(name))
        )

    def remove() -> None:
        with server() as owner:
            owner.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(name)))

    return name, {variable: elsewhere(url, name) for variable, url in _addresses()}, remove


def _nobody_uses(owner: psycopg.Connection[tuple[Any, ...]], template: str) -> None:
    """A template that a test left a connection to cannot be copied: says which it is."""
    found = owner.execute(
        "SELECT state, query FROM pg_stat_activity WHERE datname = %s AND backend_type = %s",
        (template, "client backend"),
    ).fetchall()
    if found:
        raise AssertionError(f"a test before this one left connections open: {found}")


def _addresses() -> tuple[tuple[str, str], ...]:
    given = environment()
    return (
        ("GONGKAI_DATABASE_URL", given.database_url),
        ("GONGKAI_OWNER_DATABASE_URL", given.owner_database_url),
    )


def elsewhere(url: str, name: str) -> str:
    """The same server, another database."""
    return urlunsplit(urlsplit(url)._replace(path="/" + quote(name)))
