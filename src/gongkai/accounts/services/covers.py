"""Absence cover (代): dated, in the own name, among colleagues of one agency."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from gongkai.accounts.errors import AccountRefusedError
from gongkai.accounts.models import Cover, RoleGrant, User
from gongkai.accounts.policies import SET_COVER, Affair
from gongkai.accounts.services.duties import period
from gongkai.accounts.services.entitlement import authorise, locked, required, subject_of
from gongkai.agencies.models import Agency
from gongkai.trail.actors import Actor
from gongkai.trail.services import record


@transaction.atomic
def set_cover(
    absent: User,
    standing_in: User,
    *,
    by: Actor,
    at: datetime,
    agency: Agency,
    starts_on: date,
    ends_on: date,
    reason: str,
) -> Cover:
    """Lets a colleague act for an absent person in one agency on these days, both included.

    What the cover does, it does in the own name; whoever drafted still does not review.
    """
    absent, standing_in = locked(absent), locked(standing_in)
    authorise(by, SET_COVER, Affair(agency_id=agency.pk, person_id=absent.pk), at=at)
    why = required(reason, "代理事由")
    _refuse_cover(absent, standing_in, agency, at, (starts_on, ends_on))
    cover = Cover(
        absent=absent,
        standing_in=standing_in,
        agency=agency,
        starts_on=starts_on,
        ends_on=ends_on,
        reason=why,
        set_at=at,
        set_by=by.name,
    )
    cover.save(force_insert=True)
    facts = {"absent": absent.display_name, "agency": agency.name}
    record(
        "accounts.cover_set",
        by=by,
        at=at,
        subject=subject_of(standing_in),
        agency_code=agency.code,
        facts={**facts, "period": period(starts_on, ends_on)},
    )
    return cover


@transaction.atomic
def cancel_cover(cover: Cover, *, by: Actor, at: datetime) -> Cover:
    """Ends a cover before its last day, at the next request."""
    cover = Cover.objects.select_for_update().get(pk=cover.pk)
    affair = Affair(agency_id=cover.agency_id, person_id=cover.absent_id)
    authorise(by, SET_COVER, affair, at=at)
    if cover.cancelled_at is not None:
        raise AccountRefusedError("该代理已经取消")
    cover.cancelled_at = at
    cover.save(update_fields=["cancelled_at"])
    record(
        "accounts.cover_cancelled",
        by=by,
        at=at,
        subject=subject_of(cover.standing_in),
        agency_code=cover.agency.code,
        facts={"absent": cover.absent.display_name, "agency": cover.agency.name},
    )
    return cover


def _refuse_cover(
    absent: User, standing_in: User, agency: Agency, at: datetime, days: tuple[date, date]
) -> None:
    starts_on, ends_on = days
    if absent.pk == standing_in.pk:
        raise AccountRefusedError("不能由本人代理本人")
    if ends_on < starts_on:
        raise AccountRefusedError("截止日期早于起始日期")
    if ends_on < timezone.localdate(at):
        raise AccountRefusedError("代理期间已经过去")
    for user, what in ((absent, "被代理人"), (standing_in, "代理人")):
        grants = RoleGrant.objects.in_force(at).filter(user=user, agency=agency)
        if not grants.exists():
            raise AccountRefusedError(f"{what}{user.display_name}在{agency.name}没有角色")
    overlapping = Cover.objects.filter(
        absent=absent,
        agency=agency,
        cancelled_at__isnull=True,
        starts_on__lte=ends_on,
        ends_on__gte=starts_on,
    )
    if overlapping.exists():
        raise AccountRefusedError(f"{absent.display_name}在此期间已有代理人")
