"""The written side of a report: headings, what each part states, length, likeness."""

from __future__ import annotations

from datetime import date

import pytest

from statute.citations import Mark
from statute.reporting.narrative import (
    COPY_THRESHOLD,
    ELEMENTS,
    OVERVIEW_LENGTH,
    PARTS,
    FeeNumbers,
    fee_paragraph,
    mentions_fees,
    missing_elements,
    over_length,
    period_text,
    required_elements,
    says_nothing,
    sign_off,
    similarity,
    title,
)

PREAMBLE = (
    "根据《中华人民共和国政府信息公开条例》和国办公开办函〔2021〕30号要求编制。全文包括总体情况等六个"
    "部分。所列数据的统计期限自2024年1月1日起\n至12月31日止。电子版可在 https://www.example.gov.cn "
    "下载。地址：人民路1号；邮编：000000；电话：000-0000000；传真：000-0000000。"
)


def test_the_six_parts_have_their_headings() -> None:
    assert [part.heading for part in PARTS] == [
        "一、总体情况",
        "二、主动公开政府信息情况",
        "三、收到和处理政府信息公开申请情况",
        "四、政府信息公开行政复议、行政诉讼情况",
        "五、存在的主要问题及改进情况",
        "六、其他需要报告的事项",
    ]
    assert [part.table for part in PARTS] == [None, "表二", "表三", "表四", None, None]


def test_only_part_four_has_a_second_spelling() -> None:
    assert [len(part.headings) for part in PARTS] == [1, 1, 1, 2, 1, 1]
    assert PARTS[3].headings[1] == "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况"


def test_title_sign_off_and_period_are_written_in_full() -> None:
    assert title("某县人民政府", 2020) == "某县人民政府2020年政府信息公开工作年度报告"
    assert sign_off("某县人民政府", date(2021, 1, 29)) == ("某县人民政府", "2021年1月29日")
    assert period_text(2020) == "自2020年1月1日起至12月31日止"


def ids(year: int, *, government: bool) -> set[str]:
    """What a report for this year must state."""
    return {one.id for one in required_elements(year, government=government)}


ASPECTS = {"proactive", "on_request", "management", "platform", "oversight"}
GOVERNMENT = {"assessment", "social_evaluation", "accountability"}


def test_the_five_aspects_and_the_fees_are_required_from_2021() -> None:
    assert ids(2021, government=False) - ids(2020, government=False) == ASPECTS | {"fees"}


@pytest.mark.parametrize("year", [2019, 2025])
def test_only_governments_report_assessment_evaluation_and_accountability(year: int) -> None:
    assert ids(year, government=True) - ids(year, government=False) == GOVERNMENT


def test_nothing_is_required_of_a_year_before_the_forms() -> None:
    assert ids(2018, government=True) == set()


def test_only_the_wording_of_the_fee_duty_is_from_memory() -> None:
    assert {one.id for one in ELEMENTS if one.mark is Mark.MEMORY} == {"fees"}


def test_a_complete_preamble_misses_nothing_though_lines_break_inside() -> None:
    assert missing_elements({0: PREAMBLE}, 2024, government=False) == ()


@pytest.mark.parametrize(
    ("left_out", "missing"),
    [
        ("12月31日", "period"),
        ("https://www.example.gov.cn", "download"),
        ("邮编", "postcode"),
        ("传真", "fax"),
        ("政府信息公开条例", "basis"),
    ],
)
def test_a_preamble_that_leaves_something_out_is_told_what(left_out: str, missing: str) -> None:
    [element] = missing_elements({0: PREAMBLE.replace(left_out, "")}, 2024, government=False)
    assert element.id == missing


def test_parts_that_were_not_read_miss_nothing() -> None:
    assert missing_elements({}, 2024, government=True) == ()
    missing = {one.id for one in missing_elements({1: "", 6: "无。"}, 2024, government=True)}
    assert missing == ASPECTS | GOVERNMENT | {"fees"}


def test_the_fee_paragraph_states_four_numbers_and_nothing_as_nought() -> None:
    some = fee_paragraph(2024, FeeNumbers(3, 120_050, 1, 38_000))
    for stated in ("3件", "1200.50元", "1件", "380元"):
        assert stated in some
    none = fee_paragraph(2024, FeeNumbers(0, 0, 0, 0))
    assert none.count("0件") == none.count("共计0元") == 2
    assert mentions_fees(none)


def test_a_negative_fee_is_refused() -> None:
    with pytest.raises(ValueError, match="负数"):
        fee_paragraph(2024, FeeNumbers(0, 0, 0, -1))


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("全年未收取信息处理费。", True),
        ("收取信息\n处理费共计0元", True),
        ("依申请公开没有收费。", True),
        ("本年度没有收取任何相关费用。", True),
        ("无其他需要报告的事项。", False),
    ],
)
def test_part_six_is_seen_to_speak_of_fees(text: str, spoken: bool) -> None:
    assert mentions_fees(text) is spoken


@pytest.mark.parametrize(
    "text", ["", "无", "（一）无。\n（二）无。", "暂无暂无暂无暂无暂无暂无", "略" * 12]
)
def test_a_part_that_says_nothing_is_seen(text: str) -> None:
    assert says_nothing(text)


def test_a_part_that_says_something_is_not_empty() -> None:
    assert not says_nothing("解读形式单一，下一步将丰富形式。")


def test_the_overview_may_have_a_thousand_characters_without_a_word_said() -> None:
    assert over_length("公" * 1000 + "\n 　") == 0
    assert over_length("公" * 1003) == 3
    assert OVERVIEW_LENGTH.mark is COPY_THRESHOLD.mark is Mark.PRACTICE


def test_likeness_ignores_figures_and_punctuation() -> None:
    assert similarity("主动公开信息28件，受理申请46件。", "主动公开信息9件;受理申请3件") == 1.0


def test_likeness_is_the_share_of_common_runs() -> None:
    # 甲乙丙丁戊己 has two runs of five, 甲乙丙丁戊庚 two, one of them common: 1 of 3.
    assert similarity("甲乙丙丁戊己", "甲乙丙丁戊庚") == pytest.approx(1 / 3)


@pytest.mark.parametrize("text", ["", "四个汉字"], ids=["empty", "shorter than a run"])
def test_texts_too_short_to_compare_are_not_alike(text: str) -> None:
    assert similarity(text, text) == 0.0
    assert similarity("主动公开政府信息", text) == 0.0
