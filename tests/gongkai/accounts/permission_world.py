"""The county of the permission table: a person for every column, a thing for every address."""

from __future__ import annotations

import importlib
import io
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from allauth.socialaccount.models import SocialAccount
from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from reportlab.pdfgen.canvas import Canvas

from gongkai.accounts import services
from gongkai.accounts.models import AdministratorGrant, Cover, RoleGrant, User
from gongkai.accounts.policies import Affair
from gongkai.accounts.queries import actor_for
from gongkai.accounts.roles import AdministratorRole, Role
from gongkai.agencies.models import Agency
from gongkai.calendars.models import HolidayNotice
from gongkai.calendars.services import enter_notice
from gongkai.files.models import StoredFile
from gongkai.files.services import strip, take_in
from gongkai.jobs.models import OutboxRow
from gongkai.jobs.services import enqueue
from gongkai.office.desks import desk_of
from gongkai.trail.actors import SYSTEM, Actor
from gongkai.vault.services.masters import ensure_master_key
from statute.calendars import Notice
from statute.calendars.notices import SpecialDay
from tests.gongkai.accounts import things
from tests.gongkai.accounts.conftest import Places
from tests.gongkai.accounts.people import opened, placed
from tests.gongkai.accounts.permission_table import PERSONS, Person


def _letter() -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.drawString(72, 700, "a line")
    canvas.save()
    return out.getvalue()


_LETTER = _letter()


@dataclass
class World:
    """Everybody and everything that the table speaks of. The thing of every address belongs to
    the farming department; "own" serves it, "other" serves housing."""

    places: Places
    people: dict[Person, User]
    target: User
    left: User
    unplaced: User
    both: User
    grant: RoleGrant
    control: RoleGrant
    cover: Cover
    appointment: AdministratorGrant
    identity: SocialAccount
    notice: HolidayNotice
    job: OutboxRow
    file: StoredFile
    outgoing: StoredFile
    at: datetime
    own_grants: dict[Person, RoleGrant] = field(default_factory=dict)
    own_covers: dict[Person, Cover] = field(default_factory=dict)
    own_notices: dict[Person, HolidayNotice] = field(default_factory=dict)
    own_identities: dict[Person, SocialAccount] = field(default_factory=dict)
    # Values of the addresses of the other rooms, by route.
    elsewhere: dict[str, dict[str, object]] = field(default_factory=dict)


def agency_of(places: Places, relation: str) -> Agency:
    """Where the role of a column is held."""
    return {"own": places.farming, "other": places.housing, "supervising": places.office}[relation]


def everybody(places: Places) -> dict[Person, User]:
    """A person for every column."""
    people: dict[Person, User] = {}
    for number, person in enumerate(PERSONS):
        user = people[person] = opened(f"p{number}.{person.relation[:3]}")
        if person.relation == "installation":
            services.appoint_administrator(
                user, by=SYSTEM, at=timezone.now(), role=AdministratorRole(person.role)
            )
        elif person.role:
            placed(user, agency_of(places, person.relation), Role(person.role))
    return people


@transaction.atomic
def world(places: Places) -> World:
    """Makes it all, through the verbs."""
    at = timezone.now()
    target, colleague, left, both = (opened(name) for name in ("target", "mate", "left", "both"))
    (grant,) = placed(target, places.farming, Role.DRAFTER)
    placed(colleague, places.farming, Role.DRAFTER)
    (gone,) = placed(left, places.farming, Role.DRAFTER)
    services.revoke_role(gone, by=SYSTEM, at=at)
    placed(both, places.farming, Role.DRAFTER)
    placed(both, places.housing, Role.DRAFTER)
    (control,) = placed(opened("keeper2"), places.farming, Role.AGENCY_ADMINISTRATOR)
    boss = opened("boss")
    appointment = services.appoint_administrator(
        boss, by=SYSTEM, at=at, role=AdministratorRole.AUDIT
    )
    made = World(
        places,
        everybody(places),
        target,
        left,
        opened("fresh"),
        both,
        grant,
        control,
        covered(target, colleague, places.farming, at),
        appointment,
        tied(target, at),
        noticed(SYSTEM, at, 0),
        enqueue("trail.take_head", arguments={}, at=at),
        *filed(places, at),
        at,
    )
    for number, (person, user) in enumerate(made.people.items(), start=1):
        made.own_notices[person] = noticed(actor_for(user), at, number)
        made.own_identities[person] = tied(user, at)
        if person.relation in {"own", "other", "supervising"}:
            made.own_grants[person] = RoleGrant.objects.get(user=user)
            agency = agency_of(places, person.relation)
            mate = opened(f"mate{number}")
            placed(mate, agency, Role.DRAFTER)
            made.own_covers[person] = covered(user, mate, agency, at)
    for room in rooms():
        made.elsewhere |= room(places, at)
    return made


