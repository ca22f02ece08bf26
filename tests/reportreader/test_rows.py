"""A row from what stands behind its label: never shifted, never guessed, its faults kept."""

from __future__ import annotations

import pytest

from reportreader.draft import RowReading
from reportreader.reading import How
from reportreader.rows import (
    Page,
    cut_off,
    dispute_cells,
    either,
    from_cells,
    proactive_row,
    request_row,
)
from statute.reporting.cells import BLANK, UNKNOWN, Candidates

SPACED, GLUED = Page(), Page(glued=True)
LOST = (UNKNOWN,) * 7


def test_seven_numbers_are_the_seven_cells_even_when_they_do_not_add_up() -> None:
    reading = request_row(["95", "0", "0", "0", "0", "0", "96"], SPACED)
    assert reading.cells == (95, 0, 0, 0, 0, 0, 96)
    assert reading.how is How.POSITION


def test_a_slash_among_seven_marks_is_a_blank() -> None:
    row = request_row(["3", "/", "/", "/", "/", "/", "3"], SPACED)
    assert row.cells == (3, BLANK, BLANK, BLANK, BLANK, BLANK, 3)


def test_one_surviving_number_has_no_column() -> None:
    reading = request_row(["17"], SPACED)
    assert reading.cells == LOST
    assert reading.single == 17


def test_two_equal_numbers_are_a_part_in_some_column_and_the_total() -> None:
    reading = request_row(["46", "46"], SPACED)
    assert reading.cells == (*LOST[:6], 46)
    assert reading.single == 46


def test_several_numbers_that_add_up_give_the_total_alone() -> None:
    reading = request_row(["3", "2", "5"], SPACED)
    assert reading.cells == (*LOST[:6], 5)
    assert reading.single is None


def test_several_numbers_that_do_not_add_up_give_nothing() -> None:
    reading = request_row(["3", "2", "6"], SPACED)
    assert reading.cells == LOST
    assert reading.problem is not None


def test_a_page_number_in_a_row_is_told_by_the_sum() -> None:
    reading = request_row(["95", "0", "4", "0", "0", "0", "0", "95"], SPACED)
    assert reading.cells == (95, 0, 0, 0, 0, 0, 95)


def test_an_extra_number_that_may_be_half_of_another_is_not_told() -> None:
    # Either the first 8 is a page number (8 0 1 …) or 8 8 is 88; both rows add up.
    assert request_row(["8", "8", "0", "0", "0", "0", "0", "8"], SPACED).cells == (
        8, 0, 0, 0, 0, 0, 8,
    )  # fmt: skip
    assert request_row(["1", "2", "0", "0", "0", "0", "0", "9"], SPACED).cells == LOST


def test_spaces_inside_glued_digits_mean_nothing() -> None:
    assert request_row(["230", "000023"], GLUED).cells == (23, 0, 0, 0, 0, 0, 23)
    assert request_row(["23", "0", "00", "0", "023"], GLUED).cells == (23, 0, 0, 0, 0, 0, 23)


def test_glued_digits_with_several_readings_are_candidates_where_these_differ() -> None:
    reading = request_row(["111000012"], GLUED)
    first, second, third, *rest = reading.cells
    assert isinstance(first, Candidates)
    assert isinstance(second, Candidates)
    assert isinstance(third, Candidates)
    assert set(first.values) == {1, 11}
    assert set(second.values) == {1, 11}
    assert set(third.values) == {0, 10}
    assert rest == [0, 0, 0, 12]
    assert len(reading.open) == 3


def test_glued_digits_that_never_add_up_are_unknown_and_the_reason_is_said() -> None:
    reading = request_row(["10000020"], GLUED)
    assert reading.cells == LOST
    assert reading.problem is not None
    assert "10000020" in reading.problem


def test_too_few_glued_digits_are_not_taken_for_a_single_number() -> None:
    reading = request_row(["11"], GLUED)
    assert reading.cells == LOST
    assert reading.single is None


def test_a_row_without_anything_is_blank() -> None:
    assert request_row([], SPACED).cells == (BLANK,) * 7


