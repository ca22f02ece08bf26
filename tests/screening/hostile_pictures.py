"""Pictures that are too large, cut off, or more than a picture."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable

from PIL import Image

from tests.screening.samples import package, picture

Maker = Callable[[], bytes]

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_PAGE = b"<html><script>alert(1)</script></html>"


def chunk(kind: bytes, body: bytes) -> bytes:
    """A PNG chunk with its checksum."""
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png_of(width: int, height: int, pixels: bytes, *more: bytes, colour: int = 0) -> bytes:
    """A PNG with this header and these packed pixels."""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, colour, 0, 0, 0))
    body = chunk(b"IDAT", zlib.compress(pixels))
    return _SIGNATURE + header + b"".join(more) + body + chunk(b"IEND", b"")


def with_chunk(kind: bytes, body: bytes) -> bytes:
    """A clean PNG with one more chunk before its pixels."""
    data = picture("PNG")
    return data[:33] + chunk(kind, body) + data[33:]


def with_segment(marker: int, body: bytes) -> bytes:
    """A clean JPEG with one more segment at its beginning."""
    data = picture("JPEG")
    return data[:2] + struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body + data[2:]


def _jpeg_sized(width: int, height: int) -> bytes:
    data = bytearray(picture("JPEG"))
    place = data.index(b"\xff\xc0")
    struct.pack_into(">HH", data, place + 5, height, width)
    return bytes(data)


def tiff_sized(width: int, height: int) -> bytes:
    """A TIFF that states these sizes and has no pixels."""
    tags = (
        (256, width),
        (257, height),
        (258, 8),
        (259, 1),
        (262, 1),
        (273, 8),
        (278, height),
        (279, 4),
    )
    rows = b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in tags)
    return b"II*\0" + struct.pack("<IH", 8, len(tags)) + rows + struct.pack("<I", 0)


def _tiff_in_a_circle() -> bytes:
    data = tiff_sized(4, 4)
    return data[:-4] + struct.pack("<I", 8)


def tiff_pages(count: int) -> bytes:
    """A TIFF of so many pages, all the same."""
    stream = io.BytesIO()
    page = Image.new("1", (8, 8))
    page.save(stream, "TIFF", save_all=True, append_images=[page] * (count - 1))
    return stream.getvalue()


def _cut(form: str, share: float) -> Maker:
    return lambda: picture(form)[: max(8, int(len(picture(form)) * share))]


REFUSED: dict[str, Maker] = {
    "PNG 五万乘五万": lambda: png_of(50_000, 50_000, b"\0" * 100),
    "PNG 最大边长": lambda: png_of(2**31 - 1, 2**31 - 1, b"\0"),
    "PNG 宽为零": lambda: png_of(0, 5, b"\0"),
    "JPEG 最大边长": lambda: _jpeg_sized(65_500, 65_500),
    "JPEG 高为零": lambda: _jpeg_sized(40, 0),
    "TIFF 六万乘六万": lambda: tiff_sized(60_000, 60_000),
    "TIFF 没有图像": lambda: tiff_sized(40, 40),
    "TIFF 只有文件头": lambda: b"II*\0\x08\0\0\0",
    "TIFF 目录在文件以外": lambda: b"MM\0*\x7f\xff\xff\xff",
    "TIFF 页数过多": lambda: tiff_pages(1_001),
    "网页装上 PNG 文件头": lambda: _SIGNATURE + _PAGE,
    "网页装上 JPEG 文件头": lambda: b"\xff\xd8\xff\xe0" + _PAGE,
    "网页装上 TIFF 文件头": lambda: b"II*\0\x08\0\0\0" + _PAGE,
    "PNG 后面接网页": lambda: picture("PNG") + _PAGE,
    "JPEG 后面接网页": lambda: picture("JPEG") + _PAGE,
    "PNG 后面接压缩包": lambda: picture("PNG") + package("docx"),
    "JPEG 后面接压缩包": lambda: picture("JPEG") + package("zip"),
    "TIFF 后面接压缩包": lambda: picture("TIFF") + package("zip"),
    "PNG 前面有 PDF": lambda: picture("PNG")[:8] + b"%PDF-1.7\n1 0 obj" + picture("PNG")[8:],
    "PNG 注释里有网页": lambda: with_chunk(b"tEXt", b"Comment\0" + _PAGE),
    "JPEG 注释里有程序": lambda: with_segment(0xFE, b"<?php system(1); ?>"),
    "PNG 文字块是炸弹": lambda: with_chunk(
        b"zTXt", b"Comment\0\0" + zlib.compress(bytes(200_000_000))
    ),
    "PNG 没有图像": lambda: _SIGNATURE + picture("PNG")[8:33] + chunk(b"IEND", b""),
    "PNG 校验码不符": lambda: picture("PNG").replace(b"IDAT", b"IDAX", 1),
    "PNG 长度过大": lambda: _SIGNATURE + struct.pack(">I", 2**31 - 1) + b"IHDR",
    "PNG 图像不完整": lambda: png_of(100, 100, b"\0" * 50),
    "PNG 图像不能解压": lambda: (
        _SIGNATURE + picture("PNG")[8:33] + chunk(b"IDAT", b"\xff" * 40) + chunk(b"IEND", b"")
    ),
    "PNG 没有文件头块": lambda: (
        _SIGNATURE + chunk(b"IDAT", zlib.compress(b"\0")) + chunk(b"IEND", b"")
    ),
    "JPEG 没有图像": lambda: b"\xff\xd8\xff\xd9",
    "JPEG 段长为零": lambda: b"\xff\xd8\xff\xe0\0\0" + picture("JPEG")[2:],
}
REFUSED |= {
    f"{form} 截在 {share:.0%}": _cut(form, share)
    for form in ("PNG", "JPEG", "TIFF")
    for share in (0.02, 0.1, 0.3, 0.5, 0.7, 0.9)
}

# Accepted, and what they carry beside the picture must be seen; nothing where it is "".
ACCEPTED: dict[str, tuple[Maker, str]] = {
    "PNG 文字块": (lambda: with_chunk(b"tEXt", b"Author\0Zhang"), "metadata"),
    "TIFF 目录成环": (_tiff_in_a_circle, ""),
    "PNG 国际文字块": (
        lambda: with_chunk(b"iTXt", b"Title\0\0\0zh\0\0" + "张三".encode()), "metadata",
    ),
    "PNG 私有块": (lambda: with_chunk(b"prVt", b"hidden words"), "metadata"),
    "PNG 结尾以后有文字": (lambda: picture("PNG") + b"hidden words", "metadata"),
    "JPEG 结尾以后有文字": (lambda: picture("JPEG") + b"hidden words", "metadata"),
    "JPEG 注释": (lambda: with_segment(0xFE, "张三".encode()), "metadata"),
    "JPEG 未知的段": (lambda: with_segment(0xEB, b"hidden words"), "metadata"),
    "PNG 图像比说的多": (lambda: png_of(4, 4, bytes(50_000_000), with_note()), "metadata"),
}  # fmt: skip


def with_note() -> bytes:
    """A chunk with words, so that the picture has something to find."""
    return chunk(b"tEXt", b"Comment\0note")
