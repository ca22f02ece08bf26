"""Styles of an OpenDocument: which rows, columns, sheets, cells and letters are not seen."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from screening.extraction.colours import WHITE, colour, unseen_on
from screening.extraction.gathering import any_attribute, attribute, local_name
from screening.passages import Layer

_MAX_DEPTH = 20  # of styles based on styles
_TINY_POINTS = 2.0
_FLAT_POINTS = 2.0
_LENGTH = re.compile(r"(-?\d+(?:\.\d+)?)\s*(pt|cm|mm|in|px|pc)")
_POINTS = {"pt": 1.0, "cm": 28.35, "mm": 2.835, "in": 72.0, "px": 0.75, "pc": 12.0}
_SHOWS = frozenset(
    (
        "number", "scientific-number", "fraction", "currency-symbol", "day", "month", "year",
        "era", "hours", "minutes", "seconds", "quarter", "day-of-week", "week-of-year", "am-pm",
        "boolean", "text-content", "fill-character",
    )
)  # fmt: skip
# What tells of being seen, by element and attribute.
_TOLD: Mapping[str, tuple[str, ...]] = {
    "text-properties": ("color", "display", "font-size", "background-color"),
    "table-cell-properties": ("background-color", "cell-protect"),
    "table-row-properties": ("row-height",),
    "table-column-properties": ("column-width",),
    "table-properties": ("display",),
    "graphic-properties": ("fill-color", "fill"),
}

Look = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Style:
    parent: str
    look: Look
    format: str


@dataclass(slots=True)
class Looks:
    """All styles of a document, common and automatic."""

    _styles: dict[tuple[str, str], _Style] = field(default_factory=dict)
    _formats: dict[str, tuple[bool, tuple[str, ...]]] = field(default_factory=dict)

    def learn(self, root: etree._Element) -> None:
        """Takes in the styles of a part."""
        for style in root.iter("{*}style", "{*}default-style"):
            family = attribute(style, "family")
            key = (family, attribute(style, "name"))
            self._styles[key] = _Style(
                parent=attribute(style, "parent-style-name"),
                look=_look_of(style),
                format=attribute(style, "data-style-name"),
            )
        for data in root.iter(*(f"{{*}}{kind}-style" for kind in _FORMATS)):
            if "datastyle" in str(data.tag):
                mapped = tuple(
                    any_attribute(each, "apply-style-name") for each in data.iter("{*}map")
                )
                self._formats[any_attribute(data, "name")] = (_shows(data), mapped)

    def of(self, family: str, name: str) -> Look:
        """What a style says, with what it is based on."""
        look: dict[str, str] = {}
        for style in reversed(self._line(family, name)):
            look.update(style.look)
        return {**self._plain(family), **look}

    def shows_nothing(self, name: str) -> bool:
        """Whether a cell's number format leaves every value out."""
        format_ = next((s.format for s in self._line("table-cell", name) if s.format), "")
        if format_ not in self._formats:
            return False
        shows, mapped = self._formats[format_]
        return not shows and not any(
            self._formats.get(each, (True, ()))[0] for each in mapped if each
        )

    def _plain(self, family: str) -> Look:
        usual = self._styles.get((family, ""))
        return {} if usual is None else usual.look

    def _line(self, family: str, name: str) -> list[_Style]:
        found: list[_Style] = []
        while name and (family, name) in self._styles and len(found) < _MAX_DEPTH:
            found.append(self._styles[family, name])
            name = found[-1].parent
        return found


_FORMATS = ("number", "text", "currency", "percentage", "date", "time", "boolean")


def layer_of(look: Look, around: Look) -> Layer | None:
    """HIDDEN_TEXT or WHITE_TEXT where letters of a look in a cell or shape are not seen."""
    if look.get("display") == "none":
        return Layer.HIDDEN_TEXT
    size = points(look.get("font-size", ""))
    if size is not None and 0 <= size <= _TINY_POINTS:
        return Layer.WHITE_TEXT
    return Layer.WHITE_TEXT if unseen_on(colour(look.get("color", "")), _ground(around)) else None


def is_flat(look: Look, name: str) -> bool:
    """Whether a row has no height, a column no width."""
    size = points(look.get(name, ""))
    return size is not None and size < _FLAT_POINTS


def points(length: str) -> float | None:
    """A length with its unit in points; None for what is none."""
    match = _LENGTH.fullmatch(length.strip())
    return float(match[1]) * _POINTS[match[2]] if match else None


def _ground(look: Look) -> str:
    """The colour behind letters; a shape's fill, a cell's ground, or white."""
    if look.get("fill", "none") != "none":
        return colour(look.get("fill-color", ""))
    told = look.get("background-color", "transparent")
    return WHITE if told == "transparent" else colour(told)


def _look_of(style: etree._Element) -> Look:
    look: dict[str, str] = {}
    for properties in style:
        for name in _TOLD.get(local_name(properties), ()):
            value = any_attribute(properties, name)
            if value:
                look[name] = value
    return look


def _shows(data: etree._Element) -> bool:
    return any(
        local_name(part) in _SHOWS or (local_name(part) == "text" and (part.text or "").strip())
        for part in data
    )
