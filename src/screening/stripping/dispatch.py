"""The file as it may go out, whatever its carrier; and the proof that it is.

The new file is sniffed, opened and read again with the same eyes that look for hidden words: if
any are left, or if words that were seen are gone, the file is refused. Nothing is half stripped.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from screening.limits import MAX_EMBEDDED_DEPTH
from screening.passages import Carrier, Extraction, UnfitFileError
from screening.reading import extract
from screening.sniffing import sniff
from screening.stripping import archive
from screening.stripping.promises import hidden_left, words_gained, words_lost
from screening.stripping.stripped import Stripped

# Modules by name, as readers are: a picture does not load what strips a PDF.
STRIPPERS: dict[Carrier, str] = {
    Carrier.PDF: "screening.stripping.pdf",
    Carrier.DOCX: "screening.stripping.docx",
    Carrier.XLSX: "screening.stripping.xlsx",
    Carrier.ODS: "screening.stripping.ods",
    Carrier.OFD: "screening.stripping.ofd",
    Carrier.PNG: "screening.stripping.image",
    Carrier.JPEG: "screening.stripping.image",
    Carrier.TIFF: "screening.stripping.image",
    Carrier.TEXT: "screening.stripping.text",
    Carrier.CSV: "screening.stripping.text",
    Carrier.HTML: "screening.stripping.html",
}
_OLD = {
    Carrier.DOC: "DOC 是旧格式，不能清理，请先转换为 DOCX",
    Carrier.XLS: "XLS 是旧格式，不能清理，请先转换为 XLSX",
}


def strip(data: bytes) -> Stripped:
    """The file without what its reader does not see. UnfitFileError when that cannot be proved."""
    return _strip(data, depth=1)


def _strip(data: bytes, *, depth: int) -> Stripped:
    carrier = sniff(data)
    if carrier in _OLD:
        raise UnfitFileError(_OLD[carrier])
    if depth > MAX_EMBEDDED_DEPTH:
        raise UnfitFileError(f"文件嵌套超过 {MAX_EMBEDDED_DEPTH} 层")
    if carrier is Carrier.ZIP:
        return archive.strip(data, lambda inner: _strip(inner, depth=depth + 1))
    stripper: Callable[[bytes], Stripped] = import_module(STRIPPERS[carrier]).strip
    stripped = stripper(data)
    check_promise(data, stripped)
    return stripped


def check_promise(data: bytes, stripped: Stripped) -> None:
    """UnfitFileError unless the new file is what the old one showed, and hides nothing."""
    carrier = sniff(stripped.data)
    if carrier is not stripped.carrier:
        raise UnfitFileError("清理后的文件不是原来的格式，没有采用")
    before, after = extract(data), extract(stripped.data)
    _check_hidden(after)
    lost = words_lost(before, stripped, after)
    if lost:
        raise UnfitFileError(f"清理后少了看得见的文字（{len(lost)} 个字），没有采用")
    if words_gained(before, after):
        raise UnfitFileError("清理后多出了原来没有的文字，没有采用")


def _check_hidden(after: Extraction) -> None:
    left = hidden_left(after)
    if left:
        listed = "、".join(dict.fromkeys(passage.place.layer.label for passage in left))
        raise UnfitFileError(f"清理后仍有看不见的内容（{listed}），没有采用")
