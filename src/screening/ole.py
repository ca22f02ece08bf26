"""Names of the streams in an old Office file (OLE compound file), to tell DOC from XLS.

It walks the directory and nothing else: no stream is read.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

from screening.passages import UnfitFileError

MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_NO_ENTRY = 0xFFFFFFFF
_LAST_SECTOR = 0xFFFFFFFA  # above stand marks, no sectors
_ENTRY_BYTES = 128
_MAX_ENTRIES = 100_000
_HEADER_DIFAT = 109
_DAMAGED = "旧版 Office 文件的结构损坏或者不完整，无法打开"


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    left: int
    right: int
    child: int


def names(data: bytes) -> tuple[frozenset[str], frozenset[str]]:
    """(names directly under the root, names at any depth). UnfitFileError when damaged.

    The two differ: a workbook pasted into a letter has its own streams further down.
    """
    try:
        entries = _directory(data)
        top = _children(entries, entries[0].child)
    except (struct.error, IndexError, UnicodeDecodeError):
        raise UnfitFileError(_DAMAGED) from None
    return frozenset(top), frozenset(entry.name for entry in entries if entry.name)


def _directory(data: bytes) -> list[_Entry]:
    shift = struct.unpack_from("<H", data, 30)[0]
    if shift not in (9, 12):
        raise UnfitFileError(_DAMAGED)
    size = 1 << shift
    sector = int(struct.unpack_from("<I", data, 48)[0])
    entries: list[_Entry] = []
    while sector <= _LAST_SECTOR:
        start = (sector + 1) * size
        entries += [_entry(data, start + offset) for offset in range(0, size, _ENTRY_BYTES)]
        if len(entries) > _MAX_ENTRIES:  # a chain in a circle comes here too
            raise UnfitFileError(_DAMAGED)
        sector = _following(data, sector, size)
    return entries


def _following(data: bytes, sector: int, size: int) -> int:
    """The next sector of a chain: the table of sectors is itself spread over sectors."""
    per_sector = size // 4
    block, index = divmod(sector, per_sector)
    if block < _HEADER_DIFAT:
        table = struct.unpack_from("<I", data, 76 + 4 * block)[0]
    else:
        table = _far_table(data, block - _HEADER_DIFAT, size)
    return int(struct.unpack_from("<I", data, (table + 1) * size + 4 * index)[0])


def _far_table(data: bytes, block: int, size: int) -> int:
    """Tables beyond the 109 named in the header stand in sectors of their own, chained."""
    per_sector = size // 4 - 1
    sector = struct.unpack_from("<I", data, 68)[0]
    for _ in range(block // per_sector):
        sector = struct.unpack_from("<I", data, (sector + 2) * size - 4)[0]
    return int(struct.unpack_from("<I", data, (sector + 1) * size + 4 * (block % per_sector))[0])


def _entry(data: bytes, offset: int) -> _Entry:
    name_bytes = struct.unpack_from("<H", data, offset + 64)[0]
    left, right, child = struct.unpack_from("<3I", data, offset + 68)
    name = data[offset : offset + max(0, min(name_bytes, 64) - 2)].decode("utf-16-le")
    return _Entry(name, left, right, child)


def _children(entries: list[_Entry], first: int) -> list[str]:
    """The names of one storage, which are kept as a tree of siblings."""
    found: list[str] = []
    seen: set[int] = set()
    waiting = [first]
    while waiting:
        number = waiting.pop()
        if number == _NO_ENTRY or number in seen:
            continue
        seen.add(number)
        found.append(entries[number].name)
        waiting += [entries[number].left, entries[number].right]
    return found
