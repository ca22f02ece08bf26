"""DOCX written with python-docx, so that writer and reader share no code."""

from __future__ import annotations

import io

from docx import Document
from docx.document import Document as DocxDocument
from PIL import Image

from statute.reporting.cells import Figures
from tests.reportreader.render.layout import Layout
from tests.reportreader.render.printed import PrintedTable, printed_report


def _merged(figures: Figures) -> bytes:
    """Merged cells as Word writes them: gridSpan across, vMerge down."""
    document = Document()
    for block in printed_report(figures):
        if isinstance(block, PrintedTable):
            _add_table(document, block)
        else:
            document.add_paragraph(block)
    return _saved(document)


def _pictured(figures: Figures) -> bytes:
    """The tables are pictures between the headings."""
    picture = io.BytesIO()
    Image.new("L", (40, 20), 200).save(picture, "PNG")
    document = Document()
    for block in printed_report(figures):
        if isinstance(block, PrintedTable):
            picture.seek(0)
            document.add_picture(picture)
        else:
            document.add_paragraph(block)
    return _saved(document)


def _add_table(document: DocxDocument, printed: PrintedTable) -> None:
    table = document.add_table(printed.row_count, printed.column_count)
    cells = [list(row.cells) for row in table.rows]
    for cell in printed.cells:
        target = cells[cell.row][cell.column]
        if cell.row_span > 1 or cell.column_span > 1:
            last = cells[cell.row + cell.row_span - 1][cell.column + cell.column_span - 1]
            target = target.merge(last)
        target.text = cell.text


def _saved(document: DocxDocument) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


DOCX_LAYOUTS: tuple[Layout, ...] = (
    Layout("DOCX, merged cells", ".docx", _merged),
    Layout(
        "DOCX, tables as images", ".docx", _pictured,
        lossless=False, shows_tables=False, loses="the tables",
    ),
)  # fmt: skip
