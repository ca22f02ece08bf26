"""The difference between two drafts, paragraph by paragraph; it shows and never merges."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

# A number, a date or a Latin word changes as a whole: 60日 → 90日, never 6→9 inside it.
_PIECES = re.compile(r"\d+|[A-Za-z]+|\s+|.", re.DOTALL)


class Change(StrEnum):
    """What happened to a piece of text."""

    SAME = "same"
    INSERTED = "inserted"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that is the same, new or gone."""

    change: Change
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A numbered paragraph of the new draft (0 for one that is gone) and its pieces."""

    number: int
    pieces: tuple[Piece, ...]

    @property
    def changed(self) -> bool:
        """Whether anything in it is new or gone."""
        return any(piece.change is not Change.SAME for piece in self.pieces)


def difference(old: str, new: str) -> tuple[Paragraph, ...]:
    """Compares two texts: paragraphs are aligned first, then compared inside."""
    before, after = old.splitlines(), new.splitlines()
    found: list[Paragraph] = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "replace":
            found += _replaced(before[i1:i2], after[j1:j2], j1)
        else:
            found += [_whole(line, 0, Change.DELETED) for line in before[i1:i2] if tag == "delete"]
            change = Change.SAME if tag == "equal" else Change.INSERTED
            found += [_whole(line, at, change) for at, line in enumerate(after[j1:j2], j1 + 1)]
    return tuple(found)


def _whole(line: str, number: int, change: Change) -> Paragraph:
    return Paragraph(number, (Piece(change, line),))


def _replaced(before: list[str], after: list[str], start: int) -> Iterator[Paragraph]:
    """Pairs replaced paragraphs in order; what is left over is wholly gone or wholly new."""
    for at in range(max(len(before), len(after))):
        if at >= len(after):
            yield _whole(before[at], 0, Change.DELETED)
        elif at >= len(before):
            yield _whole(after[at], start + at + 1, Change.INSERTED)
        else:
            yield Paragraph(start + at + 1, tuple(_pieces(before[at], after[at])))


def _pieces(before: str, after: str) -> Iterator[Piece]:
    old, new = _PIECES.findall(before), _PIECES.findall(after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            yield Piece(Change.SAME, "".join(new[j1:j2]))
            continue
        if i2 > i1:
            yield Piece(Change.DELETED, "".join(old[i1:i2]))
        if j2 > j1:
            yield Piece(Change.INSERTED, "".join(new[j1:j2]))
