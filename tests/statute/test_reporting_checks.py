"""The checks inside a report: how sums are judged, X1 to X4, X6, and the golden reports."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from statute.reporting.cells import (
    BLANK,
    UNKNOWN,
    Candidates,
    Cell,
    Figures,
)
from statute.reporting.checks import (
    RULES,
    Severity,
    Status,
    check,
    detail_rows,
)
from statute.reporting.checks_sums import at_least, balance
from tests.statute.reporting_figures import (
    CITY_2025,
    FAULT,
    HELD,
    OPEN,
    SOURCE_2020,
    SOURCE_2020_WHOLE,
    disputes,
    faults,
    of,
    request,
    small,
    statuses,
    table_three,
)

EMPTY: tuple[Cell, ...] = (BLANK,) * 7


def test_the_fifteen_rules_of_the_form_are_there_with_their_weight() -> None:
    warnings = {"X7", "X8", "X9", "X10", "X11", "X12", "X13"}
    for number in range(1, 16):
        rule = RULES[f"X{number}"]
        assert (rule.severity is Severity.WARN) == (rule.id in warnings), rule.id


# The engine: blanks, unknown cells, alternatives

BALANCES = [
    pytest.param((1, 2), (3,), HELD, 0, id="numbers that balance hold"),
    pytest.param((1, 2), (4,), FAULT, 1, id="numbers that do not balance are a fault"),
    pytest.param((1, BLANK, 2), (3,), HELD, 0, id="a blank adds nothing to a sum that balances"),
    pytest.param((1, BLANK), (3,), OPEN, 2, id="a blank part might be what is missing"),
    pytest.param((5, BLANK), (3,), FAULT, -2, id="parts beyond the total no blank can mend"),
    pytest.param((5,), (BLANK,), OPEN, -5, id="a blank total might be the sum"),
    pytest.param((0, 0), (BLANK,), HELD, 0, id="a blank total of nothing reads as nothing"),
    pytest.param((1, UNKNOWN), (3,), OPEN, 2, id="an unknown part might be what is missing"),
    pytest.param((3, UNKNOWN), (3,), OPEN, 0, id="an unknown part is not read as nothing"),
    pytest.param((4, UNKNOWN), (3,), FAULT, -1, id="an unknown part cannot be negative"),
    pytest.param((Candidates((1, 2)), 1), (3,), OPEN, None, id="one of two readings balances"),
    pytest.param((Candidates((5, 6)), 1), (3,), FAULT, None, id="neither reading balances"),
    pytest.param((Candidates((0, BLANK)), 3), (3,), HELD, 0, id="either reading balances"),
    pytest.param((Candidates((1, 5)), BLANK), (4,), OPEN, None, id="a reading and a blank might"),
    pytest.param((Candidates((5, 6)), BLANK), (4,), FAULT, None, id="readings beyond the total"),
]


@pytest.mark.parametrize(("expected", "found", "status", "difference"), BALANCES)
def test_a_sum_is_judged_by_the_blank_rule(
    expected: tuple[Cell, ...], found: tuple[Cell, ...], status: Status, difference: int | None
) -> None:
    verdict = balance(expected, found)
    assert verdict.status is status
    assert verdict.difference == difference


def test_a_sum_held_over_blanks_says_how_they_were_read() -> None:
    assert balance((3, BLANK), (3,)).note == "空白按 0 读"
    assert balance((3, 0), (3,)).note == ""


def test_an_open_sum_names_the_missing_difference() -> None:
    assert "相差 2" in balance((1, BLANK), (3,)).note


def test_a_gap_that_may_be_negative_can_mend_either_way() -> None:
    assert balance((5, UNKNOWN), (3,)).status is FAULT
    assert balance((5, UNKNOWN), (3,), either_way=True).status is OPEN
    assert balance((5,), (3,), either_way=True).status is FAULT


def test_too_many_readings_are_judged_by_their_smallest_and_largest_sum() -> None:
    many = tuple(Candidates((0, 2**power)) for power in range(14))
    assert balance(many, (2**14 - 1,)).status is OPEN
    assert balance(many, (2**14,)).status is FAULT


@pytest.mark.parametrize(
    ("greater", "lesser", "status"),
    [
        pytest.param((3,), (3,), HELD, id="equal is enough"),
        pytest.param((2,), (3,), FAULT, id="less is not"),
        pytest.param((BLANK,), (0,), HELD, id="a blank is enough for nothing"),
        pytest.param((BLANK,), (3,), OPEN, id="a blank might be enough"),
        pytest.param((UNKNOWN,), (0,), OPEN, id="unknown is not read as nothing"),
        pytest.param((3,), (UNKNOWN,), OPEN, id="the floor is not known"),
        pytest.param((Candidates((1, 4)),), (3,), OPEN, id="one reading is enough"),
        pytest.param((Candidates((1, 2)),), (3,), FAULT, id="no reading is enough"),
    ],
)
def test_a_floor_is_judged_by_the_blank_rule(
    greater: tuple[Cell, ...], lesser: tuple[Cell, ...], status: Status
) -> None:
    assert at_least(greater, lesser).status is status


# Golden reports


def test_the_source_report_holds_on_what_is_known() -> None:
    results = check(SOURCE_2020)
    assert faults(results) == []
    for rule, number in (("X1", 50), ("X2", 44)):
        [only] = of(results, rule)
        assert only.status is HELD
        assert only.expected == only.found == number
        assert only.note == "按各行仅存的数字核对"
    assert statuses(results, "X6") == [HELD] * 3
    assert statuses(results, "V1") == [HELD]
    assert statuses(results, "X10") == [HELD]


def test_the_source_report_with_its_columns_holds_in_full() -> None:
    results = check(SOURCE_2020_WHOLE)
    assert {one.status for one in results} == {HELD}
    assert len(of(results, "X1")) == len(of(results, "X2")) == 7
    assert len(of(results, "X3")) == 23


def test_the_city_report_holds_in_every_column_and_row() -> None:
    results = check(CITY_2025)
    assert {one.status for one in results} == {HELD}
    x1 = of(results, "X1")
    assert x1[0].expected == 13612 + 535 == 13364 + 783
    assert x1[-1].expected == x1[-1].found == 14629
    assert len(of(results, "X3")) == 25


def test_outcomes_that_sum_to_26_under_a_printed_20_are_a_named_fault() -> None:
    figures = small(
        a1="20 0 0 0 0 0 20",
        a2="0 0 0 0 0 0 0",
        r_grant="16 0 0 0 0 0 16",
        r_unable_1="10 0 0 0 0 0 10",
        r_sum="20 0 0 0 0 0 20",
        a4="0 0 0 0 0 0 0",
    )
    results = check(figures)
    broken = [one for one in results if one.status is FAULT]
    assert [one.rule.id for one in broken] == ["X2", "X2"]
    assert {(one.expected, one.found, one.difference) for one in broken} == {(26, 20, -6)}
    assert broken[-1].cells[-1] == request("r_sum", "total")


# Footing: whole columns blank, rows not visible, （六） in one row or three


def test_a_wholly_blank_total_column_is_not_assessable() -> None:
    rows = {row: (*cells[:-1], BLANK) for row, cells in (CITY_2025.requests or {}).items()}
    results = check(replace(CITY_2025, requests=rows))
    assert statuses(results, "X1") == [HELD] * 6 + [OPEN]
    assert statuses(results, "X2") == [HELD] * 6 + [OPEN]
    assert statuses(results, "X3") == [OPEN]


def test_a_column_left_blank_where_nobody_applied_holds_with_blanks_read_as_nothing() -> None:
    rows = {
        row: (*cells[:2], BLANK, *cells[3:]) for row, cells in (CITY_2025.requests or {}).items()
    }
    results = check(replace(CITY_2025, requests=rows))
    research = of(results, "X1")[2]
    assert (research.status, research.note) == (HELD, "空白按 0 读")
    assert faults(results) == []


def test_rows_that_are_not_visible_leave_sums_open() -> None:
    figures = Figures(edition="2021", year=2024, requests={"a1": (3, 0, 0, 0, 0, 0, 3)})
    results = check(figures)
    assert statuses(results, "X1") == [OPEN] * 7
    assert statuses(results, "X2") == [OPEN] * 7
    assert statuses(results, "X3") == [HELD]


def test_known_outcomes_beyond_what_came_in_are_a_fault_though_rows_are_lost() -> None:
    figures = Figures(
        edition="2021",
        year=2024,
        requests={
            "a1": (3, 0, 0, 0, 0, 0, 3),
            "a2": (0,) * 7,
            "r_sum": (5, 0, 0, 0, 0, 0, 5),
        },
    )
    assert statuses(check(figures), "X1") == [FAULT, OPEN, OPEN, OPEN, OPEN, OPEN, FAULT]


def test_a_report_without_tables_is_judged_by_its_form_alone() -> None:
    results = check(Figures(edition="2021", year=2024))
    assert [one.rule.id for one in results] == ["V1"]


@pytest.mark.parametrize(
    ("edition", "rows", "last"),
    [
        pytest.param("2021", {"r_other": (0,) * 7}, "r_other", id="one row on the new form"),
        pytest.param("2019", {"r_other_3": (0,) * 7}, "r_other_3", id="three on the old form"),
        pytest.param("2019", {}, "r_other", id="unseen on the old form"),
        pytest.param(None, {}, "r_other_3", id="unseen and the form unknown"),
    ],
)
def test_the_rows_added_up_are_the_rows_printed(
    edition: str | None, rows: dict[str, tuple[Cell, ...]], last: str
) -> None:
    assert detail_rows(Figures(edition=edition, requests=rows))[-1] == last


def test_other_outcomes_in_one_row_of_the_new_form_still_add_up() -> None:
    rows = {row: cells for row, cells in table_three({}).items() if "other" not in row}
    rows |= {
        "a1": (2, 0, 0, 0, 0, 0, 2),
        "r_other": (2, 0, 0, 0, 0, 0, 2),
        "r_sum": (2, 0, 0, 0, 0, 0, 2),
    }
    results = check(Figures(edition="2021", year=2024, requests=rows))
    assert statuses(results, "X2") == [HELD] * 7
    assert faults(results) == ["V2"]


# Numbers that survived without their column


def surviving(**numbers: int) -> Figures:
    """A 2021 table of which every row kept one number, the others seen empty."""
    rows = dict.fromkeys(table_three({}), EMPTY)
    rows |= dict.fromkeys(numbers, (UNKNOWN,) * 7)
    return Figures(edition="2021", year=2022, requests=rows, requests_single=numbers)


def test_surviving_numbers_that_balance_are_held_on_what_is_known() -> None:
    results = check(surviving(a1=5, r_grant=3, r_sum=3, a4=2))
    assert statuses(results, "X1") == statuses(results, "X2") == [HELD]
    assert [one.note for one in of(results, "X3") if one.status is OPEN] == [
        "这些行只留下一个数字，所在列不明"
    ]


def test_surviving_numbers_that_differ_are_open_and_say_by_how_much() -> None:
    [x1] = of(check(surviving(a1=5, r_grant=3, r_sum=3, a4=1)), "X1")
    assert (x1.status, x1.expected, x1.found, x1.difference) == (OPEN, 5, 4, -1)
    assert "不能断定" in x1.note


def test_surviving_numbers_beyond_known_totals_are_a_fault() -> None:
    figures = surviving(r_grant=5, r_sum=5, a4=2)
    rows = {**(figures.requests or {}), "a1": (6, 0, 0, 0, 0, 0, 6), "a2": (0,) * 7}
    results = check(replace(figures, requests=rows))
    assert statuses(results, "X1")[-1] is FAULT


def test_a_row_without_any_number_leaves_the_columns_to_speak() -> None:
    figures = surviving(a1=5, r_grant=3, r_sum=3)
    rows = {**(figures.requests or {}), "a4": (UNKNOWN,) * 7}
    assert statuses(check(replace(figures, requests=rows)), "X1") == [OPEN] * 7


def test_a_row_whose_total_alone_is_blank_counts_what_its_cells_say() -> None:
    figures = surviving(a1=5, r_grant=3, r_sum=3)
    rows = {**(figures.requests or {}), "a4": (2, 0, 0, 0, 0, 0, BLANK)}
    assert statuses(check(replace(figures, requests=rows)), "X1")[-1] is HELD


def test_a_surviving_number_without_any_table_is_still_checked() -> None:
    results = check(Figures(edition="2021", year=2022, requests_single={"a1": 5}))
    assert statuses(results, "X1") == [OPEN] * 7
    assert len(of(results, "X3")) == 1


# X4 and X6


@pytest.mark.parametrize(
    ("cell", "status"),
    [
        pytest.param(-1, FAULT, id="a negative count"),
        pytest.param(Decimal("1.5"), FAULT, id="half a request"),
        pytest.param(Candidates((-2, -1)), FAULT, id="negative in every reading"),
        pytest.param(Candidates((-2, 1)), OPEN, id="negative in one reading"),
        pytest.param(UNKNOWN, OPEN, id="unknown"),
        pytest.param(BLANK, HELD, id="a blank"),
        pytest.param(Candidates((1, 2)), HELD, id="sound in every reading"),
    ],
)
def test_a_count_is_a_whole_number_from_nothing_up(cell: Cell, status: Status) -> None:
    figures = Figures(edition="2021", year=2024, disputes={"rv_pending": cell})
    assert statuses(check(figures), "X4") == [status]


def test_a_yearly_decrease_and_a_fraction_of_money_are_sound() -> None:
    proactive: dict[str, tuple[Cell, ...]] = {
        "penalty": (40, -1, 12),
        "central_purchase": (15, Decimal("271.53")),
    }
    assert statuses(check(Figures(edition="2019", year=2020, proactive=proactive)), "X4") == [HELD]


def test_money_below_zero_and_half_an_item_are_not() -> None:
    proactive: dict[str, tuple[Cell, ...]] = {
        "penalty": (40, Decimal("-0.5"), 12),
        "central_purchase": (15, Decimal("-271.53")),
    }
    results = of(check(Figures(edition="2019", year=2020, proactive=proactive)), "X4")
    assert [(one.status, one.note) for one in results] == [
        (FAULT, "不能为负数"),
        (FAULT, "不能为负数"),
        (HELD, ""),
    ]


def test_a_row_of_the_old_form_in_an_unknown_report_is_judged_by_its_own_width() -> None:
    figures = Figures(proactive={"penalty": (40, -1, 12)})
    assert statuses(check(figures), "X4") == [HELD]


def test_each_group_of_table_four_adds_up_by_itself() -> None:
    figures = Figures(
        edition="2021", year=2024, disputes=disputes("1 0 0 0 2", "0 0 0 0 0", "1 0 1 1 3")
    )
    results = of(check(figures), "X6")
    assert [one.status for one in results] == [FAULT, HELD, HELD]
    assert (results[0].expected, results[0].found, results[0].difference) == (1, 2, 1)


def test_a_group_of_table_four_left_blank_is_not_assessable() -> None:
    blank = dict.fromkeys(disputes("0 0 0 0 0", "0 0 0 0 0", "0 0 0 0 0"), BLANK)
    figures = Figures(edition="2021", year=2024, disputes=blank)
    assert statuses(check(figures), "X6") == [OPEN] * 3
