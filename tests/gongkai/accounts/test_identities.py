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
from gongkai.trail.models import Row
from tests.gongkai.accounts.people import administrator, opened


def arriving(*, known: bool, process: str | None) -> Any:
    return SimpleNamespace(is_existing=known, state={"process": process} if process else {})


@pytest.mark.parametrize("process", [None, "login"])
def test_a_tied_identity_may_sign_in(process: str | None) -> None:
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
