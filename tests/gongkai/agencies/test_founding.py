"""Bodies come into being with a code never used before, in a place that exists."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from gongkai.agencies.errors import AgencyError
from gongkai.agencies.models import Agency, AgencyKind
from gongkai.agencies.profiles import Profile
from gongkai.agencies.queries import directory, remedy_fault, supervising_agency
from gongkai.agencies.services import CountyNames, close_agency, create_agency, found_county
from gongkai.trail.models import Row
from tests.gongkai.agencies.county import AT, CLERK, TODAY, body, found

pytestmark = pytest.mark.django_db


def test_a_county_is_its_government_and_the_office_that_supervises() -> None:
    county = found()
    assert directory() == [
        {
            "code": "gov",
            "name": "云溪县人民政府",
            "kind": "government",
            "parent": None,
            "supervising": False,
        },
        {
            "code": "gov-office",
            "name": "云溪县人民政府办公室",
            "kind": "government_office",
            "parent": "gov",
            "supervising": True,
        },
    ]
    assert supervising_agency() == county.office
    assert not Agency.objects.filter(demonstration=True).exists()


def test_founding_a_county_again_changes_nothing() -> None:
    first = found()
    again = found_county(by=CLERK, at=AT, names=CountyNames(government="另一县人民政府"))
    assert (again.government, again.office) == (first.government, first.office)
    assert Agency.objects.count() == 2
    assert Row.objects.filter(event="agencies.created").count() == 2


def test_names_and_codes_of_the_county_are_those_given() -> None:
    names = CountyNames("石川县人民政府", "石川县政府办公室", "sc", "sc-zfb")
    county = found_county(by=CLERK, at=AT, names=names)
    assert (county.government.name, county.government.short_name) == ("石川县人民政府", "石川县")
    assert (county.office.code, county.office.letter_code) == ("sc-zfb", "")


def test_the_demonstration_county_is_marked_throughout_and_has_every_kind() -> None:
    county = found(demonstration=True)
    assert len(county.others) == 9
    assert not Agency.objects.filter(demonstration=False).exists()
    assert set(Agency.objects.values_list("kind", flat=True)) == set(AgencyKind.values)
    assert Agency.objects.get(code="agriculture").letter_code == "云农"
    assert [remedy_fault(agency, TODAY) for agency in Agency.objects.all()] == [""] * 11
    assert directory(on=TODAY - timedelta(days=1)) == []


def test_a_founding_is_a_sentence_in_the_bodys_own_chain() -> None:
    body("nyj", "云溪县农业农村局")
    row = Row.objects.get(event="agencies.created")
    assert row.agency_code == "nyj"
    assert row.sentence == "管理员甲设立机关“云溪县农业农村局”，代码nyj，类别工作部门"


def test_a_code_is_not_given_again_even_after_the_end() -> None:
    old = body("nyj", "云溪县农业局")
    close_agency(old, by=CLERK, at=AT, on=date(2026, 1, 31), basis="云编〔2026〕1号")
    with pytest.raises(AgencyError, match="代码不重复使用") as refusal:
        body("nyj", "云溪县农业农村局")
    assert refusal.value.field == "code"


def test_a_name_is_free_again_after_the_end() -> None:
    old = body("a", "云溪县农业局")
    with pytest.raises(AgencyError, match="已有名为"):
        body("b", "云溪县农业局")
    close_agency(old, by=CLERK, at=AT, on=date(2026, 1, 31), basis="云编〔2026〕1号")
    assert body("b", "云溪县农业局", since=date(2026, 2, 1)).code == "b"


@pytest.mark.parametrize(
    ("code", "name", "since", "supervising", "message"),
    [
        ("x", " ", TODAY, False, "请填写机关名称"),
        ("农 业", "某局", TODAY, False, "机关代码只用"),
        ("x", "某局", date(2026, 3, 3), False, "成立日期不能晚于今天"),
        ("x", "某局", TODAY, True, "主管部门须是存续的人民政府办公厅"),
    ],
    ids=["没有名称", "代码有汉字和空格", "明天才成立", "部门当主管部门"],
)
def test_what_cannot_be_is_refused(
    code: str, name: str, since: date, *, supervising: bool, message: str
) -> None:
    with pytest.raises(AgencyError, match=message):
        create_agency(
            by=CLERK,
            at=AT,
            code=code,
            name=name,
            kind=AgencyKind.DEPARTMENT,
            valid_from=since,
            supervising=supervising,
        )
    assert not Agency.objects.exists()


def test_the_parent_has_to_exist_on_the_day() -> None:
    government = found().government
    with pytest.raises(AgencyError, match="在 2026-03-01 不存续") as refusal:
        body("x", "某局", parent=government, since=date(2026, 3, 1))
    assert refusal.value.field == "parent"


def test_a_second_supervising_office_is_refused_by_service_and_database() -> None:
    found()
    with pytest.raises(AgencyError, match="主管部门只能有一个"):
        create_agency(
            by=CLERK,
            at=AT,
            code="second",
            name="又一办公室",
            kind=AgencyKind.GOVERNMENT_OFFICE,
            supervising=True,
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        Agency.objects.create(
            code="second",
            name="又一办公室",
            kind=AgencyKind.GOVERNMENT_OFFICE,
            supervising=True,
            valid_from=TODAY,
        )


@pytest.mark.parametrize(
    ("profile", "field"),
    [
        (Profile(letter_code="YX"), "letter_code"),
        (Profile(index_code="农-1"), "index_code"),
        (Profile(region="12345"), "region"),
        (Profile(department_code="7"), "department_code"),
        (Profile(remedy_kind="township"), "remedy_kind"),
        (Profile(remedy_kind="nothing"), "remedy_kind"),
    ],
    ids=[
        "代字不是汉字",
        "索引号代码有汉字",
        "区划五位",
        "部门代码一位",
        "部门当乡镇",
        "没有的类别",
    ],
)
def test_codes_have_their_shape(profile: Profile, field: str) -> None:
    with pytest.raises(AgencyError) as refusal:
        body("x", "某局", profile=profile)
    assert refusal.value.field == field
