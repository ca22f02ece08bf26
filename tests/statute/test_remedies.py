"""Remedies by date, body and grounds, written out by hand from the two reconsideration laws.

Worked situations stand in cases/remedies.
"""

from __future__ import annotations

import tomllib
from datetime import date
from importlib import resources
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from statute import remedies
from statute.citations import Mark, cite
from statute.errors import NotInForceError
from statute.letters import LETTERS, UnknownLetterError
from statute.outcomes import OUTCOMES, RemedyKind, UnknownOutcomeError
from statute.remedies import (
    Body,
    BodyKind,
    CourtLevel,
    RemedyError,
    Reviewer,
    regime_on,
    remedy_for,
    remedy_for_letter,
    remedy_text,
    remedy_when_silent,
    review_first,
)
from statute.units import TimeUnit

LAST_DAY_OF_CHOICE = date(2023, 12, 31)
FIRST_DAY_OF_REVIEW_FIRST = date(2024, 1, 1)

OWN, HIGHER = Reviewer.OWN_GOVERNMENT, Reviewer.HIGHER_GOVERNMENT
DEPARTMENT, MANAGER, SELF = Reviewer.HIGHER_DEPARTMENT, Reviewer.MANAGING_BODY, Reviewer.SELF

# kind, reviewers until 2023, reviewers from 2024, provision from 2024
REVIEWERS = [
    ("ministry", [SELF], [SELF], "review_law_2023#25(1)"),
    ("provincial_government", [SELF], [SELF], "review_law_2023#24.2"),
    ("government", [HIGHER], [HIGHER], "review_law_2023#24.1(2)"),
    ("township", [HIGHER], [HIGHER], "review_law_2023#24.1(2)"),
    ("street_office", [HIGHER], [HIGHER], "review_law_2023#24.1(3)"),
    ("department", [OWN, DEPARTMENT], [OWN], "review_law_2023#24.1(1)"),
    ("justice", [OWN, DEPARTMENT], [OWN, DEPARTMENT], "review_law_2023#28"),
    ("vertical", [DEPARTMENT], [DEPARTMENT], "review_law_2023#27"),
    ("branch", [OWN, DEPARTMENT], [OWN], "review_law_2023#24.4"),
    ("organisation", [MANAGER], [OWN], "review_law_2023#24.1(4)"),
]


def body(kind: str = "department", **changed: str) -> Body:
    names = {
        "name": "甲县住房和城乡建设局",
        "government": "甲县人民政府",
        "higher_department": "乙市住房和城乡建设局",
        "basic_court": "甲县人民法院",
        "intermediate_court": "乙市中级人民法院",
    }
    return Body(BodyKind(kind), **(names | changed))


@pytest.mark.parametrize("article", [14, 15, 16])
def test_refusals_on_the_three_articles_are_reviewed_first_from_2024(article: int) -> None:
    assert not review_first({article}, LAST_DAY_OF_CHOICE)
    assert review_first({article}, FIRST_DAY_OF_REVIEW_FIRST)


@pytest.mark.parametrize("article", [2, 30, 35, 36, 38, 39])
def test_decisions_on_other_articles_are_never_reviewed_first(article: int) -> None:
    assert not review_first({article}, date(2026, 5, 6))


def test_one_withholding_article_among_others_is_enough() -> None:
    assert review_first({36, 37, 16}, date(2026, 5, 6))
    assert not review_first(set(), date(2026, 5, 6))


@given(grounds=st.sets(st.integers(1, 56)), on=st.dates(date(2018, 1, 1), date(2040, 12, 31)))
@settings(max_examples=80)
def test_review_first_is_the_law_of_2024_and_one_of_three_articles(
    grounds: set[int], on: date
) -> None:
    assert review_first(grounds, on) is (on.year >= 2024 and bool(grounds & {14, 15, 16}))


def test_a_decision_before_the_collected_laws_has_no_remedy_here() -> None:
    with pytest.raises(NotInForceError, match="2017-12-31 没有施行中的规定"):
        regime_on(date(2017, 12, 31))


@pytest.mark.parametrize(
    ("kind", "before", "since", "provision"), REVIEWERS, ids=[row[0] for row in REVIEWERS]
)
def test_a_body_is_reviewed_by_whom_the_law_of_the_day_names(
    kind: str, before: list[Reviewer], since: list[Reviewer], provision: str
) -> None:
    then = remedy_for("deny_internal", body(kind), LAST_DAY_OF_CHOICE)
    now = remedy_for("deny_internal", body(kind), FIRST_DAY_OF_REVIEW_FIRST)
    assert list(then.reviewers) == before
    assert list(now.reviewers) == since
    assert cite(provision) in now.citations


