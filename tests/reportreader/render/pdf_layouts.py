"""PDF written with ReportLab: ruled, without rulings, side by side, turned, and as pictures."""

from __future__ import annotations

import io
from collections.abc import Iterator

from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from statute.reporting.cells import Figures
from tests.reportreader.render.layout import Layout
from tests.reportreader.render.printed import (
    PrintedBlock,
    PrintedTable,
    printed_report,
)

FONT = "STSong-Light"  # one of the CID fonts every PDF program knows: no font file is needed
_SIZE = 9.0
_LEADING = 12.0
_MARGIN = 50.0
_WEIGHTS = {"proactive": (4, 3, 3, 3), "requests": (1, 2, 5, *[1.6] * 7), "disputes": (1,) * 15}

pdfmetrics.registerFont(UnicodeCIDFont(FONT))


class _Pages:
    """Fills pages from the top; knows where the next block begins."""

    def __init__(
        self,
        size: tuple[float, float] = A4,
        *,
        rulings: bool = True,
        turned: bool = False,
        open_sides: bool = False,
    ) -> None:
        self.buffer = io.BytesIO()
        self.turned = turned
        self.open_sides = open_sides
        self.canvas = Canvas(self.buffer, pagesize=size[::-1] if turned else size, invariant=1)
        self.width, self.height = size
        self.rulings = rulings
        self.page = 1
        self._begin()

    def _begin(self) -> None:
        self.down = _MARGIN
        if self.turned:  # drawn along the long side of an upright page
            self.canvas.translate(self.height, 0)
            self.canvas.rotate(90)
        self.canvas.setFont(FONT, _SIZE)

    def turn_page(self) -> None:
        """Ends the page with its number."""
        self.canvas.drawCentredString(self.width / 2, 20, f"- {self.page} -")
        self.canvas.showPage()
        self.page += 1
        self._begin()

    def text(self, text: str) -> None:
        """A paragraph in lines that fit."""
        for line in _wrapped(text, self.width - 2 * _MARGIN):
            if self.down + _LEADING > self.height - _MARGIN:
                self.turn_page()
            self.canvas.drawString(_MARGIN, self.height - self.down - _SIZE, line)
            self.down += _LEADING * 1.5

    def table(self, table: PrintedTable, left: float, right: float, rows: range) -> None:
        """These rows of a table from where the page is; spans are cut to them, and the text of a
        cell that is cut stands in its greater part."""
        edges = _edges(_WEIGHTS[table.name], left, right)
        heights = _row_heights(table, edges)
        tops = [self.down]
        for row in rows:
            tops.append(tops[-1] + heights[row])
        for cell in table.cells:
            first, last = max(cell.row, rows.start), min(cell.row + cell.row_span, rows.stop)
            if first < last:
                rest = cell.row_span - (last - first)
                here = last - first > rest or (last - first == rest and first == cell.row)
                text = cell.text if here else ""
                sides = (edges[cell.column], edges[cell.column + cell.column_span])
                self._cell(text, sides, tops[first - rows.start], tops[last - rows.start])
        self.down = tops[-1]

    def _cell(self, text: str, sides: tuple[float, float], top: float, bottom: float) -> None:
        left, right = sides
        if self.open_sides:
            for down in (top, bottom):
                self.canvas.line(left, self.height - down, right, self.height - down)
            for across in {left, right} - {_MARGIN, self.width - _MARGIN}:
                self.canvas.line(across, self.height - bottom, across, self.height - top)
        elif self.rulings:
            self.canvas.rect(left, self.height - bottom, right - left, bottom - top)
        lines = _wrapped(text, right - left - 4)
        down = (top + bottom - _LEADING * len(lines)) / 2
        for line in lines:
            self.canvas.drawCentredString((left + right) / 2, self.height - down - _SIZE, line)
            down += _LEADING

    def rows_that_fit(self, table: PrintedTable) -> Iterator[range]:
        """The rows of a table page by page; turns the page between them."""
        heights = _row_heights(table, _edges(_WEIGHTS[table.name], _MARGIN, self.width - _MARGIN))
        start, down = 0, self.down
        for row, height in enumerate(heights):
            if down + height > self.height - _MARGIN:
                if row > start:
                    yield range(start, row)
                self.turn_page()
                start, down = row, self.down
            down += height
        yield range(start, len(heights))

    def finished(self) -> bytes:
        """The file."""
        self.turn_page()
        self.canvas.save()
        return self.buffer.getvalue()


