"""What is asked about bodies: who supervises, who existed when, who followed, who reviews."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from gongkai.agencies.errors import AgencyError
from gongkai.agencies.models import (
    Agency,
    AgencyKind,
    Designation,
    DisclosureOffice,
    DrawnNumber,
    NumberSeries,
    Succession,
)
from gongkai.agencies.models.bodies import REMEDY_KINDS
from statute.remedies import Body, BodyKind, RemedyError, remedy_for

# [P] The guide is looked through at least once a year (law.md, art. 12).
CONFIRM_WITHIN_DAYS = 365


def supervising_agency() -> Agency | None:
    """The county government's office in charge of disclosure; None before setup."""
    return Agency.objects.select_related("parent").filter(supervising=True).first()


def directory(on: date | None = None) -> list[dict[str, object]]:
    """Every body (on a day, if given) as `gongkai agencies` prints it: code, name, kind, parent
    (a code or None), supervising."""
    bodies = Agency.objects.all() if on is None else Agency.objects.valid_on(on)
    return [
        {
            "code": agency.code,
            "name": agency.name,
            "kind": agency.kind,
            "parent": agency.parent.code if agency.parent else None,
            "supervising": agency.supervising,
        }
        for agency in bodies.select_related("parent").order_by("code")
    ]


@dataclass(frozen=True, slots=True)
class Branch:
    """A body and how deep it stands below the top."""

    agency: Agency
    depth: int


def tree(on: date) -> tuple[Branch, ...]:
    """Bodies of a day in the order of the tree, as it stood on that day, siblings by code.

    A body whose parent has ended stands at the top.
    """
    placed = {one.agency_id: one for one in _designations_on(on).select_related("agency", "parent")}
    below: dict[int | None, list[Agency]] = {}
    for one in placed.values():
        upper = one.parent_id if one.parent_id in placed else None
        below.setdefault(upper, []).append(one.agency)
    found: list[Branch] = []
    waiting = [Branch(agency, 0) for agency in _by_code(below.get(None, []))]
    while waiting:
        branch = waiting.pop(0)
        found.append(branch)
        children = _by_code(below.get(branch.agency.pk, []))
        waiting[:0] = [Branch(child, branch.depth + 1) for child in children]
    return tuple(found)


def designation_on(agency: Agency, on: date) -> Designation:
    """Name and place of a body on a day; AgencyError where it did not exist then."""
    found = _designations_on(on).select_related("parent").filter(agency=agency).first()
    if found is None:
        raise AgencyError(f"“{agency.name}”在 {on} 不存续")
    return found


def name_on(agency: Agency, on: date) -> str:
    """What a body was called on a day; AgencyError where it did not exist then."""
    return designation_on(agency, on).name


def successors_of(agency: Agency, on: date) -> tuple[Agency, ...]:
    """Who answers on a day for what a body once did: itself while it exists, else whoever took
    over, through any number of mergers and splits, by code. Empty where nobody did."""
    following: dict[int, list[int]] = {}
    for one in Succession.objects.filter(on__lte=on).order_by("on"):
        following.setdefault(one.predecessor_id, []).append(one.successor_id)
    bodies = {body.pk: body for body in Agency.objects.all()}
    found, seen, waiting = set(), set(), [agency.pk]
    while waiting:
        key = waiting.pop()
        if key in seen:
            continue
        seen.add(key)
        if bodies[key].exists_on(on):
            found.add(key)
        else:
            waiting += following.get(key, [])
    return tuple(_by_code([bodies[key] for key in found]))


# --- review and court -------------------------------------------------------------------------


def as_body(agency: Agency, on: date) -> Body:
    """The body as statute.remedies sees it on a day, under its name of that day.

    Its own government is the next one above it in the tree unless `review_government` names
    another; courts and region left empty are those of the bodies above. AgencyError for a public
    enterprise, against which one complains to the department in charge (`regulations#55`).
    """
    kinds = REMEDY_KINDS[agency.kind]
    if not kinds:
        raise AgencyError(
            f"“{agency.name}”是公共企事业单位，不适用行政复议和行政诉讼，可向主管部门申诉"
        )
    line = _line(agency, on)
    return Body(
        kind=BodyKind(agency.remedy_kind) if agency.remedy_kind else kinds[0],
        name=line[0].name,
        government=agency.review_government or _government_above(line),
        higher_department=agency.higher_department,
        basic_court=_inherited(line, "basic_court"),
        intermediate_court=_inherited(line, "intermediate_court"),
    )


