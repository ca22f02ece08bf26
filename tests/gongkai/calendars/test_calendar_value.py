"""The calendar handed to statute: shipped and confirmed notices, local ones, 暂定 where unknown."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongkai.agencies.models import AgencyKind
from gongkai.agencies.profiles import Profile
from gongkai.calendars import queries
from gongkai.calendars.changes import Term, what_moved
from gongkai.calendars.queries import (
    before_and_after,
    calendar,
    calendar_for,
    days_of,
    missing_year,
    preview,
    warning,
)
from gongkai.calendars.services import confirm_notice, withdraw_notice
from statute.calendars import (
    CalendarNotAnnouncedError,
    DayKind,
    SpecialDay,
    national_calendar,
)
from statute.deadlines import Suspension, working_days
from statute.units import TimeUnit
from tests.gongkai.agencies.county import body
from tests.gongkai.calendars.notices import (
    AT,
    NEXT_YEAR,
    SECOND,
    TODAY,
    TORCH,
    confirmed,
    entered,
    off,
    worked,
)

pytestmark = pytest.mark.django_db


def test_without_entries_it_is_the_releases_calendar_and_never_blocks() -> None:
    assert calendar(estimates=False) == national_calendar()
    # 20 working days from 2026-12-14 by hand: 12-15…12-31 are 13, 2027-01-01 is off,
    # 01-04…01-12 are 7 more.
    deadline = working_days(date(2026, 12, 14), 20, calendar())
    assert (deadline.due, deadline.provisional) == (date(2027, 1, 12), True)
    with pytest.raises(CalendarNotAnnouncedError):
        working_days(date(2026, 12, 14), 20, calendar(estimates=False))


def test_a_confirmed_notice_makes_dates_final_and_moves_them() -> None:
    entry = confirmed()
    # Now 12-27 is worked too, so the twentieth is one working day earlier.
    deadline = working_days(date(2026, 12, 14), 20, calendar())
    assert (deadline.due, deadline.provisional) == (date(2027, 1, 11), False)
    withdraw_notice(entry, by=SECOND, at=AT, reason="撤回")
    assert working_days(date(2026, 12, 14), 20, calendar()).provisional


def test_a_local_notice_holds_in_its_division_and_below_it_alone() -> None:
    confirmed(TORCH)
    day = date(2026, 8, 6)
    regions = ("", "513400", "513431", "510100")
    kinds = [calendar(region).day(day).kind for region in regions]
    assert kinds == [DayKind.WORKDAY, DayKind.HOLIDAY, DayKind.HOLIDAY, DayKind.WORKDAY]


def test_a_body_has_the_calendar_of_its_division() -> None:
    confirmed(TORCH)
    government = body(
        "gov", "某县人民政府", kind=AgencyKind.GOVERNMENT, profile=Profile(region="513431")
    )
    department = body("a", "甲局", parent=government)
    elsewhere = body("b", "乙局")
    day = date(2026, 8, 6)
    assert not calendar_for(department, TODAY).is_working_day(day)
    assert calendar_for(elsewhere, TODAY).is_working_day(day)


def test_past_dates_are_explained_by_what_was_confirmed_then() -> None:
    entry = confirmed()
    later = AT + timedelta(days=2)
    withdraw_notice(entry, by=SECOND, at=later, reason="撤回")
    day = date(2027, 1, 31)
    moments = (AT - timedelta(seconds=1), AT, later - timedelta(seconds=1), later)
    kinds = [calendar(at=moment).day(day).kind for moment in moments]
    assert kinds == [DayKind.WEEKEND, DayKind.MAKE_UP, DayKind.MAKE_UP, DayKind.WEEKEND]


def test_the_office_has_the_word_over_a_shipped_notice_of_the_same_number() -> None:
    (shipped,) = (n for n in national_calendar().notices if n.year == 2026)
    fewer = replace(shipped, days=tuple(d for d in shipped.days if d.date != date(2026, 1, 4)))
    assert calendar().day(date(2026, 1, 4)).kind is DayKind.MAKE_UP
    confirmed(fewer)
    assert calendar().day(date(2026, 1, 4)).kind is DayKind.WEEKEND


def test_a_calendar_is_built_once_for_what_is_confirmed_and_anew_when_that_changes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(queries, "_calendars", {})
    first = calendar()
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert calendar() is first
    assert len(asked) == 1
    entry = entered()
    assert calendar() is first
    confirm_notice(entry, by=SECOND, at=AT)
    assert calendar() is not first
    withdraw_notice(entry, by=SECOND, at=AT, reason="撤回")
    assert calendar() is first


def test_only_a_few_calendars_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "_calendars", {})
    monkeypatch.setattr(queries, "_KEPT", 2)
    for region in ("", "513400", "510100"):
        calendar(region)
    assert len(queries._calendars) == 1


# --- the missing notice -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("today", "year"),
    [
        (date(2026, 11, 30), None),
        (date(2026, 12, 1), 2027),
        (date(2027, 3, 1), 2027),
    ],
    ids=["十一月不催", "十二月一日起催", "过了年还催"],
)
def test_next_years_notice_is_missed_from_the_first_of_december(
    today: date, year: int | None
) -> None:
    assert missing_year(today) == year
    assert (warning(today) == "") is (year is None)


def test_the_warning_says_whether_somebody_entered_it_and_goes_when_confirmed() -> None:
    assert warning(TODAY) == (
        "2027年放假安排尚未录入；到期日跨入2027年的，均为暂定，复核后重新计算"
    )
    entry = entered()
    assert warning(TODAY) == (
        "2027年放假安排已录入，尚待第二人复核；到期日跨入2027年的，均为暂定，复核后重新计算"
    )
    confirm_notice(entry, by=SECOND, at=AT)
    assert warning(TODAY) == ""


def test_a_year_is_shown_day_by_day() -> None:
    days = days_of(2026)
    assert len(days) == 365
    # calendars.md 2: 248 working days in 2026.
    assert sum(day.counts for day in days) == 248
    assert len(days_of(2028)) == 366
    assert {day.provisional for day in days_of(2028)} == {True}


# --- before confirming ------------------------------------------------------------------------


def test_a_preview_counts_and_changes_nothing() -> None:
    seen = preview(NEXT_YEAR)
    assert (seen.days_off, seen.make_up_days, seen.hints) == (10, 3, ())
    assert missing_year(TODAY) == 2027


def test_more_than_six_days_worked_in_a_row_are_hinted_at() -> None:
    # Monday 2027-01-11 to Friday 01-22 with both weekend days between them worked: 12 days.
    long = replace(NEXT_YEAR, days=worked(date(2027, 1, 16), date(2027, 1, 17)))
    seen = preview(long)
    assert seen.longest_stretch == 12
    assert "最多连续工作 12 天" in seen.hints[0]
    six = replace(
        NEXT_YEAR,
        days=(*off(date(2027, 1, 1), date(2027, 1, 1), "元旦"), *worked(date(2027, 1, 9))),
    )
    assert preview(six).longest_stretch == 6
    assert preview(six).hints == ()


@pytest.mark.parametrize(
    ("days", "hint"),
    [
        (off(date(2027, 1, 1), date(2027, 1, 3), "元旦"), "没有写调休上班日"),
        (worked(date(2027, 1, 5)), "2027-01-05 是周一至周五"),
    ],
    ids=["没有上班日", "上班日是周二"],
)
def test_what_looks_odd_is_hinted_at(days: tuple[SpecialDay, ...], hint: str) -> None:
    seen = preview(replace(NEXT_YEAR, days=days))
    assert any(hint in one for one in seen.hints)


def test_a_notice_that_differs_from_the_shipped_one_is_hinted_at() -> None:
    (shipped,) = (n for n in national_calendar().notices if n.year == 2026)
    seen = preview(replace(shipped, days=shipped.days[1:]))
    assert any("与随软件发布的同号通知" in one for one in seen.hints)
    assert any("2026 年已有全国放假通知" in one for one in seen.hints)
    assert not any("与随软件发布" in one for one in preview(shipped).hints)


def test_a_preview_says_which_dates_would_move() -> None:
    terms = [
        Term("甲案", date(2026, 12, 14), 20),
        Term("乙案", date(2026, 11, 2), 20),
        Term("丙案", date(2026, 12, 30), 20),
    ]
    seen = preview(NEXT_YEAR, terms=terms)
    assert [(m.term.label, m.old, m.new, m.was_provisional, m.provisional) for m in seen.moved] == [
        ("甲案", date(2027, 1, 12), date(2027, 1, 11), True, False),
        ("丙案", date(2027, 1, 28), date(2027, 1, 28), True, False),
    ]


def test_a_preview_of_a_correction_leaves_out_what_it_corrects() -> None:
    entry = confirmed()
    right = replace(NEXT_YEAR, days=NEXT_YEAR.days[1:])
    terms = [Term("甲案", date(2026, 12, 14), 20)]
    assert [m.new for m in preview(right, replacing=entry, terms=terms).moved] == [
        date(2027, 1, 12)
    ]
    assert preview(right, terms=terms).moved == ()


def test_what_moved_knows_suspensions_calendar_days_and_both_sides_of_a_change() -> None:
    entry = confirmed()
    before, after = before_and_after(entry)
    paused = Suspension(date(2026, 12, 15), date(2026, 12, 18))
    moved = what_moved(
        [
            Term("中止", date(2026, 12, 14), 20, suspensions=(paused,)),
            Term("自然日", date(2026, 12, 17), 10, TimeUnit.DAY),
        ],
        before=before,
        after=after,
    )
    # Suspended Wednesday to Friday: three working days later. The tenth day after 12-17 is
    # Sunday 12-27: rolled to Monday as long as it is not worked.
    assert [(m.term.label, m.old, m.new) for m in moved] == [
        ("中止", date(2027, 1, 15), date(2027, 1, 14)),
        ("自然日", date(2026, 12, 28), date(2026, 12, 27)),
    ]
    waiting = entered(TORCH)
    assert what_moved([], before=before_and_after(waiting)[0], after=after) == ()
    assert before_and_after(waiting)[0] is before_and_after(waiting)[1]
