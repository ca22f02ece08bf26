"""Sums inside the tables of one report: X1, X2 and X3 in table three, X6 in table four, X4 in all.

It does not compare reports with each other, with sentences or with a register.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Final

from statute.reporting.cells import (
    APPLICANT_COLUMNS,
    BLANK,
    UNKNOWN,
    Candidates,
    Cell,
    CellRef,
    Figures,
    Gap,
    Table,
)
from statute.reporting.checks_rules import RULES, Rule
from statute.reporting.checks_sums import (
    Equation,
    Result,
    Status,
    Verdict,
    assess,
    balance,
    bind,
    not_assessable,
)
from statute.reporting.edition_2021 import EDITION_2021
from statute.reporting.editions import EDITIONS
from statute.reporting.forms import Unit
from statute.reporting.tables import DISPUTES, OTHER_SINGLE, OTHER_THREE

TOTAL: Final = "total"
ON_SURVIVING_NUMBERS: Final = "按各行仅存的数字核对"
_SEVEN_UNKNOWN: Final[tuple[Cell, ...]] = (UNKNOWN,) * len(APPLICANT_COLUMNS)
_ONE: Final = tuple(row.id for row in OTHER_SINGLE)
_THREE: Final = tuple(row.id for row in OTHER_THREE)
_BEFORE_OTHER: Final = tuple(row for row in EDITION_2021.outcome_rows if row not in _THREE)


def footing(figures: Figures) -> tuple[Result, ...]:
    """X1, X2, X3, X4 and X6 on the tables that are there.

    X1 and X2 are judged column by column. Where a row kept one number without its column, the
    columns that could not be judged give way to one result on the numbers that survived, if every
    row has one.
    """
    return (*_table_three(figures), *_table_four(figures), *_kinds_of_number(figures))


def detail_rows(figures: Figures) -> tuple[str, ...]:
    """The rows that X2 adds up, （六） in one row or three as printed; by the form if unseen."""
    visible = {*(figures.requests or {}), *figures.requests_single}
    if visible.intersection(_THREE):
        return _BEFORE_OTHER + _THREE
    if visible.intersection(_ONE):
        return _BEFORE_OTHER + _ONE
    return (figures.form or EDITION_2021).outcome_rows


def row_number(figures: Figures, row: str) -> tuple[tuple[Cell, ...], CellRef]:
    """What table three says of a row as a whole, as cells to add up, and the cell that says it.

    The total when it is a number. Otherwise the row's one surviving number with a blank beside it:
    it stands in an unknown column, so the row's total may be more. A row whose total is blank says
    what its other cells say.
    """
    cells = (figures.requests or {}).get(row, _SEVEN_UNKNOWN)
    total = request_ref(row, TOTAL)
    if not isinstance(cells[-1], Gap | Candidates):
        return (cells[-1],), total
    if row in figures.requests_single:
        return (figures.requests_single[row], BLANK), request_ref(row, "")
    return (cells if cells[-1] is BLANK else (cells[-1],)), total


@lru_cache(maxsize=4096)
def request_ref(row: str, column: str, report: str = "") -> CellRef:
    """A cell of table three; made once, since checks name the same cells again and again."""
    return CellRef(Table.REQUESTS, row, column, report)


@lru_cache(maxsize=512)
def dispute_ref(cell: str, report: str = "") -> CellRef:
    """A cell of table four."""
    return CellRef(Table.DISPUTES, cell, report=report)


@lru_cache(maxsize=512)
def proactive_ref(row: str, column: str, report: str = "") -> CellRef:
    """A cell of table two."""
    return CellRef(Table.PROACTIVE, row, column, report)


def _table_three(figures: Figures) -> Iterator[Result]:
    if figures.requests is None and not figures.requests_single:
        return
    details = detail_rows(figures)
    totals_blank = _total_column_is_blank(figures)
    yield from _columns(figures, RULES["X1"], (("a1", "a2"), ("r_sum", "a4")), blank=totals_blank)
    yield from _columns(figures, RULES["X2"], (details, ("r_sum",)), blank=totals_blank)
    yield from _rows(figures, blank=totals_blank)


def _total_column_is_blank(figures: Figures) -> bool:
    rows = figures.requests or {}
    return bool(rows) and all(cells[-1] is BLANK for cells in rows.values())


def _columns(
    figures: Figures, rule: Rule, sides: tuple[tuple[str, ...], tuple[str, ...]], *, blank: bool
) -> Iterator[Result]:
    requests = figures.requests or {}
    lines = [requests.get(row, _SEVEN_UNKNOWN) for side in sides for row in side]
    results = []
    for position, column in enumerate(APPLICANT_COLUMNS):
        equation = _column_equation(*sides, column)
        if blank and column == TOTAL:
            results.append(not_assessable(rule, equation.cells, "总计列整列空白"))
        else:
            results.append(assess(rule, equation, tuple(line[position] for line in lines)))
    surviving = _on_surviving_numbers(figures, rule, sides)
    if surviving is None:
        yield from results
    else:
        yield from (one for one in results if one.status is not Status.NOT_ASSESSABLE)
        yield surviving


@lru_cache(maxsize=64)
def _column_equation(expected: tuple[str, ...], found: tuple[str, ...], column: str) -> Equation:
    return Equation(
        tuple(request_ref(row, column) for row in expected),
        tuple(request_ref(row, column) for row in found),
    )


def _on_surviving_numbers(
    figures: Figures, rule: Rule, sides: tuple[tuple[str, ...], tuple[str, ...]]
) -> Result | None:
    rows = sides[0] + sides[1]
    if not figures.requests_single.keys() & set(rows):
        return None
    numbers = {row: row_number(figures, row) for row in rows}
    said = [cell for cells, _ in numbers.values() for cell in cells]
    if any(cell is UNKNOWN or isinstance(cell, Candidates) for cell in said):
        return None
    expected, found = (tuple(cell for row in side for cell in numbers[row][0]) for side in sides)
    cells = tuple(ref for _, ref in numbers.values())
    verdict = balance(expected, found)
    return bind(rule, cells, replace(verdict, note=_surviving_note(verdict)))


def _surviving_note(verdict: Verdict) -> str:
    if verdict.status is not Status.NOT_ASSESSABLE:
        return ON_SURVIVING_NUMBERS
    sums = f"应为 {verdict.expected}、见到 {verdict.found}"
    return f"{ON_SURVIVING_NUMBERS}：{sums}；数字所在列不明，不能断定"


def _rows(figures: Figures, *, blank: bool) -> Iterator[Result]:
    rule = RULES["X3"]
    requests = figures.requests or {}
    if blank:
        totals = [request_ref(row, TOTAL) for row in requests]
        yield not_assessable(rule, totals, "总计列整列空白")
        return
    for row, cells in requests.items():
        if row not in figures.requests_single:
            yield assess(rule, _row_equation(row), cells)
    if figures.requests_single:
        lost = [request_ref(row, "") for row in figures.requests_single]
        yield not_assessable(rule, lost, "这些行只留下一个数字，所在列不明")


@lru_cache(maxsize=64)
def _row_equation(row: str) -> Equation:
    *parts, total = (request_ref(row, column) for column in APPLICANT_COLUMNS)
    return Equation(tuple(parts), (total,))


def _table_four(figures: Figures) -> Iterator[Result]:
    if figures.disputes is None:
        return
    for group in DISPUTES:
        *parts, total = (dispute_ref(column.id) for column in group.columns)
        equation = Equation(tuple(parts), (total,))
        values = tuple(figures.dispute(column.id) for column in group.columns)
        if all(value is BLANK for value in values):
            yield not_assessable(RULES["X6"], equation.cells, f"{group.label}各格全部空白")
        else:
            yield assess(RULES["X6"], equation, values)


def _kinds_of_number(figures: Figures) -> Iterator[Result]:
    tables = (
        (figures.requests, _request_cells(figures)),
        (figures.disputes, _dispute_cells(figures)),
        (figures.proactive, _proactive_cells(figures)),
    )
    for table, cells in tables:
        if table is not None:
            yield from _kinds_in_table(cells)


_Kind = tuple[CellRef, Cell, bool, bool]  # cell, value, may be negative, may have a fraction


def _request_cells(figures: Figures) -> Iterator[_Kind]:
    for row, cells in (figures.requests or {}).items():
        for column, cell in zip(APPLICANT_COLUMNS, cells, strict=True):
            yield request_ref(row, column), cell, False, False
    for row, number in figures.requests_single.items():
        yield request_ref(row, ""), number, False, False


def _dispute_cells(figures: Figures) -> Iterator[_Kind]:
    for name, cell in (figures.disputes or {}).items():
        yield dispute_ref(name), cell, False, False


def _proactive_cells(figures: Figures) -> Iterator[_Kind]:
    forms = EDITIONS if figures.form is None else (figures.form, *EDITIONS)
    for row, cells in (figures.proactive or {}).items():
        # The row's own width decides, so that a form of another year is judged as it is printed.
        columns = next(
            form.proactive_rows[row][1]
            for form in forms
            if row in form.proactive_rows and len(form.proactive_rows[row][1]) == len(cells)
        )
        for column, cell in zip(columns, cells, strict=True):
            money = column.unit in (Unit.YUAN_10K, Unit.FREE)
            yield proactive_ref(row, column.id), cell, column.signed, money


def _kinds_in_table(cells: Iterable[_Kind]) -> Iterator[Result]:
    rule = RULES["X4"]
    sound: list[CellRef] = []
    unclear: list[CellRef] = []
    for ref, cell, signed, fraction in cells:
        if type(cell) is int and cell >= 0:  # nearly every cell: spare it the rest
            sound.append(ref)
            continue
        if cell is UNKNOWN:
            unclear.append(ref)
            continue
        values = cell.values if isinstance(cell, Candidates) else (cell,)
        allowed = [_is_allowed(value, signed=signed, fraction=fraction) for value in values]
        if not any(allowed):
            yield _wrong_kind(rule, ref, cell)
        elif all(allowed):
            sound.append(ref)
        else:
            unclear.append(ref)
    if sound:
        yield Result(rule, Status.HELD, tuple(sound))
    if unclear:
        yield not_assessable(rule, unclear, f"有 {len(unclear)} 格看不清")


def _is_allowed(value: Cell, *, signed: bool, fraction: bool) -> bool:
    if isinstance(value, Gap | Candidates):
        return True
    return (signed or value >= 0) and (fraction or value == int(value))


def _wrong_kind(rule: Rule, ref: CellRef, cell: Cell) -> Result:
    found = None if isinstance(cell, Gap | Candidates) else cell
    reason = "不能为负数" if found is None or found < 0 else "件数、项数须为整数"
    return Result(rule, Status.FAULT, (ref,), found=found, note=reason)
