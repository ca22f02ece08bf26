"""Finds every place where words stand on the pages of a PDF, and the words under a box.

It reads the text that the file has; words in pictures are not found.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import pairwise

import pypdfium2

from screening.extraction.pdf_frame import Drawn, Frame, frame, opened
from screening.extraction.pdf_glyphs import Glyph, glyphs, objects
from screening.extraction.pdf_guard import damage_refused
from screening.extraction.pdf_replacements import without_replacements
from screening.extraction.pdf_words import around
from screening.passages import Box
from screening.redaction.instructions import Mark

_MARGIN = 1.5  # points around the ink, so that no edge of a letter looks out
_SAME_LINE = 0.5  # of a letter's height
_LEAST_HEIGHT = 4.0  # points: a stroke or a dot is lower than its line
_TOUCHED = 0.2  # of a letter's area under a box makes it marked
_LINE_ENDS = "\r\n"


@dataclass(frozen=True, slots=True)
class WordPlace:
    """Where one of the words stands: one box for each line it runs over."""

    word: str
    page: int
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class _Leaf:
    """The characters of a page that have ink, as compared, and all of them as they stand."""

    view: Frame
    all: list[Glyph]
    inked: list[Glyph]
    text: str
    owner: list[int]  # for each character of `text`, the glyph it comes from


def plain(text: str) -> str:
    """Words as compared: full-width as half-width, no spaces, no line ends, no case."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(char for char in folded if not char.isspace() and char.isprintable())


def find_text(data: bytes, words: Sequence[str]) -> tuple[WordPlace, ...]:
    """All places of these words, over line ends, spacing and full-width forms."""
    wanted = [(word, plain(word)) for word in words if plain(word)]
    found: list[WordPlace] = []
    for number, leaf in enumerate(_leaves(data), start=1):
        for word, folded in wanted:
            for start in _starts(leaf.text, folded):
                touched = sorted(set(leaf.owner[start : start + len(folded)]))
                boxes = _boxes([leaf.inked[index].drawn for index in touched], leaf.view)
                found.append(WordPlace(word, number, boxes))
    return tuple(sorted(found, key=lambda place: (place.page, place.boxes[0].top)))


def _starts(text: str, wanted: str) -> Iterator[int]:
    start = text.find(wanted)
    while start >= 0:
        yield start
        start = text.find(wanted, start + 1)


def _leaves(data: bytes) -> Iterator[_Leaf]:
    with damage_refused(), opened(without_replacements(data)) as document:
        for index in range(len(document)):
            with closing(document[index]) as page:
                yield _leaf(page)


def _leaf(page: pypdfium2.PdfPage) -> _Leaf:
    with closing(page.get_textpage()) as text:
        read = glyphs(text, objects(page))
    inked = [glyph for glyph in read if plain(glyph.char)]
    compared: list[str] = []
    owner: list[int] = []
    for index, glyph in enumerate(inked):
        for char in plain(glyph.char):
            compared.append(char)
            owner.append(index)
    return _Leaf(frame(page), read, inked, "".join(compared), owner)


def _boxes(drawn: Sequence[Drawn], view: Frame) -> tuple[Box, ...]:
    """One box for each line, with a margin, within the page."""
    pairs = list(pairwise(drawn))
    along = sum(_on_one_line(*pair, sideways=False) for pair in pairs)
    sideways = sum(_on_one_line(*pair, sideways=True) for pair in pairs) > along
    lines = [[box] for box in drawn[:1]]
    for before, box in pairs:
        if _on_one_line(before, box, sideways=sideways):
            lines[-1].append(box)
        else:
            lines.append([box])
    return tuple(_widened(view.shown(around(line)), view) for line in lines)


def _on_one_line(one: Drawn, other: Drawn, *, sideways: bool) -> bool:
    """Whether letters stand side by side, or, in words written sideways, above each other."""
    low, high = (0, 2) if sideways else (1, 3)
    height = max(one[high] - one[low], other[high] - other[low], _LEAST_HEIGHT)
    apart = abs((one[low] + one[high]) - (other[low] + other[high])) / 2
    return apart <= height * _SAME_LINE


def _widened(box: Box, view: Frame) -> Box:
    return Box(
        max(box.left - _MARGIN, 0.0),
        max(box.top - _MARGIN, 0.0),
        min(box.right + _MARGIN, view.width),
        min(box.bottom + _MARGIN, view.height),
    )


def text_under(data: bytes, mark: Mark) -> str:
    """The words under one mark, lines apart; to prove that they are gone, never to be kept."""
    return texts_under(data, (mark,))[0]


def texts_under(data: bytes, marks: Sequence[Mark]) -> tuple[str, ...]:
    """The words under each mark, every page read once."""
    found: dict[Mark, str] = dict.fromkeys(marks, "")
    with damage_refused(), opened(without_replacements(data)) as document:
        for number in sorted({mark.page for mark in marks}):
            if not 1 <= number <= len(document):
                continue
            with closing(document[number - 1]) as page:
                leaf = _leaf(page)
            for mark in marks:
                if mark.page == number:
                    found[mark] = _under(leaf, mark.box)
    return tuple(found[mark] for mark in marks)


def _under(leaf: _Leaf, box: Box) -> str:
    """Characters under the box; a line end where one stands between them."""
    pieces: list[str] = []
    for glyph in leaf.all:
        if glyph.char in _LINE_ENDS:
            pieces.append("\n")
        elif plain(glyph.char) and _is_touched(leaf.view.shown(glyph.drawn), box):
            pieces.append(glyph.char)
        elif pieces and pieces[-1] != "\n" and plain(glyph.char):
            pieces.append("\n")
    lines = (line for line in "".join(pieces).split("\n") if line)
    return "\n".join(lines)


def _is_touched(letter: Box, box: Box) -> bool:
    wide = min(letter.right, box.right) - max(letter.left, box.left)
    high = min(letter.bottom, box.bottom) - max(letter.top, box.top)
    area = max((letter.right - letter.left) * (letter.bottom - letter.top), 0.01)
    return wide >= 0 and high >= 0 and wide * high >= area * _TOUCHED
