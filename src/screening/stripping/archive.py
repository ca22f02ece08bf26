"""A plain zip: each file in it stripped by its own carrier, under names composed here.

A name in a zip travels with it and often names people; so the files are numbered instead.
"""

from __future__ import annotations

from collections.abc import Callable

from screening.limits import open_package
from screening.passages import Carrier, Layer, UnfitFileError
from screening.stripping.stripped import Stripped
from screening.stripping.tally import Tally
from screening.stripping.writing import packed

SUFFIXES = {
    Carrier.PDF: "pdf", Carrier.DOCX: "docx", Carrier.XLSX: "xlsx", Carrier.ODS: "ods",
    Carrier.OFD: "ofd", Carrier.PNG: "png", Carrier.JPEG: "jpg", Carrier.TIFF: "tif",
    Carrier.TEXT: "txt", Carrier.CSV: "csv", Carrier.HTML: "html", Carrier.ZIP: "zip",
}  # fmt: skip


def strip(data: bytes, inner: Callable[[bytes], Stripped]) -> Stripped:
    """The zip packed anew; `inner` strips each file. UnfitFileError names the file by number."""
    package = open_package(data)
    tally = Tally()
    for aside in package.asides:
        tally.add(Layer.METADATA, "压缩包注释", 1 if aside else 0)
    parts: dict[str, bytes] = {}
    for number, name in enumerate(package.names, start=1):
        try:
            one = inner(package.read(name))
        except UnfitFileError as error:
            raise UnfitFileError(f"压缩包内第 {number} 个文件：{error.reason}") from None
        tally.take(one.removed)
        parts[f"{number:03}.{SUFFIXES[one.carrier]}"] = one.data
    tally.add(Layer.FILE_NAME, "压缩包内的文件名（改为编号）", len(package.names))
    return Stripped(Carrier.ZIP, packed(parts), tally.removals())
