"""Duties per agency: given, dated, taken; read from the database at every request."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from gongkai.accounts import services
from gongkai.accounts.errors import AccountRefusedError, NotEntitledError
from gongkai.accounts.models import RoleGrant
from gongkai.accounts.queries import actor_for, roles_of, standing_of
from gongkai.accounts.roles import AdministratorRole, Role
from gongkai.trail.actors import SYSTEM
from gongkai.trail.models import Row
from tests.gongkai.accounts.conftest import Places
from tests.gongkai.accounts.people import administrator, clerk, opened, placed, signed_in

SHANGHAI = ZoneInfo("Asia/Shanghai")


def moment(day: str, clock: str = "09:00") -> datetime:
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("at", "held"),
    [
        pytest.param(moment("2026-02-28", "23:59"), False, id="the evening before the first day"),
        pytest.param(moment("2026-03-01", "00:00"), True, id="from midnight of the first day"),
        pytest.param(moment("2026-03-31", "23:59"), True, id="to the last minute of the last day"),
        pytest.param(moment("2026-04-01", "00:00"), False, id="not on the day after"),
    ],
)
def test_a_duty_holds_on_its_first_and_last_day(places: Places, at: datetime, held: bool) -> None:
    user = opened("zhang.san")
    services.grant_role(
        user,
        by=SYSTEM,
        at=moment("2026-02-01"),
        agency=places.farming,
        role=Role.DRAFTER,
        valid_from=date(2026, 3, 1),
        valid_to=date(2026, 3, 31),
    )
    assert [one.role for one in roles_of(user, at)] == ([Role.DRAFTER] if held else [])


def test_a_revoked_duty_has_no_effect_on_the_next_request(places: Places) -> None:
    user = opened("zhang.san")
    (grant,) = placed(user, places.farming, Role.AGENCY_ADMINISTRATOR)
    browser = signed_in(user)
    assert browser.get("/office/people/").status_code == 200
    services.revoke_role(grant, by=SYSTEM, at=timezone.now())
    assert browser.get("/office/people/").status_code == 403


def test_a_duty_given_takes_effect_on_the_next_request(places: Places) -> None:
    user = opened("zhang.san")
    browser = signed_in(user)
    assert browser.get("/office/people/").status_code == 403
    placed(user, places.farming, Role.AGENCY_ADMINISTRATOR)
    assert browser.get("/office/people/").status_code == 200


def test_a_duty_of_one_agency_is_none_of_another(places: Places) -> None:
    standing = standing_of(clerk("zhang.san", places.farming, Role.SIGNER), timezone.now())
    assert standing.holds({Role.SIGNER}, places.farming.pk)
    assert not standing.holds({Role.SIGNER}, places.housing.pk)
    assert standing.agency_ids == {places.farming.pk}
    assert not standing.supervising


def test_a_duty_in_the_supervising_office_is_known_as_such(places: Places) -> None:
    user = clerk("zhang.san", places.office, Role.INSPECTOR)
    assert standing_of(user, timezone.now()).supervising


def test_giving_and_taking_are_told_in_the_chain_of_the_agency(places: Places) -> None:
    user = opened("zhang.san", "张某")
    (grant,) = placed(user, places.farming, Role.SIGNER)
    services.revoke_role(grant, by=SYSTEM, at=timezone.now())
    told = [
        row.sentence for row in Row.objects.filter(agency_code="nongye", event__startswith="acc")
    ]
    assert told == [
        "系统授予“张某”云溪县农业农村局的“签发人”角色，自2020-01-01起",
        "系统收回“张某”在云溪县农业农村局的“签发人”角色",
    ]


def test_the_same_duty_is_not_held_twice(places: Places) -> None:
    user = clerk("zhang.san", places.farming, Role.SIGNER)
    with pytest.raises(AccountRefusedError, match="已担任"):
        placed(user, places.farming, Role.SIGNER)
    grant = RoleGrant.objects.get()
    grant.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        grant.save(force_insert=True)


@pytest.mark.parametrize(
    "first", [Role.AUDITOR, Role.DRAFTER], ids=["auditor first", "auditor second"]
)
def test_an_auditor_holds_nothing_else_in_the_agency(places: Places, first: Role) -> None:
    second = Role.DRAFTER if first is Role.AUDITOR else Role.AUDITOR
    user = clerk("zhang.san", places.farming, first)
    with pytest.raises(AccountRefusedError, match="审计员不得兼任"):
        placed(user, places.farming, second)
    placed(user, places.housing, second)


def test_a_grant_that_ends_before_it_starts_is_refused(places: Places) -> None:
    user = opened("zhang.san")
    with pytest.raises(AccountRefusedError, match="早于"):
        services.grant_role(
            user,
            by=SYSTEM,
            at=timezone.now(),
            agency=places.farming,
            role=Role.SIGNER,
            valid_from=date(2026, 3, 2),
            valid_to=date(2026, 3, 1),
        )


def test_a_grant_cannot_be_rewritten_or_deleted(places: Places) -> None:
    clerk("zhang.san", places.farming, Role.SIGNER)
    for attack in (
        lambda: RoleGrant.objects.update(role=Role.SEAL_KEEPER),
        lambda: RoleGrant.objects.update(agency=places.housing),
        lambda: RoleGrant.objects.update(granted_by_name="别人"),
        lambda: RoleGrant.objects.all().delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            attack()


@pytest.mark.parametrize("role", list(Role), ids=[role.value for role in Role])
def test_an_agency_administrator_gives_business_duties_at_home_and_no_others(
    places: Places, role: Role
) -> None:
    keeper = clerk("keeper", places.farming, Role.AGENCY_ADMINISTRATOR)
    target, at = opened("target"), timezone.now()
    by = actor_for(keeper, places.farming)
    with pytest.raises(NotEntitledError):
        services.grant_role(target, by=by, at=at, agency=places.housing, role=role)
    if role in {Role.AGENCY_ADMINISTRATOR, Role.AUDITOR}:
        with pytest.raises(NotEntitledError):
            services.grant_role(target, by=by, at=at, agency=places.farming, role=role)
    else:
        grant = services.grant_role(target, by=by, at=at, agency=places.farming, role=role)
        assert grant.granted_by_name == "keeper"


def test_nobody_gives_himself_a_duty(places: Places) -> None:
    keeper = clerk("keeper", places.farming, Role.AGENCY_ADMINISTRATOR)
    with pytest.raises(NotEntitledError):
        services.grant_role(
            keeper,
            by=actor_for(keeper),
            at=timezone.now(),
            agency=places.farming,
            role=Role.SIGNER,
        )


@pytest.mark.parametrize("role", [AdministratorRole.SYSTEM, AdministratorRole.AUDIT])
def test_of_the_three_only_the_security_administrator_gives_duties(
    places: Places, role: AdministratorRole
) -> None:
    other, security = administrator("other", role), administrator("sec", AdministratorRole.SECURITY)
    target, at = opened("target"), timezone.now()
    with pytest.raises(NotEntitledError):
        services.grant_role(
            target, by=actor_for(other), at=at, agency=places.farming, role=Role.SIGNER
        )
    services.grant_role(
        target,
        by=actor_for(security),
        at=at,
        agency=places.farming,
        role=Role.AGENCY_ADMINISTRATOR,
    )


def test_an_actor_who_is_nobody_may_nothing(places: Places) -> None:
    keeper = clerk("keeper", places.farming, Role.AGENCY_ADMINISTRATOR)
    services.disable_user(keeper, by=SYSTEM, at=timezone.now(), reason="已调离本局")
    target = opened("target")
    with pytest.raises(NotEntitledError):
        services.grant_role(
            target,
            by=actor_for(keeper),
            at=timezone.now() + timedelta(seconds=1),
            agency=places.farming,
            role=Role.SIGNER,
        )
