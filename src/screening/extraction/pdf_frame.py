"""A page as it is shown: its box and turn, and its picture; and the one way PDFium is entered.

It knows coordinates and pixels, no words.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image

from screening.passages import Box, UnfitFileError

POINTS_PER_INCH = 72
MAX_PAGE_PIXELS = 24_000_000  # of one picture of a page, whatever scale was asked for

Drawn = tuple[float, float, float, float]  # left, bottom, right, top in the page's own space

_LOCK = threading.RLock()  # PDFium keeps state of its own and serves one thread at a time


@contextmanager
def opened(data: bytes) -> Iterator[pypdfium2.PdfDocument]:
    """The document in PDFium, forms shown as their reader would see them; one thread at a time."""
    with _LOCK, closing(pypdfium2.PdfDocument(data)) as document:
        if document.get_formtype() == pdfium.FORMTYPE_ACRO_FORM:
            document.init_forms()
        yield document


@dataclass(frozen=True, slots=True)
class Frame:
    """The shown part of a page in its own space, and its quarter turns clockwise."""

    left: float
    bottom: float
    right: float
    top: float
    turns: int = 0

    @property
    def width(self) -> float:
        """Points across, as shown."""
        return self.top - self.bottom if self.turns % 2 else self.right - self.left

    @property
    def height(self) -> float:
        """Points down, as shown."""
        return self.right - self.left if self.turns % 2 else self.top - self.bottom

    def shown(self, drawn: Drawn) -> Box:
        """A rectangle of the page's own space, where it is seen."""
        corners = [self._point(drawn[0], drawn[1]), self._point(drawn[2], drawn[3])]
        across, down = sorted(x for x, _ in corners), sorted(y for _, y in corners)
        return Box(across[0], down[0], across[1], down[1])

    def _point(self, x: float, y: float) -> tuple[float, float]:
        x, y = x - self.left, y - self.bottom
        wide, high = self.right - self.left, self.top - self.bottom
        return ((x, high - y), (y, x), (wide - x, y), (high - y, wide - x))[self.turns]

    def contains(self, drawn: Drawn) -> bool:
        """Whether the middle of a rectangle lies on the shown page."""
        across, down = (drawn[0] + drawn[2]) / 2, (drawn[1] + drawn[3]) / 2
        return self.left <= across <= self.right and self.bottom <= down <= self.top


def frame(page: pypdfium2.PdfPage) -> Frame:
    """What of the page is shown: the crop box within the media box, turned."""
    left, bottom, right, top = page.get_bbox()
    if right - left <= 0 or top - bottom <= 0:
        raise UnfitFileError("PDF 页面没有大小，无法打开")
    return Frame(left, bottom, right, top, page.get_rotation() // 90 % 4)


def picture(
    page: pypdfium2.PdfPage, scale: float, *, gray: bool = False, notes: bool = True
) -> Image.Image:
    """The page as pixels, `scale` of them to the point, less where it would be too many."""
    pixels = page.get_width() * page.get_height() * scale * scale
    if pixels > MAX_PAGE_PIXELS:
        scale *= (MAX_PAGE_PIXELS / pixels) ** 0.5
    bitmap = page.render(
        scale=scale,
        grayscale=gray,
        rev_byteorder=True,
        may_draw_forms=notes,
        draw_annots=notes,
        no_smoothtext=False,
    )
    try:
        image: Image.Image = bitmap.to_pil()
        return image.convert("L" if gray else "RGB")
    finally:
        bitmap.close()


def pixels(box: Box, page: Frame, image: Image.Image) -> tuple[int, int, int, int]:
    """The whole pixels inside a box, at least one of them; at the edge of the page none."""
    across, down = image.width / page.width, image.height / page.height
    left, right = _inside(box.left * across, box.right * across, image.width)
    top, bottom = _inside(box.top * down, box.bottom * down, image.height)
    return left, top, right, bottom


def _inside(start: float, end: float, size: int) -> tuple[int, int]:
    first, last = int(-(-start // 1)), int(end // 1)
    if first >= last:
        first, last = int(start // 1), int(-(-end // 1))
        last = max(last, first + 1)
    return min(max(first, 0), size), min(max(last, 0), size)


def page_picture_scale(dpi: int) -> float:
    """Pixels to the point for dots to the inch."""
    return dpi / POINTS_PER_INCH
