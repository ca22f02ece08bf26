"""Reads a PDF page by page: ruled tables as grids, other text as lines, scans as pictures.

It renders nothing and recognises no characters in pictures.
"""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from typing import Any

import pdfplumber
import pypdfium2
import pypdfium2.raw as pdfium

from reportreader.document import Block, Document, Line, Picture, Place
from reportreader.errors import UnreadableError
from reportreader.fronts.limits import MAX_PAGES, MAX_TRACED_BYTES, OverLimitError
from reportreader.fronts.pdf_forms import check_forms, content_bytes
from reportreader.fronts.pdf_geometry import Box, PageView
from reportreader.fronts.pdf_guard import Drawing, check_resolved_streams, check_streams
from reportreader.fronts.pdf_survey import DrawnBox, Survey, survey
from reportreader.fronts.pdf_tables import RuledTable, fill, trace
from reportreader.fronts.pdf_text import (
    Run,
    glyphs,
    lines,
    page_view,
    runs,
    traced_glyphs,
    traced_view,
)

_log = logging.getLogger(__name__)
_BAND = 10.0  # points: blocks beginning within it stand side by side
_DATE = re.compile(r"D:(\d{4})(\d{2})(\d{2})")
_DAMAGED = "PDF 结构损坏或文件不完整，无法打开"

_SCANNED = "各页都是图片，没有文字可读（扫描件须先做文字识别）"


def read_pdf(data: bytes, name: str) -> Document:
    """The text and ruled tables of a PDF that opens without a password.

    Pages without text give a Picture and a remark; a file without any text raises
    UnreadableError, as do damage, passwords and streams beyond the limits.
    """
    try:
        drawing = check_streams(data)
        rulings = _Rulings(data)
        with closing(_open(data, name)) as file:
            rulings.check(drawing)
            return _read_pages(file, rulings, name)
    except OverLimitError as error:
        raise UnreadableError(name, str(error)) from error
    except pypdfium2.PdfiumError as error:
        raise UnreadableError(name, _DAMAGED) from error


def _open(data: bytes, name: str) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == pdfium.FPDF_ERR_PASSWORD:
            raise UnreadableError(name, "文件已加密，需要口令才能打开") from error
        if getattr(error, "err_code", None) == pdfium.FPDF_ERR_SECURITY:
            raise UnreadableError(name, "文件使用了不支持的加密方式，无法打开") from error
        raise


@dataclass(slots=True)
class _Found:
    """What the pages gave so far, and the page numbers worth a remark."""

    blocks: list[Block] = field(default_factory=list)
    pictures_only: list[int] = field(default_factory=list)
    untraced: list[int] = field(default_factory=list)
    garbled: list[int] = field(default_factory=list)
    has_text: bool = False


def _read_pages(file: pypdfium2.PdfDocument, rulings: _Rulings, name: str) -> Document:
    count = len(file)
    if count == 0:
        raise UnreadableError(name, "PDF 中没有页面")
    if count > MAX_PAGES:
        raise UnreadableError(name, f"PDF 共 {count} 页，超过 {MAX_PAGES} 页的读取上限")
    found = _Found()
    for index in range(count):
        _read_page(file, index, rulings, found)
    if not found.has_text:
        scanned = bool(found.pictures_only)
        raise UnreadableError(
            name,
            "各页都是图片，没有文字可读（扫描件须先做文字识别）" if scanned else "没有文字可读",
        )
    return Document(
        format="pdf",
        blocks=tuple(found.blocks),
        metadata=_metadata(file),
        remarks=tuple(_remarks(found)),
        page_count=count,
    )


