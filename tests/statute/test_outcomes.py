"""The twenty-three results: what law.md's list says of each, written out by hand.

Worked situations stand in cases/outcomes.
"""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from typing import Any

import pytest

from statute import outcomes
from statute.citations import Mark, cite
from statute.errors import NotInForceError
from statute.outcomes import (
    OUTCOMES,
    OutcomeGroup,
    ProofKind,
    RemedyKind,
    UnknownOutcomeError,
    letter_of,
    missing_proofs,
    outcome,
    outcomes_on,
    questions,
    report_row,
)
from statute.reporting.editions import EDITIONS
from statute.reporting.forms import Edition

# code, row 2019, row 2021, letter, remedy, grounds
TABLE = [
    ("grant_already_public", "r_grant", "r_grant", "reply_public_already", "B", set()),
    ("grant_provide", "r_grant", "r_grant", "reply_grant", "B", set()),
    ("partial", "r_partial", "r_partial", "reply_partial", "by_grounds", set()),
    ("deny_state_secret", "r_deny_1", "r_deny_1", "reply_deny_14a", "A", {14}),
    ("deny_law_forbid", "r_deny_2", "r_deny_2", "reply_deny_14b", "A", {14}),
    ("deny_safety", "r_deny_3", "r_deny_3", "reply_deny_14c", "A", {14}),
    ("deny_third_party", "r_deny_4", "r_deny_4", "reply_deny_15", "A", {15}),
    ("deny_internal", "r_deny_5", "r_deny_5", "reply_deny_16a", "A", {16}),
    ("deny_process", "r_deny_6", "r_deny_6", "reply_deny_16b", "A", {16}),
    ("deny_case_file", "r_deny_7", "r_deny_7", "reply_deny_16c", "A", {16}),
    ("deny_admin_query", "r_deny_8", "r_deny_8", "reply_admin_query", "B", set()),
    ("unable_not_exist", "r_unable_1", "r_unable_1", "reply_not_exist", "B", set()),
    ("unable_other_agency", "r_unable_1", "r_unable_1", "reply_other_agency", "B", set()),
    ("unable_need_creation", "r_unable_2", "r_unable_2", "reply_need_creation", "B", set()),
    ("unable_unclear", "r_unable_3", "r_unable_3", "reply_unclear", "B", set()),
    ("ignore_petition", "r_ignore_1", "r_ignore_1", "reply_petition", "B", set()),
    ("ignore_repeat", "r_ignore_2", "r_ignore_2", "reply_repeat", "B", set()),
    ("ignore_publication", "r_ignore_3", "r_ignore_3", "reply_publication", "B", set()),
    ("ignore_excessive", "r_ignore_4", "r_ignore_4", "reply_excessive", "B", set()),
    ("ignore_reconfirm", "r_ignore_5", "r_ignore_5", "reply_reconfirm", "B", set()),
    ("other_no_correction", "r_other", "r_other_1", "close_no_correction", "B", set()),
    ("other_fee_unpaid", "r_other", "r_other_2", "close_fee_unpaid", "B", set()),
    ("other_misc", "r_other", "r_other_3", "reply_not_gov_info", "B", set()),
]

PROVISIONS = {
    "grant_already_public": "regulations#36(1)",
    "grant_provide": "regulations#36(2)",
    "partial": "regulations#37",
    "deny_state_secret": "regulations#14",
    "deny_law_forbid": "regulations#14",
    "deny_safety": "regulations#14",
    "deny_third_party": "regulations#15",
    "deny_internal": "regulations#16.1",
    "deny_process": "regulations#16.2",
    "deny_case_file": "regulations#16.2",
    "deny_admin_query": "regulations#36(7)",
    "unable_not_exist": "regulations#36(4)",
    "unable_other_agency": "regulations#36(5)",
    "unable_need_creation": "regulations#38",
    "unable_unclear": "regulations#30",
    "ignore_petition": "regulations#39.1",
    "ignore_repeat": "regulations#36(6)",
    "ignore_publication": "regulations#39.2",
    "ignore_excessive": "regulations#35",
    "ignore_reconfirm": "regulations#38",
    "other_no_correction": "regulations#30",
    "other_fee_unpaid": "regulations#42",
    "other_misc": "regulations#2",
}

REQUIREMENTS = [
    pytest.param(code, place, id=f"{code}: {needed.what_to_do}")
    for code, result in OUTCOMES.items()
    for place, needed in enumerate(result.requires)
]


