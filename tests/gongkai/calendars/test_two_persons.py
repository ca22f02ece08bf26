"""A notice counts once a second person has found it right; what was said stays on file."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from gongkai.calendars import changes
from gongkai.calendars.errors import CalendarError
from gongkai.calendars.models import HolidayDay, HolidayNotice
from gongkai.calendars.queries import calendar
from gongkai.calendars.services import (
    confirm_notice,
    digest_of,
    enter_notice,
    import_notices,
    withdraw_notice,
)
from gongkai.jobs.models import OutboxRow
from gongkai.jobs.registry import job
from gongkai.trail.actors import SYSTEM
from gongkai.trail.models import Row
from statute.calendars import DayKind, Notice, NoticeError, national_calendar
from tests.gongkai.calendars.notices import (
    AT,
    FIRST,
    NEXT_YEAR,
    SECOND,
    TORCH,
    confirmed,
    entered,
    off,
    worked,
)

pytestmark = pytest.mark.django_db

# New Year's Eve is a working day unless a notice says otherwise; of 2027 none is shipped.
FRIDAY = date(2027, 2, 5)
MONDAY_AFTER = date(2027, 2, 8)


def test_what_is_entered_counts_only_once_confirmed() -> None:
    entry = entered()
    assert entry.state == "待复核"
    assert calendar().day(date(2027, 1, 31)).kind is DayKind.WEEKEND
    confirm_notice(entry, by=SECOND, at=AT)
    day = calendar().day(date(2027, 1, 31))
    assert (day.kind, day.notice, day.provisional) == (
        DayKind.MAKE_UP,
        "国办发明电〔2026〕99号",
        False,
    )


def test_entering_and_confirming_are_two_sentences_on_the_trail() -> None:
    confirmed()
    assert [row.sentence for row in Row.objects.order_by("sequence")] == [
        (
            "录入人甲录入2027年放假通知“国办发明电〔2026〕99号”（2026-12-01，全国）："
            "放假 01-01至01-03元旦、02-05至02-11春节；上班 12-27、01-31、02-14"
        ),
        "复核人乙复核放假通知“国办发明电〔2026〕99号”，与原文一致，即日起用于计算期限",
    ]


def test_nobody_confirms_what_he_entered_and_the_system_confirms_nothing() -> None:
    entry = entered()
    with pytest.raises(CalendarError, match="录入人不能复核"):
        confirm_notice(entry, by=FIRST, at=AT)
    with pytest.raises(CalendarError, match="须由工作人员复核"):
        confirm_notice(entry, by=SYSTEM, at=AT)
    entry.refresh_from_db()
    assert entry.confirmed_at is None


def test_a_notice_is_confirmed_once_and_not_after_its_withdrawal() -> None:
    entry = confirmed()
    with pytest.raises(CalendarError, match="不在待复核状态（有效）"):
        confirm_notice(entry, by=SECOND, at=AT)
    withdraw_notice(entry, by=FIRST, at=AT, reason="录错年度")
    with pytest.raises(CalendarError, match="不在待复核状态（已撤回）"):
        confirm_notice(entry, by=SECOND, at=AT)


def test_a_withdrawn_notice_no_longer_counts_and_keeps_its_reason() -> None:
    entry = confirmed()
    withdrawn = withdraw_notice(entry, by=SECOND, at=AT, reason=" 文号有误 ")
    assert (withdrawn.state, withdrawn.withdrawal_reason) == ("已撤回", "文号有误")
    assert calendar().day(date(2027, 1, 31)).kind is DayKind.WEEKEND
    assert Row.objects.get(event="calendars.withdrawn").sentence == (
        "复核人乙撤回放假通知“国办发明电〔2026〕99号”（有效），原因：文号有误"
    )
    with pytest.raises(CalendarError, match="已撤回，不能再撤回"):
        withdraw_notice(entry, by=SECOND, at=AT, reason="再次")
    # Its number is free for a right entry.
    assert entered().state == "待复核"


def test_days_slipped_in_after_the_entry_are_not_confirmed() -> None:
    entry = entered()
    HolidayDay.objects.create(notice=entry, date=date(2027, 3, 3), working=False, name="假")
    with pytest.raises(CalendarError, match="录入后内容有变动"):
        confirm_notice(entry, by=SECOND, at=AT)


def test_a_number_in_force_is_not_taken_by_the_correction_of_another_notice() -> None:
    first = confirmed()
    other = confirmed(replace(NEXT_YEAR, number="国办发明电〔2026〕100号"))
    with pytest.raises(CalendarError, match="不能再录入同号的通知"):
        enter_notice(NEXT_YEAR, by=FIRST, at=AT, supersedes=other)
    assert str(first) == "国办发明电〔2026〕99号"


def test_a_withdrawal_states_its_reason() -> None:
    with pytest.raises(CalendarError, match="请写明撤回原因"):
        withdraw_notice(entered(), by=FIRST, at=AT, reason=" ")


@pytest.mark.parametrize(
    ("notice", "message"),
    [
        (replace(NEXT_YEAR, number=" "), "请填写通知的文号"),
        (replace(NEXT_YEAR, days=()), "没有写任何放假日"),
        (replace(NEXT_YEAR, issued_on=date(2026, 12, 4)), "成文日期不能晚于今天"),
        (replace(NEXT_YEAR, region="51340"), "行政区划代码为"),
        (replace(NEXT_YEAR, year=2029, days=worked(date(2029, 1, 6))), "年度应在 2007 至 2028"),
        (replace(NEXT_YEAR, number="号" * 61), "文号不超过 60 字"),
        (replace(NEXT_YEAR, days=off(FRIDAY, FRIDAY, "节" * 41)), "假期名称不超过 40 字"),
    ],
    ids=["没有文号", "没有日子", "明天成文", "区划五位", "后年之后", "文号过长", "名称过长"],
)
def test_a_notice_that_cannot_be_one_is_not_entered(notice: Notice, message: str) -> None:
    with pytest.raises(CalendarError, match=message):
        enter_notice(notice, by=FIRST, at=AT)
    assert not HolidayNotice.objects.exists()


def test_a_notice_is_not_entered_twice() -> None:
    entry = entered()
    with pytest.raises(CalendarError, match="已由录入人甲录入"):
        entered()
    confirm_notice(entry, by=SECOND, at=AT)
    with pytest.raises(CalendarError, match="已经生效；内容有误的，请录入更正"):
        entered()


def test_a_correction_takes_the_place_of_the_entry_it_corrects_when_confirmed() -> None:
    wrong = confirmed()
    right = replace(NEXT_YEAR, days=(*NEXT_YEAR.days, *worked(date(2027, 2, 20))))
    entry = enter_notice(right, by=FIRST, at=AT, supersedes=wrong)
    assert calendar().day(date(2027, 2, 20)).kind is DayKind.WEEKEND
    confirm_notice(entry, by=SECOND, at=AT)
    wrong.refresh_from_db()
    assert (wrong.state, HolidayNotice.objects.in_force().get()) == ("已更正", entry)
    assert calendar().day(date(2027, 2, 20)).kind is DayKind.MAKE_UP
    assert Row.objects.get(event="calendars.superseded").facts == {"by_entry": str(entry.pk)}
    with pytest.raises(CalendarError, match="已更正，不能再撤回"):
        withdraw_notice(wrong, by=FIRST, at=AT, reason="迟了")


def test_a_correction_is_of_the_same_year_and_region_and_of_what_is_in_force() -> None:
    local = confirmed(TORCH)
    with pytest.raises(CalendarError, match="只能更正同一年度、同一区域"):
        enter_notice(NEXT_YEAR, by=FIRST, at=AT, supersedes=local)
    waiting = entered()
    other = replace(NEXT_YEAR, number="国办发明电〔2026〕100号")
    with pytest.raises(CalendarError, match="只能更正同一年度、同一区域"):
        enter_notice(other, by=FIRST, at=AT, supersedes=waiting)


def test_a_correction_of_what_was_withdrawn_meanwhile_is_not_confirmed() -> None:
    wrong = confirmed()
    right = replace(NEXT_YEAR, remark="更正")
    entry = enter_notice(right, by=FIRST, at=AT, supersedes=wrong)
    withdraw_notice(wrong, by=SECOND, at=AT, reason="先撤回")
    with pytest.raises(CalendarError, match="要更正的“国办发明电〔2026〕99号”已撤回"):
        confirm_notice(entry, by=SECOND, at=AT)


def test_a_later_notice_has_the_word_for_the_days_it_names() -> None:
    confirmed()
    later = replace(
        NEXT_YEAR,
        number="国办发明电〔2027〕3号",
        issued_on=date(2026, 12, 2),
        days=off(date(2027, 1, 31), date(2027, 1, 31), "特别假日"),
    )
    confirmed(later, at=AT + timedelta(minutes=1))
    assert calendar().day(date(2027, 1, 31)).kind is DayKind.HOLIDAY
    assert calendar().day(date(2027, 2, 14)).kind is DayKind.MAKE_UP


def test_digests_tell_contents_apart_and_not_the_order_of_days() -> None:
    assert digest_of(NEXT_YEAR) == digest_of(replace(NEXT_YEAR, days=NEXT_YEAR.days[::-1]))
    assert digest_of(NEXT_YEAR) != digest_of(replace(NEXT_YEAR, days=NEXT_YEAR.days[1:]))


# --- import -----------------------------------------------------------------------------------

FILE = """
year = 2027

