"""Sums across rows choose among open readings, and never touch a row with one reading."""

from __future__ import annotations

from reportreader.choose import choose
from reportreader.draft import RowReading, from_solutions
from reportreader.labels import REQUEST_ROWS
from reportreader.reading import How
from statute.reporting.cells import Candidates

ZERO = (0, 0, 0, 0, 0, 0, 0)
LEFT, RIGHT = (11, 1, 0, 0, 0, 0, 12), (1, 11, 0, 0, 0, 0, 12)


def plain(*cells: int) -> RowReading:
    return RowReading(cells, How.POSITION)


def test_the_carry_over_sum_chooses_the_reading_that_balances_each_column() -> None:
    rows = {
        "a1": from_solutions([LEFT, RIGHT]),
        "a2": plain(*ZERO),
        "r_sum": plain(*RIGHT),
        "a4": plain(*ZERO),
    }
    choose(rows)
    assert rows["a1"].cells == RIGHT
    assert rows["a1"].open == ()


def test_a_row_with_one_reading_stays_though_the_sum_fails() -> None:
    rows = {
        "a1": plain(5, 0, 0, 0, 0, 0, 5),
        "a2": plain(*ZERO),
        "r_sum": plain(*RIGHT),
        "a4": plain(*ZERO),
    }
    choose(rows)
    assert rows["a1"].cells == (5, 0, 0, 0, 0, 0, 5)


def test_a_sum_that_no_reading_meets_leaves_all_of_them() -> None:
    rows = {
        "a1": from_solutions([LEFT, RIGHT]),
        "a2": plain(*ZERO),
        "r_sum": plain(7, 0, 0, 0, 0, 0, 7),
        "a4": plain(*ZERO),
    }
    choose(rows)
    assert rows["a1"].cells[0] == Candidates((11, 1))


def test_the_sum_of_outcomes_needs_every_outcome_row_to_choose() -> None:
    names = [name for name in REQUEST_ROWS if name.startswith("r_") and name[:8] != "r_other_"]
    rows = {name: plain(*ZERO) for name in names}
    rows["r_grant"] = from_solutions([LEFT, RIGHT])
    rows["r_sum"] = plain(*LEFT)
    fewer = {name: rows[name] for name in ("r_grant", "r_sum")}
    choose(rows)
    choose(fewer)
    assert rows["r_grant"].cells == LEFT
    assert fewer["r_grant"].cells[0] == Candidates((11, 1))


def test_two_open_rows_are_chosen_together() -> None:
    rows = {
        "a1": from_solutions([LEFT, RIGHT]),
        "a2": plain(*ZERO),
        "r_sum": from_solutions([RIGHT, (12, 0, 0, 0, 0, 0, 12)]),
        "a4": plain(*ZERO),
    }
    choose(rows)
    assert rows["a1"].cells == rows["r_sum"].cells == RIGHT
