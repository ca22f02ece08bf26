"""Figures in sentences: what they count, of whom they speak, and what is no such figure."""

from __future__ import annotations

from decimal import Decimal

import pytest

from reportreader.flat import flat_text
from reportreader.prose import figures_in


@pytest.mark.parametrize(
    ("sentence", "what", "value", "unit"),
    [
        ("全年共受理政府信息公开申请749件。", "requests_received", 749, "件"),
        ("共收到8份政府信息公开申请。", "requests_received", 8, "份"),
        ("依申请公开共受理46件。", "requests_received", 46, "件"),
        ("上年结转政府信息公开申请0起。", "requests_carried_in", 0, "起"),
        ("结转下一年31件。", "requests_carried_out", 31, "件"),
        ("共办理718件。", "requests_decided", 718, "件"),
        ("其中予以公开2件。", "requests_granted", 2, "件"),
        ("政府信息公开行政复议351件。", "reviews", 351, "件"),
        ("行政诉讼案件7件。", "suits", 7, "件"),
        ("制发规范性文件77件。", "norm_docs_made", 77, "件"),
        ("发布现行有效行政规范性文件393件。", "norm_docs_in_force", 393, "件"),
        ("发布政策解读信息28条。", "interpretations", 28, "条"),
        ("实际收取信息处理费共计400元。", "fees_charged", 400, "元"),
        ("政府采购总金额271.53万元。", "procurement", Decimal("271.53"), "万元"),
    ],
)
def test_a_figure_says_what_it_counts(
    sentence: str, what: str, value: int | Decimal, unit: str
) -> None:
    (figure,) = figures_in(flat_text([sentence]), None)
    assert (figure.what, figure.value, figure.unit) == (what, value, unit)


def test_a_sentence_runs_on_over_line_ends_and_its_figure_knows_its_line() -> None:
    (figure,) = figures_in(flat_text(["全市共受理政府信息公开申", "请 3119", "件。"]), None)
    assert figure.value == 3119
    assert figure.place.line == 2


@pytest.mark.parametrize(
    "sentence",
    ["予以公开及部分公开42件。", "办理建议提案12件。", "召开会议7次。", "地址：样例路90号。"],
)
def test_figures_of_other_things_are_left_alone(sentence: str) -> None:
    assert figures_in(flat_text([sentence]), None) == ()


@pytest.mark.parametrize(
    ("who", "agency", "own"),
    [
        ("我局", "样例县水利局", True),
        ("全县", "样例县人民政府", True),
        ("全县", "样例县水利局", None),
        ("区政府办", "样例区人民政府", False),
        ("县府办", "样例县人民政府办公室", True),
        ("样例局", "样例县人民政府", False),
        ("", "样例县人民政府", None),
    ],
)
def test_of_whom_a_figure_speaks_is_decided_only_by_the_sentence(
    who: str, agency: str, own: bool | None
) -> None:
    (figure,) = figures_in(flat_text([f"{who}受理政府信息公开申请17件。"]), agency)
    assert figure.own is own
    assert figure.speaks_of == (who or None)


def test_text_that_was_read_as_a_table_is_no_sentence() -> None:
    flat = flat_text(["共办理3件。", "政府集中采购 15 271.53 万元"])
    begin = flat.text.index("政府集中")
    assert [figure.what for figure in figures_in(flat, None, [(begin, len(flat.text))])] == [
        "requests_decided"
    ]
