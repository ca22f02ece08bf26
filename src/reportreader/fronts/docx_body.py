"""Walks WordprocessingML into lines, grids and pictures as Word would show them.

It opens no files and follows no relationships; docx hands it parsed elements.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from reportreader.document import Block, Grid, GridCell, Line, Picture, Place

# Word allows 63 columns; wider spans are damage and would only cost memory.
MAX_COLUMNS = 256

# Elements that wrap text or blocks without changing what is shown.
_PASSED_THROUGH = frozenset(
    {"ins", "moveTo", "sdt", "sdtContent", "smartTag", "customXml", "hyperlink", "fldSimple"}
    | {"bdo", "dir", "oMath", "oMathPara", "txbxContent", "ruby", "rubyBase"}
)
_DELETED = frozenset({"del", "moveFrom"})
_SPACES = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_OFF = frozenset({"0", "false", "off", "none"})


def local_name(element: etree._Element) -> str:
    """The tag without namespace: transitional and strict files differ in nothing else here."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


@dataclass(slots=True)
class _Inline:
    """What a paragraph holds: shown text, hidden text, and what floats beside it."""

    shown: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    pictures: int = 0


@dataclass(slots=True)
class _Cell:
    """A table cell under construction; vertical merges lengthen it row by row."""

    row: int
    column: int
    column_span: int
    element: etree._Element
    in_hidden_row: bool
    row_span: int = 1


class BodyWalker:
    """Collects blocks from one part after another, and what the reader should be told."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._line = 0
        self._revised = False
        self._hidden = 0
        self._embedded = False

    def remarks(self) -> Iterator[str]:
        """One Chinese sentence for each thing the eye would not learn from the blocks."""
        if self._revised:
            yield "文件带有未接受的修订：删除的内容没有读入，插入的内容照常读入"
        if self._hidden:
            yield f"有 {self._hidden} 处隐藏文字：正文中的没有读入，表格中的已注明为隐藏"
        if self._embedded:
            yield "文件内嵌有其他文档，没有读入"

    def walk(self, container: etree._Element) -> None:
        """Reads the block-level children of a body, header, text box or cell."""
        for element in self._blocks_of(container):
            if local_name(element) == "p":
                self._paragraph(element)
            else:
                self._table(element)

    def walk_notes(self, notes: etree._Element) -> None:
        """Reads foot- or endnotes; separators carry a type and no text."""
        for note in notes:
            if not _attribute(note, "type"):
                self.walk(note)

    def _blocks_of(self, container: etree._Element) -> Iterator[etree._Element]:
        for child in container:
            name = local_name(child)
            if name in {"p", "tbl"}:
                yield child
            elif name in _PASSED_THROUGH:
                yield from self._blocks_of(child)
            elif name == "AlternateContent":
                yield from self._blocks_of(_chosen(child))
            elif name in _DELETED:
                self._revised = True
            elif name == "altChunk":
                self._embedded = True

    def _paragraph(self, element: etree._Element) -> None:
        inline = self._inline(element)
        if any(text.strip() for text in inline.hidden):
            self._hidden += 1
        for text in "".join(inline.shown).split("\n"):
            if text.strip():
                self._line += 1
                self.blocks.append(Line(text.rstrip(), Place(line=self._line)))
        self._floating(inline)

    def _floating(self, inline: _Inline) -> None:
        self.blocks.extend(Picture(Place(line=self._line or None)) for _ in range(inline.pictures))
        for box in inline.boxes:
            self.walk(box)

    def _inline(self, paragraph: etree._Element) -> _Inline:
        inline = _Inline()
        self._collect(paragraph, inline, inline.shown)
        return inline

    def _collect(self, element: etree._Element, inline: _Inline, into: list[str]) -> None:
        for child in element:
            name = local_name(child)
            if name == "t":
                into.append(child.text or "")
            elif name == "r":
                self._collect(child, inline, inline.hidden if _vanishes(child) else into)
            elif name in _SPACES:
                into.append(_SPACES[name])
            elif name == "sym":
                into.append(_symbol(child))
            elif name in _PASSED_THROUGH:
                self._collect(child, inline, into)
            elif name == "AlternateContent":
                self._collect(_chosen(child), inline, into)
            elif name in {"drawing", "pict", "object"}:
                _float(child, inline)
            elif name in _DELETED:
                self._revised = True

    def _table(self, table: etree._Element) -> None:
        cells, row_count, column_count = self._layout(table)
        if column_count == 1 and any(_holds_table(cell.element) for cell in cells):
            # A frame around the page, not a table: its content is the body.
            for cell in cells:
                self.walk(cell.element)
            return
        self._line += 1
        place, start = Place(line=self._line), len(self.blocks)
        grid_cells = tuple(self._grid_cell(cell) for cell in cells)
        if grid_cells:
            grid = Grid(grid_cells, row_count, column_count, place)
            self.blocks.insert(start, grid)

    def _grid_cell(self, cell: _Cell) -> GridCell:
        """The text of a cell; nested tables, boxes and pictures follow the grid as own blocks."""
        shown, hidden = [], []
        for element in self._blocks_of(cell.element):
            if local_name(element) == "tbl":
                self._table(element)
                continue
            inline = self._inline(element)
            shown.append("".join(inline.shown))
            hidden.append("".join(inline.hidden))
            self._floating(inline)
        visible, unseen = "\n".join(shown).strip(), "\n".join(hidden).strip()
        if unseen or (cell.in_hidden_row and visible):
            self._hidden += 1
        return GridCell(
            text=visible or unseen,
            row=cell.row,
            column=cell.column,
            row_span=cell.row_span,
            column_span=cell.column_span,
            place=Place(row=cell.row + 1, column=cell.column + 1),
            hidden=cell.in_hidden_row or (not visible and bool(unseen)),
        )

    def _layout(self, table: etree._Element) -> tuple[list[_Cell], int, int]:
        """Cells with their resolved spans, and the size of the grid."""
        cells: list[_Cell] = []
        above: dict[int, _Cell] = {}
        width = row = 0
        for element in self._parts(table, "tr"):
            properties = element.find("{*}trPr")
            if properties is not None and properties.find("{*}del") is not None:
                self._revised = True  # the whole row is deleted under revision
                continue
            hidden = properties is not None and _switched_on(properties.find("{*}hidden"))
            column = min(_number(properties, "gridBefore", 0), MAX_COLUMNS)
            line = _RowLayout(row, column, above, cells, in_hidden_row=hidden)
            for cell in self._parts(element, "tc"):
                line.place(cell)
            above, width, row = line.below, max(width, line.column), row + 1
        return cells, row, width

    def _parts(self, parent: etree._Element, wanted: str) -> Iterator[etree._Element]:
        """Rows of a table or cells of a row, through content controls and insertions."""
        for child in parent:
            name = local_name(child)
            if name == wanted:
                yield child
            elif name in _PASSED_THROUGH:
                yield from self._parts(child, wanted)
            elif name in _DELETED:
                self._revised = True


class _RowLayout:
    """Places the cells of one row under those of the row above."""

    def __init__(
        self, row: int, column: int, above: dict[int, _Cell], cells: list[_Cell],
        *, in_hidden_row: bool,
    ) -> None:  # fmt: skip
        self.row = row
        self.column = column
        self.below: dict[int, _Cell] = {}
        self._above = above
        self._cells = cells
        self._hidden = in_hidden_row
        self._last: _Cell | None = None

    def place(self, element: etree._Element) -> None:
        """Adds a cell, or lengthens the one it is merged into."""
        properties = element.find("{*}tcPr")
        if self.column >= MAX_COLUMNS:
            return
        span = max(1, min(_number(properties, "gridSpan", 1), MAX_COLUMNS - self.column))
        upper = self._above.get(self.column)
        if _continues(properties, "hMerge") and self._last is not None:
            self._last.column_span += span
        elif _continues(properties, "vMerge") and upper is not None:
            upper.row_span += 1
            self.below[self.column] = self._last = upper
        else:
            cell = _Cell(self.row, self.column, span, element, self._hidden)
            self._cells.append(cell)
            if properties is not None and properties.find("{*}vMerge") is not None:
                self.below[self.column] = cell
            self._last = cell
        self.column += span


def _chosen(alternatives: etree._Element) -> etree._Element:
    """The branch that today's Word shows; the fallback repeats the same text for older ones."""
    choice = alternatives.find("{*}Choice")
    if choice is None:
        choice = alternatives.find("{*}Fallback")
    return alternatives if choice is None else choice


