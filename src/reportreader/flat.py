"""A report as one run of text, with the Chinese characters alone beside it for finding labels.

Labels are sought among the characters only, so that spaces, values and page numbers inside a label
do not hide it. What stands behind the labels is read by the flat_* modules.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from reportreader.document import Document, Grid, Line, Place
from reportreader.normalise import LETTERS, normalise
from reportreader.reading import NOWHERE
from reportreader.tokens import without_page_marks

_SENTENCE = 10  # characters of a lone cell that may be a sentence or a title
_WIDE_GAP = re.compile(" {3,}")  # how wide does not matter, and costs time
_LINE_ENDS = ("\n", "\f", "\v")


@dataclass(frozen=True, slots=True)
class FlatText:
    """Normalised text; `han` is its Chinese characters, `runs` where each run of them begins (in
    `han`, in `text`); `starts` and `places` say which line an offset is on."""

    text: str
    han: str
    runs: tuple[tuple[int, ...], tuple[int, ...]]
    starts: tuple[int, ...]
    places: tuple[Place, ...]

    def offset(self, index: int) -> int:
        """Where in the text the character of `han` with this index stands."""
        in_han, in_text = self.runs
        run = bisect_right(in_han, index) - 1
        return in_text[run] + index - in_han[run]

    def han_index(self, offset: int) -> int:
        """Index in `han` of the first character at or after this offset of the text."""
        in_han, in_text = self.runs
        run = bisect_right(in_text, offset) - 1
        if run < 0:
            return 0
        end = in_han[run + 1] if run + 1 < len(in_han) else len(self.han)
        return min(in_han[run] + offset - in_text[run], end)

    def line_number(self, offset: int) -> int:
        """Which line (from 0) an offset is on."""
        return bisect_right(self.starts, offset) - 1

    def lines(self) -> list[str]:
        """The lines, normalised, as `starts` numbers them."""
        return self.text.split("\n")

    def place(self, offset: int) -> Place:
        """Where in the file an offset stands."""
        return self.places[self.line_number(offset)] if self.places else NOWHERE


def flatten(document: Document, unused: Sequence[Grid] = ()) -> FlatText:
    """Lines of the document in order; of grids, rows that hold one long text only, for some
    converters put whole pages of sentences into a table; and all of those grids that showed no row
    of the form, as barred lines."""
    lines: list[str] = []
    places: list[Place] = []
    wanted = {id(grid) for grid in unused}
    for block in document.blocks:
        if isinstance(block, Line):
            lines.append(_barred(block.text) if "\t" in block.text else block.text)
            places.append(block.place)
        elif isinstance(block, Grid):
            for line in _lines_of(block, whole=id(block) in wanted):
                lines.append(line.text)
                places.append(line.place)
    return flat_text(lines, places)


def _lines_of(grid: Grid, *, whole: bool) -> Iterator[Line]:
    for row in grid.rows():
        filled = [cell for cell in row if cell.text]
        if len(filled) == 1 and (whole or len(filled[0].text) >= _SENTENCE):
            yield Line(filled[0].text.replace("\n", " "), filled[0].place)
        elif whole and row:
            text = " | ".join(cell.text.replace("\n", " ") for cell in row) + " |"
            yield Line(text, row[0].place)


def _barred(line: str) -> str:
    """Tabs copied out of a table are borders like bars."""
    return line.replace("\t", " | ") if line.count("\t") > 1 else line


def flat_text(lines: Sequence[str], places: Sequence[Place] = ()) -> FlatText:
    """The flat form of these lines; a line that itself holds line ends keeps its one place."""
    text = _WIDE_GAP.sub("  ", normalise("\n".join(lines)))
    text = without_page_marks(text)
    if len(places) != len(lines):
        places = [Place(line=number) for number in range(1, len(lines) + 1)]
    broken = text.split("\n")
    if len(broken) != len(lines):
        places = [
            place
            for line, place in zip(lines, places, strict=True)
            for _ in range(1 + sum(map(line.count, _LINE_ENDS)))
        ]
    starts = list(accumulate((len(line) + 1 for line in broken[:-1]), initial=0))
    matches = list(LETTERS.finditer(text))
    pieces = [match[0] for match in matches]
    in_han = tuple(accumulate(map(len, pieces[:-1]), initial=0)) if pieces else ()
    in_text = tuple(match.start() for match in matches)
    return FlatText(text, "".join(pieces), (in_han, in_text), tuple(starts), tuple(places))
