"""Worked cases of periods and of the clock, each checked against hand-computed dates."""

from __future__ import annotations

from typing import Any

import pytest

from statute.calendars import national_calendar
from statute.clock import clock
from statute.clock_steps import clock_steps
from statute.clock_values import Clock
from statute.deadlines import Deadline, calendar_days, months, working_days
from tests.statute.worked_cases import WorkedCase, docket_of, worked_cases

CALENDAR = national_calendar()


def _names(case: WorkedCase) -> str:
    return case.name


@pytest.mark.parametrize("case", worked_cases("deadlines"), ids=_names)
def test_worked_period_ends_on_the_expected_day(case: WorkedCase) -> None:
    given, expect = case.data["given"], case.data["expect"]
    deadline = _period(given)
    assert deadline.due == expect["due"]
    assert deadline.rolled_from == expect.get("rolled_from")
    assert set(expect.get("counts", [])) <= {day.date for day in deadline.counted}
    assert set(expect.get("skips", [])) <= {day.date for day in deadline.skipped}


def _period(given: dict[str, Any]) -> Deadline:
    if "days" in given:
        return working_days(given["start"], given["days"], CALENDAR)
    if "months" in given:
        return months(given["start"], given["months"], CALENDAR)
    return calendar_days(given["start"], given["calendar_days"], CALENDAR)


@pytest.mark.parametrize("case", worked_cases("clock"), ids=_names)
def test_worked_docket_reads_as_expected(case: WorkedCase) -> None:
    docket = docket_of(case.data["docket"])
    reading = clock(docket, CALENDAR)
    assert {key: _read(reading, key) for key in case.data["expect"]} == case.data["expect"]


def _read(reading: Clock, key: str) -> object:
    if key == "inner":
        return {inner.name: inner.due for inner in reading.inner_dates}
    if key == "waiting":
        return [waiting.value for waiting in reading.waiting]
    if key == "breaches":
        return len(reading.breaches)
    value: object = getattr(reading, key)
    return value


@pytest.mark.parametrize("case", worked_cases("clock"), ids=_names)
def test_worked_docket_told_step_by_step_ends_on_the_same_date(case: WorkedCase) -> None:
    docket = docket_of(case.data["docket"])
    reading, steps = clock(docket, CALENDAR), clock_steps(docket, CALENDAR)
    assert steps[-1].due == (None if reading.stopped_on else reading.due)
    assert sum(len(step.breaches) for step in steps) == len(reading.breaches)
    assert all(step.text for step in steps)
