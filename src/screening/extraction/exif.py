"""EXIF and TIFF tags of a picture: who took it, where, with what; each tag a passage.

Tags that only say how pixels are stored are left out, by a list; unknown ones are read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from PIL import ExifTags, Image
from PIL.TiffImagePlugin import TiffImageFile

from screening.extraction.words import words_of
from screening.extraction.xmp import xmp_passages
from screening.passages import Layer, Passage, Place

# Width, height, depth, compression, strips, tiles, colours: how the pixels are stored.
_STORAGE = frozenset(
    {
        254, 255, 256, 257, 258, 259, 262, 263, 264, 265, 266, 273, 274, 277, 278, 279, 280, 281,
        282, 283, 284, 288, 289, 290, 291, 292, 293, 296, 297, 301, 317, 318, 319, 320, 321, 322,
        323, 324, 325, 326, 327, 328, 332, 334, 336, 338, 339, 340, 341, 342, 347, 512, 513, 514,
        515, 517, 518, 519, 520, 521, 529, 530, 531, 532, 34665, 34675, 34853, 40961, 40962, 40963,
        40965, 36864, 40960, 37121,
    }
)  # fmt: skip
_XMP = 700
_OF_WINDOWS = range(0x9C9B, 0x9CA0)  # XPTitle … XPSubject, in UTF-16
_PREFIXES = (b"ASCII\0\0\0", b"UNICODE\0", b"JIS\0\0\0\0\0", b"\0\0\0\0\0\0\0\0")  # of UserComment
_LONGEST = 20_000
_GPS_DEGREES = {2: 1, 4: 3}  # latitude, longitude → the tag that says which half of the globe


def exif_passages(image: Image.Image) -> list[Passage]:
    """A passage for each tag that says something, GPS also as degrees."""
    exif = image.getexif()
    found: list[Passage] = []
    for tag, value in _tags(image, exif):
        if tag == _XMP and isinstance(value, bytes):
            found += xmp_passages(value)
        elif tag not in _STORAGE:
            found += _passage(ExifTags.TAGS.get(tag, f"标签 {tag}"), _words(tag, value))
    directories = [ExifTags.IFD.Exif, ExifTags.IFD.Interop]
    if not isinstance(image, TiffImageFile):  # there it is the second page, read as such
        directories.append(ExifTags.IFD.IFD1)
    for directory in directories:
        for tag, value in exif.get_ifd(directory).items():
            if tag not in _STORAGE:
                found += _passage(ExifTags.TAGS.get(tag, f"标签 {tag}"), _words(tag, value))
    gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
    for tag, value in gps.items():
        found += _passage(
            f"拍摄地点 {ExifTags.GPSTAGS.get(tag, str(tag))}", _degrees(gps, tag, value)
        )
    return found


def thumbnail(image: Image.Image) -> bytes:
    """The small picture kept in EXIF, which often shows what was cut away from the large one."""
    exif = image.getexif()
    first = exif.get_ifd(ExifTags.IFD.IFD1)
    raw = image.info.get("exif")
    start, length = first.get(513), first.get(514)
    if not isinstance(raw, bytes) or not isinstance(start, int) or not isinstance(length, int):
        return b""
    return raw.removeprefix(b"Exif\0\0")[start : start + length]


def _tags(image: Image.Image, exif: Image.Exif) -> Iterator[tuple[int, object]]:
    """Tags of the file; of a TIFF, those of each of its pages."""
    if not isinstance(image, TiffImageFile):
        yield from exif.items()
        return
    for frame in range(image.n_frames):
        image.seek(frame)
        yield from list(image.tag_v2.items())
    image.seek(0)


def _passage(name: str, words: str) -> list[Passage]:
    words = words[:_LONGEST].strip("\0 \r\n")
    return [Passage(words, Place(layer=Layer.METADATA, part=name))] if words else []


def _words(tag: int, value: object) -> str:
    if isinstance(value, bytes):
        for prefix in _PREFIXES:
            if value.startswith(prefix):
                return _unicode(value.removeprefix(prefix), wide=prefix == _PREFIXES[1])
        return _unicode(value, wide=tag in _OF_WINDOWS)
    if isinstance(value, tuple):
        if tag in _OF_WINDOWS and all(isinstance(part, int) and 0 <= part < 256 for part in value):
            return _unicode(bytes(value), wide=True)
        return " ".join(_words(0, part) for part in value)
    if isinstance(value, str):
        return _regained(value)
    return str(value)


def _regained(text: str) -> str:
    """Pillow reads text of tags as Latin-1; Chinese cameras write UTF-8 or GBK."""
    try:
        return words_of(text.encode("latin-1"))
    except UnicodeEncodeError:
        return text


def _unicode(data: bytes, *, wide: bool) -> str:
    if not wide:
        return words_of(data)
    big = data[:2] == b"\xfe\xff" or data[:1] == b"\0"
    return data.decode("utf-16-be" if big else "utf-16-le", "replace").strip("\ufeff\0")


def _degrees(gps: Mapping[int, object], tag: int, value: object) -> str:
    """25°2'30" as 25.041667, for a map takes no other; the rest as it stands."""
    half = _GPS_DEGREES.get(tag)
    if half is None or not isinstance(value, tuple) or len(value) != 3:
        return _words(tag, value)
    try:
        degrees = sum(float(part) / 60**power for power, part in enumerate(value))
    except (TypeError, ValueError, ZeroDivisionError):
        return _words(tag, value)
    return f"{degrees:.6f} {_words(half, gps.get(half, ''))}"
