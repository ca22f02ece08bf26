"""Reads one sheet: cells with the layer that hides them, and what else the sheet keeps.

What hides a cell stands in the table HIDERS, in the order in which it counts; what else a sheet
keeps in the table KEEPERS, by element.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from lxml import etree

from screening.extraction.gathering import attribute, local_name, take_attribute, take_words, whole
from screening.extraction.office_parts import Office, relation_id
from screening.extraction.xlsx_formats import hides, shown
from screening.extraction.xlsx_looks import CellLook, Looks
from screening.extraction.xlsx_ranges import Area, area_of, cell_of, name_of
from screening.extraction.xlsx_strings import Run, Strings, Words, words_of
from screening.passages import Layer, Place

_FLAT_POINTS = 2.0
_NARROW_CHARACTERS = 0.3
_TALL = 1_000  # merged areas of more rows are looked through one by one
_MARGIN_CODE = re.compile(
    r'&(?:"[^"]*"|K(?:[0-9A-Fa-f]{6}|\d\d[+-]\d{3})|\d{1,3}|[LCRPNDTFAGZESUBIXYOH&])'
)


@dataclass(slots=True)
class Book:
    """A workbook on the way of being read."""

    office: Office
    looks: Looks = field(default_factory=Looks)
    strings: Strings = field(default_factory=Strings)
    since_1904: bool = False
    sheets: dict[str, tuple[str, bool]] = field(default_factory=dict)  # part → name, hidden
    sheet: str = ""  # the one whose parts are being read
    shown: set[str] = field(default_factory=set)  # short words that are seen in a cell


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with its words: what is stored, and what a reader would see."""

    row: int
    column: int
    look: CellLook
    words: Words
    number: bool


@dataclass(slots=True)
class Sheet:
    """What a sheet says of its rows and columns."""

    book: Book
    name: str
    hidden: bool
    part: str = ""
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    filters: list[Area] = field(default_factory=list)
    heads: list[Area] = field(default_factory=list)  # first rows of tables with a style
    merged: dict[int, list[Area]] = field(default_factory=dict)
    merged_tall: list[Area] = field(default_factory=list)

    def place(self, row: int = 0, column: int = 0) -> Place:
        """A place of this sheet."""
        cell = name_of(row, column) if row and column else ""
        part = "" if cell else self.part
        return Place(sheet=self.name, cell=cell, row=row, column=column, part=part)


def read_sheet(book: Book, part: str) -> None:
    """All of a sheet, and the parts that hang on it."""
    office = book.office
    name, hidden = book.sheets.get(part.lower(), (part, True))
    root = office.tree(part)
    sheet = Sheet(book, name, hidden, part)
    first = len(office.found.passages)
    _survey(sheet, root)
    for data in root.iterfind("{*}sheetData"):
        _read_rows(sheet, data)
    for element in root:
        if local_name(element) != "sheetData":
            for each in element.iter():
                keeper = KEEPERS.get(local_name(each))
                if keeper is not None:
                    keeper(sheet, each)
    office.rest(root, part)
    for relation in office.relations(part):
        if not relation.external:
            book.sheet = name
            office.visit(relation.target, relation.kind)
    book.sheet = ""
    if hidden:
        office.read_waiting()  # charts on its drawings
        lay_over_hidden(office, first)


def lay_over_hidden(office: Office, first: int) -> None:
    """Boxes, charts and margins of a hidden sheet are seen as little as its cells."""
    office.found.lay_over(Layer.HIDDEN_SHEET, first)


def _survey(sheet: Sheet, root: etree._Element) -> None:
    """What is said of rows and columns before and behind the cells."""
    for usual in root.iterfind("{*}sheetFormatPr"):
        if _number(attribute(usual, "defaultColWidth"), 9) < _NARROW_CHARACTERS:
            sheet.hidden_columns.append((1, 16_384))
    for column in root.iterfind("{*}cols/{*}col"):
        narrow = _number(attribute(column, "width"), 9) < _NARROW_CHARACTERS
        if narrow or attribute(column, "hidden") in ("1", "true"):
            first, last = whole(attribute(column, "min")), whole(attribute(column, "max"))
            sheet.hidden_columns.append((first, last))
    for merge in root.iterfind("{*}mergeCells/{*}mergeCell"):
        _learn_merge(sheet, area_of(attribute(merge, "ref")))
    _learn_filter(sheet, root)
    for relation in sheet.book.office.relations(sheet.part):
        if relation.kind == "table" and not relation.external:
            table = sheet.book.office.tree(relation.target)
            _learn_filter(sheet, table)
            area = area_of(attribute(table, "ref"))
            if area and attribute(table, "headerRowCount") != "0":
                sheet.heads.append(Area(area.top, area.left, area.top, area.right))


