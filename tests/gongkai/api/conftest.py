"""The chain of a body and its OA system, in tests that roll back."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.cache import cache
from pytest_django import Settings

from gongkai.trail.actors import SYSTEM
from gongkai.vault.services import ensure_master_key
from tests.gongkai.api.oa import Oa, connected
from tests.gongkai.disclosure.chain import AT, Chain, staffed


@pytest.fixture(autouse=True)
def _static_folder(settings: Settings) -> None:
    """WhiteNoise warns of a folder that `gongkai setup` has not made, and warnings are faults."""
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


@pytest.fixture(autouse=True)
def _nobody_counted() -> None:
    """Requests of other tests are not counted with those of this one."""
    cache.clear()


@pytest.fixture
def chain(db: None, settings: Settings, tmp_path: Path) -> Chain:
    """The body with one person for each step, and a master key for the files of its records."""
    settings.GONGKAI_HOME = tmp_path
    settings.GONGKAI_CLAMD = ""
    ensure_master_key(by=SYSTEM, at=AT)
    return staffed()


@pytest.fixture
def oa(chain: Chain) -> Oa:
    """Its OA system."""
    return connected(chain)
