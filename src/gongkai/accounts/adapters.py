"""How allauth meets this office: nobody signs up, passwords are stored by our verb, QR as SVG."""

from __future__ import annotations

import logging
from datetime import timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import segno
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.providers.base import AuthError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from gongkai.accounts import services
from gongkai.accounts.models import User
from gongkai.accounts.queries import actor_for, provider_name
from gongkai.accounts.sign_in import is_locked, locked_out, signed_in_within

if TYPE_CHECKING:

    class AuthenticationBackend:
        """allauth is published without types; what is built upon of it is written here."""

    class DefaultAccountAdapter:
        """Likewise."""

        def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
            """Whether a sensitive act of an app asks for the password again."""

        def get_login_stages(self) -> list[str]:
            """What is gone through between the first factor and being signed in."""

    class DefaultSocialAccountAdapter:
        """Likewise."""

    class DefaultMFAAdapter:
        """Likewise."""
else:
    from allauth.account.adapter import DefaultAccountAdapter
    from allauth.account.auth_backends import AuthenticationBackend
    from allauth.mfa.adapter import DefaultMFAAdapter
    from allauth.socialaccount.adapter import DefaultSocialAccountAdapter

_LOG = logging.getLogger(__name__)

# Whoever has just signed in is not asked for the password again to set up a second factor.
_FRESH = timedelta(minutes=5)
_STAGES = {"allauth.mfa.stages.AuthenticateStage": "gongkai.accounts.stages.SecondFactorStage"}


def not_signed_in(
    request: HttpRequest, *, cancelled: bool = False, status: int = HTTPStatus.FORBIDDEN
) -> HttpResponse:
    """The page for who comes back from the provider with nothing that opens an account."""
    context = {"provider": provider_name(), "cancelled": cancelled, "unreachable": status >= 500}
    return render(request, "accounts/identity_refused.html", context, status=status)


class StaffBackend(AuthenticationBackend):
    """Password sign-in by login name; a disabled account looks like a wrong password."""

    @classmethod
    def _stash_user(cls, user: object) -> None:
        """Keeps nobody aside: allauth would tell that the account exists and is disabled."""


class AccountAdapter(DefaultAccountAdapter):
    """Sign-up closed; a chosen password goes through services.change_password."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def set_password(self, user: User, password: str) -> None:
        """The person's own choice, recorded and remembered."""
        services.change_password(user, password, by=actor_for(user), at=timezone.now())

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Not within minutes of signing in."""
        if signed_in_within(context.request.session, _FRESH, timezone.now()):
            return False
        return super().is_reauthentication_required(app=app, **kwargs)

    def get_login_stages(self) -> list[str]:
        """The second factor as this office asks for it."""
        return [_STAGES.get(stage, stage) for stage in super().get_login_stages()]

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        """Back to the sign-in page, without saying why."""
        return HttpResponseRedirect(reverse("account_login"))


class IdentityAdapter(DefaultSocialAccountAdapter):
    """OIDC signs in accounts to which an administrator tied the identity, and makes none."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Never."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Refuses an identity that is tied to no account in use, a locked account, and tying by
        oneself. That an account is disabled is not told."""
        wants = sociallogin.state.get("process")
        known = sociallogin.is_existing and sociallogin.user.is_active
        if not known or wants not in {None, "login"}:
            page = render(request, "accounts/identity_unknown.html", status=HTTPStatus.FORBIDDEN)
            raise ImmediateHttpResponse(page)
        if is_locked(request, sociallogin.user):
            raise ImmediateHttpResponse(locked_out(request))

    def on_authentication_error(
        self, request: HttpRequest, provider: Any, *, error: object = None, **named: object
    ) -> None:
        """The office's own page instead of allauth's, and a line in the log."""
        fault = named.get("exception")
        _LOG.warning("统一身份认证没有完成：%s %s", error, type(fault).__name__ if fault else "")
        cancelled = error == AuthError.CANCELLED
        raise ImmediateHttpResponse(not_signed_in(request, cancelled=cancelled))


class SecondFactorAdapter(DefaultMFAAdapter):
    """QR codes without another library, and the login name as the label."""

    def build_totp_svg(self, url: str) -> str:
        """The key as an SVG picture."""
        picture: str = segno.make(url, error="m").svg_inline(scale=5, border=2, omitsize=False)
        # Shown as an image of its own (data:), where an SVG without its namespace stays blank.
        return picture.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
