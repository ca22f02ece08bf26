"""The calendar against the printed facts, against an oracle, and against bad notices."""

from __future__ import annotations

from datetime import date, timedelta

import chinese_calendar
import pytest

from statute.calendars import (
    Calendar,
    CalendarNotAnnouncedError,
    DayKind,
    Notice,
    NoticeError,
    SpecialDay,
    national_calendar,
    notices_from_toml,
)
from statute.calendars.calendar import longest_working_stretch

NATIONAL = national_calendar()

# Days off and days worked as listed by each year's notices, working days of the year.
GOLDEN_COUNTS = {
    2007: (24, 8, 249),
    2008: (29, 6, 251),
    2009: (27, 6, 250),
    2010: (29, 8, 250),
    2011: (29, 5, 250),
    2012: (27, 7, 249),
    2013: (29, 12, 250),
    2014: (22, 5, 250),
    2015: (26, 5, 249),
    2016: (24, 6, 250),
    2017: (24, 5, 249),
    2018: (23, 6, 250),
    2019: (24, 7, 250),
    2020: (30, 6, 249),
    2021: (31, 7, 250),
    2022: (31, 7, 249),
    2023: (27, 7, 249),
    2024: (28, 8, 251),
    2025: (28, 5, 248),
    2026: (33, 6, 248),
}


def days_of(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(n) for n in range((date(year + 1, 1, 1) - first).days)]


@pytest.mark.parametrize("year", GOLDEN_COUNTS)
def test_every_day_of_a_year_agrees_with_the_oracle(year: int) -> None:
    ours = [day for day in days_of(year) if NATIONAL.is_working_day(day)]
    assert ours == [day for day in days_of(year) if chinese_calendar.is_workday(day)]
    assert len(ours) == GOLDEN_COUNTS[year][2]


@pytest.mark.parametrize("year", GOLDEN_COUNTS)
def test_a_years_notices_list_the_golden_number_of_days(year: int) -> None:
    last_word: dict[date, bool] = {}
    for notice in NATIONAL.notices:
        if notice.year == year:
            last_word.update({special.date: special.working for special in notice.days})
    off = sum(not working for working in last_word.values())
    worked = sum(last_word.values())
    assert (off, worked) == GOLDEN_COUNTS[year][:2]


@pytest.mark.parametrize(
    ("day", "kind", "reason", "notice"),
    [
        (date(2026, 2, 14), DayKind.MAKE_UP, "调休上班", "国办发明电〔2025〕7号"),
        (date(2026, 2, 16), DayKind.HOLIDAY, "春节放假", "国办发明电〔2025〕7号"),
        (date(2026, 3, 7), DayKind.WEEKEND, "周六", None),
        (date(2026, 3, 8), DayKind.WEEKEND, "周日", None),
        (date(2026, 3, 9), DayKind.WORKDAY, "工作日", None),
        (date(2020, 2, 1), DayKind.HOLIDAY, "春节放假", "国办发明电〔2020〕1号"),
        (date(2020, 2, 3), DayKind.WORKDAY, "工作日", None),
        (date(2008, 5, 4), DayKind.MAKE_UP, "调休上班", "关于2008年部分节假日安排的通知"),
        (date(2018, 12, 29), DayKind.MAKE_UP, "调休上班", "国办发明电〔2018〕15号"),
    ],
)
def test_a_day_says_why_and_by_which_notice(
    day: date, kind: DayKind, reason: str, notice: str | None
) -> None:
    found = NATIONAL.day(day)
    assert (found.kind, found.reason, found.notice) == (kind, reason, notice)


def test_before_the_extension_of_2020_the_first_of_february_was_a_working_saturday() -> None:
    known = NATIONAL.known_on(date(2020, 1, 25))
    assert known.is_working_day(date(2020, 2, 1))
    assert known.is_working_day(date(2020, 1, 31))
    assert not NATIONAL.is_working_day(date(2020, 1, 31))


def test_before_march_2019_only_the_first_of_may_was_off() -> None:
    known = NATIONAL.known_on(date(2019, 3, 21))
    assert known.is_working_day(date(2019, 5, 2))
    assert not known.is_working_day(date(2019, 4, 28))


