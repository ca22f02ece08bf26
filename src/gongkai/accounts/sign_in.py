"""What follows from signing in and failing to: stamps on the session, lock-out, rows of the trail.

The edge to allauth and axes: their signals are heard here and nowhere else; rules stand elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.mfa import signals as mfa_signals
from allauth.mfa.models import Authenticator
from axes.handlers.proxy import AxesProxyHandler
from axes.signals import user_locked_out
from django.conf import settings
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.contrib.sessions.backends.base import SessionBase
from django.db.models.signals import post_delete, post_save
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from gongkai.accounts import services
from gongkai.accounts.configuration import AXES_COOLOFF_TIME, AXES_FAILURE_LIMIT
from gongkai.accounts.models import User
from gongkai.accounts.queries import provider_name

SIGNED_IN_AT = "gongkai_signed_in_at"
SEEN_AT = "gongkai_seen_at"
BY_PROVIDER = "gongkai_by_provider"
_FIRST_FACTORS = ("password", "socialaccount")


def connect() -> None:
    """Listens; called when the app starts."""
    user_logged_in.connect(_signed_in, dispatch_uid="gongkai.signed_in")
    user_logged_out.connect(_signed_out, dispatch_uid="gongkai.signed_out")
    user_locked_out.connect(_locked, dispatch_uid="gongkai.locked")
    mfa_signals.authentication_failed.connect(_wrong_code, dispatch_uid="gongkai.wrong_code")
    # Not allauth's own signals: they come after the commit, and a row of the trail must share the
    # fate of what it tells.
    post_save.connect(_factor_added, sender=Authenticator, dispatch_uid="gongkai.factor_added")
    post_delete.connect(_factor_removed, sender=Authenticator, dispatch_uid="gongkai.factor_gone")


def attempted_username(request: HttpRequest, credentials: Mapping[str, Any] | None) -> str:
    """The login name under which axes counts: without blanks and case, so that Admin is admin."""
    given = (credentials or {}).get("username") or request.POST.get("login") or ""
    return str(given).strip().lower()[:150]


def is_locked(request: HttpRequest, user: User) -> bool:
    """Whether axes has locked this person's login name; asked before a code is looked at."""
    credentials = {"username": user.username}
    return bool(AxesProxyHandler.is_locked(request, credentials))


def locked_out(request: HttpRequest, *_arguments: object, **_named: object) -> HttpResponse:
    """The page for a locked name; the same whether such an account exists or not."""
    span: timedelta = getattr(settings, "AXES_COOLOFF_TIME", AXES_COOLOFF_TIME)
    minutes = int(span.total_seconds() // 60)
    return render(request, "accounts/locked.html", {"minutes": minutes}, status=429)


def stamp(session: SessionBase, at: datetime) -> None:
    """Notes when the session began, for the absolute limit, and when it was last used."""
    session[SIGNED_IN_AT] = session[SEEN_AT] = at.timestamp()


def signed_in_within(session: SessionBase, span: timedelta, at: datetime) -> bool:
    """Whether the sign-in is younger than the span."""
    began = session.get(SIGNED_IN_AT)
    return isinstance(began, float) and at.timestamp() - began < span.total_seconds()


def provider_asks_for_both() -> bool:
    """Whether the installation says that its identity provider has asked for two factors."""
    return bool(getattr(settings, "GONGKAI_OIDC_SECOND_FACTOR", False))


def came_by_provider(request: HttpRequest, user: User) -> bool:
    """Whether the first factor of the sign-in under way was the provider's word; the last one
    counts, for a person may turn from one way to the other."""
    return _steps(request, user)[:1] == ["socialaccount"]


def session_is_by_provider(session: SessionBase) -> bool:
    """Whether a session was opened through the provider."""
    return session.get(BY_PROVIDER) is True


def _steps(request: HttpRequest, user: User) -> list[str]:
    """The steps of the sign-in under way, from its first factor on, as allauth noted them."""
    methods = [str(one.get("method")) for one in get_authentication_records(request, user)]
    begins = [place for place, method in enumerate(methods) if method in _FIRST_FACTORS]
    return methods[begins[-1] :] if begins else []


def _signed_in(request: HttpRequest, user: User, **_named: object) -> None:
    at = timezone.now()
    stamp(request.session, at)
    request.session[BY_PROVIDER] = came_by_provider(request, user)
    if not session_is_by_provider(request.session):
        services.note_sign_in(user, at=at)
        return
    asked_here = "mfa" in _steps(request, user)
    by_both = "由对方核对" if provider_asks_for_both() else "尚未核对"
    factor = "由本系统核对" if asked_here else by_both
    services.note_provider_sign_in(user, at=at, provider=provider_name(), factor=factor)


def _signed_out(user: User | None, **_named: object) -> None:
    if user is not None:
        services.note_sign_out(user, at=timezone.now())


def _locked(request: HttpRequest, username: str, **_named: object) -> None:
    # Once per lock, not once per attempt while it lasts.
    limit: int = getattr(settings, "AXES_FAILURE_LIMIT", AXES_FAILURE_LIMIT)
    if getattr(request, "axes_failures_since_start", 0) == limit:
        services.note_lock_out(username, at=timezone.now())


def _wrong_code(request: HttpRequest, user: User, **_named: object) -> None:
    user_login_failed.send(
        sender="gongkai.accounts", credentials={"username": user.username}, request=request
    )


def _factor_added(instance: Any, *, created: bool, **_named: object) -> None:
    if created:
        services.note_second_factor(
            instance.user, kind_of(instance), at=timezone.now(), removed=False
        )


def _factor_removed(instance: Any, origin: Any, **_named: object) -> None:
    # A whole selection is deleted by a reset, which tells of itself, or with its last key.
    if origin == instance:
        services.note_second_factor(
            instance.user, kind_of(instance), at=timezone.now(), removed=True
        )


def kind_of(authenticator: Any) -> str:
    """What a second factor is called."""
    names = {"totp": "动态口令", "recovery_codes": "恢复码", "webauthn": "安全密钥"}
    return names.get(str(authenticator.type), str(authenticator.type))
