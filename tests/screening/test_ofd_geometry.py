"""Places on a page of OFD, each worked out by hand."""

from __future__ import annotations

import pytest

from screening.extraction.ofd_geometry import (
    Matrix,
    Rectangle,
    bounds,
    inside,
    matrix,
    number_of,
    numbers,
    outlines,
    rectangle,
    steps,
)
from screening.passages import UnfitFileError

SQUARE = "M 0 0 L 10 0 L 10 10 L 0 10 C"


def test_one_transformation_comes_after_the_other() -> None:
    doubled_then_moved = Matrix(a=2, d=2).then(Matrix(e=5, f=7))
    assert doubled_then_moved.at(1, 1) == (7, 9)
    moved_then_doubled = Matrix(e=5, f=7).then(Matrix(a=2, d=2))
    assert moved_then_doubled.at(1, 1) == (12, 16)


def test_a_quarter_turn_keeps_the_size() -> None:
    turn = matrix("0 1 -1 0 0 0")
    assert turn.at(3, 0) == (0, 3)
    assert turn.scale == 1
    assert Matrix(a=3, d=3).scale == 3


@pytest.mark.parametrize("written", ["", "1 2 3", "a b c d e f", "1 0 0 1 nan 0", "1 0 0 1 inf 0"])
def test_what_is_no_transformation_changes_nothing(written: str) -> None:
    assert matrix(written) == Matrix()


@pytest.mark.parametrize("written", ["", "x", "nan", "inf", "-inf", "1e9", "1_0_"])
def test_what_no_page_measures_is_no_number(written: str) -> None:
    assert number_of(written) is None


def test_one_wrong_number_spoils_the_list() -> None:
    assert numbers("1 2,3") == [1, 2, 3]
    assert numbers("1 x 3") == []


def test_a_box_says_its_corner_and_its_size() -> None:
    assert rectangle("20 50 160 6") == Rectangle(20, 50, 180, 56)
    assert rectangle("20 50 160") is None


def test_boxes_that_only_touch_do_not_meet() -> None:
    one = Rectangle(0, 0, 10, 10)
    assert one.meets(Rectangle(9, 9, 20, 20))
    assert not one.meets(Rectangle(10, 0, 20, 10))


def test_bounds_go_around_all_points() -> None:
    assert bounds([(3, 1), (-2, 8), (0, 0)]) == Rectangle(-2, 0, 3, 8)


def test_steps_that_repeat_are_written_out() -> None:
    assert steps("g 3 4 5") == [4, 4, 4, 5]
    assert steps("") == []


def test_steps_beyond_every_line_are_refused() -> None:
    with pytest.raises(UnfitFileError, match="一行文字过长"):
        steps("g 9999999 4 5")


def test_an_outline_stands_where_its_object_stands() -> None:
    (square,) = outlines(SQUARE, Matrix(e=100, f=50))
    assert bounds(square) == Rectangle(100, 50, 110, 60)


def test_a_curve_bulges_between_its_ends() -> None:
    (drop,) = outlines("M 0 0 Q 5 10 10 0 C", Matrix())
    assert (5, 5) in drop  # a quarter of both ends, half of the handle
    assert bounds(drop) == Rectangle(0, 0, 10, 5)


def test_a_line_has_no_inside() -> None:
    assert outlines("M 0 0 L 10 0", Matrix()) == []


def test_strokes_without_their_numbers_are_passed_over() -> None:
    assert outlines("L 1 1 M 0 0 L 9 x L 4 4", Matrix()) == []


@pytest.mark.parametrize(
    ("point", "expected"), [((5, 5), True), ((11, 5), False), ((5, -1), False)]
)
def test_a_point_is_inside_or_not(point: tuple[float, float], expected: bool) -> None:
    assert inside(outlines(SQUARE, Matrix()), point) is expected


def test_a_hole_drawn_the_other_way_round_is_not_filled() -> None:
    hole = "M 3 3 L 3 7 L 7 7 L 7 3 C"
    assert not inside(outlines(f"{SQUARE} {hole}", Matrix()), (5, 5))


def test_an_outline_of_too_many_strokes_is_refused() -> None:
    with pytest.raises(UnfitFileError, match="过于复杂"):
        outlines("M 0 0 " + "L 1 1 " * 20_001, Matrix())
