"""Cells and figures: what a report may say, and how it is written down."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from statute.reporting.cells import (
    BLANK,
    UNKNOWN,
    Candidates,
    Cell,
    CellRef,
    Figures,
    Gap,
    Number,
    Table,
    cell_from_plain,
    cell_label,
    cell_to_plain,
    is_number,
)
from statute.reporting.editions import edition
from tests.statute.reporting_figures import SOURCE_2020

PLAIN = [
    pytest.param(46, 46, id="a count"),
    pytest.param(-1, -1, id="a decrease"),
    pytest.param(Decimal("271.53"), Decimal("271.53"), id="money"),
    pytest.param(None, BLANK, id="a blank"),
    pytest.param("unknown", UNKNOWN, id="unknown"),
    pytest.param({"candidates": [1, 12]}, Candidates((1, 12)), id="two readings"),
    pytest.param({"candidates": [None, 3]}, Candidates((BLANK, 3)), id="blank or three"),
]


@pytest.mark.parametrize(("plain", "cell"), PLAIN)
def test_a_cell_is_read_from_its_plain_form_and_written_back(plain: object, cell: Cell) -> None:
    assert cell_from_plain(plain) == cell
    assert cell_to_plain(cell) == plain


@pytest.mark.parametrize(
    ("text", "number"), [("7545", 7545), ("-3", -3), ("0.50", Decimal("0.50"))]
)
def test_money_may_come_as_text(text: str, number: Cell) -> None:
    read = cell_from_plain(text)
    assert read == number
    assert type(read) is type(number)


@pytest.mark.parametrize("value", [271.53, True], ids=["a float", "a truth value"])
def test_a_number_that_lost_what_was_printed_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        cell_from_plain(value)


@pytest.mark.parametrize(
    "value", ["四十六", "NaN", [1], {"candidates": [1, 2], "true": 1}], ids=repr
)
def test_what_is_not_a_cell_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match="不是"):
        cell_from_plain(value)


def test_alternatives_of_alternatives_are_refused() -> None:
    with pytest.raises(TypeError, match="备选"):
        cell_from_plain({"candidates": [1, {"candidates": [2, 3]}]})


@pytest.mark.parametrize("values", [(), (1,), (1, 1), (1, 2, 2), (1, UNKNOWN)], ids=repr)
def test_alternatives_are_two_or_more_different_readings(values: tuple[Number | Gap, ...]) -> None:
    with pytest.raises(ValueError, match="备选"):
        Candidates(values)


def test_only_a_definite_number_is_a_number() -> None:
    assert is_number(0)
    assert is_number(Decimal("1.5"))
    assert not any(is_number(cell) for cell in (BLANK, UNKNOWN, Candidates((1, 2))))


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param(lambda: Figures(edition="2008"), id="an edition that does not exist"),
        pytest.param(lambda: Figures(requests={"a1": (1, 1)}), id="a row of two cells"),
        pytest.param(lambda: Figures(requests={"a9": (0,) * 7}), id="a row of no form"),
        pytest.param(lambda: Figures(requests_single={"a9": 1}), id="a number of no row"),
        pytest.param(lambda: Figures(disputes={"rv_lost": 1}), id="a result not in table four"),
        pytest.param(lambda: Figures(proactive={"penalty": (0, 0)}), id="a width of no form"),
    ],
)
def test_figures_of_no_known_form_are_refused(wrong: Callable[[], Figures]) -> None:
    with pytest.raises(ValueError, match="没有"):
        wrong()


@pytest.mark.parametrize(
    ("ref", "cell"),
    [
        (CellRef(Table.REQUESTS, "a1", "total"), 46),
        (CellRef(Table.REQUESTS, "a1", "natural"), UNKNOWN),
        (CellRef(Table.REQUESTS, "r_other_1", "total"), UNKNOWN),
        (CellRef(Table.REQUESTS, "r_grant"), 17),
        (CellRef(Table.REQUESTS, "r_deny_1"), UNKNOWN),
        (CellRef(Table.DISPUTES, "ld_total"), 2),
        (CellRef(Table.PROACTIVE, "norm_docs", "total_public"), 226),
        (CellRef(Table.PROACTIVE, "central_purchase", "amount"), Decimal("271.53")),
        (CellRef(Table.PROSE, "新收申请"), UNKNOWN),
    ],
    ids=lambda value: f"{value.row}.{value.column}" if isinstance(value, CellRef) else None,
)
def test_a_reference_finds_its_cell(ref: CellRef, cell: Cell) -> None:
    assert SOURCE_2020.cell(ref) == cell


def test_a_table_that_is_not_there_has_unknown_cells() -> None:
    nothing = Figures(edition="2021", year=2025)
    assert nothing.request("a1", "total") is UNKNOWN
    assert nothing.dispute("rv_total") is UNKNOWN
    assert nothing.published("license", "decisions") is UNKNOWN


def test_a_row_printed_on_another_form_than_the_reports_is_unknown_to_it() -> None:
    mixed = Figures(edition="2021", proactive={"penalty": (1, 0, 3)})
    assert mixed.published("penalty", "decisions") is UNKNOWN
    assert Figures(proactive={"penalty": (3,)}).published("penalty", "decisions") is UNKNOWN


@pytest.mark.parametrize(
    ("ref", "label"),
    [
        (
            CellRef(Table.REQUESTS, "r_partial", "org_business"),
            "表三“（二）部分公开”商业企业",
        ),
        (CellRef(Table.REQUESTS, "r_deny_1", "total"), "表三“（三）不予公开1.属于国家秘密”总计"),
        (CellRef(Table.REQUESTS, "r_other", "total"), "表三“（六）其他处理”总计"),
        (CellRef(Table.REQUESTS, "a4"), "表三“四、结转下年度继续办理”（所在列不明）"),
        (CellRef(Table.DISPUTES, "la_pending"), "表四“复议后起诉·尚未审结”"),
        (CellRef(Table.PROACTIVE, "norm_docs", "made"), "表二“行政规范性文件”本年制发件数"),
        (CellRef(Table.PROSE, "新收申请"), "正文“新收申请”"),
        (
            CellRef(Table.REQUESTS, "a4", "total", "上年"),
            "上年表三“四、结转下年度继续办理”总计",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_cell_is_named_in_the_words_of_the_form(ref: CellRef, label: str) -> None:
    assert cell_label(ref, edition("2021")) == label