def _wrapped(text: str, width: float) -> list[str]:
    lines = [""]
    for character in text:
        if pdfmetrics.stringWidth(lines[-1] + character, FONT, _SIZE) > width and lines[-1]:
            lines.append("")
        lines[-1] += character
    return lines


def _edges(weights: tuple[float, ...], left: float, right: float) -> list[float]:
    edges = [left]
    for weight in weights:
        edges.append(edges[-1] + (right - left) * weight / sum(weights))
    return [*edges[:-1], right]


def _row_heights(table: PrintedTable, edges: list[float]) -> list[float]:
    """Each row as high as its fullest cell that begins and ends in it."""
    heights = [_LEADING + 6] * table.row_count
    for cell in table.cells:
        width = edges[cell.column + cell.column_span] - edges[cell.column] - 4
        if cell.row_span == 1:
            needed = _LEADING * len(_wrapped(cell.text, width)) + 6
            heights[cell.row] = max(heights[cell.row], needed)
    return heights


def _flowing(pages: _Pages, blocks: list[PrintedBlock]) -> bytes:
    for block in blocks:
        if isinstance(block, PrintedTable):
            for rows in pages.rows_that_fit(block):
                pages.table(block, _MARGIN, pages.width - _MARGIN, rows)
            pages.down += _LEADING
        else:
            pages.text(block)
    return pages.finished()


def _ruled(figures: Figures) -> bytes:
    return _flowing(_Pages(), printed_report(figures))


def _open_sided(figures: Figures) -> bytes:
    return _flowing(_Pages(open_sides=True), printed_report(figures))


def _unruled(figures: Figures) -> bytes:
    return _flowing(_Pages(rulings=False), printed_report(figures))


def _side_by_side(figures: Figures) -> bytes:
    """Tables two and four next to each other above table three, on a landscape page."""
    pages = _Pages((A4[1] * 1.4, A4[0] * 1.4))
    blocks = printed_report(figures)
    tables = {block.name: block for block in blocks if isinstance(block, PrintedTable)}
    for block in blocks[:5]:
        pages.text(str(block))
    middle, top = pages.width / 2, pages.down
    left, right = tables["proactive"], tables["disputes"]
    pages.table(left, _MARGIN, middle - 20, range(left.row_count))
    below, pages.down = pages.down, top
    pages.table(right, middle + 20, pages.width - _MARGIN, range(right.row_count))
    pages.down = max(below, pages.down) + _LEADING
    return _flowing(pages, [tables["requests"], *blocks[-4:]])


def _turned(figures: Figures) -> bytes:
    """Landscape content on upright pages: one has to turn the head."""
    return _flowing(_Pages(A4[::-1], turned=True), printed_report(figures))


def _pictured(figures: Figures) -> bytes:
    """The tables are pictures between the headings."""
    pages = _Pages()
    grey = ImageReader(Image.new("L", (40, 40), 200))
    for block in printed_report(figures):
        if isinstance(block, PrintedTable):
            pages.canvas.drawImage(grey, _MARGIN, pages.height - pages.down - 150, 400, 150)
            pages.down += 160
        else:
            pages.text(block)
    return pages.finished()


PDF_LAYOUTS: tuple[Layout, ...] = (
    Layout("PDF, ruled", ".pdf", _ruled),
    Layout(
        "PDF, text only", ".pdf", _unruled, keeps_blanks=False, loses="which cells were empty"
    ),
    Layout("PDF, open at the sides", ".pdf", _open_sided),
    Layout("PDF, side by side", ".pdf", _side_by_side),
    Layout("PDF, turned", ".pdf", _turned),
    Layout(
        "PDF, tables as images", ".pdf", _pictured,
        lossless=False, shows_tables=False, loses="the tables",
    ),
)  # fmt: skip
