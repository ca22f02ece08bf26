"""The three drawings of a limit say what statute says: the story of the pictures, day by day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.web.clock_calendar import CalendarCell, ClockCalendar, DayRole, clock_calendar
from gongkai.web.day_strip import CellKind, day_strip
from gongkai.web.gallery import RECEIVED, STOP, TODAY
from gongkai.web.year_calendar import year_calendar
from statute.calendars import national_calendar
from statute.deadlines import Deadline, Suspension, calendar_days, working_days

CALENDAR = national_calendar()
STORY = working_days(RECEIVED, 20, CALENDAR, (STOP,))


def drawn(deadline: Deadline, today: date) -> str:
    """The strip in letters: c counted, s stopped, T today, - to come, L last, x beyond."""
    letters = {
        CellKind.COUNTED: "c",
        CellKind.STOPPED: "s",
        CellKind.TODAY: "T",
        CellKind.TO_COME: "-",
        CellKind.LAST: "L",
        CellKind.BEYOND: "x",
    }
    return "".join(letters[cell] for cell in day_strip(deadline, today, CALENDAR).cells)


def test_the_story_of_the_pictures_is_due_on_25_march_with_nine_days_left() -> None:
    strip = day_strip(STORY, TODAY, CALENDAR)
    assert STORY.due == date(2026, 3, 25)
    assert drawn(STORY, TODAY) == "cccccccssssssscccT--------L"
    assert (strip.used, strip.total, strip.stopped) == (11, 20, 7)
    assert (strip.headline, strip.detail) == ("还有9个工作日", "3月25日 星期三")


@pytest.mark.parametrize(
    ("start", "n", "headline", "detail", "cells"),
    [
        pytest.param(
            date(2026, 2, 6), 20, "今天到期", "今天交邮就不逾期", "c" * 19 + "T", id="今天到期"
        ),
        pytest.param(
            date(2026, 2, 3),
            20,
            "已逾期3个工作日",
            "应于3月9日 星期一",
            "c" * 20 + "xxx",
            id="逾期三天",
        ),
        pytest.param(
            date(2026, 3, 5), 7, "还有2个工作日", "3月16日 星期一", "ccccT-L", id="七天里的第五天"
        ),
        pytest.param(
            date(2026, 2, 9),
            20,
            "还有1个工作日",
            "明天，3月13日 星期五",
            "c" * 18 + "TL",
            id="明天",
        ),
    ],
)
def test_a_limit_reads_as_design_says(
    start: date, n: int, headline: str, detail: str, cells: str
) -> None:
    deadline = working_days(start, n, CALENDAR)
    strip = day_strip(deadline, TODAY, CALENDAR)
    assert (strip.headline, strip.detail) == (headline, detail)
    assert drawn(deadline, TODAY) == cells


def test_a_stopped_clock_says_so_and_until_when() -> None:
    stop = Suspension(date(2026, 3, 6), date(2026, 3, 16))
    strip = day_strip(working_days(date(2026, 3, 2), 20, CALENDAR, (stop,)), TODAY, CALENDAR)
    assert strip.headline == "停表中，第4个工作日"
    assert strip.detail.startswith("最迟")


def test_a_saturday_after_the_due_friday_is_one_working_day_late() -> None:
    deadline = working_days(date(2026, 3, 5), 6, CALENDAR)
    assert deadline.due == date(2026, 3, 13)
    assert drawn(deadline, date(2026, 3, 14)) == "cccccc" + "x"
    assert day_strip(deadline, date(2026, 3, 14), CALENDAR).level == "overdue"


def cell(calendar: ClockCalendar, on: date) -> CalendarCell:
    """The cell of a day."""
    return next(c for week in calendar.weeks for c in week.cells if c.date == on)


def test_the_calendar_of_the_story_shows_every_day_as_in_the_picture() -> None:
    calendar = clock_calendar(STORY, TODAY, CALENDAR, sources=("征求第三方意见　条例第三十三条",))
    assert [week.month for week in calendar.weeks] == ["2月", "", "", "3月", "", "", ""]
    received, make_up = cell(calendar, RECEIVED), cell(calendar, date(2026, 2, 14))
    assert (received.note, received.role) == ("收到", DayRole.RECEIVED)
    assert (make_up.corner, make_up.note) == ("班", "4")
    assert make_up.spoken == "2月14日星期六，调休上班，第4个工作日"
    assert cell(calendar, date(2026, 2, 16)).corner == "休"
    assert cell(calendar, date(2026, 2, 28)).note == "停"
    assert cell(calendar, date(2026, 2, 28)).corner == "班"
    assert cell(calendar, date(2026, 3, 1)).number == "3/1"
    assert (cell(calendar, TODAY).today, cell(calendar, TODAY).note) == (True, "11")
    assert cell(calendar, date(2026, 3, 25)).note == "到期"


def test_the_sum_of_the_story_is_written_out() -> None:
    found = clock_calendar(STORY, TODAY, CALENDAR).sum
    assert [(line.days, line.amount) for line in found.lines] == [
        ("收到", "2月10日"),
        ("2月11日至26日", "数 7"),
        ("2月27日至3月6日", "停 7"),
        ("3月9日至12日", "数 4"),
        ("3月13日至25日", "数 9"),
    ]
    assert found.lines[1].note == "春节放假9天不数；2月14日调休上班，要数"
    assert (found.equation, found.total) == ("7 + 4 + 9", "20 个工作日")
    assert found.former_due == "3月16日 星期一"
    assert "2025" in found.basis


def test_days_after_the_due_day_are_counted_as_beyond() -> None:
    calendar = clock_calendar(working_days(date(2026, 2, 3), 20, CALENDAR), TODAY, CALENDAR)
    notes = [cell(calendar, date(2026, 3, day)).note for day in (9, 10, 11, 12)]
    assert notes == ["到期", "超1", "超2", "超3"]


def test_a_limit_in_days_counts_every_day_and_tells_that_it_rolled() -> None:
    deadline = calendar_days(date(2026, 2, 1), 15, CALENDAR)
    calendar = clock_calendar(deadline, date(2026, 2, 10), CALENDAR)
    assert deadline.rolled_from == date(2026, 2, 16)
    assert "顺延" in calendar.sum.lines[-1].note
    assert cell(calendar, date(2026, 2, 7)).note == "6"


def test_an_unannounced_year_is_marked_provisional() -> None:
    calendar = CALENDAR.with_estimates()
    start = date(max(calendar.announced_years) + 1, 3, 1)
    found = clock_calendar(working_days(start, 20, calendar), start, calendar)
    assert "暂定" in found.sum.basis
    assert any(c.provisional and "暂定" in c.spoken for week in found.weeks for c in week.cells)


@given(
    start=st.dates(date(2024, 1, 1), date(2025, 12, 1)),
    n=st.integers(1, 40),
    stop=st.tuples(st.integers(0, 40), st.integers(0, 30)),
    passed=st.integers(0, 120),
)
def test_every_drawing_adds_up_to_the_limit(
    start: date, n: int, stop: tuple[int, int], passed: int
) -> None:
    sent = start + timedelta(days=stop[0])
    pause = Suspension(sent, sent + timedelta(days=stop[1]))
    deadline = working_days(start, n, CALENDAR, (pause,))
    today = start + timedelta(days=passed)
    calendar = clock_calendar(deadline, today, CALENDAR)
    assert sum(int(part) for part in calendar.sum.equation.split(" + ")) == n
    within = [c for c in day_strip(deadline, today, CALENDAR).cells if c is not CellKind.BEYOND]
    assert len(within) == n + sum(c is CellKind.STOPPED for c in within)
    roles = [c.role for week in calendar.weeks for c in week.cells]
    counted = {DayRole.COUNTED, DayRole.TO_COME, DayRole.DUE}
    assert sum(role in counted for role in roles) == n


def test_the_year_has_its_working_days_and_marks() -> None:
    year = year_calendar(2026, CALENDAR, TODAY)
    days = [day for month in year.months for week in month.weeks for day in week if day]
    assert len(days) == 365
    assert year.working_days == sum(CALENDAR.is_working_day(day.date) for day in days)
    marked = {day.date: day.mark for day in days if day.mark}
    assert marked[date(2026, 2, 14)] == "班"
    assert marked[date(2026, 2, 17)] == "休"
    assert [day.date for day in days if day.today] == [TODAY]
    assert not year.provisional


def test_a_year_without_a_notice_is_drawn_and_called_provisional() -> None:
    after = max(CALENDAR.announced_years) + 1
    year = year_calendar(after, CALENDAR, TODAY)
    assert year.provisional
    assert 200 < year.working_days < 270
