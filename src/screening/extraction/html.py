"""Web pages: what is shown, and everything a page keeps beside it, down to its comments.

Style sheets are understood as far as one class, one id or one element that is hidden; scripts are
not run. Words are read either way: only the layer they are put in depends on it.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote_to_bytes

from lxml import etree

from screening.decoding import decode
from screening.embedded import Embedded, Harvest
from screening.limits import MAX_PASSAGES, MAX_XML_TAGS
from screening.passages import (
    Carrier,
    Extraction,
    Layer,
    NotCovered,
    Passage,
    Place,
    UnfitFileError,
)

_INLINE = frozenset(
    (
        "a", "abbr", "b", "big", "bdi", "bdo", "cite", "code", "del", "em", "font", "i", "ins",
        "kbd", "label", "mark", "q", "s", "small", "span", "strike", "strong", "sub", "sup", "tt",
        "u", "var", "wbr", "img",
    )
)  # fmt: skip
# Elements whose words are not shown, with the layer they are read in.
UNSEEN: dict[str, Layer] = {
    "script": Layer.SCRIPT,
    "noscript": Layer.HIDDEN_TEXT,
    "template": Layer.HIDDEN_TEXT,
    "style": Layer.METADATA,
    "title": Layer.METADATA,
    "datalist": Layer.HIDDEN_TEXT,
    "iframe": Layer.HIDDEN_TEXT,
    "object": Layer.HIDDEN_TEXT,
}
_FOREIGN = frozenset(("iframe", "object", "embed", "frame", "audio", "video", "svg", "canvas"))
_LINKS = frozenset(
    ("href", "src", "action", "formaction", "cite", "data", "poster", "background", "srcset",
     "longdesc", "usemap", "codebase", "classid", "manifest", "ping")
)  # fmt: skip
_ALTERNATIVE = frozenset(("alt", "title", "summary", "placeholder", "label", "abbr"))
# How it looks, not what it says.
_LOOKS = frozenset(
    (
        "class", "id", "style", "width", "height", "colspan", "rowspan", "align", "valign", "dir",
        "border", "cellpadding", "cellspacing", "bgcolor", "color", "size", "face", "lang", "type",
        "rel", "target", "hidden", "charset", "http-equiv", "media", "span", "nowrap", "scope",
        "role", "tabindex", "method", "xmlns", "sizes", "loading", "start", "rows", "cols",
    )
)  # fmt: skip
_HIDES = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0*(?:\.0+)?\s*(?:;|$)"
    r"|font-size\s*:\s*0|(?:left|top|text-indent|margin-left)\s*:\s*-\d{3,}"
    r"|clip(?:-path)?\s*:|(?<![\w-])(?:height|width)\s*:\s*0(?:px)?\s*(?:;|$)",
    re.IGNORECASE,
)
_WHITE = re.compile(
    r"(?<![\w-])color\s*:\s*(?:#fff(?:fff)?\b|white\b|transparent\b"
    r"|rgba?\(\s*255\s*,\s*255\s*,\s*255)",
    re.IGNORECASE,
)
_RULE = re.compile(r"([^{}]{1,1000})\{([^{}]{0,4000})\}")
_SELECTOR = re.compile(r"[.#]?[\w-]+")
_WHITE_WORDS = frozenset(("white", "#fff", "#ffffff"))
_SPACE = re.compile(r"[^\S\u00a0\u3000]+")
_DATA_ADDRESS = re.compile(r"data:([^,]{0,200}),(.*)", re.DOTALL | re.IGNORECASE)


def harvest(data: bytes) -> Harvest:
    """Words in page order; pictures written into the page as embedded files."""
    if data.count(b"<") > MAX_XML_TAGS:
        raise UnfitFileError("网页元素过多，超过上限")
    text = decode(data).text
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError):
        raise UnfitFileError("网页结构损坏或者嵌套过深，无法读取") from None
    if root is None:
        raise UnfitFileError("网页没有内容")
    # The parser goes on as best it can; but where it met a limit, it silently stops reading.
    if any(entry.level_name == "FATAL" for entry in parser.error_log):
        raise UnfitFileError("网页结构损坏或者嵌套过深，无法读取")
    reader = _Reader(_hidden_by_sheet(root))
    reader.walk(root)
    extraction = Extraction(Carrier.HTML, tuple(reader.passages), tuple(reader.not_covered))
    return Harvest(extraction, tuple(reader.embedded))


@dataclass(slots=True)
class _Cells:
    """Where the walk is within the innermost table."""

    table: int
    row: int = 0
    column: int = 0


@dataclass(slots=True)
class _Reader:
    """Walks the page; words gather until something ends the line or the layer changes."""

    sheet: dict[str, Layer]
    passages: list[Passage] = field(default_factory=list)
    not_covered: list[NotCovered] = field(default_factory=list)
    embedded: list[Embedded] = field(default_factory=list)
    _words: list[str] = field(default_factory=list)
    _layers: list[Layer] = field(default_factory=lambda: [Layer.VISIBLE])
    _tables: list[_Cells] = field(default_factory=list)
    _lines: int = 0
    _table_count: int = 0

    def walk(self, root: etree._Element) -> None:
        """The whole page, without recursion, and the comments that stand around it."""
        for event, element in etree.iterwalk(
            root.getroottree(), events=("start", "end", "comment", "pi")
        ):
            if event in ("comment", "pi"):
                self.aside(element, event)
            elif event == "start":
                self.enter(element)
            else:
                self.leave(element)
        self.end_line()

    def enter(self, element: etree._Element) -> None:
        """Opens an element: its layer, its cell, its attributes, its first words."""
        tag = str(element.tag).lower()
        layer = self._layers[-1]
        own = UNSEEN.get(tag) or hidden_layer(element, self.sheet)
        if tag not in _INLINE or (own and own is not layer):
            self.end_line()
        self._layers.append(own or layer)
        self._move(tag)
        for name, value in element.attrib.items():
            self._attribute(tag, str(name).lower(), value)
        if tag in _FOREIGN:
            place = Place(layer=Layer.ATTACHMENT, part=f"<{tag}>")
            self.not_covered.append(NotCovered(place, "网页引用的其他内容没有检查"))
        self._words.append(element.text or "")

    def leave(self, element: etree._Element) -> None:
        """Closes an element; the words behind it belong to what stands around it."""
        tag = str(element.tag).lower()
        left = self._layers[-1]
        if tag not in _INLINE or left is not self._layers[-2]:
            self.end_line()
        self._layers.pop()
        if tag == "table" and self._tables:
            self._tables.pop()
        self._words.append(element.tail or "")

    def aside(self, element: etree._Element, event: str) -> None:
        """A comment: nobody sees it, everybody receives it."""
        layer = ASIDES.get(event)
        if layer is not None:
            self._add(element.text or "", Place(layer=layer, part="网页注释"))
        self._words.append(element.tail or "")

    def end_line(self) -> None:
        """Closes the running line, if it says anything."""
        line = _SPACE.sub(" ", "".join(self._words)).strip()
        self._words.clear()
        if line:
            self._lines += 1
            self._add(line, self._place())

    def _place(self) -> Place:
        cells = self._tables[-1] if self._tables else None
        if cells is None or not cells.column:
            return Place(layer=self._layers[-1], paragraph=self._lines)
        return Place(
            layer=self._layers[-1], paragraph=self._lines,
            table=cells.table, row=cells.row, column=cells.column,
        )  # fmt: skip

    def _move(self, tag: str) -> None:
        if tag == "table":
            self._table_count += 1
            self._tables.append(_Cells(self._table_count))
        elif self._tables and tag == "tr":
            self._tables[-1].row += 1
            self._tables[-1].column = 0
        elif self._tables and tag in ("td", "th"):
            self._tables[-1].column += 1

    def _attribute(self, tag: str, name: str, value: str) -> None:
        layer = attribute_layer(tag, name)
        if layer is None or not value.strip():
            return
        address = _DATA_ADDRESS.match(value.strip()) if layer is Layer.LINK else None
        if address:
            self.embedded.append(Embedded(f"<{tag}>", _content(address)))
            return
        if layer is Layer.LINK and value.strip().lower().startswith(("javascript:", "vbscript:")):
            layer = Layer.SCRIPT
        self._add(value.strip(), Place(layer=layer, part=f"<{tag} {name}>"))

    def _add(self, text: str, place: Place) -> None:
        if text.strip():
            self.passages.append(Passage(text, place))
        if len(self.passages) > MAX_PASSAGES:
            raise UnfitFileError("文件内的文字段落过多，超过上限")


def attribute_layer(tag: str, name: str) -> Layer | None:
    """The layer of an attribute's words; None for those that only say how it looks."""
    for fits, layer in ATTRIBUTES:
        if fits(tag, name):
            return layer
    return Layer.METADATA


