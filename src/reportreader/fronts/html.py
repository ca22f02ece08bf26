"""HTML pages: tables with their spans resolved, everything else as lines, pictures noted.

A table that only arranges the page (it holds other tables) is text flow, not a grid.
"""

from __future__ import annotations

import re
from functools import lru_cache

from lxml import etree

from reportreader.document import Block, Document, Grid, GridCell, Line, Picture, Place
from reportreader.errors import UnreadableError
from reportreader.fronts.text import decode

_DECLARED = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SKIPPED = frozenset(
    ("script", "style", "noscript", "template", "head", "iframe", "object", "svg", "select")
)
_INLINE = frozenset(
    (
        "a", "abbr", "b", "big", "bdi", "bdo", "cite", "code", "del", "em", "font", "i", "ins",
        "kbd", "label", "mark", "o:p", "p:span", "q", "s", "small", "span", "strike", "strong",
        "sub", "sup", "tt", "u", "var", "wbr",
    )
)  # fmt: skip
_WIDEST, _TALLEST = 100, 1000  # spans beyond these are mistakes
_SPACE = re.compile(r"[^\S\u00a0\u3000]+")
_NAMES = {
    "articletitle": "title", "contentsource": "source", "pubdate": "date", "sitename": "site",
    "author": "source",
}  # fmt: skip


def read_html(data: bytes, name: str) -> Document:
    """Blocks in page order; UnreadableError when nothing of a page is left after parsing."""
    data, remarks = _as_utf8(data, name)
    try:
        root = etree.fromstring(data, etree.HTMLParser(encoding="utf-8", no_network=True))
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableError(name, "不是完整的网页，无法解析") from error
    if root is None:
        raise UnreadableError(name, "网页没有内容")
    body = root.find("body")
    writer = _Writer()
    writer.flow(root if body is None else body)
    writer.end_line()
    return Document("html", tuple(writer.blocks), _metadata(root), remarks)


def _as_utf8(data: bytes, name: str) -> tuple[bytes, tuple[str, ...]]:
    """The page in UTF-8, whatever it was or said it was."""
    declared = _DECLARED.search(data, 0, 4096)
    encoding = declared[1].decode("ascii") if declared else None
    text, remarks = decode(data, name, encoding)
    return text.encode("utf-8", errors="replace"), remarks


def _metadata(root: etree._Element) -> dict[str, str]:
    found: dict[str, str] = {}
    title = root.findtext("head/title")
    if title and title.strip():
        found["title"] = title.strip()
    for meta in root.iterfind("head/meta"):
        key = _NAMES.get((meta.get("name") or "").lower())
        content = (meta.get("content") or "").strip()
        if key and content:
            found[key] = content
    return found


class _Writer:
    """Collects blocks while the tree is walked; text gathers until something ends the line."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._pieces: list[str] = []
        self._line = 0

    def end_line(self) -> None:
        """Closes the running line, if it says anything."""
        if not self._pieces:
            return
        text = "".join(self._pieces)
        self._pieces.clear()
        for part in text.split("\v"):
            line = _SPACE.sub(" ", part).strip()
            if line:
                self._line += 1
                self.blocks.append(Line(line, Place(line=self._line)))

    def flow(self, element: etree._Element) -> None:
        """Walks what flows: text, inline marks, blocks, tables."""
        if element.text:
            self._pieces.append(element.text)
        for child in element:
            tag = child.tag
            if isinstance(tag, str) and tag not in _SKIPPED:
                self._child(child, tag)
            if child.tail:
                self._pieces.append(child.tail)

    def _child(self, child: etree._Element, tag: str) -> None:
        if tag in _INLINE:
            self.flow(child)
        elif tag == "br":
            self._pieces.append("\v")
        elif tag == "img":
            self.end_line()
            self.blocks.append(Picture(Place()))
        elif _hidden(child):
            return
        elif tag == "table" and next(child.iterdescendants("table"), None) is None:
            self.end_line()
            self.blocks.append(grid_of(child))
        else:
            self.end_line()
            self.flow(child)
            self.end_line()


def _hidden(element: etree._Element) -> bool:
    style = element.get("style")
    return style is not None and _conceals(style)


@lru_cache(maxsize=512)
def _conceals(style: str) -> bool:
    """Whether a style hides; word processors write the same few over and over."""
    return _HIDDEN.search(style) is not None


def grid_of(table: etree._Element) -> Grid:
    """A table's cells where its spans put them; spans that overlap or run over are cut back."""
    rows = list(table.iter("tr"))
    cells: list[GridCell] = []
    taken: dict[int, int] = {}  # column → first row in which it is free again
    width = 0
    for number, row in enumerate(rows):
        column = 0
        concealed = _hidden(row)
        for cell in row.iterchildren("td", "th"):
            while taken.get(column, 0) > number:
                column += 1
            across, down = _spans(cell, len(rows) - number)
            text = cell.text or "" if not len(cell) else _cell_text(cell)
            hidden = concealed or _hidden(cell)
            cells.append(GridCell(text.strip(), number, column, down, across, _NO_PLACE, hidden))
            if down > 1:
                for spanned in range(column, column + across):
                    taken[spanned] = number + down
            column += across
        width = max(width, column)
    return Grid(tuple(cells), len(rows), width, _NO_PLACE)


_NO_PLACE = Place()


def _spans(cell: etree._Element, rows_left: int) -> tuple[int, int]:
    if not cell.attrib:
        return 1, 1
    across = _whole(cell.get("colspan"))
    down = _whole(cell.get("rowspan"))
    # rowspan="0" means: to the end of the table.
    down = rows_left if down == 0 else min(down, rows_left, _TALLEST)
    return min(max(across, 1), _WIDEST), max(down, 1)


def _whole(text: str | None) -> int:
    text = (text or "1").strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else 1


def _cell_text(cell: etree._Element) -> str:
    pieces: list[str] = []
    _gather(cell, pieces)
    return "".join(pieces)


def _gather(element: etree._Element, pieces: list[str]) -> None:
    """Text of an element in reading order, a line break where a block begins or ends."""
    if element.text:
        pieces.append(element.text)
    for child in element:
        tag = child.tag
        if isinstance(tag, str) and tag not in _SKIPPED and not _hidden(child):
            if tag in _INLINE:
                _gather(child, pieces)
            else:
                pieces.append("\n")
                _gather(child, pieces)
                pieces.append("\n")
        if child.tail:
            pieces.append(child.tail)
