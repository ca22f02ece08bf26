"""Gathers what the readers of one document find, and takes words out of parsed XML as it goes.

Words that were read are taken out of the tree, so that what is left over at the end is what no
reader knew. It knows no format.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from lxml import etree

from screening.embedded import Embedded, Harvest
from screening.limits import MAX_PASSAGES
from screening.passages import (
    Carrier,
    Extraction,
    Layer,
    NotCovered,
    Passage,
    Place,
    UnfitFileError,
)


@dataclass(slots=True)
class Gathered:
    """Words, files inside, and what could not be read, in the order of reading."""

    passages: list[Passage] = field(default_factory=list)
    not_covered: list[NotCovered] = field(default_factory=list)
    embedded: list[Embedded] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def say(self, layer: Layer, text: str, place: Place) -> None:
        """Adds words at a place, in this layer; white space alone says nothing."""
        if not text or text.isspace():
            return
        if len(self.passages) >= MAX_PASSAGES:
            raise UnfitFileError("文件内的文字段落过多，超过上限")
        there = place if place.layer is layer else replace(place, layer=layer)
        self.passages.append(Passage(text.strip("\r\n"), there))

    def lay_over(self, layer: Layer, first: int) -> None:
        """Puts a layer over what would be seen of the passages from the first one on."""
        self.passages[first:] = [
            each
            if each.place.layer.hidden
            else Passage(each.text, replace(each.place, layer=layer))
            for each in self.passages[first:]
        ]

    def harvest(self, carrier: Carrier, pages: int = 0) -> Harvest:
        """All of it as the answer of an extractor."""
        extraction = Extraction(
            carrier=carrier,
            passages=tuple(self.passages),
            not_covered=tuple(self.not_covered),
            pages=pages,
            remarks=tuple(dict.fromkeys(self.remarks)),
        )
        return Harvest(extraction, tuple(self.embedded))


def local_name(element: etree._Element) -> str:
    """The tag without namespace: transitional and strict files differ in nothing else here."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def take_text(element: etree._Element) -> str:
    """The words of an element before its first child; they are gone from the tree."""
    text, element.text = element.text, None
    return text or ""


def take_words(element: etree._Element) -> str:
    """All words of an element and of what stands in it; they are gone from the tree."""
    words = "".join(str(piece) for piece in element.itertext())
    for each in element.iter():
        each.text = None
        if each is not element:
            each.tail = None
    return words


def attribute(element: etree._Element, name: str) -> str:
    """An attribute, with the namespace of its element or with none; "" when missing."""
    space = element.tag[: element.tag.find("}") + 1] if isinstance(element.tag, str) else ""
    return element.get(space + name) or element.get(name) or ""


def any_attribute(element: etree._Element, name: str) -> str:
    """An attribute whatever its namespace; "" when missing."""
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return ""


def take_attribute(element: etree._Element, name: str) -> str:
    """Every attribute of this name, whatever its namespace, taken out of the tree; the first."""
    found = ""
    keys = element.keys()
    for key in keys:
        if str(key).rpartition("}")[2] == name:
            value = element.attrib.pop(key)
            found = found or str(value)
    return found


def is_on(element: etree._Element | None, default: str = "") -> bool:
    """Whether a switch (`<w:vanish/>`, `val="0"`) is on; a missing element is off."""
    if element is None:
        return False
    return (attribute(element, "val") or default).lower() not in ("0", "false", "off", "none")


def whole(text: str, default: int = 0) -> int:
    """A whole number of modest size; `default` for everything else."""
    try:
        number = int(text) if len(text) < 12 else default
    except ValueError:
        return default
    return number


def character(code: int) -> str:
    """A character by its number; half a pair and signs of control are none."""
    if 0xD800 <= code < 0xE000 or (code < 0x20 and code not in (9, 10, 13)):
        return ""
    return chr(code)
