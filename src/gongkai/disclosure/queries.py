"""Where a record stands: what passed, what is next, who could do it, what is late."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from gongkai.accounts.models import RoleGrant
from gongkai.agencies.models import Agency
from gongkai.disclosure.details import base_day, limit_name
from gongkai.disclosure.interpretations import document_public_on, interprets_something
from gongkai.disclosure.kinds import RecordKind
from gongkai.disclosure.models import Record, Review, ReviewRule, Version
from gongkai.disclosure.policies import REVIEWERS, RecordAffair
from gongkai.disclosure.steps import POSITIONS, STEPS, TO_DRAFTER, Step, Verdict
from statute.calendars import Calendar
from statute.deadlines import Deadline, period
from statute.errors import NotInForceError
from statute.proactive import publication_limit


@dataclass(frozen=True, slots=True)
class Position:
    """Where a version stands: passes that count, the next step, and whether it has ended."""

    passed: tuple[Review, ...]
    next: Step | None
    ended: bool
    referred: bool


def position_of(version: Version) -> Position:
    """Read from the reviews alone."""
    return position_from(version.reviews.select_related("referral").order_by("pk"))


def position_from(reviews: Iterable[Review]) -> Position:
    """The same of reviews at hand, in their order, with their referrals; a return voids the passes
    from the step it goes back to."""
    standing: dict[int, Review] = {}
    referred: Review | None = None
    ended = False
    for review in reviews:
        referred = review if review.verdict == Verdict.REFER else None
        if review.verdict == Verdict.RETURN:
            ended = ended or review.back_position == POSITIONS[TO_DRAFTER]
            standing = {at: one for at, one in standing.items() if at < review.back_position}
        elif review.verdict == Verdict.PASS:
            standing[review.position] = review
    missing = [step for step in STEPS if POSITIONS[step] not in standing]
    waits = referred is not None and not _answered(referred)
    return Position(
        passed=tuple(standing[at] for at in sorted(standing)),
        next=None if ended or not missing else missing[0],
        ended=ended,
        referred=waits,
    )


def _answered(review: Review) -> bool:
    return review.referral.answered_at is not None


def affair_of(record: Record, version: Version | None = None) -> RecordAffair:
    """The record as the policies judge it."""
    passed = position_of(version).passed if version is not None else ()
    found = ReviewRule.objects.filter(agency_id=record.agency_id).first()
    return RecordAffair(
        agency_id=record.agency_id,
        authors=frozenset(record.authors.values_list("person", flat=True)),
        passed=tuple((Step(one.step), one.reviewer) for one in passed),
        merged=frozenset(frozenset(pair) for pair in (found.merged if found else [])),
        public=record.is_public,
    )


def latest(record: Record) -> Version:
    """The newest version."""
    version = record.versions.order_by("-number").first()
    if version is None:
        raise Version.DoesNotExist
    return version


def missing_people(agency: Agency, authors: Collection[str], at: datetime) -> tuple[Step, ...]:
    """Steps for which the body has nobody but those who wrote the record; and secrecy or final,
    where one single person would have to take both."""
    holders = {step: _holders(agency, step, at) - set(authors) for step in STEPS}
    missing = [step for step in STEPS if not holders[step]]
    both = holders[Step.SECRECY] | holders[Step.FINAL]
    if not missing and len(both) < 2:
        missing.append(Step.FINAL)
    return tuple(missing)


def _holders(agency: Agency, step: Step, at: datetime) -> set[str]:
    grants = RoleGrant.objects.in_force(at).filter(
        agency=agency, role=REVIEWERS[step], user__is_active=True
    )
    return {str(pk) for pk in grants.values_list("user_id", flat=True)}


def publication_due(version: Version, calendar: Calendar) -> Deadline | None:
    """When a 主动公开 version must be public (`regulations#26` and what precedes it).

    It runs from the day something public was changed, else from the event that the details of the
    kind name, else from the day it was formed; None where no such day is known yet, or where it
    lies before the limit was law.
    """
    start = version.changed_on or _base_of(version)
    return None if start is None else due_from(version, start, calendar)


def due_from(version: Version, start: date, calendar: Calendar) -> Deadline | None:
    """The same where the day from which it runs is known already."""
    try:
        limit = publication_limit(limit_name(version.record.kind, version.details), start)
    except NotInForceError:
        return None
    return period(start, limit.n, limit.unit, calendar)


def _base_of(version: Version) -> date | None:
    record = version.record
    if record.kind == RecordKind.INTERPRETATION and interprets_something(record):
        return document_public_on(record)
    return base_day(record.kind, version.details) or version.formed_on


def overdue(day: date, calendar: Calendar, agency_ids: frozenset[int] | None) -> list[Version]:
    """Newest versions, 主动公开 and not public, whose time has run out, the longest first."""
    late: list[tuple[date, Version]] = []
    for record in Record.objects.filter(live__isnull=True, published_at__isnull=True).of_agencies(
        agency_ids
    ):
        version = latest(record)
        if version.attribute != "proactive":
            continue
        due = publication_due(version, calendar)
        if due is not None and due.due < day:
            late.append((due.due, version))
    return [version for _, version in sorted(late, key=lambda pair: (pair[0], pair[1].pk))]
