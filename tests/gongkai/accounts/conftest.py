"""A county with two departments, and master keys for the secrets of second factors."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.core.cache import cache
from django.utils import timezone
from pytest_django import Settings

from gongkai.agencies.models import Agency
from gongkai.trail.actors import SYSTEM
from gongkai.vault.services import ensure_master_key
from tests.gongkai.agencies.county import body, found


@dataclass(frozen=True, slots=True)
class Places:
    """The agencies that tests speak of."""

    office: Agency
    farming: Agency
    housing: Agency


@pytest.fixture(autouse=True)
def _static_folder(settings: Settings) -> None:
    """WhiteNoise warns of a folder that `gongkai setup` has not made yet; warnings are faults."""
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


@pytest.fixture
def places(db: None) -> Places:
    """The supervising office and two departments."""
    found()
    return Places(
        Agency.objects.get(supervising=True),
        body("nongye", "云溪县农业农村局"),
        body("zhujian", "云溪县住房和城乡建设局"),
    )


@pytest.fixture
def keys(db: None, settings: Settings, tmp_path: Path) -> Iterator[None]:
    """A master key in a folder of this test's own."""
    settings.GONGKAI_HOME = tmp_path
    ensure_master_key(by=SYSTEM, at=timezone.now())
    yield
    cache.clear()
