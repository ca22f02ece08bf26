"""The county's people for tests of screens; sign-in itself is tested with the accounts."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django import Settings

from tests.gongkai.office.staff import Staff, staffed_county


@pytest.fixture(autouse=True)
def _static_folder(settings: Settings) -> None:
    """WhiteNoise warns of a folder that `gongkai setup` has not made, and warnings are faults."""
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


@pytest.fixture
def staff(db: None, settings: Settings) -> Staff:
    """The county, in a test that rolls back; the second factor is not asked for."""
    settings.GONGKAI_SECOND_FACTOR_REQUIRED = False
    return staffed_county()
