"""The two forms: what they print, how many rows and columns, for which years."""

from __future__ import annotations

import pytest

from statute.errors import NotInForceError
from statute.reporting.edition_2019 import EDITION_2019
from statute.reporting.edition_2021 import EDITION_2021
from statute.reporting.editions import edition, edition_for_year
from statute.reporting.forms import Edition, Unit
from statute.reporting.tables import APPLICANTS


@pytest.mark.parametrize(
    ("form", "details", "span", "rows"),
    [
        pytest.param(EDITION_2019, 19, 20, 23, id="2019: nineteen outcomes under a span of twenty"),
        pytest.param(EDITION_2021, 21, 22, 25, id="2021: twenty-one under a span of twenty-two"),
    ],
)
def test_table_three_has_the_rows_of_its_edition(
    form: Edition, details: int, span: int, rows: int
) -> None:
    assert len(form.outcome_rows) == details
    assert form.result_span == span
    # a1, a2, the outcomes, （七）总计 and a4
    assert len(form.requests) == details + 4 == rows


def test_table_three_columns_stand_in_printed_order() -> None:
    assert [column.label for column in APPLICANTS] == [
        "自然人",
        "商业企业",
        "科研机构",
        "社会公益组织",
        "法律服务机构",
        "其他",
        "总计",
    ]


def test_the_2019_form_has_one_row_for_other_outcomes_and_the_2021_form_three() -> None:
    assert [row for row in EDITION_2019.outcome_rows if "other" in row] == ["r_other"]
    assert [row for row in EDITION_2021.outcome_rows if "other" in row] == [
        "r_other_1",
        "r_other_2",
        "r_other_3",
    ]


def test_table_four_is_one_row_of_fifteen_numbers_in_three_groups() -> None:
    assert [column.id for column in EDITION_2021.dispute_columns] == [
        *("rv_uphold", "rv_correct", "rv_other", "rv_pending", "rv_total"),
        *("ld_uphold", "ld_correct", "ld_other", "ld_pending", "ld_total"),
        *("la_uphold", "la_correct", "la_other", "la_pending", "la_total"),
    ]
    assert [group.total for group in EDITION_2019.disputes] == ["rv_total", "ld_total", "la_total"]


def test_table_two_of_2019_ends_with_procurement_and_2021_without() -> None:
    assert list(EDITION_2019.proactive_rows) == [
        *("rules", "norm_docs", "license", "other_service"),
        *("penalty", "coercion", "admin_fee", "central_purchase"),
    ]
    assert list(EDITION_2021.proactive_rows) == [
        *("rules", "norm_docs", "license", "penalty", "coercion", "admin_fee"),
    ]


@pytest.mark.parametrize(
    ("form", "row", "label", "columns"),
    [
        (
            EDITION_2019,
            "norm_docs",
            "规范性文件",
            ["本年新制作数量", "本年新公开数量", "对外公开总数量"],
        ),
        (
            EDITION_2021,
            "norm_docs",
            "行政规范性文件",
            ["本年制发件数", "本年废止件数", "现行有效件数"],
        ),
        (EDITION_2019, "penalty", "行政处罚", ["上一年项目数量", "本年增/减", "处理决定数量"]),
        (EDITION_2021, "penalty", "行政处罚", ["本年处理决定数量"]),
        (EDITION_2019, "admin_fee", "行政事业性收费", ["上一年项目数量", "本年增/减"]),
        (EDITION_2021, "admin_fee", "行政事业性收费", ["本年收费金额（单位：万元）"]),
        (EDITION_2019, "central_purchase", "政府集中采购", ["采购项目数量", "采购总金额"]),
    ],
    ids=lambda value: value.id if isinstance(value, Edition) else None,
)
def test_table_two_row_prints_its_label_and_columns(
    form: Edition, row: str, label: str, columns: list[str]
) -> None:
    printed, printed_columns = form.proactive_rows[row]
    assert printed.label == label
    assert [column.label for column in printed_columns] == columns


def test_only_the_yearly_change_of_items_may_be_negative() -> None:
    signed = {
        column.id
        for form in (EDITION_2019, EDITION_2021)
        for _, columns in form.proactive_rows.values()
        for column in columns
        if column.signed
    }
    assert signed == {"delta"}


def test_money_of_2021_is_in_ten_thousand_yuan_and_of_2019_as_printed() -> None:
    assert EDITION_2021.proactive_rows["admin_fee"][1][0].unit is Unit.YUAN_10K
    assert EDITION_2019.proactive_rows["central_purchase"][1][1].unit is Unit.FREE


@pytest.mark.parametrize(
    ("year", "expected"), [(2019, "2019"), (2020, "2019"), (2021, "2021"), (2025, "2021")]
)
def test_a_report_year_has_its_form(year: int, expected: str) -> None:
    assert edition_for_year(year) is edition(expected)


def test_a_year_before_2019_has_no_form() -> None:
    with pytest.raises(NotInForceError, match="2018"):
        edition_for_year(2018)


def test_an_unknown_edition_is_refused() -> None:
    with pytest.raises(KeyError):
        edition("2008")
