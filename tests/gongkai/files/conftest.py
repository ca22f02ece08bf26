"""A master key in a folder of the test's own; screening as it is, or the stand-in."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django import Settings

from gongkai.trail.actors import SYSTEM
from gongkai.vault.services import ensure_master_key
from tests.gongkai.files.cases import AT, CHANGED, SEEN
from tests.gongkai.files.pipeline import Pipeline, installed


@pytest.fixture
def home(db: None, settings: Settings, tmp_path: Path) -> Path:
    """The folder of this test, with the first master key in it."""
    settings.GONGKAI_HOME = tmp_path
    settings.GONGKAI_CLAMD = ""
    ensure_master_key(by=SYSTEM, at=AT)
    SEEN.clear()
    CHANGED.clear()
    return tmp_path


@pytest.fixture
def pipeline(home: Path, monkeypatch: pytest.MonkeyPatch) -> Pipeline:
    """The stand-in for screening."""
    return installed(monkeypatch)