def remedy_fault(agency: Agency, on: date) -> str:
    """Which name is missing before a letter of this body can state review and court, in Chinese;
    empty when none is, or when the body writes no such letters."""
    if not REMEDY_KINDS[agency.kind]:
        return ""
    try:
        # Any final answer that withholds names both a reviewing body and a court.
        remedy_for("deny_state_secret", as_body(agency, on), on)
    except RemedyError as error:
        return str(error)
    return ""


def region_of(agency: Agency, on: date) -> str:
    """The division code whose holidays hold for a body: its own, or that of a body above."""
    return _inherited(_line(agency, on), "region")


def regions_on(on: date) -> dict[int, str]:
    """The same for every body of a day, by its id, in one query: for lists of many bodies."""
    placed = {one.agency_id: one for one in _designations_on(on).select_related("agency")}
    return {pk: _inherited(_upwards(placed, pk), "region") for pk in placed}


def _line(agency: Agency, on: date) -> list[Designation]:
    """The designations of a day from the body up to the top."""
    placed = {one.agency_id: one for one in _designations_on(on).select_related("agency")}
    if agency.pk not in placed:
        raise AgencyError(f"“{agency.name}”在 {on} 不存续")
    return _upwards(placed, agency.pk)


def _upwards(placed: dict[int, Designation], agency_id: int) -> list[Designation]:
    line = [placed[agency_id]]
    while (upper := line[-1].parent_id) in placed and len(line) <= len(placed):
        line.append(placed[upper])
    return line


def _government_above(line: list[Designation]) -> str:
    above = (one.name for one in line[1:] if one.agency.kind == AgencyKind.GOVERNMENT)
    return next(above, "")


def _inherited(line: list[Designation], field: str) -> str:
    values: list[str] = [getattr(one.agency, field) for one in line]
    return next((value for value in values if value), "")


def _designations_on(on: date) -> QuerySet[Designation]:
    return Designation.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=on), valid_from__lte=on
    )


def _by_code(agencies: list[Agency]) -> list[Agency]:
    return sorted(agencies, key=lambda agency: agency.code)


# --- disclosure offices and numbers -----------------------------------------------------------


def without_disclosure_office(on: date) -> list[Agency]:
    """Bodies of a day that name no disclosure office yet (`regulations#4`); public enterprises
    need none."""
    bodies = Agency.objects.valid_on(on).exclude(kind=AgencyKind.PUBLIC_ENTERPRISE)
    return list(bodies.filter(disclosure_office__isnull=True))


def to_be_confirmed(on: date) -> list[DisclosureOffice]:
    """Offices whose data nobody has found right for a year, longest first."""
    offices = DisclosureOffice.objects.select_related("agency").order_by("confirmed_on")
    return [
        office
        for office in offices
        if office.agency.exists_on(on) and (on - office.confirmed_on).days > CONFIRM_WITHIN_DAYS
    ]


@dataclass(frozen=True, slots=True)
class SeriesFault:
    """A series whose register does not run on one by one."""

    series: NumberSeries
    missing: tuple[int, ...]


def series_faults() -> tuple[SeriesFault, ...]:
    """Series with gaps between where the paper ended and the last number; empty when sound.

    Double numbers cannot be stored (agencies_number_once).
    """
    drawn: Mapping[int, set[int]] = _drawn()
    faults = []
    for series in NumberSeries.objects.select_related("agency"):
        wanted = range(series.paper_ended_at + 1, series.last_number + 1)
        missing = tuple(n for n in wanted if n not in drawn.get(series.pk, set()))
        if missing:
            faults.append(SeriesFault(series, missing))
    return tuple(faults)


def _drawn() -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for series_id, number in DrawnNumber.objects.values_list("series_id", "number"):
        found.setdefault(series_id, set()).add(number)
    return found
