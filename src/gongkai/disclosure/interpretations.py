"""政策解读: which documents owe one, until when, whether it is there, and how it explains.

It judges no text: that one reads like an extract of its document is only a hint for a reviewer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date
from html import unescape

from django.db.models import Q, QuerySet

from gongkai.agencies.models import Agency, AgencyKind
from gongkai.agencies.queries import regions_on
from gongkai.calendars.queries import calendar
from gongkai.disclosure.kinds import RecordKind
from gongkai.disclosure.models import Record, Relation, Version
from gongkai.disclosure.normative import (
    Standing,
    documents_of,
    has_ended,
    in_force,
    public_texts,
    standings,
)
from gongkai.disclosure.publication_days import first_public_on
from statute.calendars import Calendar
from statute.citations import Citation, Mark, cite
from statute.deadlines import Deadline, period
from statute.interpretation import (
    INTERPRETATION_RULES,
    FormShare,
    InterpretationForm,
    form_share,
)
from statute.proactive import publication_limit

OWED_BY = INTERPRETATION_RULES["scope"].source
# 政府及其办公室名义: a township government is a government too, the stricter reading.
IN_THE_NAME_OF_GOVERNMENT = (
    AgencyKind.GOVERNMENT,
    AgencyKind.GOVERNMENT_OFFICE,
    AgencyKind.TOWNSHIP,
)


@dataclass(frozen=True, slots=True)
class Threshold:
    """From how many percent of shared text on a hint is given; a value of our own."""

    percent: int
    mark: Mark
    source: Citation


EXTRACT = Threshold(60, Mark.PRACTICE, INTERPRETATION_RULES["no_extract"].source)
# Characters that must follow each other to count as taken over; shorter turns are common speech.
_RUN = 8
LIMIT_SOURCE = cite("interpretation_practice#时限")


@dataclass(frozen=True, slots=True)
class Owing:
    """A public document without its interpretation: due when, late or not, and the drafts."""

    standing: Standing
    published_on: date
    due: Deadline
    late: bool
    drafts: tuple[Record, ...]


def owes_interpretation(record: Record, version: Version) -> bool:
    """Whether a document must be interpreted: a normative one in the name of a government or its
    office, or any of a department that touches the public (`interpretation_practice#范围`).

    What was public before it came here owes none here: its interpretation is where it was.
    """
    if record.first_published_on is not None:
        return False
    if record.kind == RecordKind.NORMATIVE and _governs(record.agency):
        return True
    document = record.kind in {RecordKind.NORMATIVE, RecordKind.DOCUMENT}
    return document and version.details.get("touches_public") is True


def _governs(agency: Agency) -> bool:
    return agency.kind in IN_THE_NAME_OF_GOVERNMENT


def is_done(record: Record, version: Version) -> bool:
    """Whether a document is public and needs no interpretation any more."""
    if not record.is_public:
        return False
    if not owes_interpretation(record, version):
        return True
    return interpretations_of({record.pk}).filter(later__live__isnull=False).exists()


def interpretations_of(ids: Collection[int]) -> QuerySet[Relation]:
    """What interprets these records, drafts included, as registered."""
    found = in_force(Relation.objects.filter(earlier_id__in=ids, kind=Relation.Kind.INTERPRETS))
    return found.select_related("later").order_by("pk")


def owing(day: date, agency_ids: frozenset[int] | None) -> list[Owing]:
    """Public documents that owe an interpretation on a day and still hold, the longest first."""
    live = documents_of(agency_ids).filter(live__isnull=False, first_published_on__isnull=True)
    wanted = [
        one
        for one in standings(live.filter(kind__in=[RecordKind.NORMATIVE, RecordKind.DOCUMENT]))
        if owes_interpretation(one.record, one.version) and not has_ended(one, day)
    ]
    material: dict[int, list[Record]] = {}
    for relation in interpretations_of({one.record.pk for one in wanted}):
        material.setdefault(relation.earlier_id, []).append(relation.later)
    found, calendar_of = [], calendars_on(day)
    for one in wanted:
        there = material.get(one.record.pk, [])
        published = first_public_on(one.record)
        if published is None or published > day or any(each.is_public for each in there):
            continue
        due = interpretation_due(published, calendar_of(one.record.agency))
        found.append(Owing(one, published, due, due.due < day, tuple(there)))
    return sorted(found, key=lambda one: (one.due.due, one.standing.record.pk))


def interpretation_due(published_on: date, calendar: Calendar) -> Deadline:
    """The last day for the interpretation of a document published on a day: three working days
    where no place is stricter (`interpretation_practice#时限`)."""
    limit = publication_limit("interpretation", published_on)
    return period(published_on, limit.n, limit.unit, calendar)


def calendars_on(day: date) -> Callable[[Agency], Calendar]:
    """Tells the calendar of each body as its division is on a day: divisions are asked for once,
    and each calendar too, however many bodies a list has."""
    regions, known = regions_on(day), dict[str, Calendar]()

    def calendar_of(agency: Agency) -> Calendar:
        region = regions.get(agency.pk, "")
        if region not in known:
            known[region] = calendar(region)
        return known[region]

    return calendar_of


def interprets_something(interpretation: Record) -> bool:
    """Whether it is registered for any document."""
    return in_force(interpretation.relations.filter(kind=Relation.Kind.INTERPRETS)).exists()


def document_public_on(interpretation: Record) -> date | None:
    """The day the first of the documents that a record interprets was public; None before."""
    relations = in_force(interpretation.relations.filter(kind=Relation.Kind.INTERPRETS))
    days = [first_public_on(one.earlier) for one in relations.select_related("earlier")]
    return min((day for day in days if day is not None), default=None)


# --- how it explains --------------------------------------------------------------------------


def forms_of(records: QuerySet[Record]) -> dict[int, frozenset[InterpretationForm]]:
    """By interpretation, its forms as registered; an interpretation of nothing has none."""
    found: dict[int, frozenset[InterpretationForm]] = {}
    chosen = records.filter(kind=RecordKind.INTERPRETATION)
    ids = list(chosen.values_list("pk", flat=True))
    found = dict.fromkeys(ids, frozenset())
    relations = Relation.objects.filter(later_id__in=ids, kind=Relation.Kind.INTERPRETS)
    for later, forms in in_force(relations).values_list("later_id", "forms"):
        found[later] |= {InterpretationForm(one) for one in forms}
    return found


def share_of(records: QuerySet[Record]) -> FormShare:
    """How many interpretations there are, and how many are more than plain text."""
    return form_share(forms_of(records).values())


@dataclass(frozen=True, slots=True)
class Extract:
    """An interpretation that shares so many percent of its text with its document."""

    relation: Relation
    percent: int


def extracts(agency_ids: frozenset[int] | None, percent: int = EXTRACT.percent) -> list[Extract]:
    """Public interpretations that read like an extract of what they interpret, the closest first
    (`interpretation_practice#内容`)."""
    related = in_force(Relation.objects.filter(kind=Relation.Kind.INTERPRETS)).filter(
        later__live__isnull=False, earlier__published_at__isnull=False
    )
    if agency_ids is not None:
        related = related.filter(Q(later__agency_id__in=agency_ids))
    relations = list(related.select_related("later__live__version", "earlier__live__version"))
    texts = public_texts([*(one.later for one in relations), *(one.earlier for one in relations)])
    found = []
    for one in relations:
        shared = similarity(texts[one.later_id].body, texts[one.earlier_id].body)
        if shared >= percent:
            found.append(Extract(one, shared))
    return sorted(found, key=lambda one: (-one.percent, one.relation.pk))


def similarity(interpretation: str, document: str) -> int:
    """How many percent of an interpretation's runs of eight characters stand in the document too,
    rounded down. Tags, spaces and punctuation do not count; a text shorter than a run gives 0."""
    own = set(_runs(interpretation))
    return len(own & set(_runs(document))) * 100 // len(own) if own else 0


def _runs(html: str) -> Iterable[str]:
    plain = re.sub(r"\W+", "", unescape(re.sub(r"<[^>]*>", "", html)))
    return (plain[at : at + _RUN] for at in range(len(plain) - _RUN + 1))
