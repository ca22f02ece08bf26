"""Fees against the sums of 国办函〔2020〕109号 worked out by hand; not about payment dates."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from statute.citations import Mark, cite
from statute.dated import Period
from statute.errors import NotInForceError
from statute.fees import (
    CHARGES_TO_PUBLISH,
    CLOCK_RESTARTS_AFTER_PAYMENT,
    NOTICE_IN_TIME,
    PAYMENT_LIMIT,
    Band,
    FeeError,
    FeeLine,
    FeeMode,
    FeeStatus,
    NoticeFact,
    PageBasis,
    PieceBasis,
    Rise,
    Tariff,
    assess,
    choose_basis,
    counting_month,
    fee_per_pages,
    fee_per_piece,
    missing_notice_facts,
    price_of_piece,
    yuan,
)

ON = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("count", "yuan_due"),
    [
        (0, 0),
        (1, 0),
        (10, 0),
        (11, 100),
        (30, 2000),
        (31, 2200),
        (40, 4000),
        (41, 4300),
        (45, 5500),
        (50, 7000),
        (51, 7400),
        (100, 37000),
    ],
    ids=lambda value: f"{value}",
)
def test_pieces_of_a_month_add_up_to(count: int, yuan_due: int) -> None:
    assert fee_per_piece(count, on=ON) == yuan_due * 100


@pytest.mark.parametrize(
    ("ordinal", "yuan_each"),
    [
        (1, 0),
        (10, 0),
        (11, 100),
        (30, 100),
        (31, 200),
        (40, 200),
        (41, 300),
        (50, 300),
        (51, 400),
        (60, 400),
        (61, 500),
    ],
    ids=lambda value: f"{value}",
)
def test_a_piece_costs_what_its_place_in_the_month_says(ordinal: int, yuan_each: int) -> None:
    assert price_of_piece(ordinal, on=ON) == yuan_each * 100


@pytest.mark.parametrize(
    ("pages", "yuan_due"),
    [
        (0, 0),
        (30, 0),
        (31, 10),
        (100, 700),
        (101, 720),
        (200, 2700),
        (201, 2740),
        (250, 4700),
        (500, 14700),
    ],
    ids=lambda value: f"{value}",
)
def test_pages_of_a_request_add_up_to(pages: int, yuan_due: int) -> None:
    assert fee_per_pages(pages, on=ON) == yuan_due * 100
    assert assess(PageBasis(pages), on=ON).amount_fen == yuan_due * 100


@settings(max_examples=100, deadline=None)
@given(before=st.integers(0, 400), pieces=st.integers(1, 60))
def test_a_request_costs_the_growth_of_the_months_sum(before: int, pieces: int) -> None:
    grown = fee_per_piece(before + pieces, on=ON) - fee_per_piece(before, on=ON)
    assert assess(PieceBasis(before, pieces), on=ON).amount_fen == grown


@settings(max_examples=100, deadline=None)
@given(ordinal=st.integers(1, 2000))
def test_the_price_follows_the_formula_of_the_notice(ordinal: int) -> None:
    if ordinal <= 10:
        expected = 0
    elif ordinal <= 30:
        expected = 100
    else:
        expected = 100 * ((ordinal - 31) // 10 + 2)
    assert price_of_piece(ordinal, on=ON) == expected * 100


def test_the_breakdown_shows_every_band_for_the_notice() -> None:
    assessed = assess(PieceBasis(before=8, pieces=35), on=ON)
    assert assessed.lines == (
        FeeLine(9, 10, 0),
        FeeLine(11, 30, 100_00),
        FeeLine(31, 40, 200_00),
        FeeLine(41, 43, 300_00),
    )
    assert [line.amount_fen for line in assessed.lines] == [0, 2000_00, 2000_00, 900_00]
    assert (assessed.mode, assessed.unit) == (FeeMode.PER_PIECE, "件")
    assert assessed.source == cite("processing_fee_2020#按件")


def test_pages_break_down_with_the_last_band_cut_at_the_last_page() -> None:
    assessed = assess(PageBasis(250), on=ON)
    assert assessed.lines == (
        FeeLine(1, 30, 0),
        FeeLine(31, 100, 10_00),
        FeeLine(101, 200, 20_00),
        FeeLine(201, 250, 40_00),
    )
    assert (assessed.mode, assessed.unit) == (FeeMode.PER_PAGE, "页")


def test_nothing_is_charged_before_2021() -> None:
    with pytest.raises(NotInForceError, match=r"2020-12-31.*信息处理费"):
        fee_per_piece(40, on=date(2020, 12, 31))
    assert fee_per_piece(40, on=date(2021, 1, 1)) == 4000_00
    with pytest.raises(NotInForceError, match="信息处理费"):
        assess(PageBasis(40), on=date(2019, 5, 15))


def test_both_ways_of_charging_together_are_refused() -> None:
    with pytest.raises(FeeError, match="只能选择一种"):
        choose_basis(PieceBasis(12), PageBasis(200))


def test_neither_way_of_charging_is_refused() -> None:
    with pytest.raises(FeeError, match="须选择"):
        choose_basis(None, None)


def test_the_one_way_put_forward_is_taken() -> None:
    assert choose_basis(PieceBasis(12), None) == PieceBasis(12)
    assert choose_basis(None, PageBasis(31)) == PageBasis(31)


def test_pages_of_what_is_public_already_are_not_charged_but_the_piece_counts() -> None:
    with pytest.raises(FeeError, match=r"已经主动公开.*不适用按量计收"):
        PageBasis(300, already_public=True)
    assert assess(PieceBasis(before=10), on=ON).amount_fen == 100_00


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (-1, "页数不能小于 0：-1"),
        (2.0, "页数须为整数：2.0"),
        (True, "页数须为整数：True"),
        ("31", "页数须为整数：'31'"),
        (10**9, "页数过大"),
    ],
    ids=["negative", "a float", "a truth value", "text", "a slip of the keyboard"],
)
def test_a_wrong_count_is_refused_in_words(wrong: Any, said: str) -> None:
    with pytest.raises(FeeError, match=said):
        PageBasis(wrong)


def test_counts_start_at_one_where_a_piece_is_meant() -> None:
    with pytest.raises(FeeError, match="当月第几件不能小于 1：0"):
        price_of_piece(0, on=ON)
    with pytest.raises(FeeError, match="本次申请件数不能小于 1：0"):
        PieceBasis(before=3, pieces=0)
    with pytest.raises(FeeError, match="件数不能小于 0：-5"):
        fee_per_piece(-5, on=ON)


@pytest.mark.parametrize(
    ("day", "month"),
    [
        (date(2026, 1, 31), Period(date(2026, 1, 1), date(2026, 1, 31))),
        (date(2024, 2, 1), Period(date(2024, 2, 1), date(2024, 2, 29))),
        (date(2025, 12, 15), Period(date(2025, 12, 1), date(2025, 12, 31))),
    ],
    ids=["the last day of January", "a leap February", "December"],
)
def test_pieces_count_in_the_calendar_month(day: date, month: Period) -> None:
    assert counting_month(day) == month


@pytest.mark.parametrize(
    ("fen", "printed"),
    [(0, "0元"), (270000, "2700元"), (50, "0.50元"), (12305, "123.05元")],
    ids=["nothing", "whole yuan", "under a yuan", "yuan and fen"],
)
def test_amounts_are_printed_in_yuan(fen: int, printed: str) -> None:
    assert yuan(fen) == printed


def test_a_notice_must_state_basis_standard_sum_and_how_to_pay() -> None:
    facts = dict.fromkeys(NoticeFact, "已写明") | {NoticeFact.PAYMENT_METHOD: "  "}
    del facts[NoticeFact.AMOUNT]
    missing = missing_notice_facts(facts)
    assert missing == (NoticeFact.AMOUNT, NoticeFact.PAYMENT_METHOD)
    assert [fact.label for fact in missing] == ["收费数额", "缴纳方式"]


def test_payment_is_due_within_twenty_working_days() -> None:
    assert PAYMENT_LIMIT.working_days == 20
    assert PAYMENT_LIMIT.source.instrument == "processing_fee_2020"


def test_the_restart_of_the_clock_is_marked_as_unseen() -> None:
    assert CLOCK_RESTARTS_AFTER_PAYMENT.mark is Mark.MEMORY
    assert NOTICE_IN_TIME.mark is Mark.VERIFIED


def test_the_guide_publishes_six_facts_about_the_charge() -> None:
    assert CHARGES_TO_PUBLISH == ("项目", "标准", "依据", "范围", "对象", "监督举报电话")


def test_modes_and_states_speak_chinese() -> None:
    assert [mode.label for mode in FeeMode] == ["按件计收", "按量计收"]
    assert FeeStatus.EXPIRED.label == "逾期未缴，视为放弃申请"


@pytest.mark.parametrize(
    ("bands", "rise"),
    [
        ((Band(1, 10, 0), Band(12, None, 5)), None),
        ((Band(2, None, 5),), None),
        ((Band(1, None, 5), Band(11, None, 6)), None),
        ((Band(1, 10, 0),), None),
        ((Band(1, None, 0),), Rise(10, 1, 1)),
    ],
    ids=["a gap", "no first unit", "an open band inside", "no end", "two ends"],
)
def test_a_tariff_that_does_not_join_up_is_a_defect(
    bands: tuple[Band, ...], rise: Rise | None
) -> None:
    with pytest.raises(ValueError, match="收费档次"):
        Tariff("件", bands, cite("processing_fee_2020#按件"), rise)
