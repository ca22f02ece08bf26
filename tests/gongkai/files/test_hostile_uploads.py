"""Hostile files as uploads: refused with a reason or kept with their layer seen, never a stray
error. One of every sixteen here; the whole corpus is judged where it is made (tests/screening)."""

from __future__ import annotations

from pathlib import Path

import pytest

from gongkai.files.errors import FileRefusedError
from gongkai.files.models import StoredFile
from tests.gongkai.files.cases import taken
from tests.screening.hostile import HOSTILE, Hostile, Verdict

EVERY = 16
UPLOADS = [one for family in HOSTILE.values() for one in family][::EVERY]


@pytest.fixture(autouse=True)
def _no_converter(monkeypatch: pytest.MonkeyPatch) -> None:
    """Old formats are judged as on a machine that cannot convert them, whatever this one has."""
    monkeypatch.setenv("PATH", "/nonexistent")


def outcome(hostile: Hostile) -> str:
    """The reason of the refusal, "" where the file was taken in; anything else gets through."""
    try:
        taken(hostile.make(), name=f"{hostile.name}.pdf")
    except FileRefusedError as refusal:
        return str(refusal)
    return ""


@pytest.mark.parametrize("hostile", UPLOADS, ids=lambda one: f"{one.family} {one.name}")
def test_a_hostile_upload_is_refused_or_harmless(home: Path, hostile: Hostile) -> None:
    reason = outcome(hostile)
    allowed = {Verdict.REFUSED, Verdict.EITHER} if reason else set(Verdict) - {Verdict.REFUSED}
    assert hostile.verdict in allowed
    assert StoredFile.objects.count() == (0 if reason else 1)
    assert not reason or reason.startswith("未予收存：")
    assert {path.name for path in home.iterdir()} <= {"keys", "files"}
