"""Tables out of grids: labels lead, headings decide nothing, blanks keep their places."""

from __future__ import annotations

import pytest

from reportreader.document import Document, Grid, GridCell, Line, Place
from reportreader.read import read_document
from reportreader.reading import How, Reading
from statute.reporting.cells import BLANK, UNKNOWN, Table

NOWHERE = Place()


def grid(*rows: str) -> Grid:
    """Rows written with bars, one cell each; an empty cell is nothing between two."""
    split = [[text.strip() for text in row.split("|")] for row in rows]
    cells = tuple(
        GridCell(text, number, column)
        for number, texts in enumerate(split)
        for column, text in enumerate(texts)
    )
    return Grid(cells, len(rows), max(map(len, split)), NOWHERE)


def read(*blocks: Grid | str) -> Reading:
    parts = tuple(Line(one, NOWHERE) if isinstance(one, str) else one for one in blocks)
    return read_document(Document("html", (*parts, Line("完", NOWHERE))))


def test_a_row_is_known_by_its_label_whatever_the_heading_claims() -> None:
    reading = read(
        grid(
            "项目 | 新收件数 | 上年结转件数 | 予以公开 | 部分公开 | 不予公开 | 结转 | 总计",
            "2.重复申请 | 6 | 1 | 0 | 0 | 0 | 0 | 7",
        )
    )
    assert reading.figures.requests == {"r_ignore_2": (6, 1, 0, 0, 0, 0, 7)}
    assert reading.found[Table.REQUESTS, "r_ignore_2"][0] == (Place(row=2, column=2), How.CELL)


def test_empty_columns_beside_the_values_are_no_cells() -> None:
    reading = read(
        grid(
            "一、本年新收政府信息公开申请数量 | | | 3 | | | | | | 3 | ",
            "（一）予以公开 | | | 3 | | | | | | 3 | ",
        )
    )
    assert reading.figures.requests is not None
    assert reading.figures.requests["a1"] == (3, BLANK, BLANK, BLANK, BLANK, BLANK, 3)


def test_a_glued_cell_is_solved_by_its_sum() -> None:
    reading = read(grid("一、本年新收政府信息公开申请数量 | 640020470"))
    assert (reading.figures.requests or {})["a1"] == (64, 0, 0, 2, 0, 4, 70)


def test_a_row_printed_twice_keeps_its_first_reading_and_says_so() -> None:
    row = "一、本年新收政府信息公开申请数量 | {0} | 0 | 0 | 0 | 0 | 0 | {0}"
    reading = read(grid(row.format(3)), grid(row.format(4)))
    assert (reading.figures.requests or {})["a1"][0] == 3
    assert any(remark.row == "a1" and "不止一次" in remark.text for remark in reading.remarks)


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        ("行政许可 | 9487 | | ", (9487,)),
        ("行政许可 | / ", (BLANK,)),
        ("行政许可 | ", (BLANK,)),
    ],
)
def test_padding_behind_the_values_of_table_two_is_no_value(
    row: str, cells: tuple[object, ...]
) -> None:
    reading = read(grid("信息内容 | 本年处理决定数量", row, "行政处罚 | 1"))
    assert (reading.figures.proactive or {})["license"] == cells


def test_more_values_than_the_form_has_columns_are_unknown() -> None:
    reading = read(grid("信息内容 | 本年处理决定数量", "行政许可 | 1 | 2"))
    assert (reading.figures.proactive or {})["license"] == (UNKNOWN,)


def test_three_small_tables_of_results_are_told_by_the_lines_above_them() -> None:
    head = "结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计"
    reading = read(
        "行政诉讼（未经复议直接起诉）", grid(head, "3 | 0 | 0 | 0 | 3"),
        "行政诉讼（复议后起诉）", grid(head, "8 | 0 | 1 | 1 | 10"),
        "行政复议", grid(head, "27 | 10 | 9 | 15 | 61"),
    )  # fmt: skip
    disputes = reading.figures.disputes or {}
    assert (disputes["rv_total"], disputes["ld_total"], disputes["la_total"]) == (61, 3, 10)


def test_a_blank_among_fifteen_results_keeps_its_place() -> None:
    head = " | ".join(["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"] * 3)
    reading = read(grid(head, "1 | | 0 | 0 | 1 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0"))
    assert (reading.figures.disputes or {})["rv_correct"] is BLANK


def test_a_hidden_cell_is_read_and_remarked() -> None:
    table = grid("一、本年新收政府信息公开申请数量 | 3 | 0 | 0 | 0 | 0 | 0 | 3")
    hidden = table.cells[1]._replace(hidden=True)
    cells = (table.cells[0], hidden, *table.cells[2:])
    reading = read(Grid(cells, 1, 8, NOWHERE))
    assert (reading.figures.requests or {})["a1"][0] == 3
    assert any("隐藏" in remark.text for remark in reading.remarks)


def test_the_form_decides_the_edition_and_the_year_only_without_tables() -> None:
    old = grid("信息内容 | 上一年项目数量 | 本年增/减 | 处理决定数量", "行政许可 | 3 | 减1 | 2")
    reading = read("样例县人民政府2023年政府信息公开工作年度报告", old)
    assert reading.figures.edition == "2019"
    assert reading.figures.year == 2023
    assert (reading.figures.proactive or {})["license"] == (3, -1, 2)
    assert read("样例县人民政府2023年政府信息公开工作年度报告").figures.edition == "2021"


def test_the_last_cell_of_a_document_is_doubted_unless_its_row_adds_up() -> None:
    row = "一、本年新收政府信息公开申请数量 | 16 | 1 | 0 | 0 | 0 | 0 | {}"
    cut = read_document(Document("html", (grid(row.format(1)),)))
    assert (cut.figures.requests or {})["a1"] == (16, 1, 0, 0, 0, 0, UNKNOWN)
    whole = read_document(Document("html", (grid(row.format(17)),)))
    assert (whole.figures.requests or {})["a1"][-1] == 17


def test_rows_run_together_in_one_line_are_told_apart_and_blanks_decide_nothing() -> None:
    first = "一、本年新收政府信息公开申请数量 | 3 | 0 | 0 | 0 | 0 | 0 | 3"
    reading = read(grid(f"{first} | 二、上年结转政府信息公开申请数量 | 1 | 0 | 0 | 0 | 0 | 0 | 1"))
    rows = reading.figures.requests or {}
    assert rows["a1"] == (3, 0, 0, 0, 0, 0, 3)
    assert rows["a2"] == (1, 0, 0, 0, 0, 0, 1)


def test_a_grid_of_sentences_is_read_as_text() -> None:
    lines = [
        "样例县人民政府2024年政府信息公开工作年度报告 | ",
        "全县共受理政府信息公开申请17件，均已答复。 | ",
    ]
    reading = read(grid(*lines))
    assert reading.figures.agency == "样例县人民政府"
    assert [figure.value for figure in reading.prose] == [17]
    assert reading.figures.requests is None


def test_glued_results_in_one_cell_are_split_by_their_totals() -> None:
    head = " | ".join(["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"] * 3)
    reading = read(grid(head, "10203120001200000"))
    assert list((reading.figures.disputes or {}).values()) == [
        1, 0, 2, 0, 3, 12, 0, 0, 0, 12, 0, 0, 0, 0, 0,
    ]  # fmt: skip
