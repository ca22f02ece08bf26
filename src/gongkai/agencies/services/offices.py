"""A body's disclosure office entered, changed, and found right once a year."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.contacts import CONTACT_FIELDS, Contact, contact_faults, label_of
from gongkai.agencies.errors import AgencyError
from gongkai.agencies.models import Agency, DisclosureOffice
from gongkai.agencies.services.changing import require_existing
from gongkai.agencies.services.founding import refuse, subject_of
from gongkai.trail.actors import Actor
from gongkai.trail.services import record


@transaction.atomic
def set_disclosure_office(
    agency: Agency, *, by: Actor, at: datetime, contact: Contact
) -> DisclosureOffice:
    """Writes the nine elements of the guide (`regulations#4`, `regulations#12`), all of them.

    The trail keeps every old and new value. AgencyError names the first element missing or wrong;
    gongkai.agencies.contacts.contact_faults gives all of them to a form.
    """
    agency = Agency.objects.select_for_update().get(pk=agency.pk)
    today = timezone.localdate(at)
    require_existing(agency, today)
    refuse(dict(contact_faults(contact)))
    office = DisclosureOffice.objects.filter(agency=agency).first()
    changes = _changes(office, contact)
    if office is None:
        office = DisclosureOffice(agency=agency)
    for name, value in asdict(contact).items():
        setattr(office, name, value.strip())
    office.confirmed_on = today
    office.save()
    record(
        "agencies.disclosure_office_set",
        by=by,
        at=at,
        subject=subject_of(agency),
        agency_code=agency.code,
        facts={"office": office.name, "changes": changes},
    )
    return office


@transaction.atomic
def confirm_disclosure_office(agency: Agency, *, by: Actor, at: datetime) -> DisclosureOffice:
    """Notes that someone went through the elements and found them right."""
    office = DisclosureOffice.objects.select_for_update().filter(agency=agency).first()
    if office is None:
        raise AgencyError("尚未登记政府信息公开工作机构")
    on: date = timezone.localdate(at)
    office.confirmed_on = on
    office.save(update_fields=["confirmed_on"])
    record(
        "agencies.disclosure_office_confirmed",
        by=by,
        at=at,
        subject=subject_of(agency),
        agency_code=agency.code,
        facts={"on": on.isoformat()},
    )
    return office


def _changes(office: DisclosureOffice | None, contact: Contact) -> str:
    values = {name: value.strip() for name, value in asdict(contact).items()}
    if office is None:
        return "；".join(f"{label_of(name)}：{value}" for name, value in values.items() if value)
    changed = [
        f"{label_of(name)}由“{getattr(office, name)}”改为“{values[name]}”"
        for name in CONTACT_FIELDS
        if getattr(office, name) != values[name]
    ]
    return "；".join(changed) or "无变化"
