"""Decides from pixels which characters of a PDF page can be seen, and what hides the others.

The page is pictured with its text and without: where the two are alike, nobody sees the text,
whatever the trick. It changes nothing and reads no words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image, ImageChops

from screening.extraction.pdf_frame import Frame, frame, picture, pixels
from screening.extraction.pdf_glyphs import Glyph, Objects, glyphs, objects
from screening.passages import Layer

_QUICK, _CLOSE = 1.0, 3.0  # pixels to the point: first look, and the second at what seems gone
_INK = 16  # of 255: what differs less is no ink to the eye
_PALE = 235  # every colour above: white to the eye
_NO_AREA = 0.01  # points
_INKED = [255 if value > _INK else 0 for value in range(256)]


@dataclass(frozen=True, slots=True)
class Seen:
    """The characters of a page, each with the layer it stands in; spaces follow no rule."""

    frame: Frame
    glyphs: tuple[Glyph, ...]
    layers: tuple[Layer, ...]
    objects: Objects
    unpictured: bool  # text in a font that neither the file nor this machine has

    def hidden(self) -> Iterable[tuple[Glyph, Layer]]:
        """The characters nobody sees."""
        pairs = zip(self.glyphs, self.layers, strict=True)
        return ((glyph, layer) for glyph, layer in pairs if layer is not Layer.VISIBLE)


@dataclass(frozen=True, slots=True)
class _Pictures:
    """Where text leaves ink in the finished page, and where it would if it stood alone."""

    seen: Image.Image
    lost: Image.Image


Shelter = Callable[[], pypdfium2.PdfPage | None]


def look(
    page: pypdfium2.PdfPage,
    text: pypdfium2.PdfTextPage,
    all_layers: Shelter = lambda: None,
) -> Seen:
    """Which characters of the page are seen. `all_layers` gives the same page with every
    optional layer switched on, where the file has such layers."""
    view, drawn = frame(page), objects(page)
    read = glyphs(text, drawn)
    unlike = _Unlike(page, view, drawn)
    layers = [_by_its_own_account(glyph, view) for glyph in read]
    asked = [i for i, layer in enumerate(layers) if layer is None]
    for scale in (_QUICK, _CLOSE):
        asked = unlike.gone(read, asked, scale) if asked else []
    gone = unlike.causes(read, asked, all_layers) if asked else {}
    verdicts = tuple(gone.get(i, layer or Layer.VISIBLE) for i, layer in enumerate(layers))
    unpictured = any(verdicts[i] is Layer.VISIBLE for i in asked)
    return Seen(view, tuple(read), verdicts, drawn, unpictured)


def _by_its_own_account(glyph: Glyph, view: Frame) -> Layer | None:
    """What needs no picture to know; None = ask the picture."""
    if glyph.stroke is None or glyph.char.isspace():
        return Layer.VISIBLE
    if glyph.stroke.is_blank:
        return Layer.WHITE_TEXT
    if not view.contains(glyph.drawn):
        return Layer.OUTSIDE_PAGE
    return None


@dataclass(slots=True)
class _Unlike:
    """The comparisons of one page."""

    page: pypdfium2.PdfPage
    view: Frame
    drawn: Objects

    def gone(self, read: list[Glyph], asked: list[int], scale: float) -> list[int]:
        """Which of the asked characters leave no ink, or have more of it covered than left."""
        shots = self._shots(scale)
        covered = shots.lost.getbbox() is not None
        return [i for i in asked if not self._is_seen(read[i], shots, covered=covered)]

    def _is_seen(self, glyph: Glyph, shots: _Pictures, *, covered: bool) -> bool:
        where = pixels(self.view.shown(glyph.drawn), self.view, shots.seen)
        if where[0] >= where[2] or where[1] >= where[3]:
            return False
        ink = shots.seen.crop(where)
        if not _any(ink):
            return False
        lost = shots.lost.crop(where) if covered else None
        if lost is None or not _any(lost):
            return True
        return lost.histogram()[-1] <= ink.histogram()[-1]

    def _shots(self, scale: float) -> _Pictures:
        gray = scale <= _QUICK  # red on green of one brightness is told apart by the second look
        whole = picture(self.page, scale, gray=gray)
        alone = self.alone(scale)
        if self._only_text():
            without = Image.new(whole.mode, whole.size, "white")
        else:
            self.drawn.show(texts=False, others=True)
            without = picture(self.page, scale, gray=gray)
            self.drawn.show(texts=True, others=True)
        seen = _ink(whole, without)
        return _Pictures(seen, ImageChops.subtract(alone, seen))

    def alone(self, scale: float) -> Image.Image:
        """The ink of the text on white, with nothing else drawn."""
        self.drawn.show(texts=True, others=False)
        bare = picture(self.page, scale, gray=True, notes=False)
        self.drawn.show(texts=True, others=True)
        return _ink(bare, Image.new("L", bare.size, 255))

    def _only_text(self) -> bool:
        return not self.drawn.others and pdfium.FPDFPage_GetAnnotCount(self.page) == 0

    def causes(self, read: list[Glyph], gone: list[int], all_layers: Shelter) -> dict[int, Layer]:
        """What hides each of them."""
        alone = self.alone(_CLOSE)
        layered = self._layered(all_layers())
        found = {}
        for i in gone:
            where = pixels(self.view.shown(read[i].drawn), self.view, alone)
            if _any(alone.crop(where)):
                found[i] = Layer.UNDER_BOX
            elif layered is not None and _any(layered.crop(where)):
                found[i] = Layer.OPTIONAL_LAYER
            else:
                found[i] = _inkless(read[i])
        return found

    def _layered(self, page: pypdfium2.PdfPage | None) -> Image.Image | None:
        """Where the page with all layers on differs from the page as it is shown."""
        if page is None:
            return None
        shown = picture(self.page, _CLOSE, gray=True)
        return _ink(picture(page, _CLOSE, gray=True), shown)


def _inkless(glyph: Glyph) -> Layer:
    stroke, (left, bottom, right, top) = glyph.stroke, glyph.drawn
    if stroke is not None and min(stroke.fill[:3]) >= _PALE:
        return Layer.WHITE_TEXT
    flat = right - left < _NO_AREA or top - bottom < _NO_AREA
    if stroke is not None and not stroke.embedded and flat:
        return Layer.VISIBLE  # no font here to draw it with; another machine may have one
    return Layer.HIDDEN_TEXT


def _ink(one: Image.Image, other: Image.Image) -> Image.Image:
    """Black and white: where two pictures differ to the eye."""
    apart = ImageChops.difference(one, other)
    if apart.mode == "RGB":
        red, green, blue = apart.split()
        apart = ImageChops.lighter(red, ImageChops.lighter(green, blue))
    return apart.point(_INKED)


def _any(image: Image.Image) -> bool:
    """Whether there is any white in a black and white picture, even one pixel."""
    return image.width > 0 and image.height > 0 and image.getextrema() != (0, 0)
