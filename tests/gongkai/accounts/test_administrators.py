"""The three administrators (三员): apart from each other, from the duties, and never all gone."""

from __future__ import annotations

import pytest
from django.contrib.auth.base_user import BaseUserManager
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from gongkai.accounts import services
from gongkai.accounts.errors import AccountRefusedError, NotEntitledError
from gongkai.accounts.models import AdministratorGrant, RoleGrant, User
from gongkai.accounts.queries import actor_for, administrator_role_of, standing_of
from gongkai.accounts.roles import AdministratorRole, Role
from gongkai.guards.triggers import registered
from gongkai.trail.actors import SYSTEM
from gongkai.trail.models import Row
from tests.gongkai.accounts.conftest import Places
from tests.gongkai.accounts.people import LONG_AGO, administrator, clerk, opened, placed

THREE = list(AdministratorRole)
IDS = [role.value for role in THREE]


@pytest.mark.parametrize("first", THREE, ids=IDS)
@pytest.mark.parametrize("second", THREE, ids=IDS)
def test_nobody_is_two_of_the_three(
    db: None, first: AdministratorRole, second: AdministratorRole
) -> None:
    user = administrator("gao", first)
    with pytest.raises(AccountRefusedError, match="三员不得兼任"):
        services.appoint_administrator(user, by=SYSTEM, at=timezone.now(), role=second)
    with pytest.raises(IntegrityError), transaction.atomic():
        appointment(user, second).save(force_insert=True)
    assert administrator_role_of(user) is first


def appointment(user: User, role: AdministratorRole) -> AdministratorGrant:
    """An appointment past the verbs."""
    return AdministratorGrant(
        user=user, role=role, granted_at=timezone.now(), granted_by_id="x", granted_by_name="x"
    )


def duty(user: User, places: Places) -> RoleGrant:
    """A duty past the verbs."""
    return RoleGrant(
        user=user,
        agency=places.farming,
        role=Role.SIGNER,
        valid_from=LONG_AGO,
        granted_at=timezone.now(),
        granted_by_id="x",
        granted_by_name="x",
    )


def test_the_database_refuses_duties_of_an_administrator_and_only_by_its_triggers(
    places: Places,
) -> None:
    boss, worker = administrator("gao", AdministratorRole.SYSTEM), opened("wang")
    placed(worker, places.farming, Role.SIGNER)
    with pytest.raises(AccountRefusedError, match="不得兼任机关角色"):
        placed(boss, places.farming, Role.SIGNER)
    with pytest.raises(AccountRefusedError, match="不得兼任安装管理员"):
        services.appoint_administrator(
            worker, by=SYSTEM, at=timezone.now(), role=AdministratorRole.AUDIT
        )
    for row in (duty(boss, places), appointment(worker, AdministratorRole.AUDIT)):
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save(force_insert=True)


def test_the_triggers_against_combined_offices_are_on_the_list() -> None:
    names = {trigger.name for trigger in registered()}
    assert {
        "accounts_no_duty_of_administrators_insert",
        "accounts_no_duty_of_administrators_update",
        "accounts_no_administrator_on_duty_insert",
        "accounts_no_administrator_on_duty_update",
    } <= names


def test_a_dismissed_administrator_may_serve_again(places: Places) -> None:
    first = administrator("gao", AdministratorRole.SYSTEM)
    administrator("gao2", AdministratorRole.SYSTEM)
    services.dismiss_administrator(
        AdministratorGrant.objects.get(user=first), by=SYSTEM, at=timezone.now()
    )
    placed(first, places.farming, Role.SIGNER)
    assert administrator_role_of(first) is None


@pytest.mark.parametrize("role", THREE, ids=IDS)
def test_the_last_system_or_security_administrator_stays(db: None, role: AdministratorRole) -> None:
    user = administrator("gao", role)
    if role is AdministratorRole.AUDIT:
        services.disable_user(user, by=SYSTEM, at=timezone.now(), reason="岗位调整")
        return
    with pytest.raises(AccountRefusedError, match="唯一"):
        services.disable_user(user, by=SYSTEM, at=timezone.now(), reason="岗位调整")
    with pytest.raises(AccountRefusedError, match="唯一"):
        services.dismiss_administrator(
            AdministratorGrant.objects.get(), by=SYSTEM, at=timezone.now()
        )
    administrator("gao2", role)
    services.disable_user(user, by=SYSTEM, at=timezone.now(), reason="岗位调整")
    assert standing_of(User.objects.get(pk=user.pk), timezone.now()).administrator is None


@pytest.mark.parametrize("role", THREE, ids=IDS)
def test_only_the_security_administrator_appoints(db: None, role: AdministratorRole) -> None:
    actor, target = administrator("gao", role), opened("wang")

    def appoint() -> AdministratorGrant:
        return services.appoint_administrator(
            target, by=actor_for(actor), at=timezone.now(), role=AdministratorRole.AUDIT
        )

    if role is AdministratorRole.SECURITY:
        assert appoint().granted_by_name == "gao"
    else:
        with pytest.raises(NotEntitledError):
            appoint()


def test_an_agency_administrator_neither_disables_nor_resets_an_administrator(
    places: Places,
) -> None:
    keeper = clerk("keeper", places.farming, Role.AGENCY_ADMINISTRATOR)
    boss = administrator("gao", AdministratorRole.SYSTEM)
    administrator("gao2", AdministratorRole.SYSTEM)
    by, at = actor_for(keeper), timezone.now()
    with pytest.raises(NotEntitledError):
        services.disable_user(boss, by=by, at=at, reason="越权停用")
    with pytest.raises(NotEntitledError):
        services.reset_password(boss, by=by, at=at)
    with pytest.raises(NotEntitledError):
        services.reset_second_factor(boss, by=by, at=at, reason="越权重置")


def test_superusers_do_not_exist() -> None:
    fields = {field.name for field in User._meta.get_fields()}
    assert not fields & {"is_superuser", "is_staff", "user_permissions", "groups"}
    assert not hasattr(User.objects, "create_superuser")
    assert not hasattr(BaseUserManager, "create_superuser")


def test_the_first_two_administrators_are_made_once_with_passwords_of_one_use(db: None) -> None:
    first, second = services.bootstrap(at=timezone.now())
    assert (first.username, first.role) == ("sysadmin", AdministratorRole.SYSTEM)
    assert (second.username, second.role) == ("secadmin", AdministratorRole.SECURITY)
    for made in (first, second):
        user = User.objects.get(username=made.username)
        assert user.check_password(made.one_time_password)
        assert user.must_change_password
        assert administrator_role_of(user) is made.role
    assert first.one_time_password != second.one_time_password
    with pytest.raises(AccountRefusedError, match="不再初始化"):
        services.bootstrap(at=timezone.now())
    assert [row.event for row in Row.objects.order_by("sequence")] == [
        "accounts.user_created",
        "accounts.administrator_appointed",
    ] * 2
    # The password stands nowhere but in the answer.
    with connection.cursor() as cursor:
        cursor.execute("SELECT facts FROM trail_row")
        told = str(cursor.fetchall())
    assert first.one_time_password not in told
