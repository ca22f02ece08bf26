"""Fonts inside an OFD, cut down to the tables that draw letters: no names, no notes, no signatures.

Other kinds of fonts than TrueType and OpenType are refused, for what else they hold is not known.
"""

from __future__ import annotations

import struct

from screening.passages import UnfitFileError

_KINDS = (b"\x00\x01\x00\x00", b"true", b"OTTO")
_DRAWING = frozenset(
    (
        b"cmap", b"glyf", b"loca", b"head", b"hhea", b"hmtx", b"maxp", b"cvt ", b"fpgm", b"prep",
        b"OS/2", b"post", b"CFF ", b"vhea", b"vmtx", b"VORG", b"GSUB", b"GPOS", b"GDEF", b"gasp",
    )
)  # fmt: skip
_UNFIT = "文件里嵌入的字体损坏或者格式不支持，不能确保其中没有其他内容"
_NO_NAMES = struct.pack(">HHH", 0, 0, 6)
_PLAIN_POST = struct.Struct(">IIhhIIIII")


def bare_font(data: bytes) -> bytes:
    """The font with the tables that draw, and an empty table of names."""
    if data[:4] not in _KINDS or len(data) < 12:
        raise UnfitFileError(_UNFIT)
    count = int(struct.unpack_from(">H", data, 4)[0])
    tables: dict[bytes, bytes] = {b"name": _NO_NAMES}
    for number in range(count):
        if 12 + 16 * (number + 1) > len(data):
            raise UnfitFileError(_UNFIT)
        tag, _, start, length = struct.unpack_from(">4sIII", data, 12 + 16 * number)
        if start + length > len(data):
            raise UnfitFileError(_UNFIT)
        if tag in _DRAWING:
            tables[tag] = data[start : start + length]
    if b"post" in tables and len(tables[b"post"]) >= _PLAIN_POST.size:
        # Version 3 has no names of letters, which are names given by people as well.
        tables[b"post"] = struct.pack(">I", 0x00030000) + tables[b"post"][4 : _PLAIN_POST.size]
    return _packed(data[:4], tables)


def _packed(kind: bytes, tables: dict[bytes, bytes]) -> bytes:
    count = len(tables)
    power = 1 << (count.bit_length() - 1)
    head = struct.pack(
        ">4sHHHH", kind, count, power * 16, power.bit_length() - 1, (count - power) * 16
    )
    offset = 12 + 16 * count
    directory, body = [], []
    for tag, content in sorted(tables.items()):
        directory.append(struct.pack(">4sIII", tag, _checksum(content), offset, len(content)))
        padded = content + bytes(-len(content) % 4)
        body.append(padded)
        offset += len(padded)
    return b"".join([head, *directory, *body])


def _checksum(content: bytes) -> int:
    padded = content + bytes(-len(content) % 4)
    return int(sum(struct.unpack(f">{len(padded) // 4}I", padded))) & 0xFFFFFFFF
