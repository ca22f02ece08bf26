"""Who comes in: the token is looked up, its person is judged, its requests are counted.

All of it anew at each request; a right taken away ends here with the next one.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from ninja.errors import Throttled
from ninja.security.http import HttpAuthBase

from gongkai.accounts.access import Declaration
from gongkai.accounts.queries import standing_of
from gongkai.api import policies
from gongkai.api.errors import Fault
from gongkai.api.models import Token
from gongkai.api.problems import problem, request_id
from gongkai.api.secret import read_secret
from gongkai.api.services.tokens import note_use
from screening.limits import MAX_FILE_BYTES

PER_MINUTE = 120
_WINDOW = 60
# What multipart adds around a file.
_WRAPPING = 100_000
View = Callable[..., HttpResponse]


class TokenBearer(HttpAuthBase):
    """`Authorization: Bearer gongkai_…`; the token is neither logged nor kept on the request."""

    openapi_scheme = "bearer"

    def __call__(self, request: HttpRequest) -> Token | None:
        """The token, where it stands and its person may still draft; None is 401. Raises
        PermissionDenied where the person lost the duty, Throttled where it is asked too much.

        All of it stands here because what is raised here is answered in the one form."""
        scheme, _, shown = request.headers.get("Authorization", "").partition(" ")
        secret = read_secret(shown.strip()) if scheme.lower() == "bearer" else None
        if secret is None:
            return None
        found = Token.objects.select_related("agency", "user")
        token = found.filter(prefix=secret.prefix).first()
        at = timezone.now()
        if token is None or not secret.is_of(token.digest):
            return None
        if token.revoked_at is not None or token.expires_at <= at:
            return None
        if not policies.SEND.allowed.test(standing_of(token.user, at), token.agency_id):
            raise PermissionDenied(policies.SEND.name)
        _count(token)
        note_use(token, at=at)
        return token


def _count(token: Token) -> None:
    """Counts a request of this minute in the cache; raises Throttled where it is one too many."""
    most: int = getattr(settings, "GONGKAI_API_PER_MINUTE", PER_MINUTE)
    minute, second = divmod(int(time.time()), _WINDOW)
    key = f"api-{token.pk}-{minute}"
    cache.add(key, 0, timeout=2 * _WINDOW)
    try:
        count = cache.incr(key)
    except ValueError:  # thrown out of a full cache in between: counted anew
        cache.set(key, 1, timeout=2 * _WINDOW)
        count = 1
    if count > most:
        raise Throttled(wait=_WINDOW - second)


def token_of(request: HttpRequest) -> Token:
    """The token of a request that was let in."""
    return cast("Token", cast("Any", request).auth)


def door(view: View) -> View:
    """Around every view of the API: an id for the request, and every error in the one form."""

    @csrf_exempt  # a token is no cookie: nobody else's page can send it
    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        cast("Any", request).gongkai_request_id = secrets.token_hex(8)
        response = _too_large(request) or view(request, *args, **kwargs)
        if isinstance(response, HttpResponseNotAllowed):
            allowed = ", ".join(sorted(response["Allow"].split(", ")))
            fault = Fault(f"这个地址不能这样用，可以用 {allowed}")
            response = problem(request, 405, "not_allowed", fault)
            response["Allow"] = allowed
        if response.status_code == 401:
            response["WWW-Authenticate"] = "Bearer"
        response["X-Request-Id"] = request_id(request)
        return response

    cast("Any", answered).gongkai_access = Declaration(policies.SEND)
    return answered


def _too_large(request: HttpRequest) -> HttpResponse | None:
    """Refuses by what is announced, before any of it is read."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if length.isdecimal() and int(length) <= MAX_FILE_BYTES + _WRAPPING:
        return None
    most = f"一个附件不超过{MAX_FILE_BYTES // 1_000_000} MB"
    return problem(request, 413, "too_large", Fault(f"请求太大，{most}", "", "file"))
