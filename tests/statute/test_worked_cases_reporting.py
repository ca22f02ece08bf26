"""Worked cases of counting and checking, each written by hand from the form and its rules."""

from __future__ import annotations

from typing import Any

import pytest

from statute.reporting.cells import AgencyKind, Cell, Figures, cell_from_plain
from statute.reporting.checks import Beside, ProseFigure, Status, check, diagnose
from statute.reporting.counting import (
    CountedCase,
    CountedDispute,
    Matter,
    count,
    count_disputes,
)
from tests.statute.reporting_figures import table_three
from tests.statute.worked_cases import WorkedCase, worked_cases

CASES = worked_cases("reporting")
COUNTING = [case for case in CASES if "cases" in case.data["given"]]
SUITS = [case for case in CASES if "disputes_counted" in case.data["given"]]
CHECKS = [case for case in CASES if "report" in case.data["given"]]


def _names(case: WorkedCase) -> str:
    return case.name


def test_every_worked_case_is_run_once() -> None:
    assert len(COUNTING) + len(SUITS) + len(CHECKS) == len(CASES) >= 20
    assert len({case.name for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", COUNTING, ids=_names)
def test_worked_cases_fill_table_three(case: WorkedCase) -> None:
    given = case.data["given"]
    cases = [_case(place, row) for place, row in enumerate(given["cases"], 1)]
    table = count(cases, given["year"], str(given["edition"]))
    filled = {row: list(cells) for row, cells in table.items() if any(cells)}
    assert filled == case.data["expect"]


@pytest.mark.parametrize("case", SUITS, ids=_names)
def test_worked_suits_fill_table_four(case: WorkedCase) -> None:
    given = case.data["given"]
    rows = [
        CountedDispute(f"第 {place} 件", **row)
        for place, row in enumerate(given["disputes_counted"], 1)
    ]
    table = count_disputes(rows, given["year"])
    assert {cell: number for cell, number in table.items() if number} == case.data["expect"]


@pytest.mark.parametrize("case", CHECKS, ids=_names)
def test_worked_reports_are_judged_as_expected(case: WorkedCase) -> None:
    given, expect = case.data["given"], case.data["expect"]
    beside = Beside(
        previous=_figures(given["previous"]) if "previous" in given else None,
        children=tuple(_figures(child) for child in given.get("children", [])),
        shared_cases=given.get("shared_cases", {}),
        prose=tuple(ProseFigure(**row) for row in given.get("prose", [])),
        parts=given.get("parts"),
    )
    results = check(_figures(given["report"]), beside)
    assert _rules(results, Status.FAULT) == expect.get("faults", [])
    assert set(expect.get("held", [])) <= set(_rules(results, Status.HELD))
    assert set(expect.get("not_assessable", [])) <= set(_rules(results, Status.NOT_ASSESSABLE))
    if "differences" in expect:
        broken = [one.difference for one in results if one.status is Status.FAULT]
        assert broken == expect["differences"]
    if "suspect" in expect:
        [suspect] = diagnose(results)
        named = [suspect.cell.row, suspect.cell.column, suspect.would_have_to_be]
        assert named == expect["suspect"]


def _rules(results: Any, status: Status) -> list[str]:
    """The rules with a result of this status, each once, in the order of the results."""
    return list(dict.fromkeys(one.rule.id for one in results if one.status is status))


def _case(place: int, row: dict[str, Any]) -> CountedCase:
    row = dict(row)
    applicants = row.pop("applicants", ["natural"])
    matter = Matter(row.pop("matter", "disclosure"))
    return CountedCase(f"第 {place} 件", applicants=tuple(applicants), matter=matter, **row)


def _figures(data: dict[str, Any]) -> Figures:
    kind = data.get("kind")
    rows = data.get("rows")
    requests = None if rows is None else {row: _cells(cells) for row, cells in rows.items()}
    if data.get("other_rows_zero"):
        requests = table_three(requests or {})
    proactive = data.get("proactive")
    return Figures(
        edition=str(data["edition"]),
        year=data["year"],
        requests=requests,
        disputes=_disputes(data["disputes"]) if "disputes" in data else None,
        proactive=None
        if proactive is None
        else {row: _cells(cells) for row, cells in proactive.items()},
        agency_kind=None if kind is None else AgencyKind(kind),
    )


def _cells(cells: list[object]) -> tuple[Cell, ...]:
    return tuple(cell_from_plain(cell) for cell in cells)


def _disputes(groups: dict[str, list[object]]) -> dict[str, Cell]:
    results = ("uphold", "correct", "other", "pending", "total")
    return {
        f"{group}_{result}": cell_from_plain(cell)
        for group, cells in groups.items()
        for result, cell in zip(results, cells, strict=True)
    }
