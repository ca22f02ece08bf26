"""The record that an address names, and what the policies are asked about it."""

from __future__ import annotations

import uuid

from django.http import HttpRequest
from django.urls import reverse

from gongkai.accounts.standing import Standing
from gongkai.disclosure.models import Record, Version
from gongkai.disclosure.models.records import RecordQuerySet
from gongkai.disclosure.policies import RecordAffair
from gongkai.disclosure.queries import affair_of, latest
from gongkai.office.verbs import acting
from gongkai.office.views.upkeep.scope import found_record
from gongkai.trail.actors import Actor
from gongkai.web.panels import Link

READ_AND_WRITE = ["GET", "HEAD", "POST"]


def newest_of(record: Record) -> Version:
    """Its newest version, with the record that was read already."""
    version = latest(record)
    version.record = record
    return version


def affair(_request: HttpRequest, *, pk: uuid.UUID, **_rest: object) -> RecordAffair:
    """What an act on the record of an address is about."""
    record = found_record(pk)
    return affair_of(record, newest_of(record))


def by_for(request: HttpRequest, record: Record) -> Actor:
    """Who acts, for the body of the record."""
    return acting(request, record.agency)


def within_reach(who: Standing) -> RecordQuerySet:
    """Records that a person may read: those of the bodies served, for the supervising office all,
    and for everybody what is or was public."""
    if who.supervising:
        return Record.objects.all()
    own = Record.objects.of_agencies(who.agency_ids)
    return own | Record.objects.ever_public()


def trail_of(request: HttpRequest, record: Record, title: str, here: str = "") -> list[Link]:
    """Breadcrumbs from the list of records to this one."""
    own = Link(title or "没有标题", reverse("office:record", args=[record.public_id]))
    first = Link("信息", reverse("office:records"))
    return [first, own, Link(here)] if here else [first, own]
