"""Markdown: barred lines are grids, headings lose their marks, HTML tables are read in place."""

from __future__ import annotations

from reportreader.document import Grid, Line, Picture
from reportreader.fronts.markdown import read_markdown


def test_a_barred_table_is_a_grid_without_its_separator() -> None:
    text = "# 标题\n\n| 项目 | 数量 |\n|---|:-:|\n| 规章 | 0 |\n| 许可 |  |\n"
    document = read_markdown(text.encode(), "报告.md")
    (grid,) = [block for block in document.blocks if isinstance(block, Grid)]
    assert [[cell.text for cell in row] for row in grid.rows()] == [
        ["项目", "数量"], ["规章", "0"], ["许可", ""],
    ]  # fmt: skip
    assert grid.cells[2].place.line == 5
    first = document.blocks[0]
    assert isinstance(first, Line)
    assert first.text == "标题"


def test_breaks_emphasis_and_escaped_bars_are_undone() -> None:
    document = read_markdown("| **结果**<br>维持 | a\\|b |\n".encode(), "报告.md")
    (grid,) = [block for block in document.blocks if isinstance(block, Grid)]
    assert [cell.text for cell in grid.cells] == ["结果\n维持", "a|b"]


def test_html_tables_between_the_lines_keep_their_place_in_order() -> None:
    text = "前\n<table><tr><td>规章</td><td>0</td></tr></table>\n后\n"
    kinds = [type(block) for block in read_markdown(text.encode(), "报告.md").blocks]
    assert kinds.index(Grid) > kinds.index(Line)
    assert Line in kinds[kinds.index(Grid) :]


def test_pictures_are_noted() -> None:
    document = read_markdown("![表三](table.png)\n".encode(), "报告.md")
    assert any(isinstance(block, Picture) for block in document.blocks)


def test_tables_apart_are_grids_apart() -> None:
    document = read_markdown("| 甲 | 1 |\n\n| 乙 | 2 |\n".encode(), "报告.md")
    assert sum(isinstance(block, Grid) for block in document.blocks) == 2
