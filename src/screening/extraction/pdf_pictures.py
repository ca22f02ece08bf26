"""What a JPEG inside a PDF says beside its pixels.

Other pictures of a PDF carry pixels only; whatever hangs on them is read as structure.
"""

from __future__ import annotations

import pikepdf

from screening.embedded import Embedded
from screening.extraction.image import harvest
from screening.extraction.pdf_guard import filters
from screening.extraction.words import runs
from screening.passages import Layer, Passage, Place, UnfitFileError

_SOI, _EOI = b"\xff\xd8", b"\xff\xd9"
_WITHOUT_LENGTH = frozenset({0x01, *range(0xD0, 0xD9)})
_ADOBE = 0xEE  # says how colours are stored; without it they come out wrong


def is_jpeg(picture: pikepdf.Object) -> bool:
    """Whether the stream is a JPEG and nothing around it."""
    return isinstance(picture, pikepdf.Stream) and filters(picture) in (["/DCTDecode"], ["/DCT"])


def picture_words(picture: pikepdf.Object) -> tuple[list[Passage], list[Embedded]]:
    """EXIF, XMP, comments, and small pictures inside."""
    if not isinstance(picture, pikepdf.Stream) or not is_jpeg(picture):
        return [], []
    data = picture.read_raw_bytes()
    try:
        found = harvest(data)
    except UnfitFileError:
        # The reader of pictures is strict; words may still stand before the pixels.
        head = data[: data.find(b"\xff\xda") + 1]
        return [Passage(text, Place(layer=Layer.METADATA, part="开头")) for text in runs(head)], []
    return list(found.extraction.passages), list(found.embedded)


def bare_jpeg(data: bytes) -> bytes | None:
    """The same pixels without notes, comments, previews, and anything after the end.

    None when the bytes are not built as a JPEG is.
    """
    if not data.startswith(_SOI):
        return None
    kept, position = [_SOI], 2
    while position + 2 <= len(data) and data[position] == 0xFF:
        marker = data[position + 1]
        if marker == 0xFF:
            position += 1
            continue
        if marker == 0xD9:
            return b"".join([*kept, _EOI])
        if marker in _WITHOUT_LENGTH:
            position += 2
            continue
        end = position + 2 + int.from_bytes(data[position + 2 : position + 4])
        segment = data[position:end]
        if not (0xE0 <= marker <= 0xEF or marker == 0xFE):
            kept.append(segment)
        elif marker == _ADOBE and segment[4:9] == b"Adobe":
            kept.append(_short(segment))
        position = end
        if marker == 0xDA:
            end = _end_of_scan(data, position)
            kept.append(data[position:end])
            position = end
    return None


def _short(adobe: bytes) -> bytes:
    """Adobe's note is twelve bytes; what is written behind them is no matter of colours."""
    return b"\xff\xee\x00\x0e" + adobe[4:16]


def _end_of_scan(data: bytes, position: int) -> int:
    """The next marker that is neither a stuffed byte nor a restart."""
    while True:
        position = data.find(b"\xff", position)
        if position < 0 or position + 1 >= len(data):
            return len(data)
        following = data[position + 1]
        if following != 0 and not 0xD0 <= following <= 0xD7 and following != 0xFF:
            return position
        position += 1 if following == 0xFF else 2
