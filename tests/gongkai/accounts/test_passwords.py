"""Two password policies, each as its source asks, the one chosen by the setting in force."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.password_validation import (
    password_validators_help_texts,
    validate_password,
)
from django.core.exceptions import ValidationError
from django.utils import timezone
from pytest_django import Settings

from gongkai.accounts import services
from gongkai.accounts.models import User
from gongkai.accounts.passwords import POLICIES, policy_in_force
from gongkai.accounts.queries import actor_for
from tests.gongkai.accounts.people import opened, signed_in

CHANGED = datetime(2026, 1, 1, tzinfo=UTC)


def faults(password: str, user: User | None = None) -> str:
    try:
        validate_password(password, user)
    except ValidationError as error:
        return "".join(error.messages)
    return ""


@pytest.mark.parametrize(
    ("policy", "password", "fault"),
    [
        pytest.param("dengbao3", "Kx7#mQ2!z", "至少 10 个字符", id="dengbao3: nine are too few"),
        pytest.param("dengbao3", "Kx7#mQ2!zT", "", id="dengbao3: ten are enough"),
        pytest.param("dengbao3", "kxrmqzwtpl7", "至少 3 类", id="dengbao3: two classes"),
        pytest.param("dengbao3", "kxRmqzwtpl7", "", id="dengbao3: three classes"),
        pytest.param("dengbao3", "Kx7#" * 33, "至多 128 个字符", id="dengbao3: 132 are too many"),
        pytest.param("asvs5", "kxrmqzwtplh", "至少 12 个字符", id="asvs5: eleven are too few"),
        pytest.param("asvs5", "kxrmqzwtplhv", "", id="asvs5: twelve of one class are enough"),
        pytest.param("asvs5", "kxrm" * 32, "", id="asvs5: 128 are allowed"),
        pytest.param("asvs5", "kxrm" * 32 + "v", "至多 128 个字符", id="asvs5: 129 are not"),
        pytest.param(
            "asvs5", "云溪县的桥下有三只白鹭飞过", "", id="asvs5: Chinese counts by character"
        ),
        pytest.param("asvs5", "1qaz2wsx3edc", "过于常见", id="asvs5: on the list of common ones"),
        pytest.param("asvs5", "gongkai-20260301", "过于常见", id="asvs5: the product's own name"),
        pytest.param("asvs5", "ababababababab", "过于常见", id="asvs5: two letters only"),
        pytest.param("dengbao3", "Password123", "过于常见", id="dengbao3: common ones as well"),
    ],
)
def test_a_policy_asks_what_its_source_asks(
    settings: Settings, policy: str, password: str, fault: str
) -> None:
    settings.GONGKAI_PASSWORD_POLICY = policy
    told = faults(password)
    assert fault in told
    assert bool(told) is bool(fault)


@pytest.mark.parametrize("policy", sorted(POLICIES))
@pytest.mark.parametrize(
    "password", ["Zhang.San-2026!", "1Nas.Gnahz-26!"], ids=["name", "reversed"]
)
def test_a_password_like_the_login_name_is_refused(
    db: None, settings: Settings, policy: str, password: str
) -> None:
    settings.GONGKAI_PASSWORD_POLICY = policy
    assert "过于相近" in faults(password, User(username="zhang.san", display_name="张三"))


@pytest.mark.parametrize(
    ("policy", "days", "overdue"),
    [
        pytest.param("dengbao3", 89, False, id="dengbao3: not after 89 days"),
        pytest.param("dengbao3", 90, True, id="dengbao3: after 90 days"),
        pytest.param("asvs5", 4000, False, id="asvs5: never"),
    ],
)
def test_rotation(policy: str, days: int, overdue: bool) -> None:
    assert POLICIES[policy].overdue(CHANGED, CHANGED + timedelta(days=days)) is overdue


def test_a_password_older_than_the_policy_allows_must_be_changed_first(
    db: None, settings: Settings
) -> None:
    settings.GONGKAI_PASSWORD_POLICY = "dengbao3"  # the name of a policy
    user = opened("zhang.san")
    browser = signed_in(user)
    assert browser.get("/office/").status_code == 200
    User.objects.update(password_changed_at=timezone.now() - timedelta(days=90))
    assert browser.get("/office/")["Location"] == "/accounts/password/change/"
    settings.GONGKAI_PASSWORD_POLICY = "asvs5"
    assert browser.get("/office/").status_code == 200


def choose(user: User, password: str) -> None:
    validate_password(password, user)
    services.change_password(user, password, by=actor_for(user), at=timezone.now())


def test_the_last_five_passwords_are_not_taken_again_under_dengbao3(
    db: None, settings: Settings
) -> None:
    settings.GONGKAI_PASSWORD_POLICY = "dengbao3"
    user = opened("zhang.san")
    passwords = [f"Qiao{number}-Baolu-Fei" for number in range(6)]
    for password in passwords:
        choose(user, password)
    for used in passwords[1:]:
        assert "最近 5 次" in faults(used, user)
    assert faults(passwords[0], user) == ""
    settings.GONGKAI_PASSWORD_POLICY = "asvs5"
    assert faults(passwords[5], user) == ""


def test_a_chosen_password_ends_the_other_sessions(db: None) -> None:
    user = opened("zhang.san")
    other = signed_in(user)
    choose(User.objects.get(pk=user.pk), "Qiao1-Baolu-Fei")
    assert other.get("/office/").status_code == 302


def test_people_are_told_the_policy_beforehand(settings: Settings) -> None:
    settings.GONGKAI_PASSWORD_POLICY = "dengbao3"
    (text,) = password_validators_help_texts()
    assert "10–128" in text
    assert "每 90 天" in text
    assert "3 类" in text
    settings.GONGKAI_PASSWORD_POLICY = "asvs5"
    (text,) = password_validators_help_texts()
    assert "12–128" in text
    assert "天更换" not in text
    assert policy_in_force().name == "asvs5"
