"""How disputes are counted in table four and which limits bind in them, written out by hand.

Worked situations stand in cases/disputes.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from statute import disputes
from statute.citations import Mark, cite
from statute.disputes import (
    CO_DEFENDANT_RULE,
    LIMITS,
    RESULT_GROUPS,
    RESULTS,
    SIMPLE_PROCEDURE,
    Before,
    Contested,
    Dispute,
    DisputeError,
    Instance,
    Procedure,
    ResultGroup,
    actionable_on,
    counts_for,
    defendant_rule,
    dispute_limit,
    dispute_result,
    standing_in,
    table_four,
)
from statute.errors import NotInForceError
from statute.reporting.editions import EDITIONS
from statute.reporting.forms import Edition
from statute.units import TimeUnit

# id, label, column, in review, in suit
SORTED = [
    ("decision_upheld", "维持原决定", "uphold", True, False),
    ("review_request_dismissed", "驳回行政复议请求", "uphold", True, False),
    ("claims_dismissed", "判决驳回诉讼请求", "uphold", False, True),
    ("suit_dismissed", "裁定驳回起诉", "uphold", False, True),
    ("revoked", "撤销", "correct", True, True),
    ("partly_revoked", "部分撤销", "correct", True, True),
    ("altered", "变更", "correct", True, True),
    ("found_unlawful", "确认违法", "correct", True, True),
    ("found_void", "确认无效", "correct", True, True),
    ("ordered_to_perform", "责令履行", "correct", True, True),
    ("ordered_to_redo", "责令重作", "correct", True, True),
    ("withdrawn", "撤回", "other", True, True),
    ("terminated", "终止", "other", True, True),
    ("mediated", "调解", "other", True, True),
    ("settled", "和解", "other", True, True),
    ("not_accepted", "不予受理", "other", True, False),
    ("not_filed", "不予立案", "other", False, True),
    ("transferred", "移送", "other", True, True),
    ("appeal_dismissed", "驳回上诉，维持原判", None, False, True),
    ("remanded", "发回重审", "pending", False, True),
]

# id, number, unit, provision
TIMES = [
    ("complaint_answer", 15, "workday", "house_practice#投诉告知"),
    ("petition_acceptance", 15, "day", "petition_regulation#受理"),
    ("petition_decision", 60, "day", "petition_regulation#办理"),
    ("petition_extension", 30, "day", "petition_regulation#办理"),
    ("review_acceptance", 5, "workday", "review_law_2023#30"),
    ("review_correction_notice", 5, "workday", "review_law_2023#31"),
    ("review_correction", 10, "workday", "review_law_2023#31"),
    ("review_copy_normal", 7, "workday", "review_law_2023#48"),
    ("review_reply_normal", 10, "workday", "review_law_2023#48"),
    ("review_copy_simple", 3, "workday", "review_law_2023#54"),
    ("review_reply_simple", 5, "workday", "review_law_2023#54"),
    ("review_decision_normal", 60, "day", "review_law_2023#62"),
    ("review_decision_extension", 30, "day", "review_law_2023#62"),
    ("review_decision_simple", 30, "day", "review_law_2023#62"),
    ("review_opinion_report", 60, "day", "review_law_2023#76"),
    ("suit_answer", 15, "day", "litigation_law#67"),
    ("suit_summary_judgment", 45, "day", "litigation_law#83"),
    ("appeal_judgment", 15, "day", "litigation_law#85"),
    ("appeal_ruling", 10, "day", "litigation_law#85"),
]


def review(*instances: Instance) -> Dispute:
    return Dispute(Procedure.REVIEW, ("甲局",), instances)


def suit(*instances: Instance) -> Dispute:
    return Dispute(Procedure.DIRECT_SUIT, ("甲局",), instances)


@pytest.mark.parametrize(
    ("result_id", "label", "column", "in_review", "in_suit"), SORTED, ids=[row[1] for row in SORTED]
)
def test_a_result_is_sorted_into_its_column(
    result_id: str, label: str, column: str | None, *, in_review: bool, in_suit: bool
) -> None:
    found = dispute_result(result_id)
    assert (found.label, found.group) == (label, column)
    assert (found.in_review, found.in_suit) == (in_review, in_suit)


def test_no_result_is_unlisted_and_the_sorting_is_practice_but_for_one() -> None:
    assert list(RESULTS) == [row[0] for row in SORTED]
    verified = {name for name, result in RESULTS.items() if result.mark is Mark.VERIFIED}
    assert verified == {"claims_dismissed"}
    assert {result.mark for result in RESULTS.values()} == {Mark.VERIFIED, Mark.PRACTICE}


@pytest.mark.parametrize("form", EDITIONS, ids=[form.id for form in EDITIONS])
def test_the_columns_are_printed_as_the_form_prints_them(form: Edition) -> None:
    figures = table_four((), 2025, "甲局")
    assert list(figures) == [column.id for column in form.dispute_columns]
    assert len(figures) == 15
    for group in form.disputes:
        labels = [column.label for column in group.columns]
        assert labels == [*(each.label for each in ResultGroup), "总计"]


def test_every_procedure_is_a_group_of_the_form() -> None:
    assert [each.value for each in Procedure] == [group.id for group in EDITIONS[0].disputes]


def test_an_unknown_result_is_refused_by_name() -> None:
    with pytest.raises(DisputeError, match="没有这种复议、诉讼结果：draw"):
        dispute_result("draw")


@pytest.mark.parametrize(
    ("decided_on", "result"),
    [
        pytest.param(date(2025, 3, 3), None, id="a date without a result"),
        pytest.param(None, "revoked", id="a result without a date"),
    ],
)
def test_date_and_result_are_entered_together(decided_on: date | None, result: str | None) -> None:
    with pytest.raises(DisputeError, match="须同时填写"):
        Instance(date(2025, 1, 6), decided_on, result)


def test_a_decision_before_the_filing_is_refused() -> None:
    with pytest.raises(DisputeError, match="审结日期 2025-01-05 早于立案日期 2025-01-06"):
        Instance(date(2025, 1, 6), date(2025, 1, 5), "revoked")


def test_a_decision_on_the_day_of_filing_is_possible() -> None:
    assert Instance(date(2025, 1, 6), date(2025, 1, 6), "withdrawn").decided_by(date(2025, 1, 6))


@pytest.mark.parametrize(
    ("respondents", "instances"),
    [
        pytest.param((), (Instance(date(2025, 1, 6)),), id="nobody is sued"),
        pytest.param(("甲局",), (), id="nothing was filed"),
    ],
)
def test_a_dispute_has_a_respondent_and_a_filing(
    respondents: tuple[str, ...], instances: tuple[Instance, ...]
) -> None:
    with pytest.raises(DisputeError, match="须有被申请人或者被告"):
        Dispute(Procedure.REVIEW, respondents, instances)


def test_instances_are_entered_in_order() -> None:
    with pytest.raises(DisputeError, match="按立案先后登记"):
        suit(Instance(date(2025, 6, 3)), Instance(date(2025, 1, 6)))


def test_a_review_cannot_end_like_a_suit_nor_a_suit_like_a_review() -> None:
    with pytest.raises(DisputeError, match="行政复议没有“判决驳回诉讼请求”这种结果"):
        review(Instance(date(2025, 1, 6), date(2025, 3, 3), "claims_dismissed"))
    with pytest.raises(DisputeError, match="行政诉讼没有“维持原决定”这种结果"):
        suit(Instance(date(2025, 1, 6), date(2025, 3, 3), "decision_upheld"))


def test_an_appeal_is_dismissed_only_after_a_first_instance() -> None:
    with pytest.raises(DisputeError, match="须有前一审级"):
        suit(Instance(date(2025, 1, 6), date(2025, 3, 3), "appeal_dismissed"))


def test_a_dispute_not_against_the_body_is_not_its_own() -> None:
    assert not counts_for("乙局", review(Instance(date(2025, 1, 6))))


@pytest.mark.parametrize(
    ("respondents", "counted"),
    [
        pytest.param(("甲局", "甲县政府"), {"甲局"}, id="sued together: the body that decided"),
        pytest.param(("甲县政府",), {"甲县政府"}, id="sued alone: the body that reviewed"),
    ],
)
def test_a_reviewing_body_counts_only_when_sued_alone(
    respondents: tuple[str, ...], counted: set[str]
) -> None:
    dispute = Dispute(
        Procedure.SUIT_AFTER_REVIEW, respondents, (Instance(date(2025, 1, 6)),), "甲县政府"
    )
    assert {body for body in ("甲局", "甲县政府") if counts_for(body, dispute)} == counted
    assert cite("dispute_count_2016#共同被告") == CO_DEFENDANT_RULE


def test_a_dispute_stands_in_every_year_in_which_it_was_pending() -> None:
    dispute = review(Instance(date(2024, 12, 2), date(2026, 1, 15), "revoked"))
    assert [standing_in(dispute, year) for year in range(2023, 2028)] == [
        None,
        ResultGroup.PENDING,
        ResultGroup.PENDING,
        ResultGroup.CORRECT,
        None,
    ]


def test_a_decision_on_the_last_day_of_the_year_is_a_decision_of_that_year() -> None:
    dispute = review(Instance(date(2025, 11, 3), date(2025, 12, 31), "mediated"))
    assert standing_in(dispute, 2025) is ResultGroup.OTHER
    assert standing_in(dispute, 2026) is None


def test_an_appeal_filed_in_january_brings_the_case_into_the_next_report() -> None:
    dispute = suit(
        Instance(date(2025, 5, 6), date(2025, 12, 22), "claims_dismissed"),
        Instance(date(2026, 1, 5), date(2026, 4, 7), "appeal_dismissed"),
    )
    assert standing_in(dispute, 2025) is ResultGroup.UPHOLD
    assert standing_in(dispute, 2026) is ResultGroup.UPHOLD
    assert standing_in(dispute, 2027) is None


def test_a_remanded_case_is_pending_until_it_is_decided_anew() -> None:
    dispute = suit(
        Instance(date(2024, 1, 8), date(2024, 6, 3), "revoked"),
        Instance(date(2024, 6, 17), date(2024, 11, 4), "remanded"),
        Instance(date(2026, 2, 2), date(2026, 8, 3), "claims_dismissed"),
    )
    assert [standing_in(dispute, year) for year in (2024, 2025, 2026, 2027)] == [
        ResultGroup.PENDING,
        ResultGroup.PENDING,
        ResultGroup.UPHOLD,
        None,
    ]


def test_an_office_may_sort_results_otherwise() -> None:
    dispute = suit(Instance(date(2025, 1, 6), date(2025, 3, 3), "not_filed"))
    sorting = dict(RESULT_GROUPS) | {"not_filed": ResultGroup.UPHOLD}
    usual = table_four([dispute], 2025, "甲局")
    changed = table_four([dispute], 2025, "甲局", groups=sorting)
    assert (usual["ld_other"], usual["ld_uphold"]) == (1, 0)
    assert (changed["ld_other"], changed["ld_uphold"]) == (0, 1)


def test_a_sorting_that_forgets_a_result_is_refused() -> None:
    dispute = suit(Instance(date(2025, 1, 6), date(2025, 3, 3), "not_filed"))
    with pytest.raises(DisputeError, match="没有归入表四的任何一列：not_filed"):
        table_four([dispute], 2025, "甲局", groups={})


@st.composite
def _disputes(draw: st.DrawFn) -> Dispute:
    procedure = draw(st.sampled_from(Procedure))
    opened = draw(st.dates(date(2023, 1, 1), date(2026, 12, 31)))
    ends = [
        result.id
        for result in RESULTS.values()
        if result.group is not None and (result.in_suit if procedure.is_suit else result.in_review)
    ]
    result = draw(st.none() | st.sampled_from(ends))
    decided = None if result is None else opened + timedelta(days=draw(st.integers(0, 400)))
    together = procedure is Procedure.SUIT_AFTER_REVIEW and draw(st.booleans())
    respondents = ("甲局", "甲县政府") if together else (draw(st.sampled_from(["甲局", "乙局"])),)
    return Dispute(procedure, respondents, (Instance(opened, decided, result),), "甲县政府")


@given(cases=st.lists(_disputes(), max_size=12), year=st.integers(2023, 2027))
@settings(max_examples=60)
def test_every_dispute_of_the_year_is_counted_by_exactly_one_body_and_the_groups_add_up(
    cases: list[Dispute], year: int
) -> None:
    tables = [table_four(cases, year, body) for body in ("甲局", "乙局", "甲县政府")]
    for figures in tables:
        for group in Procedure:
            parts = [figures[f"{group}_{column}"] for column in ResultGroup]
            assert figures[f"{group}_total"] == sum(parts)
    counted = sum(figures[f"{group}_total"] for figures in tables for group in Procedure)
    assert counted == sum(standing_in(case, year) is not None for case in cases)


@given(cases=st.lists(_disputes(), max_size=12), year=st.integers(2023, 2027))
@settings(max_examples=60)
def test_what_is_pending_at_the_end_of_a_year_appears_in_the_next(
    cases: list[Dispute], year: int
) -> None:
    this, following = (table_four(cases, y, "甲局") for y in (year, year + 1))
    for group in Procedure:
        assert following[f"{group}_total"] >= this[f"{group}_pending"]


@pytest.mark.parametrize(
    ("limit_id", "number", "unit", "provision"), TIMES, ids=[row[0] for row in TIMES]
)
def test_a_limit_has_its_number_unit_and_article(
    limit_id: str, number: int, unit: str, provision: str
) -> None:
    limit = dispute_limit(limit_id, date(2025, 7, 1))
    assert (limit.n, limit.unit, limit.citation) == (number, TimeUnit(unit), cite(provision))


def test_no_limit_is_unlisted_and_only_the_answer_to_complaints_is_our_own() -> None:
    assert list(LIMITS) == [row[0] for row in TIMES]
    ours = {name for name, known in LIMITS.items() if known.limit.mark is not Mark.VERIFIED}
    assert ours == {"complaint_answer"}


@pytest.mark.parametrize("limit_id", ["review_reply_normal", "review_reply_simple"])
def test_a_late_reply_counts_as_no_evidence(limit_id: str) -> None:
    assert "视为没有证据" in dispute_limit(limit_id, date(2025, 7, 1)).consequence


def test_a_review_not_examined_in_time_counts_as_accepted() -> None:
    assert dispute_limit("review_acceptance", date(2025, 7, 1)).consequence.endswith("视为受理")


@pytest.mark.parametrize(
    ("limit_id", "first_day"),
    [
        ("review_decision_normal", date(2024, 1, 1)),
        ("petition_decision", date(2022, 5, 1)),
        ("suit_answer", date(2017, 7, 1)),
        ("complaint_answer", date(2019, 5, 15)),
    ],
)
def test_a_limit_holds_from_the_day_its_rule_is_in_force(limit_id: str, first_day: date) -> None:
    assert dispute_limit(limit_id, first_day).n > 0
    with pytest.raises(NotInForceError, match="没有施行中的规定"):
        dispute_limit(limit_id, first_day - timedelta(days=1))


def test_an_unknown_limit_is_refused_by_name() -> None:
    with pytest.raises(DisputeError, match="没有这种期限：forever"):
        dispute_limit("forever", date(2025, 7, 1))


@pytest.mark.parametrize(
    ("contested", "defendant", "mark"),
    [
        (Contested.PROACTIVE, "公开该信息的机关", Mark.VERIFIED),
        (Contested.ANSWER, "作出答复的机关", Mark.VERIFIED),
        (Contested.SILENCE, "收到申请的机关", Mark.MEMORY),
    ],
    ids=["主动公开", "依申请答复", "逾期不答复"],
)
def test_the_defendant_is_the_body_that_acted_or_should_have(
    contested: Contested, defendant: str, mark: Mark
) -> None:
    rule = defendant_rule(contested, date(2025, 6, 1))
    assert (rule.defendant, rule.mark) == (defendant, mark)
    assert rule.citation == cite("disclosure_interpretation_2025#4")


def test_the_rule_on_defendants_is_not_older_than_the_interpretation() -> None:
    with pytest.raises(NotInForceError, match="2025-05-31 政府信息公开行政案件解释尚未施行"):
        defendant_rule(Contested.ANSWER, date(2025, 5, 31))
    with pytest.raises(NotInForceError, match="尚未施行"):
        actionable_on(date(2025, 5, 31))


def test_five_acts_may_be_sued_over_and_the_duty_to_publish_only_after_an_application() -> None:
    acts = {act.id: (act.after, str(act.citation)) for act in actionable_on(date(2025, 6, 1))}
    assert acts == {
        "unable_or_ignored": (Before.NOTHING, "disclosure_interpretation_2025#1"),
        "withheld": (Before.REVIEW, "disclosure_interpretation_2025#1"),
        "not_as_requested": (Before.NOTHING, "disclosure_interpretation_2025#1"),
        "disclosure_infringes": (Before.NOTHING, "disclosure_interpretation_2025#1"),
        "other": (Before.NOTHING, "disclosure_interpretation_2025#1"),
        "proactive_duty": (Before.APPLICATION, "disclosure_interpretation_2025#2"),
    }


def test_disclosure_cases_may_be_heard_by_the_simple_procedure() -> None:
    assert [str(each) for each in SIMPLE_PROCEDURE] == [
        "review_law_2023#53.1(4)",
        "litigation_law#82.1(3)",
    ]


@pytest.mark.parametrize("procedures", [[], ["mediation"]], ids=["none", "another"])
def test_data_that_say_neither_review_nor_suit_are_refused(procedures: list[str]) -> None:
    raw = {"label": "某种结果", "group": "other", "procedures": procedures}
    with pytest.raises(ValueError, match="某 没有写明用于复议还是诉讼"):
        disputes._result("某", raw)
