"""Verbs in any order by anybody: what is public is what this test's own log says was cleared.

The log knows only which calls succeeded; the rule by which it clears is written here once more, by
hand: four passes in force by people who wrote nothing, secrecy and final by two; or secrecy and a
third person's order.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from gongkai.disclosure.errors import DisclosureError
from gongkai.disclosure.models import Record, Version
from gongkai.disclosure.queries import latest, position_of
from gongkai.disclosure.services import drafting, publishing, reviewing
from gongkai.disclosure.steps import TO_DRAFTER, Step
from gongkai.disclosure.verification import faults
from gongkai.trail.actors import Actor
from tests.gongkai.disclosure.chain import AT, CONTENT, Chain, staffed

pytestmark = pytest.mark.django_db

NAMES = ("drafter", "section", "secrecy", "officer", "final", "legal", "signer")
PEOPLE = st.sampled_from(NAMES)
STEPS = st.sampled_from(list(Step))
ORDER = list(Step)


@dataclass
class Story:
    """What the log knows of one version."""

    body: str
    submitted: bool = False
    passes: dict[Step, str] = field(default_factory=dict)
    ended: bool = False
    ordered_by: str = ""
    cleared_in_emergency: bool = False

    def cleared(self) -> bool:
        """The rule, by hand; that no author passed is asked when the pass is given."""
        if not self.submitted or self.ended:
            return False
        if self.cleared_in_emergency:
            return True
        people = [self.passes.get(step, "") for step in ORDER]
        return all(people) and self.passes[Step.SECRECY] != self.passes[Step.FINAL]


class Verbs(RuleBasedStateMachine):
    """Any verb, by anybody, on any record."""

    chain: ClassVar[Chain]
    counts: ClassVar[dict[str, int]] = {"steps": 0, "done": 0, "public": 0}
    records = Bundle("records")

    def __init__(self) -> None:
        super().__init__()
        self.stories: dict[int, Story] = {}
        self.authors: dict[int, set[str]] = {}
        self.mine: list[int] = []
        self.seconds = 0

    def _try(self, verb: object) -> bool:
        assert callable(verb)
        type(self).counts["steps"] += 1
        try:
            verb()
        except DisclosureError:
            return False
        type(self).counts["done"] += 1
        return True

    def _now(self) -> datetime:
        """Each act a second later than the last."""
        self.seconds += 1
        return AT + timedelta(seconds=self.seconds)

    def _actor(self, name: str) -> Actor:
        return self.chain.actor(name)

    @precondition(lambda self: len(self.mine) < 2)
    @rule(target=records, who=st.sampled_from(["drafter", "officer"]), number=st.integers(0, 99))
    def draft(self, who: str, number: int) -> int:
        by = self._actor(who)
        content = {**CONTENT, "body": f"<p>{number}</p>"}
        version = drafting.draft(self.chain.agency, "emergency", content, by=by, at=self._now())
        self.stories[version.pk] = Story(version.body)
        self.authors[version.record_id] = {by.id}
        self.mine.append(version.record_id)
        return version.record_id

    @rule(pk=records, who=PEOPLE, number=st.integers(100, 199))
    def edit(self, pk: int, who: str, number: int) -> None:
        record, by = Record.objects.get(pk=pk), self._actor(who)
        version = latest(record)
        changes = {"body": f"<p>{number}</p>"}
        before = version.body
        if self._try(
            lambda: drafting.edit(version, changes, revision=record.revision, by=by, at=self._now())
        ):
            self.stories[version.pk].body = changes["body"]
            if before != changes["body"]:
                self.authors[pk].add(by.id)

    @rule(pk=records, who=st.sampled_from(["drafter", "section"]))
    def submit(self, pk: int, who: str) -> None:
        record = Record.objects.get(pk=pk)
        version, by = latest(record), self._actor(who)
        if self._try(
            lambda: drafting.submit(version, revision=record.revision, by=by, at=self._now())
        ):
            self.stories[version.pk].submitted = True

    @rule(pk=records, step=STEPS, who=PEOPLE)
    def pass_as_anybody(self, pk: int, step: Step, who: str) -> None:
        self._pass(pk, step, who)

    @rule(pk=records, step=STEPS)
    def pass_as_the_one_whose_duty_it_is(self, pk: int, step: Step) -> None:
        self._pass(pk, step, ("section", "secrecy", "officer", "final")[ORDER.index(step)])

    def _pass(self, pk: int, step: Step, who: str) -> None:
        version, by = latest(Record.objects.get(pk=pk)), self._actor(who)
        digest = version.content_hash
        if self._try(
            lambda: reviewing.pass_step(version, step, digest=digest, by=by, at=self._now())
        ):
            assert by.id not in self.authors[pk]
            self.stories[version.pk].passes[step] = by.id

    @rule(pk=records, times=st.integers(1, 6))
    def the_next_things_that_are_due(self, pk: int, times: int) -> None:
        """So that a walk gets somewhere."""
        for _ in range(times):
            self._next(pk)

    def _next(self, pk: int) -> None:
        """Submit, the next step, or publish."""
        version = latest(Record.objects.get(pk=pk))
        if version.submitted_at is None:
            self.submit(pk, "drafter")
        elif (step := position_of(version).next) is not None:
            self.pass_as_the_one_whose_duty_it_is(pk, step)
        else:
            self.publish(pk, "officer")

    @rule(pk=records, step=STEPS, back_to=st.sampled_from([TO_DRAFTER, *Step]), who=PEOPLE)
    def send_back(self, pk: int, step: Step, back_to: str, who: str) -> None:
        version, by = latest(Record.objects.get(pk=pk)), self._actor(who)
        digest = version.content_hash
        if self._try(
            lambda: reviewing.return_version(
                version,
                step,
                back_to=back_to,
                digest=digest,
                by=by,
                at=self._now(),
                reason="有问题",
            )
        ):
            story = self.stories[version.pk]
            story.ended = back_to == TO_DRAFTER
            first = 0 if story.ended else ORDER.index(Step(back_to))
            for later in ORDER[first:]:
                story.passes.pop(later, None)

    @rule(pk=records, who=PEOPLE)
    def order(self, pk: int, who: str) -> None:
        version, by = latest(Record.objects.get(pk=pk)), self._actor(who)
        if hasattr(version, "emergency_order"):
            return
        if self._try(
            lambda: reviewing.order_emergency(version, by=by, at=self._now(), reason="预警")
        ):
            self.stories[version.pk].ordered_by = by.id

    @rule(pk=records, who=st.sampled_from(["officer", "final"]))
    def clear_in_emergency(self, pk: int, who: str) -> None:
        version, by = latest(Record.objects.get(pk=pk)), self._actor(who)
        story = self.stories[version.pk]
        if hasattr(version, "clearance"):
            return
        if self._try(lambda: reviewing.clear_in_emergency(version, by=by, at=self._now())):
            assert story.passes.get(Step.SECRECY)
            assert story.ordered_by not in {"", story.passes[Step.SECRECY]}
            story.cleared_in_emergency = True

    @rule(pk=records, who=st.sampled_from(["officer", "final", "drafter"]))
    def publish(self, pk: int, who: str) -> None:
        version, by = latest(Record.objects.get(pk=pk)), self._actor(who)
        if self._try(lambda: publishing.publish(version, by=by, at=self._now())):
            type(self).counts["public"] += 1

    @rule(pk=records)
    def plan_and_carry_out(self, pk: int) -> None:
        version, by = latest(Record.objects.get(pk=pk)), self._actor("officer")
        moment = self._now() + timedelta(days=1)
        if not self._try(lambda: publishing.plan(version, moment, by=by, at=self._now())):
            return
        planned = version.record.schedules.get(done_at__isnull=True)
        if not self._try(lambda: publishing.carry_out(planned, at=moment)):
            publishing.cancel_plan(planned, by=by, at=moment)

    @rule(pk=records, who=PEOPLE)
    def withdraw(self, pk: int, who: str) -> None:
        record, by = Record.objects.get(pk=pk), self._actor(who)
        self._try(lambda: publishing.withdraw(record, reason="有误", by=by, at=self._now()))

    @rule(pk=records, who=st.sampled_from(["drafter", "legal"]))
    def draft_again(self, pk: int, who: str) -> None:
        record, by = Record.objects.get(pk=pk), self._actor(who)
        if self._try(lambda: drafting.draft_again(record, by=by, at=self._now())):
            version = latest(record)
            self.stories[version.pk] = Story(version.body)
            self.authors[pk].add(by.id)

    @invariant()
    def what_is_public_was_cleared(self) -> None:
        ours = Record.objects.filter(pk__in=self.mine)
        for record in ours.public().select_related("live__version"):
            assert record.live is not None
            story = self.stories[record.live.version_id]
            assert story.cleared(), vars(story)
            assert record.live.version.body == story.body
        assert faults(ours) == []


def test_verbs_in_any_order_publish_nothing_uncleared() -> None:
    Verbs.chain = staffed()
    run_state_machine_as_test(
        Verbs,
        settings=settings(
            max_examples=12,
            stateful_step_count=60,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    print(f"any order: {Verbs.counts}, {Version.objects.count()} versions")
    assert Verbs.counts["done"] > 40
