"""Rows that ran together: lines of a table joined, values caught inside a label or above one."""

from __future__ import annotations

from reportreader.read import read_bytes
from statute.reporting.cells import UNKNOWN, Cell, Figures

HEAD = "三、收到和处理政府信息公开申请情况\n申请人情况 自然人 法人或其他组织 总计\n"


def read(text: str, name: str = "report.txt") -> Figures:
    return read_bytes(text.encode(), name).figures


def row(figures: Figures, name: str) -> tuple[Cell, ...] | None:
    return None if figures.requests is None else figures.requests.get(name)


def test_two_rows_of_a_markdown_table_on_one_line_are_two_rows() -> None:
    figures = read(
        "## 三、收到和处理政府信息公开申请情况\n\n"
        "| 一、本年新收政府信息公开申请数量 | 9 | 0 | 0 | 0 | 0 | 0 | 9 |\n"
        "|  |  | 8.属于行政查询事项 | 5 | 0 | 0 | 0 | 0 | 0 | 5 |"
        "|  | （四）无 | 1.本机关不掌握相关政府信息 | 4 | 1 | 0 | 0 | 0 | 0 | 5 |\n",
        "report.md",
    )
    assert row(figures, "r_deny_8") == (5, 0, 0, 0, 0, 0, 5)
    assert row(figures, "r_unable_1") == (4, 1, 0, 0, 0, 0, 5)


def test_a_row_of_dashes_before_a_label_ends_no_row_too_early() -> None:
    figures = read(
        "| 一、本年新收政府信息公开申请数量 | 9 | 0 | 0 | 0 | 0 | 0 | 9 |\n"
        "| - | - | （六）其他处理 | 2 | 0 | 0 | 0 | 0 | 0 | 2 |\n",
        "report.md",
    )
    assert row(figures, "a1") == (9, 0, 0, 0, 0, 0, 9)


LAYOUT = (
    "一、本年新收政府信息公开申请数量 9 0 0 0 0 0 9\n"
    "二、上年结转政府信息公开申请数量 0 0 0 0 0 0 0\n"
    "（一）予以公开 5 0 0 0 0 0 5\n"
    "（二）部分公开（区分处理的，只计这一情形，不\n"
    "1 0 0 0 0 0 1\n"
    "计其他情形）\n"
    "（三）不予公开 1.属于国家秘密 0 0 0 0 0 0 0\n"
    "2.其他法律行政法规禁止公开 0 0 0 0 0 0 0\n"
)


def test_values_between_two_lines_of_a_label_are_its_own() -> None:
    assert row(read(HEAD + LAYOUT), "r_partial") == (1, 0, 0, 0, 0, 0, 1)


def test_of_two_labels_before_the_numbers_of_a_line_the_nearer_has_them() -> None:
    text = LAYOUT + (
        "1.本机关不掌握相关政府信息 2 0 0 0 0 0 2\n"
        "1 0 0 0 0 0 1\n"
        "2.没有现成信息需要另行制作3.补正后申请内容仍不明确 0 0 0 0 0 0 0\n"
    )
    figures = read(HEAD + text)
    assert row(figures, "r_unable_3") == (0, 0, 0, 0, 0, 0, 0)
    assert row(figures, "r_unable_2") in ((1, 0, 0, 0, 0, 0, 1), (UNKNOWN,) * 7)


def test_a_line_of_nothing_but_slashes_is_a_row_of_the_layout() -> None:
    text = LAYOUT + (
        "1.本机关不掌握相关政府信息 2 0 0 0 0 0 2\n"
        "2.没有现成信息需要另行制作\n"
        "1 0 0 0 0 0 1\n"
        "3.补正后申请内容仍不明确\n"
        "/ / / / / / /\n"
    )
    figures = read(HEAD + text)
    assert row(figures, "r_unable_2") == (1, 0, 0, 0, 0, 0, 1)
    found = row(figures, "r_unable_3")
    assert found is not None
    assert not any(isinstance(cell, int) for cell in found)


def test_glued_values_inside_a_label_make_those_behind_it_doubtful() -> None:
    text = LAYOUT.replace(" ", "").replace("计其他情形）\n", "计其他情形）\n0000000\n")
    found = row(read(HEAD + text), "r_partial")
    assert found is not None
    assert found[0] != 0
    assert found[6] != 0
