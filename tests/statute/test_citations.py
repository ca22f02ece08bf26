"""The written form of citations, and how they are said in Chinese."""

from __future__ import annotations

import pytest

from statute.citations import Citation, chinese_number, cite


@pytest.mark.parametrize(
    ("short", "citation", "locator"),
    [
        ("regulations#33", Citation("regulations", "33"), "第三十三条"),
        ("regulations#33.2", Citation("regulations", "33", 2), "第三十三条第二款"),
        ("regulations#36(7)", Citation("regulations", "36", None, 7), "第三十六条第（七）项"),
        (
            "review_law_2023#23.1(4)",
            Citation("review_law_2023", "23", 1, 4),
            "第二十三条第一款第（四）项",
        ),
        ("holiday_notices#2026", Citation("holiday_notices", "2026"), "2026"),
        ("deadlines_2015#一之2", Citation("deadlines_2015", "一之2"), "一之2"),
    ],
)
def test_a_short_citation_reads_both_ways(short: str, citation: Citation, locator: str) -> None:
    assert cite(short) == citation
    assert str(citation) == citation.short == short
    assert citation.locator == locator


@pytest.mark.parametrize(
    "wrong", ["", "regulations", "regulations#", "#33", "条例#33", "regulations#33.x", "a b#1"]
)
def test_what_is_no_citation_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match="引用写法不对"):
        cite(wrong)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1, "一"),
        (10, "十"),
        (15, "十五"),
        (20, "二十"),
        (85, "八十五"),
        (100, "一百"),
        (103, "一百零三"),
        (110, "一百一十"),
        (202, "二百零二"),
        (999, "九百九十九"),
    ],
)
def test_articles_are_counted_in_chinese(value: int, text: str) -> None:
    assert chinese_number(value) == text


@pytest.mark.parametrize("value", [0, 1000])
def test_numbers_no_article_has_are_refused(value: int) -> None:
    with pytest.raises(ValueError, match="1 至 999"):
        chinese_number(value)
