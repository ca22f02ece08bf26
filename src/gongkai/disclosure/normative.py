"""Normative documents in force or not: validity on a day, the chain of changes, what runs out,
what a clean-up has to decide.

It decides nothing and keeps nothing: statute.validity computes from relations and decisions. They
count once the record that brings them about was public, since what is not published binds nobody.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from gongkai.disclosure.kinds import RecordKind
from gongkai.disclosure.models import (
    Cleanup,
    CleanupDecision,
    PublicAct,
    Record,
    Relation,
    Version,
)
from gongkai.disclosure.publication_days import first_public_on
from statute.validity import (
    Change,
    CleanupResult,
    NormativeDocument,
    Validity,
    expiry_warning,
    validity_on,
)
from statute.validity import Relation as Effect

# Relations that change whether a document holds; the others only point from one to another.
EFFECTS: dict[str, Effect] = {
    Relation.Kind.AMENDS: Effect.AMENDS,
    Relation.Kind.PARTLY_REPEALS: Effect.PARTLY_REPEALS,
    Relation.Kind.REPEALS: Effect.REPEALS,
    Relation.Kind.SUPERSEDES: Effect.SUPERSEDES,
}
_DECIDED = {
    CleanupResult.REPEAL.value: Effect.REPEALS,
    CleanupResult.EXPIRE.value: Effect.DECLARES_EXPIRED,
}
WITH_VALIDITY = (RecordKind.NORMATIVE, RecordKind.DOCUMENT)


@dataclass(frozen=True, slots=True)
class Standing:
    """A document with the version the public read last, its dates, and what was done to it."""

    record: Record
    version: Version
    effective_on: date
    changes: tuple[Change, ...]

    def on(self, day: date) -> Validity:
        """Whether it holds on a day."""
        return validity_on(day, self.effective_on, self.version.expires_on, self.changes)

    def as_document(self) -> NormativeDocument:
        """As statute judges changes; statute.validity.ValidityError where its dates contradict."""
        return NormativeDocument(
            f"《{self.version.title}》", self.effective_on, self.version.expires_on, self.changes
        )


def standing_of(record: Record, *, pending: bool = False) -> Standing | None:
    """One document; None where it never was public or has no dates. `pending`: relations of
    records that are not public yet count too, as they will."""
    found = standings(Record.objects.filter(pk=record.pk), pending=pending)
    return found[0] if found else None


def standings(records: QuerySet[Record], *, pending: bool = False) -> list[Standing]:
    """Documents that were public, withdrawn ones included, in the order asked; four queries
    at most."""
    chosen = list(
        records.filter(published_at__isnull=False, kind__in=WITH_VALIDITY).select_related(
            "agency", "live__version"
        )
    )
    texts = public_texts(chosen)
    changes = _changes_of([one.pk for one in chosen], pending=pending)
    found = []
    for record in chosen:
        version = texts.get(record.pk)
        if version is None:
            continue
        # Without a day of its own a document holds from the day it was formed.
        start = version.effective_on or version.formed_on
        if start is not None:
            found.append(Standing(record, version, start, changes.get(record.pk, ())))
    return found


def validity_of(record: Record, day: date) -> Validity | None:
    """效力状态 on a day, to be shown plainly on its page; None for what has no validity."""
    standing = standing_of(record)
    return None if standing is None else standing.on(day)


def public_texts(records: Collection[Record]) -> dict[int, Version]:
    """By record, the version the public reads, or read last before the withdrawal."""
    texts = {one.pk: one.live.version for one in records if one.live is not None}
    withdrawn = [one.pk for one in records if one.live is None]
    acts = PublicAct.objects.filter(record_id__in=withdrawn, clearance__isnull=False)
    for act in acts.select_related("clearance__version").order_by("pk"):
        if act.clearance is not None:
            texts[act.record_id] = act.clearance.version
    return texts


def _changes_of(ids: list[int], *, pending: bool) -> dict[int, tuple[Change, ...]]:
    found: dict[int, list[Change]] = {}
    relations = in_force(Relation.objects.filter(earlier_id__in=ids, kind__in=EFFECTS))
    if not pending:
        relations = relations.filter(later__published_at__isnull=False)
    for relation in relations.select_related("later"):
        if (on := relation.on or first_public_on(relation.later)) is not None:
            change = Change(EFFECTS[relation.kind], on, str(relation.later.public_id))
            found.setdefault(relation.earlier_id, []).append(change)
    for decision in _last_decisions(CleanupDecision.objects.filter(record_id__in=ids)):
        if decision.on is None or decision.announcement is None:
            continue
        if pending or decision.announcement.published_at is not None:
            by = str(decision.announcement.public_id)
            change = Change(_DECIDED[decision.result], decision.on, by)
            found.setdefault(decision.record_id, []).append(change)
    return {pk: tuple(changes) for pk, changes in found.items()}


def in_force(relations: QuerySet[Relation]) -> QuerySet[Relation]:
    """Relations that were not taken back."""
    return relations.filter(voided__isnull=True)


def _last_decisions(decisions: QuerySet[CleanupDecision]) -> Iterable[CleanupDecision]:
    """Of several decisions of one clean-up on one record the last."""
    last: dict[tuple[int, int], CleanupDecision] = {}
    for decision in decisions.select_related("announcement").order_by("pk"):
        last[decision.cleanup_id, decision.record_id] = decision
    return last.values()


# --- what runs out ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Expiring:
    """A document whose last day is near: how many days are left, and which warning that is."""

    standing: Standing
    last_day: date
    days_left: int
    warning: int


def expiring(day: date, agency_ids: frozenset[int] | None) -> list[Expiring]:
    """Documents that hold and run out within the warning times, the nearest first."""
    found = []
    for standing in standings(documents_of(agency_ids).filter(kind=RecordKind.NORMATIVE)):
        last = standing.version.expires_on
        warning = expiry_warning(day, last)
        if last is None or warning is None or not standing.on(day).holds:
            continue
        found.append(Expiring(standing, last, (last - day).days, warning))
    return sorted(found, key=lambda one: (one.last_day, one.standing.record.pk))


def documents_of(agency_ids: frozenset[int] | None) -> QuerySet[Record]:
    """Records of these bodies that have, or had, an address."""
    return Record.objects.ever_public().of_agencies(agency_ids).order_by("pk")


# --- clean-ups --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CleanupLine:
    """A document in a clean-up, as it stands, with the decision on it where there is one."""

    standing: Standing
    validity: Validity
    decision: CleanupDecision | None


def cleanup_lines(cleanup: Cleanup, day: date) -> list[CleanupLine]:
    """Every normative document of the body made up to the clean-up's day that had not ended by
    then, the oldest first; those that this very clean-up ended stay on the list."""
    decisions = _last_decisions(cleanup.decisions.all())
    decided = {one.record_id: one for one in decisions}
    own = documents_of(frozenset({cleanup.agency_id})).filter(kind=RecordKind.NORMATIVE)
    lines = []
    for standing in standings(own):
        formed = standing.version.formed_on or standing.effective_on
        decision = decided.get(standing.record.pk)
        if formed > cleanup.until or (decision is None and has_ended(standing, cleanup.until)):
            continue
        lines.append(CleanupLine(standing, standing.on(day), decision))
    return sorted(lines, key=lambda one: (one.standing.effective_on, one.standing.record.pk))


def has_ended(standing: Standing, day: date) -> bool:
    """Repealed, replaced or expired: it neither holds nor is to come."""
    state = standing.on(day)
    return not state.holds and state is not Validity.UPCOMING


def undecided(cleanup: Cleanup, day: date) -> list[CleanupLine]:
    """What still waits for its decision, and has not ended otherwise in the meantime."""
    return [
        line
        for line in cleanup_lines(cleanup, day)
        if line.decision is None and not has_ended(line.standing, day)
    ]
