"""Taking in under kill -9 at every step: afterwards no row without its file; strays are swept."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from gongkai.files import contents, services
from gongkai.files.errors import MissingContentError
from gongkai.files.models import StoredFile
from gongkai.trail.actors import SYSTEM
from gongkai.trail.verification import verify
from gongkai.vault.services import ensure_master_key
from tests.gongkai.databases import CommittedDatabase
from tests.gongkai.files.cases import AT


def killed(database: CommittedDatabase, *arguments: str) -> dict[str, Any]:
    """Runs the harness; its figures."""
    ensure_master_key(by=SYSTEM, at=AT)
    database.connection.close()
    ended = subprocess.run(
        [sys.executable, "-m", "tests.gongkai.files.killed", *arguments],
        env=dict(database.variables),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ended.stdout, ended.stderr
    figures: dict[str, Any] = json.loads(ended.stdout.splitlines()[-1])
    assert figures["exit"] == 0, ended.stderr
    return figures


def without_content() -> int:
    """Rows whose file is not there or not whole."""
    missing = 0
    for row in StoredFile.objects.all():
        try:
            contents.read(row)
        except MissingContentError:
            missing += 1
    return missing


def on_the_disk(database: CommittedDatabase) -> set[str]:
    """Names in the folder of files."""
    return {path.name for path in (database.home / "files").rglob("*") if path.is_file()}


def test_killed_at_every_step_no_row_is_without_its_file(
    committed_database: CommittedDatabase, capsys: pytest.CaptureFixture[str]
) -> None:
    figures = killed(committed_database)
    rows = set(StoredFile.objects.values_list("stored_as", flat=True))
    strays = on_the_disk(committed_database) - rows
    missing = without_content()
    with capsys.disabled():
        print(
            f"\ntake-in under kill -9, {committed_database.connection.vendor}: "
            f"{figures['kills']} kills, {len(rows)} rows, {missing} without content, "
            f"{len(strays)} strays"
        )
    assert figures["kills"] >= 12
    assert missing == 0
    assert strays
    at = timezone.now() + timedelta(days=2)
    assert services.sweep(by=SYSTEM, at=at) == len(strays)
    assert on_the_disk(committed_database) == rows
    assert without_content() == 0
    assert verify().findings == []


def test_were_the_row_committed_first_the_same_harness_finds_rows_without_files(
    committed_database: CommittedDatabase,
) -> None:
    assert killed(committed_database, "row-first")["kills"] > 0
    assert without_content() > 0
