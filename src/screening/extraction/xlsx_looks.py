"""Whether the words of a cell are seen: colour of letters on that of the cell, size, format.

Conditional formats and table styles are not followed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeVar

from lxml import etree

from screening.extraction.colours import UNKNOWN, WHITE, colour, unseen_on
from screening.extraction.gathering import attribute, whole
from screening.extraction.xlsx_formats import BUILT_IN

BLACK = "000000"
_TINY_POINTS = 2
_THEME = ("lt1", "dk1", "lt2", "dk2", *(f"accent{number}" for number in range(1, 7)))
_INDEXED = {0: BLACK, 1: WHITE, 8: BLACK, 9: WHITE, 64: BLACK, 65: WHITE}


@dataclass(frozen=True, slots=True)
class CellLook:
    """Letters, ground and format of a cell."""

    ink: str = BLACK
    paper: str = WHITE
    tiny: bool = False
    code: str = ""

    def unseen(self, ink: str = "", *, tiny: bool = False) -> bool:
        """Whether letters are not seen; a run of letters may have a colour and size of its own."""
        return self.tiny or tiny or unseen_on(ink or self.ink, self.paper)


@dataclass(slots=True)
class Looks:
    """The styles of a workbook."""

    _cells: list[CellLook] = field(default_factory=list)
    _theme: dict[str, str] = field(default_factory=dict)

    def learn_theme(self, root: etree._Element) -> None:
        """Takes in the colours of the theme."""
        for name in _THEME:
            for scheme in root.iter(f"{{*}}{name}"):
                for plain in scheme:
                    told = attribute(plain, "lastClr") or attribute(plain, "val")
                    self._theme[name] = colour(told)

    def learn(self, root: etree._Element) -> None:
        """Takes in the part of styles."""
        fonts = [self._font(font) for font in root.iterfind("{*}fonts/{*}font")]
        fills = [self._fill(fill) for fill in root.iterfind("{*}fills/{*}fill")]
        codes = dict(BUILT_IN)
        for each in root.iterfind("{*}numFmts/{*}numFmt"):
            codes[whole(attribute(each, "numFmtId"), -1)] = attribute(each, "formatCode")
        for look in root.iterfind("{*}cellXfs/{*}xf"):
            ink, tiny = _at(fonts, attribute(look, "fontId"), (BLACK, False))
            paper = _at(fills, attribute(look, "fillId"), WHITE)
            code = codes.get(whole(attribute(look, "numFmtId")), "")
            self._cells.append(CellLook(ink, paper, tiny, code))

    def cell(self, index: str) -> CellLook:
        """The look of a cell by its number of style."""
        return _at(self._cells, index or "0", CellLook())

    def ink(self, element: etree._Element | None, default: str) -> str:
        """A colour as written: by value, theme with tint, or index."""
        if element is None:
            return default
        plain = attribute(element, "rgb")
        if plain:
            return colour(plain)
        theme = attribute(element, "theme")
        if theme:
            names = _at(list(_THEME), theme, "")
            standard = {"lt1": WHITE, "dk1": BLACK}.get(names, UNKNOWN)
            return _tinted(self._theme.get(names, standard), attribute(element, "tint"))
        indexed = attribute(element, "indexed")
        return _INDEXED.get(whole(indexed, -1), UNKNOWN) if indexed else default

    def run(self, properties: etree._Element | None) -> tuple[str, bool]:
        """(colour or "" for that of the cell, tiny) of a run of letters."""
        if properties is None:
            return "", False
        return self.ink(properties.find("{*}color"), ""), _tiny(properties)

    def _font(self, font: etree._Element) -> tuple[str, bool]:
        return self.ink(font.find("{*}color"), BLACK), _tiny(font)

    def _fill(self, fill: etree._Element) -> str:
        pattern = fill.find("{*}patternFill")
        if pattern is None:
            return UNKNOWN if len(fill) else WHITE
        kind = attribute(pattern, "patternType")
        if kind in ("", "none"):
            return WHITE
        return self.ink(pattern.find("{*}fgColor"), BLACK) if kind == "solid" else UNKNOWN


def _tiny(properties: etree._Element) -> bool:
    size = properties.find("{*}sz")
    try:
        return size is not None and 0 < float(attribute(size, "val")) <= _TINY_POINTS
    except ValueError:
        return False


def _tinted(plain: str, tint: str) -> str:
    """A colour made lighter or darker; per channel, which is near enough to judge by."""
    try:
        share = max(-1.0, min(1.0, float(tint))) if tint else 0.0
    except ValueError:
        return UNKNOWN
    if not plain or share == 0:
        return plain
    channels = [int(plain[at : at + 2], 16) for at in (0, 2, 4)]
    lit = [c + (255 - c) * share if share > 0 else c * (1 + share) for c in channels]
    return "".join(f"{round(channel):02x}" for channel in lit)


_T = TypeVar("_T")


def _at(items: list[_T], index: str, default: _T) -> _T:
    number = whole(index, -1)
    return items[number] if 0 <= number < len(items) else default
