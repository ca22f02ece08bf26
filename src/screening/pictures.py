"""Whether a picture is whole, of one piece and not too large, told without decoding it.

It reads headers and lengths only: pixels are decoded where words are looked for, and only when the
figures here allow it.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator

from screening.limits import MAX_PIXELS
from screening.passages import Carrier, UnfitFileError

PICTURES: tuple[tuple[bytes, Carrier], ...] = (
    (b"\x89PNG\r\n\x1a\n", Carrier.PNG),
    (b"\xff\xd8\xff", Carrier.JPEG),
    (b"II*\x00", Carrier.TIFF),
    (b"MM\x00*", Carrier.TIFF),
)

_DAMAGED = "图片损坏或者不完整，无法打开"
_WINDOW = 4096
_ACTIVE = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|script|iframe|svg|\?php)[\s>]", re.IGNORECASE
)
_WITHOUT_LENGTH = frozenset({0x01, *range(0xD0, 0xD8)})
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def check_picture(data: bytes, carrier: Carrier) -> None:
    """UnfitFileError for a picture that is damaged, too large, or carries a web page."""
    refuse_page_in_picture(data)
    if carrier is Carrier.PNG:
        end_of_png(data)
    elif carrier is Carrier.JPEG:
        end_of_jpeg(data)
    # A TIFF has no order and no end: it is judged when its directories are read.


def refuse_page_in_picture(data: bytes) -> None:
    """UnfitFileError for HTML where old browsers look when they guess what a file is."""
    if _ACTIVE.search(data, 0, _WINDOW) or _ACTIVE.search(data, max(0, len(data) - _WINDOW)):
        raise UnfitFileError("图片里夹有网页代码，疑为伪装的文件")


def check_pixels(width: int, height: int) -> None:
    """UnfitFileError above MAX_PIXELS, or for none."""
    if width * height > MAX_PIXELS:
        raise UnfitFileError(f"图片过大，超过 {MAX_PIXELS // 10_000} 万像素的上限")
    if width < 1 or height < 1:
        raise UnfitFileError(_DAMAGED)


def end_of_png(data: bytes) -> int:
    """Where the picture ends; what stands behind is shown by nobody. UnfitFileError if broken."""
    position = 8
    seen: list[bytes] = []
    while True:
        if position + 12 > len(data):
            raise UnfitFileError(_DAMAGED)
        length, kind = struct.unpack_from(">I4s", data, position)
        end = position + 12 + int(length)
        if end > len(data):
            raise UnfitFileError(_DAMAGED)
        body = memoryview(data)[position + 4 : end - 4]
        if zlib.crc32(body) != struct.unpack_from(">I", data, end - 4)[0]:
            raise UnfitFileError(_DAMAGED)
        if not seen:
            _check_png_header(kind, bytes(body[4:]))
        seen.append(kind)
        position = end
        if kind == b"IEND":
            break
    if b"IDAT" not in seen:
        raise UnfitFileError(_DAMAGED)
    return position


def _check_png_header(kind: bytes, body: bytes) -> None:
    if kind != b"IHDR" or len(body) != 13:
        raise UnfitFileError(_DAMAGED)
    check_pixels(*struct.unpack_from(">II", body))


def end_of_jpeg(data: bytes) -> int:
    """Where the picture ends, behind its last scan. UnfitFileError if broken."""
    end = 0
    framed = False
    for marker, start, end in jpeg_segments(data):
        if marker in _FRAMES:
            if end - start < 6:
                raise UnfitFileError(_DAMAGED)
            height, width = struct.unpack_from(">HH", data, start + 1)
            check_pixels(width, height)
            framed = True
    if not framed:
        raise UnfitFileError(_DAMAGED)
    return end


def jpeg_segments(data: bytes) -> Iterator[tuple[int, int, int]]:
    """(marker, start, end) of each segment's bytes, the end mark last. UnfitFileError if broken."""
    position = 2
    while True:
        position, marker = _marker(data, position)
        if marker == 0xD9:
            yield marker, position, position
            return
        if marker in _WITHOUT_LENGTH:
            continue
        if position + 2 > len(data):
            raise UnfitFileError(_DAMAGED)
        length = int(struct.unpack_from(">H", data, position)[0])
        if length < 2 or position + length > len(data):
            raise UnfitFileError(_DAMAGED)
        yield marker, position + 2, position + length
        position += length
        if marker == 0xDA:
            position = _end_of_scan(data, position)


def _marker(data: bytes, position: int) -> tuple[int, int]:
    """(position behind the marker, the marker); any number of 0xFF may stand before it."""
    if position >= len(data) or data[position] != 0xFF:
        raise UnfitFileError(_DAMAGED)
    while position < len(data) and data[position] == 0xFF:
        position += 1
    if position >= len(data):
        raise UnfitFileError(_DAMAGED)
    return position + 1, data[position]


_SCAN_END = re.compile(rb"\xff+[^\x00\xff\xd0-\xd7]")


def _end_of_scan(data: bytes, position: int) -> int:
    """The next marker after packed pixels; 0xFF00 and restarts belong to them."""
    found = _SCAN_END.search(data, position)
    if found is None:
        raise UnfitFileError(_DAMAGED)
    return found.start()
