"""Which cell explains several faults, and what it would have to be."""

from __future__ import annotations

from dataclasses import replace

from statute.reporting.cells import (
    BLANK,
    UNKNOWN,
    Figures,
)
from statute.reporting.checks import (
    Beside,
    check,
    diagnose,
)
from tests.statute.reporting_figures import (
    disputes,
    faults,
    request,
    small,
    table_three,
)


def test_one_wrong_cell_that_explains_two_faults_is_named_with_its_value() -> None:
    results = check(small(r_grant="8 3 0 0 0 0 9"))
    assert faults(results) == ["X2", "X3"]
    [suspect] = diagnose(results)
    assert suspect.cell == request("r_grant", "org_business")
    assert (suspect.found, suspect.would_have_to_be, suspect.alone) == (3, 1, True)
    assert [one.rule.id for one in suspect.explains] == ["X2", "X3"]


def test_a_wrong_carry_over_explains_the_sums_and_the_year_before() -> None:
    last_year = replace(small(), year=2021, requests=table_three({"a4": "2 0 0 0 0 0 2"}))
    results = check(small(a2="5 0 0 0 0 0 2"), Beside(previous=last_year))
    assert faults(results) == ["X1", "X3", "X5"]
    [suspect] = diagnose(results)
    assert suspect.cell == request("a2", "natural")
    assert suspect.would_have_to_be == 2


def test_two_wrong_cells_are_both_named() -> None:
    results = check(small(r_grant="8 3 0 0 0 0 9", a4="4 1 0 0 0 0 2"))
    named = {(one.cell, one.would_have_to_be) for one in diagnose(results)}
    assert named == {
        (request("r_grant", "org_business"), 1),
        (request("a4", "natural"), 1),
    }


def test_a_lone_fault_names_every_cell_that_could_be_wrong() -> None:
    figures = Figures(
        edition="2021", year=2024, disputes=disputes("1 0 0 0 3", "0 0 0 0 0", "0 0 0 0 0")
    )
    suspects = diagnose(check(figures))
    assert {(one.cell.row, one.would_have_to_be) for one in suspects} == {
        ("rv_uphold", 3),
        ("rv_correct", 2),
        ("rv_other", 2),
        ("rv_pending", 2),
        ("rv_total", 1),
    }
    assert not any(one.alone for one in suspects)


def test_a_cell_that_would_have_to_be_negative_is_no_suspect() -> None:
    figures = Figures(
        edition="2021", year=2024, disputes=disputes("2 2 0 0 1", "0 0 0 0 0", "0 0 0 0 0")
    )
    assert {one.cell.row for one in diagnose(check(figures))} == {"rv_total"}


def test_a_change_of_items_may_have_to_be_negative() -> None:
    last = Figures(edition="2019", year=2019, proactive={"penalty": (40, 0, 12)})
    this = Figures(edition="2019", year=2020, proactive={"penalty": (39, 0, 3)})
    suspects = diagnose(check(this, Beside(previous=last)))
    assert {(one.cell.column, one.would_have_to_be) for one in suspects} == {
        ("prev_items", 39),
        ("delta", -1),
        ("prev_items", 40),
    }


def test_errors_that_offset_each_other_have_no_single_suspect() -> None:
    results = check(small(r_grant="9 1 0 0 0 0 9", r_unable_1="2 0 0 0 0 0 3"))
    assert faults(results) == ["X3", "X3"]
    assert diagnose(results) == ()


def test_sums_with_unknown_cells_name_nobody() -> None:
    results = check(small(r_grant=(20, UNKNOWN, 0, 0, 0, 0, 9)))
    suspects = {one.cell for one in diagnose(results)}
    assert request("r_grant", "natural") in suspects
    assert request("r_grant", "org_business") not in suspects


def test_a_blank_is_never_a_suspect() -> None:
    results = check(small(r_grant=(20, BLANK, 0, 0, 0, 0, 9)))
    assert faults(results) == ["X2", "X3"]
    assert {one.cell for one in diagnose(results)} == {request("r_grant", "natural")}
