"""A quick look at what is drawn on a PDF page: rulings, pictures, and text that PDFium cannot see.

It decides which pages are worth tracing; it traces nothing itself.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import pypdfium2
import pypdfium2.raw as pdfium

from reportreader.fronts.limits import MAX_PAGE_OBJECTS

_SNAP = 3.0  # points within which rulings are one, as in the table finder
_RECTANGLE_SEGMENTS = 5
_COLUMNS_NEED = 3  # vertical rulings around two columns
_NOTABLE = 0.05  # of the page: smaller pictures are seals and ornaments
_INKLESS = 0.01  # points
_DEPTH = 4

DrawnBox = tuple[float, float, float, float]  # left, bottom, right, top, from below


@dataclass(slots=True)
class Survey:
    """Pictures large enough to hold text; whether there is any picture; whether a path is so
    complex that it may rule a table alone; whether text is set in a font that neither the file
    nor this machine has, which PDFium then leaves out; whether there is too much to trace."""

    pictures: list[DrawnBox] = field(default_factory=list)
    any_picture: bool = False
    complex_path: bool = False
    inkless_text: bool = False
    overloaded: bool = False
    upright: list[float] = field(default_factory=list)
    level: list[float] = field(default_factory=list)

    def rules_columns(self, *, sideways: bool) -> bool:
        """Whether rulings of two columns or more are drawn, for text that runs across the page as
        drawn or `sideways`; to trace them costs a hundred times this look."""
        edges = self.level if sideways else self.upright
        return self.complex_path or _distinct(edges) >= _COLUMNS_NEED


def survey(page: pypdfium2.PdfPage) -> Survey:
    """Looks at the drawn objects of a page once, through its form objects too."""
    seen = Survey()
    notable = page.get_width() * page.get_height() * _NOTABLE
    for count, item in enumerate(page.get_objects(max_depth=_DEPTH)):
        if count >= MAX_PAGE_OBJECTS:
            seen.overloaded = True
            break
        if item.type == pdfium.FPDF_PAGEOBJ_PATH:
            _note_path(item, seen)
        elif item.type == pdfium.FPDF_PAGEOBJ_TEXT:
            seen.inkless_text = seen.inkless_text or _is_inkless(item)
        elif item.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            seen.any_picture = True
            left, bottom, right, top = item.get_bounds()
            if (right - left) * (top - bottom) >= notable:
                seen.pictures.append((left, bottom, right, top))
    return seen


def _note_path(item: pypdfium2.PdfObject, seen: Survey) -> None:
    """Simple paths are lines and rectangles: where their edges lie is enough to know."""
    if pdfium.FPDFPath_CountSegments(item) > _RECTANGLE_SEGMENTS:
        seen.complex_path = True
        return
    left, bottom, right, top = item.get_bounds()
    if top - bottom > _SNAP:
        seen.upright += (left, right)
    if right - left > _SNAP:
        seen.level += (bottom, top)


def _is_inkless(item: pypdfium2.PdfObject) -> bool:
    """A single space of an embedded font has no ink either, and nothing is lost with it."""
    left, bottom, right, top = item.get_bounds()
    if right - left > _INKLESS and top - bottom > _INKLESS:
        return False
    font = pdfium.FPDFTextObj_GetFont(item)
    return not pdfium.FPDFFont_GetIsEmbedded(font)


def _distinct(edges: list[float]) -> int:
    edges = sorted(edges)
    return sum(
        1 for index, edge in enumerate(edges) if index == 0 or edge - edges[index - 1] > _SNAP
    )
