"""Which addresses of sign-in exist: these and no others; every view says who may call it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver
from pytest_django import Settings

from gongkai.accounts.access import declaration_of, open_to_all
from gongkai.accounts.middleware import DeclaredAccessMiddleware
from gongkai.accounts.roles import AdministratorRole
from tests.gongkai.accounts.people import administrator, opened, signed_in

MOUNTED = {
    "accounts/login/",
    "accounts/logout/",
    "accounts/reauthenticate/",
    "accounts/password/change/",
    "accounts/2fa/",
    "accounts/2fa/authenticate/",
    "accounts/2fa/reauthenticate/",
    "accounts/2fa/totp/activate/",
    "accounts/2fa/totp/deactivate/",
    "accounts/2fa/codes/",
    "accounts/2fa/codes/generate/",
    "accounts/2fa/codes/download/",
}
# What allauth and Django would answer if their own lists of addresses were mounted.
CLOSED = [
    "/accounts/",
    "/accounts/signup/",
    "/accounts/signup/passkey/",
    "/accounts/email/",
    "/accounts/confirm-email/",
    "/accounts/confirm-email/abc/",
    "/accounts/inactive/",
    "/accounts/password/set/",
    "/accounts/password/reset/",
    "/accounts/password/reset/done/",
    "/accounts/password/reset/key/1-abc/",
    "/accounts/login/code/",
    "/accounts/login/code/confirm/",
    "/accounts/social/signup/",
    "/accounts/social/connections/",
    "/accounts/3rdparty/",
    "/accounts/3rdparty/signup/",
    "/accounts/oidc/main/login/",
    "/accounts/oidc/main/login/callback/",
    "/accounts/sessions/",
    "/accounts/profile/",
    "/admin/",
    "/admin/login/",
    "/_allauth/browser/v1/config",
]


def routes(
    resolver: URLResolver | None = None, prefix: str = ""
) -> Iterator[tuple[str, Callable[..., object]]]:
    """Every address with its view."""
    for pattern in (resolver or get_resolver()).url_patterns:
        address = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern, address)
        elif isinstance(pattern, URLPattern):
            yield address, pattern.callback


def test_only_these_addresses_of_sign_in_are_mounted() -> None:
    assert {address for address, _ in routes() if address.startswith("accounts/")} == MOUNTED


@pytest.mark.parametrize("address", CLOSED)
def test_everything_else_is_not_there(db: None, address: str) -> None:
    assert Client().get(address).status_code == 404
    assert Client().post(address, {}).status_code == 404


def test_without_a_provider_there_is_no_screen_for_tying_an_identity(
    db: None, settings: Settings
) -> None:
    browser = signed_in(administrator("sec", AdministratorRole.SECURITY))
    address = f"/office/people/{opened('zhang.san').pk}/identity/"
    assert browser.get(address).status_code == 404
    assert browser.post(address, {"uid": "u-1"}).status_code == 404
    # Control: with one there is.
    settings.GONGKAI_OIDC_NAME = "统一身份认证"
    assert browser.get(address).status_code == 200


def undeclared(found: Iterator[tuple[str, Callable[..., object]]]) -> list[str]:
    return [address for address, view in found if declaration_of(view) is None]


def forgotten(request: HttpRequest) -> HttpResponse:
    """A view that says nothing about who may call it."""
    return HttpResponse("open")


def test_every_route_declares_who_may_call_it_and_one_that_does_not_is_found() -> None:
    guarded = [(a, v) for a, v in routes() if a.startswith(("accounts/", "office/", "api/"))]
    planted = [*guarded, ("office/forgotten/", forgotten)]
    print(f"routes: {len(guarded)}; undeclared: {len(undeclared(iter(guarded)))}; "
          f"control with one planted: {len(undeclared(iter(planted)))}")  # fmt: skip
    assert undeclared(iter(guarded)) == []
    assert undeclared(iter(planted)) == ["office/forgotten/"]


def test_an_undeclared_view_is_refused_while_running() -> None:
    guard = DeclaredAccessMiddleware(lambda request: HttpResponse())
    with pytest.raises(PermissionDenied):
        guard.process_view(RequestFactory().get("/office/forgotten/"), forgotten, (), {})
    declared = open_to_all("公开")(forgotten)
    guard.process_view(RequestFactory().get("/office/forgotten/"), declared, (), {})
