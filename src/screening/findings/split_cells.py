"""Numbers spread over the cells of a row, as in forms with a box for each digit.

Only what carries a check digit, or one digit a cell: figures of a budget stand side by side too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from screening.findings.scene import Scene
from statute.check_digits import compact, is_resident_id, passes_luhn
from statute.identity import Kind as NumberKind

_ROW = re.compile(
    r"(?<![^\x00])[0-9０-９]{1,17}(?:\x00[0-9０-９]{1,17}){0,17}(?:\x00[0-9０-９XxＸｘ]{1,12})(?![^\x00])"
)
_MOBILE = re.compile(r"1[3-9]\d{9}")
_LONGEST = 19


def split_numbers(scene: Scene) -> Iterator[tuple[int, int, NumberKind, str]]:
    """Where in the joined text, what, and its digits."""
    for row in _ROW.finditer(scene.joined.text):
        cells = row[0].split("\0")
        sizes = [len(cell) for cell in cells]
        first = 0
        while first < len(cells) - 1:
            found = _from(cells, sizes, first)
            if found is None:
                first += 1
                continue
            count, kind, value = found
            start = row.start() + sum(sizes[:first]) + first
            yield start, start + sum(sizes[first : first + count]) + count - 1, kind, value
            first += count


def _from(cells: list[str], sizes: list[int], first: int) -> tuple[int, NumberKind, str] | None:
    """The number that begins in a cell: how many cells, what, its digits."""
    length = 0
    for last in range(first, len(cells)):
        length += sizes[last]
        if length > _LONGEST:
            break
        if length == 18 and last > first:
            value = compact("".join(cells[first : last + 1]))
            if is_resident_id(value):
                return last - first + 1, NumberKind.RESIDENT_ID, value
    return _boxed(cells, sizes, first)


def _boxed(cells: list[str], sizes: list[int], first: int) -> tuple[int, NumberKind, str] | None:
    """One digit in each cell, as many as the row has."""
    if first > 0 and sizes[first - 1] == 1:
        return None
    count = 0
    while first + count < len(cells) and sizes[first + count] == 1:
        count += 1
    value = compact("".join(cells[first : first + count]))
    if _MOBILE.fullmatch(value):
        return count, NumberKind.MOBILE, value
    if 16 <= count <= 19 and value.isdigit() and passes_luhn(value):
        return count, NumberKind.BANK_CARD, value
    return None