def test_a_year_without_notice_is_refused_by_name() -> None:
    with pytest.raises(CalendarNotAnnouncedError, match="2027 年的放假安排还没有公布") as caught:
        NATIONAL.day(date(2027, 1, 4))
    assert caught.value.year == 2027


def test_a_year_before_the_first_notice_says_it_is_not_on_file() -> None:
    with pytest.raises(CalendarNotAnnouncedError, match="2006 年的放假安排没有收录"):
        NATIONAL.day(date(2006, 12, 31))


def test_announced_years_end_where_the_first_gap_is() -> None:
    without_2015 = Calendar(tuple(n for n in NATIONAL.notices if n.year != 2015))
    assert without_2015.announced_years == range(2007, 2015)
    with pytest.raises(CalendarNotAnnouncedError):
        without_2015.day(date(2016, 3, 1))


def test_a_calendar_needs_a_national_notice() -> None:
    with pytest.raises(ValueError, match="全国放假通知"):
        Calendar(())


@pytest.mark.parametrize(
    ("day", "counts"),
    [
        (date(2027, 1, 1), False),
        (date(2027, 1, 4), True),
        (date(2027, 2, 5), False),
        (date(2027, 2, 9), False),
        (date(2027, 2, 10), False),
        (date(2027, 2, 11), True),
        (date(2027, 4, 5), False),
        (date(2027, 5, 3), False),
        (date(2027, 5, 4), False),
        (date(2027, 6, 9), False),
        (date(2027, 9, 15), False),
        (date(2027, 10, 4), False),
        (date(2027, 10, 5), False),
        (date(2027, 10, 6), True),
        (date(2027, 10, 9), False),
    ],
)
def test_an_estimated_2027_has_the_statutory_days_and_their_substitutes(
    day: date, counts: bool
) -> None:
    found = NATIONAL.with_estimates().day(day)
    assert found.counts is counts
    assert found.provisional


def test_an_estimated_holiday_is_called_provisional() -> None:
    found = NATIONAL.with_estimates().day(date(2027, 2, 9))
    assert found.reason == "春节补假放假（暂定）"
    assert found.notice is None


def test_a_mid_autumn_inside_national_day_moves_one_day_on() -> None:
    estimated = NATIONAL.with_estimates()
    # 2031: mid-autumn is 1 October (Wednesday); the three days and one more.
    off = [day for day in days_of(2031) if day.month == 10 and day.weekday() < 5]
    assert [day.day for day in off if not estimated.is_working_day(day)] == [1, 2, 3, 6]


def test_estimates_end_where_festival_dates_end() -> None:
    with pytest.raises(CalendarNotAnnouncedError):
        NATIONAL.with_estimates().day(date(2036, 1, 2))


def test_the_last_days_of_the_last_announced_year_are_provisional() -> None:
    assert not NATIONAL.day(date(2026, 12, 25)).provisional
    assert NATIONAL.day(date(2026, 12, 28)).provisional
    assert NATIONAL.day(date(2026, 12, 28)).counts


NEXT = """
year = 2027

[[notice]]
number = "国办发明电〔2026〕0号"
issued_on = 2026-12-01
holidays = [{ name = "元旦", days = [{ first = 2027-01-01, last = 2027-01-03 }] }]
working = [2026-12-27]
"""


def test_a_notice_added_from_outside_opens_the_year_and_settles_december() -> None:
    calendar = NATIONAL.with_notices(notices_from_toml(NEXT, source="2027.toml"))
    assert calendar.day(date(2026, 12, 27)).kind is DayKind.MAKE_UP
    assert not calendar.day(date(2026, 12, 28)).provisional
    assert calendar.is_working_day(date(2027, 1, 4))


def local(day: date, *, working: bool, issued_on: date, region: str = "513400") -> Notice:
    return Notice(
        2026, "州府发〔2026〕1号", issued_on, (SpecialDay(day, working, "火把节"),), region=region
    )


def test_a_local_notice_adds_a_day_off_for_its_region_only() -> None:
    notice = local(date(2026, 8, 6), working=False, issued_on=date(2026, 1, 5))
    assert not NATIONAL.with_notices([notice], region="513400").is_working_day(date(2026, 8, 6))
    assert not NATIONAL.with_notices([notice], region="513425").is_working_day(date(2026, 8, 6))
    assert NATIONAL.with_notices([notice], region="330327").is_working_day(date(2026, 8, 6))
    assert NATIONAL.with_notices([notice]).is_working_day(date(2026, 8, 6))


