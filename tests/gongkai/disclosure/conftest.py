"""A folder and a master key of the test's own, where records have files."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django import Settings

from gongkai.trail.actors import SYSTEM
from gongkai.vault.services import ensure_master_key
from tests.gongkai.disclosure.chain import AT


@pytest.fixture
def home(db: None, settings: Settings, tmp_path: Path) -> Path:
    """The folder of this test, with the first master key in it; no scanner."""
    settings.GONGKAI_HOME = tmp_path / "home"
    settings.GONGKAI_HOME.mkdir()
    settings.GONGKAI_CLAMD = ""
    ensure_master_key(by=SYSTEM, at=AT)
    return tmp_path
