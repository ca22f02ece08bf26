"""A due date with its explanation, dockets per second, and the start of the command line."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta

import chinese_calendar

from benchmarks.measuring import Ratio, interleaved
from statute.calendars import national_calendar
from statute.clock import clock
from statute.deadlines import working_days
from statute.docket import Channel, Docket, Entry, Event, Service

_CALENDAR = national_calendar()
_STARTS = [date(2020, 1, 1) + timedelta(n) for n in range(0, 2100, 7)]


def run() -> Iterator[Ratio | str]:
    """The figures of the law."""
    ours, theirs = interleaved(15, _explained_due_dates, _due_dates_day_by_day)
    yield (
        f"due date of 20 working days, {len(_STARTS)} starts: "
        f"{ours / len(_STARTS) * 1e6:.2f} µs with every day explained, "
        f"{theirs / len(_STARTS) * 1e6:.1f} µs by chinesecalendar's loop without explanation"
    )
    yield Ratio("chinesecalendar's day-by-day loop / ours", theirs / ours, 10, at_least=True)
    dockets = [_docket(_STARTS[n % len(_STARTS)]) for n in range(100_000)]
    start = time.perf_counter()
    for docket in dockets:
        clock(docket, _CALENDAR)
    seconds = time.perf_counter() - start
    yield f"100,000 dockets of 6 entries: {seconds:.1f} s, {100_000 / seconds:,.0f} a second"
    (started,) = interleaved(7, _start_of_the_command, clock=time.perf_counter)
    yield Ratio("seconds from shell to answer, gongkai deadline", started, 0.5)


def _explained_due_dates() -> None:
    for start in _STARTS:
        working_days(start, 20, _CALENDAR)


def _due_dates_day_by_day() -> None:
    one = timedelta(1)
    for start in _STARTS:
        day, counted = start, 0
        while counted < 20:
            day += one
            counted += chinese_calendar.is_workday(day)


def _docket(start: date) -> Docket:
    """Six entries: received, corrected, a third party consulted, answered."""

    def after(days: int) -> date:
        return start + timedelta(days)

    return (
        Entry(Event.RECEIVE, start, channel=Channel.POST_SIGNED),
        Entry(Event.REQUEST_CORRECTION, after(3), until=after(20)),
        Entry(Event.RECEIVE_CORRECTION, after(10)),
        Entry(Event.CONSULT_THIRD_PARTY, after(13), received_on=after(15)),
        Entry(Event.THIRD_PARTY_REPLY, after(24)),
        Entry(Event.SERVE, after(35), service=Service.POST),
    )


def _start_of_the_command() -> None:
    subprocess.run(
        [sys.executable, "-m", "gongkai.site.cli", "deadline", "2026-02-10", "--days", "20"],
        check=True,
        capture_output=True,
    )
