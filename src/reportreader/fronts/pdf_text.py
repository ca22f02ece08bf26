"""Characters of a PDF page, gathered into runs and visual lines by where they stand.

The order in which a file draws them is not trusted; rulings are pdf_tables' business.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from reportreader.fronts.limits import MAX_PAGE_GLYPHS, OverLimitError
from reportreader.fronts.pdf_geometry import Box, PageView, centre, hull

_SAMPLES = 64
_SPACE = 0.3  # of the height of the text: a gap that reads as a space
_CELL_GAP = 1.5  # a gap that separates cells of a table without rulings
_SAME_LINE = 0.5  # how far middles of neighbours may lie apart: digits, brackets, superscripts
_LINE_APART = 0.3  # how far middles of separate cells may lie apart on one line
_TWICE = 0.08  # how far the second print of a letter may lie from the first
_UNMAPPED = re.compile(r"\(cid:\d+\)|[\x00-\x08\x0e-\x1f]")  # a glyph without a character
_OVERSIZE = 4.0  # heights of usual text
_ABUTTING = 0.03  # characters of one number touch, but for rounding
_HYPHENS = {"\ufffe": "-", "\x02": "-"}


@dataclass(frozen=True, slots=True)
class Glyph:
    """A visible character in reading direction; `spaced` when white space was drawn before it."""

    text: str
    box: Box
    spaced: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """Characters drawn one after another on one line without a gap wider than a space."""

    glyphs: tuple[Glyph, ...]
    text: str
    box: Box

    @classmethod
    def of(cls, glyphs: Sequence[Glyph]) -> Run:
        """A run of at least one character."""
        text = "".join(glyph.text for glyph in glyphs)
        return cls(tuple(glyphs), text, hull([glyph.box for glyph in glyphs]))


@dataclass(frozen=True, slots=True)
class TextLine:
    """What stands on one line, from left to right."""

    text: str
    box: Box


def page_view(page: pypdfium2.PdfPage, text: pypdfium2.PdfTextPage) -> PageView:
    """The geometry of a page, its reading direction taken from most of its characters."""
    left, bottom, right, top = page.get_mediabox()
    view = PageView(right - left, top - bottom, left, bottom, page.get_rotation() // 90)
    count = text.count_chars()
    step = max(1, count // _SAMPLES)
    angles = (pdfium.FPDFText_GetCharAngle(text, index) for index in range(0, count, step))
    quarters = Counter(round(angle / (math.pi / 2)) % 4 for angle in angles if angle >= 0)
    # Characters drawn upwards (a quarter against the clock) are read after a clockwise quarter.
    return replace(view, reading=-quarters.most_common(1)[0][0] % 4 if quarters else view.rotation)


def glyphs(text: pypdfium2.PdfTextPage, view: PageView) -> list[Glyph]:
    """The characters of a page in drawing order; OverLimitError when there are absurdly many."""
    count = text.count_chars()
    if count > MAX_PAGE_GLYPHS:
        raise OverLimitError("一页上的文字过多，超过读取上限")
    found: list[Glyph] = []
    tight: list[Box] = []
    spaced = False
    for index in range(count):
        character = _character(pdfium.FPDFText_GetUnicode(text, index))
        if character.isspace():
            spaced = True
            continue
        box = view.from_drawn(*text.get_charbox(index, loose=True))
        found.append(Glyph(character, box, spaced))
        tight.append(view.from_drawn(*text.get_charbox(index)))
        spaced = False
    return _plausible(found, tight)


def _character(code: int) -> str:
    if not 0 < code < 0x110000 or 0xD800 <= code < 0xE000:
        return "\ufffd"
    return _HYPHENS.get(chr(code), chr(code))


def traced_view(view: PageView, characters: Sequence[Mapping[str, Any]]) -> PageView:
    """The same from pdfplumber's characters, which stand as displayed."""
    step = max(1, len(characters) // _SAMPLES)
    matrices = (character["matrix"] for character in characters[::step])
    quarters = Counter(round(math.atan2(m[1], m[0]) / (math.pi / 2)) % 4 for m in matrices)
    turn = quarters.most_common(1)[0][0] if quarters else 0
    return replace(view, reading=(view.rotation + turn) % 4)


def traced_glyphs(view: PageView, characters: Sequence[Mapping[str, Any]]) -> list[Glyph]:
    """pdfplumber's characters; those printed twice to look bold are taken once."""
    found: list[Glyph] = []
    printed: set[tuple[str, int, int]] = set()
    spaced = False
    for character in characters:
        text = _UNMAPPED.sub("\ufffd", character["text"])
        if not text or text.isspace():
            spaced = True
            continue
        sides = (character["x0"], character["top"], character["x1"], character["bottom"])
        box = view.from_display(sides)
        across, down = (round(value / (_height(box) * _TWICE)) for value in box[:2])
        around = {(text, across + x, down + y) for x in (-1, 0, 1) for y in (-1, 0, 1)}
        if not around & printed:
            found.append(Glyph(text, box, spaced))
            printed.add((text, across, down))
        spaced = False
    return found


def _plausible(found: list[Glyph], tight: list[Box]) -> list[Glyph]:
    """Fonts for vertical writing report boxes twenty times their size: those are replaced by a
    square of usual size around the ink."""
    if not found:
        return found
    usual = median(_height(glyph.box) for glyph in found)
    for index, (glyph, ink) in enumerate(zip(found, tight, strict=True)):
        height, width = _height(glyph.box), glyph.box[2] - glyph.box[0]
        if height > _OVERSIZE * usual and width > 2 * (ink[2] - ink[0]):
            (across, down), half = centre(ink), usual / 2
            square = (across - half, down - half, across + half, down + half)
            found[index] = replace(glyph, box=square)
    return found


def runs(characters: Iterable[Glyph]) -> list[Run]:
    """Characters joined while they follow one another closely; spaces are written where seen."""
    joined: list[list[Glyph]] = []
    for glyph in characters:
        if joined and _gap(joined[-1][-1], glyph) < _SPACE:
            joined[-1].append(glyph)
        else:
            joined.append([glyph])
    return [Run.of(group) for group in joined]


def cut_at_gap(piece: Run, before: Glyph, after: Glyph) -> bool:
    """Whether two neighbours of a run stand further apart than its other characters do."""
    others = [_gap(one, two) for one, two in pairwise(piece.glyphs) if one is not before]
    return _gap(before, after) > max(others, default=0.0) + _ABUTTING


def lines(pieces: Sequence[Run]) -> list[TextLine]:
    """Runs gathered into visual lines from top to bottom; cell gaps become two spaces."""
    rows: list[list[Run]] = []
    for piece in sorted(pieces, key=lambda run: run.box[1] + run.box[3]):
        if rows and _on_line(rows[-1][-1], piece):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [_line(row) for row in rows]


def _height(box: Box) -> float:
    return max(box[3] - box[1], 1.0)


def _gap(before: Glyph, after: Glyph) -> float:
    """Distance in heights of text; far when another line or a step back or white space lies
    between."""
    height = _height(before.box)
    across = (after.box[0] - before.box[2]) / height
    down = abs(after.box[1] + after.box[3] - before.box[1] - before.box[3]) / (2 * height)
    if after.spaced or down > _SAME_LINE or across < -_SAME_LINE:
        return math.inf
    return across


def _on_line(before: Run, after: Run) -> bool:
    apart = after.box[1] + after.box[3] - before.box[1] - before.box[3]
    return apart <= min(_height(before.box), _height(after.box)) * 2 * _LINE_APART


def _line(row: list[Run]) -> TextLine:
    row = sorted(row, key=lambda run: run.box[0])
    text = row[0].text
    for before, after in pairwise(row):
        gap = (after.box[0] - before.box[2]) / _height(before.box)
        if gap > _CELL_GAP:
            text += "  "
        elif not -_ABUTTING < gap < _SPACE or after.glyphs[0].spaced:
            text += " "  # what was drawn out of order still belongs together when it touches
        text += after.text
    return TextLine(text, hull([run.box for run in row]))
