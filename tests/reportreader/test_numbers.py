"""One cell: numbers as clerks print them, blanks, remarks, and what is no single number."""

from __future__ import annotations

from decimal import Decimal

import pytest

from reportreader.normalise import normalise
from reportreader.numbers import read_cell
from statute.reporting.cells import BLANK, UNKNOWN, Cell


@pytest.mark.parametrize(
    ("text", "value"),
    [
        pytest.param("17", 17, id="a number"),
        pytest.param("１７", 17, id="full-width digits"),
        pytest.param("1,234", 1234, id="thousands"),
        pytest.param("1，234", 1234, id="thousands with a full-width comma"),
        pytest.param("减1", -1, id="a decrease in words"),
        pytest.param("-1", -1, id="a decrease with a sign"),
        pytest.param("增2", 2, id="an increase in words"),
        pytest.param("3件", 3, id="a counter"),
        pytest.param("3（含网上提交1件）", 3, id="a remark in brackets"),
        pytest.param("3①", 3, id="a footnote mark is no digit"),
        pytest.param("24252.311082", Decimal("24252.311082"), id="money to the last digit"),
        pytest.param("0.50", Decimal("0.50"), id="a trailing zero is kept"),
        pytest.param("&nbsp;", BLANK, id="an entity left in"),
        pytest.param("/", BLANK, id="a slash"),
        pytest.param("——", BLANK, id="a dash"),
        pytest.param("\u3000", BLANK, id="an ideographic space"),
        pytest.param("007", UNKNOWN, id="leading zeros are cells run together"),
        pytest.param("无", UNKNOWN, id="a word"),
        pytest.param("约3", UNKNOWN, id="an estimate"),
        pytest.param("1.5亿元", UNKNOWN, id="a unit the form does not have"),
        pytest.param("3 / 4", UNKNOWN, id="two numbers"),
    ],
)
def test_a_cell_says_what_is_printed(text: str, value: Cell) -> None:
    read = read_cell(text).value
    assert read == value
    assert str(read) == str(value)


@pytest.mark.parametrize(
    ("text", "unit"), [("271.53 万元", "万元"), ("251000元", "元"), ("15项", None), ("15", None)]
)
def test_the_unit_beside_money_is_kept_and_nothing_is_converted(
    text: str, unit: str | None
) -> None:
    assert read_cell(text).unit == unit


def test_digits_with_spaces_inside_are_closed_and_say_so() -> None:
    assert read_cell("1 2") == (12, None, True)
    assert read_cell("12").closed is False


def test_normalising_keeps_line_ends_and_repairs_radicals() -> None:
    assert normalise("⻔户\u200b网站\n⾏政｜１") == "门户网站\n行政|1"
