"""动态调整: which records that are not public are to be looked at again, when and why
(`regulations#18`).

It decides nothing. `Record.next_review_on` is a cached column; `next_review_on` here computes it
anew from clearances, changes of law and decisions.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils.timezone import localdate

from gongkai.agencies.models import Agency
from gongkai.disclosure.intervals import REAPPRAISE_EVERY
from gongkai.disclosure.models import (
    Clearance,
    LawChange,
    LawChangeTask,
    Reappraisal,
    Record,
    Version,
)
from gongkai.disclosure.steps import POSITIONS, TO_DRAFTER
from statute.attributes import Attribute
from statute.citations import Citation, cite

_PROACTIVE = Attribute.PROACTIVE.value
_Row = Clearance | LawChangeTask | Reappraisal


def next_review_on(record: Record) -> date | None:
    """The day by which a record is to be looked at again, from its rows; None where it is to be
    public.

    A clearance that keeps it from the public sets the day where none is set. A day once set moves
    forward with a change of law, and further off with a decision alone: drafting anew does not
    put an evaluation off.
    """
    steps: list[tuple[datetime, int, _Row]] = [
        *((one.at, 0, one) for one in record.clearances.select_related("version")),
        *((one.change.at, 1, one) for one in record.law_change_tasks.select_related("change")),
        *((one.at, 2, one) for one in record.reappraisals.all()),
    ]
    due: date | None = None
    for _, _, step in sorted(steps, key=lambda one: (one[0], one[1], one[2].pk)):
        due = _after(step, due)
    return due


def _after(step: _Row, due: date | None) -> date | None:
    if isinstance(step, Reappraisal):
        return step.next_review_on
    if isinstance(step, LawChangeTask):
        return step.change.due_on if due is None else min(due, step.change.due_on)
    if step.version.attribute == _PROACTIVE:
        return None
    return due or REAPPRAISE_EVERY.after(localdate(step.at))


# --- tasks ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Task:
    """A record to be evaluated: the version that stands, until when, and which changes of law
    asked for it, besides the yearly turn."""

    record: Record
    version: Version
    due_on: date
    causes: tuple[LawChange, ...]

    def is_late(self, day: date) -> bool:
        """Whether its day has passed."""
        return self.due_on < day


def tasks(until: date, agency_ids: frozenset[int] | None) -> list[Task]:
    """Evaluations due up to a day, that day included, the longest waiting first."""
    records = Record.objects.filter(next_review_on__lte=until).of_agencies(agency_ids)
    found = [_task(one) for one in _with_rows(records)]
    return sorted(found, key=lambda one: (one.due_on, one.record.pk))


def _with_rows(records: QuerySet[Record]) -> QuerySet[Record]:
    versions = Version.objects.defer("body").select_related("clearance").order_by("number")
    changes = LawChangeTask.objects.select_related("change")
    return records.select_related("agency").prefetch_related(
        Prefetch("versions", versions), Prefetch("law_change_tasks", changes), "reappraisals"
    )


def _task(record: Record) -> Task:
    versions = list(record.versions.all())
    cleared = [one for one in versions if hasattr(one, "clearance")]
    decided = max((one.at for one in record.reappraisals.all()), default=None)
    changes = [one.change for one in record.law_change_tasks.all()]
    return Task(
        record=record,
        version=(cleared or versions)[-1],
        due_on=record.next_review_on or date.max,
        causes=tuple(one for one in changes if decided is None or one.at > decided),
    )


@dataclass(frozen=True, slots=True)
class BodyStanding:
    """Of a body: evaluations that fell due in the period, those decided, those late and open."""

    agency: Agency
    due: int
    done: int
    late: int


def by_body(day: date, *, since: date | None = None) -> list[BodyStanding]:
    """Every body that had evaluations falling due from a day (from the beginning) to another, for
    the supervising office (`regulations#3`). What is due today is not late yet."""
    opened = Q(next_review_on__lte=day)
    decided = Q(due_on__lte=day)
    if since is not None:
        opened &= Q(next_review_on__gte=since)
        decided &= Q(due_on__gte=since)
    waiting = dict(
        Record.objects.filter(opened).order_by().values_list("agency_id").annotate(Count("pk"))
    )
    late = dict(
        Record.objects.filter(opened, next_review_on__lt=day)
        .order_by()
        .values_list("agency_id")
        .annotate(Count("pk"))
    )
    done = dict(
        Reappraisal.objects.filter(decided)
        .order_by()
        .values_list("record__agency_id")
        .annotate(Count("pk"))
    )
    bodies = Agency.objects.filter(pk__in=waiting.keys() | done.keys()).order_by("code")
    return [
        BodyStanding(
            agency=one,
            due=waiting.get(one.pk, 0) + done.get(one.pk, 0),
            done=done.get(one.pk, 0),
            late=late.get(one.pk, 0),
        )
        for one in bodies
    ]


def promised(agency_ids: frozenset[int] | None) -> list[Reappraisal]:
    """Decisions to change the attribute that no clearance followed yet, the oldest first: the
    record still waits in its draft or its review."""
    records = Record.objects.filter(reappraisals__isnull=False).of_agencies(agency_ids).distinct()
    found = []
    for record in records.prefetch_related("reappraisals", "clearances"):
        last = max(record.reappraisals.all(), key=lambda one: one.pk)
        cleared = any(one.at > last.at for one in record.clearances.all())
        if last.decision != Reappraisal.Decision.KEEP and not cleared:
            found.append(last)
    return sorted(found, key=lambda one: one.pk)


# --- changes of law ---------------------------------------------------------------------------


def concerns(place: Citation, ground: object) -> bool:
    """Whether a ground rests on a place: the same article, and the same paragraph and item where
    both name one. A ground without a paragraph may rest on any of them."""
    if not isinstance(ground, str):
        return False
    try:
        cited = cite(ground)
    except ValueError:
        return False
    parts = ((place.paragraph, cited.paragraph), (place.item, cited.item))
    return (place.instrument, place.article) == (cited.instrument, cited.article) and all(
        one is None or other is None or one == other for one, other in parts
    )


def grounded_on(place: Citation, agency_ids: frozenset[int] | None) -> list[Record]:
    """Records that are not public because of a place, as they stand or as they are under review,
    in the order in which they are locked."""
    records = Record.objects.of_agencies(agency_ids)
    versions = (
        Version.objects.filter(submitted_at__isnull=False, record__in=records)
        .exclude(reviews__back_position=POSITIONS[TO_DRAFTER])
        .defer("body", "details")
        .select_related("record__agency", "clearance")
    )
    standing: dict[int, list[Version]] = {}
    for version in versions.order_by("record_id", "number"):
        kept = standing.get(version.record_id, [])
        # A later clearance ends what stood before; what is under review stands beside it.
        standing[version.record_id] = (
            [version] if hasattr(version, "clearance") else [*kept, version]
        )
    return [
        found[0].record
        for _, found in sorted(standing.items())
        if any(_rests_on(place, one) for one in found)
    ]


def _rests_on(place: Citation, version: Version) -> bool:
    return version.attribute != _PROACTIVE and any(concerns(place, one) for one in version.grounds)
