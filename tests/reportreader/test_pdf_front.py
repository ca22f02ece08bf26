"""PDF: ruled tables, lines with their boxes, turned and scanned pages, passwords."""

from __future__ import annotations

import io
from collections.abc import Iterable

import pytest
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from reportreader.document import Document, Grid, Line, Picture
from reportreader.errors import UnreadableError
from reportreader.fronts import open_document
from tests.reportreader.bad_files import one_page, pdf, stream
from tests.reportreader.render.figures import seeded_figures
from tests.reportreader.render.pdf_layouts import FONT, PDF_LAYOUTS
from tests.reportreader.render.printed import PrintedTable, printed_report

LAYOUTS = {layout.name: layout for layout in PDF_LAYOUTS}
RULED = ["PDF, ruled", "PDF, side by side", "PDF, turned"]


def read(data: bytes) -> Document:
    return open_document(data, "报告.pdf")


def canvas(*, encrypt: StandardEncryption | None = None) -> tuple[Canvas, io.BytesIO]:
    buffer = io.BytesIO()
    page = Canvas(buffer, pagesize=A4, invariant=1, encrypt=encrypt)
    page.setFont(FONT, 10)
    return page, buffer


def saved(page: Canvas, buffer: io.BytesIO) -> Document:
    page.save()
    return read(buffer.getvalue())


def lines(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Line)]


def grids(document: Document) -> list[Grid]:
    return [block for block in document.blocks if isinstance(block, Grid)]


def texts(grid: Grid) -> list[list[str]]:
    return [[cell.text for cell in row] for row in grid.rows()]


def box(page: Canvas, left: float, top: float, text: str, width: float = 80) -> None:
    """A ruled cell, its upper left corner counted from the upper left of the page."""
    page.rect(left, A4[1] - top - 20, width, 20)
    page.drawString(left + 5, A4[1] - top - 14, text)


def _whole(texts: Iterable[str]) -> list[str]:
    return [text.replace("\n", "") for text in texts if text]


def _figures(texts: list[str]) -> list[str]:
    return [text for text in texts if text.lstrip("-")[:1].isdigit() and "." not in text[:2]]


@pytest.mark.parametrize("edition", ["2019", "2021"])
@pytest.mark.parametrize("name", RULED)
def test_every_figure_of_a_ruled_report_is_in_the_grids(name: str, edition: str) -> None:
    for seed in range(3):
        figures = seeded_figures(str(seed), edition=edition)
        printed = [block for block in printed_report(figures) if isinstance(block, PrintedTable)]
        if name == "PDF, side by side":  # tables two and four stand beside each other
            printed = [printed[0], printed[2], printed[1]]
        document = read(LAYOUTS[name].render(figures))
        found = _whole(cell.text for grid in grids(document) for row in grid.rows() for cell in row)
        wanted = _whole(cell.text for table in printed for row in table.rows() for cell in row)
        assert _figures(found) == _figures(wanted)
        assert sorted(found) == sorted(wanted)  # a page break moves the label of a group


def test_a_grid_has_the_spans_of_the_form() -> None:
    figures = seeded_figures("4", edition="2021")
    tables = {
        block.name: block for block in printed_report(figures) if isinstance(block, PrintedTable)
    }
    document = read(LAYOUTS["PDF, side by side"].render(figures))
    for grid, name in zip(grids(document)[:2], ("proactive", "disputes"), strict=True):
        wanted = [
            (cell.row, cell.column, cell.row_span, cell.column_span)
            for row in tables[name].rows()
            for cell in row
        ]
        found = [
            (cell.row, cell.column, cell.row_span, cell.column_span)
            for row in grid.rows()
            for cell in row
        ]
        assert found == wanted


def test_a_table_over_a_page_break_becomes_two_grids_in_order() -> None:
    figures = seeded_figures("1", edition="2021")
    document = read(LAYOUTS["PDF, ruled"].render(figures))
    pages = [grid.place.page for grid in grids(document)]
    assert pages == sorted(pages, key=lambda page: page or 0)
    assert len(pages) > 3
    assert "- 1 -" in lines(document)


def test_a_table_without_lines_at_its_sides_keeps_its_labels_and_totals() -> None:
    figures = seeded_figures("open", edition="2021")
    document = read(LAYOUTS["PDF, open at the sides"].render(figures))
    rows = [row for grid in grids(document) for row in texts(grid)]
    for name, label in (("a1", "一、本年新收政府信息公开申请数量"), ("r_sum", "（七）总计")):
        (row,) = (row for row in rows if label in row)
        assert row[row.index(label) + 1 :] == [str(cell) for cell in (figures.requests or {})[name]]
    assert "三、收到和处理政府信息公开申请情况" in lines(document)


