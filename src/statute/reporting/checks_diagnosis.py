"""Which one cell explains several faults, and what it would have to be.

It proposes, it never corrects: what was printed stays, and a clerk decides.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from statute.reporting.cells import UNKNOWN, Candidates, CellRef, Gap, Number
from statute.reporting.checks_sums import Equation, Result, Status


@dataclass(frozen=True, slots=True)
class Suspect:
    """A cell which, if it held another value, would settle the faults it explains.

    `alone` is true when no other cell could settle any of them; otherwise the suspects that share a
    fault are alternatives, and the report does not say which is wrong.
    """

    cell: CellRef
    found: Number
    would_have_to_be: Number
    explains: tuple[Result, ...]
    alone: bool


_Change = tuple[CellRef, Number, Number]  # cell, value found, value it would have to be


def diagnose(results: Iterable[Result]) -> tuple[Suspect, ...]:
    """Single changes that settle faults, those that settle most first.

    A change must leave every sum that holds as it is, must not make a count negative, and is left
    out when another change settles all that it settles and more. Only sums without unknown cells
    take part; blanks are read as they are in the checks. A fault that no single change can settle
    (two errors that offset each other) gets no suspect.
    """
    known = [sums for one in results for sums in _known_sums(one)]
    faults = [one for one in known if one.result.status is Status.FAULT]
    bound = {ref for one in known if one.result.status is Status.HELD for ref in one.equation.cells}
    explained: dict[_Change, set[int]] = defaultdict(set)
    for place, fault in enumerate(faults):
        for change in _changes(fault):
            if change[0] not in bound:
                explained[change].add(place)
    return tuple(_suspects(_best(explained), [fault.result for fault in faults]))


@dataclass(frozen=True, slots=True)
class _Sum:
    result: Result
    equation: Equation
    difference: Number


def _known_sums(result: Result) -> tuple[_Sum, ...]:
    """The result as a sum, if it is one and every cell of it is a number or a blank."""
    equation, difference = result.equation, result.difference
    unclear = any(value is UNKNOWN or isinstance(value, Candidates) for value in result.values)
    if equation is None or difference is None or unclear:
        return ()
    return (_Sum(result, equation, difference),)


def _changes(fault: _Sum) -> Iterator[_Change]:
    cells, values = fault.equation.cells, fault.result.values
    split = len(fault.equation.expected)
    for place, (ref, value) in enumerate(zip(cells, values, strict=True)):
        if isinstance(value, Gap | Candidates):
            continue
        wanted = value + fault.difference if place < split else value - fault.difference
        if wanted >= 0 or ref.column == "delta":
            yield ref, value, wanted


def _best(explained: dict[_Change, set[int]]) -> list[tuple[_Change, frozenset[int]]]:
    sets = {change: frozenset(places) for change, places in explained.items()}
    by_fault = _by_fault(sets.values())
    kept = [
        (change, places)
        for change, places in sets.items()
        if not any(places < other for other in by_fault[min(places)])
    ]
    return sorted(kept, key=lambda one: (-len(one[1]), min(one[1])))


def _by_fault(sets: Iterable[frozenset[int]]) -> dict[int, set[frozenset[int]]]:
    """The sets in which each fault occurs, so that only sets that share one are compared."""
    found: dict[int, set[frozenset[int]]] = defaultdict(set)
    for places in set(sets):
        for place in places:
            found[place].add(places)
    return found


def _suspects(
    kept: list[tuple[_Change, frozenset[int]]], faults: list[Result]
) -> Iterator[Suspect]:
    cells: dict[int, set[CellRef]] = defaultdict(set)
    for (ref, _, _), places in kept:
        for place in places:
            cells[place].add(ref)
    for (ref, found, wanted), places in kept:
        explains = tuple(faults[place] for place in sorted(places))
        alone = all(cells[place] == {ref} for place in places)
        yield Suspect(ref, found, wanted, explains, alone)
