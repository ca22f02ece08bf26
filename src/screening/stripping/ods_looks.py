"""How a cell of an OpenDocument sheet looks, as far as that decides whether anybody sees it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from screening.passages import Layer
from screening.stripping.grammar_open import odf

_WHITE, _UNKNOWN = "ffffff", ""
_NEAR = 24
_SMALLEST = _FLATTEST = 2.0  # points
_LENGTH = re.compile(r"([0-9.]+)(pt|px|cm|mm|in|%)?")
_DATA_STYLES = tuple(
    odf(f"number:{kind}-style")
    for kind in ("number", "currency", "percentage", "date", "time", "boolean", "text")
)
_PARAGRAPHS = (odf("text:p"), odf("text:h"))
_NOTHING_SHOWN = frozenset((odf("number:text"), odf("number:fill-character"), odf("style:map"),
                            odf("style:text-properties")))  # fmt: skip


class Looks:
    """The styles of a document, of both parts that have some."""

    def __init__(self, roots: list[etree._Element]) -> None:
        self._styles: dict[tuple[str, str], etree._Element] = {}
        self._defaults: dict[str, etree._Element] = {}
        self._data: dict[str, etree._Element] = {}
        for root in roots:
            for style in root.iter(odf("style:style")):
                self._styles[_family(style), style.get(odf("style:name")) or ""] = style
            for style in root.iter(odf("style:default-style")):
                self._defaults[_family(style)] = style
            for style in root.iter(*_DATA_STYLES):
                self._data[style.get(odf("style:name")) or ""] = style

    def is_off(self, family: str, name: str | None, size: str) -> bool:
        """Whether rows, columns or sheets of this style take no room; `size` names the extent."""
        kind = f"style:{family}-properties"
        if self._property(family, name, kind, "table:display") == "false":
            return True
        extent = self._property(family, name, kind, size) if size else None
        return extent is not None and _points(extent) < _FLATTEST

    def of_cell(self, name: str | None, *, protected: bool) -> Layer | None:
        """The layer of what a cell of this style holds, None where it is seen. A protected sheet
        does not show cells that are hidden and protected."""
        protection = self._property(
            "table-cell", name, "style:table-cell-properties", "style:cell-protect"
        )
        if protected and protection == "hidden-and-protected":
            return Layer.HIDDEN_TEXT
        if self._is_blank_format(name):
            return Layer.HIDDEN_TEXT
        return self._of_words([("table-cell", name)], self.ground(name))

    def of_words(self, element: etree._Element, cell: str | None) -> Layer | None:
        """The layer of words in a paragraph or span within a cell of this style."""
        family = "paragraph" if element.tag in _PARAGRAPHS else "text"
        name = element.get(odf("text:style-name"))
        behind = self._property(family, name, "style:text-properties", "fo:background-color")
        ground = self.ground(cell) if behind in (None, "transparent") else _colour(behind)
        return self._of_words([(family, name), ("table-cell", cell)], ground)

    def shows_words_only(self, name: str | None) -> bool:
        """Whether the number format of a cell shows words of its own instead of the value."""
        data = self._format(name)
        return data is not None and not any(
            child.tag not in _NOTHING_SHOWN or child.tag == odf("style:map") for child in data
        )

    def ground(self, name: str | None) -> str:
        """The colour of a cell."""
        written = self._property(
            "table-cell", name, "style:table-cell-properties", "fo:background-color"
        )
        return _WHITE if written in (None, "transparent") else _colour(written)

    def _of_words(self, names: list[tuple[str, str | None]], ground: str) -> Layer | None:
        found: dict[str, str | None] = {}
        for wanted in ("fo:color", "fo:font-size", "text:display", "style:use-window-font-color"):
            values = (
                self._property(family, name, "style:text-properties", wanted)
                for family, name in names
            )
            found[wanted] = next((value for value in values if value is not None), None)
        if found["text:display"] == "none":
            return Layer.HIDDEN_TEXT
        size = found["fo:font-size"]
        if size is not None and not size.endswith("%") and 0 < _points(size) <= _SMALLEST:
            return Layer.HIDDEN_TEXT
        if found["style:use-window-font-color"] == "true":
            return None
        colour = _colour(found["fo:color"])
        return Layer.WHITE_TEXT if colour and ground and _near(colour, ground) else None

    def _is_blank_format(self, name: str | None) -> bool:
        data = self._format(name)
        if data is None or not self.shows_words_only(name):
            return False
        return not any((text.text or "").strip() for text in data.iter(odf("number:text")))

    def _format(self, name: str | None) -> etree._Element | None:
        wanted = odf("style:data-style-name")
        stated = (style.get(wanted) for style in self._line("table-cell", name))
        return self._data.get(next((one for one in stated if one is not None), ""))

    def _property(self, family: str, name: str | None, kind: str, wanted: str) -> str | None:
        for style in self._line(family, name):
            for properties in style.iterchildren(odf(kind)):
                value = properties.get(odf(wanted))
                if value is not None:
                    return value
        return None

    def _line(self, family: str, name: str | None) -> Iterator[etree._Element]:
        """The style, those above it, the default of its family; a circle ends."""
        passed: set[str] = set()
        at = name
        while at is not None and at not in passed and (family, at) in self._styles:
            passed.add(at)
            style = self._styles[family, at]
            yield style
            at = style.get(odf("style:parent-style-name"))
        if family in self._defaults:
            yield self._defaults[family]


def _family(style: etree._Element) -> str:
    return style.get(odf("style:family")) or ""


def _colour(written: str | None) -> str:
    plain = (written or "").lower().removeprefix("#")
    return plain if re.fullmatch(r"[0-9a-f]{6}", plain) else _UNKNOWN


def _near(one: str, other: str) -> bool:
    pairs = zip(bytes.fromhex(one), bytes.fromhex(other), strict=True)
    return all(abs(a - b) <= _NEAR for a, b in pairs)


def _points(written: str) -> float:
    match = _LENGTH.fullmatch(written.strip())
    scale = {"pt": 1.0, "px": 0.75, "cm": 28.35, "mm": 2.835, "in": 72.0}
    try:
        return 99.0 if match is None else float(match[1]) * scale.get(match[2] or "pt", 1.0)
    except ValueError:
        return 99.0


REFERENCES = frozenset(
    odf(name)
    for name in (
        "table:style-name", "table:default-cell-style-name", "text:style-name", "draw:style-name",
        "draw:text-style-name", "style:parent-style-name", "style:data-style-name",
        "style:master-page-name", "style:list-style-name", "style:page-layout-name",
        "style:apply-style-name", "style:name", "style:font-name", "style:font-name-asian",
        "style:font-name-complex",
    )
)  # fmt: skip
