"""A fictional county and its people, made through the verbs, and clients that are signed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from django.test import Client
from django.utils import timezone

from gongkai.accounts import services
from gongkai.accounts.models import User
from gongkai.accounts.roles import AdministratorRole, Role
from gongkai.agencies.models import Agency
from gongkai.agencies.services.founding import found_county
from gongkai.trail.actors import SYSTEM

AT = datetime(2026, 3, 12, 1, 0, tzinfo=UTC)
SIGN_IN_WITH = "Yunxi-2026-spring!"


@dataclass(frozen=True, slots=True)
class Staff:
    """The county's bodies and one person for each part that the office plays."""

    office: Agency
    bureau: Agency
    system: User
    security: User
    audit: User
    officer: User
    keeper: User
    clerk: User
    auditor: User
    idle: User


def staffed_county(at: datetime | None = None) -> Staff:
    """The demonstration county with ten people; password SIGN_IN_WITH, no second factor yet."""
    at = at or timezone.now()
    county = found_county(by=SYSTEM, at=at, demonstration=True)
    bureau = county.others[0]

    def person(username: str, name: str) -> User:
        made = services.create_user(by=SYSTEM, at=at, username=username, display_name=name)
        return services.change_password(made.user, SIGN_IN_WITH, by=SYSTEM, at=at)

    def holder(username: str, name: str, agency: Agency, role: Role) -> User:
        user = person(username, name)
        services.grant_role(user, by=SYSTEM, at=at, agency=agency, role=role)
        return user

    def administrator(username: str, name: str, role: AdministratorRole) -> User:
        user = person(username, name)
        services.appoint_administrator(user, by=SYSTEM, at=at, role=role)
        return user

    return Staff(
        office=county.office,
        bureau=bureau,
        system=administrator("system", "赵系统", AdministratorRole.SYSTEM),
        security=administrator("security", "钱安全", AdministratorRole.SECURITY),
        audit=administrator("audit", "孙审计", AdministratorRole.AUDIT),
        officer=holder("officer", "周科员", county.office, Role.DISCLOSURE_OFFICER),
        keeper=holder("keeper", "吴股长", bureau, Role.AGENCY_ADMINISTRATOR),
        clerk=holder("clerk", "郑承办", bureau, Role.CASE_HANDLER),
        auditor=holder("auditor", "王审计", bureau, Role.AUDITOR),
        idle=person("idle", "冯新来"),
    )


def signed_in(user: User) -> Client:
    """A client of this person, as after sign-in with every factor."""
    client = Client()
    client.force_login(user, backend="gongkai.accounts.adapters.StaffBackend")
    return client