def test_text_without_rulings_becomes_lines_with_a_row_on_each() -> None:
    figures = seeded_figures("2", edition="2021")
    document = read(LAYOUTS["PDF, text only"].render(figures))
    assert grids(document) == []
    values = (figures.requests or {})["r_deny_1"]
    row = "1.属于国家秘密  " + "  ".join(map(str, values))
    assert row in lines(document)


def test_pictures_stand_where_tables_should() -> None:
    figures = seeded_figures("3", edition="2021")
    document = read(LAYOUTS["PDF, tables as images"].render(figures))
    kinds = [type(block) for block in document.blocks]
    assert kinds.count(Picture) == 3
    assert kinds[4:7] == [Line, Picture, Line]


def test_places_are_boxes_counted_from_the_upper_left() -> None:
    page, buffer = canvas()
    box(page, 50, 100, "A")
    box(page, 130, 100, "12")
    (grid,) = grids(saved(page, buffer))
    assert [cell.place.box for cell in grid.cells] == [
        (50.0, 100.0, 130.0, 120.0),
        (130.0, 100.0, 210.0, 120.0),
    ]
    assert [(cell.place.page, cell.place.row, cell.place.column) for cell in grid.cells] == [
        (1, 1, 1),
        (1, 1, 2),
    ]


def test_a_number_wider_than_its_cell_stays_whole() -> None:
    page, buffer = canvas()
    box(page, 50, 100, "A", width=40)
    box(page, 90, 100, "1234567890", width=30)
    box(page, 120, 100, "", width=40)
    assert texts(grids(saved(page, buffer))[0]) == [["A", "1234567890", ""]]


def test_numbers_that_nearly_touch_over_a_ruling_stay_apart() -> None:
    page, buffer = canvas()
    width = page.stringWidth("12", FONT, 10)
    box(page, 50, 100, "", width=width + 1)
    box(page, 51 + width, 100, "", width=width + 1)
    page.drawString(50.5, A4[1] - 114, "12")
    page.drawString(51.5 + width, A4[1] - 114, "34")
    assert texts(grids(saved(page, buffer))[0]) == [["12", "34"]]


def test_letters_printed_twice_to_look_bold_are_read_once() -> None:
    page, buffer = canvas()
    box(page, 50, 100, "总计")
    box(page, 130, 100, "11")
    page.drawString(55.3, A4[1] - 114, "总计")
    page.drawString(135.3, A4[1] - 114, "11")
    assert texts(grids(saved(page, buffer))[0]) == [["总计", "11"]]


def test_shaded_paragraphs_are_not_tables() -> None:
    page, buffer = canvas()
    page.setFillGray(1)
    page.setStrokeGray(1)
    for number in range(4):
        page.rect(50, 700 - 20 * number, 400, 20, stroke=0, fill=1)
    page.setFillGray(0)
    for number in range(4):
        page.drawString(55, 705 - 20 * number, f"第{number + 1}行")
    document = saved(page, buffer)
    assert grids(document) == []
    assert lines(document) == ["第1行", "第2行", "第3行", "第4行"]


def test_white_shading_above_a_table_is_no_part_of_it() -> None:
    page, buffer = canvas()
    page.setFillGray(1)
    page.rect(50, A4[1] - 100, 160, 20, stroke=0, fill=1)
    page.setFillGray(0)
    page.drawString(55, A4[1] - 94, "二、主动公开")
    box(page, 50, 100, "规章")
    box(page, 130, 100, "0")
    document = saved(page, buffer)
    assert lines(document) == ["二、主动公开"]
    assert texts(grids(document)[0]) == [["规章", "0"]]


def test_a_frame_around_text_is_not_a_table() -> None:
    page, buffer = canvas()
    page.rect(40, 600, 500, 200)
    page.drawString(50, 700, "甲  乙")
    document = saved(page, buffer)
    assert grids(document) == []
    assert lines(document) == ["甲 乙"]


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
def test_pages_are_read_as_they_are_displayed(degrees: int) -> None:
    page, buffer = canvas()
    page.setPageRotation(degrees)  # ReportLab turns the sheet with it: it is displayed upright
    width, height = A4
    page.translate(*{0: (0, 0), 90: (height, 0), 180: (width, height), 270: (0, width)}[degrees])
    page.rotate(degrees)
    for number, text in enumerate(("规章", "3", "5")):
        page.rect(50 + 80 * number, 300, 80, 20)
        page.drawString(55 + 80 * number, 306, text)
    page.drawString(50, 400, "上面一行")
    document = saved(page, buffer)
    assert lines(document) == ["上面一行"]
    (grid,) = grids(document)
    assert texts(grid) == [["规章", "3", "5"]]
    assert grid.place.box == pytest.approx((50, height - 320, 290, height - 300), abs=0.1)


