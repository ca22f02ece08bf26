"""How much of a file is taken in, settled before memory is spent on it; and zips opened within.

Numbers stated inside a file are held against it but never believed: bytes are counted as they come
out. It knows zip and deflate and nothing of what the entries mean.
"""

from __future__ import annotations

import io
import stat
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from screening.passages import UnfitFileError

MIB = 1024 * 1024

MAX_FILE_BYTES = 50_000_000  # what is published is read on a telephone; scans stay below this
MAX_UNPACKED_BYTES = 256 * MIB  # all parts of one file together
MAX_XML_BYTES = 64 * MIB  # one part; it grows several times when it becomes a tree
MAX_XML_TAGS = 2_000_000  # a tree costs memory by the element, not by the byte
MAX_RATIO = 200  # deflate of real documents stays below 100; a bomb comes near 1000
RATIO_FREE_BYTES = 2 * MIB  # blank tables pack well: below this no ratio is held against a file
MAX_ZIP_ENTRIES = 10_000
MAX_NAME_BYTES = 1024  # of one entry of a zip
MAX_PIXELS = 64_000_000  # an A2 page at 300 dpi; four bytes each once decoded
MAX_FRAMES = 1_000  # pages of a TIFF
MAX_PAGES = 1_000
MAX_CELLS = 2_000_000  # of a sheet, repeated ones written out
MAX_EMBEDDED_DEPTH = 3
MAX_EMBEDDED_FILES = 1_000
MAX_PASSAGES = 1_000_000  # a passage costs some hundred bytes, however short it is

_CHUNK = 64 * 1024
_LOCAL = struct.Struct("<4s5H3I2H")
_NO_GAP = (0,)
_DESCRIPTORS = (0, 12, 16, 20, 24)  # sizes of what may follow an entry: with mark, with zip64
_END = b"PK\x05\x06"
_END_BYTES = 22
_SYNCED, _ENCRYPTED, _STRONG, _MASKED, _UTF_8 = 8, 1, 0x40, 0x2000, 0x800
_DAMAGED = "压缩结构损坏或者文件不完整，无法打开"
_BOMB = "解压后的内容超过上限，疑为压缩炸弹"


class Budget:
    """What all parts of one file may unpack to together; spent as bytes come out."""

    def __init__(self, total: int = MAX_UNPACKED_BYTES) -> None:
        self._left = total

    def spend(self, unpacked: int) -> None:
        """Takes bytes off the budget; UnfitFileError when it is exhausted."""
        self._left -= unpacked
        if self._left < 0:
            raise UnfitFileError(_BOMB)


def check_size(data: bytes) -> None:
    """UnfitFileError when there is nothing, or more than MAX_FILE_BYTES."""
    if not data:
        raise UnfitFileError("文件是空的")
    if len(data) > MAX_FILE_BYTES:
        raise UnfitFileError(f"文件过大，超过 {MAX_FILE_BYTES // 1_000_000} MB 的上限")


def check_ratio(packed: int, unpacked: int) -> None:
    """UnfitFileError when far more comes out of a stream than any real document packs into it."""
    if unpacked > RATIO_FREE_BYTES and unpacked > packed * MAX_RATIO:
        raise UnfitFileError("压缩比异常，疑为压缩炸弹")


@dataclass(frozen=True, slots=True)
class _Entry:
    info: zipfile.ZipInfo
    start: int  # of the packed bytes


