"""Periods: properties that hold for any start and length, and their refusals."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statute.calendars import CalendarNotAnnouncedError, DayKind, national_calendar
from statute.deadlines import (
    Suspension,
    calendar_days,
    months,
    period,
    working_days,
    working_days_between,
)
from statute.units import TimeUnit

CALENDAR = national_calendar()
STARTS = st.dates(date(2008, 1, 1), date(2025, 6, 30))
LENGTHS = st.integers(1, 60)


@st.composite
def suspensions(draw: st.DrawFn, start: date) -> tuple[Suspension, ...]:
    spans = draw(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 30)), max_size=4))
    return tuple(
        Suspension(start + timedelta(after), start + timedelta(after + length))
        for after, length in spans
    )


@given(STARTS, LENGTHS)
def test_a_deadline_in_working_days_is_a_working_day_after_its_start(start: date, n: int) -> None:
    deadline = working_days(start, n, CALENDAR)
    assert deadline.due > start
    assert CALENDAR.is_working_day(deadline.due)


@given(STARTS, LENGTHS, LENGTHS)
def test_counting_in_two_goes_is_counting_in_one(start: date, first: int, second: int) -> None:
    halfway = working_days(start, first, CALENDAR).due
    assert working_days(halfway, second, CALENDAR).due == (
        working_days(start, first + second, CALENDAR).due
    )


@given(STARTS, LENGTHS)
def test_every_day_is_listed_once_and_exactly_n_count(start: date, n: int) -> None:
    deadline = working_days(start, n, CALENDAR)
    listed = [day.date for day in deadline.days]
    assert listed == [start + timedelta(k + 1) for k in range((deadline.due - start).days)]
    assert len(deadline.counted) == n
    assert len(deadline.counted) + len(deadline.skipped) == len(listed)
    assert all(day.reason for day in deadline.days)


@given(st.data(), STARTS, LENGTHS)
def test_a_suspension_never_shortens_and_no_suspended_day_counts(
    data: st.DataObject, start: date, n: int
) -> None:
    paused = data.draw(suspensions(start))
    deadline = working_days(start, n, CALENDAR, paused)
    assert deadline.due >= working_days(start, n, CALENDAR).due
    counted = {day.date for day in deadline.counted}
    assert len(counted) == n
    assert not any(pause.covers(day) for pause in paused for day in counted)


@given(st.data(), STARTS, LENGTHS)
def test_overlapping_suspensions_count_once_in_any_order(
    data: st.DataObject, start: date, n: int
) -> None:
    paused = data.draw(suspensions(start))
    expected = working_days(start, n, CALENDAR, paused).due
    assert working_days(start, n, CALENDAR, paused[::-1]).due == expected
    assert working_days(start, n, CALENDAR, paused + paused).due == expected


@given(STARTS, LENGTHS)
def test_a_later_start_is_never_due_earlier(start: date, n: int) -> None:
    tomorrow = start + timedelta(1)
    assert working_days(start, n, CALENDAR).due <= working_days(tomorrow, n, CALENDAR).due


@given(STARTS, LENGTHS)
def test_working_days_between_start_and_due_is_n(start: date, n: int) -> None:
    due = working_days(start, n, CALENDAR).due
    assert working_days_between(start, due, CALENDAR) == n
    assert working_days_between(due, start, CALENDAR) == 0


@given(STARTS, st.integers(1, 200))
def test_a_deadline_in_days_moves_only_off_days_off(start: date, n: int) -> None:
    deadline = calendar_days(start, n, CALENDAR)
    nominal = start + timedelta(n)
    assert CALENDAR.is_working_day(deadline.due)
    assert (deadline.rolled_from is None) == CALENDAR.is_working_day(nominal)
    assert not any(
        CALENDAR.is_working_day(nominal + timedelta(k))
        for k in range((deadline.due - nominal).days)
    )


@given(STARTS, st.integers(1, 12))
def test_a_deadline_in_months_ends_on_the_corresponding_day_or_month_end(
    start: date, n: int
) -> None:
    deadline = months(start, n, CALENDAR)
    nominal = deadline.rolled_from or deadline.due
    gap = (nominal.year - start.year) * 12 + nominal.month - start.month
    assert gap == n
    next_day = nominal + timedelta(1)
    assert nominal.day == start.day or (nominal.day < start.day and next_day.day == 1)


@pytest.mark.parametrize(
    ("n", "unit", "due"),
    [
        (20, TimeUnit.WORKDAY, date(2026, 3, 30)),
        (60, TimeUnit.DAY, date(2026, 5, 6)),
        (6, TimeUnit.MONTH, date(2026, 9, 2)),
        (1, TimeUnit.YEAR, date(2026, 3, 2)),
    ],
)
def test_each_unit_is_counted_by_its_own_rule(n: int, unit: TimeUnit, due: date) -> None:
    start = date(2025, 3, 2) if unit is TimeUnit.YEAR else date(2026, 3, 2)
    assert period(start, n, unit, CALENDAR).due == due


def test_a_suspended_day_says_what_it_waits_for() -> None:
    pause = Suspension(date(2026, 3, 9), date(2026, 3, 27), "征求第三方意见期间")
    deadline = working_days(date(2026, 3, 2), 20, CALENDAR, [pause])
    day = next(day for day in deadline.days if day.date == date(2026, 3, 10))
    assert (day.kind, day.reason, day.counts) == (DayKind.SUSPENDED, "征求第三方意见期间", False)
    # The day the question goes out still counts, the day the answer comes does not.
    assert date(2026, 3, 9) in {day.date for day in deadline.counted}
    assert date(2026, 3, 27) not in {day.date for day in deadline.counted}
    assert deadline.due == date(2026, 4, 20)


def test_a_period_reaching_into_an_unannounced_year_names_it() -> None:
    with pytest.raises(CalendarNotAnnouncedError) as caught:
        working_days(date(2026, 12, 20), 20, CALENDAR)
    assert caught.value.year == 2027


def test_a_suspended_period_reaching_into_an_unannounced_year_names_it() -> None:
    pause = Suspension(date(2026, 12, 1), date(2026, 12, 20))
    with pytest.raises(CalendarNotAnnouncedError) as caught:
        working_days(date(2026, 12, 1), 20, CALENDAR, [pause])
    assert caught.value.year == 2027


def test_a_due_date_at_the_unsettled_year_end_is_provisional() -> None:
    assert working_days(date(2026, 12, 20), 6, CALENDAR).provisional
    assert not working_days(date(2026, 12, 20), 5, CALENDAR).provisional


def test_an_estimated_deadline_is_provisional() -> None:
    deadline = working_days(date(2026, 12, 20), 20, CALENDAR.with_estimates())
    assert deadline.provisional
    # 8 more days of December (21–25, 28–31 = 9), New Year's Day off, then 11 of January.
    assert deadline.due == date(2027, 1, 18)


def test_a_long_period_begun_before_the_first_year_on_file_still_ends() -> None:
    deadline = months(date(2006, 11, 15), 12, CALENDAR)
    assert (deadline.due, deadline.days) == (date(2007, 11, 15), ())


@pytest.mark.parametrize("count", [working_days, calendar_days, months])
@pytest.mark.parametrize("n", [0, -1])
def test_a_period_of_nothing_is_refused(count: object, n: int) -> None:
    assert callable(count)
    with pytest.raises(ValueError, match="期限至少为 1"):
        count(date(2026, 3, 2), n, CALENDAR)


def test_a_suspension_ending_before_it_begins_is_refused() -> None:
    with pytest.raises(ValueError, match="早于开始日"):
        Suspension(date(2026, 3, 9), date(2026, 3, 8))
