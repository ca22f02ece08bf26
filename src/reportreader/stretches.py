"""What stands behind a label in flat text: barred cells, or numbers up to the next words.

It cuts; how many numbers a row needs and what they mean is decided by the row readers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from reportreader.flat import FlatText
from reportreader.normalise import LETTER, letters
from reportreader.occurrences import Occurrence
from reportreader.tokens import matches_in, without_remarks

_BAR_FIRST = re.compile(r"[^|\n\d]{0,24}\n?[^\S\n]*\|")
# The numeral of a label that was not recognised is no value, though glued to one.
_LABEL_NUMERAL = re.compile(r"\d(?=[^\S\n]?[.、][^\S\n]?[\u3400-\u9fff])")
# A heading printed downwards beside the table leaves its characters anywhere.
_VERTICAL = str.maketrans("", "", "三本年度办理结果")
_STRAY_LETTERS = 2
_COUNTED = re.compile(r"\s*[件条起份宗个次]")


@dataclass(frozen=True, slots=True)
class Stretch:
    """The tokens behind one label with their offsets; `cells` when bars bound them; `foreign` when
    unknown words stood where values should; `counted` when a counter makes it a sentence."""

    tokens: tuple[str, ...]
    offsets: tuple[int, ...]
    end: int
    cells: tuple[str, ...] | None = None
    foreign: bool = False
    cut: bool = False

    @property
    def barred(self) -> bool:
        """Whether bars say where each cell begins and ends."""
        return self.cells is not None


def stretch_behind(
    flat: FlatText, label: Occurrence, until: int | None, *, money: bool = False
) -> Stretch:
    """What stands behind this label, up to `until` (the next label, None for the end of text)."""
    limit = len(flat.text) if until is None else until
    segment = flat.text[label.end : limit]
    bar = _BAR_FIRST.match(segment)
    if bar is not None:
        return _barred(segment, bar.end(), label.end, last=until is None)
    return _running(segment, label.end, last=until is None, money=money)


def _barred(segment: str, begin: int, base: int, *, last: bool) -> Stretch:
    cells: list[str] = []
    offsets: list[int] = []
    position = begin
    end = base + begin
    pieces = segment[begin:].split("|")
    for number, piece in enumerate(pieces):
        text = without_remarks(piece)
        words = letters(text)
        if words and not (any(map(str.isdecimal, text)) and len(words) <= _STRAY_LETTERS):
            # The last cell of a row may have no bar behind it, only the next words.
            text = _first_line(text)
            if text and not letters(text):
                cells.append(text)
                offsets.append(base + position + piece.find(text))
                end = offsets[-1] + len(text)
            break
        final = number == len(pieces) - 1
        if final and not text.strip():
            break
        cells.append(text.strip())
        offsets.append(base + position + len(piece) - len(piece.lstrip()))
        position += len(piece) + 1
        end = base + min(position, len(segment))
    tokens = tuple(cell for cell in cells if cell)
    cut = last and not segment[end - base :].strip()
    return Stretch(tokens, tuple(offsets), end, tuple(cells), cut=cut)


def _first_line(text: str) -> str:
    head, line_end, _ = text.lstrip().partition("\n")
    return head.strip() if line_end else ""


def _running(segment: str, base: int, *, last: bool, money: bool) -> Stretch:
    worded = LETTER.search(segment) is not None
    text = _LABEL_NUMERAL.sub("、", segment) if worded else segment
    tokens: list[str] = []
    offsets: list[int] = []
    end = 0
    for match in matches_in(text, money=money):
        if worded:
            between = without_remarks(text[end : match.start()])
            if tokens and LETTER.search(between):
                break
            if not tokens and _foreign(between):
                return Stretch((), (), base, foreign=True)
            if not money and _COUNTED.match(text, match.end()):
                return Stretch((), (), base, foreign=True)
        tokens.append(match[0].replace(" ", ""))
        offsets.append(base + match.start())
        end = match.end()
    cut = last and not segment[end:].strip()
    return Stretch(tuple(tokens), tuple(offsets), base + end, cut=cut)


def _foreign(between: str) -> bool:
    return len(letters(without_remarks(between)).translate(_VERTICAL)) > _STRAY_LETTERS
