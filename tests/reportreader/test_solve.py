"""Digits without borders: the form's sums decide where they can, and nothing else does."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportreader.solve import (
    TooManyError,
    splits,
    splits_of_fragments,
    splits_with_totals,
)


@pytest.mark.parametrize(
    ("digits", "expected"),
    [
        pytest.param("0000000", (0, 0, 0, 0, 0, 0, 0), id="all zeros"),
        pytest.param("640020470", (64, 0, 0, 2, 0, 4, 70), id="two-digit cells and total"),
        pytest.param("2300000" + "23", (23, 0, 0, 0, 0, 0, 23), id="one cell and its total"),
        pytest.param("8100009", (8, 1, 0, 0, 0, 0, 9), id="as many digits as cells"),
        pytest.param("3700000" + "37", (37, 0, 0, 0, 0, 0, 37), id="total repeated"),
    ],
)
def test_a_glued_row_has_the_one_reading_that_adds_up(
    digits: str, expected: tuple[int, ...]
) -> None:
    assert splits_with_totals(digits, 1, 7) == (expected,)


def test_three_totals_decide_the_fifteen_cells_of_table_four() -> None:
    assert splits_with_totals("10203120001200000", 3, 5) == (
        (1, 0, 2, 0, 3, 12, 0, 0, 0, 12, 0, 0, 0, 0, 0),
    )


def test_as_many_digits_as_cells_need_no_sum() -> None:
    assert splits_with_totals("1000003", 1, 7) == ((1, 0, 0, 0, 0, 0, 3),)


def test_a_row_that_adds_up_in_three_ways_has_three_readings() -> None:
    assert set(splits_with_totals("1110000" + "12", 1, 7)) == {
        (1, 11, 0, 0, 0, 0, 12),
        (11, 1, 0, 0, 0, 0, 12),
        (1, 1, 10, 0, 0, 0, 12),
    }


@pytest.mark.parametrize(
    "digits",
    [
        pytest.param("10000020", id="neither ten and two nor one and twenty"),
        pytest.param("46", id="fewer digits than cells"),
        pytest.param("9" * 61, id="more digits than any report prints"),
    ],
)
def test_what_does_not_add_up_has_no_reading(digits: str) -> None:
    assert splits_with_totals(digits, 1, 7) == ()


def test_a_space_is_a_border_where_spaces_mean_something() -> None:
    assert splits_of_fragments(("11", "1", "0000", "12"), 7) == ((11, 1, 0, 0, 0, 0, 12),)


def test_without_sums_only_a_single_split_decides() -> None:
    assert splits("000", 3) == ((0, 0, 0),)
    assert set(splits("350", 2)) == {(3, 50), (35, 0)}
    assert splits("07", 1) == ()


def test_too_many_readings_are_given_up() -> None:
    with pytest.raises(TooManyError):
        splits("1" * 20, 3)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 400), min_size=6, max_size=6))
def test_the_true_row_is_among_the_readings(parts: list[int]) -> None:
    row = (*parts, sum(parts))
    try:
        assert row in splits_with_totals("".join(map(str, row)), 1, 7)
    except TooManyError:
        return


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet="0123456789", min_size=0, max_size=60))
def test_every_reading_uses_all_digits_and_adds_up(digits: str) -> None:
    try:
        rows = splits_with_totals(digits, 1, 7)
    except TooManyError:
        return
    for row in rows:
        assert "".join(map(str, row)) == digits
        assert len(digits) == 7 or sum(row[:-1]) == row[-1]
