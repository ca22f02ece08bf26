"""What holds for every request of the staff: limits of the session, pending duties, declared views.

Not who may do what: each view declares that (access).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from gongkai.accounts.access import declaration_of
from gongkai.accounts.configuration import (
    GONGKAI_GUARDED_PREFIXES,
    GONGKAI_SESSION_ABSOLUTE,
    GONGKAI_SESSION_IDLE,
)
from gongkai.accounts.models import User
from gongkai.accounts.passwords import policy_in_force
from gongkai.accounts.sign_in import (
    SEEN_AT,
    SIGNED_IN_AT,
    provider_asks_for_both,
    session_is_by_provider,
)

Respond = Callable[[HttpRequest], HttpResponseBase]
# How often the last use is written: a write per request would be one per click.
_TOUCH_SECONDS = 60
_ALWAYS_OPEN = ("account_logout", "account_reauthenticate", "mfa_reauthenticate")
_SECOND_FACTOR_STEPS = (
    "mfa_index",
    "mfa_activate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_download_recovery_codes",
)


def session_limits() -> tuple[timedelta, timedelta]:
    """How long a session may be idle, and how long it may last at all."""
    idle: timedelta = getattr(settings, "GONGKAI_SESSION_IDLE", GONGKAI_SESSION_IDLE)
    absolute: timedelta = getattr(settings, "GONGKAI_SESSION_ABSOLUTE", GONGKAI_SESSION_ABSOLUTE)
    return idle, absolute


class StaffSessionMiddleware:
    """Ends sessions that are idle or old, and sends people to what they owe first: a password of
    their own, then a second factor."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answers in the place of the view where the session or the person is not ready."""
        # Without the cookie nobody is signed in, and public pages stay free of `Vary: Cookie`.
        if settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return self.respond(request)
        user = request.user
        if not isinstance(user, User):
            return self.respond(request)
        at = timezone.now()
        if _is_over(request, at):
            logout(request)
            query = urlencode({"next": request.get_full_path(), "expired": "1"})
            return _go(request, f"{reverse('account_login')}?{query}")
        _touch(request, at)
        step = _owed(request, user, at)
        if step is not None and not _on_the_way(request, step):
            return _go(request, reverse(step))
        return self.respond(request)


class DeclaredAccessMiddleware:
    """Refuses a view that forgot to say who may call it."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Passes on; the check needs the view and stands in process_view."""
        return self.respond(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., object], _args: Any, _kwargs: Any
    ) -> None:
        """Raises PermissionDenied for an undeclared view under the guarded prefixes."""
        prefixes: tuple[str, ...] = getattr(
            settings, "GONGKAI_GUARDED_PREFIXES", GONGKAI_GUARDED_PREFIXES
        )
        if request.path_info.startswith(prefixes) and declaration_of(view) is None:
            raise PermissionDenied("未声明访问规则的页面")


def _is_over(request: HttpRequest, at: datetime) -> bool:
    """Idle too long, signed in too long, or without the stamps of a sign-in."""
    began, seen = request.session.get(SIGNED_IN_AT), request.session.get(SEEN_AT)
    if not isinstance(began, float) or not isinstance(seen, float):
        return True
    now = at.timestamp()
    idle, absolute = session_limits()
    return now - seen >= idle.total_seconds() or now - began >= absolute.total_seconds()


def _touch(request: HttpRequest, at: datetime) -> None:
    if at.timestamp() - request.session[SEEN_AT] >= _TOUCH_SECONDS:
        request.session[SEEN_AT] = at.timestamp()


def _owed(request: HttpRequest, user: User, at: datetime) -> str | None:
    """The page on which the person must first do something, by the name of its address.

    A password is owed by who used it: whoever came through the provider may not even know the
    one-time password that he would have to give.
    """
    by_provider = session_is_by_provider(request.session)
    own_password = user.has_usable_password() and not by_provider
    overdue = policy_in_force().overdue(user.password_changed_at, at)
    if own_password and (user.must_change_password or overdue):
        return "account_change_password"
    if by_provider and provider_asks_for_both():
        return None
    if getattr(settings, "GONGKAI_SECOND_FACTOR_REQUIRED", True) and not _has_second_factor(user):
        return "mfa_activate_totp"
    return None


def _has_second_factor(user: User) -> bool:
    return bool(is_mfa_enabled(user, ["totp", "webauthn"]))


def _on_the_way(request: HttpRequest, step: str) -> bool:
    more = _SECOND_FACTOR_STEPS if step == "mfa_activate_totp" else ()
    return request.path in {reverse(name) for name in (step, *_ALWAYS_OPEN, *more)}


def _go(request: HttpRequest, address: str) -> HttpResponse:
    if request.headers.get("HX-Request") == "true":
        # htmx would put a redirected page into a corner of the present one.
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)