def test_every_kind_of_body_has_a_reviewer() -> None:
    assert {row[0] for row in REVIEWERS} == set(BodyKind)


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        pytest.param("ministry", ["某部"], id="a ministry reviews itself"),
        pytest.param("justice", ["甲县人民政府", "乙市住房和城乡建设局"], id="justice: either"),
        pytest.param("vertical", ["乙市住房和城乡建设局"], id="vertical: the department above"),
    ],
)
def test_reviewers_are_given_by_name(kind: str, names: list[str]) -> None:
    found = remedy_for("grant_provide", body(kind, name="某部"), FIRST_DAY_OF_REVIEW_FIRST)
    assert list(found.review_bodies) == names


@pytest.mark.parametrize(
    ("department", "reviewer"), [("某集团", "某集团"), ("", "甲县人民政府")], ids=["named", "none"]
)
def test_an_organisation_was_reviewed_by_the_body_that_manages_it(
    department: str, reviewer: str
) -> None:
    organisation = body("organisation", higher_department=department)
    found = remedy_for("grant_provide", organisation, LAST_DAY_OF_CHOICE)
    assert found.review_bodies == (reviewer,)


def test_reviewers_have_the_names_of_the_law() -> None:
    assert [each.label for each in Reviewer] == [
        "本级人民政府",
        "上一级人民政府",
        "上一级主管部门",
        "直接管理该组织的机关",
        "本机关",
    ]


@pytest.mark.parametrize("kind", BodyKind)
def test_governments_of_a_county_and_above_and_ministries_are_sued_in_intermediate_courts(
    kind: BodyKind,
) -> None:
    high = kind in {"ministry", "provincial_government", "government"}
    sued = body(kind)
    assert sued.court_level is (CourtLevel.INTERMEDIATE if high else CourtLevel.BASIC)
    assert sued.court == ("乙市中级人民法院" if high else "甲县人民法院")


def test_review_first_is_told_with_its_limits_and_no_direct_suit() -> None:
    found = remedy_for("deny_process", body(), FIRST_DAY_OF_REVIEW_FIRST)
    assert found.block is RemedyKind.REVIEW_FIRST
    assert found.review_first
    assert "suit" not in found.limits
    assert (found.limits["review"].n, found.limits["review"].unit) == (60, TimeUnit.DAY)
    assert found.limits["suit_after_review"].n == 15
    assert found.mark is Mark.VERIFIED
    assert [str(each) for each in found.citations] == [
        "review_law_2023#23.1(4)",
        "review_law_2023#23.2",
        "litigation_law#45",
        "review_law_2023#20.1",
        "review_law_2023#24.1(1)",
        "review_law_2023#34",
    ]


def test_the_choice_is_told_with_six_months_for_the_suit() -> None:
    found = remedy_for("unable_not_exist", body(), FIRST_DAY_OF_REVIEW_FIRST)
    assert found.block is RemedyKind.FREE_CHOICE
    assert not found.review_first
    assert (found.limits["suit"].n, found.limits["suit"].unit) == (6, TimeUnit.MONTH)
    assert found.limits["suit"].text == "6个月"
    assert [str(each) for each in found.citations] == [
        "litigation_law#44.1",
        "review_law_2023#20.1",
        "review_law_2023#24.1(1)",
        "litigation_law#46.1",
    ]


@pytest.mark.parametrize(
    ("name", "text", "provision"),
    [
        ("review", "60日", "review_law_2023#20.1"),
        ("review_untold", "1年", "review_law_2023#20.3"),
        ("review_longest", "5年", "review_law_2023#21"),
        ("review_longest_real_estate", "20年", "review_law_2023#21"),
        ("suit_after_review", "15日", "review_law_2023#34"),
        ("suit", "6个月", "litigation_law#46.1"),
        ("suit_untold", "1年", "litigation_interpretation#64"),
        ("suit_longest", "5年", "litigation_law#46.2"),
        ("suit_longest_real_estate", "20年", "litigation_law#46.2"),
    ],
)
def test_the_limits_from_2024(name: str, text: str, provision: str) -> None:
    limit = regime_on(FIRST_DAY_OF_REVIEW_FIRST).limits[name]
    assert (limit.text, limit.citation) == (text, cite(provision))


