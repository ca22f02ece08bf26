"""Ways to spoil a file: bytes flipped, cut, put in; in packages also inside, where checksums hold.

A byte flipped in a packed part is stopped by its checksum, one flipped in XML mostly by the parser;
so part of the changes are made before packing, and part of these to values and elements, that the
readers behind the parser meet them too.
"""

from __future__ import annotations

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Callable

from lxml import etree
from tests.screening.samples import zipped

from screening.passages import Carrier

_PACKAGES = frozenset({Carrier.DOCX, Carrier.XLSX, Carrier.ODS, Carrier.OFD, Carrier.ZIP})
_TOKENS = (
    b"<", b">", b"/>", b"&#0;", b"]]>", b"<!--", b"-1", b"99999999999999999999", b"\0", b"\xff\xfe",
    b"1e999", b"endobj", b" 0 R", b"obj<<", b"(", b"[[[[", b"<<", b"NaN", b"rId1", b'="', b"%",
)  # fmt: skip
_VALUES = (
    "", " ", "0", "-1", "-0.0", "1e308", "nan", "inf", "99999999999999999999", "0x7f", "1 2 3", "a",
    "true", "false", "hidden", "../../x", "/", "#", "A1:XFD1048576", "A0", "1:1", "R[1]C[1]",
    "rId1", "rId999", "FFFFFF", "GGGGGG", "auto", "M 0 0 L", "g 9999999 1", "0 0 0 0", "\u202e",
    "公" * 500,
)  # fmt: skip


def flipped(data: bytes, carrier: Carrier, chance: random.Random) -> bytes:
    """A file with one to eight places changed."""
    if carrier in _PACKAGES:
        change = chance.choice((changed, changed_in_xml, changed_in_xml, None))
        return changed(data, chance) if change is None else _part_by(change, data, chance)
    if carrier is Carrier.PNG and chance.random() < 0.7:
        return _flipped_chunk(data, chance)
    return changed(data, chance)


def changed(data: bytes, chance: random.Random) -> bytes:
    """Bytes flipped, set, cut out, or tokens put in that parsers stumble over."""
    spoiled = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        place = chance.randrange(len(spoiled) + 1)
        match chance.randrange(6):
            case 0 | 1 | 2 if place < len(spoiled):
                spoiled[place] ^= 1 << chance.randrange(8)
            case 3 if place < len(spoiled):
                spoiled[place] = chance.randrange(256)
            case 4:
                spoiled[place:place] = chance.choice(_TOKENS)
            case _:
                del spoiled[place : place + chance.randint(1, 40)]
    return bytes(spoiled)


def changed_in_xml(data: bytes, chance: random.Random) -> bytes:
    """XML that stays XML: other values, elements doubled, dropped, moved or renamed."""
    try:
        root = etree.fromstring(data)
    except etree.LxmlError:
        return changed(data, chance)
    elements = list(root.iter(etree.Element))
    for _ in range(chance.randint(1, 8)):
        _change_element(chance.choice(elements), chance.choice(elements), chance)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True)


def _change_element(element: etree._Element, other: etree._Element, chance: random.Random) -> None:
    parent = element.getparent()
    match chance.randrange(7):
        case 0 | 1 | 2 if element.attrib:
            element.set(chance.choice(list(element.attrib)), chance.choice(_VALUES))
        case 3 if element.attrib:
            del element.attrib[chance.choice(list(element.attrib))]
        case 4:
            element.text = chance.choice(_VALUES)
        case 5 if parent is not None:
            parent.remove(element)
        case 6 if parent is not None:
            parent.append(etree.fromstring(etree.tostring(element, with_tail=False)))
        case _:
            element.tag = other.tag


def _part_by(
    change: Callable[[bytes, random.Random], bytes], data: bytes, chance: random.Random
) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = [(info.filename, archive.read(info)) for info in archive.infolist()]
    number = chance.randrange(len(parts))
    parts[number] = (parts[number][0], change(parts[number][1], chance))
    return zipped(parts)


def _flipped_chunk(data: bytes, chance: random.Random) -> bytes:
    chunks = []
    place = 8
    while place + 8 <= len(data):
        length = struct.unpack_from(">I", data, place)[0]
        chunks.append(data[place + 4 : place + 8 + length])
        place += length + 12
    number = chance.randrange(len(chunks))
    chunks[number] = chunks[number][:4] + changed(chunks[number][4:], chance)
    body = (
        struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk))
        for chunk in chunks
    )
    return data[:8] + b"".join(body)