def test_bounded_cells_keep_their_places() -> None:
    assert from_cells(["3", "", "/", "&nbsp;", "0", "", "3"]).cells == (
        3, BLANK, BLANK, BLANK, 0, BLANK, 3,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("texts", "first"),
    [
        (["1 2", "0", "0", "0", "0", "0", "12"], 12),
        (["1 2", "0", "0", "0", "0", "0", "3"], UNKNOWN),
    ],
)
def test_digits_apart_in_one_cell_are_joined_only_if_the_sum_holds(
    texts: list[str], first: object
) -> None:
    assert from_cells(texts).cells[0] == first


def test_a_row_the_text_ends_in_stands_if_its_total_fits() -> None:
    whole = RowReading((16, 1, 0, 0, 0, 0, 17), How.CELL)
    assert cut_off(whole).cells == whole.cells
    cut = RowReading((16, 1, 0, 0, 0, 0, 1), How.CELL)
    assert cut_off(cut, certain=6).cells == (16, 1, 0, 0, 0, 0, UNKNOWN)
    assert cut_off(cut).cells == LOST


def test_of_two_ways_to_read_a_row_the_one_that_adds_up_is_taken() -> None:
    right = RowReading((5, 0, 0, 0, 0, 0, 5), How.POSITION)
    wrong = RowReading((5, 0, 0, 0, 0, 0, 52), How.POSITION)
    assert either(right, wrong).cells == right.cells
    assert either(wrong, right).cells == right.cells
    assert either(wrong, RowReading((5, 0, 0, 0, 0, 0, 6), How.POSITION)).cells == LOST
    other = RowReading((2, 3, 0, 0, 0, 0, 5), How.POSITION)
    assert either(right, other).cells == (
        Candidates((5, 2)), Candidates((0, 3)), 0, 0, 0, 0, 5,
    )  # fmt: skip


def test_table_four_keeps_a_total_that_is_wrong() -> None:
    tokens = list("110031000120103")
    readings = dispute_cells(tokens, 3, SPACED)
    assert readings is not None
    assert [reading.cells for reading in readings] == [
        (1, 1, 0, 0, 3), (1, 0, 0, 0, 1), (2, 0, 1, 0, 3),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "tokens",
    [
        pytest.param(["1", "1", "0", "0", "2"], id="ten cells short"),
        pytest.param([str(n) for n in range(16)], id="one too many"),
        pytest.param(
            ["40", "0", "32", "0", "72", "0", "66", "0", "0", "66"],
            id="legible numbers are not cut up",
        ),
    ],
)
def test_table_four_is_not_made_of_what_does_not_fit(tokens: list[str]) -> None:
    assert dispute_cells(tokens, 3, SPACED) is None


def test_table_two_glued_is_decided_only_by_a_single_reading() -> None:
    assert proactive_row(["000"], 3, SPACED).cells == (0, 0, 0)
    assert proactive_row(["350"], 2, GLUED).cells == (Candidates((3, 35)), Candidates((50, 0)))
    assert proactive_row(["2293"], 1, GLUED).cells == (2293,)
    assert proactive_row(["7", "-", "50"], 3, GLUED).cells == (UNKNOWN,) * 3


def test_a_lone_number_of_table_two_is_not_cut_up() -> None:
    assert proactive_row(["226"], 3, SPACED).cells == (UNKNOWN,) * 3


def test_two_equal_halves_of_a_glued_row_may_be_one_number_and_its_total() -> None:
    # 7+2+2+4+7+2 = 24, and 7224 with five empty cells and 7224 print the same digits.
    assert request_row(["72247224"], GLUED).cells == LOST
    assert request_row(["230000023"], GLUED).cells == (23, 0, 0, 0, 0, 0, 23)


def test_a_row_cut_off_that_begins_with_a_blank_may_be_shifted_and_is_unknown() -> None:
    shifted = RowReading((BLANK, BLANK, 0, 0, 0, 0, 0), How.CELL)
    assert cut_off(shifted, certain=6).cells == LOST
