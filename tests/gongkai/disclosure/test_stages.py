"""The stage told in SQL against position_of: in every state, after every walk of verbs."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from gongkai.disclosure.errors import DisclosureError
from gongkai.disclosure.models import BatchItem, ImportBatch, PublicAct, Record, Version
from gongkai.disclosure.queries import latest, position_of
from gongkai.disclosure.registers import lines_of
from gongkai.disclosure.services import publishing, reviewing
from gongkai.disclosure.stages import Stage, at_stage
from gongkai.disclosure.steps import TO_DRAFTER, Step
from statute.attributes import Attribute
from tests.gongkai.disclosure.chain import AT, LATER, passed, staffed, submitted
from tests.gongkai.disclosure.states import SOON, States

pytestmark = pytest.mark.django_db

WITHHELD: dict[str, Any] = {
    "attribute": "withheld",
    "attribute_reason": "工作秘密",
    "grounds": ["regulations#16"],
}


def by_hand(record: Record) -> Stage:
    """The stage as a clerk would read it from the record, one question after the other."""
    record = Record.objects.get(pk=record.pk)
    version = latest(record)
    if version.submitted_at is None:
        return Stage.DRAFT
    if record.live is not None and record.live.version_id == version.pk:
        return Stage.PUBLIC
    position = position_of(version)
    if position.ended:
        return Stage.RETURNED
    return _cleared(record, version) if hasattr(version, "clearance") else _reviewed(version)


def _cleared(record: Record, version: Version) -> Stage:
    if version.attribute != Attribute.PROACTIVE.value:
        return Stage.SETTLED
    if record.schedules.filter(done_at=None, clearance__version=version).exists():
        return Stage.SCHEDULED
    was_public = PublicAct.objects.filter(clearance__version=version).exists()
    return Stage.WITHDRAWN if was_public else Stage.CLEARED


def _reviewed(version: Version) -> Stage:
    if hasattr(version, "batch_item") and not version.batch_item.excepted:
        return Stage.BATCH
    position = position_of(version)
    if position.referred:
        return Stage.REFERRED
    assert position.next is not None
    return Stage(position.next.value)


def in_sql(record: Record) -> Stage:
    """The stage of the line, which the filter must share: in its own list and in no other."""
    line = lines_of([Record.objects.get(pk=record.pk)], AT.date())[record.pk]
    lists = [one for one in Stage if at_stage(one).filter(pk=record.pk).exists()]
    assert lists == [line.stage]
    return line.stage


def in_a_batch(states: States) -> Record:
    """Brought in, and not yet reviewed with its batch."""
    version = submitted(states.chain)
    batch = ImportBatch.objects.create(
        agency=states.chain.agency, label="旧文件", source="旧网站", imported_at=AT, rows=1,
        imported_by=str(states.chain.drafter.pk), imported_by_name="何拟",
    )  # fmt: skip
    digest = version.content_hash
    BatchItem.objects.create(batch=batch, version=version, row=2, content_hash=digest)
    return version.record


def made(states: States) -> dict[Stage, Record]:
    """A record in every stage, through the verbs."""
    chain, three = states.chain, (Step.SECTION, Step.SECRECY, Step.DISCLOSURE)
    referred = passed(chain, submitted(chain), Step.SECTION)
    reviewing.refer(
        referred, Step.SECRECY, to="secrecy", digest=referred.content_hash,
        by=chain.actor("secrecy"), at=AT, reason="是否涉密",
    )  # fmt: skip
    returned = states.before_final()
    states.returning(Step.FINAL, "final", TO_DRAFTER)(returned)
    planned, withdrawn = states.cleared(), states.published()
    states.plan(planned)
    states.withdraw(withdrawn)
    return {
        Stage.DRAFT: states.draft(),
        Stage.SECTION: submitted(chain).record,
        Stage.SECRECY: states.under_review(),
        Stage.DISCLOSURE: passed(chain, submitted(chain), *three[:2]).record,
        Stage.FINAL: states.before_final(),
        Stage.REFERRED: referred.record,
        Stage.BATCH: in_a_batch(states),
        Stage.RETURNED: returned,
        Stage.CLEARED: states.cleared(),
        Stage.SCHEDULED: planned,
        Stage.PUBLIC: states.published(),
        Stage.WITHDRAWN: withdrawn,
        Stage.SETTLED: passed(chain, submitted(chain, **WITHHELD)).record,
    }


def test_every_stage_is_what_was_brought_about_and_what_is_read_by_hand() -> None:
    records = made(States(staffed()))
    assert set(records) == set(Stage)
    for stage, record in records.items():
        assert (in_sql(record), by_hand(record)) == (stage, stage)
        assert at_stage(stage).count() == 1


def test_an_answered_referral_goes_on_where_it_stopped() -> None:
    states = States(staffed())
    record = made(states)[Stage.REFERRED]
    referral = latest(record).reviews.get(verdict="refer").referral
    reviewing.answer_referral(referral, answer="不涉密", by=states.chain.actor("secrecy"), at=LATER)
    assert in_sql(record) is by_hand(record) is Stage.SECRECY


def test_a_pass_that_a_return_voided_does_not_count() -> None:
    states = States(staffed())
    record = states.before_final()
    states.returning(Step.FINAL, "final", Step.SECRECY)(record)
    assert in_sql(record) is by_hand(record) is Stage.SECRECY
    states.passing(Step.SECRECY, "secrecy-2")(record)
    assert in_sql(record) is by_hand(record) is Stage.DISCLOSURE


def test_a_row_taken_out_of_its_batch_waits_for_the_four_steps() -> None:
    record = in_a_batch(States(staffed()))
    assert in_sql(record) is by_hand(record) is Stage.BATCH
    BatchItem.objects.update(excepted=True, exception_reason="与别的文件重复")
    assert in_sql(record) is by_hand(record) is Stage.SECTION


def test_an_emergency_shows_the_steps_that_are_still_owed() -> None:
    states = States(staffed())
    record = states.in_an_emergency()
    assert in_sql(record) is by_hand(record) is Stage.SECTION
    states.clear_in_emergency(record)
    assert in_sql(record) is by_hand(record) is Stage.CLEARED
    states.returning(Step.SECTION, "section", TO_DRAFTER)(record)
    assert in_sql(record) is by_hand(record) is Stage.RETURNED


def test_a_new_draft_of_a_withdrawn_record_waits_for_its_own_publication() -> None:
    states = States(staffed())
    record = made(states)[Stage.WITHDRAWN]
    states.draft_again(record)
    assert in_sql(record) is by_hand(record) is Stage.DRAFT


def a_step(rng: random.Random, verbs: Sequence[Callable[[Record], object]], pk: int) -> None:
    """One verb that is lawful now, by lot; the others refuse and change nothing."""
    for verb in rng.sample(verbs, len(verbs)):
        try:
            verb(Record.objects.get(pk=pk))
        except DisclosureError:
            continue
        return
    raise AssertionError("no verb is lawful here")


def test_after_any_walk_of_verbs_sql_and_hand_say_the_same() -> None:
    states, seen = States(staffed()), set[Stage]()
    verbs: tuple[Callable[[Record], object], ...] = (
        *(
            states.passing(step, name)
            for step, name in zip(Step, ("section", "secrecy", "officer", "final"), strict=True)
        ),
        states.returning(Step.FINAL, "final-2", Step.SECRECY),
        states.returning(Step.SECRECY, "secrecy-2", TO_DRAFTER),
        states.submit,
        states.publish,
        states.plan,
        states.withdraw,
        states.draft_again,
        _cancel(states),
    )
    for seed in range(6):
        rng, record = random.Random(seed), states.draft()
        for _ in range(12):
            a_step(rng, verbs, record.pk)
            assert in_sql(record) is by_hand(record)
            seen.add(by_hand(record))
    print(f"72 steps in 6 walks, {len(seen)} stages: {', '.join(sorted(seen))}")
    assert len(seen) >= 6


def _cancel(states: States) -> Callable[[Record], object]:
    def call(record: Record) -> object:
        planned = record.schedules.filter(done_at=None).first()
        if planned is None:
            raise DisclosureError("没有定时发布")
        return publishing.cancel_plan(planned, by=states.chain.actor("officer"), at=SOON)

    return call
