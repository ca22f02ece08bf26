"""Pages by their elements: begun, reviewed like everything, looked at again every year."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from gongkai.agencies.services.offices import set_disclosure_office
from gongkai.disclosure.errors import DisclosureError, NotEntitledError
from gongkai.disclosure.models import PageConfirmation, Record
from gongkai.disclosure.pages import bodies_without, page_faults, pages_to_look_at
from gongkai.disclosure.services.drafting import edit, submission_faults, submit
from gongkai.disclosure.services.pages import confirm_page, draft_page, renew_page, write_page
from gongkai.disclosure.services.publishing import publish, withdraw
from gongkai.trail.actors import SYSTEM
from gongkai.trail.models import Row
from tests.gongkai.disclosure.chain import Chain
from tests.gongkai.disclosure.documents import body, cleared, draft_of, morning, office, other
from tests.gongkai.disclosure.structured import (
    CONTACT,
    GUIDE,
    page,
    public_page,
    register_office,
)

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 12)
A_YEAR_ON = date(2027, 3, 12)
NEXT = timedelta(days=1)


@pytest.fixture
def chain() -> Chain:
    return office()


def fresh(record: Record) -> Record:
    return Record.objects.get(pk=record.pk)


def test_a_page_begins_from_what_is_registered_and_goes_through_review(chain: Chain) -> None:
    register_office(chain, DAY)
    version = draft_page(chain.agency, "guide", by=chain.actor("drafter"), at=morning(DAY))
    assert version.title == "云溪县人民政府办公室政府信息公开指南"
    assert version.details["phone"] == CONTACT.phone
    assert submission_faults(version) == []
    record = publish(
        cleared(chain, version, DAY), by=chain.actor("officer"), at=morning(DAY + NEXT)
    )
    assert record.is_public


def test_a_body_has_one_page_of_a_kind(chain: Chain) -> None:
    page(chain, "guide", DAY)
    by = chain.actor("drafter")
    with pytest.raises(DisclosureError, match="已有政府信息公开指南"):
        draft_page(chain.agency, "guide", by=by, at=morning(DAY))
    with pytest.raises(DisclosureError, match="按要素填写的页面"):
        draft_page(chain.agency, "news", by=by, at=morning(DAY))
    page(chain, "organisation", DAY)
    page(body(chain, "agriculture"), "guide", DAY)
    assert Record.objects.count() == 3


def test_an_incomplete_guide_is_not_submitted(chain: Chain) -> None:
    version = page(chain, "guide", DAY, fax="")
    fault = "请填写传真号码（《政府信息公开条例》第十二条）"
    assert submission_faults(version) == [("details.fax", fault)]
    revision = fresh(version.record).revision
    with pytest.raises(DisclosureError, match="请填写传真号码"):
        submit(version, revision=revision, by=chain.actor("drafter"), at=morning(DAY))


def test_the_text_is_the_one_made_from_the_elements(chain: Chain) -> None:
    version = page(chain, "guide", DAY)
    assert submission_faults(version) == []
    by, revision = chain.actor("drafter"), fresh(version.record).revision
    version = edit(
        version, {"body": version.body + "<p>另有规定</p>"}, revision=revision, by=by,
        at=morning(DAY),
    )  # fmt: skip
    assert submission_faults(version) == [("body", "正文与填写的要素不一致，请在要素里修改")]


def test_a_guide_is_published_by_law_and_other_kinds_have_no_such_elements(chain: Chain) -> None:
    version = page(chain, "guide", DAY)
    by, revision = chain.actor("drafter"), fresh(version.record).revision
    kept_back = {"attribute": "on_request", "attribute_reason": "内部管理"}
    version = edit(version, kept_back, revision=revision, by=by, at=morning(DAY))
    assert submission_faults(version) == [("attribute", "政府信息公开指南应当主动公开")]
    assert page_faults(draft_of(chain, "news", DAY)) == []
    with pytest.raises(DisclosureError, match="按要素填写的页面"):
        write_page(draft_of(chain, "news", DAY), GUIDE, revision=1, by=by, at=morning(DAY))


def test_a_renewed_guide_takes_over_what_is_registered_now_and_keeps_the_rest(
    chain: Chain,
) -> None:
    register_office(chain, DAY)
    record = public_page(chain, "guide", DAY, fees="收费另行说明。")
    moved = replace(CONTACT, address="云溪县新城大道 6 号")
    set_disclosure_office(chain.agency, by=SYSTEM, at=morning(DAY + NEXT), contact=moved)
    version = renew_page(record, by=chain.actor("drafter"), at=morning(DAY + NEXT))
    assert version.details == {**GUIDE, "address": "云溪县新城大道 6 号", "fees": "收费另行说明。"}
    assert "云溪县新城大道 6 号" in version.body
    assert (version.number, version.changed_on) == (2, DAY + NEXT)
    assert submission_faults(version) == []


# --- once a year ------------------------------------------------------------------------------


def test_a_page_waits_to_be_looked_at_after_a_year_and_not_before(chain: Chain) -> None:
    record = public_page(chain, "organisation", DAY)
    other(chain, "news", DAY)  # no page
    page(body(chain, "agriculture"), "guide", DAY)  # not public
    assert pages_to_look_at(A_YEAR_ON, None) == []
    (found,) = pages_to_look_at(A_YEAR_ON + NEXT, None)
    assert (found.record, found.last_on, found.due_on) == (record, DAY, A_YEAR_ON)
    assert pages_to_look_at(A_YEAR_ON + NEXT, frozenset({chain.agency.pk})) == [found]
    assert pages_to_look_at(A_YEAR_ON + NEXT, frozenset()) == []


def test_a_page_found_right_has_a_year_again(chain: Chain) -> None:
    record = public_page(chain, "guide", DAY)
    by = chain.actor("officer")
    confirm_page(record, by=by, at=morning(A_YEAR_ON))
    assert pages_to_look_at(date(2028, 3, 12), None) == []
    assert len(pages_to_look_at(date(2028, 3, 13), None)) == 1
    assert PageConfirmation.objects.get().clearance == fresh(record).live
    row = Row.objects.get(event="disclosure.page_confirmed")
    assert row.sentence == (
        "云溪县人民政府办公室张公开核对“云溪县人民政府办公室政府信息公开指南”无误，"
        "上次核对或者审查为2026-03-12"
    )


def test_a_confirmation_is_of_the_text_that_was_public_then(chain: Chain) -> None:
    public_page(chain, "guide", DAY)
    record = public_page(chain, "guide", date(2026, 4, 10), fees="改过的收费说明。")
    confirm_page(record, by=chain.actor("officer"), at=morning(date(2026, 5, 12)))
    assert len(pages_to_look_at(date(2027, 5, 13), None)) == 1
    public_page(chain, "guide", date(2026, 6, 12))
    assert pages_to_look_at(date(2027, 6, 12), None) == []
    assert len(pages_to_look_at(date(2027, 6, 13), None)) == 1


def test_a_guide_that_says_otherwise_than_registered_is_named_and_not_confirmed(
    chain: Chain,
) -> None:
    register_office(chain, DAY)
    record = public_page(chain, "guide", DAY)
    assert pages_to_look_at(DAY, None) == []
    moved = replace(CONTACT, phone="0570-3019999", hours="工作日 9:00—17:00")
    set_disclosure_office(chain.agency, by=SYSTEM, at=morning(DAY), contact=moved)
    (found,) = pages_to_look_at(DAY, None)
    assert found.differs == ("办公时间", "联系电话")
    with pytest.raises(DisclosureError, match="不一致：办公时间、联系电话"):
        confirm_page(record, by=chain.actor("officer"), at=morning(DAY))


def test_only_the_officer_confirms_and_only_what_is_public(chain: Chain) -> None:
    record = public_page(chain, "guide", DAY)
    at = morning(DAY + NEXT)
    with pytest.raises(NotEntitledError):
        confirm_page(record, by=chain.actor("drafter"), at=at)
    withdraw(record, reason="有误", by=chain.actor("officer"), at=at)
    with pytest.raises(DisclosureError, match="没有公开"):
        confirm_page(record, by=chain.actor("officer"), at=at)
    news = other(chain, "news", DAY)
    with pytest.raises(DisclosureError, match="按要素填写"):
        confirm_page(news, by=chain.actor("officer"), at=at)
    assert not PageConfirmation.objects.exists()


def test_bodies_without_a_public_guide_are_listed(chain: Chain) -> None:
    before = {one.code for one in bodies_without("guide", DAY)}
    assert chain.agency.code in before
    public_page(chain, "guide", DAY)
    assert before - {one.code for one in bodies_without("guide", DAY)} == {chain.agency.code}
