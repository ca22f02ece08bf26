"""The register of reading places, and records handed over to archives and libraries
(`regulations#25`)."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from gongkai.agencies.models import Agency
from gongkai.disclosure import policies
from gongkai.disclosure.errors import DisclosureError
from gongkai.disclosure.models import HandOver, HandOverItem, PlaceKind, ReadingPlace
from gongkai.disclosure.models.places import RECEIVING
from gongkai.disclosure.reading_places import Pending, last_list, next_since, pending
from gongkai.disclosure.services.entitlement import authorise_in, required
from gongkai.trail.actors import Actor, Subject
from gongkai.trail.services import record as leave_trace


@dataclass(frozen=True, slots=True)
class PlaceFacts:
    """What the public is told about a reading place; all of it."""

    name: str
    address: str
    hours: str
    phone: str


_LABELS = {"name": "名称", "address": "地址", "hours": "开放时间", "phone": "联系电话"}


@transaction.atomic
def register_place(
    agency: Agency, kind: str, facts: PlaceFacts, *, since: date, by: Actor, at: datetime
) -> ReadingPlace:
    """A reading place from a day on, kept by a body."""
    agency = Agency.objects.select_for_update().get(pk=agency.pk)
    authorise_in(by, policies.KEEP_PLACES, agency, at=at)
    if kind not in PlaceKind.values:
        raise DisclosureError("没有这种查阅场所", field="kind")
    values = _checked(facts)
    _refuse_twin(agency, values["name"], but=None)
    place = ReadingPlace.objects.create(agency=agency, kind=kind, valid_from=since, **values)
    leave_trace(
        "disclosure.place_registered",
        by=by,
        at=at,
        subject=_subject(place),
        agency_code=agency.code,
        facts={"kind": place.get_kind_display(), "since": since.isoformat(), **values},
    )
    return place


@transaction.atomic
def change_place(
    place: ReadingPlace, facts: PlaceFacts, *, by: Actor, at: datetime
) -> ReadingPlace:
    """Writes its facts anew; the trail keeps every old and new value."""
    place = _locked(place)
    authorise_in(by, policies.KEEP_PLACES, place.agency, at=at)
    _require_open(place)
    values = _checked(facts)
    changed = {name: one for name, one in values.items() if getattr(place, name) != one}
    if not changed:
        return place
    _refuse_twin(place.agency, values["name"], but=place)
    said = "；".join(
        f"{_LABELS[name]}由“{getattr(place, name)}”改为“{one}”" for name, one in changed.items()
    )
    for name, one in changed.items():
        setattr(place, name, one)
    place.save(update_fields=list(changed))
    leave_trace(
        "disclosure.place_changed",
        by=by,
        at=at,
        subject=_subject(place),
        agency_code=place.agency.code,
        facts={"changes": said},
    )
    return place


@transaction.atomic
def close_place(
    place: ReadingPlace, *, until: date, reason: str, by: Actor, at: datetime
) -> ReadingPlace:
    """Ends it with a day, for good; its lists stay."""
    place = _locked(place)
    authorise_in(by, policies.KEEP_PLACES, place.agency, at=at)
    _require_open(place)
    if until < place.valid_from:
        raise DisclosureError("撤销日期不能早于设立日期", field="until")
    why = required(reason, "撤销的原因")
    place.valid_to = until
    place.save(update_fields=["valid_to"])
    leave_trace(
        "disclosure.place_closed",
        by=by,
        at=at,
        subject=_subject(place),
        agency_code=place.agency.code,
        facts={"until": until.isoformat(), "reason": why},
    )
    return place


@transaction.atomic
def hand_over(
    place: ReadingPlace,
    agency: Agency,
    *,
    until: date,
    by: Actor,
    at: datetime,
    since: date | None = None,
) -> HandOver:
    """The next list of a body for an archive or library, up to a day that is over.

    The first starts on `since`, or reaches back to the beginning; every other one on the day
    after the last. DisclosureError where there is nothing to hand over: the next list has it.
    """
    place = _locked(place)
    authorise_in(by, policies.HAND_OVER, agency, at=at)
    if place.kind not in RECEIVING:
        raise DisclosureError("只向国家档案馆、公共图书馆移交", field="place")
    start = _period(place, agency, since, until, localdate(at))
    rows = pending(place, agency, until, since=start)
    if not rows:
        raise DisclosureError("这一期没有要移交的信息")
    last = last_list(place, agency)
    made = HandOver(place=place, agency=agency, since=start, until=until, size=len(rows))
    made.number = 1 if last is None else last.number + 1
    made.by, made.by_name, made.at = by.id, by.name, at
    made.save(force_insert=True)
    _list(made, rows)
    leave_trace(
        "disclosure.handed_over",
        by=by,
        at=at,
        subject=_subject(place),
        agency_code=agency.code,
        facts={
            "number": str(made.number),
            "since": "最初" if start is None else start.isoformat(),
            "until": until.isoformat(),
            "size": str(made.size),
        },
    )
    return made


def _list(made: HandOver, rows: list[Pending]) -> None:
    HandOverItem.objects.bulk_create(
        HandOverItem(
            hand_over=made,
            place=made.place,
            record_id=row.record_id,
            act=row.act,
            clearance=row.clearance,
            change=row.change,
            position=position,
        )
        for position, row in enumerate(rows, 1)
    )


def _period(
    place: ReadingPlace, agency: Agency, since: date | None, until: date, today: date
) -> date | None:
    """The first day of the list."""
    if until >= today:
        raise DisclosureError("移交清单截至昨天或者更早，今天还会有信息公开", field="until")
    if place.valid_to is not None and place.valid_to < today:
        raise DisclosureError("查阅场所已撤销", field="place")
    follows = next_since(place, agency)
    if follows is not None and since not in {None, follows}:
        raise DisclosureError(f"这一期接在上一期以后，自 {follows} 起", field="since")
    start = follows or since
    if start is not None and until < start:
        raise DisclosureError(f"截至日期不能早于 {start}", field="until")
    return start


def _locked(place: ReadingPlace) -> ReadingPlace:
    return ReadingPlace.objects.select_for_update().get(pk=place.pk)


def _require_open(place: ReadingPlace) -> None:
    if place.valid_to is not None:
        raise DisclosureError("查阅场所已撤销，不能再改")


def _checked(facts: PlaceFacts) -> dict[str, str]:
    values = {name: required(one, _LABELS[name], field=name) for name, one in asdict(facts).items()}
    for name, value in values.items():
        limit: int = getattr(ReadingPlace, name).field.max_length
        if len(value) > limit:
            raise DisclosureError(f"{_LABELS[name]}不超过{limit}字", field=name)
    return values


def _refuse_twin(agency: Agency, name: str, *, but: ReadingPlace | None) -> None:
    twins = ReadingPlace.objects.filter(agency=agency, name=name, valid_to__isnull=True)
    if any(one != but for one in twins):
        raise DisclosureError("已有同名的查阅场所", field="name")


def _subject(place: ReadingPlace) -> Subject:
    return Subject("reading_place", str(place.pk), place.name)
