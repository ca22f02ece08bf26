"""How a cell of a workbook looks, as far as that decides whether anybody sees its value.

Conditions and table styles are not worked out; they do not come along either.
"""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import dataclass

from lxml import etree

from screening.passages import Layer
from screening.stripping.grammar_sheet import sheet

WHITE = "FFFFFF"

_BLACK, _UNKNOWN = "000000", ""
_INDEXED = {"1": WHITE, "9": WHITE, "0": _BLACK, "8": _BLACK, "64": _BLACK, "65": WHITE}
_THEME = ("lt1", "dk1", "lt2", "dk2", *(f"accent{number}" for number in range(1, 7)))
_HEAD = "FF4472C4"
_NEAR = 24
_SMALLEST = 2.0  # points
_QUOTED = re.compile(r'"([^"]*)"|\\(.)')
_SIDE_SIGNS = re.compile(r"\[[^\]]*\]|[_*].")
_PLACEHOLDERS = re.compile(r"[0#?@]|General|[ymdhsegbaYMDHSEGBA]")


@dataclass(frozen=True, slots=True)
class Look:
    """One style of cells: the colour behind, whether it hides what is in it, its number format."""

    ground: str
    layer: Layer | None
    code: str


class Looks:
    """The styles of a workbook by their number."""

    def __init__(self, styles: etree._Element | None, theme: etree._Element | None) -> None:
        self._styles = styles
        self._looks: list[Look] = []
        self._darkened: dict[str, str] = {}
        self._theme = theme_colours(theme)
        if styles is None:
            return
        codes = {
            one.get("numFmtId") or "": one.get("formatCode") or ""
            for one in styles.iter(sheet("numFmt"))
        }
        fonts = list(styles.iterfind(f"{sheet('fonts')}/{sheet('font')}"))
        fills = list(styles.iterfind(f"{sheet('fills')}/{sheet('fill')}"))
        for xf in styles.iterfind(f"{sheet('cellXfs')}/{sheet('xf')}"):
            ground = self._ground(_at(fills, xf.get("fillId")))
            layer = self.hidden_by_font(_at(fonts, xf.get("fontId")), ground)
            self._looks.append(Look(ground, layer, codes.get(xf.get("numFmtId") or "", "")))

    def of(self, number: str | None) -> Look:
        """The look of a style by its number in a cell."""
        index = int(number) if number and number.isdecimal() else 0
        return self._looks[index] if index < len(self._looks) else Look(WHITE, None, "")

    def hidden_by_font(self, font: etree._Element | None, ground: str) -> Layer | None:
        """WHITE_TEXT or HIDDEN_TEXT for words in this font on this ground, else None."""
        if font is None:
            return None
        size = font.find(sheet("sz"))
        if size is not None and 0 < _points(size.get("val") or "") <= _SMALLEST:
            return Layer.HIDDEN_TEXT
        colour = self._colour(font.find(sheet("color")))
        return Layer.WHITE_TEXT if colour and ground and _near(colour, ground) else None

    def darkened(self, number: str) -> str:
        """The same style on a dark ground, as the style of a table gives to its head."""
        if number not in self._darkened and self._styles is not None:
            fills, cells = self._styles.find(sheet("fills")), self._styles.find(sheet("cellXfs"))
            if fills is None or cells is None:
                return number
            fill = etree.SubElement(etree.SubElement(fills, sheet("fill")), sheet("patternFill"))
            fill.set("patternType", "solid")
            etree.SubElement(fill, sheet("fgColor"), rgb=_HEAD)
            style = deepcopy(cells[int(number)])
            style.set("fillId", str(len(fills) - 1))
            style.set("applyFill", "1")
            cells.append(style)
            self._darkened[number] = str(len(cells) - 1)
        return self._darkened.get(number, number)

    def _ground(self, fill: etree._Element | None) -> str:
        pattern = None if fill is None else fill.find(sheet("patternFill"))
        if pattern is None:
            return WHITE if fill is None or len(fill) == 0 else _UNKNOWN
        kind = pattern.get("patternType") or "none"
        if kind == "none":
            return WHITE
        if kind != "solid":
            return _UNKNOWN
        colour = pattern.find(sheet("fgColor"))
        return _BLACK if colour is None else self._colour(colour)

    def _colour(self, element: etree._Element | None) -> str:
        """Six digits; "" for none, and for what is not known."""
        if element is None:
            return _UNKNOWN
        written = element.get("rgb")
        if written:
            return written[-6:].upper()
        theme = element.get("theme")
        if theme is not None:
            return _tinted(self._theme.get(theme, _UNKNOWN), _points(element.get("tint") or "0"))
        return _INDEXED.get(element.get("indexed") or "", _UNKNOWN)


def shown_instead(code: str, kind: str, value: str) -> str | None:
    """What a number format shows in place of a value it hides; None where it shows the value.

    `kind` is the type of the cell (n, s, str, inlineStr, b, e).
    """
    sections = _sections(code)
    if kind in ("b", "e") or not code or code == "General":
        return None
    if kind == "n":
        section = sections[min(_place(value, len(sections)), len(sections) - 1)]
    elif len(sections) == 4:
        section = sections[3]
    else:
        return None
    bare = _SIDE_SIGNS.sub("", _QUOTED.sub("", section))
    if _PLACEHOLDERS.search(bare):
        return None
    return _SIDE_SIGNS.sub("", _QUOTED.sub(lambda part: part[1] or part[2] or "", section)).strip()


def _place(value: str, count: int) -> int:
    try:
        number = float(value)
    except ValueError:
        return 0
    if number > 0 or count == 1:
        return 0
    if number < 0:
        return 1
    return 2 if count > 2 else 0


def _sections(code: str) -> list[str]:
    """The parts of a format between semicolons that are not quoted."""
    parts: list[str] = [""]
    quoted = False
    for place, sign in enumerate(code):
        if sign == '"':
            quoted = not quoted
        if sign == ";" and not quoted and code[place - 1 : place] != "\\":
            parts.append("")
        else:
            parts[-1] += sign
    return parts


def _at(listed: list[etree._Element], number: str | None) -> etree._Element | None:
    index = int(number) if number and number.isdecimal() else 0
    return listed[index] if index < len(listed) else None


def theme_colours(theme: etree._Element | None) -> dict[str, str]:
    """The colours of a theme by the number under which styles ask for them."""
    found = {"0": WHITE, "1": _BLACK}
    for number, name in enumerate(_THEME if theme is not None else ()):
        told = None if theme is None else next(theme.iter(sheet(f"a:{name}")), None)
        for plain in () if told is None else told:
            found[str(number)] = (plain.get("lastClr") or plain.get("val") or "")[-6:].upper()
    return found


def _tinted(plain: str, tint: float) -> str:
    """Lighter or darker; in each colour by itself, which is near enough to judge by."""
    if len(plain) != 6 or tint == 0:
        return plain
    share = max(-1.0, min(1.0, tint))
    try:
        parts = bytes.fromhex(plain)
    except ValueError:
        return _UNKNOWN
    lit = [part + (255 - part) * share if share > 0 else part * (1 + share) for part in parts]
    return "".join(f"{round(part):02X}" for part in lit)


def _near(one: str, other: str) -> bool:
    if one == other:
        return True
    try:
        pairs = zip(bytes.fromhex(one), bytes.fromhex(other), strict=True)
        return all(abs(a - b) <= _NEAR for a, b in pairs)
    except ValueError:
        return False


def _points(written: str) -> float:
    try:
        return float(written)
    except ValueError:
        return 0.0
