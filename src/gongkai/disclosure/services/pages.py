"""Structured pages begun from what is registered, written by their elements, found right.

They are drafted, reviewed and cleared like every record; none of this makes anything public.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from gongkai.agencies.models import Agency
from gongkai.disclosure import policies
from gongkai.disclosure.errors import DisclosureError
from gongkai.disclosure.guide import office_contact
from gongkai.disclosure.kinds import RecordKind
from gongkai.disclosure.models import PageConfirmation, Record, Version
from gongkai.disclosure.pages import PAGES, PageForm, page_faults, page_standing
from gongkai.disclosure.services.drafting import draft, draft_again, edit
from gongkai.disclosure.services.entitlement import authorise, authorise_in, locked, subject_of
from gongkai.trail.actors import Actor
from gongkai.trail.services import record as leave_trace


@transaction.atomic
def draft_page(agency: Agency, kind: str, *, by: Actor, at: datetime) -> Version:
    """The first draft of a body's page of a kind, from what the body has registered.

    DisclosureError where it has one already: that one is drafted again (`renew_page`).
    """
    form = _form(kind)
    agency = Agency.objects.select_for_update().get(pk=agency.pk)
    authorise_in(by, policies.DRAFT, agency, at=at)
    if Record.objects.filter(agency=agency, kind=kind).exists():
        label = RecordKind(kind).label
        raise DisclosureError(f"{agency.name}已有{label}，请在它上面起草新的一稿", field="kind")
    today = localdate(at)
    details = form.first(agency, today)
    content = {
        "title": form.title.format(name=agency.name),
        "formed_on": today,
        "details": details,
        "body": form.body(details),
    }
    return draft(agency, kind, content, by=by, at=at)


@transaction.atomic
def write_page(
    version: Version, details: Mapping[str, Any], *, revision: int, by: Actor, at: datetime
) -> Version:
    """Writes the elements of a draft and makes its text from them."""
    form = _form(version.record.kind)
    changes = {"details": dict(details), "body": form.body(details)}
    return edit(version, changes, revision=revision, by=by, at=at)


@transaction.atomic
def renew_page(record: Record, *, by: Actor, at: datetime) -> Version:
    """The next draft of a page; in a guide the elements of the law are those registered now, the
    rest is as it was."""
    form = _form(record.kind)
    version = draft_again(record, by=by, at=at)
    details = dict(version.details)
    contact = office_contact(record.agency) if record.kind == RecordKind.GUIDE else None
    if contact is not None:
        details |= asdict(contact)
    changes: dict[str, object] = {"details": details, "body": form.body(details)}
    if record.published_at is not None:
        changes["changed_on"] = localdate(at)
    revision = locked(record).revision
    return edit(version, changes, revision=revision, by=by, at=at)


@transaction.atomic
def confirm_page(record: Record, *, by: Actor, at: datetime) -> PageConfirmation:
    """Somebody went through a public page and found it right; its year starts again.

    DisclosureError where it cannot be right: an element is missing, or a guide says otherwise
    than what the body has registered.
    """
    _form(record.kind)
    record = locked(record)
    authorise(by, policies.KEEP_PAGES, record, at=at)
    standing = page_standing(record)
    if standing is None or record.live is None:
        raise DisclosureError("页面现在没有公开，无须核对")
    if standing.differs:
        raise DisclosureError(
            f"与登记的政府信息公开工作机构不一致：{'、'.join(standing.differs)}，请起草新的一稿"
        )
    for field, sentence in page_faults(record.live.version):
        raise DisclosureError(f"页面内容不全，请起草新的一稿：{sentence}", field=field)
    made = PageConfirmation.objects.create(
        record=record, clearance=record.live, by=by.id, by_name=by.name, at=at
    )
    leave_trace(
        "disclosure.page_confirmed",
        by=by,
        at=at,
        subject=subject_of(record.live.version),
        agency_code=record.agency.code,
        facts={"before": standing.last_on.isoformat()},
    )
    return made


def _form(kind: str) -> PageForm:
    form = PAGES.get(kind)
    if form is None:
        raise DisclosureError("只有指南、机关职能和机构是按要素填写的页面", field="kind")
    return form