@pytest.mark.parametrize(
    ("name", "text", "provision"),
    [
        ("review", "60日", "review_law_2017#9.1"),
        ("suit_after_review", "15日", "litigation_law#45"),
        ("suit", "6个月", "litigation_law#46.1"),
        ("suit_untold", "1年", "litigation_interpretation#64"),
        ("suit_longest", "5年", "litigation_law#46.2"),
        ("suit_longest_real_estate", "20年", "litigation_law#46.2"),
    ],
)
def test_the_limits_until_2023(name: str, text: str, provision: str) -> None:
    limit = regime_on(LAST_DAY_OF_CHOICE).limits[name]
    assert (limit.text, limit.citation) == (text, cite(provision))


def test_until_2023_nothing_capped_review_that_was_not_told() -> None:
    assert set(regime_on(LAST_DAY_OF_CHOICE).limits) == {
        "review",
        "suit_after_review",
        "suit",
        "suit_untold",
        "suit_longest",
        "suit_longest_real_estate",
    }


def test_everything_before_2024_is_from_memory() -> None:
    assert remedy_for("deny_process", body(), LAST_DAY_OF_CHOICE).mark is Mark.MEMORY
    assert remedy_for("partial", body(), LAST_DAY_OF_CHOICE, grounds=[16]).mark is Mark.MEMORY


@pytest.mark.parametrize("kind", ["branch", "organisation"])
def test_the_reviewers_of_branches_and_organisations_are_from_memory(kind: str) -> None:
    found = remedy_for("deny_process", body(kind), FIRST_DAY_OF_REVIEW_FIRST)
    assert found.mark is Mark.MEMORY


@pytest.mark.parametrize(
    ("grounds", "first"),
    [
        pytest.param(frozenset(), False, id="nothing withheld under the three articles"),
        pytest.param({14}, True, id="a secret withheld"),
        pytest.param({15, 16}, True, id="privacy and internal matters withheld"),
    ],
)
def test_partial_disclosure_follows_the_grounds_of_its_withheld_part(
    grounds: set[int], *, first: bool
) -> None:
    found = remedy_for("partial", body(), FIRST_DAY_OF_REVIEW_FIRST, grounds=grounds)
    assert found.review_first is first
    assert found.mark is Mark.PRACTICE


def test_a_second_ground_that_withholds_makes_review_come_first() -> None:
    found = remedy_for("deny_admin_query", body(), FIRST_DAY_OF_REVIEW_FIRST, grounds=[16])
    assert found.review_first


@pytest.mark.parametrize("code", [code for code in OUTCOMES if code != "partial"])
def test_the_remedy_of_a_result_is_the_one_its_letter_carries(code: str) -> None:
    on = date(2025, 7, 1)
    found = remedy_for(code, body(), on)
    assert found.block is OUTCOMES[code].remedy
    for kind in OUTCOMES[code].letters:
        assert remedy_for_letter(kind, body(), on) == found


def test_a_letter_of_partial_disclosure_needs_its_grounds() -> None:
    with pytest.raises(RemedyError, match="须列明不公开部分所依据的条款"):
        remedy_for_letter("reply_partial", body(), date(2025, 7, 1))
    found = remedy_for_letter("reply_partial", body(), date(2025, 7, 1), grounds=[15])
    assert found.review_first


PROCEDURAL = [kind for kind, known in LETTERS.items() if known.remedy is RemedyKind.NONE]


@pytest.mark.parametrize("kind", PROCEDURAL)
def test_a_procedural_letter_says_nothing_of_remedies(kind: str) -> None:
    found = remedy_for_letter(kind, Body(BodyKind.DEPARTMENT, "甲县某局"), date(2025, 7, 1))
    assert found.block is RemedyKind.NONE
    assert found.review_bodies == ()
    assert remedy_text(found, electronic=True) == ""


def test_a_fee_notice_says_why_it_names_no_remedy() -> None:
    assert "不能单独" in remedy_for_letter("fee_notice", body(), date(2025, 7, 1)).note


def test_a_third_party_told_of_disclosure_may_choose_unless_something_was_withheld() -> None:
    on = date(2025, 7, 1)
    assert remedy_for_letter("third_party_result", body(), on).block is RemedyKind.FREE_CHOICE
    withheld = remedy_for_letter("third_party_result", body(), on, grounds=[15])
    assert withheld.block is RemedyKind.REVIEW_FIRST