@pytest.fixture
def tables() -> dict[str, Any]:
    return deepcopy(outcomes._tables())


def test_the_results_are_the_listed_twenty_three_in_the_order_of_table_three() -> None:
    assert list(OUTCOMES) == [row[0] for row in TABLE]
    assert len(TABLE) == 23


@pytest.mark.parametrize(
    ("code", "old", "new", "letter", "remedy", "grounds"), TABLE, ids=[row[0] for row in TABLE]
)
def test_a_result_has_its_row_letter_and_remedy(
    code: str, old: str, new: str, letter: str, remedy: str, grounds: set[int]
) -> None:
    known = outcome(code)
    assert (report_row(code, "2019"), report_row(code, "2021")) == (old, new)
    assert known.letter == letter
    assert known.remedy == remedy
    assert known.grounds == grounds


@pytest.mark.parametrize(("code", "provision"), PROVISIONS.items(), ids=PROVISIONS)
def test_a_result_rests_on_its_article(code: str, provision: str) -> None:
    assert cite(provision) in outcome(code).citations


def test_every_refusal_names_the_item_that_asks_for_reasons() -> None:
    refusals = [known for known in OUTCOMES.values() if known.grounds]
    assert len(refusals) == 7
    assert all(cite("regulations#36(3)") in known.citations for known in refusals)


@pytest.mark.parametrize("form", EDITIONS, ids=[form.id for form in EDITIONS])
def test_every_result_row_of_a_form_is_reached_and_no_other(form: Edition) -> None:
    assert {report_row(code, form.id) for code in OUTCOMES} == set(form.outcome_rows)


@pytest.mark.parametrize("form", EDITIONS, ids=[form.id for form in EDITIONS])
def test_the_group_of_a_result_is_the_group_its_row_is_printed_in(form: Edition) -> None:
    printed = {row.id: row.group or row.label for row in form.requests}
    for code, known in OUTCOMES.items():
        assert known.group.label in printed[report_row(code, form.id)]


def test_the_groups_are_the_six_of_the_form() -> None:
    assert [group.label for group in OutcomeGroup] == [
        "予以公开",
        "部分公开",
        "不予公开",
        "无法提供",
        "不予处理",
        "其他处理",
    ]


def test_an_unknown_result_is_refused_by_name() -> None:
    with pytest.raises(UnknownOutcomeError, match="没有这种办理结果：deny_everything"):
        outcome("deny_everything")


def test_a_form_that_does_not_exist_has_no_row() -> None:
    with pytest.raises(NotInForceError, match="没有编号为 2014 的年报格式"):
        report_row("partial", "2014")


def test_reconfirmation_and_the_remedy_of_partial_disclosure_are_marked_practice() -> None:
    marked = {code for code, known in OUTCOMES.items() if known.mark is not Mark.VERIFIED}
    remedy = {code for code, known in OUTCOMES.items() if known.remedy_mark is not Mark.VERIFIED}
    assert marked == {"ignore_reconfirm"}
    assert outcome("ignore_reconfirm").mark is Mark.PRACTICE
    assert remedy == {"partial"}
    assert outcome("partial").remedy_mark is Mark.PRACTICE


@pytest.mark.parametrize(
    ("day", "number"),
    [
        pytest.param(date(2019, 5, 14), 0, id="the day before the regulations: none"),
        pytest.param(date(2019, 5, 15), 22, id="the regulations' first day: all but unpaid fees"),
        pytest.param(date(2020, 12, 31), 22, id="the day before fees: all but unpaid fees"),
        pytest.param(date(2021, 1, 1), 23, id="the first day of fees: all"),
    ],
)
def test_results_are_open_from_the_day_their_rule_is_in_force(day: date, number: int) -> None:
    assert len(outcomes_on(day)) == number


@pytest.mark.parametrize(("code", "place"), REQUIREMENTS)
def test_leaving_out_one_proof_asks_for_that_one(code: str, place: int) -> None:
    needed = outcome(code).requires[place]
    others = set(ProofKind) - set(needed.proofs)
    (gap,) = missing_proofs(code, others)
    assert (gap.kind, *gap.alternatives) == needed.proofs
    assert gap.what_to_do == needed.what_to_do
    assert gap.citation == needed.citation
    assert gap.mark == needed.mark


