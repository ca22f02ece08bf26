"""Whether sums hold when cells may be blank, unknown or undecided: one verdict per equation.

It does not know which cells of a report belong together (see checks_footing and its siblings).

Blank rule: a blank stays blank and adds nothing to a sum. The sum is held if it then balances, a
fault only if no filling of the blanks with numbers of 0 or more can balance it, and otherwise not
assessable, naming the difference that is missing. An unknown cell is never read as 0.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from statute.reporting.cells import BLANK, UNKNOWN, Candidates, Cell, CellRef, Gap, Number
from statute.reporting.checks_rules import Rule

BLANKS_AS_ZERO: Final = "空白按 0 读"
_TOO_MANY: Final = 4096  # sums of alternatives beyond which only the smallest and largest are kept


class Status(StrEnum):
    """What can be said of a rule on what is known."""

    HELD = "held"
    FAULT = "fault"
    NOT_ASSESSABLE = "not_assessable"


@dataclass(frozen=True, slots=True)
class Equation:
    """Two groups of cells whose sums must be equal."""

    expected: tuple[CellRef, ...]
    found: tuple[CellRef, ...]

    @property
    def cells(self) -> tuple[CellRef, ...]:
        """All cells that take part, the expected side first."""
        return self.expected + self.found


@dataclass(frozen=True, slots=True)
class Result:
    """What a rule says about some cells.

    `expected` and `found` are the two sums over the known cells (None where there is no one such
    number), `difference` is found − expected. `equation` with its `values` (in the order of its
    cells) is there when the rule is a sum; diagnosis reads it.
    """

    rule: Rule
    status: Status
    cells: tuple[CellRef, ...] = ()
    expected: Number | None = None
    found: Number | None = None
    difference: Number | None = None
    note: str = ""
    equation: Equation | None = None
    values: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """A status with the two sums it rests on, not yet bound to a rule."""

    status: Status
    expected: Number | None
    found: Number | None
    difference: Number | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class _Side:
    sums: frozenset[Number]  # every sum the known and undecided cells allow
    blank: bool
    unknown: bool
    coarse: bool  # only the smallest and largest sums were kept

    @property
    def open(self) -> bool:
        return self.blank or self.unknown

    @property
    def only(self) -> Number | None:
        return next(iter(self.sums)) if len(self.sums) == 1 else None


def assess(
    rule: Rule,
    equation: Equation,
    values: tuple[Cell, ...],
    *,
    either_way: bool = False,
) -> Result:
    """Judges an equation on the values of its cells, given in the order of `equation.cells`.

    `either_way` says that a gap may also be filled with a negative number (本年增/减).
    """
    split = len(equation.expected)
    verdict = balance(values[:split], values[split:], either_way=either_way)
    return bind(rule, equation.cells, verdict, equation=equation, values=values)


def bind(
    rule: Rule,
    cells: tuple[CellRef, ...],
    verdict: Verdict,
    *,
    equation: Equation | None = None,
    values: tuple[Cell, ...] = (),
) -> Result:
    """A verdict as the result of a rule on its cells."""
    return Result(
        rule,
        verdict.status,
        cells,
        verdict.expected,
        verdict.found,
        verdict.difference,
        verdict.note,
        equation,
        values,
    )


def not_assessable(rule: Rule, cells: Iterable[CellRef], note: str) -> Result:
    """A result that only says why nothing can be said."""
    return Result(rule, Status.NOT_ASSESSABLE, tuple(cells), note=note)


def balance(
    expected: tuple[Cell, ...], found: tuple[Cell, ...], *, either_way: bool = False
) -> Verdict:
    """Whether the two sums are equal, by the blank rule of this module."""
    left, right = _side(expected), _side(found)
    if len(left.sums) == len(right.sums) == 1 and not (left.open or right.open):
        return _exact(next(iter(left.sums)), next(iter(right.sums)))
    differences = {have - want for want in left.sums for have in right.sums}
    known = next(iter(differences)) if len(differences) == 1 else None
    unknown = left.unknown or right.unknown
    if known == 0 and not unknown:
        return Verdict(Status.HELD, left.only, right.only, 0, BLANKS_AS_ZERO)
    if not _can_balance(left, right, differences, either_way=either_way):
        note = "已知各项已不可能相符，空缺各格填任何数都不能补平" if left.open or right.open else ""
        return Verdict(Status.FAULT, left.only, right.only, known, note)
    return Verdict(
        Status.NOT_ASSESSABLE, left.only, right.only, known, _why_open(known, unknown=unknown)
    )


def at_least(greater: tuple[Cell, ...], lesser: tuple[Cell, ...]) -> Verdict:
    """Whether the first sum is not less than the second; `expected` is the second, the floor."""
    high, low = _side(greater), _side(lesser)
    difference = None
    if high.only is not None and low.only is not None:
        difference = high.only - low.only
    enough = min(high.sums) >= max(low.sums)
    if enough and not (high.unknown or low.unknown):
        note = BLANKS_AS_ZERO if high.blank or low.blank else ""
        return Verdict(Status.HELD, low.only, high.only, difference, note)
    if max(high.sums) < min(low.sums) and not high.open:
        return Verdict(Status.FAULT, low.only, high.only, difference)
    unknown = high.unknown or low.unknown
    note = _why_open(difference, unknown=unknown)
    return Verdict(Status.NOT_ASSESSABLE, low.only, high.only, difference, note)


def _exact(want: Number, have: Number) -> Verdict:
    status = Status.HELD if want == have else Status.FAULT
    return Verdict(status, want, have, have - want)


def _can_balance(left: _Side, right: _Side, differences: set[Number], *, either_way: bool) -> bool:
    smallest, largest = min(differences), max(differences)
    coarse = left.coarse or right.coarse
    reachable = smallest <= 0 <= largest if coarse else 0 in differences
    if reachable or (either_way and (left.open or right.open)):
        return True
    # A gap on a side can only raise that side's sum.
    return (left.open and largest > 0) or (right.open and smallest < 0)


def _why_open(difference: Number | None, *, unknown: bool) -> str:
    if difference is None:
        return "有的格读法不止一种，有的相符、有的不符"
    if difference == 0:
        return "已知各项相等，看不清的格须为 0 才相符"
    kind = "看不清的格" if unknown else "空白格"
    return f"已知各项相差 {abs(difference)}，{kind}补足此数才相符"


def _side(cells: tuple[Cell, ...]) -> _Side:
    total: Number = 0
    blank = unknown = False
    undecided: list[Candidates] = []
    for cell in cells:
        if type(cell) is int:  # nearly every cell
            total += cell
        elif isinstance(cell, Gap):
            blank = blank or cell is BLANK
            unknown = unknown or cell is UNKNOWN
        elif isinstance(cell, Candidates):
            undecided.append(cell)
            blank = blank or BLANK in cell.values
        else:
            total += cell
    if not undecided:
        return _Side(frozenset((total,)), blank, unknown, coarse=False)
    sums, coarse = _reachable(total, undecided)
    return _Side(sums, blank, unknown, coarse)


def _reachable(total: Number, undecided: list[Candidates]) -> tuple[frozenset[Number], bool]:
    sums: set[Number] = {total}
    coarse = False
    for cell in undecided:
        # Blank as one of the alternatives adds nothing, like any blank.
        numbers = [0 if isinstance(value, Gap) else value for value in cell.values]
        sums = {known + number for known in sums for number in numbers}
        if len(sums) > _TOO_MANY:
            sums, coarse = {min(sums), max(sums)}, True
    return frozenset(sums), coarse
