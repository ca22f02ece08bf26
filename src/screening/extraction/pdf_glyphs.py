"""The characters of a PDF page and what draws them, as PDFium has them.

It says how a character is drawn, and leaves open whether anybody can see it.
"""

from __future__ import annotations

import ctypes
from dataclasses import dataclass, field
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from screening.extraction.pdf_frame import Drawn
from screening.passages import UnfitFileError

FORM_DEPTH = 8
MAX_DRAWN_OBJECTS = 100_000  # of one page
MAX_GLYPHS = 200_000  # of one page
_STROKE_ONLY, _INVISIBLE = 1, 3


@dataclass(frozen=True, slots=True)
class Stroke:
    """One text object: what one show operator draws. `order` counts text objects of the page
    itself, not of its forms, from 0; -1 in forms."""

    order: int
    mode: int
    fill: tuple[int, int, int, int]
    size: float
    embedded: bool

    @property
    def is_blank(self) -> bool:
        """Whether it draws nothing by its own account: no ink at all, or no size to see."""
        clear = self.fill[3] == 0 and self.mode != _STROKE_ONLY
        return self.mode == _INVISIBLE or clear or self.size < 1


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character where it is drawn; without a stroke when PDFium added it (spaces, line ends)."""

    char: str
    drawn: Drawn
    stroke: Stroke | None


@dataclass(frozen=True, slots=True)
class Thing:
    """A path, picture, shading or form of the page itself, in drawing order."""

    kind: int
    drawn: Drawn
    handle: pypdfium2.PdfObject


@dataclass(slots=True)
class Objects:
    """What is drawn on a page: text by its handle, and all else; `ordered` is both in turn."""

    strokes: dict[int, Stroke] = field(default_factory=dict)
    texts: list[pypdfium2.PdfObject] = field(default_factory=list)
    others: list[pypdfium2.PdfObject] = field(default_factory=list)
    things: list[Thing] = field(default_factory=list)

    def show(self, *, texts: bool, others: bool) -> None:
        """Switches what the next picture of the page draws; the file is not changed."""
        for item in self.texts:
            pdfium.FPDFPageObj_SetIsActive(item, texts)
        for item in self.others:
            pdfium.FPDFPageObj_SetIsActive(item, others)


def objects(page: pypdfium2.PdfPage) -> Objects:
    """Everything drawn on the page, through its forms. UnfitFileError when it is far too much."""
    found, order = Objects(), 0
    for count, item in enumerate(page.get_objects(max_depth=FORM_DEPTH)):
        if count >= MAX_DRAWN_OBJECTS:
            raise UnfitFileError("PDF 一页上绘制的对象过多，无法检查")
        if item.type == pdfium.FPDF_PAGEOBJ_TEXT:
            own = item.level == 0
            found.strokes[_address(item.raw)] = _stroke(item, order if own else -1)
            order += own
            found.texts.append(item)
        elif item.type != pdfium.FPDF_PAGEOBJ_FORM:
            found.others.append(item)
        if item.level == 0:
            found.things.append(Thing(item.type, item.get_bounds(), item))
    return found


def _address(handle: Any) -> int:
    return ctypes.cast(handle, ctypes.c_void_p).value or 0


def _stroke(item: pypdfium2.PdfObject, order: int) -> Stroke:
    red, green, blue, alpha = ctypes.c_uint(), ctypes.c_uint(), ctypes.c_uint(), ctypes.c_uint()
    fill = (0, 0, 0, 255)
    if pdfium.FPDFPageObj_GetFillColor(item, red, green, blue, alpha):
        fill = (red.value, green.value, blue.value, alpha.value)
    size, matrix = ctypes.c_float(), pdfium.FS_MATRIX()
    pdfium.FPDFTextObj_GetFontSize(item, size)
    pdfium.FPDFPageObj_GetMatrix(item, matrix)
    height = abs(size.value) * (matrix.c**2 + matrix.d**2) ** 0.5
    font = pdfium.FPDFTextObj_GetFont(item)
    embedded = bool(font) and pdfium.FPDFFont_GetIsEmbedded(font) == 1
    return Stroke(order, pdfium.FPDFTextObj_GetTextRenderMode(item), fill, height, embedded)


def glyphs(text: pypdfium2.PdfTextPage, drawn: Objects) -> list[Glyph]:
    """The characters of the page in reading order as PDFium reads them."""
    count = text.count_chars()
    if count > MAX_GLYPHS:
        raise UnfitFileError("PDF 一页上的文字过多，无法检查")
    edges = [ctypes.c_double() for _ in range(4)]
    left, right, bottom, top = edges
    found = []
    for index in range(count):
        code = pdfium.FPDFText_GetUnicode(text, index)
        char = chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
        handle = pdfium.FPDFText_GetTextObject(text, index)
        pdfium.FPDFText_GetCharBox(text, index, left, right, bottom, top)
        place = (left.value, bottom.value, right.value, top.value)
        stroke = drawn.strokes.get(_address(handle)) if handle else None
        if pdfium.FPDFText_IsGenerated(text, index) == 1:
            stroke = None
        found.append(Glyph(char, place, stroke))
    return found
