"""The whole suite: on which day it believes to run, on which database, and what it did not run.

GONGKAI_TODAY=2027-01-04 make test runs it as on another day.
"""

from __future__ import annotations

import os
import shutil
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


# What a test may need besides Python: the mark `needs`, the program, what is not run without it.
PROGRAMS = {
    "browser": ("chromium", "tests in a browser (apt-get install chromium fonts-noto-cjk)"),
    "redis": ("redis-server", "workers on Redis (apt-get install redis-server)"),
}


def missing_programs() -> frozenset[str]:
    """Names of needs that this machine cannot meet."""
    return frozenset(need for need, (program, _) in PROGRAMS.items() if not shutil.which(program))


def not_run() -> list[str]:
    """What this run leaves out, and what would change that."""
    lines = [f"not run: {PROGRAMS[need][1]}" for need in sorted(missing_programs())]
    # `make test` runs the office on PostgreSQL beside the run on SQLite.
    if not (os.environ.get("GONGKAI_DATABASE_URL") or os.environ.get("GONGKAI_POSTGRESQL")):
        lines.append(
            "not run: PostgreSQL (GONGKAI_DATABASE_URL names none; `make test` looks for one)"
        )
    return lines


def pytest_configure(config: pytest.Config) -> None:
    """Makes the marks known; what this machine lacks is left out aloud, never in silence."""
    config.addinivalue_line("markers", "needs(name): a program besides Python, see tests/conftest")
    config.addinivalue_line(
        "markers", "heavy: long, and the same on any day: not in `make test-on`"
    )
    config.addinivalue_line(
        "markers", "once: long, and nothing of the database's: on SQLite alone in `make test`"
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leaves out what this machine cannot run."""
    missing = missing_programs()
    left = [
        item
        for item in items
        if any(mark.args[0] in missing for mark in item.iter_markers("needs"))
    ]
    if left:
        config.hook.pytest_deselected(items=left)
        items[:] = [item for item in items if item not in left]


def pytest_report_header() -> list[str]:
    """Says on which day the suite believes to run, which holiday notice is missed by then, and on
    which database."""
    day = os.environ.get("GONGKAI_TODAY")
    today = date.fromisoformat(day) if day else datetime.now(UTC).date()
    missing = missing_notice(national_calendar(), today)
    notice = "" if missing is None else f" — the holiday notice of {missing} is missing"
    database = "PostgreSQL" if os.environ.get("GONGKAI_DATABASE_URL") else "SQLite"
    return [f"today: {today}{notice}", f"database: {database}", *not_run()]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Repeats at the end what was not run."""
    lines = not_run()
    if lines:
        terminalreporter.section("not run")
    for line in lines:
        terminalreporter.write_line(line)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Where everything is required (.ci/run), what was not run is a failure."""
    required = os.environ.get("GONGKAI_REQUIRE_ALL") == "1"
    if required and not_run() and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
