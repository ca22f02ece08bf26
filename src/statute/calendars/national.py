"""The national calendar on file: one TOML file a year, each naming its notices."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from statute.calendars.calendar import Calendar
from statute.calendars.notices import Notice, notices_from_toml


@cache
def national_calendar() -> Calendar:
    """All national notices shipped with this release (`holiday_notices`), as one calendar."""
    return Calendar(national_notices())


def national_notices() -> tuple[Notice, ...]:
    """The shipped notices, year by year and within a year in order of issue."""
    folder = files("statute.calendars").joinpath("notices")
    return tuple(
        notice
        for path in sorted(folder.iterdir(), key=lambda entry: entry.name)
        for notice in notices_from_toml(path.read_text(encoding="utf-8"), source=path.name)
    )
