"""Vetoes and points of the inspection of 2019, at and beside every threshold; no live site."""

from __future__ import annotations

import tomllib
from datetime import date
from decimal import Decimal
from importlib.resources import files
from typing import Any

import pytest

from statute.citations import Mark
from statute.errors import NotInForceError
from statute.website_inspection import (
    ColumnKind,
    Deduction,
    InspectionError,
    Message,
    Score,
    Subject,
    Verdict,
    column_is_stale,
    inspection,
    months_before,
    overdue_messages,
    read_inspection,
    score,
    thresholds_on,
    veto_access,
    veto_cases,
    veto_columns,
    veto_home,
    veto_media_update,
    veto_replies,
    veto_services,
)

ON = date(2026, 3, 15)
LIMITS = thresholds_on(ON)
VETOED, PASSED, OPEN = Verdict.VETOED, Verdict.PASSED, Verdict.NOT_ASSESSABLE


def test_the_indicators_hold_from_april_2019() -> None:
    assert thresholds_on(date(2019, 4, 1)) == LIMITS
    with pytest.raises(NotInForceError, match="检查指标"):
        thresholds_on(date(2019, 3, 31))


def test_a_place_may_ask_for_more() -> None:
    assert (LIMITS.home_days, LIMITS.media_days) == (14, 14)
    tighter = thresholds_on(ON, "闽侯")
    assert (tighter.home_days, tighter.media_days) == (14, 10)
    assert tighter.blank_columns == LIMITS.blank_columns
    assert thresholds_on(ON, "别处") == LIMITS


def test_three_numbers_are_from_memory() -> None:
    marks = inspection().threshold_marks
    assert {name for name, mark in marks.items() if mark is Mark.MEMORY} == {
        "guide_missing_elements",
        "guide_items",
        "findfault_workdays",
    }


@pytest.mark.parametrize(
    ("days", "probes", "failures", "verdict"),
    [
        (7, 140, 7, VETOED),
        (7, 140, 6, PASSED),
        (7, 1000, 49, PASSED),
        (7, 1000, 50, VETOED),
        (7, 139, 139, OPEN),
        (6, 140, 140, OPEN),
        (14, 140, 140, OPEN),
        (7, 140, 0, PASSED),
    ],
    ids=[
        "five in a hundred",
        "just under",
        "just under, many probes",
        "five in a hundred, many probes",
        "a probe short",
        "a day short",
        "two weeks with too few probes a day",
        "always open",
    ],
)
def test_a_site_that_is_shut_too_often_fails(
    days: int, probes: int, failures: int, verdict: Verdict
) -> None:
    finding = veto_access(LIMITS, days=days, probes=probes, failures=failures)
    assert (finding.veto, finding.verdict) == ("v2", verdict)
    assert bool(finding.reasons) is (verdict is not PASSED)


def test_more_failures_than_probes_are_a_mistake() -> None:
    with pytest.raises(InspectionError, match="次数有误"):
        veto_access(LIMITS, days=7, probes=140, failures=141)


@pytest.mark.parametrize(
    ("last", "verdict"),
    [
        (date(2026, 3, 15), PASSED),
        (date(2026, 3, 2), PASSED),
        (date(2026, 3, 1), VETOED),
        (None, VETOED),
    ],
    ids=["today", "within two weeks", "two weeks ago", "no date shown"],
)
def test_a_home_page_must_change_within_two_weeks(last: date | None, verdict: Verdict) -> None:
    assert veto_home(LIMITS, last_updated=last, on=ON).verdict is verdict
    assert veto_media_update(LIMITS, last_updated=last, on=ON).verdict is verdict


def test_an_account_held_to_ten_days_fails_earlier() -> None:
    tighter = thresholds_on(ON, "闽侯")
    last = date(2026, 3, 5)
    assert veto_media_update(tighter, last_updated=last, on=ON).reasons == ("10 天内无更新",)
    assert veto_media_update(LIMITS, last_updated=last, on=ON).verdict is PASSED


def test_a_silent_home_page_is_told_when_it_last_changed() -> None:
    finding = veto_home(LIMITS, last_updated=date(2026, 2, 27), on=ON)
    assert finding.reasons == ("首页 14 天内无更新（最近更新 2026-02-27）",)