def rooms() -> list[Callable[[Places, datetime], dict[str, dict[str, object]]]]:
    """The modules of tests.gongkai.accounts.things."""
    names = sorted(one.name for one in pkgutil.iter_modules(things.__path__))
    return [importlib.import_module(f"{things.__name__}.{name}").addresses for name in names]


def filed(places: Places, at: datetime) -> tuple[StoredFile, StoredFile]:
    """A letter on the farming department's desk, and what was made from it to go out."""
    ensure_master_key(by=SYSTEM, at=at)
    code = places.farming.code
    stream, owner = io.BytesIO(_LETTER), desk_of(places.farming)
    file = take_in(stream, name="答复.pdf", owner=owner, agency_code=code, by=SYSTEM, at=at)
    return file, strip(file, by=SYSTEM, at=at)


def covered(absent: User, mate: User, agency: Agency, at: datetime) -> Cover:
    """A cover that begins tomorrow, so that it lends nobody a duty today."""
    day = timezone.localdate(at) + timedelta(days=1)
    return services.set_cover(
        absent, mate, by=SYSTEM, at=at, agency=agency, starts_on=day, ends_on=day, reason="出差"
    )


def tied(user: User, at: datetime) -> SocialAccount:
    """An identity of the provider that opens a person's account."""
    services.link_identity(user, by=SYSTEM, at=at, provider="main", uid=f"sub-{user.pk}")
    return SocialAccount.objects.get(user=user)


def noticed(by: Actor, at: datetime, number: int) -> HolidayNotice:
    """A local notice that somebody entered."""
    region = f"3399{number:02}"
    notice = Notice(
        year=2026,
        number=f"云溪办〔2026〕{number + 1}号",
        issued_on=date(2025, 11, 1),
        days=(SpecialDay(date(2026, 3, 3), working=False, name="地方节日"),),
        region=region,
    )
    return enter_notice(notice, by=by, at=at)


def affair(world: World, variant: str, person: Person) -> Affair:
    """What a verb without an address is about."""
    role = Role.AUDITOR if variant == "control" else Role.SIGNER
    subject = world.people[person] if variant == "self" else world.target
    return Affair(agency_id=world.places.farming.pk, role=role, person_id=subject.pk)


def address_of(world: World, route: str, variant: str, person: Person) -> dict[str, object] | None:
    """The values in an address; None where this person has no such thing of his own."""
    name = route.removeprefix("office:")
    if name in world.elsewhere:
        return world.elsewhere[name]
    if name.startswith("agency") and name != "agency_create":
        return {"code": world.places.farming.code}
    if name in ABOUT_PERSONS:
        return {"pk": _user(world, variant, person).pk}
    if name.startswith(("file", "redaction")) and name != "files":
        return about_a_file(world, name)
    things: dict[str, tuple[str, Model | None]] = {
        "duty_revoke": ("grant_id", _grant(world, variant, person)),
        "cover_cancel": (
            "cover_id",
            world.own_covers.get(person) if variant == "self" else world.cover,
        ),
        "dismiss": ("appointment", world.appointment),
        "identity_untie": (
            "identity",
            world.own_identities[person] if variant == "self" else world.identity,
        ),
        "job_retry": ("row", world.job),
        **dict.fromkeys(
            ("notice", "notice_confirm", "notice_withdraw"),
            ("pk", world.own_notices[person] if variant == "self" else world.notice),
        ),
    }
    if name not in things:
        return {}
    value, thing = things[name]
    return None if thing is None else {value: thing.pk}


def about_a_file(world: World, name: str) -> dict[str, object]:
    """The file on the farming department's desk; what goes out is the one made from it."""
    if name == "files:download":
        return {"file_id": world.outgoing.pk}
    if name == "files:original":
        return {"file_id": world.file.pk}
    return {"pk": world.file.pk, **({"page": 1} if name == "redaction_page" else {})}


def _grant(world: World, variant: str, person: Person) -> RoleGrant | None:
    if variant == "self":
        return world.own_grants.get(person)
    return world.control if variant == "control" else world.grant


def _user(world: World, variant: str, person: Person) -> User:
    if variant == "self":
        return world.people[person]
    return {
        "": world.target,
        "left": world.left,
        "unplaced": world.unplaced,
        "both": world.both,
    }[variant]


ABOUT_PERSONS = {
    "person",
    "person_rename",
    "duty_grant",
    "cover_set",
    "person_switch",
    "password_reset",
    "factor_reset",
    "appoint",
    "identity_tie",
}
