"""Review and court, visibility, and what the guide must state."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from gongkai.agencies.contacts import REQUIRED_FIELDS, Contact, contact_faults
from gongkai.agencies.errors import AgencyError
from gongkai.agencies.models import Agency, AgencyKind
from gongkai.agencies.profiles import Profile
from gongkai.agencies.queries import (
    as_body,
    region_of,
    remedy_fault,
    to_be_confirmed,
    without_disclosure_office,
)
from gongkai.agencies.services import (
    amend_agency,
    confirm_disclosure_office,
    rename_agency,
    set_disclosure_office,
)
from gongkai.trail.models import Row
from statute.remedies import BodyKind, remedy_for, remedy_text
from tests.gongkai.agencies.county import AT, CLERK, CONTACT, TODAY, body, found

pytestmark = pytest.mark.django_db


# --- review and court -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "kind", "government", "court"),
    [
        ("gov", BodyKind.GOVERNMENT, "澄江市人民政府", "澄江市中级人民法院"),
        ("agriculture", BodyKind.DEPARTMENT, "云溪县人民政府", "云溪县人民法院"),
        ("justice", BodyKind.JUSTICE, "云溪县人民政府", "云溪县人民法院"),
        ("qingshi", BodyKind.TOWNSHIP, "云溪县人民政府", "云溪县人民法院"),
        ("chengnan", BodyKind.STREET_OFFICE, "云溪县人民政府", "云溪县人民法院"),
        ("pension", BodyKind.ORGANISATION, "云溪县人民政府", "云溪县人民法院"),
    ],
    ids=["县政府", "部门", "司法局", "镇", "街道", "授权组织"],
)
def test_a_body_names_who_reviews_it_and_its_court(
    code: str, kind: BodyKind, government: str, court: str
) -> None:
    found(demonstration=True)
    seen = as_body(Agency.objects.get(code=code), TODAY)
    assert (seen.kind, seen.government, seen.court) == (kind, government, court)
    # 不予公开 under art. 14: reviewed first since 2024 (review_law_2023#23.1(4)).
    remedy = remedy_for("deny_state_secret", seen, TODAY)
    assert remedy.review_first
    assert government in remedy_text(remedy)


def test_a_body_answers_under_its_name_of_the_day() -> None:
    government = body("gov", "某县人民政府", kind=AgencyKind.GOVERNMENT)
    agency = body("a", "甲局", parent=government)
    rename_agency(government, by=CLERK, at=AT, on=TODAY, name="新县人民政府", basis="国函1号")
    yesterday = as_body(agency, TODAY - timedelta(days=1))
    assert (yesterday.government, as_body(agency, TODAY).government) == (
        "某县人民政府",
        "新县人民政府",
    )


def test_a_named_review_body_goes_before_the_one_above() -> None:
    agency = body("tax", "某税务局", profile=Profile(remedy_kind="vertical"))
    amended = Profile(remedy_kind="vertical", higher_department="澄江市税务局")
    amend_agency(agency, by=CLERK, at=AT, profile=amended)
    seen = as_body(Agency.objects.get(), TODAY)
    assert (seen.kind, seen.higher_department) == (BodyKind.VERTICAL, "澄江市税务局")
    assert Row.objects.get(event="agencies.amended").sentence == (
        "管理员甲修改机关“某税务局”的资料：上一级主管部门由“”改为“澄江市税务局”"
    )


def test_an_amendment_that_changes_nothing_leaves_no_row() -> None:
    agency = body("a", "甲局", profile=Profile(letter_code="云甲"))
    amend_agency(agency, by=CLERK, at=AT, profile=Profile(letter_code=" 云甲 "))
    assert not Row.objects.filter(event="agencies.amended").exists()


def test_what_is_missing_for_a_remedy_is_named() -> None:
    government = body("gov", "某县人民政府", kind=AgencyKind.GOVERNMENT)
    agency = body("a", "甲局", parent=government)
    assert remedy_fault(agency, TODAY) == "甲局没有填写基层人民法院的名称，不能写救济告知"
    amend_agency(agency, by=CLERK, at=AT, profile=Profile(basic_court="某县人民法院"))
    assert remedy_fault(Agency.objects.get(code="a"), TODAY) == ""
    assert "上一级人民政府" in remedy_fault(government, TODAY) or "中级" in remedy_fault(
        government, TODAY
    )


def test_a_public_enterprise_has_no_review_body() -> None:
    agency = body("water", "某供水公司", kind=AgencyKind.PUBLIC_ENTERPRISE)
    assert remedy_fault(agency, TODAY) == ""
    with pytest.raises(AgencyError, match="不适用行政复议"):
        as_body(agency, TODAY)


def test_a_division_is_that_of_the_body_above_unless_it_has_its_own() -> None:
    government = body(
        "gov", "某县人民政府", kind=AgencyKind.GOVERNMENT, profile=Profile(region="513400")
    )
    agency = body("a", "甲局", parent=government)
    town = body("t", "某镇人民政府", parent=agency, profile=Profile(region="513431100"))
    assert [region_of(one, TODAY) for one in (agency, town)] == ["513400", "513431100"]


# --- visibility -------------------------------------------------------------------------------


def test_one_sees_the_bodies_one_serves_and_the_supervising_office_sees_all() -> None:
    county = found(demonstration=True)
    justice = Agency.objects.get(code="justice")
    everybody = set(Agency.objects.all())
    assert len(everybody) == 11
    seen = Agency.objects.visible_to([justice], supervising=False)
    assert set(seen) == {justice}
    # The government stands above every body; serving there opens none of them.
    assert set(Agency.objects.visible_to([county.government], supervising=False)) == {
        county.government
    }
    assert set(Agency.objects.visible_to([], supervising=False)) == set()
    assert set(Agency.objects.visible_to([county.office], supervising=True)) == everybody


# --- the guide --------------------------------------------------------------------------------


def test_the_guide_has_nine_elements_and_each_is_asked_for_by_its_name() -> None:
    assert len(REQUIRED_FIELDS) == 9
    faults = contact_faults(Contact())
    assert set(faults) == set(REQUIRED_FIELDS)
    assert faults["hours"] == "请填写办公时间（《政府信息公开条例》第十二条）"
    assert contact_faults(CONTACT) == {}


@pytest.mark.parametrize(
    ("field", "value", "right"),
    [
        ("phone", "0570-3012345", True),
        ("phone", "057188880000", True),
        ("phone", "0570-3012345转802、12345", True),
        ("phone", "县政府大楼", False),
        ("phone", "0570-301", False),
        ("phone", "无", False),
        ("fax", "无", True),
        ("fax", "0570-3012346", True),
        ("fax", "没有", False),
        ("online", "gkb@yunxi.example.cn", True),
        ("online", "https://www.example.cn/a、gkb@example.cn", True),
        ("online", "政府网站", False),
        ("postcode", "324000", True),
        ("postcode", "32400", False),
        ("address", "路" * 201, False),
    ],
)
def test_the_ways_to_reach_the_office_are_checked(field: str, value: str, *, right: bool) -> None:
    assert (field not in contact_faults(replace(CONTACT, **{field: value}))) is right


def test_an_office_is_entered_changed_and_confirmed_with_old_and_new_on_the_trail() -> None:
    agency = body("a", "甲局")
    assert without_disclosure_office(TODAY) == [agency]
    set_disclosure_office(agency, by=CLERK, at=AT, contact=CONTACT)
    assert without_disclosure_office(TODAY) == []
    later = AT + timedelta(days=366)
    assert [one.agency for one in to_be_confirmed(TODAY + timedelta(days=366))] == [agency]
    confirm_disclosure_office(agency, by=CLERK, at=later)
    assert to_be_confirmed(TODAY + timedelta(days=366)) == []
    set_disclosure_office(agency, by=CLERK, at=later, contact=replace(CONTACT, fax="0570-3012346"))
    changed = "传真号码由“无”改为“0570-3012346”"
    assert [row.sentence for row in Row.objects.filter(event__startswith="agencies.disc")][1:] == [
        "管理员甲核对“甲局”的公开指南要素和联系方式，未见变化（2027-03-03）",
        "管理员甲登记“甲局”的政府信息公开工作机构“云溪县农业农村局办公室”：" + changed,
    ]


def test_an_incomplete_guide_is_not_stored() -> None:
    agency = body("a", "甲局")
    with pytest.raises(AgencyError, match="请填写传真号码") as refusal:
        set_disclosure_office(agency, by=CLERK, at=AT, contact=replace(CONTACT, fax=" "))
    assert refusal.value.field == "fax"
    with pytest.raises(AgencyError, match="尚未登记"):
        confirm_disclosure_office(agency, by=CLERK, at=AT)


def test_a_public_enterprise_needs_no_disclosure_office() -> None:
    body("water", "某供水公司", kind=AgencyKind.PUBLIC_ENTERPRISE)
    assert without_disclosure_office(date(2026, 3, 2)) == []
