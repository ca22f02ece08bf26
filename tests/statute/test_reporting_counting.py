"""How cases become table three and suits table four."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from statute.citations import Mark
from statute.dated import Period
from statute.errors import NotInForceError
from statute.reporting.cells import APPLICANT_COLUMNS, DISPUTE_CELLS, Figures
from statute.reporting.checks import Status, check
from statute.reporting.counting import (
    SWITCHES,
    CountedCase,
    CountedDispute,
    CountingError,
    JointApplicants,
    Matter,
    Switches,
    count,
    count_disputes,
)
from statute.reporting.counting_rules import (
    APPLICANT_KINDS,
    COUNTING_RULES,
    DISPUTE_ENDS,
    TABLE_TWO_SOURCES,
    applicant_column,
)
from statute.reporting.editions import EDITIONS

GRANTED = CountedCase(
    "甲", date(2024, 3, 1), ("natural",), decided_on=date(2024, 3, 20), row="r_grant"
)
OPEN_AT_YEAR_END = CountedCase("乙", date(2024, 12, 20), ("org_business",))


def test_receipt_and_decision_in_one_year_count_once_in_each() -> None:
    table = count([GRANTED], 2024, "2021")
    assert table["a1"] == (1, 0, 0, 0, 0, 0, 1)
    assert table["r_grant"] == (1, 0, 0, 0, 0, 0, 1)
    assert table["r_sum"] == (1, 0, 0, 0, 0, 0, 1)
    assert table["a2"] == table["a4"] == (0,) * 7


def test_a_table_has_every_row_of_its_edition() -> None:
    assert len(count([], 2020, "2019")) == 23
    assert len(count([], 2024, "2021")) == 25
    assert set(count([], 2024, "2021").values()) == {(0,) * 7}


def test_what_is_undecided_at_the_end_of_the_year_is_carried_over() -> None:
    decided = replace(OPEN_AT_YEAR_END, decided_on=date(2025, 1, 10), row="r_unable_1")
    for case in (OPEN_AT_YEAR_END, decided):
        this = count([case], 2024, "2021")
        assert this["a1"] == this["a4"] == (0, 1, 0, 0, 0, 0, 1)
        assert this["r_sum"] == (0,) * 7
    following = count([decided], 2025, "2021")
    assert following["a1"] == following["a4"] == (0,) * 7
    assert following["a2"] == following["r_unable_1"] == (0, 1, 0, 0, 0, 0, 1)


def test_a_case_carried_over_two_years_is_carried_in_and_out() -> None:
    table = count([OPEN_AT_YEAR_END], 2025, "2021")
    assert table["a2"] == table["a4"] == (0, 1, 0, 0, 0, 0, 1)


def test_cases_of_other_years_do_not_count() -> None:
    assert count([GRANTED], 2023, "2021")["a1"][-1] == 0
    assert count([GRANTED], 2025, "2021")["a2"][-1] == 0


def test_a_correction_in_the_new_year_leaves_the_case_in_the_year_of_first_receipt() -> None:
    case = CountedCase(
        "丙",
        date(2023, 12, 25),
        ("natural",),
        corrected_on=date(2024, 1, 8),
        decided_on=date(2024, 2, 1),
        row="r_grant",
    )
    assert count([case], 2023, "2021")["a1"][0] == 1
    assert count([case], 2024, "2021")["a2"][0] == 1
    moved = [replace(SWITCHES[0], correction_moves_receipt=True)]
    assert count([case], 2023, "2021", moved)["a1"][0] == 0
    assert count([case], 2024, "2021", moved)["a1"][0] == 1
    assert count([GRANTED], 2024, "2021", moved)["a1"][0] == 1


def test_an_application_split_in_three_counts_three() -> None:
    table = count([replace(GRANTED, pieces=3)], 2024, "2021")
    assert table["a1"][-1] == table["r_grant"][-1] == table["r_sum"][-1] == 3


def test_joint_applicants_count_once_under_the_first() -> None:
    joint = replace(GRANTED, applicants=("org_legal", "natural"))
    assert count([joint], 2024, "2021")["a1"] == (0, 0, 0, 0, 1, 0, 1)


def test_joint_applicants_of_different_kinds_may_be_set_to_count_under_other() -> None:
    switches = [replace(SWITCHES[0], joint_applicants=JointApplicants.OTHER)]
    joint = replace(GRANTED, applicants=("org_legal", "natural"))
    alike = replace(GRANTED, applicants=("natural", "natural"))
    assert count([joint, alike], 2024, "2021", switches)["a1"] == (1, 0, 0, 0, 0, 1, 2)


@pytest.mark.parametrize("matter", [Matter.RECORD_CORRECTION, Matter.COMPLAINT])
def test_corrections_of_records_and_complaints_are_no_applications(matter: Matter) -> None:
    assert count([replace(GRANTED, matter=matter)], 2024, "2021")["a1"][-1] == 0


def test_a_decision_made_anew_is_no_new_application_unless_so_set_from_a_date() -> None:
    remade = replace(GRANTED, remade=True)
    assert count([remade], 2024, "2021")["r_sum"][-1] == 0
    versions = [
        Switches(Period(date(2019, 1, 1), date(2023, 12, 31)), count_remade=False),
        Switches(Period(date(2024, 1, 1)), count_remade=True),
    ]
    assert count([remade], 2024, "2021", versions)["r_sum"][-1] == 1
    earlier = replace(remade, received_on=date(2023, 3, 1), decided_on=date(2023, 3, 9))
    assert count([earlier], 2023, "2021", versions)["r_sum"][-1] == 0


@pytest.mark.parametrize("row", ["r_other_1", "r_other_2", "r_other_3", "r_other"])
def test_other_outcomes_are_one_row_on_the_2019_form(row: str) -> None:
    case = CountedCase("丁", date(2020, 3, 1), ("natural",), date(2020, 3, 9), row)
    table = count([case], 2020, "2019")
    assert table["r_other"] == (1, 0, 0, 0, 0, 0, 1)
    assert "r_other_1" not in table


def test_other_outcomes_keep_their_three_rows_on_the_2021_form() -> None:
    table = count([replace(GRANTED, row="r_other_2")], 2024, "2021")
    assert (table["r_other_1"][0], table["r_other_2"][0], table["r_other_3"][0]) == (0, 1, 0)


@pytest.mark.parametrize(
    ("case", "reason"),
    [
        pytest.param(replace(GRANTED, applicants=()), "申请人类别", id="nobody applied"),
        pytest.param(replace(GRANTED, applicants=("total",)), "申请人类别", id="no such kind"),
        pytest.param(replace(GRANTED, pieces=0), "件数", id="no piece"),
        pytest.param(
            replace(GRANTED, decided_on=date(2024, 2, 1)), "早于", id="decided before receipt"
        ),
        pytest.param(
            replace(GRANTED, corrected_on=date(2024, 2, 1)), "补正", id="corrected before receipt"
        ),
        pytest.param(replace(GRANTED, row=None), "同时", id="decided without an outcome"),
        pytest.param(replace(GRANTED, decided_on=None), "同时", id="an outcome without a day"),
        pytest.param(replace(GRANTED, row="a4"), "办理结果", id="an outcome that is none"),
        pytest.param(replace(GRANTED, row="r_other"), "r_other", id="a row of the old form"),
        pytest.param(replace(GRANTED, row="r_deny_9"), "r_deny_9", id="a row of no form"),
        pytest.param(replace(GRANTED, row="r_sum"), "r_sum", id="the sum is no outcome"),
    ],
)
def test_a_case_that_contradicts_itself_is_refused_by_name(case: CountedCase, reason: str) -> None:
    with pytest.raises(CountingError, match=f"甲.*{reason}"):
        count([case], 2024, "2021")


def test_a_year_without_counting_rules_is_refused() -> None:
    with pytest.raises(NotInForceError, match="统计口径"):
        count([], 2018, "2019")


def test_a_counted_year_always_balances() -> None:
    cases = [
        GRANTED,
        OPEN_AT_YEAR_END,
        replace(GRANTED, received_on=date(2023, 12, 1), row="r_partial"),
        replace(GRANTED, applicants=("org_other",), row="r_deny_4", pieces=2),
        replace(OPEN_AT_YEAR_END, received_on=date(2023, 6, 1)),
    ]
    figures = Figures(edition="2021", year=2024, requests=count(cases, 2024, "2021"))
    results = check(figures)
    assert {one.status for one in results} == {Status.HELD}
    [x1] = [one for one in results if one.rule.id == "X1" and one.cells[0].column == "total"]
    assert x1.expected == 6


# Table four


# Brought without review in 2023, upheld in 2024.
SUIT = CountedDispute("诉1", "ld", date(2023, 9, 1), date(2024, 4, 1), "uphold")


def test_a_suit_is_pending_until_the_year_of_its_result() -> None:
    assert count_disputes([SUIT], 2022) == dict.fromkeys(DISPUTE_CELLS, 0)
    assert count_disputes([SUIT], 2023) == dict.fromkeys(DISPUTE_CELLS, 0) | {
        "ld_pending": 1,
        "ld_total": 1,
    }
    assert count_disputes([SUIT], 2024) == dict.fromkeys(DISPUTE_CELLS, 0) | {
        "ld_uphold": 1,
        "ld_total": 1,
    }
    assert count_disputes([SUIT], 2025)["ld_total"] == 0


def test_a_suit_without_result_is_pending_every_year() -> None:
    assert count_disputes([replace(SUIT, closed_on=None, result=None)], 2025)["ld_pending"] == 1


def test_a_body_sued_only_as_reviewer_counts_nothing() -> None:
    assert count_disputes([replace(SUIT, reviewer_only=True)], 2024)["ld_total"] == 0


@pytest.mark.parametrize(
    ("dispute", "reason"),
    [
        pytest.param(replace(SUIT, group="xx"), "没有这一组", id="no such group"),
        pytest.param(replace(SUIT, result=None), "同时", id="closed without result"),
        pytest.param(replace(SUIT, result="pending"), "结果", id="pending is no result"),
        pytest.param(replace(SUIT, closed_on=date(2023, 8, 1)), "早于", id="closed too early"),
    ],
)
def test_a_suit_that_contradicts_itself_is_refused_by_name(
    dispute: CountedDispute, reason: str
) -> None:
    with pytest.raises(CountingError, match=f"诉1.*{reason}"):
        count_disputes([dispute], 2024)


# Rules and mappings as data


@pytest.mark.parametrize(
    ("kind", "column"),
    [
        ("以个人名义申请的律师", "natural"),
        ("个体工商户", "org_business"),
        ("高校", "org_research"),
        ("基金会", "org_public_benefit"),
        ("公证处", "org_legal"),
        ("业主委员会", "org_other"),
        ("农民合作社", "org_other"),
    ],
)
def test_a_kind_of_applicant_has_its_column(kind: str, column: str) -> None:
    assert applicant_column(kind) == column


def test_an_office_may_map_a_kind_otherwise_but_never_guess_one() -> None:
    assert applicant_column("高校", {"高校": "org_other"}) == "org_other"
    with pytest.raises(KeyError):
        applicant_column("外星人")


def test_every_column_but_the_total_has_kinds_and_none_is_vouched_for() -> None:
    assert {kind.column for kind in APPLICANT_KINDS} == set(APPLICANT_COLUMNS[:-1])
    assert {kind.mark for kind in APPLICANT_KINDS} == {Mark.MEMORY}


def test_every_switch_is_a_field_that_a_rule_names() -> None:
    named = {rule.switch for rule in COUNTING_RULES if rule.switch is not None}
    assert named == {"joint_applicants", "correction_moves_receipt", "count_remade"}
    assert all(hasattr(SWITCHES[0], name) for name in named)
    assert all(rule.mark is Mark.PRACTICE for rule in COUNTING_RULES if rule.switch is not None)


def test_only_a_dismissed_claim_is_a_result_seen_in_a_report() -> None:
    seen = {end.text: end.result for end in DISPUTE_ENDS if end.mark is Mark.VERIFIED}
    assert seen == {"判决驳回诉讼请求": "uphold"}
    assert {end.result for end in DISPUTE_ENDS} == {"uphold", "correct", "other", "pending"}


def test_the_sources_of_table_two_cover_the_rows_of_the_2021_form() -> None:
    rows = {row for source in TABLE_TWO_SOURCES for row in source.rows}
    assert rows == set(EDITIONS[1].proactive_rows)
    [decisions] = [one for one in TABLE_TWO_SOURCES if "penalty" in one.rows]
    assert "未公开" in decisions.text