def test_a_scanned_page_among_others_is_remarked_on() -> None:
    page, buffer = canvas()
    page.drawString(50, 700, "封面")
    page.showPage()
    page.drawImage(ImageReader(Image.new("L", (40, 40), 200)), 0, 0, *A4)
    document = saved(page, buffer)
    assert document.remarks == ("第 2 页只有图片，没有文字可读",)
    assert [type(block) for block in document.blocks] == [Line, Picture]
    assert document.page_count == 2


def test_a_file_of_scans_is_refused() -> None:
    page, buffer = canvas()
    page.drawImage(ImageReader(Image.new("L", (40, 40), 200)), 0, 0, *A4)
    with pytest.raises(UnreadableError, match="各页都是图片"):
        saved(page, buffer)


def test_a_file_without_text_is_refused() -> None:
    with pytest.raises(UnreadableError, match="没有文字可读"):
        read(one_page(stream(b"")))


def test_a_file_without_pages_is_refused() -> None:
    empty = pdf(b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 0 >>")
    with pytest.raises(UnreadableError):
        read(empty)


def test_title_and_date_are_metadata_and_the_author_is_not() -> None:
    page, buffer = canvas()
    page.setTitle("样例县2024年年度报告")
    page.setAuthor("某人")
    page.drawString(50, 700, "甲")
    assert saved(page, buffer).metadata == {"title": "样例县2024年年度报告", "date": "2000-01-01"}


def test_glyphs_without_characters_are_not_read_as_numbers() -> None:
    """A font without any mapping: pdfminer writes such glyphs as (cid:12)."""
    font = (
        b"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts "
        b"[<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /CIDSystemInfo "
        b"<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor "
        b"<< /Type /FontDescriptor /FontName /X /Flags 4 /FontBBox [0 0 1000 1000] >> >>] >>"
    )
    content = b"50 700 80 20 re S 130 700 80 20 re S BT /F 10 Tf 55 706 Td <000C> Tj ET"
    resources = b"<< /Font << /F 5 0 R >> >>"
    document = read(one_page(stream(content), font, resources=resources))
    read_text = "".join(cell.text for grid in grids(document) for cell in grid.cells)
    assert not any(character.isdigit() for character in read_text)
    assert document.remarks == ("第 1 页有文字缺少编码，无法辨认",)


def test_numbers_drawn_out_of_order_are_put_together() -> None:
    page, buffer = canvas()
    box(page, 50, 100, "规章")
    box(page, 130, 100, "")
    width = page.stringWidth("4", FONT, 10)
    for place, digit in ((2, "4"), (0, "1"), (1, "2")):
        page.drawString(140 + place * width, A4[1] - 114, digit)
    assert texts(grids(saved(page, buffer))[0]) == [["规章", "124"]]


def test_a_table_drawn_as_one_path_is_traced() -> None:
    page, buffer = canvas()
    path = page.beginPath()
    for across in (50, 130, 210):
        path.moveTo(across, 700)
        path.lineTo(across, 720)
    for down in (700, 720):
        path.moveTo(50, down)
        path.lineTo(210, down)
    page.drawPath(path)
    page.drawString(55, 706, "规章")
    page.drawString(135, 706, "7")
    assert texts(grids(saved(page, buffer))[0]) == [["规章", "7"]]


@pytest.mark.parametrize(
    ("colour", "paper"),
    [
        pytest.param("1 g", True, id="white in grey"),
        pytest.param("1 1 1 rg", True, id="white in red, green, blue"),
        pytest.param("0 0 0 0 k", True, id="no ink"),
        pytest.param("0.8 g", False, id="grey"),
        pytest.param("0 0 0 0.2 k", False, id="a little black"),
    ],
)
def test_only_white_shading_is_paper(colour: str, paper: bool) -> None:
    """Beside a ruled table, a shaded box of two halves is a table unless it is white."""
    helvetica = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    shaded = f"{colour} 50 500 80 20 re f 130 500 80 20 re f 0 g "
    ruled = "50 700 80 20 re S 130 700 80 20 re S "
    words = "BT /F 10 Tf 55 706 Td (A) Tj 80 0 Td (1) Tj -80 -200 Td (B) Tj 80 0 Td (2) Tj ET"
    content = stream((shaded + ruled + words).encode())
    document = read(one_page(content, helvetica, resources=b"<< /Font << /F 5 0 R >> >>"))
    found = [texts(grid) for grid in grids(document)]
    assert found == ([[["A", "1"]]] if paper else [[["A", "1"]], [["B", "2"]]])
