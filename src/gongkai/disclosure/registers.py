"""All records as lists: whose one may see, found by words and filters, and a line for each.

It reads and narrows; it shows nothing and changes nothing. The number of queries does not grow
with the number of lines.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, Q, QuerySet, Subquery

from gongkai.accounts.standing import Standing
from gongkai.agencies.queries import regions_on
from gongkai.calendars.queries import calendar
from gongkai.disclosure import policies
from gongkai.disclosure.details import base_day, limit_name
from gongkai.disclosure.interpretations import Owing
from gongkai.disclosure.kinds import RecordKind
from gongkai.disclosure.models import Authorship, Record, Relation, Version
from gongkai.disclosure.models.records import RecordQuerySet
from gongkai.disclosure.normative import in_force
from gongkai.disclosure.publication_days import first_public_between, first_public_on
from gongkai.disclosure.queries import due_from
from gongkai.disclosure.stages import Stage, at_stage, newest, stage_of_newest
from statute.attributes import Attribute
from statute.calendars import Calendar
from statute.deadlines import Deadline

# Brackets in which a year may stand in what is kept, and in which it may be typed: all are one.
_KEPT = ("〔〕", "[]", "()", "（）")
_OPENING, _CLOSING = "〔[(（［【", "〕])）］】"
# What a line needs of a version; the text itself stays where it is.
_LINE_FIELDS = (
    *("record_id", "number", "title", "category", "doc_no", "formed_on", "changed_on"),
    *("attribute", "details", "submitted_at", "drafted_by_name"),
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of a list; every field left at its default narrows nothing.

    `shown`: public now, withdrawn or never. `author`: the id of a person who wrote in the record.
    """

    words: str = ""
    kind: str = ""
    agency: int | None = None
    attribute: str = ""
    stage: str = ""
    shown: str = ""
    category: str = ""
    formed_from: date | None = None
    formed_to: date | None = None
    published_from: date | None = None
    published_to: date | None = None
    late: bool = False
    author: str = ""


@dataclass(frozen=True, slots=True)
class Limit:
    """Until when something must be public, by the calendar of its body."""

    deadline: Deadline
    calendar: Calendar

    @property
    def due(self) -> date:
        """The last day."""
        return self.deadline.due


@dataclass(frozen=True, slots=True)
class Line:
    """A record in a list: its newest version, where that stands, and until when it must be public
    where it must and never was."""

    record: Record
    version: Version
    stage: Stage
    limit: Limit | None

    def late_on(self, day: date) -> bool:
        """Whether its time had run out before the day."""
        return self.limit is not None and self.limit.due < day


def bodies_seen(who: Standing) -> frozenset[int] | None:
    """Bodies whose records a person may see; None: those of all bodies."""
    if policies.oversees.test(who, None):
        return None
    return frozenset(pk for pk in who.agency_ids if policies.works_on_records.test(who, pk))


def register_of(who: Standing) -> RecordQuerySet:
    """Every record that a person may see."""
    return Record.objects.of_agencies(bodies_seen(who))


def narrowed(rows: RecordQuerySet, wanted: Wanted, today: date) -> RecordQuerySet:
    """The rows asked for."""
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.agency is not None:
        rows = rows.filter(agency_id=wanted.agency)
    if wanted.author:
        mine = Authorship.objects.filter(person=wanted.author)
        rows = rows.filter(pk__in=mine.values("record_id"))
    if wanted.published_from or wanted.published_to:
        rows = rows.filter(first_public_between(wanted.published_from, wanted.published_to))
    rows = _shown(rows, wanted.shown)
    for word in wanted.words.split():
        rows = rows.filter(_says(word))
    if (asked := _of_versions(wanted)) is not None:
        rows = rows.filter(pk__in=asked.values("record_id"))
    if wanted.stage:
        rows = rows.filter(pk__in=at_stage(Stage(wanted.stage)).order_by().values("pk"))
    if wanted.late:
        rows = rows.filter(pk__in=late_among(rows, today))
    return rows


def _shown(rows: RecordQuerySet, shown: str) -> RecordQuerySet:
    conditions = {
        "public": Q(live__isnull=False),
        "withdrawn": Q(live__isnull=True, published_at__isnull=False),
        "never": Q(published_at__isnull=True),
    }
    return rows.filter(conditions[shown]) if shown in conditions else rows


def _of_versions(wanted: Wanted) -> QuerySet[Version] | None:
    """The newest versions asked for; None where nothing is asked of them."""
    asked: dict[str, object] = {
        "attribute": wanted.attribute,
        "category": wanted.category,
        "formed_on__gte": wanted.formed_from,
        "formed_on__lte": wanted.formed_to,
    }
    conditions = {name: value for name, value in asked.items() if value}
    return newest().filter(**conditions) if conditions else None


def _says(word: str) -> Q:
    """The word stands in the title, the document number or one of the two numbers of a record."""
    # Where there is no case to be ignored PostgreSQL is spared making capitals of every title.
    way_in = "contains" if word.upper() == word.lower() else "icontains"
    here, there = Q(), Q()
    for spelt in spellings(word):
        here |= Q((f"title__{way_in}", spelt), (f"doc_no__{way_in}", spelt), _connector=Q.OR)
        there |= Q((f"index_no__{way_in}", spelt), (f"reg_no__{way_in}", spelt), _connector=Q.OR)
    return Q(pk__in=newest().filter(here).values("record_id")) | there