[[notice]]
number = "国办发明电〔2026〕99号"
issued_on = 2026-12-01
holidays = [{ name = "元旦", days = [{ first = 2027-01-01, last = 2027-01-03 }] }]
working = [2026-12-27]

[[notice]]
number = "凉府发〔2026〕20号"
issued_on = 2026-12-02
region = "513400"
holidays = [{ name = "彝族年", days = [{ first = 2027-11-20, last = 2027-11-22 }] }]
"""


def test_a_file_is_entered_once_and_waits_for_a_second_person() -> None:
    first = import_notices(FILE, source="2027.toml", by=FIRST, at=AT)
    again = import_notices(FILE, source="2027.toml", by=SECOND, at=AT)
    assert [one.new for one in (*first, *again)] == [True, True, False, False]
    assert [(entry.year, entry.region) for entry in HolidayNotice.objects.pending()] == [
        (2027, "513400"),
        (2027, ""),
    ]
    assert again[0].text == "国办发明电〔2026〕99号：已经录入（待复核），内容相同"
    entry = first[1].entry
    assert entry is not None
    assert first[1].text == f"凉府发〔2026〕20号：已录入，待第二人复核（第{entry.pk}号录入）"


def test_the_system_may_enter_a_file_and_any_person_confirms_it() -> None:
    (national, _local) = import_notices(FILE, source="2027.toml", by=SYSTEM, at=AT)
    assert national.entry is not None
    assert confirm_notice(national.entry, by=FIRST, at=AT).state == "有效"


def test_other_days_under_a_number_in_force_are_entered_as_its_correction() -> None:
    confirmed()
    (national, _local) = import_notices(FILE, source="2027.toml", by=FIRST, at=AT)
    assert national.entry is not None
    assert national.entry.supersedes == HolidayNotice.objects.in_force().get()


def test_what_the_release_has_already_is_not_entered() -> None:
    (shipped,) = (n for n in national_calendar().notices if n.year == 2026)
    text = f"""
