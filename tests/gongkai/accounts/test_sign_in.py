"""Signing in through the pages: password, code, lock-out, and what is closed."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from gongkai.accounts import services
from gongkai.accounts.models import User
from gongkai.accounts.queries import actor_for
from gongkai.trail.actors import SYSTEM
from gongkai.trail.models import Row
from tests.gongkai.accounts.people import PASSWORD

pytestmark = pytest.mark.usefixtures("keys")
LOGIN, CODE = "/accounts/login/", "/accounts/2fa/authenticate/"


@pytest.fixture(autouse=True)
def _noon() -> Iterator[None]:
    """Codes change every half minute; here time stands still unless a test moves it."""
    with time_machine.travel("2026-03-02T04:00:05Z", tick=False):
        yield


class Person:
    """An account with a real second factor."""

    def __init__(self, username: str) -> None:
        at = timezone.now()
        made = services.create_user(by=SYSTEM, at=at, username=username, display_name=username)
        self.user = made.user
        services.change_password(self.user, PASSWORD, by=actor_for(self.user), at=at)
        self.secret = generate_totp_secret()
        TOTP.activate(self.user, self.secret)
        self.recovery = RecoveryCodes.activate(self.user)

    def code(self) -> str:
        return str(format_hotp_value(hotp_value(self.secret, int(time.time()) // 30)))

    def wrong_code(self) -> str:
        return f"{(int(self.code()) + 1) % 1000000:06}"


def password(browser: Client, username: str, given: str = PASSWORD) -> int:
    return browser.post(LOGIN, {"login": username, "password": given}).status_code


def code(browser: Client, given: str) -> int:
    return browser.post(CODE, {"code": given}).status_code


def is_in(browser: Client) -> bool:
    return browser.get("/office/").status_code == 200


def test_password_and_code_sign_in_and_the_session_key_changes() -> None:
    person, browser = Person("zhang.san"), Client()
    browser.get(LOGIN)
    browser.session["planted"] = "1"
    before = browser.session.session_key
    assert password(browser, "zhang.san") == 302
    assert not is_in(browser)
    assert code(browser, person.code()) == 302
    assert is_in(browser)
    assert browser.session.session_key != before
    last = Row.objects.filter(event__startswith="accounts.").order_by("pk").last()
    assert last is not None
    assert last.sentence == "zhang.san登录"


@pytest.mark.parametrize("given", ["wrong", "", "0" * 6, "１２３４５６"])
def test_a_wrong_code_does_not_sign_in(given: str) -> None:
    person, browser = Person("zhang.san"), Client()
    password(browser, "zhang.san")
    assert code(browser, given if given != person.code() else "x") == 200
    assert not is_in(browser)


def test_a_code_counts_once_even_where_the_cache_forgot_it() -> None:
    person, first, second = Person("zhang.san"), Client(), Client()
    used = person.code()
    password(first, "zhang.san")
    assert code(first, used) == 302
    cache.clear()
    password(second, "zhang.san")
    assert code(second, used) == 200
    assert not is_in(second)


def test_a_recovery_code_signs_in_once() -> None:
    person = Person("zhang.san")
    spare = person.recovery.get_unused_codes()[0]
    first, second = Client(), Client()
    password(first, "zhang.san")
    assert code(first, spare) == 302
    password(second, "zhang.san")
    assert code(second, spare) == 200


def test_the_secret_of_a_second_factor_is_ciphertext_in_the_database() -> None:
    person = Person("zhang.san")
    stored = [str(row.data) for row in Authenticator.objects.all()]
    assert len(stored) == 2
    assert not [text for text in stored if person.secret in text]
    seed = person.recovery.instance.data["seed"]
    assert len(seed) > 80
    assert len(person.recovery.get_unused_codes()) == 10


def test_five_wrong_passwords_lock_the_name_for_fifteen_minutes() -> None:
    person = Person("zhang.san")
    answers = [password(Client(), "zhang.san", "wrong") for _ in range(5)]
    assert answers == [200, 200, 200, 200, 429]
    assert password(Client(), "zhang.san") == 429
    told = Row.objects.filter(event="accounts.locked")
    assert [row.sentence for row in told] == ["系统因多次登录失败锁定登录名“zhang.san”"]
    with time_machine.travel("2026-03-02T04:15:06Z", tick=False):
        browser = Client()
        assert password(browser, "zhang.san") == 302
        assert code(browser, person.code()) == 302


def test_the_lock_knows_no_upper_case_and_no_address() -> None:
    Person("zhang.san")
    names = ["zhang.san", "ZHANG.SAN", "Zhang.San", " zhang.san", "zhang.saN"]
    answers = [
        Client(REMOTE_ADDR=f"10.0.0.{place}")
        .post(LOGIN, {"login": name, "password": "wrong"})
        .status_code
        for place, name in enumerate(names)
    ]
    assert answers[-1] == 429


def test_an_unknown_name_is_locked_alike_and_not_told() -> None:
    answers = [password(Client(), "no.such.name", "wrong") for _ in range(5)]
    assert answers == [200, 200, 200, 200, 429]
    assert not Row.objects.filter(event="accounts.locked").exists()


def test_wrong_codes_lock_and_then_the_right_one_is_refused() -> None:
    person, browser = Person("zhang.san"), Client()
    password(browser, "zhang.san")
    answers = [code(browser, person.wrong_code()) for _ in range(5)]
    assert answers == [200, 200, 200, 200, 429]
    code(browser, person.code())
    assert not is_in(browser)


def test_an_administrator_unlocks() -> None:
    person = Person("zhang.san")
    for _ in range(5):
        password(Client(), "zhang.san", "wrong")
    services.unlock(person.user, by=SYSTEM, at=timezone.now())
    assert password(Client(), "zhang.san") == 302


def test_a_disabled_account_looks_like_a_wrong_password() -> None:
    person = Person("zhang.san")
    services.disable_user(person.user, by=SYSTEM, at=timezone.now(), reason="调离本局")
    wrong = Client().post(LOGIN, {"login": "no.such.name", "password": PASSWORD})
    disabled = Client().post(LOGIN, {"login": "zhang.san", "password": PASSWORD})
    assert (disabled.status_code, wrong.status_code) == (200, 200)
    assert disabled.context["form"].errors == wrong.context["form"].errors


def test_the_first_sign_in_leads_to_an_own_password_and_then_to_a_second_factor() -> None:
    made = services.create_user(
        by=SYSTEM, at=timezone.now(), username="xin.ren", display_name="新人"
    )
    browser = Client()
    assert password(browser, "xin.ren", made.one_time_password) == 302
    assert browser.get("/office/")["Location"] == "/accounts/password/change/"
    for address in ("/office/people/", "/accounts/2fa/"):
        assert browser.get(address)["Location"] == "/accounts/password/change/"
    chosen = {"oldpassword": made.one_time_password, "password1": PASSWORD, "password2": PASSWORD}
    assert browser.get("/accounts/password/change/").status_code == 200
    assert browser.post("/accounts/password/change/", chosen).status_code == 302
    user = User.objects.get(username="xin.ren")
    assert user.check_password(PASSWORD)
    assert not user.must_change_password
    assert browser.get("/office/")["Location"] == "/accounts/2fa/totp/activate/"
    page = browser.get("/accounts/2fa/totp/activate/")
    assert page.status_code == 200
    secret = page.context["form"].secret
    given = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    assert browser.post("/accounts/2fa/totp/activate/", {"code": given}).status_code == 302
    assert is_in(browser)
    told = Row.objects.filter(event="accounts.second_factor_added")
    assert "新人启用第二重验证（动态口令）" in [row.sentence for row in told]


def test_a_weak_new_password_is_refused_by_the_policy() -> None:
    made = services.create_user(
        by=SYSTEM, at=timezone.now(), username="xin.ren", display_name="新人"
    )
    browser = Client()
    password(browser, "xin.ren", made.one_time_password)
    weak = {"oldpassword": made.one_time_password, "password1": "abc", "password2": "abc"}
    assert browser.post("/accounts/password/change/", weak).status_code == 200
    assert User.objects.get(username="xin.ren").must_change_password


def test_without_the_policy_switch_no_second_factor_is_asked(settings: Settings) -> None:
    settings.GONGKAI_SECOND_FACTOR_REQUIRED = False
    user = services.create_user(
        by=SYSTEM, at=timezone.now(), username="xin.ren", display_name="新人"
    ).user
    services.change_password(user, PASSWORD, by=actor_for(user), at=timezone.now())
    browser = Client()
    password(browser, "xin.ren")
    assert is_in(browser)


def test_signing_out_needs_a_form_and_is_told() -> None:
    person, browser = Person("zhang.san"), Client()
    password(browser, "zhang.san")
    code(browser, person.code())
    assert browser.get("/accounts/logout/").status_code == 200
    assert is_in(browser)
    browser.post("/accounts/logout/")
    assert not is_in(browser)
    assert Row.objects.filter(event="accounts.signed_out").count() == 1


def test_after_sign_in_nobody_is_sent_to_another_site() -> None:
    person, browser = Person("zhang.san"), Client()
    browser.post(
        f"{LOGIN}?next=https://evil.example/", {"login": "zhang.san", "password": PASSWORD}
    )
    answer = browser.post(CODE, {"code": person.code()})
    assert answer["Location"] == "/office/"


def test_removing_the_second_factor_is_told() -> None:
    person, browser = Person("zhang.san"), Client()
    password(browser, "zhang.san")
    code(browser, person.code())
    assert browser.post("/accounts/2fa/totp/deactivate/", {}).status_code == 302
    assert not Authenticator.objects.exists()
    told = Row.objects.filter(event="accounts.second_factor_removed")
    assert [row.sentence for row in told] == ["zhang.san移除第二重验证（动态口令）"]
    assert browser.get("/office/")["Location"] == "/accounts/2fa/totp/activate/"
