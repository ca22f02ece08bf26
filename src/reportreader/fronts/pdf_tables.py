"""Ruled tables of a PDF page: where their cells lie, and which text stands in them.

It follows rulings only; tables set without rulings stay lines of text.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from reportreader.document import Grid, GridCell, Place
from reportreader.fronts.pdf_geometry import Box, PageView, centre, hull
from reportreader.fronts.pdf_text import Glyph, Run, cut_at_gap, lines

_WHITE = 0.99
_OPEN_SIDE = 12.0  # points: narrower than any column, wider than rulings overhang


@dataclass(frozen=True, slots=True)
class RuledTable:
    """A lattice of rulings in reading direction; `owner` maps (row, column) to a cell."""

    boxes: tuple[Box, ...]
    spans: tuple[tuple[int, int, int, int], ...]  # row, column, row span, column span
    downs: tuple[float, ...]
    acrosses: tuple[float, ...]
    owner: dict[tuple[int, int], int]

    @property
    def box(self) -> Box:
        """The outline of the table."""
        return hull(list(self.boxes))

    def cell_at(self, point: tuple[float, float]) -> int | None:
        """The cell around a point, None outside the table or in a hole of its rulings."""
        across, down = point
        place = (bisect_right(self.downs, down) - 1, bisect_right(self.acrosses, across) - 1)
        return self.owner.get(place)


def trace(page: Any, view: PageView) -> list[RuledTable]:
    """The ruled tables of a pdfplumber page; frames of a single column are not tables."""
    ruled = _without_paper(page)
    tables = []
    for found in ruled.find_tables(_closing_lines(ruled)):
        table = _lattice([view.from_display(cell) for cell in found.cells])
        if len(table.acrosses) > 2:
            tables.append(table)
    return tables


def _closing_lines(page: Any) -> dict[str, Any]:
    """Settings that close tables printed without lines at their sides, where labels stand.

    Level rulings that reach beyond the outermost upright ones end where a side should be; it is
    drawn between two level rulings wherever some upright one crosses from the one to the other.
    """
    uprights, levels = page.vertical_edges, page.horizontal_edges
    if not uprights or not levels:
        return {}
    left, right = min(edge["x0"] for edge in levels), max(edge["x1"] for edge in levels)
    sides = [left] if left < min(edge["x0"] for edge in uprights) - _OPEN_SIDE else []
    sides += [right] if right > max(edge["x1"] for edge in uprights) + _OPEN_SIDE else []
    if not sides:
        return {}
    downs = sorted({round(edge["top"], 1) for edge in levels})
    closing = [
        _upright(side, top, bottom)
        for top, bottom in pairwise(downs)
        if any(edge["top"] < top + 1 and edge["bottom"] > bottom - 1 for edge in uprights)
        for side in sides
    ]
    return {"explicit_vertical_lines": closing} if closing else {}


def _upright(across: float, top: float, bottom: float) -> dict[str, Any]:
    """A line in pdfplumber's own notation."""
    return {
        "object_type": "line",
        "x0": across,
        "x1": across,
        "top": top,
        "bottom": bottom,
        "width": 0.0,
        "height": bottom - top,
    }


def fill(
    tables: Sequence[RuledTable], pieces: Iterable[Run], view: PageView, page_number: int
) -> tuple[list[tuple[Box, Grid]], list[Run]]:
    """Puts each run of text into the cell around it → (grids with their boxes, runs left over).

    A lattice without any text is a drawing and gives no grid.
    """
    inside: list[dict[int, list[Run]]] = [{} for _ in tables]
    outside: list[Run] = []
    for piece in pieces:
        number = _table_around(tables, piece)
        if number is None:
            outside.append(piece)
            continue
        for cell, part in _portions(tables[number], piece):
            inside[number].setdefault(cell, []).append(part)
    grids = [
        (table.box, _grid(table, texts, view, page_number))
        for table, texts in zip(tables, inside, strict=True)
        if texts
    ]
    return grids, outside


def _without_paper(page: Any) -> Any:
    """White fills are the paper behind paragraphs, not rulings, unless nothing else is drawn."""
    drawn = len(page.rects) + len(page.lines) + len(page.curves)
    paper = {id(rect) for rect in page.rects if _is_paper(rect)}
    if not paper or len(paper) == drawn:
        return page
    return page.filter(lambda item: id(item) not in paper)


def _is_paper(rect: dict[str, Any]) -> bool:
    colour = rect.get("non_stroking_color")
    if rect.get("stroke") or not rect.get("fill") or colour is None:
        return False
    parts = colour if isinstance(colour, tuple | list) else (colour,)
    if not all(isinstance(part, int | float) for part in parts):
        return False
    if len(parts) == 4:  # CMYK: no ink
        return all(part <= 1 - _WHITE for part in parts)
    return all(part >= _WHITE for part in parts)


def _lattice(cells: Sequence[Box]) -> RuledTable:
    boxes = [(round(a, 1), round(b, 1), round(c, 1), round(d, 1)) for a, b, c, d in cells]
    boxes.sort(key=lambda box: (box[1], box[0]))
    acrosses = sorted({edge for box in boxes for edge in (box[0], box[2])})
    downs = sorted({edge for box in boxes for edge in (box[1], box[3])})
    column = {edge: index for index, edge in enumerate(acrosses)}
    row = {edge: index for index, edge in enumerate(downs)}
    spans = []
    owner: dict[tuple[int, int], int] = {}
    for index, (left, top, right, bottom) in enumerate(boxes):
        span = (row[top], column[left], row[bottom] - row[top], column[right] - column[left])
        spans.append(span)
        for down in range(row[top], row[bottom]):
            for across in range(column[left], column[right]):
                owner[(down, across)] = index
    return RuledTable(tuple(boxes), tuple(spans), tuple(downs), tuple(acrosses), owner)


def _table_around(tables: Sequence[RuledTable], piece: Run) -> int | None:
    point = centre(piece.box)
    for number, table in enumerate(tables):
        if table.cell_at(point) is not None:
            return number
    return None


def _portions(table: RuledTable, piece: Run) -> list[tuple[int, Run]]:
    """A run cut where it crosses a ruling with a gap there; without a gap it has overflowed its
    cell and belongs whole to the cell around its middle."""
    home = table.cell_at(centre(piece.box))
    if home is None:
        return []
    parts: list[tuple[int, list[Glyph]]] = []
    for glyph in piece.glyphs:
        cell = table.cell_at(centre(glyph.box))
        if parts and (cell == parts[-1][0] or not cut_at_gap(piece, parts[-1][1][-1], glyph)):
            parts[-1][1].append(glyph)
        else:
            parts.append((home if cell is None else cell, [glyph]))
    if len(parts) == 1:
        return [(home, piece)]
    return [(cell, Run.of(group)) for cell, group in parts]


def _grid(table: RuledTable, texts: dict[int, list[Run]], view: PageView, page_number: int) -> Grid:
    cells = []
    for index, (row, column, row_span, column_span) in enumerate(table.spans):
        box = view.to_display(table.boxes[index])
        cells.append(
            GridCell(
                text="\n".join(line.text for line in lines(texts.get(index, []))),
                row=row,
                column=column,
                row_span=row_span,
                column_span=column_span,
                place=Place(page=page_number, row=row + 1, column=column + 1, box=box),
            )
        )
    place = Place(page=page_number, box=view.to_display(table.box))
    return Grid(tuple(cells), len(table.downs) - 1, len(table.acrosses) - 1, place)
