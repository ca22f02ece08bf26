"""What waits for whom: records under review, cleared, put to somebody, or out in an emergency.

The review desk and the work list read it. It judges by the policies, decides nothing, and asks the
database the same few questions for one record and for many.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Prefetch, Q
from django.utils.timezone import localdate

from gongkai.accounts.standing import Standing
from gongkai.agencies.models import Agency
from gongkai.disclosure import policies
from gongkai.disclosure.interpretations import calendars_on
from gongkai.disclosure.models import (
    BatchItem,
    EmergencyOrder,
    Record,
    Referral,
    Review,
    ReviewRule,
    Schedule,
    Version,
)
from gongkai.disclosure.policies import RecordAffair
from gongkai.disclosure.queries import Position, position_from
from gongkai.disclosure.registers import lines_of
from gongkai.disclosure.services.reviewing import EMERGENCY_DAYS
from gongkai.disclosure.stages import Stage, at_stage, newest
from gongkai.disclosure.steps import STEPS, Step, Verdict, after
from statute.calendars import Calendar
from statute.deadlines import Deadline, working_days, working_days_between

DAYS_EACH = 2  # working days for a step where the body has set no rule, as the model has it


@dataclass(frozen=True, slots=True)
class Waiting:
    """A version that waits: at which step (None: its review is over), since when, until when, and
    by how many working days it is late. `mine`: the person asked about may act on it now."""

    record: Record
    version: Version
    step: Step | None
    since: date
    due: Deadline | None
    late_days: int
    mine: bool = False
    order: EmergencyOrder | None = None
    referral: Referral | None = None
    planned: Schedule | None = None


def awaiting_review(standing: Standing, at: datetime) -> tuple[Waiting, ...]:
    """Versions on which this person may give a verdict now, the most urgent first."""
    return tuple(one for one in under_review(standing, at) if one.mine and one.referral is None)


def awaiting_referral(standing: Standing, at: datetime) -> tuple[Waiting, ...]:
    """Versions of this person's bodies that wait for the answer of another authority; `mine` where
    he may enter it."""
    return tuple(one for one in under_review(standing, at) if one.referral is not None)


def emergency_rest(standing: Standing, at: datetime) -> tuple[Waiting, ...]:
    """Versions of this person's bodies whose review was shortened and is not whole yet."""
    return tuple(one for one in under_review(standing, at) if one.order is not None)


def awaiting_publication(standing: Standing, at: datetime) -> tuple[Waiting, ...]:
    """Cleared 主动公开 versions that are not public; those with a plan carry it in `planned`.
    `mine` where this person may publish."""
    bodies = _bodies(standing)
    versions: list[Version] = []
    for stage in (Stage.CLEARED, Stage.SCHEDULED):
        there = at_stage(stage).filter(agency_id__in=bodies).order_by()
        found = newest().filter(record_id__in=there.values("pk"))
        versions += found.select_related("record__agency", "clearance")
    plans = Schedule.objects.filter(record__in=[one.record_id for one in versions])
    planned = {one.record_id: one for one in plans.filter(done_at__isnull=True)}
    today = localdate(at)
    lines = lines_of([one.record for one in versions], today)
    calendar_of = calendars_on(today)
    found_ones = []
    for version in versions:
        limit, record = lines[version.record_id].limit, version.record
        due = None if limit is None else limit.deadline
        found_ones.append(
            Waiting(
                record=record,
                version=version,
                step=None,
                since=localdate(version.clearance.at),
                due=due,
                late_days=_late(due, today, calendar_of(record.agency)),
                mine=bool(policies.PUBLISH.allowed.test(standing, record.agency_id)),
                planned=planned.get(record.pk),
            )
        )
    return _in_order(found_ones)


def under_review(standing: Standing, at: datetime) -> tuple[Waiting, ...]:
    """Everything under review in the bodies whose records this person works on, the most urgent
    first; `mine` where the next word is his."""
    today = localdate(at)
    calendar_of = calendars_on(today)
    rules = {one.agency_id: one for one in ReviewRule.objects.filter(agency__in=_bodies(standing))}
    found = []
    for version in _reviewed(_bodies(standing)):
        reviews = list(version.reviews.all())
        position = position_from(reviews)
        if position.ended or len(position.passed) == len(STEPS):
            continue
        rule = rules.get(version.record.agency_id)
        waiting = _waiting(version, reviews, position, rule, calendar_of, today)
        affair = affair_at(version, position, rule)
        found.append(_whose(standing, affair, waiting))
    return _in_order(found)