@dataclass(slots=True)
class Package:
    """A zip whose directory was checked whole. Entries are unpacked one by one, within a budget.

    `asides` are comments of the zip and its entries: words nobody sees who opens the document.
    """

    data: bytes
    asides: tuple[str, ...]
    _entries: Mapping[str, _Entry]
    _budget: Budget
    _counted: set[str] = field(default_factory=set)

    @property
    def names(self) -> tuple[str, ...]:
        """The files in the zip, in the order of its directory; folders are left out."""
        return tuple(self._entries)

    def size(self, name: str) -> int:
        """The unpacked size as stated; `read` holds the entry to it. KeyError when missing."""
        return self._entries[name].info.file_size

    def read(self, name: str) -> bytes:
        """One entry unpacked. KeyError when missing; UnfitFileError when damaged or too much.

        Reading the same entry again costs nothing more.
        """
        entry = self._entries[name]
        info = entry.info
        packed = memoryview(self.data)[entry.start : entry.start + info.compress_size]
        budget = Budget(info.file_size) if name in self._counted else self._budget
        self._counted.add(name)
        if info.compress_type == zipfile.ZIP_STORED:
            budget.spend(len(packed))
            content = bytes(packed)
        else:
            content = _inflate(packed, budget)
        if len(content) != info.file_size or zlib.crc32(content) != info.CRC:
            raise UnfitFileError(_DAMAGED)
        return content


def open_package(data: bytes, budget: Budget | None = None) -> Package:
    """A zip, its directory checked before anything is unpacked.

    UnfitFileError for what is damaged, encrypted, too large or too many, stands twice, overlaps,
    leads out of the folder, is a link, or hides bytes outside its entries.
    """
    check_size(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos, comment, directory = archive.filelist, archive.comment, archive.start_dir
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, struct.error):
        raise UnfitFileError(_DAMAGED) from None
    if len(infos) > MAX_ZIP_ENTRIES:
        raise UnfitFileError(f"压缩包内文件过多，超过 {MAX_ZIP_ENTRIES} 个")
    _check_end(data, comment)
    for info in infos:
        _check_entry(info)
    _check_total(infos)
    starts = _check_extents(data, infos, directory)
    named = [(_name(info), info) for info in infos]
    _check_names(name for name, _ in named)
    entries = {
        name: _Entry(info, starts[info.header_offset])
        for name, info in named
        if not name.endswith("/")
    }
    return Package(data, _asides(comment, infos), entries, budget or Budget())


def _inflate(packed: memoryview, budget: Budget) -> bytes:
    decompressor = zlib.decompressobj(-zlib.MAX_WBITS)
    pieces: list[bytes] = []
    unpacked = 0
    used = 0
    try:
        while not decompressor.eof:
            pending: bytes | memoryview = decompressor.unconsumed_tail
            if not pending:
                pending = packed[used : used + _CHUNK]
                used += len(pending)
            piece = decompressor.decompress(pending, _CHUNK)
            if not piece and not pending:  # what zlib still held back is out too
                break
            unpacked += len(piece)
            budget.spend(len(piece))
            check_ratio(len(packed), unpacked)
            pieces.append(piece)
    except zlib.error:
        raise UnfitFileError(_DAMAGED) from None
    if not decompressor.eof or decompressor.unused_data or used < len(packed):
        raise UnfitFileError(_DAMAGED)
    return b"".join(pieces)


def _check_end(data: bytes, comment: bytes) -> None:
    """Nothing before the first entry, nothing behind the comment: no second file rides along."""
    end = len(data) - len(comment) - _END_BYTES
    if not data.startswith(b"PK\x03\x04") or data[end : end + 4] != _END:
        raise UnfitFileError("压缩包的前面或者后面接有其他内容，疑为伪装的文件")
    if int.from_bytes(data[len(data) - len(comment) - 2 :][:2], "little") != len(comment):
        raise UnfitFileError("压缩包的前面或者后面接有其他内容，疑为伪装的文件")


def _check_entry(info: zipfile.ZipInfo) -> None:
    if info.flag_bits & (_ENCRYPTED | _STRONG | _MASKED):
        raise UnfitFileError("文件已加密，需要口令才能打开")
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        # Other methods are not used for documents, and LZMA reserves memory before giving bytes.
        raise UnfitFileError("压缩包使用了不支持的压缩方法")
    if not info.filename:
        raise UnfitFileError("压缩包内有不合规的文件名")
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind and not (stat.S_ISREG(kind) or stat.S_ISDIR(kind)):
        raise UnfitFileError("压缩包内有链接或者设备文件")
    if info.is_dir() and info.file_size:
        raise UnfitFileError(_DAMAGED)


