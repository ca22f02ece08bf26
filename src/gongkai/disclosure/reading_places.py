"""Where everybody may read what is public, and what archives and libraries have still to get
(`regulations#25`).

It reads; services/places.py writes. What was handed over is told by the lists alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.timezone import localdate

from gongkai.agencies.models import Agency
from gongkai.disclosure.models import (
    Clearance,
    HandOver,
    HandOverItem,
    PlaceKind,
    PublicAct,
    ReadingPlace,
    Record,
)
from gongkai.disclosure.publication_days import start_of

# 国家档案馆、公共图书馆、政务服务场所: each has a reading place (regulations#25.1).
DEMANDED = (PlaceKind.ARCHIVE, PlaceKind.LIBRARY, PlaceKind.SERVICE_HALL)
HEADS = ("序号", "变动", "索引号", "名称", "发文字号", "成文日期", "变动日期")
Change = HandOverItem.Change


def missing_kinds(day: date) -> tuple[PlaceKind, ...]:
    """Kinds of places the law demands of which none is open on a day."""
    present = set(ReadingPlace.objects.open_on(day).values_list("kind", flat=True))
    return tuple(kind for kind in DEMANDED if kind.value not in present)


def last_list(place: ReadingPlace, agency: Agency) -> HandOver | None:
    """The last list of a body for a place."""
    return HandOver.objects.filter(place=place, agency=agency).order_by("number").last()


def next_since(place: ReadingPlace, agency: Agency) -> date | None:
    """The day on which the next list starts; None before the first."""
    last = last_list(place, agency)
    return None if last is None else last.until + timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Pending:
    """A record that a place has still to get, or to change in what it has."""

    record_id: int
    act: PublicAct
    clearance: Clearance
    change: HandOverItem.Change


def pending(
    place: ReadingPlace, agency: Agency, until: date, *, since: date | None = None
) -> list[Pending]:
    """What the place does not have as it was public at the end of a day, in the order in which it
    became so; one row for a record, however often it changed.

    `since` is for the first list: what was public before is there already. What a list missed,
    because it was written late, comes with the next.
    """
    first = HandOver.objects.filter(place=place, agency=agency).order_by("number").first()
    handed = _handed(place, agency, since if first is None else first.since)
    found = []
    for act in _last_acts(agency, until).values():
        had = handed.get(act.record_id)
        row = _difference(act, had)
        if row is not None:
            found.append(row)
    return sorted(found, key=lambda one: one.act.pk)


def _difference(act: PublicAct, had: Clearance | None) -> Pending | None:
    now = act.clearance
    if now is None:
        # Never handed over and withdrawn since: there is nothing to say.
        return None if had is None else Pending(act.record_id, act, had, Change.WITHDRAWN)
    if had is None:
        return Pending(act.record_id, act, now, Change.NEW)
    return None if had.pk == now.pk else Pending(act.record_id, act, now, Change.UPDATED)


def _last_acts(agency: Agency, until: date) -> dict[int, PublicAct]:
    acts = PublicAct.objects.filter(
        record__agency=agency, at__lt=start_of(until + timedelta(days=1))
    )
    return {one.record_id: one for one in acts.select_related("clearance").order_by("pk")}


def _handed(place: ReadingPlace, agency: Agency, since: date | None) -> dict[int, Clearance | None]:
    """By record, what the place has of it; None for what it was told to take away."""
    had: dict[int, Clearance | None] = {}
    if since is not None:
        before = _last_acts(agency, since - timedelta(days=1))
        had = {pk: act.clearance for pk, act in before.items()}
    items = HandOverItem.objects.filter(place=place, record__agency=agency)
    for item in items.select_related("clearance").order_by("pk"):
        had[item.record_id] = None if item.change == Change.WITHDRAWN else item.clearance
    return had


def rows_of(hand_over: HandOver) -> list[tuple[str, ...]]:
    """A list as it is printed under HEADS."""
    items: Iterable[HandOverItem] = hand_over.items.select_related(
        "record", "clearance__version", "act"
    ).order_by("position")
    return [_row(item, item.record) for item in items]


def _row(item: HandOverItem, record: Record) -> tuple[str, ...]:
    version = item.clearance.version
    return (
        str(item.position),
        item.get_change_display(),
        record.index_no,
        version.title,
        version.doc_no,
        version.formed_on.isoformat() if version.formed_on else "",
        localdate(item.act.at).isoformat(),
    )
