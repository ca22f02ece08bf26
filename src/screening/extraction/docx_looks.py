"""Whether words of a letter are printed so that one sees them, by their own look and by styles.

Colours of table styles are not followed: on such a ground words count as seen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from screening.extraction.colours import UNKNOWN, WHITE, colour, unseen_on
from screening.extraction.gathering import attribute, is_on, local_name, whole
from screening.passages import Layer

TINY_HALF_POINTS = 4  # two points: a hair line
_NARROW_PERCENT = 5
_FAR_TWIPS = 15_840  # 11 inches: wider than the page
_FLAT_TWIPS = 40
_MAX_DEPTH = 20  # of styles based on styles
_THEME = {
    "background1": WHITE, "light1": WHITE, "bg1": WHITE, "lt1": WHITE,
    "text1": "000000", "dark1": "000000", "tx1": "000000", "dk1": "000000",
}  # fmt: skip

Look = Mapping[str, str]


@dataclass(slots=True)
class _Style:
    based_on: str
    look: Look
    far: bool
    dark: bool


@dataclass(slots=True)
class Looks:
    """The styles of a letter."""

    _styles: dict[str, _Style] = field(default_factory=dict)
    _default: Look = field(default_factory=dict)
    _usual: str = ""  # the style of paragraphs that name none

    def learn(self, root: etree._Element) -> None:
        """Takes in a part of styles."""
        for style in root.iter("{*}style"):
            name = attribute(style, "styleId")
            if attribute(style, "type") == "paragraph" and attribute(style, "default") == "1":
                self._usual = name
            paragraph = style.find("{*}pPr")
            self._styles[name] = _Style(
                based_on=_value(style.find("{*}basedOn")),
                look=look_of(style.find("{*}rPr")),
                far=is_far(paragraph),
                dark=any(_is_dark(shade) for shade in style.iter("{*}shd")),
            )
        default = root.find("{*}docDefaults/{*}rPrDefault/{*}rPr")
        self._default = look_of(default)

    def paragraph(self, properties: etree._Element | None) -> Look:
        """How letters look in a paragraph that say nothing themselves."""
        name = "" if properties is None else _value(properties.find("{*}pStyle"))
        return {**self._default, **self._chain(name or self._usual)}

    def run(self, properties: etree._Element | None, paragraph: Look) -> Look:
        """How the letters of a run look."""
        if properties is None:
            return paragraph
        style = self._chain(_value(properties.find("{*}rStyle")))
        return {**paragraph, **style, **look_of(properties)}

    def dark_table(self, name: str) -> bool:
        """Whether a table style paints any cell."""
        return any(style.dark for style in self._line(name))

    def far(self, properties: etree._Element | None) -> bool:
        """Whether a paragraph stands beside the page."""
        if properties is None:
            return False
        styles = self._line(_value(properties.find("{*}pStyle")))
        return is_far(properties) or any(style.far for style in styles)

    def _line(self, name: str) -> list[_Style]:
        """A style and those it is based on, the basest last."""
        found: list[_Style] = []
        while name in self._styles and len(found) < _MAX_DEPTH:
            found.append(self._styles[name])
            name = found[-1].based_on
        return found

    def _chain(self, name: str) -> Look:
        look: dict[str, str] = {}
        for style in reversed(self._line(name)):
            look.update(style.look)
        return look


def look_of(properties: etree._Element | None) -> Look:
    """What run properties say of being seen."""
    look: dict[str, str] = {}
    for element in properties if properties is not None else ():
        name = local_name(element)
        if name in _LOOKS:
            _LOOKS[name](element, look)
    return look


def layer_of(look: Look, paper: str) -> Layer | None:
    """HIDDEN_TEXT or WHITE_TEXT where the letters are not seen on this paper, else None."""
    if look.get("vanish"):
        return Layer.HIDDEN_TEXT
    ground = look.get("highlight") or look.get("fill", paper)
    tiny = 0 < whole(look.get("size", ""), 99) <= TINY_HALF_POINTS
    narrow = 0 < whole(look.get("width", "").rstrip("%"), 100) <= _NARROW_PERCENT
    if tiny or narrow or look.get("clear") or unseen_on(look.get("ink", ""), ground):
        return Layer.WHITE_TEXT
    return None


def paper_of(properties: etree._Element | None, paper: str) -> str:
    """The ground of a paragraph or cell: its own shade, or what lies beneath."""
    shade = None if properties is None else properties.find("{*}shd")
    return paper if shade is None else _fill(shade, paper)


def is_far(properties: etree._Element | None) -> bool:
    """Whether a paragraph's indent or frame puts it beside the page, or its lines are flat."""
    for element in properties if properties is not None else ():
        name = local_name(element)
        if name == "ind":
            sides = (attribute(element, side) for side in ("left", "start", "right", "firstLine"))
            if any(abs(whole(side)) >= _FAR_TWIPS for side in sides):
                return True
        if name == "framePr" and any(
            abs(whole(attribute(element, axis))) >= 2 * _FAR_TWIPS for axis in ("x", "y")
        ):
            return True
    return False


def is_flat(row: etree._Element | None) -> bool:
    """Whether a row of a table has no height."""
    height = None if row is None else row.find("{*}trHeight")
    return (
        height is not None
        and attribute(height, "hRule") == "exact"
        and whole(attribute(height, "val"), 999) <= _FLAT_TWIPS
    )


def _value(element: etree._Element | None) -> str:
    return "" if element is None else attribute(element, "val")


def _is_dark(shade: etree._Element) -> bool:
    return _fill(shade, WHITE) != WHITE


def _fill(shade: etree._Element, paper: str) -> str:
    """The colour of a shade; `auto` lets through what lies beneath."""
    if attribute(shade, "val") == "solid":
        return colour(attribute(shade, "color"))
    fill = attribute(shade, "fill")
    if fill in ("", "auto"):
        return UNKNOWN if attribute(shade, "themeFill") else paper
    return colour(fill)


def _vanish(element: etree._Element, look: dict[str, str]) -> None:
    look["vanish"] = "1" if is_on(element) else ""


def _ink(element: etree._Element, look: dict[str, str]) -> None:
    theme = _THEME.get(attribute(element, "themeColor"), UNKNOWN)
    look["ink"] = colour(attribute(element, "val")) or theme


def _shade(element: etree._Element, look: dict[str, str]) -> None:
    if attribute(element, "fill") not in ("", "auto") or attribute(element, "val") == "solid":
        look["fill"] = _fill(element, UNKNOWN)


def _highlight(element: etree._Element, look: dict[str, str]) -> None:
    look["highlight"] = colour(_value(element))


def _size(element: etree._Element, look: dict[str, str]) -> None:
    look["size"] = _value(element)


def _width(element: etree._Element, look: dict[str, str]) -> None:
    look["width"] = _value(element)


def _text_fill(element: etree._Element, look: dict[str, str]) -> None:
    """`w14:textFill`: none, or through which one sees the paper."""
    alphas = [whole(_value(alpha)) for alpha in element.iter("{*}alpha")]
    if element.find("{*}noFill") is not None or any(alpha >= 90_000 for alpha in alphas):
        look["clear"] = "1"


# What hides letters; each can be taken out.
_LOOKS = {
    "vanish": _vanish,
    "color": _ink,
    "shd": _shade,
    "highlight": _highlight,
    "sz": _size,
    "w": _width,
    "textFill": _text_fill,
}
