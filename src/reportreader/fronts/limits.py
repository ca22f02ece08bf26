"""How much of a file the reader is willing to take in, decided before memory is spent on it.

It measures bytes, unpacked bytes and ratios; it does not know any format beyond deflate and zip.
"""

from __future__ import annotations

import stat
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from reportreader.errors import UnreadableError

MIB = 1024 * 1024

# An annual report is a few hundred kilobytes, scanned ones a few dozen megabytes.
MAX_FILE_BYTES = 200_000_000
MAX_TEXT_BYTES = 32 * MIB  # text, Markdown, HTML: decoded whole
MAX_DOCX_XML_BYTES = 24 * MIB  # the parts of a DOCX that are read
MAX_PDF_STREAM_BYTES = 64 * MIB  # one stream of a PDF that is no picture: a page, a font
MAX_PDF_BYTES = 256 * MIB  # all of them together
MAX_LZW_BYTES = 256 * 1024  # packed; an old method of unbounded ratio, rare and then small
MAX_RATIO = 200  # deflate of real documents stays below 100; a bomb comes near 1000
RATIO_FREE_BYTES = 2 * MIB  # blank tables pack well: below this no ratio is held against a file
MAX_ZIP_ENTRIES = 10_000
MAX_PAGES = 1_000
MAX_PAGE_CONTENT_BYTES = 32 * MIB  # what a page draws, its forms written out
MAX_TRACED_BYTES = 4 * MIB  # above, a page is a drawing: its rulings are not traced
MAX_PAGE_GLYPHS = 100_000
MAX_PAGE_OBJECTS = 50_000

_CHUNK = 64 * 1024
_TOO_LARGE = f"文件过大，超过 {MAX_FILE_BYTES // 1_000_000} MB 的读取上限"


class OverLimitError(Exception):
    """Unpacking was stopped; the message is the reason in Chinese, without the file's name."""


def read_file(path: Path) -> bytes:
    """The bytes of a file, its size settled before reading.

    Raises UnreadableError when it is missing, no ordinary file, not permitted or too large.
    """
    name = path.name or str(path)
    try:
        with path.open("rb") as stream:
            status = path.stat()
            if not stat.S_ISREG(status.st_mode):
                raise UnreadableError(name, "不是普通文件，无法读取")
            if status.st_size >= MAX_FILE_BYTES:
                raise UnreadableError(name, _TOO_LARGE)
            data = stream.read(MAX_FILE_BYTES)
    except FileNotFoundError:
        raise UnreadableError(name, "文件不存在") from None
    except IsADirectoryError:
        raise UnreadableError(name, "是文件夹，不是文件") from None
    except PermissionError:
        raise UnreadableError(name, "没有读取权限") from None
    except OSError as error:
        raise UnreadableError(name, f"读取时出错（{error.strerror or error}）") from error
    return data


def check_size(data: bytes, name: str) -> None:
    """UnreadableError when bytes handed over in memory are none or too many."""
    if not data:
        raise UnreadableError(name, "文件是空的")
    if len(data) >= MAX_FILE_BYTES:
        raise UnreadableError(name, _TOO_LARGE)


class Budget:
    """What all parts of one file may unpack to together; spent as bytes stream out."""

    def __init__(self, total: int) -> None:
        self._left = total

    def spend(self, unpacked: int) -> None:
        """Takes bytes off the budget; OverLimitError when it is exhausted."""
        self._left -= unpacked
        if self._left < 0:
            raise OverLimitError("解压后的内容超过读取上限，疑为压缩炸弹")


def check_ratio(packed: int, unpacked: int) -> None:
    """OverLimitError when far more comes out of a stream than any real document packs into it."""
    if unpacked > RATIO_FREE_BYTES and unpacked > packed * MAX_RATIO:
        raise OverLimitError("压缩比异常，疑为压缩炸弹")


def read_zip_part(archive: zipfile.ZipFile, part: str, budget: Budget) -> bytes:
    """One part of a zip, unpacked in pieces; sizes stated in the archive are not believed.

    Raises KeyError when the part is missing, OverLimitError, and what zipfile raises for damage.
    """
    info = archive.getinfo(part)
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        # Other methods are not used for documents, and LZMA reserves memory before giving bytes.
        raise OverLimitError("使用了不支持的压缩方法")
    pieces: list[bytes] = []
    unpacked = 0
    with archive.open(info) as stream:
        while piece := stream.read(_CHUNK):
            unpacked += len(piece)
            budget.spend(len(piece))
            check_ratio(info.compress_size, unpacked)
            pieces.append(piece)
    return b"".join(pieces)


def inflate(packed: Iterator[bytes]) -> Iterator[bytes]:
    """Deflated pieces → unpacked pieces of at most 64 KiB; stops quietly where data are damaged."""
    decompressor = zlib.decompressobj()
    for piece in packed:
        pending = piece
        while pending and not decompressor.eof:
            try:
                yield decompressor.decompress(pending, _CHUNK)
            except zlib.error:
                return
            pending = decompressor.unconsumed_tail
        if decompressor.eof:
            return


def chunks(data: memoryview) -> Iterator[bytes]:
    """A view in pieces of at most 64 KiB."""
    return (bytes(data[start : start + _CHUNK]) for start in range(0, len(data), _CHUNK))