# What a page says to nobody, with the layer it is read in.
ASIDES: dict[str, Layer] = {"comment": Layer.COMMENT, "pi": Layer.METADATA}

ATTRIBUTES: tuple[tuple[Callable[[str, str], bool], Layer | None], ...] = (
    (lambda _, name: name in _LOOKS, None),
    (lambda _, name: name.startswith("on"), Layer.SCRIPT),
    (lambda _, name: name in _LINKS, Layer.LINK),
    (lambda _, name: name in _ALTERNATIVE or name.startswith("aria-"), Layer.ALT_TEXT),
    (lambda tag, name: tag == "input" and name == "value", Layer.HIDDEN_TEXT),
)


def hidden_layer(element: etree._Element, sheet: dict[str, Layer]) -> Layer | None:
    """HIDDEN_TEXT or WHITE_TEXT where the element, or the style sheet for it, hides its words."""
    style = element.get("style") or ""
    if "hidden" in element.attrib or _HIDES.search(style):
        return Layer.HIDDEN_TEXT
    if _WHITE.search(style) or (element.get("color") or "").lower() in _WHITE_WORDS:
        return Layer.WHITE_TEXT
    names = [f".{name}" for name in (element.get("class") or "").split()]
    names += [f"#{element.get('id')}", str(element.tag).lower()]
    return next((sheet[name] for name in names if name in sheet), None)


def _hidden_by_sheet(root: etree._Element) -> dict[str, Layer]:
    found: dict[str, Layer] = {}
    for selector, layer in _hiding_rules(root):
        found.setdefault(selector, layer)
    return found


def _hiding_rules(root: etree._Element) -> Iterator[tuple[str, Layer]]:
    for style in root.iter("style"):
        for rule in _RULE.finditer(style.text or ""):
            hides, white = _HIDES.search(rule[2]), _WHITE.search(rule[2])
            if not hides and not white:
                continue
            for selector in rule[1].split(","):
                last = selector.split()[-1:] or [""]
                if _SELECTOR.fullmatch(last[0]):
                    yield last[0], Layer.HIDDEN_TEXT if hides else Layer.WHITE_TEXT


def _content(address: re.Match[str]) -> bytes:
    """The file written into an address; broken base64 stays as it is, and is read as text."""
    raw = unquote_to_bytes(address[2])
    if not address[1].lower().endswith("base64"):
        return raw
    try:
        return base64.b64decode(re.sub(rb"\s", b"", raw), validate=True)
    except (binascii.Error, ValueError):
        return raw
