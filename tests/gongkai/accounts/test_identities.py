"""Unified sign-in (OIDC): it opens accounts to which an administrator tied it, and makes none."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialAccount
from django.test import RequestFactory
from django.utils import timezone

from gongkai.accounts import services
from gongkai.accounts.adapters import AccountAdapter, IdentityAdapter
from gongkai.accounts.errors import AccountRefusedError, NotEntitledError
from gongkai.accounts.queries import actor_for
from gongkai.accounts.roles import AdministratorRole
from gongkai.trail.actors import SYSTEM
from gongkai.trail.models import Row
from tests.gongkai.accounts.people import administrator, opened, signed_in


def arriving(*, known: bool, process: str | None, active: bool = True) -> Any:
    user = SimpleNamespace(is_active=active, username="zhang.san")
    state = {"process": process} if process else {}
    return SimpleNamespace(is_existing=known, state=state, user=user)


@pytest.mark.parametrize("process", [None, "login"])
def test_a_tied_identity_may_sign_in(db: None, process: str | None) -> None:
    adapter = get_adapter()
    assert isinstance(adapter, IdentityAdapter)
    adapter.pre_social_login(RequestFactory().get("/"), arriving(known=True, process=process))


@pytest.mark.parametrize(
    ("known", "process"),
    [(False, None), (False, "login"), (False, "connect"), (True, "connect"), (True, "redirect")],
    ids=["unknown", "unknown at sign-in", "tying oneself", "tying again", "redirecting"],
)
def test_anything_else_is_refused(db: None, known: bool, process: str | None) -> None:
    request = RequestFactory().get("/")
    with pytest.raises(ImmediateHttpResponse) as refusal:
        IdentityAdapter().pre_social_login(request, arriving(known=known, process=process))
    assert refusal.value.response.status_code == 403
    assert "未关联账户" in refusal.value.response.content.decode()


def test_the_identity_of_a_disabled_account_is_refused_like_an_unknown_one(db: None) -> None:
    request = RequestFactory().get("/")
    with pytest.raises(ImmediateHttpResponse) as refusal:
        IdentityAdapter().pre_social_login(
            request, arriving(known=True, process="login", active=False)
        )
    assert "未关联账户" in refusal.value.response.content.decode()


def test_nobody_signs_up() -> None:
    request = RequestFactory().get("/")
    assert AccountAdapter().is_open_for_signup(request) is False
    assert (
        IdentityAdapter().is_open_for_signup(request, arriving(known=False, process=None)) is False
    )


def test_the_security_administrator_ties_an_identity_once(db: None) -> None:
    security = administrator("sec", AdministratorRole.SECURITY)
    user, other, at = opened("zhang.san"), opened("li.si"), timezone.now()
    by = actor_for(security)
    services.link_identity(user, by=by, at=at, provider="main", uid="u-1")
    assert SocialAccount.objects.get().user == user
    told = Row.objects.get(event="accounts.identity_linked")
    assert told.sentence == "sec为“zhang.san”关联统一身份认证（main）"
    with pytest.raises(AccountRefusedError, match="已关联其他账户"):
        services.link_identity(other, by=by, at=at, provider="main", uid="u-1")
    with pytest.raises(NotEntitledError):
        services.link_identity(user, by=actor_for(user), at=at, provider="main", uid="u-2")
    with pytest.raises(AccountRefusedError, match="先解除"):
        services.link_identity(user, by=by, at=at, provider="main", uid="u-2")


def test_an_identity_is_untied_with_a_reason_and_the_sessions_end(db: None) -> None:
    security = administrator("sec", AdministratorRole.SECURITY)
    user, at, by = opened("zhang.san"), timezone.now(), actor_for(security)
    services.link_identity(user, by=by, at=at, provider="main", uid=" u-1 ")
    identity, browser = SocialAccount.objects.get(), signed_in(user)
    assert identity.uid == "u-1"
    assert browser.get("/office/").status_code == 200
    with pytest.raises(AccountRefusedError, match="理由"):
        services.unlink_identity(identity, by=by, at=at, reason=" ")
    with pytest.raises(NotEntitledError):
        services.unlink_identity(identity, by=actor_for(user), at=at, reason="不用了")
    assert SocialAccount.objects.exists()
    services.unlink_identity(identity, by=by, at=at, reason="调离")
    assert not SocialAccount.objects.exists()
    assert browser.get("/office/").status_code == 302
    told = Row.objects.get(event="accounts.identity_unlinked")
    assert told.sentence == "sec解除“zhang.san”的统一身份认证关联（main），理由：调离"
    with pytest.raises(AccountRefusedError, match="已经解除"):
        services.unlink_identity(identity, by=by, at=at, reason="再来一次")


# Nobody's: the day of birth lies before the first identity cards, the check digit agrees.
NUMBER = "110101190001010014"


@pytest.mark.parametrize(
    ("uid", "fault"),
    [
        pytest.param("  ", "不能为空", id="nothing"),
        pytest.param("ｕ-1", "半角", id="full width"),
        pytest.param("u\u202e1", "半角", id="turns the direction"),
        pytest.param("u\n1", "半角", id="two lines"),
        pytest.param("u" * 192, "191", id="too long"),
        pytest.param(NUMBER, "身份证", id="an identity number"),
        pytest.param(f"id:{NUMBER}", "身份证", id="an identity number with a prefix"),
    ],
)
def test_an_unfit_identifier_is_refused(db: None, uid: str, fault: str) -> None:
    user = opened("zhang.san")
    with pytest.raises(AccountRefusedError, match=fault):
        services.link_identity(user, by=SYSTEM, at=timezone.now(), provider="main", uid=uid)
    assert not SocialAccount.objects.exists()
    # Control: the longest fit one is taken, and the identifier is not told to the trail.
    services.link_identity(user, by=SYSTEM, at=timezone.now(), provider="main", uid="u" * 191)
    assert "uuu" not in str(Row.objects.get(event="accounts.identity_linked").content())
