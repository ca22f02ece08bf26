"""Check digits against python-stdnum; the numbers are made up, not anybody's."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum import luhn
from stdnum.cn import ric, uscc

from statute.check_digits import (
    compact,
    credit_check_digit,
    fold,
    is_credit_code,
    is_old_resident_id,
    is_resident_id,
    passes_luhn,
    resident_check_digit,
)

_CREDIT_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


@settings(max_examples=100, deadline=None)
@given(first_seventeen=st.text("0123456789", min_size=17, max_size=17))
def test_the_check_digit_of_an_id_is_that_of_the_standard(first_seventeen: str) -> None:
    assert resident_check_digit(first_seventeen) == ric.calc_check_digit(first_seventeen + "0")


@settings(max_examples=100, deadline=None)
@given(first_seventeen=st.text(_CREDIT_LETTERS, min_size=17, max_size=17))
def test_the_check_character_of_a_credit_code_is_that_of_the_standard(
    first_seventeen: str,
) -> None:
    assert credit_check_digit(first_seventeen) == uscc.calc_check_digit(first_seventeen)


@settings(max_examples=100, deadline=None)
@given(digits=st.text("0123456789", min_size=1, max_size=24))
def test_luhn_agrees_with_the_standard(digits: str) -> None:
    assert passes_luhn(digits) is luhn.is_valid(digits)


@settings(max_examples=100, deadline=None)
@given(
    place=st.sampled_from(["110105", "330327", "440811", "659001"]),
    day=st.dates(min_value=date(1900, 1, 1), max_value=date(2025, 12, 31)),
    order=st.integers(0, 999),
)
def test_an_id_holds_with_one_last_character_only(place: str, day: date, order: int) -> None:
    body = f"{place}{day:%Y%m%d}{order:03d}"
    held = [last for last in "0123456789X" if is_resident_id(body + last)]
    assert held == [ric.calc_check_digit(body + "0")]


@pytest.mark.parametrize(
    "value",
    [
        "110105194912310021",
        "11010519490231002X",
        "99010519491231002X",
        "11010517491231002X",
        "11010519491231002x",
        "11010519491231002",
        "",
    ],
    ids=[
        "a wrong check digit",
        "no such day",
        "no such province",
        "another century",
        "not compact",
        "too short",
        "nothing",
    ],
)
def test_what_is_not_an_id(value: str) -> None:
    assert not is_resident_id(value)


def test_the_examples_of_the_two_standards_hold() -> None:
    assert is_resident_id("11010519491231002X")
    assert is_credit_code("91350100M000100Y43")


@pytest.mark.parametrize(
    "value",
    ["11370322004222241N", "11441700007280420Y", "113417020032563511"],
    ids=["a county in Shandong", "a city in Guangdong", "digits only, in Anhui"],
)
def test_credit_codes_of_real_index_numbers_hold(value: str) -> None:
    assert is_credit_code(value)
    assert not is_resident_id(value)


@pytest.mark.parametrize(
    "value",
    ["91350100M000100Y44", "91350100I000100Y43", "9135010AM000100Y43", "91350100M000100Y4"],
    ids=["a wrong check character", "a letter outside the set", "a letter in the place", "short"],
)
def test_what_is_not_a_credit_code(value: str) -> None:
    assert not is_credit_code(value)


def test_an_old_id_needs_a_place_and_a_real_day_in_the_twentieth_century() -> None:
    assert is_old_resident_id("330327720101123")
    assert not is_old_resident_id("330327720230123")
    assert not is_old_resident_id("990327720101123")
    assert not is_old_resident_id("3303277201011234")


def test_a_typed_value_is_compacted() -> None:
    assert compact(" １１０１０５ 1949-1231\u300000\u200b2ｘ ") == "11010519491231002X"


def test_folding_remembers_where_each_character_stood() -> None:
    assert fold("证１") == ("证1", range(2))
    folded, origin = fold("证\u200b１\ufeff2—")
    assert folded == "证12-"
    assert list(origin) == [0, 2, 4, 5]
