"""Giving and taking duties in agencies, and the three administrators of the installation."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from gongkai.accounts.errors import AccountRefusedError
from gongkai.accounts.models import AdministratorGrant, RoleGrant, User
from gongkai.accounts.policies import APPOINT, GRANT_ROLE, REVOKE_ROLE, Affair
from gongkai.accounts.roles import AdministratorRole, Role
from gongkai.accounts.services.entitlement import authorise, authorise_about, locked, subject_of
from gongkai.accounts.services.people import refuse_the_last_administrator
from gongkai.agencies.models import Agency
from gongkai.trail.actors import Actor
from gongkai.trail.services import record


@transaction.atomic
def grant_role(
    user: User,
    *,
    by: Actor,
    at: datetime,
    agency: Agency,
    role: Role,
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> RoleGrant:
    """Gives a duty in an agency from a day (default: today) to a day (default: open).

    Raises AccountRefusedError for administrators of the installation, disabled accounts, a duty
    already held, and an auditor who would administer what is audited.
    """
    user = locked(user)
    affair = Affair(agency_id=agency.pk, role=Role(role), person_id=user.pk)
    authorise(by, GRANT_ROLE, affair, at=at)
    start = valid_from or timezone.localdate(at)
    _refuse_grant(user, agency, Role(role), start, valid_to)
    grant = RoleGrant(
        user=user,
        agency=agency,
        role=role,
        valid_from=start,
        valid_to=valid_to,
        granted_at=at,
        granted_by_id=by.id,
        granted_by_name=by.name,
    )
    grant.save(force_insert=True)
    record(
        "accounts.role_granted",
        by=by,
        at=at,
        subject=subject_of(user),
        agency_code=agency.code,
        facts={"agency": agency.name, "role": Role(role).label, "period": period(start, valid_to)},
    )
    return grant


@transaction.atomic
def revoke_role(grant: RoleGrant, *, by: Actor, at: datetime) -> RoleGrant:
    """Takes a duty; it has no effect from the next request on."""
    grant = RoleGrant.objects.select_for_update().get(pk=grant.pk)
    affair = Affair(agency_id=grant.agency_id, role=Role(grant.role), person_id=grant.user_id)
    authorise(by, REVOKE_ROLE, affair, at=at)
    if grant.revoked_at is not None:
        raise AccountRefusedError("该角色已经收回")
    grant.revoked_at, grant.revoked_by = at, by.name
    grant.save(update_fields=["revoked_at", "revoked_by"])
    record(
        "accounts.role_revoked",
        by=by,
        at=at,
        subject=subject_of(grant.user),
        agency_code=grant.agency.code,
        facts={"agency": grant.agency.name, "role": Role(grant.role).label},
    )
    return grant


@transaction.atomic
def appoint_administrator(
    user: User, *, by: Actor, at: datetime, role: AdministratorRole
) -> AdministratorGrant:
    """Makes a person one of the three administrators; nobody is two, none holds other duties."""
    user = locked(user)
    authorise_about(by, APPOINT, user, at=at)
    if not user.is_active:
        raise AccountRefusedError(f"{user.display_name}的账户已停用")
    held = AdministratorGrant.objects.filter(user=user, revoked_at__isnull=True).first()
    if held is not None:
        raise AccountRefusedError(f"{user.display_name}已是{held.get_role_display()}，三员不得兼任")
    if RoleGrant.objects.filter(user=user, revoked_at__isnull=True).exists():
        raise AccountRefusedError(f"{user.display_name}在机关担任角色，不得兼任安装管理员")
    grant = AdministratorGrant(
        user=user, role=role, granted_at=at, granted_by_id=by.id, granted_by_name=by.name
    )
    grant.save(force_insert=True)
    record(
        "accounts.administrator_appointed",
        by=by,
        at=at,
        subject=subject_of(user),
        facts={"role": AdministratorRole(role).label},
    )
    return grant


@transaction.atomic
def dismiss_administrator(
    grant: AdministratorGrant, *, by: Actor, at: datetime
) -> AdministratorGrant:
    """Ends an appointment; the last system or security administrator stays."""
    grant = AdministratorGrant.objects.select_for_update().get(pk=grant.pk)
    authorise_about(by, APPOINT, grant.user, at=at)
    if grant.revoked_at is not None:
        raise AccountRefusedError("该任命已经免去")
    refuse_the_last_administrator(grant.user)
    grant.revoked_at, grant.revoked_by = at, by.name
    grant.save(update_fields=["revoked_at", "revoked_by"])
    record(
        "accounts.administrator_dismissed",
        by=by,
        at=at,
        subject=subject_of(grant.user),
        facts={"role": grant.get_role_display()},
    )
    return grant


def period(start: date, end: date | None) -> str:
    """自…起 or 自…至…, as the trail tells it."""
    return (
        f"自{start.isoformat()}起" if end is None else f"自{start.isoformat()}至{end.isoformat()}"
    )


def _refuse_grant(user: User, agency: Agency, role: Role, start: date, end: date | None) -> None:
    if not user.is_active:
        raise AccountRefusedError(f"{user.display_name}的账户已停用，不能授予角色")
    if end is not None and end < start:
        raise AccountRefusedError("截止日期早于起始日期")
    if AdministratorGrant.objects.filter(user=user, revoked_at__isnull=True).exists():
        raise AccountRefusedError(f"{user.display_name}是安装管理员，不得兼任机关角色")
    live = Q(valid_to__isnull=True) | Q(valid_to__gte=start)
    standing = RoleGrant.objects.filter(live, user=user, agency=agency, revoked_at__isnull=True)
    held = {Role(found) for found in standing.values_list("role", flat=True)}
    if role in held:
        raise AccountRefusedError(f"{user.display_name}已担任{agency.name}的{role.label}")
    if held and Role.AUDITOR in held | {role}:
        raise AccountRefusedError("审计员不得兼任同一机关的其他角色")
