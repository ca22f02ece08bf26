"""The passages of a file as one text, so that what is broken over lines or cells is searched whole.

Lines that follow one another stand a newline apart, cells of a row one NUL, all else two; no
search crosses the latter. The words themselves are not changed, so that places stay true.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from screening.passages import Extraction, Passage, Place

LINE, CELL, BREAK = "\n", "\0", "\0\0"

# White space, zero-width characters and marks of direction; CJK words are broken by all of them.
INVISIBLE = "\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufe00-\ufe0f"
_GAPS = re.compile(rf"[\s{INVISIBLE}]+(?=[^\x00-\x7f])")


@dataclass(frozen=True, slots=True)
class Squeezed:
    """The text without gaps between Chinese characters, for searches of words."""

    text: str
    _cuts: Sequence[int]  # places in `text` before which something was taken out
    _gone: Sequence[int]  # how much was taken out up to each of them

    def raw(self, position: int) -> int:
        """The place in the joined text of a character here."""
        cut = bisect_right(self._cuts, position)
        return position + (self._gone[cut - 1] if cut else 0)

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """A stretch here as a stretch of the joined text."""
        return self.raw(start), self.raw(end - 1) + 1


@dataclass(frozen=True, slots=True)
class Joined:
    """One text, and for each piece of it the passage it came from and where it begins."""

    text: str
    passages: tuple[Passage, ...]
    order: Sequence[int]  # index of the passage of each piece
    starts: Sequence[int]  # where each piece begins

    def piece(self, position: int) -> int:
        """Which piece a place belongs to."""
        return bisect_right(self.starts, position) - 1

    def passage(self, position: int) -> Passage:
        """The passage a place belongs to."""
        return self.passages[self.order[self.piece(position)]]

    def bounds(self, position: int) -> tuple[int, int]:
        """Where the passage around a place begins and ends."""
        piece = self.piece(position)
        return self.starts[piece], self.starts[piece] + len(self._words(piece))

    def pieces(self, start: int, end: int) -> Iterator[tuple[int, int, int]]:
        """(passage, start, end within it) for every passage a stretch touches."""
        piece = self.piece(start)
        while piece < len(self.starts) and self.starts[piece] < end:
            begin = self.starts[piece]
            first, last = max(start - begin, 0), min(end - begin, len(self._words(piece)))
            if first < last:
                yield self.order[piece], first, last
            piece += 1

    def _words(self, piece: int) -> str:
        return self.passages[self.order[piece]].text


def joined(extraction: Extraction) -> Joined:
    """Brings together what belongs together: a page's lines of one layer, a table's rows."""
    passages = extraction.passages
    groups: dict[tuple[object, ...], list[int]] = {}
    for index, passage in enumerate(passages):
        groups.setdefault(_group(passage.place), []).append(index)
    order = [index for group in groups.values() for index in group]
    parts: list[str] = []
    before: Place | None = None
    for index in order:
        place = passages[index].place
        if before is not None:
            parts.append(_joint(before, place))
        parts.append(passages[index].text)
        before = place
    ends = list(accumulate(map(len, parts)))
    starts = [0, *ends[1::2]] if order else []
    return Joined("".join(parts), passages, order, starts[: len(order)])


def _group(place: Place) -> tuple[object, ...]:
    if place.table or place.cell:
        return (place.inside, place.sheet, place.table)
    return (place.inside, place.sheet, place.layer, place.page, place.part)


def _joint(before: Place, after: Place) -> str:
    if _group(before) != _group(after):
        return BREAK
    if after.table or after.cell:
        return CELL if before.row == after.row and before.row else BREAK
    if after.page or 0 <= after.paragraph - before.paragraph <= 1:
        return LINE
    return BREAK


def squeezed(text: str) -> Squeezed:
    """Takes out the gaps between characters that are not ASCII."""
    parts, cuts, gone = [], [], []
    done = total = 0
    for match in _GAPS.finditer(text):
        start, end = match.span()
        if start == 0 or text[start - 1] < "\x80":
            continue
        parts.append(text[done:start])
        total += end - start
        cuts.append(end - total)
        gone.append(total)
        done = end
    parts.append(text[done:])
    return Squeezed("".join(parts), cuts, gone)
