"""The sheets of an OpenDocument workbook: values that are seen, and where they stand.

Hidden rows and columns keep their place and lose what is in them.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field

from lxml import etree

from screening.extraction.leftovers import telling
from screening.limits import MAX_CELLS
from screening.passages import Layer, UnfitFileError
from screening.stripping.grammar_open import odf
from screening.stripping.ods_looks import Looks
from screening.stripping.pruning import remove
from screening.stripping.tally import Tally

_CELL, _COVERED = odf("table:table-cell"), odf("table:covered-table-cell")
_STYLE = odf("table:style-name")
_COLUMNS, _ROWS = odf("table:number-columns-repeated"), odf("table:number-rows-repeated")
_SPANS = (odf("table:number-columns-spanned"), odf("table:number-rows-spanned"))
_WORDS = tuple(odf(f"text:{tag}") for tag in ("p", "h", "span"))
_VISIBILITY, _DISPLAY = odf("table:visibility"), odf("table:display")
_VALUES = tuple(
    odf(f"office:{name}")
    for name in ("value-type", "value", "date-value", "time-value", "boolean-value", "currency",
                 "string-value")
)  # fmt: skip
_FORMULAS = (
    odf("table:formula"), odf("table:number-matrix-columns-spanned"),
    odf("table:number-matrix-rows-spanned"), odf("office:string-value"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Column:
    """Columns of one kind, from 1; both ends in it."""

    first: int
    last: int
    hidden: bool
    style: str | None


@dataclass(slots=True)
class Tables:
    """The sheets while they are settled."""

    looks: Looks
    tally: Tally
    _columns: list[_Column] = field(default_factory=list)
    _cells: int = 0
    _protected: bool = False

    def is_hidden(self, table: etree._Element) -> Layer | None:
        """The layer of a whole sheet that is not shown, else None."""
        if (table.get(odf("table:name")) or "").startswith("'file:"):
            return Layer.CACHE
        if table.find(odf("table:scenario")) is not None:
            return Layer.HIDDEN_SHEET
        if table.get(_DISPLAY) == "false" or self.looks.is_off("table", table.get(_STYLE), ""):
            return Layer.HIDDEN_SHEET
        return None

    def settle(self, table: etree._Element) -> None:
        """One sheet that is shown."""
        self._columns = list(self._read_columns(table))
        self._protected = table.get(odf("table:protected")) == "true"
        for row in list(table.iter(odf("table:table-row"))):
            layer = self._layer_of_row(row)
            if layer is None:
                self._settle_row(row)
            else:
                self._empty_row(row, layer)

    def _read_columns(self, table: etree._Element) -> Iterator[_Column]:
        at = 1
        for column in table.iter(odf("table:table-column")):
            last = at + _count(column, _COLUMNS) - 1
            hidden = column.get(_VISIBILITY) in ("collapse", "filter") or self.looks.is_off(
                "table-column", column.get(_STYLE), "style:column-width"
            )
            hidden = hidden or _is_folded(column, "table:table-column-group")
            yield _Column(at, last, hidden, column.get(odf("table:default-cell-style-name")))
            at = last + 1

    def _layer_of_row(self, row: etree._Element) -> Layer | None:
        if row.get(_VISIBILITY) == "filter":
            return Layer.FILTERED_ROW
        flat = self.looks.is_off("table-row", row.get(_STYLE), "style:row-height")
        if row.get(_VISIBILITY) == "collapse" or flat or _is_folded(row, "table:table-row-group"):
            return Layer.HIDDEN_ROW
        return None

    def _empty_row(self, row: etree._Element, layer: Layer) -> None:
        for cell in row:
            if cell.tag == _CELL and _spans(cell) and _holds(cell):
                raise UnfitFileError("合并单元格从隐藏的行或者列开始，请取消合并后再提交")
        if any(_holds(cell) for cell in row):
            self.tally.add(layer)
        for cell in list(row):
            row.remove(cell)
        etree.SubElement(row, _CELL)

    def _settle_row(self, row: etree._Element) -> None:
        at = 1
        for cell in list(row.iterchildren(_CELL, _COVERED)):
            count = _count(cell, _COLUMNS)
            self._cells += 1
            if self._cells > MAX_CELLS:
                raise UnfitFileError("单元格过多，超过上限")
            pieces = list(self._pieces(at, at + count - 1)) if _holds(cell) else []
            for first, last, column in pieces:
                piece = cell if len(pieces) == 1 else deepcopy(cell)
                if piece is not cell:
                    piece.set(_COLUMNS, str(last - first + 1))
                    cell.addprevious(piece)
                self._settle_cell(piece, row, column)
            if len(pieces) > 1:
                remove(cell)
            at += count

    def _pieces(self, first: int, last: int) -> Iterator[tuple[int, int, _Column | None]]:
        """A run of equal cells, cut where columns of another kind begin."""
        at = first
        for column in self._columns:
            if column.last < at or column.first > last:
                continue
            end = min(column.last, last)
            yield at, end, column
            at = end + 1
        if at <= last:
            yield at, last, None

    def _settle_cell(
        self, cell: etree._Element, row: etree._Element, column: _Column | None
    ) -> None:
        if column is not None and column.hidden:
            if cell.tag == _CELL and _spans(cell) and _holds(cell):
                raise UnfitFileError("合并单元格从隐藏的行或者列开始，请取消合并后再提交")
            self._empty(cell, Layer.HIDDEN_COLUMN)
            return
        if cell.tag == _COVERED:
            self._empty(cell, Layer.HIDDEN_TEXT, "合并单元格盖住的值")
            return
        style = cell.get(_STYLE) or row.get(odf("table:default-cell-style-name"))
        style = style or (None if column is None else column.style)
        layer = self.looks.of_cell(style, protected=self._protected)
        if layer is not None:
            self._empty(cell, layer)
            return
        for words in list(cell.iter(*_WORDS)):
            hidden = self.looks.of_words(words, style)
            if hidden is not None:
                self.tally.add(hidden)
                remove(words)
        self._settle_value(cell, style)

    def _settle_value(self, cell: etree._Element, style: str | None) -> None:
        if cell.get(odf("table:formula")) is not None:
            self.tally.add(Layer.FORMULA, "公式（改为计算结果）")
            if not any(cell.get(name) is not None for name in _VALUES[1:]) and not _words(cell):
                raise UnfitFileError("公式没有保存计算结果，请在表格软件里打开并保存后再提交")
        if cell.get(odf("office:string-value")) is not None and _words(cell):
            self.tally.add(Layer.FORMULA, "和显示不同的内部值")
        elif cell.get(odf("office:string-value")):
            etree.SubElement(cell, odf("text:p")).text = cell.get(odf("office:string-value"))
        for name in _FORMULAS:
            cell.attrib.pop(name, None)
        value = cell.get(odf("office:value"))
        if value is not None and _words(cell):
            # What is shown may be rounded or replaced; then the value behind it must not stay.
            told = telling(value) and value not in _shown(cell)
            if told or self.looks.shows_words_only(style):
                self.tally.add(Layer.HIDDEN_TEXT, "和显示不同的内部值")
                for name in _VALUES:
                    cell.attrib.pop(name, None)
                cell.set(_VALUES[0], "string")

    def _empty(self, cell: etree._Element, layer: Layer, what: str = "") -> None:
        if _holds(cell):
            self.tally.add(layer, what)
        for child in list(cell):
            cell.remove(child)
        cell.text = None
        for name in (*_VALUES, *_FORMULAS):
            cell.attrib.pop(name, None)


def _is_folded(element: etree._Element, group: str) -> bool:
    return any(one.get(_DISPLAY) == "false" for one in element.iterancestors(odf(group)))


def _count(element: etree._Element, name: str) -> int:
    written = element.get(name) or "1"
    return max(1, min(int(written), 2**24)) if written.isdecimal() else 1


def _spans(cell: etree._Element) -> bool:
    return any((cell.get(name) or "1") != "1" for name in _SPANS)


def _holds(cell: etree._Element) -> bool:
    if len(cell):
        return True
    return any(cell.get(name) is not None for name in (*_VALUES[1:], *_FORMULAS))


def _words(cell: etree._Element) -> bool:
    return bool(_shown(cell))


def _shown(cell: etree._Element) -> str:
    return "".join("".join(p.itertext()) for p in cell.iterchildren(odf("text:p"))).strip()
