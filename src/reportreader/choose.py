"""Chooses among the readings that a row leaves open, by the sums that bind rows to each other.

It never touches a row with one reading: a report's own mistake must not undo what is plainly there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product

from reportreader.draft import RowReading, from_solutions
from reportreader.solve import Row
from statute.reporting.cells import Gap

_WIDTH = 7
_MOST_COMBINATIONS = 4096
# Signed terms that add up to zero in each column (law: the two sums printed in the form's corner).
_CARRY: tuple[tuple[str, int], ...] = (("a1", 1), ("a2", 1), ("r_sum", -1), ("a4", -1))


def choose(rows: dict[str, RowReading]) -> None:
    """Narrows open rows in place, until neither sum narrows any further."""
    changed = any(reading.open for reading in rows.values())
    while changed:
        changed = False
        for equation in _equations(rows):
            changed = _narrow(rows, equation) or changed


def _equations(rows: Mapping[str, RowReading]) -> Iterator[tuple[tuple[str, int], ...]]:
    if all(row in rows for row, _ in _CARRY):
        yield _CARRY
    outcomes = tuple((row, 1) for row in rows if row.startswith("r_") and row != "r_sum")
    # A row that is not visible would be missing from the sum; nineteen is the least a form has.
    if "r_sum" in rows and len(outcomes) >= 19:
        yield (*outcomes, ("r_sum", -1))


def _narrow(rows: dict[str, RowReading], equation: tuple[tuple[str, int], ...]) -> bool:
    """Keeps, for each open row of the equation, the readings that some balanced choice uses."""
    open_rows = [(row, sign) for row, sign in equation if rows[row].open]
    if not open_rows:
        return False
    fixed = [0] * _WIDTH
    for row, sign in equation:
        if not rows[row].open:
            for column, cell in enumerate(rows[row].cells):
                if not isinstance(cell, int):
                    if cell is Gap.BLANK:
                        continue
                    return False
                fixed[column] += sign * cell
    size = 1
    for row, _ in open_rows:
        size *= len(rows[row].open)
    if size > _MOST_COMBINATIONS:
        return False
    balanced = [
        choice
        for choice in product(*(rows[row].open for row, _ in open_rows))
        if _balances(fixed, choice, [sign for _, sign in open_rows])
    ]
    return _keep(rows, [row for row, _ in open_rows], balanced)


def _balances(fixed: list[int], choice: tuple[Row, ...], signs: list[int]) -> bool:
    return all(
        fixed[column] + sum(sign * row[column] for sign, row in zip(signs, choice, strict=True))
        == 0
        for column in range(_WIDTH)
    )


def _keep(rows: dict[str, RowReading], names: list[str], balanced: list[tuple[Row, ...]]) -> bool:
    if not balanced:
        return False
    changed = False
    for place, name in enumerate(names):
        left = tuple(dict.fromkeys(choice[place] for choice in balanced))
        if len(left) < len(rows[name].open):
            narrowed = from_solutions(left)
            narrowed.places = rows[name].places
            rows[name] = narrowed
            changed = True
    return changed
