"""HTML: spans where they put their cells, layout tables as text, mistakes cut back."""

from __future__ import annotations

import pytest

from reportreader.document import Document, Grid, GridCell, Line, Picture
from reportreader.errors import UnreadableError
from reportreader.fronts.html import read_html


def page(body: str) -> Document:
    head = '<html><head><meta charset="utf-8"><title>样例</title></head>'
    return read_html(f"{head}<body>{body}</body></html>".encode(), "页.html")


def grid(body: str) -> Grid:
    blocks = [block for block in page(body).blocks if isinstance(block, Grid)]
    assert len(blocks) == 1
    return blocks[0]


def placed(cells: tuple[GridCell, ...]) -> dict[str, tuple[int, int]]:
    return {cell.text: (cell.row, cell.column) for cell in cells}


def test_spans_move_the_cells_behind_and_below_them() -> None:
    found = grid(
        "<table><tr><td rowspan=2>甲</td><td colspan=2>乙</td></tr>"
        "<tr><td>丙</td><td>丁</td></tr><tr><td>戊</td></tr></table>"
    )
    assert placed(found.cells) == {
        "甲": (0, 0), "乙": (0, 1), "丙": (1, 1), "丁": (1, 2), "戊": (2, 0),
    }  # fmt: skip
    assert (found.row_count, found.column_count) == (3, 3)


@pytest.mark.parametrize("span", ["99999999", "-1", "x", "", "0"])
def test_a_mistaken_span_is_cut_back(span: str) -> None:
    found = grid(
        f"<table><tr><td rowspan='{span}'>甲</td><td>乙</td></tr><tr><td>丙</td></tr></table>"
    )
    assert placed(found.cells)["乙"] == (0, 1)
    assert all(cell.row + cell.row_span <= 2 for cell in found.cells)


def test_an_absurd_colspan_does_not_make_a_wide_grid() -> None:
    assert grid("<table><tr><td colspan=100000>甲</td></tr></table>").column_count <= 100


def test_a_table_around_a_table_is_text_flow() -> None:
    blocks = page("<table><tr><td>前<table><tr><td>内</td></tr></table>后</td></tr></table>").blocks
    assert [type(block) for block in blocks] == [Line, Grid, Line]


def test_paragraphs_breaks_and_marks_make_lines() -> None:
    lines = [b.text for b in page("<p>甲<b>乙</b>丙<br>丁</p><div>戊</div>").blocks
             if isinstance(b, Line)]  # fmt: skip
    assert lines == ["甲乙丙", "丁", "戊"]


def test_what_is_not_shown_is_not_read() -> None:
    blocks = page("<script>12</script><div style='display: none'>34</div><p>56</p>").blocks
    assert [b.text for b in blocks if isinstance(b, Line)] == ["56"]


def test_a_hidden_cell_is_read_and_marked() -> None:
    cells = grid("<table><tr><td>甲</td><td style='display:none'>7</td></tr></table>").cells
    assert [(cell.text, cell.hidden) for cell in cells] == [("甲", False), ("7", True)]


def test_pictures_are_noted_and_the_title_is_metadata() -> None:
    document = page("<p><img src=a.png></p>")
    assert any(isinstance(block, Picture) for block in document.blocks)
    assert document.metadata["title"] == "样例"


def test_the_declared_encoding_is_used() -> None:
    data = '<html><meta charset="gbk"><p>政府信息公开</p></html>'.encode("gbk")
    assert Line("政府信息公开", read_html(data, "页.html").blocks[0].place) in (
        read_html(data, "页.html").blocks
    )


def test_paragraphs_inside_a_cell_are_its_lines() -> None:
    cells = grid("<table><tr><td><p>结果</p><p>维持</p></td></tr></table>").cells
    assert cells[0].text.split() == ["结果", "维持"]


def test_an_empty_page_is_refused() -> None:
    with pytest.raises(UnreadableError, match=r"^页\.html："):
        read_html(b"   ", "页.html")
