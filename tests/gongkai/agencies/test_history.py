"""Names, places and successors are kept with their days; the present is what the latest says."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.agencies.errors import AgencyError
from gongkai.agencies.models import Agency, AgencyKind, Designation, Succession
from gongkai.agencies.queries import name_on, successors_of, tree
from gongkai.agencies.services import (
    close_agency,
    merge_agencies,
    move_agency,
    rename_agency,
    split_agency,
)
from gongkai.trail.models import Row
from tests.gongkai.agencies.county import AT, CLERK, TODAY, body, found

pytestmark = pytest.mark.django_db

BASIS = "云编〔2026〕1号"
CHANGE = date(2026, 2, 1)


def outline(on: date) -> list[str]:
    return ["·" * branch.depth + branch.agency.code for branch in tree(on)]


def recomputed() -> set[tuple[str, str, int | None]]:
    """Code, name, parent of every body, from the designations alone."""
    latest = {one.agency_id: one for one in Designation.objects.order_by("valid_from")}
    codes = dict(Agency.objects.values_list("pk", "code"))
    return {(codes[pk], one.name, one.parent_id) for pk, one in latest.items()}


def cached() -> set[tuple[str, str, int | None]]:
    return set(Agency.objects.values_list("code", "name", "parent_id"))


def test_a_body_bears_its_old_name_on_the_day_before_its_new_one() -> None:
    agency = body("nyj", "云溪县农业局")
    rename_agency(agency, by=CLERK, at=AT, on=CHANGE, name="云溪县农业农村局", basis=BASIS)
    assert name_on(agency, date(2026, 1, 31)) == "云溪县农业局"
    assert name_on(agency, CHANGE) == "云溪县农业农村局"
    assert Row.objects.get(event="agencies.renamed").sentence == (
        "管理员甲自2026-02-01起将机关“云溪县农业局”更名为“云溪县农业农村局”，依据：云编〔2026〕1号"
    )
    with pytest.raises(AgencyError, match="在 2019-12-31 不存续"):
        name_on(agency, date(2019, 12, 31))


def test_a_new_name_and_a_new_place_of_one_day_are_one_designation() -> None:
    upper, agency = body("a", "甲局"), body("b", "乙局")
    rename_agency(agency, by=CLERK, at=AT, on=CHANGE, name="丙局", basis=BASIS)
    move_agency(agency, by=CLERK, at=AT, on=CHANGE, parent=upper, basis="云编〔2026〕2号")
    found = list(Designation.objects.filter(agency=agency))
    assert [(one.name, one.parent, str(one.valid_to)) for one in found] == [
        ("乙局", None, "2026-01-31"),
        ("丙局", upper, "None"),
    ]
    assert found[1].basis == "云编〔2026〕1号；云编〔2026〕2号"


@pytest.mark.parametrize(
    ("on", "message"),
    [
        (date(2026, 3, 3), "生效日期不能晚于今天"),
        (date(2026, 1, 31), "不能早于最近一次变动"),
        (date(2019, 12, 31), "不存续"),
    ],
    ids=["明天", "上次变动之前", "成立之前"],
)
def test_a_change_takes_effect_after_the_last_one_and_not_in_the_future(
    on: date, message: str
) -> None:
    agency = body("a", "甲局")
    rename_agency(agency, by=CLERK, at=AT, on=CHANGE, name="乙局", basis=BASIS)
    with pytest.raises(AgencyError, match=message):
        rename_agency(agency, by=CLERK, at=AT, on=on, name="丙局", basis=BASIS)
    assert cached() == recomputed() == {("a", "乙局", None)}


def test_a_change_states_its_basis_and_a_name_not_taken() -> None:
    agency, _other = body("a", "甲局"), body("b", "乙局")
    for name, basis, message in (
        ("丙局", " ", "请写明依据"),
        ("甲局", BASIS, "与现名不同"),
        ("乙局", BASIS, "已有名为"),
    ):
        with pytest.raises(AgencyError, match=message):
            rename_agency(agency, by=CLERK, at=AT, on=CHANGE, name=name, basis=basis)
    assert Row.objects.filter(event="agencies.renamed").count() == 0


def test_the_tree_is_that_of_the_day() -> None:
    top = body("gov", "某县人民政府", kind=AgencyKind.GOVERNMENT)
    first = body("a", "甲局", parent=top)
    branch = body("a-1", "甲局分局", parent=first)
    second = body("b", "乙局", parent=top)
    move_agency(branch, by=CLERK, at=AT, on=CHANGE, parent=second, basis=BASIS)
    assert outline(date(2026, 1, 31)) == ["gov", "·a", "··a-1", "·b"]
    assert outline(CHANGE) == ["gov", "·a", "·b", "··a-1"]
    assert cached() == recomputed()


def test_a_body_cannot_come_under_itself_or_under_what_is_below_it() -> None:
    top = body("a", "甲局")
    middle = body("b", "乙局", parent=top)
    low = body("c", "丙局", parent=middle)
    for upper in (top, middle, low):
        with pytest.raises(AgencyError, match="成环") as refusal:
            move_agency(top, by=CLERK, at=AT, on=TODAY, parent=upper, basis=BASIS)
        assert refusal.value.field == "parent"
    assert outline(TODAY) == ["a", "·b", "··c"]


def test_the_supervising_office_stays_under_a_government_and_does_not_end() -> None:
    county = found()
    department = body("a", "甲局", parent=county.government, since=TODAY)
    with pytest.raises(AgencyError, match="主管部门须隶属于人民政府"):
        move_agency(county.office, by=CLERK, at=AT, on=TODAY, parent=department, basis=BASIS)
    with pytest.raises(AgencyError, match="主管部门不能撤销"):
        close_agency(county.office, by=CLERK, at=AT, on=TODAY, basis=BASIS)
    with pytest.raises(AgencyError, match="主管部门不能撤销"):
        merge_agencies([county.office], by=CLERK, at=AT, on=TODAY, into=department, basis=BASIS)
    assert Agency.objects.get(supervising=True) == county.office


def test_a_merger_ends_both_the_day_before_and_takes_what_stood_below_along() -> None:
    first, second = body("a", "甲局"), body("b", "乙局")
    branch = body("a-1", "甲局分局", parent=first)
    joint = body("c", "甲乙局", since=CHANGE)
    merge_agencies([second, first], by=CLERK, at=AT, on=CHANGE, into=joint, basis=BASIS)
    assert outline(date(2026, 1, 31)) == ["a", "·a-1", "b"]
    assert outline(CHANGE) == ["c", "·a-1"]
    branch.refresh_from_db()
    assert branch.parent == joint
    assert successors_of(first, date(2026, 1, 31)) == (first,)
    assert successors_of(first, CHANGE) == (joint,)
    assert [
        row.sentence for row in Row.objects.filter(event="agencies.merged", agency_code="b")
    ] == ["管理员甲自2026-02-01起将机关“乙局”并入“甲乙局”，依据：云编〔2026〕1号"]
    assert cached() == recomputed()


def test_a_merger_into_what_is_below_is_refused() -> None:
    upper = body("a", "甲局")
    below = body("b", "乙局", parent=upper)
    with pytest.raises(AgencyError, match="请先调整隶属"):
        merge_agencies([upper], by=CLERK, at=AT, on=CHANGE, into=below, basis=BASIS)
    with pytest.raises(AgencyError, match="不能承继自己"):
        merge_agencies([below], by=CLERK, at=AT, on=CHANGE, into=below, basis=BASIS)
    assert not Succession.objects.exists()


def test_a_split_body_is_followed_by_several_or_goes_on_beside_them() -> None:
    ending, going_on = body("a", "甲局"), body("b", "乙局")
    new = [body(code, f"新局{code}", since=CHANGE) for code in ("x", "y", "z")]
    split_agency(ending, by=CLERK, at=AT, on=CHANGE, into=new[:2], basis=BASIS)
    split_agency(going_on, by=CLERK, at=AT, on=CHANGE, into=new[2:], basis=BASIS, goes_on=True)
    assert [one.code for one in successors_of(ending, CHANGE)] == ["x", "y"]
    assert [one.code for one in successors_of(going_on, CHANGE)] == ["b"]
    assert Row.objects.get(event="agencies.split", agency_code="a").sentence == (
        "管理员甲自2026-02-01起由机关“甲局”分设“新局x、新局y”，依据：云编〔2026〕1号"
    )


def test_successors_are_followed_through_every_later_change() -> None:
    a, b = body("a", "甲局"), body("b", "乙局")
    c = body("c", "丙局", since=date(2025, 6, 1))
    merge_agencies([a, b], by=CLERK, at=AT, on=date(2025, 6, 1), into=c, basis=BASIS)
    d, e = (body(code, f"{code}局", since=CHANGE) for code in ("d", "e"))
    split_agency(c, by=CLERK, at=AT, on=CHANGE, into=[d, e], basis=BASIS)
    close_agency(e, by=CLERK, at=AT, on=date(2026, 2, 20), basis=BASIS)
    assert successors_of(a, date(2025, 12, 31)) == (c,)
    assert successors_of(b, CHANGE) == (d, e)
    assert successors_of(b, TODAY) == (d,)


def test_a_split_needs_successors_that_exist_and_nothing_left_below() -> None:
    agency = body("a", "甲局")
    body("a-1", "甲局分局", parent=agency)
    late = body("x", "新局", since=TODAY)
    with pytest.raises(AgencyError, match="请选择机关"):
        split_agency(agency, by=CLERK, at=AT, on=CHANGE, into=[], basis=BASIS)
    with pytest.raises(AgencyError, match="请先调整下级机关的隶属：甲局分局"):
        split_agency(agency, by=CLERK, at=AT, on=TODAY, into=[late], basis=BASIS)
    with pytest.raises(AgencyError, match="“新局”在 2026-02-01 不存续"):
        split_agency(agency, by=CLERK, at=AT, on=CHANGE, into=[late], basis=BASIS, goes_on=True)
    with pytest.raises(AgencyError, match="不能晚于今天"):
        split_agency(
            agency, by=CLERK, at=AT, on=date(2026, 3, 9), into=[late], basis=BASIS, goes_on=True
        )
    assert not Succession.objects.exists()


def test_what_has_ended_changes_no_more() -> None:
    agency = body("a", "甲局")
    close_agency(agency, by=CLERK, at=AT, on=date(2026, 2, 28), basis=BASIS)
    with pytest.raises(AgencyError, match="已于 2026-02-28 终止"):
        close_agency(agency, by=CLERK, at=AT, on=TODAY, basis=BASIS)
    with pytest.raises(AgencyError, match="已于 2026-02-28 终止"):
        rename_agency(agency, by=CLERK, at=AT, on=CHANGE, name="乙局", basis=BASIS)
    assert outline(date(2026, 2, 28)) == ["a"]
    assert outline(date(2026, 3, 1)) == []


def test_a_move_goes_somewhere_that_exists() -> None:
    upper, agency = body("a", "甲局"), body("b", "乙局")
    late = body("c", "丙局", since=TODAY)
    with pytest.raises(AgencyError, match="上级没有变化"):
        move_agency(agency, by=CLERK, at=AT, on=CHANGE, parent=None, basis=BASIS)
    with pytest.raises(AgencyError, match="“丙局”在 2026-02-01 不存续"):
        move_agency(agency, by=CLERK, at=AT, on=CHANGE, parent=late, basis=BASIS)
    move_agency(agency, by=CLERK, at=AT, on=CHANGE, parent=upper, basis=BASIS)
    move_agency(agency, by=CLERK, at=AT, on=TODAY, parent=None, basis=BASIS)
    assert outline(TODAY) == ["a", "b", "c"]
    moves = Row.objects.filter(event="agencies.moved").order_by("sequence")
    assert [row.facts["parent"] for row in moves] == ["甲局", "（无上级）"]


def test_a_body_does_not_end_before_its_last_change_nor_twice_into_the_same() -> None:
    agency, other = body("a", "甲局"), body("b", "乙局")
    rename_agency(agency, by=CLERK, at=AT, on=CHANGE, name="丙局", basis=BASIS)
    with pytest.raises(AgencyError, match="终止日期不能早于最近一次变动"):
        close_agency(agency, by=CLERK, at=AT, on=date(2026, 1, 31), basis=BASIS)
    split_agency(agency, by=CLERK, at=AT, on=TODAY, into=[other], basis=BASIS, goes_on=True)
    with pytest.raises(AgencyError, match="已经登记"):
        split_agency(agency, by=CLERK, at=AT, on=TODAY, into=[other], basis=BASIS, goes_on=True)


def test_two_bodies_that_gave_parts_to_each_other_do_not_confuse_the_search() -> None:
    first, second = body("a", "甲局"), body("b", "乙局")
    third = body("c", "丙局")
    split_agency(first, by=CLERK, at=AT, on=CHANGE, into=[second], basis=BASIS, goes_on=True)
    split_agency(second, by=CLERK, at=AT, on=CHANGE, into=[first], basis=BASIS, goes_on=True)
    merge_agencies([first, second], by=CLERK, at=AT, on=TODAY, into=third, basis=BASIS)
    assert successors_of(first, TODAY) == (third,)
    assert successors_of(second, date(2026, 3, 1)) == (second,)
