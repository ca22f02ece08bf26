"""Reads what the readers of known parts left over: words in unknown elements and attributes.

Attributes say mostly how things look; of them it gives what can be a name, a number, an address.
It is the last reader of every XML part, and the only one of parts that nobody knows.
"""

from __future__ import annotations

import re

from lxml import etree

from screening.extraction.gathering import Gathered, local_name, take_text, take_words
from screening.passages import Layer, Place

# Han, an address of mail, a path, a long number, a number of a fixed line.
_TELLING = re.compile(
    r"[\u3400-\u9fff\U00020000-\U0003ffff]|[\w.]@[\w.]|\\\\|\b[A-Za-z]:[\\/]|file:"
    r"|\d{11}|\d{3,4}-\d{7,8}"
)
_LONG = re.compile(r"[\w.]@[\w.]|\d{11}|\d{3,4}-\d{7,8}")
# Marks of programs, made of chance: they can look like long numbers.
_CHANCE = re.compile(
    r"\{?[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}\}?"
    r"|https?://(?:schemas|purl|www\.w3)\.[^?#]*|urn:[\w:.-]*"
)
# How things look and where they stand: Chinese names of fonts and colours tell nothing.
LOOKS = frozenset(
    (
        "ascii", "eastAsia", "hAnsi", "cs", "typeface", "font", "font-family", "font-name",
        "font-family-asian", "font-name-asian", "font-family-complex", "font-name-complex",
        "font-style-name", "font-style-name-asian", "lang", "script", "panose", "charset",
        "lvlText", "num-format", "num-suffix", "num-prefix", "language", "country", "d", "path",
        "style-name", "parent-style-name", "display-name", "master-page-name", "styleId",
        "default-cell-style-name", "formatCode", "anchor", "FontName", "FamilyName",
    )
)  # fmt: skip
_LOOKING_TAGS = frozenset(
    (
        "font", "altName", "rFonts", "latin", "ea", "cs", "sym", "buFont", "name", "rFont",
        "lvlText", "lsdException", "bookmarkStart", "bookmarkEnd", "panose1", "font-face",
        "theme", "clrScheme", "fontScheme", "fmtScheme", "numberTextElement",
    )
)  # fmt: skip
_WORDS = frozenset(("t", "p", "span", "v", "TextCode", "delText"))
_BLOCKS = ("{*}p", "{*}h", "{*}si", "{*}is", "{*}TextObject")
_SHORTEST = 2  # a name
_REMEMBERED = 50_000  # values of attributes, most of which come again and again
# Measures, switches and positions: shorter than any number that tells of somebody.
_MEASURE = re.compile(
    r"\s*(?:-?\d{1,9}(?:\.\d{1,6})?|true|false|t|f|none|center|left|right|top|bottom|inside|outside"
    r"|absolute)\s*",
    re.IGNORECASE,
)


def telling(value: str, name: str = "", tag: str = "") -> bool:
    """Whether an attribute's value can be somebody's words, by what it is and where it stands."""
    looks = name in LOOKS or tag in _LOOKING_TAGS
    pattern = _LONG if looks else _TELLING
    return pattern.search(value) is not None and _CHANCE.fullmatch(value.strip()) is None


def leftover_words(root: etree._Element, found: Gathered, place: Place, layer: Layer) -> None:
    """Words that stand in elements nobody read: a paragraph at a time, then one by one."""
    for element in root.iter():
        if element.text and local_name(element) not in _WORDS and _MEASURE.fullmatch(element.text):
            element.text = None
    for element in root.iter(*_BLOCKS):
        found.say(layer, take_words(element), place)
    for element in root.iter():
        if element.text:
            found.say(layer, take_text(element), place)
        if element.tail:
            tail, element.tail = element.tail, None
            found.say(layer, tail, place)


def leftover_attributes(root: etree._Element, found: Gathered, place: Place, layer: Layer) -> None:
    """Values of attributes nobody read that can be somebody's words, each once."""
    said: set[str] = set()
    known: set[tuple[str, str, str]] = set()
    for element in root.iter():
        tag = str(element.tag)
        for key, value in element.items():
            if len(value) < _SHORTEST or (tag, key, value) in known:
                continue
            if len(known) < _REMEMBERED:
                known.add((tag, str(key), str(value)))
            name = str(key).rpartition("}")[2]
            if value not in said and telling(str(value), name, tag.rpartition("}")[2]):
                said.add(str(value))
                found.say(layer, str(value), place)


def leftovers(root: etree._Element, found: Gathered, place: Place, layer: Layer) -> None:
    """Words and attributes nobody read: words in `layer`, attributes as properties of the file."""
    leftover_words(root, found, place, layer)
    aside = Layer.METADATA if layer is Layer.HIDDEN_TEXT else layer
    leftover_attributes(root, found, place, aside)
