"""Measures what the streams of a PDF unpack to before any library unpacks them into memory.

It understands just enough of the file to find streams and their filters; it reads no content.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass

from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdftypes import PDFStream

from reportreader.fronts.limits import (
    MAX_LZW_BYTES,
    MAX_PAGE_CONTENT_BYTES,
    MAX_PDF_BYTES,
    MAX_PDF_STREAM_BYTES,
    Budget,
    OverLimitError,
    check_ratio,
    chunks,
    inflate,
)

_STREAM = re.compile(rb"\bstream[ \t]*(?:\r\n|\r|\n)")
_FILTERS = re.compile(
    rb"/(FlateDecode|Fl|LZWDecode|LZW|ASCII85Decode|A85|ASCIIHexDecode|AHx|RunLengthDecode|RL)"
    rb"(?![A-Za-z])"
)
_SHORT_NAMES = {"Fl": "FlateDecode", "LZW": "LZWDecode", "A85": "ASCII85Decode"}
_FORM = re.compile(rb"/Subtype\s*/Form\b")
_IMAGE = re.compile(rb"/Subtype\s*/Image\b")
_INDIRECT_FILTER = re.compile(rb"/Filter\s+\d+\s+\d+\s+R\b")
_DICTIONARY_BYTES = 64 * 1024
_MAX_FILTERS = 8


@dataclass(slots=True)
class Drawing:
    """What the streams of a file may draw at most, from counts that need no structure: how often
    anything is drawn (`Do`), the longest form, how many times forms may multiply forms; and
    whether there are streams whose filters only the structure tells."""

    drawn: int = 0
    longest_form: int = 0
    multiplied: int = 1
    opaque: bool = False

    @property
    def is_suspicious(self) -> bool:
        """Whether pages, written out, could be larger than the limit."""
        return self.drawn * self.longest_form * self.multiplied > MAX_PAGE_CONTENT_BYTES


def check_streams(data: bytes) -> Drawing:
    """OverLimitError when a stream, or all together, would unpack beyond the limits.

    Pictures are passed over: nothing in the reader ever unpacks one.
    """
    view, budget, drawing = memoryview(data), Budget(MAX_PDF_BYTES), Drawing()
    for match in _STREAM.finditer(data):
        dictionary = _dictionary_before(data, match.start())
        if dictionary is None or _INDIRECT_FILTER.search(dictionary):
            drawing.opaque = True
        elif _IMAGE.search(dictionary) is None:
            filters = [found.decode("ascii") for found in _FILTERS.findall(dictionary)]
            end = data.find(b"endstream", match.end())
            stream = view[match.end() : len(data) if end < 0 else end]
            # Deflate ends itself, so a false "endstream" inside cannot hide what follows.
            deflated = bool(filters) and filters[0] in {"FlateDecode", "Fl"}
            whole = view[match.end() :] if deflated else stream
            size, drawn = _measure(whole, len(stream), filters, budget)
            _note(drawing, size, drawn, is_form=_FORM.search(dictionary) is not None)
    return drawing


def _dictionary_before(data: bytes, stream: int) -> bytes | None:
    """What stands between the last `obj` and the word stream; None when there is none near."""
    start = data.rfind(b"obj", max(0, stream - _DICTIONARY_BYTES), stream)
    return None if start < 0 else data[start + 3 : stream]


def _note(drawing: Drawing, size: int, drawn: int, *, is_form: bool) -> None:
    drawing.drawn += drawn
    if is_form:
        drawing.longest_form = max(drawing.longest_form, size)
        # Beyond the limit the exact figure says nothing more, and it would grow without end.
        drawing.multiplied = min(drawing.multiplied * max(drawn, 1), MAX_PAGE_CONTENT_BYTES)


def check_resolved_streams(document: PDFDocument) -> None:
    """The same for streams that are enciphered, or whose filters are named somewhere else."""
    budget = Budget(MAX_PDF_BYTES)
    for reference in document.xrefs:
        for number in reference.get_objids():
            if reference.get_pos(number)[0] is not None:
                continue  # kept inside an object stream, which is itself among the others
            stream = document.getobj(number)
            if isinstance(stream, PDFStream) and str(stream.attrs.get("Subtype")) != "/'Image'":
                raw = stream.rawdata or b""
                if stream.decipher is not None:
                    raw = stream.decipher(number, stream.genno or 0, raw, stream.attrs)
                filters = [str(name).strip("/'") for name, _ in stream.get_filters()]
                _measure(memoryview(raw), len(raw), filters, budget)


def _measure(raw: memoryview, packed: int, filters: list[str], budget: Budget) -> tuple[int, int]:
    """Unpacks piece by piece, keeping nothing, until the end or a limit → (size, count of Do)."""
    if len(filters) > _MAX_FILTERS:
        raise OverLimitError("数据流层层压缩，疑为压缩炸弹")
    unpacked = drawn = 0
    for piece in _unpack(raw, filters):
        unpacked += len(piece)
        if unpacked > MAX_PDF_STREAM_BYTES:
            raise OverLimitError("解压后的内容超过读取上限，疑为压缩炸弹")
        budget.spend(len(piece))
        check_ratio(packed, unpacked)
        drawn += piece.count(b"Do")
    return unpacked, drawn


def _unpack(raw: memoryview, filters: list[str]) -> Iterator[bytes]:
    pieces = chunks(raw)
    for short in filters:
        name = _SHORT_NAMES.get(short, short)
        if name == "FlateDecode":
            pieces = inflate(pieces)
        elif name == "LZWDecode":
            pieces = _small(pieces)
        elif name in {"ASCII85Decode", "ASCIIHexDecode", "AHx"}:
            pieces = _from_ascii(pieces, name)
    return pieces


def _small(pieces: Iterator[bytes]) -> Iterator[bytes]:
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > MAX_LZW_BYTES:
            raise OverLimitError("使用了不支持的压缩方法")
        yield piece


def _from_ascii(pieces: Iterator[bytes], name: str) -> Iterator[bytes]:
    """ASCII dress off: four bytes for five, one for two; damaged dress ends the stream."""
    packed = b"".join(pieces)
    try:
        if name == "ASCII85Decode":
            text = packed.strip().removeprefix(b"<~").removesuffix(b"~>")
            yield base64.a85decode(text)
        else:
            text = re.sub(rb"\s+", b"", packed.partition(b">")[0])
            yield binascii.unhexlify(text + b"0" * (len(text) % 2))
    except ValueError:
        return
