"""Walks the sheets of an OpenDocument: rows, cells, words, with the layer that hides them.

Repeated rows and cells are counted, never written out. What hides a cell stands in the table
HIDERS, in the order in which it counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from lxml import etree

from screening.extraction.docx_lines import Piece, passages_of
from screening.extraction.gathering import (
    Gathered,
    attribute,
    local_name,
    take_attribute,
    take_text,
    take_words,
    whole,
)
from screening.extraction.leftovers import telling
from screening.extraction.ods_looks import Look, Looks, is_flat, layer_of
from screening.extraction.xlsx_ranges import name_of
from screening.passages import Layer, Place

_ROWS = frozenset(("table-rows", "table-header-rows", "table-row-group"))
_COLUMNS = frozenset(("table-columns", "table-header-columns", "table-column-group"))
_CELLS = frozenset(("table-cell", "covered-table-cell"))
_LINES = frozenset(("p", "h"))
_FAR = 1_048_576  # rows of a sheet, more than its columns
_SPACES = {"tab": "\t", "line-break": "\n"}


@dataclass(slots=True)
class Sheet:
    """A sheet on the way of being read."""

    found: Gathered
    looks: Looks
    name: str
    layer: Layer | None = None  # that of the whole sheet
    protected: bool = False
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    column_styles: list[tuple[int, int, str]] = field(default_factory=list)
    row: int = 0
    columns: int = 0
    row_layer: Layer | None = None
    row_style: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell, or several alike side by side."""

    first: int
    last: int
    style: str
    look: Look
    covered: bool


def read_sheet(found: Gathered, looks: Looks, table: etree._Element) -> None:
    """All cells of a sheet; what else it keeps is left in the tree."""
    sheet = Sheet(found, looks, take_attribute(table, "name"))
    sheet.layer = sheet_layer(table, looks, sheet.name)
    sheet.protected = attribute(table, "protected") == "true"
    place = Place(sheet=sheet.name, part="工作表的名称")
    found.say(sheet.layer or Layer.VISIBLE, sheet.name, place)
    for element, hidden in _parts(table, _COLUMNS, "table-column"):
        _learn_columns(sheet, element, hidden=hidden)
    for element, hidden in _parts(table, _ROWS, "table-row"):
        _read_row(sheet, element, hidden=hidden)


def sheet_layer(table: etree._Element, looks: Looks, name: str) -> Layer | None:
    """The layer of a whole sheet: another file's cells, a scenario, or a hidden sheet."""
    if table.find("{*}table-source") is not None and name.startswith("'file:"):
        return Layer.CACHE
    if table.find("{*}scenario") is not None:
        return Layer.HIDDEN_SHEET
    look = looks.of("table", attribute(table, "style-name"))
    return Layer.HIDDEN_SHEET if look.get("display") == "false" else None


def _parts(
    table: etree._Element, groups: frozenset[str], name: str, *, hidden: bool = False
) -> Iterator[tuple[etree._Element, bool]]:
    """(row or column, whether its group is folded), also within groups."""
    for child in table:
        tag = local_name(child)
        if tag == name:
            yield child, hidden
        elif tag in groups:
            folded = hidden or attribute(child, "display") == "false"
            yield from _parts(child, groups, name, hidden=folded)


def _learn_columns(sheet: Sheet, element: etree._Element, *, hidden: bool) -> None:
    first = sheet.columns + 1
    sheet.columns += repeated(element, "number-columns-repeated")
    look = sheet.looks.of("table-column", attribute(element, "style-name"))
    collapsed = attribute(element, "visibility") in ("collapse", "filter")
    if hidden or collapsed or is_flat(look, "column-width"):
        sheet.hidden_columns.append((first, sheet.columns))
    style = attribute(element, "default-cell-style-name")
    if style:
        sheet.column_styles.append((first, sheet.columns, style))


def _read_row(sheet: Sheet, element: etree._Element, *, hidden: bool) -> None:
    first = sheet.row + 1
    sheet.row += repeated(element, "number-rows-repeated")
    sheet.row_style = attribute(element, "default-cell-style-name")
    sheet.row_layer = row_layer(sheet, element, hidden=hidden)
    column = 0
    for cell in element:
        if local_name(cell) in _CELLS:
            start = column + 1
            column += repeated(cell, "number-columns-repeated")
            if len(cell) or len(cell.attrib):
                _read_cell(sheet, cell, first, start, column)


def row_layer(sheet: Sheet, element: etree._Element, *, hidden: bool) -> Layer | None:
    """How a row is hidden, if it is."""
    if attribute(element, "visibility") == "filter":
        return Layer.FILTERED_ROW
    look = sheet.looks.of("table-row", attribute(element, "style-name"))
    collapsed = attribute(element, "visibility") == "collapse"
    return Layer.HIDDEN_ROW if hidden or collapsed or is_flat(look, "row-height") else None


def repeated(element: etree._Element, name: str) -> int:
    """How often a row or cell stands there."""
    return max(1, min(whole(attribute(element, name), 1), _FAR))


