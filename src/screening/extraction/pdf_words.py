"""Lines of a PDF page as passages, each in the layer where it stands, and what is only a picture.

It arranges what was seen; it decides nothing about sight.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pypdfium2.raw as pdfium

from screening.extraction.pdf_frame import Drawn, Frame
from screening.extraction.pdf_glyphs import Glyph
from screening.extraction.pdf_sight import Seen
from screening.passages import Layer, NotCovered, Passage, Place

_LINE_ENDS = "\r\n"
_NOTABLE = 0.05  # of the page: smaller pictures are seals and ornaments
_GARBLED = 0.2
_OUTLINES = 200  # so many paths on a page without text may be letters drawn as shapes

_Line = list[tuple[Glyph, Layer]]


def lines(seen: Seen, page: int) -> Iterator[Passage]:
    """Visible lines without what is hidden in them; hidden words with the line they stand in,
    for a number may be covered in part."""
    for line in _broken(seen):
        by_layer: dict[Layer, list[Glyph]] = {}
        for glyph, layer in line:
            by_layer.setdefault(layer, []).append(glyph)
        visible = by_layer.pop(Layer.VISIBLE, [])
        yield from _passage(visible, visible, Layer.VISIBLE, seen.frame, page)
        whole = [glyph for glyph, _ in line]
        for layer, hidden in by_layer.items():
            yield from _passage(whole, hidden, layer, seen.frame, page)


def _broken(seen: Seen) -> Iterator[_Line]:
    line: _Line = []
    for glyph, layer in zip(seen.glyphs, seen.layers, strict=True):
        if glyph.char in _LINE_ENDS:
            yield line
            line = []
        else:
            line.append((glyph, layer))
    yield line


def _passage(
    spoken: Sequence[Glyph], placed: Sequence[Glyph], layer: Layer, view: Frame, page: int
) -> Iterator[Passage]:
    text = "".join(_char(glyph) for glyph in spoken).strip()
    drawn = [glyph.drawn for glyph in placed if not glyph.char.isspace()]
    if text:
        box = view.shown(around(drawn)) if drawn else None
        yield Passage(text, Place(layer=layer, page=page, box=box))


def _char(glyph: Glyph) -> str:
    """Control characters (a hyphen at the end of a line is one) are not words."""
    return glyph.char if glyph.char.isprintable() or glyph.char == "\ufffd" else ""


def around(drawn: Sequence[Drawn]) -> Drawn:
    """The rectangle around rectangles."""
    return (
        min(box[0] for box in drawn),
        min(box[1] for box in drawn),
        max(box[2] for box in drawn),
        max(box[3] for box in drawn),
    )


def uncovered(seen: Seen, page: int) -> Iterator[NotCovered]:
    """What of the page could not be read as words."""
    place = Place(page=page)
    area = seen.frame.width * seen.frame.height
    letters = [glyph.char for glyph in seen.glyphs if not glyph.char.isspace()]
    things = [thing for thing in seen.objects.things if _size(thing.drawn) >= area * _NOTABLE]
    pictures = [thing for thing in things if thing.kind == pdfium.FPDF_PAGEOBJ_IMAGE]
    others = len(seen.objects.others)
    if pictures and not letters:
        yield NotCovered(place, "本页是图片，没有文字可读；图片中的文字没有检查")
    elif pictures:
        yield NotCovered(place, "本页有图片，图片中的文字没有检查")
    elif not letters and others:
        drawn = others >= _OUTLINES
        reason = "本页没有文字，可能是画成图形的字，没有检查" if drawn else "本页只有图形，没有检查"
        yield NotCovered(place, reason)
    if letters and letters.count("\ufffd") > len(letters) * _GARBLED:
        yield NotCovered(place, "本页有文字缺少编码，无法辨认，没有检查")


def _size(drawn: Drawn) -> float:
    return max(drawn[2] - drawn[0], 0) * max(drawn[3] - drawn[1], 0)