class _Rulings:
    """pdfplumber's view of the file, opened when the first page needs its rulings traced."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        # Never closed: it reads from memory, and closing walks a page tree that may be damaged.
        self._file: Any = None

    def check(self, drawing: Drawing) -> None:
        """What only the structure of the file tells, before PDFium draws any of it.

        OverLimitError when a page asks for too much. A damaged structure is PDFium's to repair,
        but not when there is reason to look closely at what does not let itself be looked at.
        """
        closely = drawing.opaque or b"/Encrypt" in self._data
        try:
            if closely:
                check_resolved_streams(self._opened().doc)
            check_forms(self._opened().doc)
        except OverLimitError:
            raise
        except Exception as error:
            if closely or drawing.is_suspicious:
                raise OverLimitError("文件内部结构异常，无法打开") from error
            _log.info("structure of a PDF left to PDFium", exc_info=True)

    def read(self, index: int, view: PageView, *, ruled: bool) -> TracedPage:
        """The characters of a page and, when it is `ruled`, its tables.

        Raises UntracedError for whatever goes wrong in the library: it meets damage with
        exceptions of every kind, and the text of the page is worth reading all the same.
        """
        try:
            page = self._traceable(index)
            try:
                view = traced_view(view, page.chars)
                pieces = runs(traced_glyphs(view, page.chars))
                return TracedPage(view, pieces, trace(page, view) if ruled else [])
            finally:
                page.close()
        except Exception as error:
            raise UntracedError(index + 1) from error

    def _traceable(self, index: int) -> Any:
        page = self._opened().pages[index]
        if content_bytes(page.page_obj) > MAX_TRACED_BYTES:
            raise OverLimitError("页面内容过多")
        return page

    def _opened(self) -> Any:
        if self._file is None:
            self._file = pdfplumber.open(io.BytesIO(self._data))
        return self._file


class UntracedError(Exception):
    """The rulings of a page could not be followed; carries the page number."""


@dataclass(frozen=True, slots=True)
class TracedPage:
    """What stands on a page, in its reading direction."""

    view: PageView
    pieces: list[Run]
    tables: list[RuledTable] = field(default_factory=list)


def _read_page(file: pypdfium2.PdfDocument, index: int, rulings: _Rulings, found: _Found) -> None:
    number = index + 1
    with closing(file[index]) as page, closing(page.get_textpage()) as text:
        seen = survey(page)
        traced = _page(page, text, seen, rulings, index, found)
    if _count_unknown(traced.pieces):
        found.garbled.append(number)
    if traced.pieces:
        found.has_text = True
        found.blocks.extend(_arrange(traced, seen.pictures, number))
    elif seen.any_picture:
        found.pictures_only.append(number)
        found.blocks.append(Picture(Place(page=number)))


def _page(
    page: pypdfium2.PdfPage,
    text: pypdfium2.PdfTextPage,
    seen: Survey,
    rulings: _Rulings,
    index: int,
    found: _Found,
) -> TracedPage:
    """PDFium reads ten times faster; pdfplumber follows rulings and needs no font to see text."""
    view = page_view(page, text)
    ruled = seen.rules_columns(sideways=view.reading % 2 == 1)
    if not seen.overloaded and (ruled or seen.inkless_text):
        try:
            return _clearer(rulings.read(index, view, ruled=ruled), text)
        except UntracedError:
            found.untraced.append(index + 1)
    elif seen.overloaded:
        found.untraced.append(index + 1)
    return TracedPage(view, runs(glyphs(text, view)))


def _clearer(traced: TracedPage, text: pypdfium2.PdfTextPage) -> TracedPage:
    """Where pdfplumber finds no characters for glyphs, PDFium's if it knows more of them."""
    unknown = _count_unknown(traced.pieces)
    if unknown:
        pieces = runs(glyphs(text, traced.view))
        if pieces and _count_unknown(pieces) < unknown:
            return replace(traced, pieces=pieces)
    return traced


def _count_unknown(pieces: list[Run]) -> int:
    return sum(piece.text.count("\ufffd") for piece in pieces)


def _arrange(traced: TracedPage, pictures: list[DrawnBox], number: int) -> list[Block]:
    """Grids, lines and pictures of a page from top to bottom, side by side from left to right."""
    view = traced.view
    grids, outside = fill(traced.tables, traced.pieces, view, number)
    placed: list[tuple[Box, Block]] = [*grids]
    for line in lines(outside):
        place = Place(page=number, box=view.to_display(line.box))
        placed.append((line.box, Line(line.text, place)))
    for drawn in pictures:
        box = view.from_drawn(*drawn)
        placed.append((box, Picture(Place(page=number, box=view.to_display(box)))))
    placed.sort(key=lambda item: (item[0][1], item[0][0]))
    return [block for band in _bands(placed) for _, block in band]


def _bands(placed: list[tuple[Box, Block]]) -> Iterator[list[tuple[Box, Block]]]:
    band: list[tuple[Box, Block]] = []
    for item in placed:
        if band and item[0][1] - band[0][0][1] > _BAND:
            yield sorted(band, key=lambda member: member[0][0])
            band = []
        band.append(item)
    yield sorted(band, key=lambda member: member[0][0])


def _metadata(file: pypdfium2.PdfDocument) -> dict[str, str]:
    """Title and date; the author is a person and is left alone."""
    stated = file.get_metadata_dict(skip_empty=True)
    metadata = {"title": stated["Title"].strip()} if stated.get("Title", "").strip() else {}
    date = _DATE.match(stated.get("CreationDate", ""))
    if date is not None:
        metadata["date"] = "-".join(date.groups())
    return metadata


def _remarks(found: _Found) -> Iterator[str]:
    if found.pictures_only:
        yield f"第 {_listed(found.pictures_only)} 页只有图片，没有文字可读"
    if found.untraced:
        yield f"第 {_listed(found.untraced)} 页的表格线无法辨认，只读出文字"
    if found.garbled:
        yield f"第 {_listed(found.garbled)} 页有文字缺少编码，无法辨认"


def _listed(numbers: list[int]) -> str:
    return "、".join(str(number) for number in numbers)
