"""Guides and pages of the bodies: written, reviewed, public, some of them long not looked at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from gongkai.accounts.roles import Role
from gongkai.agencies.contacts import Contact
from gongkai.agencies.models import Agency, AgencyKind
from gongkai.agencies.services import set_disclosure_office
from gongkai.disclosure.kinds import RecordKind
from gongkai.disclosure.models import Record, Version
from gongkai.disclosure.policies import REVIEWERS
from gongkai.disclosure.services.drafting import submit
from gongkai.disclosure.services.pages import confirm_page, draft_page, write_page
from gongkai.disclosure.services.publishing import publish
from gongkai.disclosure.services.reviewing import pass_step
from gongkai.disclosure.steps import STEPS
from gongkai.site.demonstration.content import read
from gongkai.site.demonstration.days import Agenda
from gongkai.site.demonstration.people import Desk

# In working days ago: longer than a year, and within it.
_OLD, _RECENT = 320, 190


class BodyPages:
    """The registered office of a body, its guide, and its page of functions and units."""

    def __init__(self, desk: Desk, number: int) -> None:
        self.desk, self.number = desk, number
        self._versions: dict[str, Version] = {}

    def register(self, at: datetime) -> None:
        """The nine elements, by the officer of the body."""
        set_disclosure_office(
            self.desk.agency,
            by=self.desk.by(Role.DISCLOSURE_OFFICER),
            at=at,
            contact=contact_of(self.desk.agency, self.number),
        )

    def move(self, at: datetime) -> None:
        """Another telephone: the guide says the old one from now on."""
        contact = replace(contact_of(self.desk.agency, self.number), phone="0500-3019999")
        by = self.desk.by(Role.DISCLOSURE_OFFICER)
        set_disclosure_office(self.desk.agency, by=by, at=at, contact=contact)

    def guide(self, at: datetime) -> None:
        """The guide, submitted as it is begun from what is registered."""
        by = self.desk.by(Role.DRAFTER)
        self._submit(draft_page(self.desk.agency, RecordKind.GUIDE, by=by, at=at), at)

    def organisation(self, at: datetime) -> None:
        """Functions, units, leaders."""
        by, kind = self.desk.by(Role.DRAFTER), RecordKind.ORGANISATION
        version = draft_page(self.desk.agency, kind, by=by, at=at)
        details = {**version.details, **self._written()}
        revision = Record.objects.get(pk=version.record_id).revision
        self._submit(write_page(version, details, revision=revision, by=by, at=at), at)

    def _written(self) -> dict[str, Any]:
        agency = self.desk.agency
        leader = self.desk.holders[Role.FINAL_REVIEWER].display_name
        deputy = self.desk.holders[Role.SECTION_REVIEWER].display_name
        return {
            "functions": read("county")["functions"][agency.kind],
            "leaders": [
                {"name": leader, "office": "主要负责人", "duties": "主持全面工作"},
                {"name": deputy, "office": "分管负责人", "duties": "分管办公室、政务公开"},
            ],
        }

    def _submit(self, version: Version, at: datetime) -> None:
        by = self.desk.by(Role.DRAFTER)
        revision = Record.objects.get(pk=version.record_id).revision
        self._versions[version.record.kind] = submit(version, revision=revision, by=by, at=at)

    def review(self, at: datetime) -> None:
        """The four steps, each by its person."""
        for version in self._versions.values():
            for step in STEPS:
                by = self.desk.by(REVIEWERS[step])
                pass_step(version, step, digest=version.content_hash, by=by, at=at)

    def publish(self, at: datetime) -> None:
        """Both pages public."""
        for version in self._versions.values():
            publish(version, by=self.desk.by(Role.DISCLOSURE_OFFICER), at=at)

    def confirm(self, at: datetime) -> None:
        """Gone through and found right, a year later."""
        for version in self._versions.values():
            record = Record.objects.get(pk=version.record_id)
            confirm_page(record, by=self.desk.by(Role.DISCLOSURE_OFFICER), at=at)


def contact_of(agency: Agency, number: int) -> Contact:
    """How the office of a body is reached; no number and no address of it exists."""
    return Contact(
        classification="按《政府信息公开条例》第二十条、第二十一条规定的类目分类",
        arrangement="按成文时间先后编排，每条信息有索引号",
        access="政府网站政务公开专栏、政务公开专区、查阅点",
        name="办公室" if agency.kind != AgencyKind.GOVERNMENT_OFFICE else "政务公开科",
        address=f"云溪县云亭路 {number * 2 + 6} 号",
        hours="周一至周五 8:30—12:00，14:00—17:30，法定节假日除外",
        phone=f"0500-30120{number:02d}",
        fax="无",
        online=f"https://www.yunxi.example/xxgk/{agency.code}",
        postcode="000000",
    )


def schedule(agenda: Agenda, desks: Mapping[str, Desk]) -> None:
    """The pages of every body that has people; public enterprises need none."""
    said = read("county")["pages"]
    for number, code in enumerate(sorted(desks), 1):
        pages = BodyPages(desks[code], number)
        start = (_OLD if code in said["old"] else _RECENT) - 3 * number
        begun = [pages.register, pages.organisation]
        if code not in said["without_guide"]:
            begun.append(pages.guide)
        agenda.add(start, start - 5, *begun, pages.review, pages.publish, shift=number)
        if code in said["confirmed"]:
            agenda.add(40, 40, pages.confirm, shift=number)
        if code in said["moved"]:
            agenda.add(17, 17, pages.move, shift=number)
