"""Uploads at the same moment: each gets a number of its own, the same content is kept once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from gongkai.files import contents
from gongkai.files.models import StoredFile
from gongkai.trail.actors import SYSTEM
from gongkai.vault.services import ensure_master_key
from tests.gongkai.databases import CommittedDatabase
from tests.gongkai.files.cases import AT, CASE, taken
from tests.gongkai.files.pipeline import installed


def take(text: str) -> int:
    """Takes a file in on a connection of this thread."""
    try:
        return taken(text).number
    finally:
        connections.close_all()


@pytest.mark.parametrize(
    ("texts", "numbers"),
    [
        ([f"文件{n}" for n in range(8)], list(range(1, 9))),
        (["同一份"] * 8, [1] * 8),
    ],
    ids=["八份", "同一份八次"],
)
def test_at_once(
    committed_database: CommittedDatabase,
    monkeypatch: pytest.MonkeyPatch,
    texts: list[str],
    numbers: list[int],
) -> None:
    installed(monkeypatch)
    ensure_master_key(by=SYSTEM, at=AT)
    with ThreadPoolExecutor(8) as pool:
        given = sorted(pool.map(take, texts))
    assert given == numbers
    rows = StoredFile.objects.of(CASE)
    assert rows.count() == len(set(texts))
    assert {contents.read(row).decode() for row in rows} == set(texts)