@pytest.mark.parametrize(
    ("kind", "last", "stale"),
    [
        (ColumnKind.NEWS, date(2026, 3, 2), False),
        (ColumnKind.NEWS, date(2026, 3, 1), True),
        (ColumnKind.NEWS, None, True),
        (ColumnKind.NOTICES, date(2025, 9, 16), False),
        (ColumnKind.NOTICES, date(2025, 9, 15), True),
        (ColumnKind.NOTICES, None, True),
    ],
    ids=[
        "news within two weeks",
        "news two weeks old",
        "news without a date",
        "notices within six months",
        "notices six months old",
        "notices without a date",
    ],
)
def test_a_column_may_rest_as_long_as_its_kind_allows(
    kind: ColumnKind, last: date | None, *, stale: bool
) -> None:
    assert column_is_stale(LIMITS, kind, last_updated=last, on=ON) is stale


@pytest.mark.parametrize(
    ("counts", "verdict"),
    [
        ((4, 9, 4), PASSED),
        ((5, 0, 0), VETOED),
        ((0, 10, 0), VETOED),
        ((0, 0, 5), VETOED),
    ],
    ids=["just under everywhere", "five stale", "ten neglected", "five blank"],
)
def test_columns_fail_by_any_of_three_counts(
    counts: tuple[int, int, int], verdict: Verdict
) -> None:
    stale, neglected, blank = counts
    finding = veto_columns(LIMITS, stale=stale, neglected=neglected, blank=blank)
    assert (finding.veto, finding.verdict) == ("v4", verdict)
    assert len(finding.reasons) == (verdict is VETOED)


@pytest.mark.parametrize(
    ("message", "overdue"),
    [
        (Message(date(2025, 12, 14)), 1),
        (Message(date(2025, 12, 15)), 0),
        (Message(date(2025, 3, 15)), 1),
        (Message(date(2025, 3, 14)), 0),
        (Message(date(2025, 12, 1), answered_on=date(2026, 3, 15)), 0),
        (Message(date(2025, 12, 1), answered_on=date(2026, 3, 16)), 1),
    ],
    ids=[
        "over three months",
        "three months to the day",
        "a year ago to the day",
        "over a year ago",
        "answered on the day",
        "answered after the day",
    ],
)
def test_a_message_of_the_past_year_must_not_wait_over_three_months(
    message: Message, overdue: int
) -> None:
    assert overdue_messages(LIMITS, [message], on=ON) == overdue


def test_replies_fail_without_a_channel_or_with_one_overdue_message() -> None:
    assert veto_replies(has_channel=True, overdue=0).verdict is PASSED
    assert veto_replies(has_channel=False, overdue=0).reasons == ("没有网上有效咨询建言渠道",)
    assert veto_replies(has_channel=True, overdue=2).reasons == (
        "超过 3 个月未回应的有效留言 2 条",
    )


@pytest.mark.parametrize(
    ("offers", "missing", "verdict"),
    [
        (False, [], VETOED),
        (True, [4, 4, 5, 6, 4, 0, 0], VETOED),
        (True, [4, 4, 5, 6, 3, 0, 0], PASSED),
        (True, [4, 4, 4, 4], VETOED),
        (True, [4, 4, 4, 3], PASSED),
        (True, [], PASSED),
    ],
    ids=[
        "no services",
        "five poor guides",
        "four poor guides of seven",
        "four guides, all poor",
        "four guides, one good enough",
        "services without guides counted",
    ],
)
def test_services_fail_by_poor_guides(
    missing: list[int], verdict: Verdict, *, offers: bool
) -> None:
    finding = veto_services(LIMITS, offers_services=offers, missing_elements=missing)
    assert (finding.veto, finding.verdict) == ("v6", verdict)


def test_one_named_case_fails_a_site_outright() -> None:
    assert veto_cases("v1", []).verdict is PASSED
    finding = veto_cases("v1", ["泄露国家秘密", "弄虚作假，如伪造发稿日期"])
    assert finding.verdict is VETOED
    assert finding.reasons == ("泄露国家秘密", "弄虚作假，如伪造发稿日期")
    assert veto_cases("m3", ["强制点赞"]).verdict is VETOED
    with pytest.raises(InspectionError, match="没有这种情形：字体太小"):
        veto_cases("v1", ["字体太小"])


def test_sites_have_six_vetoes_and_media_accounts_three() -> None:
    vetoes = inspection().vetoes.values()
    website = [veto.label for veto in vetoes if Subject.WEBSITE in veto.applies_to]
    media = [veto.label for veto in vetoes if Subject.MEDIA in veto.applies_to]
    assert website == [
        "安全、泄密事故等严重问题",
        "站点无法访问",
        "首页不更新",
        "栏目不更新",
        "互动回应差",
        "服务不实用",
    ]
    assert media == ["安全、泄密事故等严重问题", "内容不更新", "互动回应差"]


