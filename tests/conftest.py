"""Lets the whole suite run as on another day: GONGKAI_TODAY=2027-01-04 make test."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
import time_machine
from hypothesis import settings

from statute.calendars import national_calendar
from statute.calendars.calendar import missing_notice

settings.register_profile("gongkai", deadline=None, print_blob=True)
settings.load_profile("gongkai")


@pytest.fixture(autouse=True, scope="session")
def _another_day() -> Iterator[None]:
    """Sets the clock of the test process to noon of GONGKAI_TODAY, where it is given."""
    day = os.environ.get("GONGKAI_TODAY")
    if not day:
        yield
        return
    noon = datetime.fromisoformat(day).replace(hour=12, tzinfo=UTC)
    with time_machine.travel(noon, tick=True):
        yield


def pytest_report_header() -> str:
    """Says on which day the suite believes to run, and which holiday notice is missed by then."""
    day = os.environ.get("GONGKAI_TODAY")
    today = date.fromisoformat(day) if day else datetime.now(UTC).date()
    missing = missing_notice(national_calendar(), today)
    notice = "" if missing is None else f" — the holiday notice of {missing} is missing"
    return f"today: {today}{notice}"
