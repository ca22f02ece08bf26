"""Every view says who may call it: `@requires(policy)`, `@open_to_all(reason)`.

Not the rules themselves: they stand in each app's policies.py. What a person cannot see is 404;
what he sees and may not do is 403; who has not signed in is sent to the sign-in page. A view
without a declaration is refused by the middleware and found by a test.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils import timezone

from gongkai.accounts.models import User
from gongkai.accounts.policies import Policy
from gongkai.accounts.queries import nobody, standing_of
from gongkai.accounts.standing import Standing

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]
# What a route is about: from the request and the values in its address to the id of the agency
# concerned (or another subject that the policy's predicates know). Raises Http404 when absent.
SubjectOf = Callable[..., object]


@dataclass(frozen=True, slots=True)
class Declaration:
    """What a view declared: a policy, or the reason for being open to everybody."""

    policy: Policy | None
    reason: str = ""
    of: SubjectOf | None = None


def requires(policy: Policy, *, of: SubjectOf | None = None) -> Callable[[View[P]], View[P]]:
    """Declares a view's policy; rights are read from the database at each request.

    `of(request, **values of the address)` gives the subject (most often an agency's id); without
    it the subject is None and the predicates ask about any agency.
    """

    def declare(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            judge(policy, standing(request), of(request, **kwargs) if of else None)
            return view(request, *args, **kwargs)

        return _declared(cast("View[P]", guarded), Declaration(policy, of=of))

    return declare


def open_to_all(reason: str) -> Callable[[View[P]], View[P]]:
    """Declares that everybody may call a view, and why."""

    def declare(view: View[P]) -> View[P]:
        @wraps(view)
        def plain(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            return view(request, *args, **kwargs)

        return _declared(cast("View[P]", plain), Declaration(None, reason))

    return declare


def judge(policy: Policy, who: Standing, subject: object = None) -> None:
    """Raises Http404 where the subject is not visible, PermissionDenied where it is not allowed."""
    if not policy.visible.test(who, subject):
        raise Http404
    if not policy.allowed.test(who, subject):
        raise PermissionDenied(policy.name)


def may(policy: Policy, who: Standing, subject: object = None) -> bool:
    """Whether a policy lets this through: for showing a button, never instead of the guard."""
    return bool(policy.visible.test(who, subject) and policy.allowed.test(who, subject))


def standing(request: HttpRequest) -> Standing:
    """What the asking person holds, read once for this request and kept on it alone."""
    known = getattr(request, "gongkai_standing", None)
    if isinstance(known, Standing):
        return known
    at = timezone.now()
    user = request.user
    found = standing_of(user, at) if isinstance(user, User) else nobody(at)
    cast("Any", request).gongkai_standing = found
    return found


def declaration_of(view: Callable[..., object]) -> Declaration | None:
    """What a view declared, or None for a view that forgot to."""
    found = getattr(view, "gongkai_access", None)
    return found if isinstance(found, Declaration) else None


def _declared(view: View[P], declaration: Declaration) -> View[P]:
    cast("Any", view).gongkai_access = declaration
    return view