def test_a_local_notice_may_override_a_national_make_up_day() -> None:
    notice = local(date(2026, 10, 10), working=False, issued_on=date(2026, 1, 5))
    day = NATIONAL.with_notices([notice], region="513400").day(date(2026, 10, 10))
    assert (day.counts, day.notice) == (False, "州府发〔2026〕1号")


def test_of_two_notices_of_one_day_the_narrower_region_has_the_word() -> None:
    wide = local(date(2026, 8, 6), working=False, issued_on=date(2026, 1, 5), region="510000")
    narrow = local(date(2026, 8, 6), working=True, issued_on=date(2026, 1, 5))
    for order in ([wide, narrow], [narrow, wide]):
        assert NATIONAL.with_notices(order, region="513400").is_working_day(date(2026, 8, 6))


def test_a_later_notice_has_the_word_over_an_earlier_one() -> None:
    earlier = local(date(2026, 8, 6), working=False, issued_on=date(2026, 1, 5))
    later = local(date(2026, 8, 6), working=True, issued_on=date(2026, 7, 1), region="")
    calendar = NATIONAL.with_notices([later, earlier], region="513400")
    assert calendar.is_working_day(date(2026, 8, 6)) is True


def test_a_local_weekday_worked_is_an_ordinary_working_day() -> None:
    notice = local(date(2026, 5, 1), working=True, issued_on=date(2026, 1, 5))
    calendar = NATIONAL.with_notices([notice], region="513400")
    assert calendar.day(date(2026, 5, 1)).kind is DayKind.WORKDAY


def test_the_longest_working_stretch_around_a_notice_is_counted() -> None:
    notice_of_2013 = next(n for n in NATIONAL.notices if n.year == 2013)
    notice_of_2026 = next(n for n in NATIONAL.notices if n.year == 2026)
    # 2013-01-05 to 2013-01-11: Saturday and Sunday worked before a full week.
    assert longest_working_stretch(NATIONAL, notice_of_2013) == 8
    assert longest_working_stretch(NATIONAL, notice_of_2026) == 6


def test_the_stretch_does_not_reach_into_an_unannounced_year() -> None:
    year_end = Notice(
        2026, "试", date(2026, 1, 1), (SpecialDay(date(2026, 12, 27), True, "调休上班"),)
    )
    calendar = NATIONAL.with_notices([year_end])
    # 21–25 December, 27 December alone after a Saturday, then 28–31 December.
    assert longest_working_stretch(calendar, year_end) == 5


HEAD = "year = 2027\n[[notice]]\nissued_on = 2026-12-01\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("year = ", "不是有效的 TOML"),
        ("notice = []", "缺少整数 year"),
        ("year = 2027", "至少要有一份"),
        ("year = 2027\n[[notice]]\nnumber = '甲'", "没有写明|没有写任何放假日或上班日"),
        (HEAD + "mark = 'sure'", "mark 只能是"),
        (
            "year = 2027\n[[notice]]\nissued_on = '2026-12-01'\nworking = [2027-01-02]",
            "issued_on：应为日期",
        ),
        (
            HEAD + "working = ['2027-01-02']",
            "working：应为日期",
        ),
        (
            HEAD + "holidays = [{ days = [{ first = 2027-01-01 }] }]",
            "有一个假期没有名称",
        ),
        (
            HEAD
            + "holidays = [{ name = '元旦', days = [{ first = 2027-01-03, last = 2027-01-01 }] }]",
            "起止日期不对",
        ),
        (
            HEAD
            + "holidays = [{ name = '元旦', days = [{ first = 2027-01-01, last = 2027-12-01 }] }]",
            "起止日期不对",
        ),
        (
            HEAD + "working = [2029-01-06]",
            "不属于 2027 年前后",
        ),
        (
            HEAD + "working = [2027-01-02]\n"
            "holidays = [{ name = '元旦', days = [{ first = 2027-01-01, last = 2027-01-03 }] }]",
            "2027-01-02 既放假又上班",
        ),
    ],
)
def test_a_mistaken_notice_is_refused_with_place_and_reason(text: str, message: str) -> None:
    with pytest.raises(NoticeError, match=message):
        notices_from_toml(text, source="2027.toml")
