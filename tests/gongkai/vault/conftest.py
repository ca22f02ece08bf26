"""A master key in a folder of the test's own, and who acts."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django import Settings

from gongkai.trail.actors import SYSTEM
from gongkai.vault.services import ensure_master_key
from tests.gongkai.vault.values import AT

__all__ = ["AT"]


@pytest.fixture
def keys(db: None, settings: Settings, tmp_path: Path) -> Path:
    """The folder of the keys, with the first master key in it."""
    settings.GONGKAI_HOME = tmp_path
    ensure_master_key(by=SYSTEM, at=AT)
    return tmp_path / "keys"
