"""Many versions at once as the policies judge them, and where each stands, in four queries.

It repeats nothing: a position is read from reviews by queries.position_from.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from gongkai.disclosure.models import Authorship, Review, ReviewRule, Version
from gongkai.disclosure.policies import RecordAffair
from gongkai.disclosure.queries import Position, position_from
from gongkai.disclosure.steps import Step


@dataclass(frozen=True, slots=True)
class Affair:
    """A version with its position and what the policies ask about."""

    version: Version
    position: Position
    affair: RecordAffair


def affairs_of(versions: Sequence[Version]) -> dict[int, Affair]:
    """By the id of the version; `record` of each is read already."""
    reviews = _reviews(versions)
    authors: dict[int, set[str]] = defaultdict(set)
    written = Authorship.objects.filter(record_id__in={one.record_id for one in versions})
    for record_id, person in written.values_list("record_id", "person"):
        authors[record_id].add(person)
    bodies = {one.record.agency_id for one in versions}
    merged = dict(
        ReviewRule.objects.filter(agency_id__in=bodies).values_list("agency_id", "merged")
    )
    found = {}
    for version in versions:
        position = position_from(reviews.get(version.pk, []))
        record = version.record
        pairs = merged.get(record.agency_id, [])
        affair = RecordAffair(
            agency_id=record.agency_id,
            authors=frozenset(authors[version.record_id]),
            passed=tuple((Step(one.step), one.reviewer) for one in position.passed),
            merged=frozenset(frozenset(pair) for pair in pairs),
            public=record.is_public,
        )
        found[version.pk] = Affair(version, position, affair)
    return found


def _reviews(versions: Sequence[Version]) -> dict[int, list[Review]]:
    found: dict[int, list[Review]] = defaultdict(list)
    rows = Review.objects.filter(version_id__in=[one.pk for one in versions])
    for review in rows.select_related("referral").order_by("pk"):
        found[review.version_id].append(review)
    return found