def _float(element: etree._Element, inline: _Inline) -> None:
    """Text boxes and pictures of a drawing; a box inside a box is met when the outer is read."""
    for child in element:
        name = local_name(child)
        if name == "txbxContent":
            inline.boxes.append(child)
        elif name in {"blip", "imagedata"}:
            inline.pictures += 1
        elif name == "AlternateContent":
            _float(_chosen(child), inline)
        else:
            _float(child, inline)


def _holds_table(element: etree._Element) -> bool:
    return element.find(".//{*}tbl") is not None


def _attribute(element: etree._Element | None, name: str) -> str | None:
    """An attribute by local name, whatever namespace the file writes it in."""
    if element is None:
        return None
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return None


def _switched_on(element: etree._Element | None) -> bool:
    return element is not None and (_attribute(element, "val") or "1") not in _OFF


def _vanishes(run: etree._Element) -> bool:
    return _switched_on(run.find("{*}rPr/{*}vanish"))


def _number(properties: etree._Element | None, name: str, default: int) -> int:
    if properties is None:
        return default
    value = _attribute(properties.find(f"{{*}}{name}"), "val") or ""
    return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else default


def _continues(properties: etree._Element | None, merge: str) -> bool:
    """Whether a cell continues a merge; Word writes that as an element without a value."""
    element = None if properties is None else properties.find(f"{{*}}{merge}")
    return element is not None and _attribute(element, "val") != "restart"


def _symbol(element: etree._Element) -> str:
    """A character of a symbol font; the private ones (ticks, bullets) have no text."""
    try:
        code = int(_attribute(element, "char") or "", 16)
    except ValueError:
        return ""
    return chr(code) if 0x20 <= code < 0xD800 else ""
