"""Whose records a person sees on the upkeep screens, what an address is about, where it leads.

It judges nothing by itself: each answer comes from gongkai.disclosure.policies.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable
from datetime import date
from typing import TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from gongkai.accounts.access import may
from gongkai.accounts.policies import Policy
from gongkai.accounts.standing import Standing
from gongkai.agencies.models import Agency
from gongkai.disclosure import policies
from gongkai.disclosure.errors import NotEntitledError
from gongkai.disclosure.models import Record, Version
from gongkai.disclosure.normative import public_texts
from gongkai.disclosure.policies import RecordAffair
from gongkai.disclosure.queries import affair_of
from gongkai.office.policies import serves_supervising_office

Result = TypeVar("Result")

# How far each body has come is for the office that supervises them (regulations#3).
OVERSEE = Policy(
    "office.oversee_upkeep",
    serves_supervising_office,
    policies.works_on_records | policies.oversees,
)


def scope_of(who: Standing) -> frozenset[int] | None:
    """Ids of the bodies whose records a person sees; None: of all, for the supervising office."""
    if who.supervising:
        return None
    return frozenset(one for one in who.agency_ids if may(policies.SEE, who, one))


def bodies_of(scope: frozenset[int] | None, day: date | None = None) -> QuerySet[Agency]:
    """The bodies of a scope, by code; with a day, those that exist on it."""
    every = (Agency.objects.all() if day is None else Agency.objects.valid_on(day)).order_by("code")
    return every if scope is None else every.filter(pk__in=scope)


def bodies_where(policy: Policy, who: Standing) -> list[Agency]:
    """The bodies in which a person may do something, by code."""
    ids = [one for one in who.agency_ids if may(policy, who, one)]
    return list(Agency.objects.filter(pk__in=ids).order_by("code"))


def found_record(pk: uuid.UUID) -> Record:
    """The record of an address; 404 where there is none."""
    record = Record.objects.select_related("agency", "live__version").filter(public_id=pk).first()
    if record is None:
        raise Http404
    return record


def this_record(_request: HttpRequest, *, pk: uuid.UUID) -> RecordAffair:
    """What the policies judge: the record of the address."""
    return affair_of(found_record(pk))


def record_url(record: Record) -> str:
    """The page of a record inside the office."""
    return f"/office/records/{record.public_id}/"


def titles_of(records: Iterable[Record]) -> dict[int, str]:
    """By record, the title the public reads, else that of the newest draft; three queries."""
    chosen = list(records)
    titles = {pk: one.title for pk, one in public_texts(chosen).items()}
    missing = [one.pk for one in chosen if one.pk not in titles]
    drafts = Version.objects.filter(record__in=missing).order_by("record_id", "number")
    return titles | dict(drafts.values_list("record_id", "title"))


def entitled(verb: Callable[[], Result]) -> Result:
    """Calls a verb; what only the verb can know to be beyond a person's duties is 403 here too."""
    try:
        return verb()
    except NotEntitledError as refusal:
        raise PermissionDenied(str(refusal)) from refusal
