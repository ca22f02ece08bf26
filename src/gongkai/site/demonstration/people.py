"""The bodies of the county and their people, with the duties in which they act."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import count

from django.utils.timezone import localdate

from gongkai.accounts.models import User
from gongkai.accounts.queries import actor_for
from gongkai.accounts.roles import AdministratorRole, Role
from gongkai.accounts.services import appoint_administrator, create_user, grant_role
from gongkai.agencies.models import Agency, AgencyKind
from gongkai.agencies.profiles import PROFILE_FIELDS, Profile
from gongkai.agencies.services import Charter, amend_agency, create_agency, open_series
from gongkai.disclosure.numbering import REG_SERIES, reg_template
from gongkai.disclosure.services.reviewing import set_rule
from gongkai.site.demonstration.content import read
from gongkai.site.demonstration.days import founded
from gongkai.trail.actors import SYSTEM, Actor
from statute.register_numbers import RegLevel

# Both are one house: who serves the government's office acts for the government too.
HOUSE = ("gov-office", "gov")
# In a small body one person takes two steps, never secrecy and final review together.
_MERGED = [["section", "secrecy"], ["disclosure", "final"]]


@dataclass(frozen=True, slots=True)
class Desk:
    """A body with the people that hold its duties."""

    agency: Agency
    holders: dict[Role, User]

    def by(self, role: Role) -> Actor:
        """Whoever holds a duty, as the trail names him in this body."""
        return actor_for(self.holders[role], self.agency)


@dataclass(frozen=True, slots=True)
class _Administrators:
    """Who opens accounts and who gives duties."""

    system: Actor
    security: Actor


def found_bodies() -> None:
    """The bodies beside those that setup founds."""
    county = Agency.objects.get(code="gov")
    names = read("county")
    for code, name, kind, letters in names["bodies"]:
        create_agency(
            by=SYSTEM,
            at=founded(),
            code=code,
            name=f"{county.short_name}{name}",
            kind=AgencyKind(kind),
            parent=county,
            charter=Charter(
                demonstration=True,
                profile=Profile(letter_code=f"{county.short_name[:1]}{letters}"),
            ),
        )


def staffed(at: datetime) -> dict[str, Desk]:
    """Everybody appointed, by the code of the body."""
    above = _administrators(at)
    desks = dict(_house(above, at))
    names = _names()
    without = {*HOUSE, *read("county")["without_staff"]}
    for body in Agency.objects.exclude(code__in=without).order_by("code"):
        desks[body.code] = _staff_of(body, names, above, at)
    return desks


def open_unified_numbers(desk: Desk, at: datetime) -> None:
    """统一编号 of a body's normative documents from a day on; what came before has none
    (`zhejiang_normative#县级统一编号`)."""
    agency, by = desk.agency, desk.by(Role.DISCLOSURE_OFFICER)
    said = read("county")["unified_numbers"]
    known = Profile(**{name: getattr(agency, name) for name in PROFILE_FIELDS})
    profile = replace(known, department_code=said["department"])
    agency = amend_agency(agency, by=by, at=at, profile=profile)
    template = reg_template(RegLevel.COUNTY, city=said["city"], county=said["county"])
    year = localdate(at).year
    open_series(REG_SERIES, agency=agency, year=year, by=by, at=at, template=template)


def _administrators(at: datetime) -> _Administrators:
    made = {}
    for one in read("county")["administrators"]:
        user = create_user(
            by=SYSTEM, at=at, username=one["username"], display_name=one["name"]
        ).user
        role = AdministratorRole(one["role"])
        appoint_administrator(user, by=SYSTEM, at=at, role=role)
        made[role] = actor_for(user)
    return _Administrators(made[AdministratorRole.SYSTEM], made[AdministratorRole.SECURITY])


def _house(above: _Administrators, at: datetime) -> Iterator[tuple[str, Desk]]:
    """The government and its office: a person for each duty, and some more beside them."""
    bodies = [Agency.objects.get(code=code) for code in HOUSE]
    holders: dict[Role, User] = {}
    for one in (*read("county")["logins"], *read("county")["colleagues"]):
        role = Role(one["role"])
        user = _person(one["username"], one["name"], [role], bodies, above, at)
        holders.setdefault(role, user)
    for body in bodies:
        yield body.code, Desk(body, holders)


def _staff_of(body: Agency, names: Iterator[str], above: _Administrators, at: datetime) -> Desk:
    holders: dict[Role, User] = {}
    for post in read("county")["staff"]:
        roles = [Role(one) for one in post["roles"]]
        username = f"{body.code}-{post['post']}"
        user = _person(username, next(names), roles, [body], above, at)
        holders |= dict.fromkeys(roles, user)
    desk = Desk(body, holders)
    by = desk.by(Role.DISCLOSURE_OFFICER)
    set_rule(body, merged=_MERGED, days_each=2, by=by, at=at)
    return desk


def _person(
    username: str, name: str, roles: list[Role], bodies: list[Agency], above: _Administrators,
    at: datetime,
) -> User:  # fmt: skip
    user = create_user(by=above.system, at=at, username=username, display_name=name).user
    for body in bodies:
        for role in roles:
            grant_role(user, by=above.security, at=at, agency=body, role=role)
    return user


def _names() -> Iterator[str]:
    """Names of people who do not exist, no two in a body with the same given name."""
    words = read("county")
    surnames, given = words["surnames"], words["given"]
    for number in count():
        yield surnames[number % len(surnames)] + given[number * 7 % len(given)]
