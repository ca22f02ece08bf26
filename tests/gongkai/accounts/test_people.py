"""Accounts: opened with a one-time password, named, disabled; nothing is deleted."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction
from django.utils import timezone

from gongkai.accounts import services
from gongkai.accounts.errors import AccountRefusedError, NotEntitledError
from gongkai.accounts.models import User
from gongkai.accounts.one_time import one_time_password
from gongkai.accounts.queries import actor_for, affair_of, people_visible_to, standing_of
from gongkai.accounts.roles import AdministratorRole, Role
from gongkai.trail.actors import SYSTEM
from gongkai.trail.models import Row
from tests.gongkai.accounts.conftest import Places
from tests.gongkai.accounts.people import administrator, clerk, opened, placed, signed_in


def last_sentence() -> str:
    row = Row.objects.order_by("pk").last()
    assert row is not None
    return row.sentence


def test_a_new_account_must_change_its_password(db: None) -> None:
    made = services.create_user(
        by=SYSTEM, at=timezone.now(), username=" Zhang.San ", display_name=" 张  三 "
    )
    assert (made.user.username, made.user.display_name) == ("zhang.san", "张 三")
    assert made.user.must_change_password
    assert made.user.check_password(made.one_time_password)
    assert last_sentence() == "系统为“张 三”开立账户，登录名zhang.san"


@pytest.mark.parametrize(
    "username",
    ["", "ab", "1abc", "张三", "a b c", "a" * 33, "ab<script>"],
    ids=["empty", "short", "digit first", "Chinese", "blanks", "long", "markup"],
)
def test_a_malformed_login_name_is_refused(db: None, username: str) -> None:
    with pytest.raises(AccountRefusedError):
        services.create_user(by=SYSTEM, at=timezone.now(), username=username, display_name="张三")
    assert not User.objects.exists()


def test_a_login_name_is_taken_once_whatever_its_case(db: None) -> None:
    opened("zhang.san")
    with pytest.raises(AccountRefusedError, match="已被使用"):
        services.create_user(
            by=SYSTEM, at=timezone.now(), username="ZHANG.SAN", display_name="另一人"
        )


def test_a_blank_name_or_reason_is_refused(db: None) -> None:
    with pytest.raises(AccountRefusedError, match="姓名不能为空"):
        services.create_user(by=SYSTEM, at=timezone.now(), username="abc", display_name="  ")
    with pytest.raises(AccountRefusedError, match="停用理由不能为空"):
        services.disable_user(opened("abc"), by=SYSTEM, at=timezone.now(), reason=" ")


def test_one_time_passwords_are_long_mixed_and_never_the_same() -> None:
    made = {one_time_password() for _ in range(200)}
    assert len(made) == 200
    for password in made:
        assert len(password) == 16
        for kind in ("[A-Z]", "[a-z]", "[0-9]", "[^A-Za-z0-9]"):
            assert re.search(kind, password)


def test_a_disabled_person_is_out_at_the_next_request_and_can_come_back(places: Places) -> None:
    user = clerk("zhang.san", places.farming, Role.AGENCY_ADMINISTRATOR)
    browser = signed_in(user)
    assert browser.get("/office/people/").status_code == 200
    services.disable_user(user, by=SYSTEM, at=timezone.now(), reason="调离本局")
    answer = browser.get("/office/people/")
    assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, "/accounts/login/")
    assert last_sentence() == "系统停用“zhang.san”的账户，理由：调离本局"
    services.enable_user(user, by=SYSTEM, at=timezone.now(), reason="调回本局")
    # The old session stays dead; only signing in again helps.
    assert browser.get("/office/people/").status_code == 302
    user = User.objects.get(pk=user.pk)
    assert signed_in(user).get("/office/people/").status_code == 200


def test_ending_sessions_signs_out_everywhere(places: Places) -> None:
    user = clerk("zhang.san", places.farming, Role.AGENCY_ADMINISTRATOR)
    browsers = [signed_in(user), signed_in(user)]
    services.end_sessions(user, by=SYSTEM, at=timezone.now())
    assert [browser.get("/office/people/").status_code for browser in browsers] == [302, 302]


def test_states_that_do_not_fit_are_refused(db: None) -> None:
    user, at = opened("zhang.san"), timezone.now()
    with pytest.raises(AccountRefusedError, match="本来就是启用"):
        services.enable_user(user, by=SYSTEM, at=at, reason="误操作")
    services.disable_user(user, by=SYSTEM, at=at, reason="调离本局")
    with pytest.raises(AccountRefusedError, match="已经停用"):
        services.disable_user(user, by=SYSTEM, at=at, reason="调离本局")
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=user.pk).update(is_active=True)


def test_an_account_is_never_deleted(db: None) -> None:
    user = opened("zhang.san")
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=user.pk)._raw_delete("default")
    assert User.objects.filter(pk=user.pk).exists()


def test_a_name_is_corrected_and_the_trail_keeps_the_old_one(db: None) -> None:
    user = opened("zhang.san", "张三")
    services.rename_user(user, by=SYSTEM, at=timezone.now(), display_name="张叁")
    assert last_sentence() == "系统将用户“张三”改名为“张叁”"


def test_resets_are_told_and_end_sessions(places: Places) -> None:
    user = clerk("zhang.san", places.farming, Role.AGENCY_ADMINISTRATOR)
    browser = signed_in(user)
    password = services.reset_password(user, by=SYSTEM, at=timezone.now())
    assert browser.get("/office/people/").status_code == 302
    assert User.objects.get(pk=user.pk).check_password(password)
    assert last_sentence() == "系统为“zhang.san”重置口令"
    services.reset_second_factor(user, by=SYSTEM, at=timezone.now(), reason="手机遗失")
    assert not Authenticator.objects.filter(user=user).exists()
    assert last_sentence() == "系统重置“zhang.san”的第二重验证，理由：手机遗失"


def test_nobody_resets_or_disables_himself(places: Places) -> None:
    security = administrator("sec", AdministratorRole.SECURITY)
    administrator("sec2", AdministratorRole.SECURITY)
    by, at = actor_for(security), timezone.now()
    with pytest.raises(NotEntitledError):
        services.reset_second_factor(security, by=by, at=at, reason="自行重置")
    with pytest.raises(NotEntitledError):
        services.disable_user(security, by=by, at=at, reason="自行停用")


def test_a_keeper_of_one_agency_has_no_power_over_who_serves_another_too(places: Places) -> None:
    keeper = clerk("keeper", places.farming, Role.AGENCY_ADMINISTRATOR)
    both = clerk("both", places.farming, Role.DRAFTER)
    by, at = actor_for(keeper), timezone.now()
    services.reset_password(both, by=by, at=at)
    placed(both, places.housing, Role.DRAFTER)
    with pytest.raises(NotEntitledError):
        services.reset_password(both, by=by, at=at)


def test_a_keeper_opens_an_account_gives_its_first_duty_and_can_disable_and_enable(
    places: Places,
) -> None:
    keeper = clerk("keeper", places.farming, Role.AGENCY_ADMINISTRATOR)
    by, at = actor_for(keeper, places.farming), timezone.now()
    made = services.create_user(by=by, at=at, username="xin.ren", display_name="新人")
    assert affair_of(made.user, at).unplaced
    services.grant_role(made.user, by=by, at=at, agency=places.farming, role=Role.DRAFTER)
    services.disable_user(made.user, by=by, at=at, reason="试用结束")
    services.enable_user(made.user, by=by, at=at, reason="续用")


def test_a_person_without_the_duty_opens_no_account(places: Places) -> None:
    by = actor_for(clerk("zhang.san", places.farming, Role.DRAFTER))
    with pytest.raises(NotEntitledError):
        services.create_user(by=by, at=timezone.now(), username="xin.ren", display_name="新人")


def test_who_sees_whom(places: Places) -> None:
    keeper = clerk("keeper", places.farming, Role.AGENCY_ADMINISTRATOR)
    clerk("mine", places.farming, Role.DRAFTER)
    theirs = clerk("theirs", places.housing, Role.DRAFTER)
    administrator("gao", AdministratorRole.SYSTEM)
    opened("fresh")
    at = timezone.now()

    def seen(user: User) -> set[str]:
        visible = people_visible_to(standing_of(user, at))
        return set(visible.values_list("username", flat=True))

    assert seen(keeper) == {"keeper", "mine", "fresh"}
    assert seen(theirs) == {"theirs"}
    assert seen(User.objects.get(username="gao")) == {"keeper", "mine", "theirs", "gao", "fresh"}
