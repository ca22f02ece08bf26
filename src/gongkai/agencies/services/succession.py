"""Bodies merged and split: the old ones end or go on, and a dated relation says who followed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction

from gongkai.agencies.errors import AgencyError
from gongkai.agencies.models import Agency, Succession, SuccessionKind
from gongkai.agencies.services.changing import (
    end,
    lock_tree,
    put_under,
    refuse_future,
    require_existing,
    required_basis,
)
from gongkai.agencies.services.founding import subject_of
from gongkai.trail.actors import Actor
from gongkai.trail.services import record


@transaction.atomic
def merge_agencies(
    agencies: Sequence[Agency], *, by: Actor, at: datetime, on: date, into: Agency, basis: str
) -> Agency:
    """Ends bodies on the day before `on`; `into`, which exists then, takes over from that day.

    Bodies below the ended ones come under the successor. AgencyError where one is the supervising
    office, is `into` itself, or ended already.
    """
    into = lock_tree(into)
    reason = required_basis(basis)
    refuse_future(on, at)
    require_existing(into, on)
    former = _several(agencies, into)
    for agency in former:
        if _is_below(into, agency):
            raise AgencyError(f"“{into.name}”隶属于“{agency.name}”，请先调整隶属再合并")
        for child in Agency.objects.filter(parent=agency, valid_to__isnull=True).order_by("pk"):
            put_under(child, into, on=on, at=at, basis=reason)
        end(agency, last=on - timedelta(days=1), at=at)
        _follow(agency, into, SuccessionKind.MERGED, on, reason)
        record(
            "agencies.merged",
            by=by,
            at=at,
            subject=subject_of(agency),
            agency_code=agency.code,
            facts={
                "successor": into.name,
                "successor_code": into.code,
                "on": on.isoformat(),
                "basis": reason,
            },
        )
    return into


@transaction.atomic
def split_agency(
    agency: Agency,
    *,
    by: Actor,
    at: datetime,
    on: date,
    into: Sequence[Agency],
    basis: str,
    goes_on: bool = False,
) -> Agency:
    """Lets bodies that exist on a day take over what one body did until then.

    `goes_on`: it keeps a part and stays; otherwise it ends on the day before, and has to have no
    body below it any more.
    """
    agency = lock_tree(agency)
    reason = required_basis(basis)
    refuse_future(on, at)
    require_existing(agency, on - timedelta(days=1))
    successors = _several(into, agency)
    if not goes_on:
        end(agency, last=on - timedelta(days=1), at=at)
    for successor in successors:
        require_existing(successor, on)
        _follow(agency, successor, SuccessionKind.SPLIT, on, reason)
    record(
        "agencies.split",
        by=by,
        at=at,
        subject=subject_of(agency),
        agency_code=agency.code,
        facts={
            "successors": "、".join(one.name for one in successors),
            "successor_codes": "、".join(one.code for one in successors),
            "on": on.isoformat(),
            "goes_on": "是" if goes_on else "否",
            "basis": reason,
        },
    )
    return agency


def _several(agencies: Sequence[Agency], other: Agency) -> list[Agency]:
    """The bodies named, read anew (they are locked with the tree), none twice, none the other."""
    keys = {agency.pk for agency in agencies}
    if not keys:
        raise AgencyError("请选择机关")
    if other.pk in keys:
        raise AgencyError(f"“{other.name}”不能承继自己")
    return list(Agency.objects.filter(pk__in=keys).order_by("code"))


def _is_below(agency: Agency, upper: Agency) -> bool:
    parents = dict(Agency.objects.values_list("pk", "parent_id"))
    above: int | None = parents[agency.pk]
    while above is not None:
        if above == upper.pk:
            return True
        above = parents[above]
    return False


def _follow(agency: Agency, successor: Agency, kind: SuccessionKind, on: date, basis: str) -> None:
    if Succession.objects.filter(predecessor=agency, successor=successor, on=on).exists():
        raise AgencyError(f"“{successor.name}”承继“{agency.name}”已经登记")
    Succession.objects.create(
        predecessor=agency, successor=successor, kind=kind, on=on, basis=basis
    )
