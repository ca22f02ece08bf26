"""The cells of one sheet: values that are seen, and where they stand. Formulas are values here.

Hidden rows and columns keep their place and their width of nothing, and lose what is in them, so
that no reference and no row number on a printed page changes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from screening.limits import MAX_CELLS
from screening.passages import Layer, UnfitFileError
from screening.stripping.grammar_sheet import sheet
from screening.stripping.pruning import remove
from screening.stripping.signs import seen
from screening.stripping.tally import Tally
from screening.stripping.xlsx_looks import Looks, shown_instead
from screening.stripping.xlsx_strings import Strings, settle_text

_CELL, _ROW, _VALUE, _INLINE = sheet("c"), sheet("row"), sheet("v"), sheet("is")
_FORMULA = sheet("f")
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
_NUMBER = re.compile(r"[-+]?[0-9.]+(?:[eE][-+]?[0-9]+)?|[0-9T:.Z-]{4,30}|#[A-Z/0!?_]{1,20}[A-Z!?]")
_ROW_ATTRIBUTES = frozenset(
    ("r", "s", "customFormat", "ht", "customHeight", "hidden", "outlineLevel", "collapsed",
     "thickTop", "thickBot")
)  # fmt: skip
_PLAIN = re.compile(r"[0-9.]{1,12}|true|false")
_PICTURES = ("DISPIMG", "_XLFN.IMAGE", "_XLFN.DISPIMG")
_ON = ("1", "true")
_NARROWEST = 0.3  # characters
_FLATTEST = 2.0  # points
_LAST_COLUMN = 16_384
_TALL, _TALLEST = 0, 1000  # areas of so many rows are kept in one place, not by row


@dataclass(frozen=True, slots=True)
class Area:
    """Rows and columns from 1, both ends in it."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class Cells:
    """The cells of a sheet while they are settled."""

    looks: Looks
    strings: Strings
    tally: Tally
    columns: tuple[Area, ...]  # the hidden ones, each over all rows
    rows: frozenset[int]  # the hidden ones
    filtered: Area | None
    heads: tuple[Area, ...] = ()  # of tables with a style
    _merged: dict[int, list[Area]] = field(default_factory=dict)  # by row
    _split: set[tuple[int, int]] = field(default_factory=set)

    @classmethod
    def of(cls, root: etree._Element, looks: Looks, strings: Strings, tally: Tally) -> Cells:
        """What is hidden in this sheet, read from it before anything is cut."""
        columns = tuple(
            Area(0, _whole(col.get("min")), 0, _whole(col.get("max")))
            for col in root.iterfind(f"{sheet('cols')}/{sheet('col')}")
            if col.get("hidden") in _ON or _is_below(col.get("width"), _NARROWEST)
        )
        usual = root.find(sheet("sheetFormatPr"))
        if usual is not None and _is_below(usual.get("defaultColWidth"), _NARROWEST):
            columns = (*columns, Area(0, 1, 0, _LAST_COLUMN))
        rows = frozenset(
            number
            for number, row in _numbered_rows(root)
            if row.get("hidden") in _ON or _is_below(row.get("ht"), _FLATTEST)
        )
        own = root.find(sheet("autoFilter"))
        return cls(looks, strings, tally, columns, rows, None if own is None else area_of(own))

    def is_hidden(self, row: int, column: int) -> bool:
        """Whether the place is in a hidden row or column."""
        return row in self.rows or self.hides_column(column)

    def hides_column(self, column: int) -> bool:
        """Whether the column is hidden."""
        return any(area.left <= column <= area.right for area in self.columns)

    def settle(self, root: etree._Element) -> None:
        """The merged areas, then every row and cell."""
        self._settle_merged(root)
        for data in root.iterfind(sheet("sheetData")):
            data.attrib.clear()
            _only(data, _ROW)
        count = 0
        for number, row in list(_numbered_rows(root)):
            for name, value in list(row.attrib.items()):
                if name not in _ROW_ATTRIBUTES or not _PLAIN.fullmatch(value):
                    del row.attrib[name]
            _only(row, _CELL)
            row.set("r", str(number))
            for column, cell in list(_numbered_cells(row)):
                self._settle_cell(number, column, cell)
            count += len(row)
            if count > MAX_CELLS:
                raise UnfitFileError("单元格过多，超过上限")

    def _settle_merged(self, root: etree._Element) -> None:
        """A merged area shows its first value over all of it, also when its first row is hidden;
        what is left of such an area is told as it is seen."""
        for merged in list(root.iterfind(f"{sheet('mergeCells')}/{sheet('mergeCell')}")):
            area = area_of(merged)
            shown = None if area is None else self._shown(area)
            if area is None or shown is None:
                remove(merged)
                continue
            rows = range(area.top, area.bottom + 1)
            for row in rows if len(rows) < _TALLEST else (_TALL,):
                self._merged.setdefault(row, []).append(area)
            if (shown.top, shown.left) != (area.top, area.left):
                self._split.add((area.top, area.left))
            if (shown.top, shown.left) == (shown.bottom, shown.right):
                remove(merged)
            else:
                merged.set(
                    "ref", f"{_name(shown.top, shown.left)}:{_name(shown.bottom, shown.right)}"
                )

    def _shown(self, area: Area) -> Area | None:
        rows = range(area.top, area.bottom + 1)
        columns = range(area.left, area.right + 1)
        top = next((row for row in rows if row not in self.rows), 0)
        left = next((one for one in columns if not self.hides_column(one)), 0)
        if not top or not left:
            return None
        bottom = next(row for row in reversed(rows) if row not in self.rows)
        right = next(one for one in reversed(columns) if not self.hides_column(one))
        return Area(top, left, bottom, right)

    def _settle_cell(self, row: int, column: int, cell: etree._Element) -> None:
        if (row, column) in self._split and _holds(cell):
            raise UnfitFileError("合并单元格从隐藏的行或者列开始，请取消合并后再提交")
        layer = self._layer_of(row, column)
        if layer is not None:
            if _holds(cell):
                self.tally.add(layer)
            remove(cell)
            return
        _set_place(cell, row, column)
        if self._is_covered(row, column):
            if _holds(cell):
                self.tally.add(Layer.HIDDEN_TEXT, "合并单元格盖住的值")
            _empty(cell)
            return
        self._write(cell)

    def _layer_of(self, row: int, column: int) -> Layer | None:
        if row in self.rows:
            area = self.filtered
            inside = area is not None and area.top < row <= area.bottom
            return Layer.FILTERED_ROW if inside else Layer.HIDDEN_ROW
        return Layer.HIDDEN_COLUMN if self.hides_column(column) else None

    def _is_covered(self, row: int, column: int) -> bool:
        return any(
            area.top <= row <= area.bottom
            and area.left <= column <= area.right
            and (row, column) != (area.top, area.left)
            for area in (*self._merged.get(row, ()), *self._merged.get(_TALL, ()))
        )

    def _write(self, cell: etree._Element) -> None:
        """Makes the cell a plain value, or empties it where nobody sees the value."""
        kind, look = cell.get("t") or "n", self.looks.of(cell.get("s"))
        value = cell.find(_VALUE)
        written = "" if value is None else value.text or ""
        self._check_formula(cell, kind, written)
        instead = shown_instead(look.code, kind, written)
        if not _holds(cell):
            _empty(cell)
        elif look.layer is Layer.WHITE_TEXT and self._is_head(cell):
            cell.set("s", self.looks.darkened(cell.get("s") or "0"))
            self._write_value(cell, kind, written, "")
        elif look.layer is not None:
            self.tally.add(look.layer)
            _empty(cell)
        elif instead is not None:
            if instead:
                raise UnfitFileError("有单元格用数字格式显示别的文字代替值，请把它改成文字后再提交")
            self.tally.add(Layer.HIDDEN_TEXT, "数字格式隐藏的值")
            _empty(cell)
        else:
            self._write_value(cell, kind, written, look.ground)

    def _is_head(self, cell: etree._Element) -> bool:
        """Whether the style of a table paints the ground of the cell."""
        match = _REFERENCE.fullmatch(cell.get("r") or "")
        if match is None:
            return False
        row, column = int(match[2]), _column(match[1])
        return any(
            area.top <= row <= area.bottom and area.left <= column <= area.right
            for area in self.heads
        )

    def _write_value(self, cell: etree._Element, kind: str, written: str, ground: str) -> None:
        inline = cell.find(_INLINE)
        _empty(cell)
        if kind == "inlineStr" and inline is not None:
            settle_text(inline, ground, self.looks, self.tally)
            cell.set("t", "inlineStr")
            cell.append(inline)
        elif kind == "s":
            cell.set("t", "s")
            _add_value(cell, str(self.strings.carried(written, ground)))
        elif kind == "str":
            cell.set("t", "str")
            _add_value(cell, seen(written))
        elif _NUMBER.fullmatch(written):
            if kind in ("b", "e", "d"):
                cell.set("t", kind)
            _add_value(cell, written)
        else:
            raise UnfitFileError("单元格的值不合规，文件损坏")

    def _check_formula(self, cell: etree._Element, kind: str, written: str) -> None:
        formula = cell.find(_FORMULA)
        if cell.get("vm") or (formula is not None and _is_picture(formula.text or "")):
            raise UnfitFileError("文件里有嵌入单元格的图片，请改为浮动的图片后再提交")
        if formula is None:
            return
        self.tally.add(Layer.FORMULA, "公式（改为计算结果）")
        if not written and kind not in ("str", "s", "inlineStr"):
            raise UnfitFileError("公式没有保存计算结果，请在表格软件里打开并保存后再提交")


