"""Databases of the office's tests: migrated once as owner, used as the application.

`db` rolls back, as always. A test that must commit, or that starts other processes, takes
`committed_database`: a fresh copy of the migrated one. Nothing is ever flushed: the application has
no right to, and a flush would have to pass the triggers.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections
from pytest_django import DjangoDbBlocker

from tests.gongkai.databases import CommittedDatabase, copied, migrated


@pytest.fixture(autouse=True, scope="session")
def _home() -> Iterator[Path]:
    """The folder of this run, gone after it."""
    home: Path = settings.GONGKAI_HOME
    home.mkdir(parents=True, exist_ok=True)
    yield home
    shutil.rmtree(home, ignore_errors=True)
    with suppress(OSError):  # the last of the run's processes takes the folder of the run along
        home.parent.rmdir()


@pytest.fixture(scope="session")
def django_db_setup(
    _home: Path,
    django_test_environment: None,
    django_db_modify_db_settings: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[None]:
    """Migrates as owner; after that every connection acts as the application."""
    with migrated(connections["default"], django_db_blocker):
        yield


@pytest.fixture
def committed_database(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path: Path
) -> Iterator[CommittedDatabase]:
    """A database of one's own for a test that commits; not to be combined with `db`."""
    with copied(connections["default"], django_db_blocker, tmp_path) as database:
        yield database
