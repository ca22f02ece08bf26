"""The demonstration county in a database of its own, filled as on a day."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from django.db import connections
from pytest_django import DjangoDbBlocker

from gongkai.agencies.services.founding import found_county
from gongkai.site.demonstration.days import founded
from gongkai.site.demonstration.filling import fill
from gongkai.trail.actors import SYSTEM
from gongkai.vault.services.masters import ensure_master_key
from tests.gongkai.databases import copied


@contextmanager
def filled(blocker: DjangoDbBlocker, folder: Path, at: datetime) -> Iterator[list[str]]:
    """What the county said while it was filled; the database is that of the connection."""
    said: list[str] = []
    with copied(connections["default"], blocker, folder), blocker.unblock():
        ensure_master_key(by=SYSTEM, at=founded())
        found_county(by=SYSTEM, at=founded(), demonstration=True)
        fill(at=at, say=said.append)
        yield said
