"""Reads a file of any carrier, and the files inside it, into one Extraction.

It tells the carrier by content, hands the bytes to the extractor of that carrier, and follows what
the extractor found inside. What it cannot follow is listed as not covered, never left out. Run it
through `screening.sandbox` for files of others.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from importlib import import_module

from screening.embedded import Embedded, Harvest
from screening.limits import (
    MAX_EMBEDDED_DEPTH,
    MAX_EMBEDDED_FILES,
    MAX_PASSAGES,
    Budget,
    open_package,
)
from screening.passages import (
    Carrier,
    Extraction,
    Layer,
    NotCovered,
    Passage,
    Place,
    UnfitFileError,
)
from screening.sniffing import sniff
from screening.xml import asides, refuse_document_type

# Modules by name: a command that reads one text file need not load the readers of PDF.
EXTRACTORS: dict[Carrier, str] = {
    Carrier.PDF: "screening.extraction.pdf",
    Carrier.DOCX: "screening.extraction.docx",
    Carrier.XLSX: "screening.extraction.xlsx",
    Carrier.ODS: "screening.extraction.ods",
    Carrier.OFD: "screening.extraction.ofd",
    Carrier.PNG: "screening.extraction.image",
    Carrier.JPEG: "screening.extraction.image",
    Carrier.TIFF: "screening.extraction.image",
    Carrier.TEXT: "screening.extraction.text",
    Carrier.CSV: "screening.extraction.csv",
    Carrier.HTML: "screening.extraction.html",
    Carrier.ZIP: "screening.extraction.archive",
}
_OLD = {
    Carrier.DOC: "DOC 是旧格式，无法检查，请另存为 DOCX",
    Carrier.XLS: "XLS 是旧格式，无法检查，请另存为 XLSX",
}
_PACKAGES = frozenset({Carrier.DOCX, Carrier.XLSX, Carrier.ODS, Carrier.OFD, Carrier.ZIP})
_MARKUP = (".xml", ".rels", ".vml", ".rdf")


def extract(data: bytes, file_name: str = "") -> Extraction:
    """All words of a file and of the files inside it, the name of the file first.

    UnfitFileError when the file itself cannot be read; a file inside that cannot is not covered.
    """
    carrier = sniff(data)
    work = _Work()
    work.read(data, carrier, ())
    name = [Passage(file_name, Place(layer=Layer.FILE_NAME))] if file_name else []
    return Extraction(
        carrier=carrier,
        passages=(*name, *work.passages),
        not_covered=tuple(work.not_covered),
        pages=work.pages,
        remarks=tuple(dict.fromkeys(work.remarks)),
    )


def harvest(data: bytes, carrier: Carrier) -> Harvest:
    """One file by its own extractor, without the files inside it."""
    if carrier not in EXTRACTORS:
        raise UnfitFileError(_OLD[carrier])
    extractor: Callable[[bytes], Harvest] = import_module(EXTRACTORS[carrier]).harvest
    return extractor(data)


@dataclass(slots=True)
class _Work:
    """What was gathered so far, and how much more may be."""

    passages: list[Passage] = field(default_factory=list)
    not_covered: list[NotCovered] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    pages: int = 0
    files: int = 0
    budget: Budget = field(default_factory=Budget)

    def read(self, data: bytes, carrier: Carrier, inside: tuple[str, ...]) -> None:
        """Takes in one file, then the files inside it. `inside` is the way that led here."""
        found = harvest(data, carrier)
        self.take(found.extraction, inside)
        if carrier in _PACKAGES:
            self.take(Extraction(carrier, package_asides(data)), inside)
        for embedded in found.embedded:
            self.follow(embedded, carrier, inside)

    def take(self, extraction: Extraction, inside: tuple[str, ...]) -> None:
        """Adds words, with the way through the files set before their places."""
        if len(self.passages) + len(extraction.passages) > MAX_PASSAGES:
            raise UnfitFileError("文件内的文字段落过多，超过上限")
        if not inside:
            self.pages = extraction.pages or self.pages
            self.passages += extraction.passages
            self.not_covered += extraction.not_covered
        else:
            self.passages += [
                Passage(passage.text, replace(passage.place, inside=inside + passage.place.inside))
                for passage in extraction.passages
            ]
            self.not_covered += [
                NotCovered(replace(part.place, inside=inside + part.place.inside), part.reason)
                for part in extraction.not_covered
            ]
        self.remarks += extraction.remarks

    def follow(self, embedded: Embedded, outer: Carrier, inside: tuple[str, ...]) -> None:
        """Reads a file inside a file, or says why not."""
        check_embedded(self, embedded)
        way = (*inside, embedded.name)
        first = len(self.passages)
        try:
            check_depth(way)
            self.read(embedded.data, sniff(embedded.data), way)
        except UnfitFileError as error:
            place = Place(layer=Layer.ATTACHMENT, inside=way)
            self.not_covered.append(NotCovered(place, f"没有检查：{error.reason}"))
        if outer is not Carrier.ZIP:
            self.passages[first:] = [_unseen(passage) for passage in self.passages[first:]]


def check_depth(way: tuple[str, ...]) -> None:
    """UnfitFileError when a file stands deeper inside others than is followed."""
    if len(way) > MAX_EMBEDDED_DEPTH:
        raise UnfitFileError(f"文件嵌套超过 {MAX_EMBEDDED_DEPTH} 层")


def check_embedded(work: _Work, embedded: Embedded) -> None:
    """UnfitFileError when the files inside are too many or too much, all levels together."""
    work.files += 1
    if work.files > MAX_EMBEDDED_FILES:
        raise UnfitFileError(f"文件内嵌的文件过多，超过 {MAX_EMBEDDED_FILES} 个")
    work.budget.spend(len(embedded.data))


def _unseen(passage: Passage) -> Passage:
    """Words of a file inside a document: what is plain there is not seen by who opens this."""
    if passage.place.layer.hidden:
        return passage
    return Passage(passage.text, replace(passage.place, layer=Layer.ATTACHMENT))


def package_asides(data: bytes) -> tuple[Passage, ...]:
    """Comments of a zip and of the XML in it, which no program shows and no extractor reads.

    UnfitFileError for XML with a document type, also in parts that no extractor reads.
    """
    package = open_package(data)
    place = Place(layer=Layer.METADATA, part="压缩包注释")
    found = [Passage(words, place) for words in package.asides]
    for name in package.names:
        if name.lower().endswith(_MARKUP):
            place = Place(layer=Layer.METADATA, part=name)
            content = package.read(name)
            refuse_document_type(content)
            found += [Passage(words, place) for words in asides(content)]
    return tuple(found)
