"""Measures a PDF before any library draws it, and opens what has no password of the reader.

It counts bytes, streams, pixels, objects and pages; it reads no words.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pikepdf

from screening.limits import (
    MAX_FILE_BYTES,
    MAX_PAGES,
    MAX_PIXELS,
    MAX_RATIO,
    MAX_UNPACKED_BYTES,
    MIB,
    RATIO_FREE_BYTES,
    Budget,
)
from screening.passages import UnfitFileError

MAX_OBJECTS = 300_000
MAX_STREAM_BYTES = 64 * MIB  # one stream that is no picture: a page, a font
MAX_PICTURE_BYTES = 192 * MIB
MAX_OLD_METHOD_BYTES = MIB  # LZW and run lengths: packed; rare today and then small
MAX_DRAWN_BYTES = 64 * MIB  # what one page draws, its forms written out

DAMAGED = "PDF 结构损坏或者文件不完整，无法打开"
_BOMB = "PDF 解压后的内容超过上限，疑为压缩炸弹"
_CHUNK = 64 * 1024
_MAX_FILTERS = 4
_STREAM = re.compile(rb"\bstream[ \t]*(?:\r\n|\r|\n)")
_PICTURE = re.compile(rb"/Subtype\s*/Image\b")
_DICTIONARY_BYTES = 8 * 1024
_DRAWS = re.compile(rb"/([^\s/<>\[\]()]+)\s+Do\b")
_OLD_METHODS = {"/LZWDecode", "/LZW", "/RunLengthDecode", "/RL"}
_PLAIN_METHODS = {"/FlateDecode", "/Fl", "/ASCII85Decode", "/A85", "/ASCIIHexDecode", "/AHx"}


@dataclass(frozen=True, slots=True)
class Checked:
    """A PDF within the limits, its own cipher taken off, and how many pages it has."""

    data: bytes
    pages: int
    was_encrypted: bool


@contextmanager
def damage_refused() -> Iterator[None]:
    """Turns whatever the PDF libraries raise at damage into UnfitFileError; the one such place."""
    try:
        yield
    except UnfitFileError:
        raise
    except pikepdf.PasswordError as error:
        raise UnfitFileError("PDF 已加密，需要口令才能打开；请去掉口令后再上传") from error
    except MemoryError as error:
        raise UnfitFileError("打开 PDF 需要的内存超过上限") from error
    except Exception as error:  # they meet damage with exceptions of every kind
        raise UnfitFileError(DAMAGED) from error


def check(data: bytes) -> Checked:
    """The PDF without its cipher, measured. Raises UnfitFileError for passwords of the reader,
    damage, and whatever unpacks, repeats or spreads beyond the limits."""
    if len(data) > MAX_FILE_BYTES:
        raise UnfitFileError(f"PDF 超过 {MAX_FILE_BYTES // 1_000_000} MB 的上限")
    measure_packed(data)
    with damage_refused():
        return _opened(data)


def _opened(data: bytes) -> Checked:
    plain = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        encrypted = pdf.is_encrypted
        if encrypted:
            # Streams stay packed as they are; only the cipher goes.
            pdf.save(
                plain,
                encryption=False,
                stream_decode_level=pikepdf.StreamDecodeLevel.none,
                compress_streams=False,
                preserve_pdfa=False,
            )
    if encrypted:
        data = plain.getvalue()
        measure_packed(data)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        if len(pdf.objects) > MAX_OBJECTS:
            raise UnfitFileError(f"PDF 中的对象超过 {MAX_OBJECTS} 个")
        pages = len(pdf.pages)
        if pages == 0:
            raise UnfitFileError("PDF 中没有页面")
        if pages > MAX_PAGES:
            raise UnfitFileError(f"PDF 共 {pages} 页，超过 {MAX_PAGES} 页的上限")
        _check_streams(pdf)
        _check_drawn(pdf)
    return Checked(data, pages, encrypted)


def measure_packed(data: bytes) -> None:
    """UnfitFileError when deflated streams would unpack beyond the limits; keeps nothing of them.

    It looks at what the bytes are and not at what the dictionary says: filters may be named in
    escapes or elsewhere in the file.
    """
    view, budget = memoryview(data), Budget()
    for match in _STREAM.finditer(data):
        start = match.end()
        if not _is_deflate(data[start : start + 2]):
            continue
        before = data[max(0, match.start() - _DICTIONARY_BYTES) : match.start()]
        own = before[before.rfind(b"obj") + 3 :]
        picture = _PICTURE.search(own) is not None
        size = _unpacked(view[start:], picture=picture)
        if not picture:
            budget.spend(size)


def _is_deflate(head: bytes) -> bool:
    return len(head) == 2 and head[0] & 0x0F == 8 and (head[0] * 256 + head[1]) % 31 == 0


def _unpacked(view: memoryview, *, picture: bool) -> int:
    """How many bytes come out; the stream ends itself, so a false end cannot hide anything."""
    machine, size, packed = zlib.decompressobj(), 0, 0
    limit = MAX_PICTURE_BYTES if picture else MAX_STREAM_BYTES
    pending = b""
    while not machine.eof:
        if not pending:
            pending = bytes(view[packed : packed + _CHUNK])
            packed += len(pending)
        if not pending:
            break
        try:
            size += len(machine.decompress(pending, _CHUNK))
        except zlib.error:
            break
        pending = machine.unconsumed_tail
        dense = size > RATIO_FREE_BYTES and size > (packed - len(pending)) * MAX_RATIO
        if size > limit or (dense and not picture):
            raise UnfitFileError(_BOMB)
    return size


def _check_streams(pdf: pikepdf.Pdf) -> None:
    """Filters piled up, old methods of unbounded ratio, pictures of too many pixels."""
    budget = Budget(MAX_UNPACKED_BYTES)
    for item in pdf.objects:
        if not isinstance(item, pikepdf.Stream):
            continue
        names = filters(item)
        if len(names) > _MAX_FILTERS:
            raise UnfitFileError("PDF 的数据流层层压缩，疑为压缩炸弹")
        if _OLD_METHODS & set(names) and len(item.read_raw_bytes()) > MAX_OLD_METHOD_BYTES:
            raise UnfitFileError("PDF 使用了不支持的压缩方法")
        if item.get("/Subtype") == "/Image":
            check_picture(item)
        elif len(names) > 1 and set(names) <= _PLAIN_METHODS:
            budget.spend(_peeled(item.read_raw_bytes(), names))


def filters(stream: pikepdf.Stream) -> list[str]:
    """The names of a stream's filters, outermost first."""
    stated = stream.get("/Filter")
    if stated is None:
        return []
    if isinstance(stated, pikepdf.Array):
        return [str(name) for name in stated]
    return [str(stated)]


