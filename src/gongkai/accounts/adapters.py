"""How allauth meets this office: nobody signs up, passwords are stored by our verb, QR as SVG."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import segno
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from gongkai.accounts import services
from gongkai.accounts.models import User
from gongkai.accounts.queries import actor_for
from gongkai.accounts.sign_in import signed_in_within

if TYPE_CHECKING:

    class AuthenticationBackend:
        """allauth is published without types; what is built upon of it is written here."""

    class DefaultAccountAdapter:
        """Likewise."""

        def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
            """Whether a sensitive act of an app asks for the password again."""

    class DefaultSocialAccountAdapter:
        """Likewise."""

    class DefaultMFAAdapter:
        """Likewise."""
else:
    from allauth.account.adapter import DefaultAccountAdapter
    from allauth.account.auth_backends import AuthenticationBackend
    from allauth.mfa.adapter import DefaultMFAAdapter
    from allauth.socialaccount.adapter import DefaultSocialAccountAdapter

# Whoever has just signed in is not asked for the password again to set up a second factor.
_FRESH = timedelta(minutes=5)


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

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        """Back to the sign-in page, without saying why."""
        return HttpResponseRedirect(reverse("account_login"))


class IdentityAdapter(DefaultSocialAccountAdapter):
    """OIDC signs in accounts to which an administrator tied the identity, and makes none."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Never."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Refuses an identity that is tied to no account, and tying by oneself."""
        wants = sociallogin.state.get("process")
        if not sociallogin.is_existing or wants not in {None, "login"}:
            page = render(request, "accounts/identity_unknown.html", status=403)
            raise ImmediateHttpResponse(page)


class SecondFactorAdapter(DefaultMFAAdapter):
    """QR codes without another library, and the login name as the label."""

    def build_totp_svg(self, url: str) -> str:
        """The key as an SVG picture."""
        picture: str = segno.make(url, error="m").svg_inline(scale=5, border=2, omitsize=False)
        # Shown as an image of its own (data:), where an SVG without its namespace stays blank.
        return picture.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
