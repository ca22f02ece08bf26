"""What every search is given, and what it gives: the joined text, sightings of cues, the day; hits.

A hit is still bare: it knows where, not yet what may be shown of it (screening.findings.search).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from screening.findings.finding import Kind, Severity
from screening.findings.joined import Joined, Squeezed
from screening.findings.tables import Tables
from screening.findings.word_lists import WordLists
from screening.passages import Extraction
from statute.citations import Citation


@dataclass(frozen=True, slots=True)
class Sighting:
    """A cue seen in the squeezed text."""

    cue: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Scene:
    """One file laid out for searching.

    `begins` gives where each passage begins in the joined text.
    """

    extraction: Extraction
    joined: Joined
    squeezed: Squeezed
    sightings: Mapping[str, Sequence[Sighting]]
    tables: Tables
    begins: Mapping[int, int]
    lists: WordLists
    today: date

    def head(self, position: int) -> str:
        """The head of the column in which a place of the joined text stands, or ""."""
        if not self.tables.tables:
            return ""
        return self.tables.head(self.joined.order[self.joined.piece(position)])

    def stretch(self, index: int) -> tuple[int, int]:
        """Where a passage stands in the joined text."""
        start = self.begins[index]
        return start, start + len(self.extraction.passages[index].text)

    def before(self, position: int, reach: int) -> str:
        """The head of the column and the words before a place, no further than its row."""
        text = self.joined.text[max(0, position - reach) : position]
        return self.head(position) + text.rpartition("\0\0")[2]

    def after(self, position: int, reach: int) -> str:
        """The words behind a place, no further than its row."""
        return self.joined.text[position : position + reach].partition("\0\0")[0]


@dataclass(frozen=True, slots=True)
class Hit:
    """A stretch of the joined text. `masked` is what may be shown of it, None: all of it.

    `words` stand for the stretch in the key where the stretch alone does not tell (a whole layer).
    """

    kind: Kind
    severity: Severity
    start: int
    end: int
    says: str
    suggestion: str
    rule: Citation
    masked: str | None = None
    words: tuple[str, ...] = field(default=())


Search = Callable[[Scene], Iterable[Hit]]