def check_picture(picture: pikepdf.Object) -> None:
    """UnfitFileError when a picture has more pixels than anybody needs to see."""
    wide, high = picture.get("/Width", 0), picture.get("/Height", 0)
    if int(wide) * int(high) > MAX_PIXELS:
        raise UnfitFileError("PDF 中的图片像素过多")


def _peeled(raw: bytes, names: list[str]) -> int:
    """The size of a stream in several wrappings; each is taken off under the limit."""
    for name in names:
        if name in {"/FlateDecode", "/Fl"}:
            _unpacked(memoryview(raw), picture=False)
            machine = zlib.decompressobj()
            try:
                raw = machine.decompress(raw, MAX_STREAM_BYTES)
            except zlib.error:
                return len(raw)
        elif name in {"/ASCIIHexDecode", "/AHx", "/ASCII85Decode", "/A85"}:
            with pikepdf.new() as scratch:
                dressed = pikepdf.Stream(scratch, raw)
                dressed["/Filter"] = pikepdf.Name(name)
                raw = dressed.read_bytes()
    return len(raw)


def _check_drawn(pdf: pikepdf.Pdf) -> None:
    """Forms that draw forms multiply: a few kilobytes may ask for hours of drawing."""
    known: dict[tuple[int, int], int] = {}
    for page in pdf.pages:
        contents = page.obj.get("/Contents")
        parts = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
        drawn = b"\n".join(p.read_bytes() for p in parts if isinstance(p, pikepdf.Stream))
        if _weight(drawn, page.obj.get("/Resources"), known, ()) > MAX_DRAWN_BYTES:
            raise UnfitFileError("PDF 页面绘制的内容过多，疑为压缩炸弹")


def _weight(
    drawn: bytes,
    resources: pikepdf.Object | None,
    known: dict[tuple[int, int], int],
    above: tuple[tuple[int, int], ...],
) -> int:
    total = len(drawn)
    objects = resources.get("/XObject") if isinstance(resources, pikepdf.Dictionary) else None
    if not isinstance(objects, pikepdf.Dictionary):
        return total
    for name in _DRAWS.findall(drawn):
        form = objects.get("/" + name.decode("latin-1"))
        if not isinstance(form, pikepdf.Stream) or form.get("/Subtype") != "/Form":
            continue
        key = form.objgen
        if key in above:
            continue  # a form within itself is drawn once
        if key not in known:
            inner = form.get("/Resources", resources)
            known[key] = _weight(form.read_bytes(), inner, known, (*above, key))
        total = min(total + known[key], MAX_DRAWN_BYTES + 1)
    return total
