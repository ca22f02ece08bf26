"""Pages that are structures: what each kind is read with, which wait to be looked at again.

It reads; services/pages.py writes. Which text is public is decided as for every record.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.timezone import localdate

from gongkai.agencies.models import Agency, AgencyKind
from gongkai.disclosure.content import cleaned
from gongkai.disclosure.detail_elements import Fault
from gongkai.disclosure.guide import differences, first_guide, guide_body, guide_faults
from gongkai.disclosure.intervals import CONFIRM_PAGES_EVERY
from gongkai.disclosure.kinds import RecordKind
from gongkai.disclosure.models import Record, Version
from gongkai.disclosure.organisation import (
    first_organisation,
    organisation_body,
    organisation_faults,
)
from statute.attributes import Attribute


@dataclass(frozen=True, slots=True)
class PageForm:
    """How a kind of page is checked, shown, begun, and named after its body."""

    faults: Callable[[Mapping[str, Any]], tuple[Fault, ...]]
    body: Callable[[Mapping[str, Any]], str]
    first: Callable[[Agency, date], dict[str, Any]]
    title: str


PAGES: Mapping[str, PageForm] = {
    RecordKind.GUIDE: PageForm(guide_faults, guide_body, first_guide, "{name}政府信息公开指南"),
    RecordKind.ORGANISATION: PageForm(
        organisation_faults, organisation_body, first_organisation, "{name}机关职能和机构"
    ),
}


def page_faults(version: Version) -> list[Fault]:
    """What is wrong with a structured page before it may be submitted; nothing for other kinds.

    The text is the one made from the elements: what reviewers read is what holds.
    """
    form = PAGES.get(version.record.kind)
    if form is None:
        return []
    faults = [(f"details.{name}", sentence) for name, sentence in form.faults(version.details)]
    if version.body != cleaned(form.body(version.details)):
        faults.append(("body", "正文与填写的要素不一致，请在要素里修改"))
    if version.attribute != Attribute.PROACTIVE.value:
        # regulations#12 and regulations#20(2) leave no choice.
        faults.append(("attribute", f"{version.record.get_kind_display()}应当主动公开"))
    return faults


@dataclass(frozen=True, slots=True)
class PageToLookAt:
    """A public page, when it was last reviewed or found right, until when it should be again, and
    in which elements it says otherwise than what the body has registered."""

    record: Record
    title: str
    last_on: date
    due_on: date
    differs: tuple[str, ...]


def pages_to_look_at(day: date, agency_ids: frozenset[int] | None) -> list[PageToLookAt]:
    """Public pages that nobody reviewed or confirmed for a year, and guides that differ from the
    registered office, the longest first (`regulations#12`)."""
    pages = Record.objects.public().filter(kind__in=PAGES).of_agencies(agency_ids)
    pages = pages.select_related("agency__disclosure_office", "live__version")
    pages = pages.prefetch_related("page_confirmations")
    found = [one for page in pages if (one := page_standing(page)) is not None]
    waiting = [one for one in found if one.due_on < day or one.differs]
    return sorted(waiting, key=lambda one: (one.due_on, one.record.pk))


def page_standing(record: Record) -> PageToLookAt | None:
    """One page as it stands; None where it is not public."""
    if record.live is None:
        return None
    # A confirmation is of the text that was public then, not of what came after.
    days = [
        localdate(one.at)
        for one in record.page_confirmations.all()
        if one.clearance_id == record.live_id
    ]
    last_on = max((localdate(record.live.at), *days))
    version = record.live.version
    guide = record.kind == RecordKind.GUIDE
    return PageToLookAt(
        record=record,
        title=version.title,
        last_on=last_on,
        due_on=CONFIRM_PAGES_EVERY.after(last_on),
        differs=differences(record.agency, version.details) if guide else (),
    )


def bodies_without(kind: str, day: date) -> list[Agency]:
    """Bodies of a day that have no public page of a kind; public enterprises need none."""
    have = Record.objects.public().filter(kind=kind).values("agency_id")
    bodies = Agency.objects.valid_on(day).exclude(kind=AgencyKind.PUBLIC_ENTERPRISE)
    return list(bodies.exclude(pk__in=have))
