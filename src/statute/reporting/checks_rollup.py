"""A government's report against those of its bodies (X15): every cell is the sum of theirs.

It does not decide which bodies belong to a government, nor whether one of them is missing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from statute.reporting.cells import (
    APPLICANT_COLUMNS,
    UNKNOWN,
    Candidates,
    Cell,
    CellRef,
    Figures,
    Gap,
    Number,
    Table,
)
from statute.reporting.checks_footing import dispute_ref, proactive_ref, request_ref
from statute.reporting.checks_rules import RULES
from statute.reporting.checks_sums import Equation, Result, assess, not_assessable
from statute.reporting.forms import Unit

NO_SHARED_CASES: Final[Mapping[str, int]] = MappingProxyType({})
SHARED: Final = "重复计入的共同被告案件"
_YUAN: Final[Mapping[str, int]] = MappingProxyType({"元": 1, "万元": 10_000})


def roll_up(
    parent: Figures,
    children: Sequence[Figures],
    *,
    shared: Mapping[str, int] = NO_SHARED_CASES,
) -> tuple[Result, ...]:
    """X15 for every visible cell of the parent; nothing when no children are given.

    `shared` says by cell of table four how many suits two children both counted because the
    reviewing body was sued as co-defendant (〔2016〕201号: only the original body counts them).
    Money is compared in 元; where its unit is not known the cell is not assessable.
    """
    if not children:
        return ()
    names = _names(children)
    return (
        *_requests(parent, children, names),
        *_disputes(parent, children, names, shared),
        *_proactive(parent, children, names),
    )


def _names(children: Sequence[Figures]) -> tuple[str, ...]:
    """A name for each child; its place in the list where it has none or shares it."""
    names = [child.agency or "" for child in children]
    return tuple(
        name if name and names.count(name) == 1 else f"第 {place} 份{name}"
        for place, name in enumerate(names, 1)
    )


def _requests(
    parent: Figures, children: Sequence[Figures], names: tuple[str, ...]
) -> Iterator[Result]:
    for row, cells in (parent.requests or {}).items():
        for column, cell in zip(APPLICANT_COLUMNS, cells, strict=True):
            refs = tuple(request_ref(row, column, name) for name in names)
            values = tuple(child.request(row, column) for child in children)
            equation = Equation(refs, (request_ref(row, column),))
            yield assess(RULES["X15"], equation, (*values, cell))


def _disputes(
    parent: Figures,
    children: Sequence[Figures],
    names: tuple[str, ...],
    shared: Mapping[str, int],
) -> Iterator[Result]:
    for name, cell in (parent.disputes or {}).items():
        refs = tuple(dispute_ref(name, child) for child in names)
        values = tuple(child.dispute(name) for child in children)
        found: tuple[CellRef, ...] = (dispute_ref(name),)
        here: tuple[Cell, ...] = (cell,)
        if shared.get(name):
            found += (CellRef(Table.PROSE, name, report=SHARED),)
            here += (shared[name],)
        yield assess(RULES["X15"], Equation(refs, found), values + here)


def _proactive(
    parent: Figures, children: Sequence[Figures], names: tuple[str, ...]
) -> Iterator[Result]:
    if parent.form is None or not parent.proactive:
        return
    rows = parent.form.proactive_rows
    if any(child.edition != parent.edition for child in children):
        yield not_assessable(RULES["X15"], (), "所辖机关的年报格式与汇总报告不同，表二不能相加")
        return
    for row in (name for name in parent.proactive if name in rows):
        for column in rows[row][1]:
            cells = tuple(proactive_ref(row, column.id, name) for name in names)
            values = tuple(
                _comparable(one, row, column.id, column.unit) for one in (*children, parent)
            )
            equation = Equation(cells, (proactive_ref(row, column.id),))
            yield assess(RULES["X15"], equation, values)


def _comparable(figures: Figures, row: str, column: str, unit: Unit) -> Cell:
    """A cell in a unit that can be added up: money in 元, anything else as it is."""
    cell = figures.published(row, column)
    if unit in (Unit.PIECE, Unit.ITEM) or isinstance(cell, Gap):
        return cell
    printed = figures.units.get(row) or (unit.value if unit is Unit.YUAN_10K else None)
    factor = _YUAN.get(printed or "")
    if factor is None:
        return cell if cell == 0 else UNKNOWN
    if isinstance(cell, Candidates):
        return Candidates(tuple(_times(value, factor) for value in cell.values))
    return cell * factor


def _times(value: Number | Gap, factor: int) -> Number | Gap:
    return value if isinstance(value, Gap) else value * factor
