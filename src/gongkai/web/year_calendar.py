"""A year as twelve small months with 「休」 and 「班」; it shows a calendar and changes none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from gongkai.web.wording import short_day, weekday
from statute.calendars import Calendar, CalendarNotAnnouncedError, Day, DayKind


@dataclass(frozen=True, slots=True)
class YearDay:
    """One day of the year; `spoken` is what a screen reader says."""

    date: date
    number: int
    mark: str
    off: bool
    today: bool
    provisional: bool
    spoken: str


@dataclass(frozen=True, slots=True)
class YearMonth:
    """A month in weeks from Monday; None fills the days of other months."""

    name: str
    working_days: int
    weeks: tuple[tuple[YearDay | None, ...], ...]


@dataclass(frozen=True, slots=True)
class YearCalendar:
    """Twelve months, and whether their days are only estimated."""

    year: int
    months: tuple[YearMonth, ...]
    working_days: int
    provisional: bool


def year_calendar(year: int, calendar: Calendar, today: date) -> YearCalendar:
    """Draws a year; without a notice its days are estimates and marked 暂定."""
    known = _known(year, calendar)
    source = calendar if known else calendar.with_estimates()
    months = tuple(_month(year, month, source, today) for month in range(1, 13))
    return YearCalendar(year, months, sum(month.working_days for month in months), not known)


def _known(year: int, calendar: Calendar) -> bool:
    try:
        calendar.day(date(year, 7, 1))
    except CalendarNotAnnouncedError:
        return False
    return year in calendar.announced_years


def _month(year: int, month: int, calendar: Calendar, today: date) -> YearMonth:
    days = [calendar.day(day) for day in _days_of(year, month)]
    cells: list[YearDay | None] = [None] * days[0].date.weekday()
    cells += [_year_day(day, today) for day in days]
    cells += [None] * (-len(cells) % 7)
    weeks = tuple(tuple(cells[at : at + 7]) for at in range(0, len(cells), 7))
    return YearMonth(f"{month}月", sum(day.counts for day in days), weeks)


def _days_of(year: int, month: int) -> Iterator[date]:
    day = date(year, month, 1)
    while day.month == month:
        yield day
        day += timedelta(days=1)


def _year_day(day: Day, today: date) -> YearDay:
    mark = {DayKind.HOLIDAY: "休", DayKind.MAKE_UP: "班"}.get(day.kind, "")
    words = f"{short_day(day.date)}{weekday(day.date)}，{day.reason}"
    return YearDay(
        date=day.date,
        number=day.date.day,
        mark=mark,
        off=not day.counts,
        today=day.date == today,
        provisional=day.provisional,
        spoken=f"{words}，暂定" if day.provisional else words,
    )
