"""What stands in a PNG or JPEG beside the pixels, piece by piece, and what stands behind its end.

Pieces that only say how to draw are passed over, by a list; all others are searched for words.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from screening.extraction.words import runs, words_of
from screening.extraction.xmp import xmp_passages
from screening.limits import MIB
from screening.passages import Carrier, Layer, NotCovered, Passage, Place
from screening.pictures import end_of_jpeg, end_of_png, jpeg_segments

_MAX_CHUNK_TEXT = MIB
_DRAWING = frozenset(
    {
        b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB",
        b"bKGD", b"hIST", b"pHYs", b"acTL", b"fcTL", b"cICP",
    }
)  # fmt: skip
_XMP_KEY = b"XML:com.adobe.xmp"
_XMP_MARKS = (b"http://ns.adobe.com/xap/1.0/\0", b"http://ns.adobe.com/xmp/extension/\0")
_COMMENT = 0xFE
_APPLICATION = range(0xE0, 0xF0)
# JFIF without its small picture, ICC colours, Adobe's note on colours.
_HARMLESS = ((0xE0, b"JFIF\0"), (0xE2, b"ICC_PROFILE\0"), (0xEE, b"Adobe\0"))
_EXIF = b"Exif\0\0"  # read tag by tag elsewhere


@dataclass(slots=True)
class Beside:
    """What was found around the pixels; `behind` is what follows the end of the picture."""

    passages: list[Passage] = field(default_factory=list)
    not_covered: list[NotCovered] = field(default_factory=list)
    behind: bytes = b""


def beside_png(data: bytes) -> Beside:
    """Text chunks, times and private chunks. The structure has been checked before."""
    end = end_of_png(data)
    found = Beside(behind=data[end:])
    for kind, body in _chunks(data, end):
        reader = CHUNKS.get(kind)
        if reader is not None:
            found.passages += reader(body)
        elif kind == b"fdAT":
            place = Place(layer=Layer.HIDDEN_TEXT, part="动画")
            found.not_covered = [NotCovered(place, "动画的其他画面没有检查")]
        elif kind not in _DRAWING:
            found.passages += _passages(kind.decode("latin-1"), "\n".join(runs(body)))
    return found


def beside_jpeg(data: bytes) -> Beside:
    """Comments and application segments but those that only say how to draw."""
    end = end_of_jpeg(data)
    found = Beside(behind=data[end:])
    for marker, body in _segments(data):
        if marker == _COMMENT:
            found.passages += _passages("注释", words_of(body))
        elif body.startswith(_XMP_MARKS):
            found.passages += xmp_passages(body)
        elif not body.startswith(_EXIF) and (marker, body.split(b"\0")[0] + b"\0") not in _HARMLESS:
            found.passages += _passages(f"APP{marker - 0xE0}", "\n".join(runs(body)))
    return found


def beside_tiff(_: bytes) -> Beside:
    """Nothing: all that a TIFF says stands in its tags."""
    return Beside()


BESIDE: dict[Carrier, Callable[[bytes], Beside]] = {
    Carrier.PNG: beside_png,
    Carrier.JPEG: beside_jpeg,
    Carrier.TIFF: beside_tiff,
}


def _chunks(data: bytes, end: int) -> Iterator[tuple[bytes, bytes]]:
    position = 8
    while position < end:
        length, kind = struct.unpack_from(">I4s", data, position)
        if kind != b"IDAT":
            yield kind, data[position + 8 : position + 8 + length]
        position += 12 + length


def _segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Comments and application segments, between the scans too."""
    for marker, start, end in jpeg_segments(data):
        if marker == _COMMENT or marker in _APPLICATION:
            yield marker, data[start:end]


def _passages(part: str, words: str) -> list[Passage]:
    return [Passage(words, Place(layer=Layer.METADATA, part=part))] if words.strip() else []


def _text(body: bytes) -> list[Passage]:
    key, _, value = body.partition(b"\0")
    return _passages(words_of(key), words_of(value))


def _packed_text(body: bytes) -> list[Passage]:
    key, _, value = body.partition(b"\0")
    return _passages(words_of(key), words_of(_unpacked(value[1:])))


def _international_text(body: bytes) -> list[Passage]:
    key, _, rest = body.partition(b"\0")
    packed, rest = rest[:1] == b"\1", rest[2:]
    _, _, rest = rest.partition(b"\0")
    _, _, value = rest.partition(b"\0")
    value = _unpacked(value) if packed else value
    return xmp_passages(value) if key == _XMP_KEY else _passages(words_of(key), words_of(value))


def _time(body: bytes) -> list[Passage]:
    if len(body) != 7:
        return []
    year, month, day, hour, minute, second = struct.unpack(">H5B", body)
    return _passages("时间", f"{year}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}")


def _unpacked(packed: bytes) -> bytes:
    """At most a megabyte of text; a longer one is searched as far as that."""
    try:
        return zlib.decompressobj().decompress(packed, _MAX_CHUNK_TEXT)
    except zlib.error:
        return packed


def _exif(_: bytes) -> list[Passage]:
    return []  # read tag by tag elsewhere


CHUNKS: dict[bytes, Callable[[bytes], list[Passage]]] = {
    b"tEXt": _text,
    b"zTXt": _packed_text,
    b"iTXt": _international_text,
    b"tIME": _time,
    b"eXIf": _exif,
}