@pytest.mark.parametrize("code", OUTCOMES)
def test_a_result_with_every_proof_lacks_nothing_and_with_none_lacks_something(code: str) -> None:
    assert missing_proofs(code, set(ProofKind)) == ()
    assert missing_proofs(code, ()) != ()


def test_what_lawyers_must_do_is_said_in_chinese_with_the_article() -> None:
    (gap,) = missing_proofs("deny_law_forbid", ())
    assert gap.what_to_do == "写明禁止公开的法律或者行政法规的名称和条款；规章不能作为依据"
    assert gap.citation == cite("regulations#14")


def test_proofs_are_recognised_by_their_plain_names() -> None:
    assert missing_proofs("unable_not_exist", ["search_record", "not a proof"]) == ()


def test_every_proof_has_a_label_and_some_result_that_needs_it() -> None:
    needed = {
        proof for known in OUTCOMES.values() for each in known.requires for proof in each.proofs
    }
    assert needed == set(ProofKind)
    assert len({proof.label for proof in ProofKind}) == len(ProofKind)
    assert ProofKind.SEARCH_RECORD.label == "检索记录"


def test_a_withdrawn_case_is_closed_by_its_own_letter() -> None:
    assert letter_of("other_misc") == "reply_not_gov_info"
    assert letter_of("other_misc", {ProofKind.HELD_ELSEWHERE}) == "reply_not_gov_info"
    assert letter_of("other_misc", {ProofKind.WITHDRAWAL}) == "close_withdrawn"
    assert outcome("other_misc").letters == ("reply_not_gov_info", "close_withdrawn")


def test_the_questions_come_in_the_order_a_clerk_asks() -> None:
    assert [question.text for question in questions()] == [
        "申请能不能往下办？",
        "是不是政府信息？",
        "谁负责公开？",
        "有没有？",
        "给不给？",
        "怎么给？",
    ]


def test_the_questions_lead_to_every_result() -> None:
    reached = {code for each in questions() for answer in each.answers for code in answer.outcomes}
    assert reached == set(OUTCOMES)


def test_each_question_but_the_last_leads_to_the_next() -> None:
    asked = questions()
    following = [answer.next for each in asked for answer in each.answers if answer.next]
    assert following == [each.id for each in asked[1:]]


def test_an_answer_either_goes_on_or_stops_at_results() -> None:
    for each in questions():
        for answer in each.answers:
            assert (answer.next is None) == bool(answer.outcomes)


def test_data_that_withhold_on_another_article_are_refused(tables: dict[str, Any]) -> None:
    tables["outcomes"]["deny_safety"]["grounds"] = [17]
    with pytest.raises(ValueError, match="deny_safety：不公开的依据"):
        outcomes._outcomes(tables)


@pytest.mark.parametrize(
    ("code", "remedy"),
    [
        pytest.param("deny_safety", RemedyKind.FREE_CHOICE, id="a refusal without review first"),
        pytest.param("unable_unclear", RemedyKind.REVIEW_FIRST, id="review first without refusal"),
    ],
)
def test_data_whose_remedy_contradicts_the_grounds_are_refused(
    tables: dict[str, Any], code: str, remedy: str
) -> None:
    tables["outcomes"][code]["remedy"] = remedy
    with pytest.raises(ValueError, match=f"{code}：救济种类与所依据的条款不一致"):
        outcomes._outcomes(tables)


@pytest.mark.parametrize("row", ["r_other", "r_nowhere"])
def test_data_that_do_not_fit_the_form_are_refused(tables: dict[str, Any], row: str) -> None:
    tables["outcomes"]["other_misc"]["rows"]["2021"] = row
    with pytest.raises(ValueError, match="2021 版年报的办理结果行"):
        outcomes._outcomes(tables)


def test_a_question_that_leads_backwards_is_refused(tables: dict[str, Any]) -> None:
    tables["questions"][1]["answers"][0]["next"] = "admissible"
    with pytest.raises(ValueError, match="没有通向后面的问题"):
        outcomes._questions(tables, OUTCOMES)


def test_a_question_that_leads_to_an_unknown_result_is_refused(tables: dict[str, Any]) -> None:
    tables["questions"][1]["answers"][1]["outcomes"] = ["ignore_all"]
    with pytest.raises(ValueError, match="ignore_all"):
        outcomes._questions(tables, OUTCOMES)
