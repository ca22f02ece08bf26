"""Guides and organisation pages: what has to be done, writing by elements, finding them right."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from gongkai.agencies.models import Agency
from gongkai.agencies.services.founding import create_agency
from gongkai.agencies.services.offices import set_disclosure_office
from gongkai.disclosure.models import PageConfirmation, Record
from gongkai.disclosure.queries import latest
from gongkai.disclosure.services.pages import write_page
from gongkai.trail.actors import SYSTEM
from tests.gongkai.disclosure.structured import (
    CONTACT,
    GUIDE,
    ORGANISATION,
    public_page,
    register_office,
)
from tests.gongkai.office.staff import signed_in
from tests.gongkai.office.upkeep import NOW, Desk, staffed_desk

# Screens over verbs that are tried on both databases elsewhere.
pytestmark = pytest.mark.once

LAST_YEAR, THIS_YEAR = date(2025, 3, 3), date(2026, 3, 3)


@pytest.fixture
def desk(db: None, settings: Settings) -> Iterator[Desk]:
    settings.GONGKAI_SECOND_FACTOR_REQUIRED = False
    with time_machine.travel(NOW):
        yield staffed_desk()


def states(desk: Desk, kind: str = "政府信息公开指南") -> dict[str, str]:
    """By body, the state of a kind of page."""
    found = desk.client("officer").get(reverse("office:pages"), {"export": "json"})
    return {row["机关"]: row["状态"] for row in json.loads(found.content) if row["页面"] == kind}


def sent(details: dict[str, Any], revision: int, **changes: Any) -> dict[str, Any]:
    """A guide as its form sends it."""
    words = {name: one for name, one in details.items() if isinstance(one, str)}
    for one in details["channels"]:
        words |= {f"open_{one['channel']}": "on", f"text_{one['channel']}": one["text"]}
    return {**words, "revision": revision, **changes}


def organisation(revision: int, **changes: Any) -> dict[str, Any]:
    """An organisation page as its form sends it."""
    words = {name: one for name, one in ORGANISATION.items() if isinstance(one, str)}
    for part in ("units", "leaders"):
        for number, row in enumerate(ORGANISATION[part]):
            words |= {f"{part}-{number}-{name}": one for name, one in row.items()}
    return {**words, "revision": revision, **changes}


def guide_of(desk: Desk) -> Record:
    return Record.objects.get(agency=desk.chain.agency, kind="guide")


def test_bodies_without_a_page_come_first_and_the_figures_open(desk: Desk) -> None:
    public_page(desk.chain, "guide", THIS_YEAR)
    page = desk.page("officer", "pages")
    found = states(desk)
    assert found[desk.chain.agency.name] == "不用处理"
    assert found[desk.bureau.name] == "还没有"
    missing = Agency.objects.valid_on(date(2026, 3, 12)).exclude(kind="public_enterprise").count()
    assert f"{missing * 2 - 1} 个还没有" in page
    assert "badge-good" in page
    assert "badge-good" not in desk.page("officer", "pages", query="?state=missing")


def test_a_page_of_a_year_ago_is_to_be_looked_at_until_found_right(desk: Desk) -> None:
    register_office(desk.chain, LAST_YEAR)
    public_page(desk.chain, "guide", LAST_YEAR)
    assert states(desk)[desk.chain.agency.name] == "要核对"
    code = desk.chain.agency.code
    assert "已经过期" in desk.page("officer", "page", code, "guide")
    assert desk.post("drafter", "page_confirm", code, "guide") == 403
    assert not PageConfirmation.objects.exists()
    assert desk.post("officer", "page_confirm", code, "guide") == 302
    assert states(desk)[desk.chain.agency.name] == "不用处理"
    assert "张公开核对无误" in desk.page("officer", "page", code, "guide")


def test_a_guide_that_differs_shows_both_and_cannot_be_found_right(desk: Desk) -> None:
    register_office(desk.chain, LAST_YEAR)
    public_page(desk.chain, "guide", THIS_YEAR)
    moved = replace(CONTACT, phone="0570-3099999")
    set_disclosure_office(desk.chain.agency, by=SYSTEM, at=NOW, contact=moved)
    code = desk.chain.agency.code
    page = desk.page("officer", "page", code, "guide")
    assert "与登记的工作机构不一致" in page
    assert "0570-3012345" in page
    assert "0570-3099999" in page
    desk.post("officer", "page_confirm", code, "guide")
    assert not PageConfirmation.objects.exists()
    # The next draft has what is registered.
    assert desk.post("drafter", "page_draft", code, "guide") == 302
    assert latest(guide_of(desk)).details["phone"] == "0570-3099999"


def test_a_first_draft_begins_with_what_is_registered(desk: Desk) -> None:
    register_office(desk.chain, LAST_YEAR)
    code = desk.chain.agency.code
    assert desk.post("final", "page_draft", code, "guide") == 403
    assert desk.post("drafter", "page_draft", code, "guide") == 302
    page = desk.page("drafter", "page_edit", code, "guide")
    assert CONTACT.address in page
    assert "当面提交" in page
    switch = page[page.index('name="open_in_person"') :][:200]
    assert "disabled" in switch
    assert "checked" in switch


def test_channels_are_switched_and_the_text_follows(desk: Desk) -> None:
    code = desk.chain.agency.code
    desk.post("drafter", "page_draft", code, "guide")
    revision = guide_of(desk).revision
    said = sent(
        GUIDE, revision, open_email="on", text_email="发送至 gk@example.gov.cn",
        text_web="https://www.example.gov.cn 没有打开开关",
    )  # fmt: skip
    assert desk.post("drafter", "page_edit", code, "guide", **said) == 302
    draft = latest(guide_of(desk))
    assert [one["channel"] for one in draft.details["channels"]] == ["in_person", "post", "email"]
    assert "gk@example.gov.cn" in draft.body
    assert "没有打开开关" not in draft.body


def test_what_is_missing_is_told_and_may_be_saved_all_the_same(desk: Desk) -> None:
    code = desk.chain.agency.code
    desk.post("drafter", "page_draft", code, "guide")
    said = sent(GUIDE, guide_of(desk).revision, fees="", phone="打总机")
    assert desk.post("drafter", "page_edit", code, "guide", **said) == 302
    page = desk.page("drafter", "page_edit", code, "guide")
    assert "送审前还差　2" in page
    assert "请填写收费标准" in page
    assert "联系电话应写区号和号码" in page


def test_a_colleagues_change_is_not_overwritten_unseen(desk: Desk) -> None:
    code = desk.chain.agency.code
    desk.post("drafter", "page_draft", code, "guide")
    old = guide_of(desk).revision
    version = latest(guide_of(desk))
    write_page(
        version, {**GUIDE, "fees": "同事改的"}, revision=old, by=desk.chain.actor("officer"), at=NOW
    )
    client, address = desk.client("drafter"), reverse("office:page_edit", args=[code, "guide"])
    said = sent(GUIDE, old, fees="我写的收费标准")
    refused = client.post(address, said)
    assert refused.status_code == 422
    page = refused.content.decode()
    assert "别人在您之后改过" in page
    assert "我写的收费标准" in page
    assert latest(guide_of(desk)).details["fees"] == "同事改的"
    over = str(guide_of(desk).revision)
    assert client.post(address, {**said, "over": over}).status_code == 302
    assert latest(guide_of(desk)).details["fees"] == "我写的收费标准"


def test_units_and_leaders_are_rows_and_more_can_be_had(desk: Desk) -> None:
    code = desk.chain.agency.code
    desk.post("drafter", "page_draft", code, "organisation")
    record = Record.objects.get(agency=desk.chain.agency, kind="organisation")
    client, address = (
        desk.client("drafter"),
        reverse("office:page_edit", args=[code, "organisation"]),
    )
    more = client.post(address, {**organisation(record.revision), "more": "units"})
    assert more.status_code == 200
    page = more.content.decode()
    assert 'name="units-3-name"' in page
    assert 'value="政务公开科"' in page
    assert "functions" not in latest(record).details
    said = organisation(record.revision, **{"units-0-name": "", "units-0-duties": ""})
    assert client.post(address, said).status_code == 302
    kept = latest(record).details
    assert kept["units"] == [{"name": "秘书科"}]
    assert kept["leaders"] == ORGANISATION["leaders"]
    assert "还没有送审" in client.get(address).content.decode()


def test_another_body_sees_and_writes_only_its_own(desk: Desk) -> None:
    client = signed_in(desk.stranger)
    assert desk.chain.agency.name not in client.get(reverse("office:pages")).content.decode()
    for code, status in ((desk.chain.agency.code, 404), (desk.bureau.code, 302)):
        address = reverse("office:page_draft", args=[code, "guide"])
        assert client.post(address).status_code == status
    assert client.get(reverse("office:page", args=[desk.bureau.code, "news"])).status_code == 404


@pytest.mark.parametrize("more", [0, 26])
def test_the_list_asks_as_often_for_one_page_as_for_many(
    more: int, desk: Desk, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    register_office(desk.chain, LAST_YEAR)
    public_page(desk.chain, "guide", LAST_YEAR)
    for number in range(more):
        agency = create_agency(
            by=SYSTEM, at=NOW, code=f"x{number}", name=f"新机关{number}", kind="department",
            valid_from=date(2026, 1, 1),
        )  # fmt: skip
        set_disclosure_office(agency, by=SYSTEM, at=NOW, contact=CONTACT)
    client = desk.client("officer")
    client.get(reverse("office:pages"))
    with django_assert_num_queries(10):
        client.get(reverse("office:pages"))