def _check_total(infos: list[zipfile.ZipInfo]) -> None:
    """Sizes as stated; an entry that states less than it holds is stopped when it is read."""
    if sum(info.file_size for info in infos) > MAX_UNPACKED_BYTES:
        raise UnfitFileError(_BOMB)
    for info in infos:
        check_ratio(info.compress_size, info.file_size)


def _check_extents(data: bytes, infos: list[zipfile.ZipInfo], directory: int) -> dict[int, int]:
    """Where the packed bytes of each entry start, by the place of its header.

    Entries stand one behind the other: two that share bytes are how a bomb is folded, and bytes
    between them are seen by nobody.
    """
    starts: dict[int, int] = {}
    reached = 0
    gap_allowed: tuple[int, ...] = _NO_GAP
    for info in sorted(infos, key=lambda info: info.header_offset):
        if info.header_offset < reached:
            raise UnfitFileError("压缩包的条目互相重叠，疑为压缩炸弹")
        _check_gap(info.header_offset - reached, gap_allowed)
        start = _start_of(data, info)
        starts[info.header_offset] = start
        reached = start + info.compress_size
        gap_allowed = _DESCRIPTORS if info.flag_bits & _SYNCED else _NO_GAP
    if reached > directory:
        raise UnfitFileError("压缩包的条目互相重叠，疑为压缩炸弹")
    _check_gap(directory - reached, gap_allowed)
    return starts


def _check_gap(gap: int, allowed: tuple[int, ...]) -> None:
    if gap not in allowed:
        raise UnfitFileError("压缩包内有不属于任何条目的内容，请用办公软件打开后另存")


def _start_of(data: bytes, info: zipfile.ZipInfo) -> int:
    """The end of the entry's own header, which must say the same as the directory."""
    try:
        header = _LOCAL.unpack_from(data, info.header_offset)
    except struct.error:
        raise UnfitFileError(_DAMAGED) from None
    mark, _, flags, method, _, _, crc, packed, _, name_bytes, extra_bytes = header
    start = info.header_offset + _LOCAL.size
    name = data[start : start + name_bytes]
    agrees = (
        mark == b"PK\x03\x04"
        and method == info.compress_type
        and not flags & _ENCRYPTED
        and (flags & _SYNCED or crc == info.CRC)
        and (flags & _SYNCED or packed in (info.compress_size, 0xFFFFFFFF))
        and name == _raw_name(info)
    )
    if not agrees:
        raise UnfitFileError("压缩包的目录和条目不一致，疑为伪装的文件")
    return start + int(name_bytes) + int(extra_bytes)


def _raw_name(info: zipfile.ZipInfo) -> bytes:
    encoding = "utf-8" if info.flag_bits & _UTF_8 else "cp437"
    return info.orig_filename.encode(encoding)


def _name(info: zipfile.ZipInfo) -> str:
    """The name of an entry; Chinese Windows writes GBK without saying so."""
    raw = _raw_name(info)
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.orig_filename


def _check_names(names: Iterable[str]) -> None:
    seen: set[str] = set()
    for name in names:
        if "\0" in name or "\\" in name or len(name.encode("utf-8")) > MAX_NAME_BYTES:
            raise UnfitFileError("压缩包内有不合规的文件名")
        if name.startswith("/") or name[1:2] == ":" or ".." in name.split("/"):
            raise UnfitFileError("压缩包内的文件名指向文件夹以外")
        # Windows and the rules of OOXML know no difference of case.
        key = unicodedata.normalize("NFC", name).casefold().rstrip("/")
        if key in seen:
            raise UnfitFileError("压缩包内有重名的文件")
        seen.add(key)


def _asides(comment: bytes, infos: list[zipfile.ZipInfo]) -> tuple[str, ...]:
    found = [comment, *(info.comment for info in infos)]
    return tuple(words.decode("utf-8", "replace") for words in found if words.strip(b"\0 "))
