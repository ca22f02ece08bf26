"""Reads an ODS to its hidden corners: sheets, styles, properties, settings, every other part.

Readers of parts stand in a table, by name; the last reads what has none. Nothing is calculated.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

from screening.embedded import Embedded, Harvest
from screening.extraction.gathering import Gathered, attribute, take_text, take_words
from screening.extraction.leftovers import leftover_words, leftovers, telling
from screening.extraction.ods_asides import glean
from screening.extraction.ods_looks import Looks
from screening.extraction.ods_sheets import read_sheet
from screening.extraction.words import runs
from screening.limits import Package, open_package
from screening.passages import Carrier, Layer, NotCovered, Place, UnfitFileError
from screening.xml import parse_xml

REST = "余下"
_XML_STARTS = (b"<", b"\xff\xfe<\0", b"\xfe\xff\0<")
_SIGNED = frozenset(
    ("X509Certificate", "SignatureValue", "DigestValue", "EncapsulatedX509Certificate")
)
_COUNTED = frozenset(("editing-cycles", "editing-duration"))
_FORMULA_PICTURES = "对象的替代图片没有检查"


@dataclass(slots=True)
class Book:
    """A spreadsheet on the way of being read."""

    package: Package
    found: Gathered = field(default_factory=Gathered)
    looks: Looks = field(default_factory=Looks)

    def tree(self, part: str) -> etree._Element:
        """The parsed part."""
        return parse_xml(self.package.read(part))

    def rest(self, root: etree._Element, part: str, layer: Layer) -> None:
        """What the reader of a part left in its tree."""
        if REST in PARTS:
            leftovers(root, self.found, Place(part=part), layer)


def harvest(data: bytes) -> Harvest:
    """All words of a spreadsheet with their places, and the files inside it. UnfitFileError."""
    book = Book(open_package(data))
    names = book.package.names
    for part in ("styles.xml", "content.xml"):
        if part in names:
            book.looks.learn(book.tree(part))
    try:
        for part in sorted(names, key=lambda name: name != "content.xml"):
            pattern = next(
                (each for each in _ORDER if each in PARTS and re.fullmatch(each, part)), None
            )
            if pattern is not None:
                PARTS[pattern](book, part)
            if telling(part):
                book.found.say(Layer.METADATA, part, Place(part="压缩包内的文件名"))
    except RecursionError:
        raise UnfitFileError("ODS 嵌套过深，无法读取") from None
    return book.found.harvest(Carrier.ODS)


def _read_content(book: Book, part: str) -> None:
    """The sheets, then what stands beside their cells."""
    root = book.tree(part)
    for table in root.iterfind("{*}body/{*}spreadsheet/{*}table"):
        read_sheet(book.found, book.looks, table)
    glean(book.found, book.looks, root, part)
    book.rest(root, part, Layer.HIDDEN_TEXT)


def _read_styles(book: Book, part: str) -> None:
    """Headers and footers, conditions of formats."""
    root = book.tree(part)
    glean(book.found, book.looks, root, part)
    book.rest(root, part, Layer.HIDDEN_TEXT)


def _read_properties(book: Book, part: str) -> None:
    """Author, title, templates, and whatever else somebody named."""
    root = book.tree(part)
    for name in _COUNTED:
        for element in root.iter(f"{{*}}{name}"):
            take_text(element)
    leftover_words(root, book.found, Place(part="文件属性"), Layer.METADATA)
    glean(book.found, book.looks, root, part)
    book.rest(root, part, Layer.METADATA)


def _read_settings(book: Book, part: str) -> None:
    """Printers and their data; how the program looked says nothing."""
    root = book.tree(part)
    for item in root.iter("{*}config-item"):
        words = take_text(item)
        place = Place(part=f"{part} {attribute(item, 'name')}")
        if attribute(item, "type") == "base64Binary":
            for run in runs(_decoded(words)):
                book.found.say(Layer.METADATA, run, place)
        elif telling(words) or attribute(item, "name") == "PrinterName":
            book.found.say(Layer.METADATA, words, place)
    book.rest(root, part, Layer.METADATA)


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode("".join(text.split()))
    except (binascii.Error, ValueError):
        return text.encode()


def _read_signatures(book: Book, part: str) -> None:
    """Who signed; the signature itself is numbers."""
    book.found.remarks.append("文件带有电子签名，处理后签名失效")
    root = book.tree(part)
    for name in _SIGNED:
        for element in root.iter(f"{{*}}{name}"):
            take_words(element)
    book.rest(root, part, Layer.METADATA)


def _read_macros(book: Book, part: str) -> None:
    """Libraries of macros and dialogues."""
    _read_unknown(book, part, Layer.SCRIPT)


def _read_object(book: Book, part: str) -> None:
    """A chart, a formula, another spreadsheet inside: all that it keeps."""
    _read_unknown(book, part, Layer.ATTACHMENT)


def _read_other(book: Book, part: str) -> None:
    _read_unknown(book, part, Layer.METADATA)


def _read_file(book: Book, part: str) -> None:
    """Pictures, thumbnails, earlier versions: files of their own."""
    book.found.embedded.append(Embedded(part, book.package.read(part)))


def _read_replacement(book: Book, part: str) -> None:
    """The picture of an object, in a format of its own."""
    place = Place(layer=Layer.ATTACHMENT, part=part)
    book.found.not_covered.append(NotCovered(place, _FORMULA_PICTURES))
    _read_unknown(book, part, Layer.ATTACHMENT)


def _read_unknown(book: Book, part: str, layer: Layer) -> None:
    data = book.package.read(part)
    if data.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(_XML_STARTS):
        book.rest(parse_xml(data), part, layer)
        return
    if layer is Layer.ATTACHMENT or data.startswith(_FILES):
        book.found.embedded.append(Embedded(part, data))
    if not data.startswith(b"PK"):
        for words in runs(data):
            book.found.say(layer, words, Place(part=part))


_FILES = (b"PK", b"\x89PNG", b"\xff\xd8\xff", b"%PDF-")

# Readers by the name of a part, the first that fits; REST stands for what they leave over.
PARTS: dict[str, Callable[[Book, str], None]] = {
    "mimetype": lambda _, __: None,
    r"content\.xml": _read_content,
    r"styles\.xml": _read_styles,
    r"meta\.xml": _read_properties,
    r"settings\.xml": _read_settings,
    r"META-INF/\w*signatures?\.xml": _read_signatures,
    r"(?:Basic|Dialogs|Scripts)/.*": _read_macros,
    r"(?:Pictures|Thumbnails|Versions|media)/.*": _read_file,
    r"ObjectReplacements/.*": _read_replacement,
    r"Object[ _]?\d+(?:/.*)?": _read_object,
    REST: _read_other,
    r"(?s).*": _read_other,
}
_ORDER = tuple(PARTS)
