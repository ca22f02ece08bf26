"""Splits digits that lost the borders of their cells, using only what the form itself prescribes.

A row is solved by its number of cells and its sums. Nothing here looks at other rows: see choose.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

# Beyond these a reading is not worth its price; the cells are then unknown.
MAX_DIGITS = 60
MAX_SOLUTIONS = 64
_MAX_STEPS = 40_000

Row = tuple[int, ...]


class TooManyError(Exception):
    """The search was given up: more readings, or more work, than anyone could use."""


class _Budget:
    """Counts steps of one search, so that no input can make it long."""

    def __init__(self) -> None:
        self.left = _MAX_STEPS

    def spend(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise TooManyError


@lru_cache(maxsize=4096)
def splits_with_totals(digits: str, groups: int, width: int) -> tuple[Row, ...]:
    """Every split of `digits` into `groups` groups of `width` cells, the last cell of each group
    being the sum of the others; numbers have no leading zero.

    Where the digits are as many as the cells there is one split, sums or no sums: a report's own
    mistake in adding does not undo the only reading. Empty when nothing fits; TooManyError when the
    search is not worth finishing.
    """
    if len(digits) == groups * width:
        return (tuple(map(int, digits)),)
    if len(digits) < groups * width or len(digits) > MAX_DIGITS:
        return ()
    found: list[Row] = []
    for row in _groups(digits, groups, width, _Budget()):
        found.append(row)
        if len(found) > MAX_SOLUTIONS:
            raise TooManyError
    return tuple(found)


def splits(digits: str, cells: int) -> tuple[Row, ...]:
    """Every split into that many numbers without leading zeros, no sum to help."""
    if len(digits) < cells or len(digits) > MAX_DIGITS:
        return ()
    found: list[Row] = []
    for row in _plain(digits, cells):
        found.append(row)
        if len(found) > MAX_SOLUTIONS:
            raise TooManyError
    return tuple(found)


def splits_of_fragments(fragments: Sequence[str], width: int) -> tuple[Row, ...]:
    """Splits into `width` cells with total where spaces are borders: only inside a fragment may a
    border be missing."""
    solutions = splits_with_totals("".join(fragments), 1, width)
    borders: set[int] = set()
    position = 0
    for fragment in fragments:
        position += len(fragment)
        borders.add(position)
    return tuple(row for row in solutions if borders <= _borders(row))


def _borders(row: Row) -> set[int]:
    position, seen = 0, set()
    for number in row:
        position += len(str(number))
        seen.add(position)
    return seen


def _groups(digits: str, groups: int, width: int, budget: _Budget) -> Iterator[Row]:
    if groups == 1:
        yield from _group(digits, width, budget)
        return
    # The later groups need at least one digit a cell.
    for end in range(width, len(digits) - (groups - 1) * width + 1):
        for first in _group(digits[:end], width, budget):
            for rest in _groups(digits[end:], groups - 1, width, budget):
                yield first + rest


def _group(digits: str, width: int, budget: _Budget) -> Iterator[Row]:
    parts = width - 1
    for start in range(len(digits) - 1, parts - 1, -1):
        if digits[start] == "0" and start != len(digits) - 1:
            continue
        total = int(digits[start:])
        for row in _summing(digits[:start], parts, total, budget):
            yield (*row, total)


def _summing(digits: str, parts: int, total: int, budget: _Budget) -> Iterator[Row]:
    budget.spend()
    if parts == 1:
        if (digits == "0" or digits[0] != "0") and int(digits) == total:
            yield (total,)
        return
    longest = 1 if digits[0] == "0" else len(digits) - parts + 1
    for length in range(1, longest + 1):
        number = int(digits[:length])
        if number > total:
            return
        for rest in _summing(digits[length:], parts - 1, total - number, budget):
            yield (number, *rest)


def _plain(digits: str, cells: int) -> Iterator[Row]:
    if cells == 1:
        if digits == "0" or digits[0] != "0":
            yield (int(digits),)
        return
    longest = 1 if digits[0] == "0" else len(digits) - cells + 1
    for length in range(1, longest + 1):
        for rest in _plain(digits[length:], cells - 1):
            yield (int(digits[:length]), *rest)
