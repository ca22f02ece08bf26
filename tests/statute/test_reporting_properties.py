"""Whatever balances has no fault; whatever cell is changed is found and named."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from statute.reporting.cells import (
    APPLICANT_COLUMNS,
    BLANK,
    UNKNOWN,
    Candidates,
    Cell,
    CellRef,
    Figures,
    Table,
)
from statute.reporting.checks import Status, check, diagnose
from statute.reporting.checks_sums import balance
from statute.reporting.editions import edition
from statute.reporting.tables import DISPUTES
from tests.statute.reporting_figures import faults

COUNTS = st.one_of(st.just(0), st.integers(0, 9), st.integers(0, 40_000))
YEARS = {"2019": 2020, "2021": 2024}


@st.composite
def balanced(draw: st.DrawFn) -> Figures:
    """Figures of either edition in which every sum holds, whatever the counts."""
    form = edition(draw(st.sampled_from(["2019", "2021"])))
    columns = {column: _column(draw, form.outcome_rows) for column in APPLICANT_COLUMNS[:-1]}
    requests: dict[str, tuple[Cell, ...]] = {}
    for row in form.requests:
        parts = [columns[column][row.id] for column in APPLICANT_COLUMNS[:-1]]
        requests[row.id] = (*parts, sum(parts))
    disputes: dict[str, Cell] = {}
    for group in DISPUTES:
        parts = [draw(COUNTS) for _ in group.columns[:-1]]
        names = [column.id for column in group.columns]
        disputes |= dict(zip(names, [*parts, sum(parts)], strict=True))
    return Figures(edition=form.id, year=YEARS[form.id], requests=requests, disputes=disputes)


def _column(draw: st.DrawFn, outcomes: tuple[str, ...]) -> dict[str, int]:
    rows = {row: draw(COUNTS) for row in outcomes}
    rows["r_sum"] = sum(rows.values())
    rows["a4"] = draw(COUNTS)
    rows["a2"] = draw(st.integers(0, rows["r_sum"] + rows["a4"]))
    rows["a1"] = rows["r_sum"] + rows["a4"] - rows["a2"]
    return rows


@settings(max_examples=30, deadline=None)
@given(balanced())
def test_whatever_balances_has_no_fault_and_nothing_open(figures: Figures) -> None:
    assert {one.status for one in check(figures)} == {Status.HELD}


@settings(max_examples=30, deadline=None)
@given(balanced(), st.data())
def test_a_changed_cell_of_table_three_is_found_and_named(
    figures: Figures, data: st.DataObject
) -> None:
    requests = dict(figures.requests or {})
    row = data.draw(st.sampled_from(sorted(requests)))
    place = data.draw(st.integers(0, 6))
    right = requests[row][place]
    wrong = data.draw(COUNTS.filter(lambda number: number != right))
    requests[row] = (*requests[row][:place], wrong, *requests[row][place + 1 :])
    results = check(replace(figures, requests=requests))
    assert len(faults(results)) >= 2
    [suspect] = diagnose(results)
    assert suspect.cell == CellRef(Table.REQUESTS, row, APPLICANT_COLUMNS[place])
    assert (suspect.found, suspect.would_have_to_be) == (wrong, right)
    assert suspect.alone
    assert len(suspect.explains) == len(faults(results))


@settings(max_examples=30, deadline=None)
@given(balanced(), st.data())
def test_a_changed_cell_of_table_four_is_among_the_alternatives(
    figures: Figures, data: st.DataObject
) -> None:
    disputes = dict(figures.disputes or {})
    cell = data.draw(st.sampled_from(sorted(disputes)))
    right = disputes[cell]
    disputes[cell] = data.draw(COUNTS.filter(lambda number: number != right))
    results = check(replace(figures, disputes=disputes))
    assert faults(results) == ["X6"]
    named = {(one.cell.row, one.would_have_to_be) for one in diagnose(results)}
    assert (cell, right) in named


@settings(max_examples=30, deadline=None)
@given(balanced(), st.data())
def test_a_lost_cell_never_makes_a_fault_of_a_sum_that_held(
    figures: Figures, data: st.DataObject
) -> None:
    requests = dict(figures.requests or {})
    for _ in range(data.draw(st.integers(1, 12))):
        row = data.draw(st.sampled_from(sorted(requests)))
        place = data.draw(st.integers(0, 6))
        truth = requests[row][place]
        lost: list[Cell] = [UNKNOWN, BLANK]
        if isinstance(truth, int):
            lost.append(Candidates((truth, truth + 1)))
        cells: tuple[Cell, ...] = (data.draw(st.sampled_from(lost)),)
        requests[row] = requests[row][:place] + cells + requests[row][place + 1 :]
    assert faults(check(replace(figures, requests=requests))) == []


GAPS: st.SearchStrategy[Cell] = st.one_of(st.integers(0, 4), st.sampled_from([BLANK, UNKNOWN]))
SIDES = st.lists(GAPS, min_size=1, max_size=3).map(tuple)


@settings(max_examples=100, deadline=None)
@given(SIDES, SIDES)
def test_a_fault_is_exactly_what_no_filling_can_mend(
    expected: tuple[Cell, ...], found: tuple[Cell, ...]
) -> None:
    """Filling one gap of a side with enough is as good as filling them all: 0 to 20 covers it."""

    def reachable(cells: tuple[Cell, ...]) -> set[int]:
        known = sum(cell for cell in cells if isinstance(cell, int))
        gaps = any(cell in (BLANK, UNKNOWN) for cell in cells)
        return {known + more for more in (range(21) if gaps else (0,))}

    can_balance = bool(reachable(expected) & reachable(found))
    assert (balance(expected, found).status is Status.FAULT) is not can_balance
