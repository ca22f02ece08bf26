"""Calling a verb from a screen: who acts, when, and how a refusal gets beside its field.

It decides nothing: what may be done is judged by policies and by the verbs themselves.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils import timezone

from gongkai.accounts.access import standing
from gongkai.accounts.models import User
from gongkai.accounts.queries import actor_for
from gongkai.agencies.models import Agency
from gongkai.trail.actors import Actor
from gongkai.trail.services import PersonalFactError

Result = TypeVar("Result")


def now() -> datetime:
    """The moment of an act; services do not read the clock, screens hand it down."""
    return timezone.now()


def person(request: HttpRequest) -> User:
    """The signed-in person; views are guarded, so anybody else is a mistake of ours."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def acting(request: HttpRequest, agency: Agency | None = None) -> Actor:
    """The person as the trail records it: for the body concerned where he serves it, otherwise
    for the installation."""
    serves = agency is not None and standing(request).belongs_to(agency.pk)
    return actor_for(person(request), agency if serves else None)


def attempt(
    form: forms.Form, verb: Callable[[], Result], *refusals: type[Exception]
) -> Result | None:
    """The verb's result, or None with its refusal put on the form, beside the field it names.

    An identity number in free text is refused by the trail whatever the verb.
    """
    try:
        return verb()
    except PersonalFactError as refusal:
        named = [name for name in refusal.names if name in form.fields]
        form.add_error(named[0] if named else None, str(refusal))
        return None
    except refusals as refusal:
        field = str(getattr(refusal, "field", "") or "")
        form.add_error(field if field in form.fields else None, str(refusal))
        return None
