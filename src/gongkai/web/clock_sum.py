"""The sum beside a clock calendar: one line per run of days, adding up to the whole limit.

It reads the days that statute counted and words them; it counts no day a second time.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from gongkai.web.wording import day_in_words, short_day, span
from statute.calendars import Calendar, Day, DayKind
from statute.deadlines import Deadline, period
from statute.units import TimeUnit


@dataclass(frozen=True, slots=True)
class SumLine:
    """A run of days: 「2月11日至26日」「数 7」, and why where something was skipped."""

    days: str
    amount: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class ClockSum:
    """The lines, the equation, the total, the former due date, and the notices relied on."""

    lines: tuple[SumLine, ...]
    equation: str
    total: str
    former_due: str
    basis: str


def clock_sum(
    deadline: Deadline, today: date, calendar: Calendar, *, sources: tuple[str, ...] = ()
) -> ClockSum:
    """Writes out how a due date came about."""
    runs = list(_runs(deadline, today))
    counted = [len(days) for kind, days in runs if kind != "停"]
    unit = "个工作日" if deadline.unit is TimeUnit.WORKDAY else deadline.unit.label
    lines = [SumLine("收到", short_day(deadline.start), "收到当天不数，第二天起算")]
    stops = iter(sources)
    for kind, days in runs:
        note = next(stops, days[0].reason) if kind == "停" else _note(days, deadline)
        word = "停" if kind == "停" else "数"
        lines.append(SumLine(span(days[0].date, days[-1].date), f"{word} {len(days)}", note))
    return ClockSum(
        tuple(lines),
        " + ".join(str(number) for number in counted),
        f"{deadline.n} {unit}",
        _former_due(deadline, calendar),
        _basis(deadline, calendar),
    )


def _runs(deadline: Deadline, today: date) -> Iterator[tuple[str, list[Day]]]:
    """Stretches of counted and stopped days; counted ones also part at today."""
    every_day = deadline.unit is not TimeUnit.WORKDAY
    days = [d for d in deadline.days if every_day or d.counts or d.kind is DayKind.SUSPENDED]

    def kind(day: Day) -> str:
        if day.kind is DayKind.SUSPENDED:
            return "停"
        return "数" if day.date <= today else "待数"

    for key, run in groupby(days, kind):
        yield key, list(run)


def _note(days: list[Day], deadline: Deadline) -> str:
    """What inside the run is skipped against expectation, or counted against it."""
    if deadline.unit is not TimeUnit.WORKDAY:
        rolled = deadline.rolled_from
        return "" if rolled is None else f"{short_day(rolled)}是休息日，顺延到下一个工作日"
    inside = [day for day in deadline.days if days[0].date <= day.date <= days[-1].date]
    off = [day for day in inside if day.kind is DayKind.HOLIDAY]
    notes = [f"{why}{len(list(run))}天不数" for why, run in groupby(off, lambda day: day.reason)]
    made_up = [day.date for day in days if day.kind is DayKind.MAKE_UP]
    notes += [f"{short_day(day)}调休上班，要数" for day in made_up]
    return "；".join(notes)


def _former_due(deadline: Deadline, calendar: Calendar) -> str:
    if not any(day.kind is DayKind.SUSPENDED for day in deadline.days):
        return ""
    before = period(deadline.start, deadline.n, deadline.unit, calendar).due
    return day_in_words(before, deadline.due)


def _basis(deadline: Deadline, calendar: Calendar) -> str:
    if deadline.provisional:
        return "暂定，节假日安排未公布；公布后日期可能变动"
    names = {calendar.day(day.date).notice for day in deadline.days}
    notices = sorted(name for name in names if name)
    return "、".join(notices) if notices else "这段时间没有放假调休"