def test_silence_may_be_reviewed_or_sued_over_and_is_noted_as_disputed() -> None:
    before = remedy_when_silent(body(), date(2025, 5, 31))
    after = remedy_when_silent(body(), date(2025, 6, 1))
    assert before.block is after.block is RemedyKind.FREE_CHOICE
    assert after.mark is Mark.PRACTICE
    assert "有争议" in after.note
    assert cite("regulations#51") in before.citations
    assert cite("disclosure_interpretation_2025#2") not in before.citations
    assert cite("disclosure_interpretation_2025#2") in after.citations


def test_the_paragraph_of_review_first_in_full() -> None:
    found = remedy_for("deny_case_file", body(), date(2025, 7, 1))
    assert remedy_text(found) == (
        "如不服本机关上述处理，应当自收到本文书之日起60日内先向甲县人民政府申请行政复议；"
        "对行政复议决定不服的，可以自收到行政复议决定书之日起15日内向甲县人民法院提起行政诉讼。"
    )


def test_the_paragraph_of_free_choice_in_full() -> None:
    found = remedy_for("deny_case_file", body(), date(2023, 7, 3))
    assert remedy_text(found) == (
        "如不服本机关上述处理，可以自收到本文书之日起60日内向甲县人民政府或者"
        "乙市住房和城乡建设局申请行政复议，也可以自收到本文书之日起6个月内"
        "直接向甲县人民法院提起行政诉讼。"
    )


def test_a_letter_served_online_names_the_online_channel_from_2024() -> None:
    now = remedy_for("unable_unclear", body(), FIRST_DAY_OF_REVIEW_FIRST)
    then = remedy_for("unable_unclear", body(), LAST_DAY_OF_CHOICE)
    with pytest.raises(RemedyError, match="提交行政复议申请的互联网渠道"):
        remedy_text(now, electronic=True, online_channel=" ")
    assert "互联网渠道" not in remedy_text(then, electronic=True)
    assert "互联网渠道" not in remedy_text(now)
    told = remedy_text(now, electronic=True, online_channel="甲县行政复议网上平台")
    assert told.endswith("行政复议申请可以通过互联网渠道提交：甲县行政复议网上平台。")


@pytest.mark.parametrize(
    ("kind", "blank", "said"),
    [
        ("department", "government", "没有填写行政复议机关（本级人民政府）的名称"),
        ("township", "government", "没有填写行政复议机关（上一级人民政府）的名称"),
        ("vertical", "higher_department", "没有填写行政复议机关（上一级主管部门）的名称"),
        ("department", "basic_court", "没有填写基层人民法院的名称"),
        ("government", "intermediate_court", "没有填写中级人民法院的名称"),
    ],
)
def test_a_body_without_a_name_the_letter_needs_is_refused(
    kind: str, blank: str, said: str
) -> None:
    with pytest.raises(RemedyError, match=said):
        remedy_for("deny_safety", body(kind, **{blank: " "}), date(2025, 7, 1))


def test_a_result_has_no_remedy_before_its_rule_is_in_force() -> None:
    with pytest.raises(NotInForceError, match="2020-12-31 还没有“逾期未按收费通知缴纳费用"):
        remedy_for("other_fee_unpaid", body(), date(2020, 12, 31))
    assert remedy_for("other_fee_unpaid", body(), date(2021, 1, 1)).review_first is False


def test_an_unknown_result_or_letter_is_refused() -> None:
    with pytest.raises(UnknownOutcomeError):
        remedy_for("deny_nothing", body(), date(2025, 7, 1))
    with pytest.raises(UnknownLetterError):
        remedy_for_letter("reply_nothing", body(), date(2025, 7, 1))


def test_units_are_written_as_in_letters() -> None:
    assert [unit.label for unit in TimeUnit] == ["个工作日", "日", "个月", "年"]


def _tables() -> list[dict[str, Any]]:
    text = resources.files("statute").joinpath("remedies.toml").read_text(encoding="utf-8")
    tables: list[dict[str, Any]] = tomllib.loads(text)["regimes"]
    return tables


def test_data_without_a_reviewer_for_some_body_are_refused() -> None:
    raw = _tables()[1]
    del raw["bodies"]["township"]
    with pytest.raises(ValueError, match="review_law_2023 没有写明复议机关"):
        remedies._regime(raw)


@pytest.mark.parametrize("number", [0, -5])
def test_a_limit_of_no_days_is_refused(number: int) -> None:
    raw = _tables()[1]["limits"]["review"] | {"n": number}
    with pytest.raises(ValueError, match="期限必须是正数"):
        remedies.read_limit(raw)