def lost(points: str, full: str = "100", *, services: bool = False) -> Deduction:
    return Deduction("指标", Decimal(full), Decimal(points), of_services=services)


@pytest.mark.parametrize(
    ("deductions", "bonuses", "serves", "expected"),
    [
        ([lost("40")], ["5"], True, (True, "60.00", "0.00", "60.00")),
        ([lost("40.1")], [], True, (False, "59.90", "0.00", "59.90")),
        ([lost("20")], ["5"], True, (True, "80.00", "0.00", "80.00")),
        ([lost("19.9")], ["5"], True, (True, "80.10", "5.00", "85.10")),
        ([], ["20", "15"], True, (True, "100.00", "30.00", "130.00")),
        ([lost("9", "6"), lost("1", "1")], [], True, (True, "93.00", "0.00", "93.00")),
        ([lost("15")], [], False, (True, "80.00", "0.00", "80.00")),
        ([lost("10")], [], False, (True, "86.67", "0.00", "86.67")),
        (
            [lost("15"), lost("25", "25", services=True)],
            [],
            False,
            (True, "80.00", "0.00", "80.00"),
        ),
        ([lost("70"), lost("60")], [], True, (False, "0.00", "0.00", "0.00")),
    ],
    ids=[
        "sixty passes",
        "just under sixty fails",
        "eighty earns no bonus",
        "above eighty does",
        "a bonus ends at thirty",
        "an indicator loses no more than it is worth",
        "75 points times four thirds",
        "four thirds are rounded at the end",
        "services do not count where there are none",
        "never below nought",
    ],
)
def test_points_add_up(
    deductions: list[Deduction],
    bonuses: list[str],
    expected: tuple[bool, str, str, str],
    *,
    serves: bool,
) -> None:
    qualified, base, bonus, total = expected
    assert score(deductions, map(Decimal, bonuses), serves_public=serves) == Score(
        qualified, Decimal(base), Decimal(bonus), Decimal(total)
    )


def test_a_veto_ends_the_scoring() -> None:
    assert score([], vetoed=True) == Score(qualified=False, base=None, bonus=Decimal(0), total=None)


def test_supervision_earns_at_most_twenty_more() -> None:
    assert score([], [Decimal(25)], subject=Subject.SUPERVISION).total == Decimal("120.00")


def test_media_accounts_are_not_scored() -> None:
    with pytest.raises(InspectionError, match="只用单项否决"):
        score([], subject=Subject.MEDIA)


def test_negative_points_are_refused() -> None:
    with pytest.raises(InspectionError, match="不能为负"):
        lost("-1")


def test_months_are_counted_back_to_an_existing_day() -> None:
    assert months_before(date(2026, 8, 31), 6) == date(2026, 2, 28)
    assert months_before(date(2026, 1, 15), 1) == date(2025, 12, 15)
    assert months_before(date(2026, 3, 15), 12) == date(2025, 3, 15)


def test_platforms_and_problems_of_media_accounts_are_listed() -> None:
    assert len(inspection().platforms) == 12
    assert inspection().platforms[0] == "微信公众号"
    assert "停更账号未注销" in inspection().media_problems


def test_our_own_checks_warn_ahead_of_the_thresholds() -> None:
    checks = {check.id: check for check in inspection().routine}
    assert checks["unanswered_messages"].warn == (7, 30, 60)
    assert checks["notice_columns"].warn == (5,)
    assert checks["media_accounts"].warn == (10, 14)
    assert [check.every for check in checks.values()] == [
        "day",
        "week",
        "fortnight",
        "month",
        "event",
        "event",
        "day",
    ]


def raw() -> dict[str, Any]:
    text = files("statute").joinpath("website_inspection.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def test_data_with_a_wrong_threshold_are_refused() -> None:
    missing, nought, unknown = raw(), raw(), raw()
    del missing["thresholds"]["values"]["home_days"]
    nought["thresholds"]["values"]["home_days"] = 0
    unknown["local"][0]["values"] = {"colour": 3}
    for wrong in (missing, nought):
        with pytest.raises(ValueError, match="阈值有遗漏"):
            read_inspection(wrong)
    with pytest.raises(ValueError, match="没有对应的指标：闽侯"):
        read_inspection(unknown)