def _read_cell(sheet: Sheet, element: etree._Element, row: int, first: int, last: int) -> None:
    place = Place(sheet=sheet.name, cell=name_of(row, first), row=row, column=first)
    style = attribute(element, "style-name") or sheet.row_style or _column_style(sheet, first)
    look = sheet.looks.of("table-cell", style)
    covered = local_name(element) == "covered-table-cell"
    cell = Cell(first, last, style, look, covered)
    layer = hidden_by(sheet, cell)
    formula = take_attribute(element, "formula")
    sheet.found.say(Layer.FORMULA, formula.partition(":")[2] or formula, place)
    pieces: list[Piece] = []
    for line in element:
        reader = CELL_PARTS.get(local_name(line))
        if reader is not None:
            reader(sheet, line, place)
        if local_name(line) in _LINES:
            pieces += [Piece("\n")] * bool(pieces) + pieces_of(line, sheet.looks, look, layer)
    for each, words in passages_of(pieces, Layer.VISIBLE):
        sheet.found.say(each, words, place)
    _say_inner(sheet, element, "".join(piece.text for piece in pieces), layer, place)


def _say_inner(
    sheet: Sheet, element: etree._Element, shown: str, layer: Layer | None, place: Place
) -> None:
    """The value a cell holds, where it says more than what is shown."""
    plain = "".join(shown.split())
    for name in ("string-value", "value"):
        value = take_attribute(element, name)
        if value and "".join(value.split()) != plain and (name == "string-value" or telling(value)):
            sheet.found.say(layer or Layer.HIDDEN_TEXT, value, place)


def _column_style(sheet: Sheet, column: int) -> str:
    return next((s for first, last, s in sheet.column_styles if first <= column <= last), "")


def pieces_of(line: etree._Element, looks: Looks, around: Look, layer: Layer | None) -> list[Piece]:
    """The pieces of a paragraph, each in its layer; a layer that lies over all of it counts."""
    found: list[Piece] = []
    _walk(line, looks, around, layer, found)
    return found


def _walk(
    element: etree._Element, looks: Looks, around: Look, layer: Layer | None, found: list[Piece]
) -> None:
    tag = local_name(element)
    own = layer
    if own is None and tag in ("span", "a", "ruby", *_LINES):
        family = "paragraph" if tag in _LINES else "text"
        look = looks.of(family, attribute(element, "style-name"))
        own = layer_of(look, {**around, **look})
    kind = own or Layer.VISIBLE
    if tag == "s":
        found.append(Piece(" " * min(repeated(element, "c"), 100), kind))
    found.append(Piece(_SPACES.get(tag, "") + take_text(element), kind))
    for child in element:
        if local_name(child) not in _ASIDE:
            _walk(child, looks, around, own, found)
        tail, child.tail = child.tail, None
        found.append(Piece(tail or "", kind))


# What stands in a line and is no word of it.
_ASIDE = frozenset(("annotation", "frame", "custom-shape", "ruby-text", "note", "annotation-end"))


def _read_comment(sheet: Sheet, element: etree._Element, place: Place) -> None:
    """A comment of a cell, with its author."""
    for name in ("{*}creator", "{*}creator-initials", "{*}sender-initials"):
        for author in element.iter(name):
            sheet.found.say(Layer.METADATA, take_words(author), Place(part="批注的作者"))
    for date in element.iter("{*}date", "{*}date-string"):
        take_words(date)
    sheet.found.say(Layer.COMMENT, "\n".join(lines_below(element)), place)


# What a cell holds beside its lines.
CELL_PARTS: dict[str, Callable[[Sheet, etree._Element, Place], None]] = {
    "annotation": _read_comment,
}


def _of_sheet(sheet: Sheet, _: Cell) -> Layer | None:
    return sheet.layer


def _of_row(sheet: Sheet, _: Cell) -> Layer | None:
    return sheet.row_layer


def _of_column(sheet: Sheet, cell: Cell) -> Layer | None:
    """All the columns of a cell must be hidden."""
    at = cell.first
    for first, last in sheet.hidden_columns:
        if first <= at <= last:
            at = last + 1
    return Layer.HIDDEN_COLUMN if at > cell.last else None


def _merged_away(_: Sheet, cell: Cell) -> Layer | None:
    return Layer.HIDDEN_TEXT if cell.covered else None


def _protected_away(sheet: Sheet, cell: Cell) -> Layer | None:
    hidden = cell.look.get("cell-protect") == "hidden-and-protected"
    return Layer.HIDDEN_TEXT if hidden and sheet.protected else None


def _of_format(sheet: Sheet, cell: Cell) -> Layer | None:
    return Layer.WHITE_TEXT if sheet.looks.shows_nothing(cell.style) else None


def _of_look(_: Sheet, cell: Cell) -> Layer | None:
    return layer_of(cell.look, cell.look)


HIDERS: dict[str, Callable[[Sheet, Cell], Layer | None]] = {
    "sheet": _of_sheet,
    "row": _of_row,
    "column": _of_column,
    "merge": _merged_away,
    "protection": _protected_away,
    "format": _of_format,
    "look": _of_look,
}
_ORDER = tuple(HIDERS)


def hidden_by(sheet: Sheet, cell: Cell) -> Layer | None:
    """The layer of a cell that is not seen: what hides it first counts."""
    for name in _ORDER:
        hider = HIDERS.get(name)
        layer = None if hider is None else hider(sheet, cell)
        if layer is not None:
            return layer
    return None


def lines_below(element: etree._Element) -> Iterator[str]:
    """The paragraphs below an element, taken out of the tree."""
    for line in element.iter("{*}p", "{*}h"):
        yield take_words(line)