def _learn_merge(sheet: Sheet, area: Area | None) -> None:
    if area is None:
        return
    if area.bottom - area.top > _TALL:
        sheet.merged_tall.append(area)
        return
    for row in range(area.top, area.bottom + 1):
        sheet.merged.setdefault(row, []).append(area)


def _learn_filter(sheet: Sheet, root: etree._Element) -> None:
    """The area of a filter that is at work."""
    for filtered in root.iterfind("{*}autoFilter"):
        area = area_of(attribute(filtered, "ref"))
        if area and filtered.find("{*}filterColumn") is not None:
            sheet.filters.append(area)


def _read_rows(sheet: Sheet, data: etree._Element) -> None:
    row = 0
    for element in data.iterfind("{*}row"):
        row = whole(attribute(element, "r"), row + 1)
        height = _number(attribute(element, "ht"), 15)
        if attribute(element, "hidden") in ("1", "true") or height < _FLAT_POINTS:
            sheet.hidden_rows.add(row)
        column = 0
        for cell in element.iterfind("{*}c"):
            at = cell_of(attribute(cell, "r")) or (row, column + 1)
            column = at[1]
            _read_cell(sheet, cell, *at)


def _read_cell(sheet: Sheet, element: etree._Element, row: int, column: int) -> None:
    book = sheet.book
    place = sheet.place(row, column)
    look = book.looks.cell(attribute(element, "s"))
    parts = {local_name(part): part for part in element}
    if "f" in parts:
        formula = take_words(parts["f"])
        book.office.found.say(Layer.FORMULA, f"={formula}" if formula else "", place)
    words, number = _value(book, element, parts, look)
    cell = Cell(row, column, look, words, number)
    layer = hidden_by(sheet, cell)
    if layer is None:
        layer = Layer.VISIBLE
        if len(words.text) < 100:
            book.shown.add(words.text)
    _say_cell(sheet, cell, layer, place)


def _say_cell(sheet: Sheet, cell: Cell, layer: Layer, place: Place) -> None:
    """The words of a cell; runs of letters nobody sees apart."""
    found = sheet.book.office.found
    seen = [run for run in cell.words.runs if layer.hidden or not unseen_run(cell.look, run)]
    found.say(layer, "".join(run.text for run in seen), place)
    if len(seen) < len(cell.words.runs):
        hidden = (run.text for run in cell.words.runs if run not in seen)
        found.say(Layer.WHITE_TEXT, "".join(hidden), place)
    found.say(Layer.HIDDEN_TEXT, cell.words.reading, place)


def unseen_run(look: CellLook, run: Run) -> bool:
    """Whether a run of letters is not seen in a cell that is."""
    return bool(run.ink or run.tiny) and look.unseen(run.ink, tiny=run.tiny)


def _value(
    book: Book, element: etree._Element, parts: dict[str, etree._Element], look: CellLook
) -> tuple[Words, bool]:
    """(words as shown, whether they are a number)."""
    kind = attribute(element, "t") or "n"
    if "is" in parts:
        return words_of(parts["is"], book.looks), False
    stored = take_words(parts["v"]) if "v" in parts else ""
    if kind == "s":
        return book.strings.take(whole(stored.strip(), -1)), False
    if kind == "n":
        text = shown(look.code, stored.strip(), since_1904=book.since_1904)
        if hides(look.code, stored, number=True):
            text = stored.strip()
        return Words((Run(text),)), True
    if kind == "b":
        return Words((Run({"1": "TRUE", "0": "FALSE"}.get(stored, stored)),)), False
    return Words((Run(stored),)), False


def _of_hidden_sheet(sheet: Sheet, _: Cell) -> Layer | None:
    return Layer.HIDDEN_SHEET if sheet.hidden else None


def _of_hidden_row(sheet: Sheet, cell: Cell) -> Layer | None:
    return Layer.HIDDEN_ROW if cell.row in sheet.hidden_rows else None


def _of_filtered_row(sheet: Sheet, cell: Cell) -> Layer | None:
    if cell.row not in sheet.hidden_rows:
        return None
    inside = any(area.top < cell.row <= area.bottom for area in sheet.filters)
    return Layer.FILTERED_ROW if inside else None


def _of_hidden_column(sheet: Sheet, cell: Cell) -> Layer | None:
    hidden = any(first <= cell.column <= last for first, last in sheet.hidden_columns)
    return Layer.HIDDEN_COLUMN if hidden else None