year = 2026
[[notice]]
number = "{shipped.number}"
issued_on = 2025-11-04
holidays = [{
        ", ".join(
            f'{{ name = "{d.name}", days = [{{ first = {d.date} }}] }}'
            for d in shipped.days
            if not d.working
        )
    }]
working = [{", ".join(str(d.date) for d in shipped.days if d.working)}]
"""
    (outcome,) = import_notices(text, source="2026.toml", by=FIRST, at=AT)
    assert outcome.entry is None
    assert outcome.text == "国办发明电〔2025〕7号：随软件发布的日历已有，内容相同，不再录入"
    assert not HolidayNotice.objects.exists()


def test_a_file_with_one_mistake_enters_nothing() -> None:
    with pytest.raises(NoticeError, match=r"2027\.toml"):
        import_notices(FILE + "\n[[notice]]\nnumber = 'x'\n", source="2027.toml", by=FIRST, at=AT)
    with pytest.raises(CalendarError, match="请填写通知的文号"):
        import_notices(FILE.replace("凉府发〔2026〕20号", ""), source="x", by=FIRST, at=AT)
    assert not HolidayNotice.objects.exists()


# --- who is told ------------------------------------------------------------------------------


@job("test.calendars.changed")
def _changed(_arguments: object, /, *, at: object) -> None:
    """Stands for an app above that moves its dates."""


def test_the_jobs_named_are_ordered_when_a_notice_comes_into_force_or_out_of_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(changes, "_JOBS", [])
    changes.tell("test.calendars.changed")
    changes.tell("test.calendars.changed")
    waiting = entered(TORCH)
    withdraw_notice(waiting, by=FIRST, at=AT, reason="没有生效过")
    entry = entered()
    assert OutboxRow.objects.count() == 0
    confirm_notice(entry, by=SECOND, at=AT)
    withdraw_notice(entry, by=SECOND, at=AT, reason="撤回")
    assert (
        list(OutboxRow.objects.values_list("name", "arguments"))
        == [("test.calendars.changed", {"notice": str(entry.pk)})] * 2
    )
