"""Numbers run on one by one, written as the law writes them; a void one keeps its reason."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.db import IntegrityError, transaction

from gongkai.agencies.errors import AgencyError
from gongkai.agencies.models import Agency, DrawnNumber, NumberSeries
from gongkai.agencies.numbers import draw, label_of, open_series, void_number
from gongkai.agencies.profiles import Profile
from gongkai.agencies.queries import series_faults
from gongkai.agencies.services import close_agency
from gongkai.trail.models import Row
from tests.gongkai.agencies.county import AT, CLERK, SHANGHAI, body

pytestmark = pytest.mark.django_db


def agriculture(code: str = "nyj", letters: str = "云农") -> Agency:
    profile = Profile(
        letter_code=letters, index_code="331-02", region="331100", department_code="07"
    )
    return body(code, f"农业农村局{code}", profile=profile)


def drawn(key: str, agency: Agency, *, year: int = 2026, formed_on: date | None = None) -> str:
    return draw(key, agency=agency, year=year, by=CLERK, at=AT, formed_on=formed_on).text


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("letter", "云农公开〔2026〕1号"),
        ("document", "云农发〔2026〕1号"),
        ("index", "331-02/2026-00001"),
        ("case", "331-02-2026-00001"),
        ("rectification", "政务公开整改通知书〔2026〕第1期"),
    ],
    ids=["告知书", "发文", "索引号", "申请登记", "整改通知书"],
)
def test_a_number_is_written_as_its_kind_is_written(key: str, expected: str) -> None:
    agency = agriculture()
    assert drawn(key, agency) == expected
    assert drawn(key, agency) != expected


def test_each_year_each_kind_and_each_body_counts_for_itself() -> None:
    first, second = agriculture(), agriculture("snj", "云水")
    numbers = [drawn("letter", first), drawn("letter", first), drawn("letter", second)]
    numbers += [drawn("letter", first, year=2027), drawn("document", first)]
    assert numbers == [
        "云农公开〔2026〕1号",
        "云农公开〔2026〕2号",
        "云水公开〔2026〕1号",
        "云农公开〔2027〕1号",
        "云农发〔2026〕1号",
    ]


def test_a_body_may_keep_several_series_of_one_kind() -> None:
    agency = agriculture()
    open_series(
        "letter.答复",
        agency=agency,
        year=2026,
        by=CLERK,
        at=AT,
        template="{letter_code}公复〔{YYYY}〕{seq}号",
    )
    assert [drawn("letter.答复", agency), drawn("letter", agency)] == [
        "云农公复〔2026〕1号",
        "云农公开〔2026〕1号",
    ]
    assert label_of("letter.答复") == "告知书编号（答复）"


def test_numbers_go_on_where_the_paper_ended() -> None:
    agency = agriculture()
    series = open_series(
        "letter",
        agency=agency,
        year=2026,
        by=CLERK,
        at=AT,
        paper_ended_at=37,
        reason="2026年告知书编号登记簿第4页",
    )
    assert drawn("letter", agency) == "云农公开〔2026〕38号"
    assert Row.objects.get(event="agencies.series_opened").sentence == (
        f"管理员甲启用“{agency.name}2026年告知书编号”，"
        "样式{letter_code}公开〔{YYYY}〕{seq}号，从第38号开始，说明：2026年告知书编号登记簿第4页"
    )
    with pytest.raises(AgencyError, match="已经取过号"):
        open_series(
            "letter", agency=agency, year=2026, by=CLERK, at=AT, paper_ended_at=50, reason="再改"
        )
    series.refresh_from_db()
    assert (series.paper_ended_at, series.last_number) == (37, 38)


@pytest.mark.parametrize(
    ("ended", "reason", "message"),
    [(37, " ", "请写明依据"), (-1, "登记簿", "不能为负")],
    ids=["没有依据", "负数"],
)
def test_going_on_from_paper_states_where_it_was_seen(
    ended: int, reason: str, message: str
) -> None:
    agency = agriculture()
    with pytest.raises(AgencyError, match=message):
        open_series(
            "letter",
            agency=agency,
            year=2026,
            by=CLERK,
            at=AT,
            paper_ended_at=ended,
            reason=reason,
        )


def test_next_year_keeps_the_template_and_starts_at_one() -> None:
    agency = agriculture()
    open_series(
        "index",
        agency=agency,
        year=2026,
        by=CLERK,
        at=AT,
        template="{org_code}/{YYYY}{MM}-{seq:05d}",
        paper_ended_at=4,
        reason="登记簿",
    )
    assert drawn("index", agency, formed_on=date(2026, 2, 9)) == "331-02/202602-00005"
    assert drawn("index", agency, year=2027, formed_on=date(2027, 1, 4)) == "331-02/202701-00001"


def test_a_unified_number_has_the_template_of_its_place() -> None:
    agency = agriculture()
    with pytest.raises(AgencyError, match="没有样式"):
        drawn("reg", agency)
    open_series(
        "reg",
        agency=agency,
        year=2026,
        by=CLERK,
        at=AT,
        template="HYXD{department}-{YYYY}-{seq:04d}",
    )
    assert drawn("reg", agency) == "HYXD07-2026-0001"


@pytest.mark.parametrize(
    ("key", "template"),
    [
        ("letter", "{letter_code}公开[{YYYY}]{seq}号"),
        ("letter", "{letter_code}公开〔{YYYY}〕第{seq}号"),
        ("letter", "{letter_code}公开〔{YYYY}〕{seq:03d}号"),
        ("letter", "{letter_code}公开〔{YYYY}〕号"),
        ("index", "{org_code}/{nothing}-{seq}"),
        ("reg", "HCSX01-{YYYY}-{seq:04d}"),
        ("rectification", "整改通知书〔{YYYY}〕{seq}号"),
    ],
    ids=["方括号", "第字", "虚位", "没有序号", "没有的变量", "统一编号级别", "整改通知书用号"],
)
def test_a_template_that_writes_numbers_wrongly_is_refused(key: str, template: str) -> None:
    agency = agriculture()
    with pytest.raises(AgencyError) as refusal:
        open_series(key, agency=agency, year=2026, by=CLERK, at=AT, template=template)
    assert refusal.value.field == "template"
    assert not NumberSeries.objects.exists()


@pytest.mark.parametrize("key", ["nothing", "letter.", "letter. "])
def test_an_unknown_kind_is_refused(key: str) -> None:
    with pytest.raises(AgencyError, match="没有这种编号"):
        drawn(key, agriculture())


def test_without_a_letter_code_no_letter_is_numbered() -> None:
    with pytest.raises(AgencyError, match="没有填写机关代字"):
        drawn("letter", body("a", "甲局"))
    assert not DrawnNumber.objects.exists()


def test_two_bodies_with_one_letter_code_do_not_issue_one_number_twice() -> None:
    first, second = agriculture(), agriculture("other")
    drawn("letter", first)
    with pytest.raises(AgencyError, match="已被使用"):
        drawn("letter", second)


def test_the_day_of_a_document_belongs_to_the_year_of_its_series() -> None:
    with pytest.raises(AgencyError, match="不属于 2026 年"):
        drawn("index", agriculture(), formed_on=date(2025, 12, 31))


def test_a_body_that_has_ended_draws_no_more() -> None:
    agency = agriculture()
    close_agency(agency, by=CLERK, at=AT, on=date(2026, 2, 28), basis="云编1号")
    agency.refresh_from_db()
    with pytest.raises(AgencyError, match="不存续"):
        drawn("letter", agency)


def test_a_leap_day_is_written_in_a_series_of_another_year() -> None:
    leap = datetime(2028, 2, 29, 9, tzinfo=SHANGHAI)
    number = draw("letter", agency=agriculture(), year=2027, by=CLERK, at=leap)
    assert number.text == "云农公开〔2027〕1号"


def test_an_act_undone_leaves_no_gap() -> None:
    agency = agriculture()
    drawn("letter", agency)
    with transaction.atomic():
        assert drawn("letter", agency) == "云农公开〔2026〕2号"
        transaction.set_rollback(True)
    assert drawn("letter", agency) == "云农公开〔2026〕2号"
    assert series_faults() == ()


def test_a_void_number_keeps_its_place_and_reason() -> None:
    agency = agriculture()
    number = draw("letter", agency=agency, year=2026, by=CLERK, at=AT, purpose="case:17")
    voided = void_number(number, by=CLERK, at=AT, reason=" 打印错误 ")
    assert (voided.void, voided.void_reason, voided.purpose) == (True, "打印错误", "case:17")
    assert drawn("letter", agency) == "云农公开〔2026〕2号"
    assert Row.objects.get(event="agencies.number_voided").sentence == (
        "管理员甲将编号“云农公开〔2026〕1号”作废，原因：打印错误"
    )
    with pytest.raises(AgencyError, match="已经作废"):
        void_number(number, by=CLERK, at=AT, reason="再次")
    assert series_faults() == ()


def test_a_number_is_not_voided_without_a_reason() -> None:
    number = draw("letter", agency=agriculture(), year=2026, by=CLERK, at=AT)
    with pytest.raises(AgencyError, match="请写明作废原因"):
        void_number(number, by=CLERK, at=AT, reason=" ")
    number.refresh_from_db()
    assert not number.void


def test_a_gap_made_by_hand_is_found() -> None:
    agency = agriculture()
    for _ in range(2):
        drawn("letter", agency)
    series = NumberSeries.objects.get()
    # One step ahead without a number: the database lets it pass, and refuses the number after it.
    NumberSeries.objects.filter(pk=series.pk).update(last_number=3)
    assert [(fault.series, fault.missing) for fault in series_faults()] == [(series, (3,))]
    with pytest.raises(IntegrityError, match="编号必须连续"), transaction.atomic():
        drawn("letter", agency)
