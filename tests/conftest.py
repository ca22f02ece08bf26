"""The whole suite: on which day it believes to run, on which database, and what it did not run.

GONGKAI_TODAY=2027-01-04 make test runs it as on another day.
"""

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


def postgresql_not_run() -> str:
    """Why the office is not tested on PostgreSQL, neither in this run nor in one beside it."""
    if os.environ.get("GONGKAI_DATABASE_URL") or os.environ.get("GONGKAI_POSTGRESQL"):
        return ""
    return "not run: PostgreSQL (GONGKAI_DATABASE_URL names none; `make test` looks for one)"


def pytest_report_header() -> list[str]:
    """Says on which day the suite believes to run, which holiday notice is missed by then, and on
    which database."""
    day = os.environ.get("GONGKAI_TODAY")
    today = date.fromisoformat(day) if day else datetime.now(UTC).date()
    missing = missing_notice(national_calendar(), today)
    notice = "" if missing is None else f" — the holiday notice of {missing} is missing"
    database = "PostgreSQL" if os.environ.get("GONGKAI_DATABASE_URL") else "SQLite"
    return [
        f"today: {today}{notice}",
        f"database: {database}",
        *filter(None, [postgresql_not_run()]),
    ]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Repeats at the end what was not run."""
    missed = postgresql_not_run()
    if missed:
        terminalreporter.section("not run")
        terminalreporter.write_line(missed)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Where everything is required (.ci/run), what was not run is a failure."""
    required = os.environ.get("GONGKAI_REQUIRE_ALL") == "1"
    if required and postgresql_not_run() and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