def spellings(word: str) -> tuple[str, ...]:
    """A word with its brackets written in each way: 云政发[2026]6号 is 云政发〔2026〕6号."""
    if not set(word) & set(_OPENING + _CLOSING):
        return (word,)
    bare = re.sub(f"[{re.escape(_OPENING)}]", "\0", word)
    bare = re.sub(f"[{re.escape(_CLOSING)}]", "\1", bare)
    return tuple(bare.replace("\0", pair[0]).replace("\1", pair[1]) for pair in _KEPT)


def ordered_by_version(rows: QuerySet[Record]) -> QuerySet[Record]:
    """Rows with `title` and `formed_on` of their newest versions, to be sorted by."""
    last = Version.objects.filter(record=OuterRef("pk")).order_by("-number")
    return rows.annotate(
        title=Subquery(last.values("title")[:1]), formed_on=Subquery(last.values("formed_on")[:1])
    )


def lines_of(records: Iterable[Record], today: date) -> dict[int, Line]:
    """A line for each record, by its id."""
    by_id = {one.pk: one for one in records}
    found = newest().filter(record_id__in=list(by_id)).only(*_LINE_FIELDS)
    found = found.annotate(stage=stage_of_newest())
    versions = {one.record_id: one for one in found}
    for version in versions.values():
        version.record = by_id[version.record_id]
    limits = _limits(list(versions.values()), today)
    return {
        pk: Line(by_id[pk], version, Stage(str(getattr(version, "stage", ""))), limits.get(pk))
        for pk, version in versions.items()
    }


def late_among(rows: QuerySet[Record], today: date) -> list[int]:
    """Ids of those rows that had to be public before the day and never were
    (`regulations#26`): as queries.overdue has them, in four queries."""
    never = rows.filter(live__isnull=True, published_at__isnull=True)
    waiting = newest().filter(
        record_id__in=never.order_by().values("pk"), attribute=Attribute.PROACTIVE.value
    )
    versions = list(waiting.select_related("record").only(*_LINE_FIELDS, *_RECORD_FIELDS))
    return [pk for pk, limit in _limits(versions, today).items() if limit.due < today]


_RECORD_FIELDS = ("record__agency_id", "record__kind", "record__live_id", "record__published_at")


def _limits(versions: Sequence[Version], today: date) -> dict[int, Limit]:
    """By record, the limit of what must be public and never was."""
    waiting = [
        one
        for one in versions
        if one.record.published_at is None and one.attribute == Attribute.PROACTIVE.value
    ]
    explained = _explained_on({one.record_id for one in waiting if _explains(one)})
    regions = regions_on(today)
    calendars = {one: calendar(one) for one in {"", *regions.values()}}
    counted: dict[tuple[object, ...], Limit | None] = {}
    found = {}
    for one in waiting:
        start = one.changed_on or _start(one, explained)
        if start is None:
            continue
        region = regions.get(one.record.agency_id, "")
        key = (limit_name(one.record.kind, one.details), start, region)
        if key not in counted:
            counted[key] = _limit(one, start, calendars[region])
        if (limit := counted[key]) is not None:
            found[one.record_id] = limit
    return found


def _limit(version: Version, start: date, days: Calendar) -> Limit | None:
    deadline = due_from(version, start, days)
    return None if deadline is None else Limit(deadline, days)


def _explains(version: Version) -> bool:
    return version.record.kind == RecordKind.INTERPRETATION


def _start(version: Version, explained: dict[int, date | None]) -> date | None:
    if version.record_id in explained:
        return explained[version.record_id]
    return base_day(version.record.kind, version.details) or version.formed_on


def _explained_on(ids: Collection[int]) -> dict[int, date | None]:
    """By interpretation, the day on which the first document that it interprets was public."""
    related = Relation.objects.filter(later_id__in=ids, kind=Relation.Kind.INTERPRETS)
    found: dict[int, date | None] = {}
    for relation in in_force(related).select_related("earlier"):
        day, known = first_public_on(relation.earlier), found.get(relation.later_id)
        found[relation.later_id] = known if day is None else min(day, known or day)
    return found


def behind(listed: QuerySet[Record] | Collection[object]) -> RecordQuerySet:
    """The records of the list behind a figure: each thing stands for one record."""
    if isinstance(listed, QuerySet):
        ids: QuerySet[Record, int] = listed.order_by().values_list("pk", flat=True)
        return Record.objects.filter(pk__in=ids)
    return Record.objects.filter(pk__in=[_record_id(one) for one in listed])


def _record_id(thing: object) -> int:
    if isinstance(thing, Record):
        return thing.pk
    if isinstance(thing, Version):
        return thing.record_id
    if isinstance(thing, Owing):
        return thing.standing.record.pk
    raise TypeError(f"不是一条政府信息：{type(thing).__name__}")
