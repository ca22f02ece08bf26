"""The clock calendar: the days of a limit one by one, with their reasons and the sum in words.

The numbers are those of statute.deadlines; nothing here decides whether a day counts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from gongkai.web.clock_sum import ClockSum, clock_sum
from gongkai.web.wording import short_day, weekday
from statute.calendars import Calendar, Day, DayKind
from statute.deadlines import Deadline
from statute.units import TimeUnit

_ONE_DAY = timedelta(days=1)


class DayRole(StrEnum):
    """What a day is in this limit."""

    OUTSIDE = "outside"
    RECEIVED = "received"
    COUNTED = "counted"
    TO_COME = "to-come"
    STOPPED = "stopped"
    DUE = "due"
    BEYOND = "beyond"


@dataclass(frozen=True, slots=True)
class CalendarCell:
    """One day: number above, note below, 「休」 or 「班」 in the corner, and the words for ears."""

    date: date
    number: str
    note: str
    corner: str
    role: DayRole
    today: bool
    provisional: bool
    spoken: str


@dataclass(frozen=True, slots=True)
class CalendarWeek:
    """Monday to Sunday; `month` is named where a month begins on the left edge."""

    month: str
    cells: tuple[CalendarCell, ...]


@dataclass(frozen=True, slots=True)
class ClockCalendar:
    """The weeks from the day of receipt to the due day (or today when later), and the sum."""

    weeks: tuple[CalendarWeek, ...]
    sum: ClockSum
    caption: str


def clock_calendar(
    deadline: Deadline, today: date, calendar: Calendar, *, sources: tuple[str, ...] = ()
) -> ClockCalendar:
    """Draws a limit day by day as it stands on a day; `sources` are the citations of its stops."""
    numbers = _numbers(deadline)
    last = max(deadline.due, min(today, deadline.due + timedelta(days=27)))
    cells = [
        _cell(day, deadline, numbers, today, calendar)
        for day in _days(_monday(deadline.start), _monday(last) + timedelta(days=6))
    ]
    weeks = [cells[at : at + 7] for at in range(0, len(cells), 7)]
    caption = f"从{short_day(deadline.start)}到{short_day(deadline.due)}，每一天算不算、算第几天"
    return ClockCalendar(
        tuple(_week(week, weeks[at - 1] if at else None) for at, week in enumerate(weeks)),
        clock_sum(deadline, today, calendar, sources=sources),
        caption,
    )


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _days(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += _ONE_DAY


def _week(cells: list[CalendarCell], before: list[CalendarCell] | None) -> CalendarWeek:
    month = cells[0].date.month
    named = before is None or before[0].date.month != month
    return CalendarWeek(f"{month}月" if named else "", tuple(cells))


def _numbers(deadline: Deadline) -> dict[date, int]:
    """Which counted day each day is; limits in days and months count every day."""
    counted = deadline.counted if deadline.unit is TimeUnit.WORKDAY else deadline.days
    return {day.date: number for number, day in enumerate(counted, start=1)}


def _cell(
    on: date, deadline: Deadline, numbers: dict[date, int], today: date, calendar: Calendar
) -> CalendarCell:
    day = calendar.day(on)
    role, note = _role(day, deadline, numbers, today, calendar)
    return CalendarCell(
        date=on,
        number=f"{on.month}/1" if on.day == 1 else str(on.day),
        note=note,
        corner=_corner(day),
        role=role,
        today=on == today,
        provisional=day.provisional and on in numbers,
        spoken=_spoken(day, role, note, today),
    )


def _corner(day: Day) -> str:
    return {DayKind.HOLIDAY: "休", DayKind.MAKE_UP: "班"}.get(day.kind, "")


def _role(
    day: Day, deadline: Deadline, numbers: dict[date, int], today: date, calendar: Calendar
) -> tuple[DayRole, str]:
    on = day.date
    if on == deadline.start:
        return DayRole.RECEIVED, "收到"
    if on == deadline.due:
        return DayRole.DUE, "到期"
    if deadline.due < on <= today and day.counts:
        late = sum(calendar.day(d).counts for d in _days(deadline.due + _ONE_DAY, on))
        return DayRole.BEYOND, f"超{late}"
    if on in numbers:
        return (DayRole.COUNTED if on <= today else DayRole.TO_COME), str(numbers[on])
    stopped = {d.date for d in deadline.days if d.kind is DayKind.SUSPENDED}
    return (DayRole.STOPPED, "停") if on in stopped else (DayRole.OUTSIDE, "")


def _spoken(day: Day, role: DayRole, note: str, today: date) -> str:
    """2月14日星期六，调休上班，第4个工作日."""
    kind = {DayKind.HOLIDAY: "法定放假", DayKind.MAKE_UP: "调休上班", DayKind.WEEKEND: "休息日"}
    meaning = {
        DayRole.OUTSIDE: "",
        DayRole.RECEIVED: "收到，当天不数",
        DayRole.COUNTED: f"第{note}个工作日",
        DayRole.TO_COME: f"第{note}个工作日，还没到",
        DayRole.STOPPED: "停，不算",
        DayRole.DUE: "到期日",
        DayRole.BEYOND: f"超期第{note[1:]}个工作日",
    }
    parts = [
        f"{short_day(day.date)}{weekday(day.date)}",
        kind.get(day.kind, ""),
        meaning[role],
        "今天" if day.date == today else "",
        "暂定，节假日安排未公布" if day.provisional else "",
    ]
    return "，".join(part for part in parts if part)
