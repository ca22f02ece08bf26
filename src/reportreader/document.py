"""What every front hands on: a file as lines of text and grids of cells, each with its place.

It carries no meaning: which line is a heading and which grid a table of the form is found later.
The small values are named tuples: a page has thousands, and they cost a third of a data class.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple


class Place(NamedTuple):
    """Where something stands: page from 1 (PDF), line from 1 (text), row and column of a grid
    from 1, and box (left, top, right, bottom) in points for PDF; what a format lacks is None."""

    page: int | None = None
    line: int | None = None
    row: int | None = None
    column: int | None = None
    box: tuple[float, float, float, float] | None = None


class Line(NamedTuple):
    """One line of running text as it stands in the file."""

    text: str
    place: Place


class GridCell(NamedTuple):
    """One cell of a ruled or marked-up table with the span it covers; `hidden` when the file
    keeps it from the reader's eye (it is read, and said to be hidden)."""

    text: str
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    place: Place = Place()
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: cells in reading order, rows and columns counted from 0, spans already resolved."""

    cells: tuple[GridCell, ...]
    row_count: int
    column_count: int
    place: Place

    def rows(self) -> list[list[GridCell]]:
        """Cells row by row, each listed in the row where it begins."""
        by_row: list[list[GridCell]] = [[] for _ in range(self.row_count)]
        for cell in self.cells:
            by_row[cell.row].append(cell)
        return by_row


@dataclass(frozen=True, slots=True)
class Picture:
    """An image standing where text or a table could be; it is not read, and said not to be."""

    place: Place


Block = Line | Grid | Picture


@dataclass(frozen=True, slots=True)
class Document:
    """A file in reading order, with its format ("pdf", "docx", "html", "markdown", "text"),
    its metadata (title, agency, date where the format states them) and remarks for the reader."""

    format: str
    blocks: tuple[Block, ...]
    metadata: dict[str, str] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()
    page_count: int | None = None
