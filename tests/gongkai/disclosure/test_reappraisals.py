"""What is not public is looked at again: every year, when the law changes, and by whom."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test.utils import CaptureQueriesContext

from gongkai.accounts.queries import actor_for
from gongkai.accounts.roles import Role
from gongkai.disclosure.errors import DisclosureError, NotEntitledError
from gongkai.disclosure.intervals import REAPPRAISE_EVERY, Interval
from gongkai.disclosure.jobs import LOOK_JOB, REMIND_JOB
from gongkai.disclosure.models import LawChange, Reappraisal, ReappraisalReminder, Record, Version
from gongkai.disclosure.queries import latest, overdue
from gongkai.disclosure.reappraisals import (
    BodyStanding,
    by_body,
    concerns,
    next_review_on,
    promised,
    tasks,
)
from gongkai.disclosure.services import drafting, reviewing
from gongkai.disclosure.services.publishing import publish
from gongkai.disclosure.services.reappraising import decide, remind, reopen_for_law_change
from gongkai.disclosure.steps import Step
from gongkai.jobs import schedule
from gongkai.jobs.models import OutboxRow, State
from gongkai.jobs.running import Ran, run_next
from gongkai.trail.models import Row
from statute.calendars import national_calendar
from statute.citations import Mark, cite
from statute.units import TimeUnit
from tests.gongkai.disclosure.chain import Chain, person
from tests.gongkai.disclosure.documents import (
    LONG_AGO,
    body,
    cleared,
    draft_of,
    morning,
    office,
    other,
)

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 12)
A_YEAR_ON = date(2027, 3, 12)
NEXT = timedelta(days=1)
Decision = Reappraisal.Decision
KEPT_BACK: dict[str, Any] = {
    "attribute": "withheld",
    "attribute_reason": "征求意见的函，属过程性信息",
    "grounds": ["regulations#16.2"],
}
ON_REQUEST: dict[str, Any] = {"attribute": "on_request", "attribute_reason": "机关内部管理事务"}


@pytest.fixture
def chain() -> Chain:
    return office()


def kept(chain: Chain, on: date = DAY, **content: Any) -> Record:
    """A record that all four left unpublished on a day."""
    words = {**KEPT_BACK, **content}
    return fresh(cleared(chain, draft_of(chain, "document", on, **words), on).record)


def fresh(record: Record) -> Record:
    """The record as it stands; the cached day is always the one computed anew."""
    found = Record.objects.get(pk=record.pk)
    assert found.next_review_on == next_review_on(found)
    return found


def evaluated(chain: Chain, record: Record, decision: str, on: date, **more: Any) -> Reappraisal:
    by, at = chain.actor("officer"), morning(on)
    return decide(record, decision, reason="情势已有变化", by=by, at=at, **more)


# --- the day ----------------------------------------------------------------------------------


def test_a_year_is_a_value_with_its_source_and_no_law() -> None:
    assert (REAPPRAISE_EVERY.n, REAPPRAISE_EVERY.unit) == (1, TimeUnit.YEAR)
    assert REAPPRAISE_EVERY.mark is Mark.PRACTICE
    assert REAPPRAISE_EVERY.after(date(2028, 2, 29)) == date(2029, 2, 28)
    assert REAPPRAISE_EVERY.after(date(2026, 12, 31)) == date(2027, 12, 31)
    source = REAPPRAISE_EVERY.source
    assert Interval(12, TimeUnit.MONTH, source).after(date(2026, 3, 31)) == date(2027, 3, 31)
    assert Interval(1, TimeUnit.MONTH, source).after(date(2026, 12, 31)) == date(2027, 1, 31)
    with pytest.raises(ValueError, match="工作日"):
        Interval(20, TimeUnit.WORKDAY, source).after(DAY)


def test_what_is_cleared_as_not_public_is_looked_at_a_year_on(chain: Chain) -> None:
    assert kept(chain).next_review_on == A_YEAR_ON
    assert kept(chain, **ON_REQUEST, grounds=[]).next_review_on == A_YEAR_ON
    version = draft_of(chain, "document", DAY, **KEPT_BACK)
    assert version.record.next_review_on is None
    assert fresh(other(chain, "news", DAY)).next_review_on is None


def test_a_new_draft_puts_no_evaluation_off(chain: Chain) -> None:
    record = kept(chain)
    later = date(2026, 9, 10)
    again = drafting.draft_again(record, by=chain.actor("drafter"), at=morning(later))
    cleared(chain, again, later)
    assert fresh(record).next_review_on == A_YEAR_ON


def test_what_is_cleared_for_the_public_is_not_looked_at_any_more(chain: Chain) -> None:
    record = kept(chain)
    by, later = chain.actor("drafter"), date(2026, 9, 10)
    again = drafting.draft_again(record, by=by, at=morning(later))
    revision = fresh(record).revision
    again = drafting.edit(
        again, {"attribute": "proactive"}, revision=revision, by=by, at=morning(later)
    )
    assert fresh(record).next_review_on == A_YEAR_ON
    cleared(chain, again, later)
    assert fresh(record).next_review_on is None


# --- the lists --------------------------------------------------------------------------------


def test_due_and_late_tasks_of_a_body_the_longest_waiting_first(chain: Chain) -> None:
    second, first = kept(chain, DAY + NEXT), kept(chain, DAY)
    elsewhere = kept(body(chain, "agriculture"), DAY)
    ours = frozenset({chain.agency.pk})
    assert tasks(A_YEAR_ON - NEXT, ours) == []
    assert [one.record for one in tasks(A_YEAR_ON, ours)] == [first]
    found = tasks(A_YEAR_ON + NEXT, ours)
    assert [one.record for one in found] == [first, second]
    assert [one.is_late(A_YEAR_ON + NEXT) for one in found] == [True, False]
    assert [one.version.attribute for one in found] == ["withheld", "withheld"]
    assert elsewhere in [one.record for one in tasks(A_YEAR_ON, None)]


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_for_one_and_for_three(
    chain: Chain, number: int, django_assert_num_queries: Any
) -> None:
    for _ in range(number):
        kept(chain)
    seen: CaptureQueriesContext
    with django_assert_num_queries(4) as seen:
        assert len(tasks(A_YEAR_ON, None)) == number
    assert seen.captured_queries


def test_the_supervising_office_reads_due_done_and_late_of_every_body(chain: Chain) -> None:
    farms = body(chain, "agriculture")
    done, _open, today = kept(chain), kept(chain), kept(chain, DAY + NEXT)
    kept(chain, date(2026, 6, 12))  # due after the day asked for
    kept(farms)
    other(body(chain, "justice"), "news", DAY)  # nothing to look at
    evaluated(chain, done, Decision.KEEP, date(2027, 3, 1))
    day = A_YEAR_ON + NEXT
    assert by_body(day) == [
        BodyStanding(farms.agency, due=1, done=0, late=1),
        BodyStanding(chain.agency, due=3, done=1, late=1),
    ]
    assert by_body(day, since=day) == [BodyStanding(chain.agency, due=1, done=0, late=0)]
    assert today.next_review_on == day
    assert by_body(A_YEAR_ON - NEXT) == []


# --- the decision -----------------------------------------------------------------------------


def test_a_record_kept_back_has_a_year_again(chain: Chain) -> None:
    record = kept(chain)
    made = evaluated(chain, record, Decision.KEEP, date(2027, 3, 10))
    assert (made.due_on, made.next_review_on) == (A_YEAR_ON, date(2028, 3, 10))
    assert fresh(record).next_review_on == date(2028, 3, 10)
    assert record.versions.count() == 1
    assert promised(None) == []


def test_at_most_a_year_passes_to_the_next_evaluation(chain: Chain) -> None:
    record = kept(chain)
    sooner = evaluated(chain, record, Decision.KEEP, A_YEAR_ON, next_on=date(2027, 6, 10))
    assert sooner.next_review_on == date(2027, 6, 10)
    for wrong in (A_YEAR_ON, date(2028, 3, 13)):
        with pytest.raises(DisclosureError, match="每年至少评估一次"):
            evaluated(chain, record, Decision.KEEP, A_YEAR_ON, next_on=wrong)


def test_what_shall_become_public_starts_a_draft_and_is_not_public_before_its_review(
    chain: Chain,
) -> None:
    record = kept(chain)
    evaluated(chain, record, Decision.DISCLOSE, A_YEAR_ON)
    record = fresh(record)
    draft = latest(record)
    assert (draft.number, draft.attribute, draft.grounds) == (2, "proactive", [])
    assert (draft.attribute_reason, draft.changed_on) == ("", A_YEAR_ON)
    assert draft.submitted_at is None
    assert (record.is_public, record.next_review_on) == (False, None)
    assert [one.record for one in promised(None)] == [record]
    assert promised(frozenset()) == []
    # The officer wrote it and does not review it; another one does.
    officer = str(chain.officer.pk)
    assert record.authors.filter(person=officer).exists()
    second = second_officer(chain)
    version = cleared(second, draft, A_YEAR_ON + NEXT)
    assert promised(None) == []
    publish(version, by=second.actor("officer"), at=morning(A_YEAR_ON + 2 * NEXT))
    assert fresh(record).is_public


def second_officer(chain: Chain) -> Chain:
    """The chain with another person at the step of the disclosure office."""
    other_one = person("officer-2", "华公开", Role.DISCLOSURE_OFFICER, chain.agency, LONG_AGO)
    return replace(chain, officer=other_one)


def test_the_time_to_publish_runs_from_the_decision(chain: Chain) -> None:
    record = kept(chain)
    evaluated(chain, record, Decision.DISCLOSE, date(2026, 4, 10))
    calendar = national_calendar()
    # 10日星期五；13—17、20—24、27—30日14天，五月1—5日放假，6—9日（9日星期六补班）、11、12日
    assert overdue(date(2026, 5, 12), calendar, None) == []
    assert overdue(date(2026, 5, 13), calendar, None) == [latest(record)]


def test_from_withheld_to_on_request_runs_through_review_too(chain: Chain) -> None:
    record = kept(chain)
    evaluated(chain, record, Decision.ON_REQUEST, A_YEAR_ON)
    draft = latest(record)
    assert (draft.attribute, draft.attribute_reason) == ("on_request", "情势已有变化")
    assert drafting.submission_faults(draft) == []
    assert fresh(record).next_review_on == date(2028, 3, 12)
    with pytest.raises(DisclosureError, match="已经是依申请公开"):
        evaluated(chain, record, Decision.ON_REQUEST, A_YEAR_ON)
    assert len(promised(None)) == 1


def test_a_draft_that_lies_there_already_is_written_on(chain: Chain) -> None:
    record = kept(chain)
    drafting.draft_again(record, by=chain.actor("drafter"), at=morning(DAY + NEXT))
    evaluated(chain, record, Decision.DISCLOSE, A_YEAR_ON)
    assert [one.attribute for one in record.versions.order_by("number")] == [
        "withheld",
        "proactive",
    ]


@pytest.mark.parametrize("decision", [Decision.KEEP, Decision.DISCLOSE, "burn"])
def test_what_cannot_be_decided_changes_nothing(chain: Chain, decision: str) -> None:
    uncleared = draft_of(chain, "document", DAY, **KEPT_BACK).record
    open_to_all = other(chain, "news", DAY)
    for record in (uncleared, open_to_all):
        with pytest.raises(DisclosureError):
            evaluated(chain, record, decision, A_YEAR_ON)
    assert Reappraisal.objects.count() == 0
    assert Version.objects.count() == 2


def test_while_a_version_is_under_review_nothing_is_turned_public_beside_it(chain: Chain) -> None:
    record = kept(chain)
    by, at = chain.actor("drafter"), morning(DAY + NEXT)
    again = drafting.draft_again(record, by=by, at=at)
    drafting.submit(again, revision=fresh(record).revision, by=by, at=at)
    with pytest.raises(DisclosureError, match="还在审查"):
        evaluated(chain, record, Decision.DISCLOSE, A_YEAR_ON)
    assert Reappraisal.objects.count() == 0
    assert fresh(record).next_review_on == A_YEAR_ON


def test_only_the_officer_of_the_body_decides(chain: Chain) -> None:
    record = kept(body(chain, "agriculture"))
    with pytest.raises(NotEntitledError):
        decide(record, Decision.KEEP, reason="无变化", by=chain.actor("drafter"), at=morning(DAY))
    assert not Reappraisal.objects.exists()


# --- the law changes --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("place", "ground", "same"),
    [
        ("regulations#16.2", "regulations#16.2", True),
        ("regulations#16", "regulations#16.2", True),
        ("regulations#16.2", "regulations#16", True),
        ("regulations#16.1", "regulations#16.2", False),
        ("regulations#15", "regulations#16.2", False),
        ("regulations#1", "regulations#16.2", False),
        ("budget_law#16", "regulations#16", False),
        ("regulations#20(2)", "regulations#20(3)", False),
        ("regulations#16", "条例第十六条", False),
        ("regulations#16", 16, False),
    ],
)
def test_which_grounds_rest_on_a_place(place: str, ground: object, *, same: bool) -> None:
    assert concerns(cite(place), ground) is same


def changed(chain: Chain, place: str = "regulations#16.2", **more: Any) -> LawChange:
    given: dict[str, Any] = {
        "on": date(2026, 7, 1),
        "reason": "过程性信息的规定修订",
        "by": chain.actor("officer"),
        "at": morning(date(2026, 6, 10)),
        **more,
    }
    return reopen_for_law_change(place, **given)


def test_a_change_of_law_opens_the_records_grounded_on_it_in_all_bodies(chain: Chain) -> None:
    ours, theirs = kept(chain), kept(body(chain, "agriculture"))
    secret = kept(chain, grounds=["regulations#14"])
    both = kept(chain, grounds=["regulations#14", "regulations#16.2"])
    public = other(chain, "news", DAY, grounds=["regulations#16.2"])
    change = changed(chain)
    assert {one.record for one in change.tasks.all()} == {ours, theirs, both}
    for record in (ours, theirs, both):
        assert fresh(record).next_review_on == date(2026, 7, 1)
    assert fresh(secret).next_review_on == A_YEAR_ON
    assert fresh(public).next_review_on is None
    found = {one.record: one for one in tasks(date(2026, 7, 1), None)}
    assert found[ours].causes == (change,)
    row = Row.objects.get(event="disclosure.law_changed")
    assert row.sentence == (
        "云溪县人民政府办公室张公开因条例第十六条第二款自2026-07-01变更，"
        "开出3条评估任务，2026-07-01前完成，理由：过程性信息的规定修订"
    )


def test_one_decision_settles_the_change_and_the_yearly_turn(chain: Chain) -> None:
    record = kept(chain)
    changed(chain)
    made = evaluated(chain, record, Decision.KEEP, date(2026, 7, 1))
    assert (made.due_on, made.next_review_on) == (date(2026, 7, 1), date(2027, 7, 1))
    assert tasks(date(2027, 6, 30), None) == []
    (later,) = tasks(date(2027, 7, 1), None)
    assert later.causes == ()


def test_a_change_makes_no_evaluation_later_than_it_was(chain: Chain) -> None:
    record = kept(chain)
    changed(chain, on=date(2028, 1, 1))
    assert fresh(record).next_review_on == A_YEAR_ON
    changed(chain, on=date(2020, 1, 1))
    assert fresh(record).next_review_on == date(2026, 6, 10)  # in force for long: due today


def test_what_is_under_review_when_the_law_changes_is_looked_at_as_well(chain: Chain) -> None:
    version = draft_of(chain, "document", date(2026, 6, 8), **KEPT_BACK)
    by, at = chain.actor("drafter"), morning(date(2026, 6, 8))
    version = drafting.submit(version, revision=version.record.revision, by=by, at=at)
    assert [one.record for one in changed(chain).tasks.all()] == [version.record]
    for step in Step:
        reviewing.pass_step(
            version, step, digest=version.content_hash, by=chain.reviewers[step],
            at=morning(date(2026, 6, 11)),
        )  # fmt: skip
    assert fresh(version.record).next_review_on == date(2026, 7, 1)


def test_what_no_longer_rests_on_the_place_is_left_alone(chain: Chain) -> None:
    record = kept(chain)
    by, at = chain.actor("drafter"), morning(DAY + NEXT)
    again = drafting.draft_again(record, by=by, at=at)
    changes = {"grounds": ["regulations#14"]}
    again = drafting.edit(again, changes, revision=fresh(record).revision, by=by, at=at)
    assert changed(chain).tasks.count() == 1  # a draft alone decides nothing
    cleared(chain, again, date(2026, 6, 11))
    assert changed(chain, at=morning(date(2026, 6, 12))).tasks.count() == 0


def test_one_body_reopens_its_own_and_the_supervising_office_all(chain: Chain) -> None:
    farms = body(chain, "agriculture")
    clerk = person("farm", "蒋农", Role.DISCLOSURE_OFFICER, farms.agency, LONG_AGO)
    theirs = actor_for(clerk, farms.agency)
    kept(chain)
    mine = kept(farms)
    for wrong in (None, chain.agency):
        with pytest.raises(NotEntitledError):
            changed(chain, by=theirs, agency=wrong)
    assert not LawChange.objects.exists()
    change = changed(chain, by=theirs, agency=farms.agency)
    assert [one.record for one in change.tasks.all()] == [mine]


def test_a_change_needs_its_place_its_reason_and_a_day_to_come(chain: Chain) -> None:
    kept(chain)
    for wrong, said in (
        ({"place": "第十六条"}, "变更的条款"),
        ({"reason": " "}, "变更的理由"),
        ({"due_on": date(2026, 6, 9)}, "不能早于今天"),
    ):
        with pytest.raises(DisclosureError, match=said):
            changed(chain, **wrong)
    assert not LawChange.objects.exists()
    assert changed(chain, "some_law#9", due_on=date(2026, 6, 30)).tasks.count() == 0
    assert changed(chain, due_on=date(2026, 6, 30)).due_on == date(2026, 6, 30)


# --- called to mind ---------------------------------------------------------------------------


def test_an_evaluation_is_called_to_mind_once_before_and_once_after_its_day(chain: Chain) -> None:
    record = kept(chain)
    far, near, late = date(2027, 2, 9), date(2027, 2, 10), A_YEAR_ON + NEXT
    assert remind(chain.agency, at=morning(far)) == []
    assert [one.stage for one in remind(chain.agency, at=morning(near))] == ["ahead"]
    assert remind(chain.agency, at=morning(A_YEAR_ON)) == []
    assert [one.stage for one in remind(chain.agency, at=morning(late))] == ["late"]
    assert remind(chain.agency, at=morning(late + NEXT)) == []
    assert [one.sentence for one in Row.objects.filter(event__endswith="reminded")] == [
        "系统提醒“云溪县人民政府办公室”：1条信息将到评估日期，0条已过评估日期",
        "系统提醒“云溪县人民政府办公室”：0条信息将到评估日期，1条已过评估日期",
    ]
    evaluated(chain, record, Decision.KEEP, late)
    assert remind(chain.agency, at=morning(date(2028, 2, 14)))[0].due_on == date(2028, 3, 13)


def test_the_daily_job_orders_a_reminder_for_each_body_concerned(chain: Chain) -> None:
    kept(chain)
    kept(chain)
    kept(body(chain, "agriculture"))
    kept(body(chain, "justice"), date(2026, 9, 10))  # far away
    (periodic,) = [one for one in schedule.registered() if one.name == LOOK_JOB]
    assert periodic.label == "提醒不公开信息的定期评估"
    at = datetime(2027, 3, 1, 0, tzinfo=UTC)
    with transaction.atomic():
        schedule.tick(at=at)
    OutboxRow.objects.exclude(name__in=[LOOK_JOB, REMIND_JOB]).delete()
    while run_next(worker="w", clock=lambda: at) is not Ran.NOTHING:
        pass
    assert OutboxRow.objects.filter(name=REMIND_JOB, state=State.DONE).count() == 2
    assert ReappraisalReminder.objects.count() == 3
