"""The clock beyond the worked cases: properties over dockets, what is left, what would break."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

import statute.clock
from statute.calendars import CalendarNotAnnouncedError, national_calendar
from statute.citations import Mark
from statute.clock import clock, days_left, new_breaches
from statute.clock_rules import RULES, UNVERIFIED, ClockRules, clock_rules
from statute.clock_steps import clock_steps
from statute.deadlines import working_days
from statute.docket import Channel, Entry, Event, Service, WebConfirmation, standing_entries
from statute.errors import NotInForceError
from statute.receipt import receipt, receipt_rule

CALENDAR = national_calendar()
MARCH_2 = Entry(Event.RECEIVE, date(2026, 3, 2), channel=Channel.IN_PERSON)
STARTS = st.dates(date(2019, 5, 15), date(2025, 3, 31))


def consultation(sent: date, received: date, ended: date, ref: str = "") -> tuple[Entry, Entry]:
    return (
        Entry(Event.CONSULT_THIRD_PARTY, sent, received_on=received, ref=ref),
        Entry(Event.THIRD_PARTY_REPLY, ended, ref=ref),
    )


@given(STARTS, st.integers(0, 15), st.integers(0, 5), st.integers(0, 40))
def test_consulting_never_brings_the_due_date_forward(
    start: date, after: int, way: int, wait: int
) -> None:
    received = Entry(Event.RECEIVE, start, channel=Channel.IN_PERSON)
    sent = start + timedelta(after)
    plain = clock((received,), CALENDAR).due
    docket = (received, *consultation(sent, sent + timedelta(way), sent + timedelta(way + wait)))
    due = clock(docket, CALENDAR).due
    assert plain is not None
    assert due is not None
    assert due >= plain


@given(STARTS, st.integers(0, 12), st.integers(0, 40))
def test_a_correction_makes_the_due_date_twenty_days_from_itself(
    start: date, after: int, wait: int
) -> None:
    corrected = start + timedelta(after + wait)
    docket = (
        Entry(Event.RECEIVE, start, channel=Channel.IN_PERSON),
        Entry(Event.REQUEST_CORRECTION, start + timedelta(after), until=corrected),
        Entry(Event.RECEIVE_CORRECTION, corrected),
    )
    assert clock(docket, CALENDAR).due == working_days(corrected, 20, CALENDAR).due


@given(STARTS, st.lists(st.integers(-3, 25), max_size=6))
def test_extensions_never_add_more_than_twenty_days_in_all(start: date, spans: list[int]) -> None:
    docket = (
        Entry(Event.RECEIVE, start, channel=Channel.IN_PERSON),
        *(Entry(Event.EXTEND, start, days=days, approved_on=start) for days in spans),
    )
    reading = clock(docket, CALENDAR)
    assert reading.due is not None
    assert reading.due <= working_days(start, 40, CALENDAR).due
    assert 0 <= reading.extension_left <= 20
    assert len(reading.breaches) < len(spans) or not any(1 <= days <= 20 for days in spans)


@given(st.permutations(["甲", "乙", "丙"]))
def test_the_order_in_which_third_parties_answer_does_not_matter(order: list[str]) -> None:
    asked = [
        Entry(Event.CONSULT_THIRD_PARTY, date(2026, 3, 9), received_on=date(2026, 3, 10), ref=ref)
        for ref in "甲乙丙"
    ]
    ends = {"甲": date(2026, 3, 12), "乙": date(2026, 3, 20), "丙": date(2026, 3, 27)}
    answers = [Entry(Event.THIRD_PARTY_REPLY, ends[ref], ref=ref) for ref in order]
    assert clock((MARCH_2, *asked, *answers), CALENDAR).due == date(2026, 4, 20)


@pytest.mark.parametrize(
    ("today", "left"),
    [
        (date(2026, 3, 2), 20),
        (date(2026, 3, 23), 5),
        (date(2026, 3, 27), 1),
        (date(2026, 3, 29), 1),
        (date(2026, 3, 30), 0),
        (date(2026, 3, 31), -1),
        (date(2026, 4, 7), -5),
    ],
)
def test_days_left_counts_working_days_and_goes_negative(today: date, left: int) -> None:
    assert days_left(clock((MARCH_2,), CALENDAR), today, CALENDAR) == left


def test_no_days_are_left_to_count_once_answered_or_while_standing_still() -> None:
    waiting = (MARCH_2, Entry(Event.REQUEST_CORRECTION, date(2026, 3, 4)))
    served = (MARCH_2, Entry(Event.SERVE, date(2026, 3, 6), service=Service.POST))
    assert days_left(clock(waiting, CALENDAR), date(2026, 3, 9), CALENDAR) is None
    assert days_left(clock(served, CALENDAR), date(2026, 3, 9), CALENDAR) is None


def test_what_a_step_would_break_is_told_before_it_is_entered() -> None:
    late = Entry(Event.REQUEST_CORRECTION, date(2026, 3, 12), until=date(2026, 4, 1))
    (breach,) = new_breaches((MARCH_2,), late, CALENDAR)
    assert breach.text == "补正告知最晚应于 2026-03-11 发出（收到申请之日起 7 个工作日内）"
    assert breach.citation.locator == "第三十条"
    in_time = replace(late, on=date(2026, 3, 11))
    assert new_breaches((MARCH_2,), in_time, CALENDAR) == ()


def test_a_due_date_beyond_the_announced_years_is_refused_or_provisional() -> None:
    docket = (replace(MARCH_2, on=date(2026, 12, 20)),)
    with pytest.raises(CalendarNotAnnouncedError):
        clock(docket, CALENDAR)
    reading = clock(docket, CALENDAR.with_estimates())
    assert (reading.due, reading.provisional) == (date(2027, 1, 18), True)


def test_an_application_before_the_regulations_of_2019_is_refused() -> None:
    with pytest.raises(NotInForceError, match="2019-05-14 没有施行中的规定"):
        clock((replace(MARCH_2, on=date(2019, 5, 14)),), CALENDAR)


def test_a_docket_must_begin_with_a_receipt_that_names_its_channel() -> None:
    for docket in ((), (Entry(Event.SEARCH, date(2026, 3, 2)),), (replace(MARCH_2, channel=None),)):
        with pytest.raises(ValueError, match="以“收到申请”开头"):
            receipt(docket)


def test_mail_by_computer_counted_on_arrival_before_the_regulations_of_2019() -> None:
    before = receipt_rule(Channel.EMAIL, date(2018, 3, 2), WebConfirmation.SYSTEM)
    after = receipt_rule(Channel.EMAIL, date(2019, 5, 15), WebConfirmation.SYSTEM)
    assert (before.basis, after.basis) == ("arrived", "confirmed")


def test_a_correction_may_replace_a_correction_but_only_one_that_came_before() -> None:
    first = Entry(Event.RECEIVE, date(2026, 3, 3), channel=Channel.IN_PERSON)
    docket = (
        first,
        Entry(Event.SEARCH, date(2026, 3, 4)),
        replace(first, on=date(2026, 3, 2), replaces=1),
        replace(first, on=date(2026, 3, 1), replaces=3),
    )
    assert [entry.on.day for entry in standing_entries(docket)] == [1, 4]
    for wrong in (0, 4, 9):
        with pytest.raises(ValueError, match="没有这样一条在前的记录"):
            standing_entries((*docket[:3], replace(first, replaces=wrong)))


def test_where_payment_does_not_restart_the_clock_it_only_stands_still(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    resuming = replace(RULES[0], fee_restarts=False)
    use_rules(monkeypatch, resuming)
    docket = (
        MARCH_2,
        Entry(Event.NOTICE_FEE, date(2026, 3, 9), received_on=date(2026, 3, 10)),
        Entry(Event.RECEIVE_FEE, date(2026, 3, 27)),
    )
    assert clock(docket, CALENDAR).due == date(2026, 4, 20)


def test_where_reasons_suspend_the_clock_it_stands_still_until_they_come(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    use_rules(monkeypatch, replace(RULES[0], reasons_suspend=True))
    asked = (MARCH_2, Entry(Event.ASK_REASONS, date(2026, 3, 9)))
    answered = (*asked, Entry(Event.RECEIVE_REASONS, date(2026, 3, 27)))
    assert clock(asked, CALENDAR).due is None
    assert clock(answered, CALENDAR).due == date(2026, 4, 20)


def use_rules(monkeypatch: pytest.MonkeyPatch, rules: ClockRules) -> None:
    """The switches are data of the office; here a period of other data stands in."""

    def other_rules(_on: date) -> ClockRules:
        return rules

    monkeypatch.setattr(statute.clock, "clock_rules", other_rules)


def test_every_number_of_the_clock_that_no_text_vouches_for_is_marked() -> None:
    fields = {name for name in ClockRules.__dataclass_fields__ if name != "in_force"}
    assert set(UNVERIFIED) <= fields
    assert UNVERIFIED["fee_restarts"][0] is Mark.MEMORY
    assert all(mark is not Mark.VERIFIED for mark, _ in UNVERIFIED.values())
    assert clock_rules(date(2026, 1, 1)).reply == 20


@pytest.mark.parametrize(
    ("service", "received", "text"),
    [
        (Service.POST, None, "答复于 2026-03-30 交邮，到期日 2026-03-30，按时"),
        (Service.ELECTRONIC, None, "答复于 2026-03-30 成功发送，到期日 2026-03-30，按时"),
        (
            Service.DIRECT,
            date(2026, 4, 1),
            "答复于 2026-04-01 签收，到期日 2026-03-30，逾期 2 个工作日",
        ),
        (Service.ENTRUSTED, None, "答复已送出，尚未签收：直接送达、代送以签收之日为准"),
    ],
)
def test_the_story_of_a_service_says_which_date_decides(
    service: Service, received: date | None, text: str
) -> None:
    served = Entry(Event.SERVE, date(2026, 3, 30), service=service, received_on=received)
    assert clock_steps((MARCH_2, served), CALENDAR)[-1].text == text


def test_the_story_begins_with_the_receipt_and_its_provision() -> None:
    (step,) = clock_steps((MARCH_2,), CALENDAR)
    assert step.text == (
        "当面提交收到申请：提交当日为收到申请之日；收到之日 2026-03-02，次日起算 20 个工作日"
    )
    assert step.citation is not None
    assert step.citation.locator == "第三十一条第（一）项"
    assert step.due == date(2026, 3, 30)
