"""XMP, the XML kept beside the pixels of a picture: every value and attribute a passage."""

from __future__ import annotations

from lxml import etree

from screening.extraction.words import words_of
from screening.passages import Layer, Passage, Place, UnfitFileError
from screening.xml import parse_xml


def xmp_passages(data: bytes) -> list[Passage]:
    """Values with the name of their property; the raw words where the XML is broken."""
    start, end = data.find(b"<"), data.rfind(b">")
    try:
        root = parse_xml(data[start : end + 1]) if 0 <= start < end else None
    except UnfitFileError:
        root = None
    if root is None:
        words = words_of(data)
        return [Passage(words, Place(layer=Layer.METADATA, part="XMP"))] if words else []
    return [
        Passage(words, Place(layer=Layer.METADATA, part=f"XMP {name}"))
        for name, words in _values(root)
    ]


def _values(root: etree._Element) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for element in root.iter(etree.Element):
        name = etree.QName(element).localname
        parent = element.getparent()
        if name == "li" and parent is not None and parent.getparent() is not None:
            owner = parent.getparent()
            name = name if owner is None else etree.QName(owner).localname
        if element.text and element.text.strip():
            found.append((name, element.text.strip()))
        if element.tail and element.tail.strip():
            found.append((name, element.tail.strip()))
        for attribute, value in element.attrib.items():
            if value.strip():
                found.append((etree.QName(attribute).localname, value.strip()))
    return found
