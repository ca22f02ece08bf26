"""Finds pictures on a PDF page that are shown in part only: boxed over, cut off, or not drawn.

It says that something is there; what the picture holds it does not know.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

from screening.extraction.pdf_frame import Drawn, Frame, picture, pixels
from screening.extraction.pdf_glyphs import Objects, Thing
from screening.passages import Box

_LEAST = 6.0  # points: smaller boxes cover nothing that could be read
_BOX_SEGMENTS = 6
_SAME = 2.0  # points: pictures laid exactly upon each other are one scan in two layers
_OVER_EDGE = 0.02  # of a picture's breadth or height may be bled over the edge of the page
_LOOK = 1.0
_FLAT = 8  # of 255
_COVERING = frozenset(
    {
        pdfium.FPDF_ANNOT_SQUARE,
        pdfium.FPDF_ANNOT_CIRCLE,
        pdfium.FPDF_ANNOT_POLYGON,
        pdfium.FPDF_ANNOT_INK,
        pdfium.FPDF_ANNOT_STAMP,
        pdfium.FPDF_ANNOT_FREETEXT,
        pdfium.FPDF_ANNOT_REDACT,
        pdfium.FPDF_ANNOT_HIGHLIGHT,
        pdfium.FPDF_ANNOT_LINE,
    }
)


@dataclass(frozen=True, slots=True)
class HalfShown:
    """A part of a picture that the page does not show but the file holds."""

    box: Box
    reason: str


def half_shown(page: pypdfium2.PdfPage, view: Frame, drawn: Objects) -> list[HalfShown]:
    """Pictures of the page itself that are covered or cut; pictures in forms are not looked at."""
    found = []
    notes = list(_notes(page))
    for index, thing in enumerate(drawn.things):
        if thing.kind != pdfium.FPDF_PAGEOBJ_IMAGE:
            continue
        above = [*_boxes(drawn.things[index + 1 :], thing), *notes]
        common = [part for box in above if (part := _common(thing.drawn, box)) is not None]
        under = [part for part in common if _shows_something(page, view, drawn, thing, part)]
        found += [
            HalfShown(view.shown(part), "图片上盖有色块，色块下的图像仍在文件里") for part in under
        ]
        if _is_cut(thing, view):
            found.append(HalfShown(view.shown(thing.drawn), "图片只显示了一部分，其余仍在文件里"))
    return found


def _notes(page: pypdfium2.PdfPage) -> Iterator[Drawn]:
    for index in range(pdfium.FPDFPage_GetAnnotCount(page)):
        note = pdfium.FPDFPage_GetAnnot(page, index)
        try:
            if pdfium.FPDFAnnot_GetSubtype(note) in _COVERING:
                edge = pdfium.FS_RECTF()
                pdfium.FPDFAnnot_GetRect(note, edge)
                yield edge.left, edge.bottom, edge.right, edge.top
        finally:
            pdfium.FPDFPage_CloseAnnot(note)


def _boxes(above: list[Thing], below: Thing) -> Iterator[Drawn]:
    for thing in above:
        if thing.kind == pdfium.FPDF_PAGEOBJ_PATH:
            if _is_filled_box(thing):
                yield thing.drawn
        elif thing.kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            pairs = zip(thing.drawn, below.drawn, strict=True)
            if any(abs(one - other) > _SAME for one, other in pairs):
                yield thing.drawn
        elif thing.kind != pdfium.FPDF_PAGEOBJ_TEXT:
            yield thing.drawn


def _is_filled_box(thing: Thing) -> bool:
    mode, stroked = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(thing.handle, mode, stroked)
    return bool(mode.value) and pdfium.FPDFPath_CountSegments(thing.handle) <= _BOX_SEGMENTS


def _common(one: Drawn, other: Drawn) -> Drawn | None:
    left, bottom = max(one[0], other[0]), max(one[1], other[1])
    right, top = min(one[2], other[2]), min(one[3], other[3])
    wide_enough = right - left >= _LEAST and top - bottom >= _LEAST
    return (left, bottom, right, top) if wide_enough else None


def _shows_something(
    page: pypdfium2.PdfPage, view: Frame, drawn: Objects, thing: Thing, part: Drawn
) -> bool:
    """Whether the picture alone has more than one colour there: white paper hides nothing."""
    drawn.show(texts=False, others=False)
    pdfium.FPDFPageObj_SetIsActive(thing.handle, 1)
    alone = picture(page, _LOOK, gray=True, notes=False)
    drawn.show(texts=True, others=True)
    left, top, right, bottom = pixels(view.shown(part), view, alone)
    if left >= right or top >= bottom:
        return False
    low, high = alone.crop((left, top, right, bottom)).getextrema()
    return isinstance(low, tuple) or isinstance(high, tuple) or high - low > _FLAT


def _is_cut(thing: Thing, view: Frame) -> bool:
    """Whether the edge of the page or a clip leaves out more of it than a bleed."""
    left, bottom, right, top = thing.drawn
    shown = (view.left, view.bottom, view.right, view.top)
    window = _clip(thing) or shown
    across, down = (right - left) * _OVER_EDGE + 1, (top - bottom) * _OVER_EDGE + 1
    return any(
        left < edge[0] - across
        or bottom < edge[1] - down
        or right > edge[2] + across
        or top > edge[3] + down
        for edge in (shown, window)
    )


def _clip(thing: Thing) -> Drawn | None:
    """The rectangle around the points of a clip path; None when there is none."""
    path = pdfium.FPDFPageObj_GetClipPath(thing.handle)
    count = pdfium.FPDFClipPath_CountPaths(path) if path else 0
    window: Drawn | None = None
    for index in range(max(count, 0)):
        points = list(_points(path, index))
        if points:
            across, down = [x for x, _ in points], [y for _, y in points]
            own = (min(across), min(down), max(across), max(down))
            window = own if window is None else _meet(window, own)
    return window


def _meet(one: Drawn, other: Drawn) -> Drawn:
    return (
        max(one[0], other[0]),
        max(one[1], other[1]),
        min(one[2], other[2]),
        min(one[3], other[3]),
    )


def _points(path: object, index: int) -> Iterator[tuple[float, float]]:
    x, y = ctypes.c_float(), ctypes.c_float()
    for number in range(max(pdfium.FPDFClipPath_CountPathSegments(path, index), 0)):
        segment = pdfium.FPDFClipPath_GetPathSegment(path, index, number)
        if segment and pdfium.FPDFPathSegment_GetPoint(segment, x, y):
            yield x.value, y.value