def _merged_away(sheet: Sheet, cell: Cell) -> Layer | None:
    """Only the first cell of a merged area is shown."""
    for area in (*sheet.merged.get(cell.row, ()), *sheet.merged_tall):
        if area.holds(cell.row, cell.column) and (cell.row, cell.column) != (area.top, area.left):
            return Layer.HIDDEN_TEXT
    return None


def _shown_by_no_format(_: Sheet, cell: Cell) -> Layer | None:
    hidden = hides(cell.look.code, cell.words.text, number=cell.number)
    return Layer.WHITE_TEXT if hidden else None


def _of_unseen_look(sheet: Sheet, cell: Cell) -> Layer | None:
    """White on white; heads of tables may be painted by the style of the table."""
    if not cell.look.unseen():
        return None
    if not cell.look.tiny and any(area.holds(cell.row, cell.column) for area in sheet.heads):
        return None
    return Layer.WHITE_TEXT


HIDERS: dict[str, Callable[[Sheet, Cell], Layer | None]] = {
    "sheet": _of_hidden_sheet,
    "filter": _of_filtered_row,
    "row": _of_hidden_row,
    "column": _of_hidden_column,
    "merge": _merged_away,
    "format": _shown_by_no_format,
    "look": _of_unseen_look,
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


def _say(sheet: Sheet, layer: Layer, words: str) -> None:
    sheet.book.office.found.say(layer, words, sheet.place())


def _keep_words(layer: Layer) -> Callable[[Sheet, etree._Element], None]:
    """A keeper of the words of an element and of what stands in it."""
    return lambda sheet, element: _say(sheet, layer, take_words(element))


def _keep_attributes(layer: Layer, *names: str) -> Callable[[Sheet, etree._Element], None]:
    """A keeper of attributes."""

    def keep(sheet: Sheet, element: etree._Element) -> None:
        for name in names:
            _say(sheet, layer, take_attribute(element, name))

    return keep


def _keep_rule(sheet: Sheet, element: etree._Element) -> None:
    """A rule of a conditional format."""
    for formula in element.iter("{*}formula", "{*}f"):
        _say(sheet, Layer.FORMULA, take_words(formula))
    _say(sheet, Layer.FORMULA, take_attribute(element, "text"))


def _keep_validation(sheet: Sheet, element: etree._Element) -> None:
    """What may be entered, and what is said about it."""
    for formula in element.iter("{*}formula1", "{*}formula2"):
        _say(sheet, Layer.VALIDATION, take_words(formula))
    for name in ("promptTitle", "prompt", "errorTitle", "error"):
        _say(sheet, Layer.VALIDATION, take_attribute(element, name))


def _keep_margin(sheet: Sheet, element: etree._Element) -> None:
    """A header or footer, without its codes."""
    words = _MARGIN_CODE.sub(lambda match: "&" if match[0] == "&&" else " ", take_words(element))
    _say(sheet, Layer.HEADER, words)


def _keep_link(sheet: Sheet, element: etree._Element) -> None:
    """Where a cell leads, and what is said when one points at it."""
    at = cell_of(attribute(element, "ref").partition(":")[0]) or (0, 0)
    relation = sheet.book.office.relation(sheet.part, relation_id(element))
    if relation is not None and relation.external:
        sheet.book.office.tell_link(sheet.part, relation, sheet.place(*at))
    _say(sheet, Layer.LINK, take_attribute(element, "tooltip"))
    take_attribute(element, "display")  # as the cell says


def _number(text: str, default: float) -> float:
    try:
        return float(text) if text else default
    except ValueError:
        return default


def fields_of(element: etree._Element, names: tuple[str, ...]) -> Iterator[str]:
    """Attributes of these names that say something."""
    for name in names:
        words = take_attribute(element, name)
        if words:
            yield words


KEEPERS: dict[str, Callable[[Sheet, etree._Element], None]] = {
    "cfRule": _keep_rule,
    "dataValidation": _keep_validation,
    "hyperlink": _keep_link,
    "filter": _keep_attributes(Layer.FILTERED_ROW, "val"),
    "customFilter": _keep_attributes(Layer.FILTERED_ROW, "val"),
    "scenario": _keep_attributes(Layer.HIDDEN_TEXT, "name", "user", "comment"),
    "inputCells": _keep_attributes(Layer.HIDDEN_TEXT, "val"),
    "f": _keep_words(Layer.FORMULA),
    **dict.fromkeys(
        ("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter"),
        _keep_margin,
    ),
}
