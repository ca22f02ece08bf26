"""Records tied to each other: links of one record both ways, and the whole chain of changes.

The public reads only what is or was public itself: a draft that will repeal something is not told.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from gongkai.disclosure.models import CleanupDecision, Record, Relation
from gongkai.disclosure.models.normative import ENDING
from gongkai.disclosure.normative import EFFECTS, in_force, public_texts
from gongkai.disclosure.queries import latest

# How a link reads from the record it is done to.
_PASSIVE = {
    Relation.Kind.AMENDS: "被修改",
    Relation.Kind.PARTLY_REPEALS: "被部分废止",
    Relation.Kind.REPEALS: "被废止",
    Relation.Kind.SUPERSEDES: "被替代",
    Relation.Kind.INTERPRETS: "解读材料",
    Relation.Kind.CORRECTS: "被更正",
}


@dataclass(frozen=True, slots=True)
class Link:
    """A tie as read from one record: 废止 or 被废止, the other record, its title, from which day.

    `active`: the record does it to the other.
    """

    kind: str
    label: str
    other: Record
    title: str
    on: date | None
    active: bool


def links_of(record: Record, *, public_only: bool = True) -> tuple[Link, ...]:
    """Everything registered on either side of a record, in the order it was registered; for the
    staff with what is not public yet."""
    relations = list(_relations({record.pk}, public_only=public_only))
    others = [one.later if one.earlier_id == record.pk else one.earlier for one in relations]
    titles = _titles(others, public_only=public_only)
    links = []
    for relation, other in zip(relations, others, strict=True):
        kind, active = Relation.Kind(relation.kind), relation.later_id == record.pk
        label = kind.label if active else _PASSIVE[kind]
        links.append(Link(kind, label, other, titles[other.pk], relation.on, active))
    return (*links, *_announcements(record, public_only=public_only))


def chain_of(record: Record, *, public_only: bool = True) -> tuple[Record, ...]:
    """The record with all that it changed and all that changed it, however far, the oldest first:
    the history of a document through its repeals and replacements."""
    seen, waiting = {record.pk: record}, {record.pk}
    while waiting:
        met: dict[int, Record] = {}
        for relation in _relations(waiting, public_only=public_only).filter(kind__in=EFFECTS):
            met |= {relation.later_id: relation.later, relation.earlier_id: relation.earlier}
        waiting = met.keys() - seen.keys()
        seen |= met
    texts = public_texts(list(seen.values()))

    def age(one: Record) -> tuple[date, int]:
        version = texts.get(one.pk) or latest(one)
        return version.formed_on or date.max, one.pk

    return tuple(sorted(seen.values(), key=age))


def _relations(ids: Collection[int], *, public_only: bool) -> QuerySet[Relation]:
    found = in_force(Relation.objects.filter(Q(later_id__in=ids) | Q(earlier_id__in=ids)))
    if public_only:
        found = found.filter(later__published_at__isnull=False, earlier__published_at__isnull=False)
    return found.select_related(
        "later__agency", "later__live__version", "earlier__agency", "earlier__live__version"
    ).order_by("pk")


def _titles(records: Collection[Record], *, public_only: bool) -> dict[int, str]:
    titles = {pk: version.title for pk, version in public_texts(records).items()}
    if not public_only:
        titles |= {one.pk: latest(one).title for one in records if one.pk not in titles}
    return titles


def _announcements(record: Record, *, public_only: bool) -> tuple[Link, ...]:
    """Clean-up decisions: the document and the record that announced its end."""
    found = CleanupDecision.objects.filter(
        Q(record=record) | Q(announcement=record), result__in=ENDING
    ).select_related("record__live__version", "announcement__live__version")
    links = []
    for decision in found.order_by("pk"):
        active = decision.announcement_id == record.pk
        other = decision.record if active else decision.announcement
        if other is None or not _stands(decision):
            continue
        if public_only and (other.published_at is None or record.published_at is None):
            continue
        title = _titles([other], public_only=public_only)[other.pk]
        words = f"宣布{decision.get_result_display()}"
        label = words if active else f"被{words}"
        links.append(Link(decision.result, label, other, title, decision.on, active))
    return tuple(links)


def _stands(decision: CleanupDecision) -> bool:
    later = CleanupDecision.objects.filter(
        cleanup_id=decision.cleanup_id, record_id=decision.record_id, pk__gt=decision.pk
    )
    return not later.exists()