def area_of(element: etree._Element) -> Area | None:
    """The area of an attribute `ref`; None when it is none."""
    first, _, last = (element.get("ref") or "").partition(":")
    ends = [_REFERENCE.fullmatch(end) for end in (first, last or first)]
    if ends[0] is None or ends[1] is None:
        return None
    (top, left), (bottom, right) = ((int(e[2]), _column(e[1])) for e in ends if e is not None)
    return Area(top, left, bottom, right) if top <= bottom and left <= right else None


def _numbered_rows(root: etree._Element) -> Iterator[tuple[int, etree._Element]]:
    number = 0
    for row in root.iterfind(f"{sheet('sheetData')}/{_ROW}"):
        stated = row.get("r") or ""
        number = int(stated) if stated.isdecimal() else number + 1
        yield number, row


def _numbered_cells(row: etree._Element) -> Iterator[tuple[int, etree._Element]]:
    column = 0
    for cell in row.iterfind(_CELL):
        stated = _REFERENCE.fullmatch(cell.get("r") or "")
        column = _column(stated[1]) if stated else column + 1
        yield column, cell


def _only(element: etree._Element, tag: str) -> None:
    """Leaves children of one kind, and no words around them."""
    element.text = None
    for child in list(element):
        child.tail = None
        if child.tag != tag:
            element.remove(child)


def _set_place(cell: etree._Element, row: int, column: int) -> None:
    for name in list(cell.attrib):
        if name not in ("s", "t", "vm"):
            del cell.attrib[name]
    if not (cell.get("s") or "0").isdecimal():
        del cell.attrib["s"]
    cell.set("r", _name(row, column))


def _holds(cell: etree._Element) -> bool:
    return any(child.tag in (_VALUE, _INLINE, _FORMULA) for child in cell)


def _empty(cell: etree._Element) -> None:
    """Leaves the style of the cell, and nothing in it."""
    for child in list(cell):
        cell.remove(child)
    cell.text = cell.tail = None
    for name in ("t", "vm", "cm", "ph"):
        cell.attrib.pop(name, None)


def _add_value(cell: etree._Element, text: str) -> None:
    etree.SubElement(cell, _VALUE).text = text


def _is_picture(formula: str) -> bool:
    return any(name in formula.upper() for name in _PICTURES)


def _whole(written: str | None) -> int:
    return int(written) if written and written.isdecimal() else 0


def _is_below(size: str | None, least: float) -> bool:
    try:
        return size is not None and float(size) < least
    except ValueError:
        return False


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _name(row: int, column: int) -> str:
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"
