"""A browser for the tests of the design system; its pages need no database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Browser

from tests.gongkai.web.browser import chromium, serving


@pytest.fixture(autouse=True, scope="session")
def _static_folder(_home: Path) -> None:
    """WhiteNoise warns of a folder that `gongkai setup` has not made, and warnings are faults."""
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Where the office answers."""
    with serving() as found:
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's chromium."""
    with chromium() as found:
        yield found