def steps_due(version: Version, position: Position) -> tuple[Step, ...]:
    """The steps at which a verdict may be given now: the next one; all that are missing, the
    secrecy review first, where the review was shortened; none while an answer is awaited."""
    if version.submitted_at is None or position.ended or position.referred:
        return ()
    if not hasattr(version, "emergency_order"):
        return () if position.next is None else (position.next,)
    passed = {one.step for one in position.passed}
    missing = [step for step in STEPS if step.value not in passed]
    return tuple(sorted(missing, key=lambda step: step is not Step.SECRECY))


def affair_at(version: Version, position: Position, rule: ReviewRule | None) -> RecordAffair:
    """A version under review as the policies judge it, from what is at hand."""
    record = version.record
    return RecordAffair(
        agency_id=record.agency_id,
        authors=frozenset(one.person for one in record.authors.all()),
        passed=tuple((Step(one.step), one.reviewer) for one in position.passed),
        merged=frozenset(frozenset(pair) for pair in (rule.merged if rule else [])),
        public=record.is_public,
        due=steps_due(version, position),
    )


def turn_of(standing: Standing, affair: RecordAffair) -> Step | None:
    """The step at which this person may give a verdict now."""
    may = (one for one in affair.due if policies.REVIEW[one].allowed.test(standing, affair))
    return next(may, None)


def together_with(standing: Standing, affair: RecordAffair, step: Step) -> Step | None:
    """The step that this person may pass in the same act, where the rule of the body merges it
    with this one."""
    following = after(step)
    passed = {one for one, _ in affair.passed}
    if following is None or following in passed or affair.due != (step,):
        return None
    done = replace(affair, passed=(*affair.passed, (step, str(standing.user_id))))
    return following if policies.REVIEW[following].allowed.test(standing, done) else None


def _bodies(standing: Standing) -> list[int]:
    return sorted(pk for pk in standing.agency_ids if policies.works_on_records.test(standing, pk))


def _reviewed(bodies: list[int]) -> Iterable[Version]:
    """Newest versions that were submitted and not cleared, or cleared in an emergency."""
    items = BatchItem.objects.filter(version=OuterRef("pk"), excepted=False)
    return (
        newest()
        .filter(~Exists(items), record__agency_id__in=bodies, submitted_at__isnull=False)
        .filter(Q(clearance__isnull=True) | Q(emergency_order__isnull=False))
        .select_related("record__agency", "record__live", "emergency_order")
        .prefetch_related(
            "record__authors",
            Prefetch("reviews", Review.objects.select_related("referral").order_by("pk")),
        )
    )


def _waiting(
    version: Version, reviews: list[Review], position: Position, rule: ReviewRule | None,
    calendar_of: Callable[[Agency], Calendar], today: date,
) -> Waiting:  # fmt: skip
    order = getattr(version, "emergency_order", None)
    calendar, since = calendar_of(version.record.agency), since_of(version, reviews)
    if order is not None:
        counted = working_days(localdate(order.at), EMERGENCY_DAYS, calendar)
        due = replace(counted, due=order.rest_due_on)  # the day that was said binds
    else:
        due = working_days(since, rule.days_each if rule else DAYS_EACH, calendar)
    steps = steps_due(version, position)
    return Waiting(
        record=version.record,
        version=version,
        step=steps[0] if steps else position.next,
        since=since,
        due=due,
        late_days=_late(due, today, calendar),
        order=order,
        referral=reviews[-1].referral if position.referred else None,
    )


def _whose(standing: Standing, affair: RecordAffair, waiting: Waiting) -> Waiting:
    """With whether the next word is this person's, and at which step."""
    if waiting.referral is not None:
        asked = Step(waiting.referral.review.step)
        mine = policies.REVIEW[asked].allowed.test(standing, affair)
        return replace(waiting, mine=bool(mine), step=asked)
    step = turn_of(standing, affair)
    return replace(waiting, mine=step is not None, step=step or waiting.step)


def since_of(version: Version, reviews: list[Review]) -> date:
    """The day from which the present step runs: the submission, the last verdict, or the answer
    to what was put to another authority."""
    last = version.submitted_at
    if reviews:
        review = reviews[-1]
        last = review.at
        if review.verdict == Verdict.REFER and review.referral.answered_at is not None:
            last = review.referral.answered_at
    return localdate(last)


def _late(due: Deadline | None, today: date, calendar: Calendar) -> int:
    if due is None or due.due >= today:
        return 0
    return max(1, working_days_between(due.due, today, calendar))


def _in_order(found: Iterable[Waiting]) -> tuple[Waiting, ...]:
    """What is due first comes first, then what came first."""
    return tuple(
        sorted(found, key=lambda one: (one.due.due if one.due else date.max, one.record.pk))
    )
