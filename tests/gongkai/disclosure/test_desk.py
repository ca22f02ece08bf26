"""What waits for whom: by step, by limit, in the same few queries for one record and for many."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongkai.accounts.queries import standing_of
from gongkai.accounts.standing import Standing
from gongkai.disclosure.desk import (
    awaiting_publication,
    awaiting_referral,
    awaiting_review,
    emergency_rest,
    under_review,
)
from gongkai.disclosure.services import publishing, reviewing
from gongkai.disclosure.steps import TO_DRAFTER, Step
from tests.gongkai.disclosure.chain import AT, LATER, Chain, drafted, passed, staffed, submitted


@pytest.fixture
def chain(db: None) -> Chain:
    return staffed()


def who(chain: Chain, name: str) -> Standing:
    return standing_of(getattr(chain, name), LATER)


def waiting(chain: Chain, name: str) -> list[str]:
    """The steps at which versions wait for this person."""
    return [str(one.step and one.step.value) for one in awaiting_review(who(chain, name), LATER)]


def test_a_version_waits_for_the_reviewer_of_its_next_step_and_for_nobody_else(
    chain: Chain,
) -> None:
    drafted(chain)
    version = submitted(chain)
    names = ("section", "secrecy", "officer", "final")
    for step, name in zip(Step, names, strict=True):
        assert {one: waiting(chain, one) for one in (*names, "drafter", "legal")} == {
            one: [step.value] if one == name else [] for one in (*names, "drafter", "legal")
        }
        passed(chain, version, step)
    assert under_review(who(chain, "final"), LATER) == ()


def test_it_runs_from_the_last_word_and_says_how_late_it_is(chain: Chain) -> None:
    submitted(chain)
    (one,) = awaiting_review(who(chain, "section"), LATER)
    assert one.since == date(2026, 3, 12)
    assert one.due is not None
    assert one.due.due == date(2026, 3, 16)  # Friday and Monday
    assert one.late_days == 0
    (late,) = awaiting_review(who(chain, "section"), AT + timedelta(days=6))
    assert late.late_days == 2  # Tuesday and Wednesday


def test_what_was_returned_to_the_drafter_waits_for_no_reviewer(chain: Chain) -> None:
    version = passed(chain, submitted(chain), Step.SECTION)
    assert waiting(chain, "secrecy") == ["secrecy"]
    reviewing.return_version(
        version, Step.SECRECY, back_to=TO_DRAFTER, digest=version.content_hash, reason="有误",
        by=chain.actor("secrecy"), at=LATER,
    )  # fmt: skip
    assert waiting(chain, "secrecy") == waiting(chain, "section") == []


def test_a_question_waits_for_its_answer_and_may_be_answered_by_the_step_that_asked(
    chain: Chain,
) -> None:
    version = submitted(chain)
    referral = reviewing.refer(
        version, Step.SECTION, to="secrecy", digest=version.content_hash, reason="坐标",
        by=chain.actor("section"), at=AT,
    )  # fmt: skip
    assert waiting(chain, "section") == []
    for name, mine in (("section", True), ("secrecy", False)):
        (one,) = awaiting_referral(who(chain, name), LATER)
        assert one.mine is mine
    reviewing.answer_referral(referral, answer="可以", by=chain.actor("section"), at=LATER)
    assert awaiting_referral(who(chain, "section"), LATER) == ()
    assert waiting(chain, "section") == ["section"]


def test_an_emergency_puts_secrecy_first_and_the_rest_keeps_its_day(chain: Chain) -> None:
    version = submitted(chain, kind="emergency")
    order = reviewing.order_emergency(version, by=chain.actor("officer"), at=AT, reason="预警")
    assert waiting(chain, "secrecy") == ["secrecy"]
    passed(chain, version, Step.SECRECY)
    reviewing.clear_in_emergency(version, by=chain.actor("officer"), at=AT)
    (one,) = emergency_rest(who(chain, "section"), LATER)
    assert one.order == order
    assert one.due is not None
    assert one.due.due == order.rest_due_on == date(2026, 3, 17)
    passed(chain, version, Step.SECTION, Step.DISCLOSURE, Step.FINAL)
    assert emergency_rest(who(chain, "section"), LATER) == ()


def test_what_was_cleared_waits_for_the_officer_until_it_is_public(chain: Chain) -> None:
    version = passed(chain, submitted(chain))
    (one,) = awaiting_publication(who(chain, "officer"), LATER)
    assert one.mine
    assert one.planned is None
    (other,) = awaiting_publication(who(chain, "section"), LATER)
    assert not other.mine
    by = chain.actor("officer")
    planned = publishing.plan(version, LATER + timedelta(days=1), by=by, at=LATER)
    (one,) = awaiting_publication(who(chain, "officer"), LATER)
    assert one.planned == planned
    publishing.publish(version, by=by, at=LATER)
    assert awaiting_publication(who(chain, "officer"), LATER) == ()


def test_the_number_of_queries_does_not_grow_with_the_records(chain: Chain) -> None:
    counts, lengths = [], []
    for number in (1, 5):
        for at in range(number):
            submitted(chain, title=f"第{number}.{at}件")
            passed(chain, submitted(chain, title=f"已通过的第{number}.{at}件"))
        standing = who(chain, "section")
        with CaptureQueriesContext(connection) as asked:
            found = under_review(standing, LATER)
            cleared = awaiting_publication(standing, LATER)
        counts.append(len(asked))
        lengths.append((len(found), len(cleared)))
    assert lengths == [(1, 1), (6, 6)]
    assert counts[0] == counts[1], counts


def test_those_of_other_bodies_are_not_there(chain: Chain) -> None:
    submitted(chain)
    nobody = standing_of(chain.drafter, AT - timedelta(days=365))
    assert under_review(nobody, LATER) == ()
    assert len(under_review(who(chain, "drafter"), LATER)) == 1
