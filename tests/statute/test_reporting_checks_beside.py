"""The checks against sentences, the register, texts and subordinate bodies (X11 to X15)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from statute.reporting.cells import (
    BLANK,
    UNKNOWN,
    Candidates,
    Cell,
    Figures,
)
from statute.reporting.checks import (
    SUBJECTS,
    Beside,
    ProseFigure,
    Result,
    Status,
    check,
)
from tests.statute.reporting_figures import (
    CITY_2025,
    FAULT,
    HELD,
    OPEN,
    SOURCE_2020,
    disputes,
    documents,
    faults,
    of,
    request,
    small,
    statuses,
    table_three,
)


@pytest.mark.parametrize(
    ("what", "value", "rule", "status"),
    [
        ("requests_received", 46, "X12", HELD),
        ("requests_received", 45, "X12", FAULT),
        ("suits", 2, "X12", HELD),
        ("suits_upheld", 1, "X12", HELD),
        ("suits_corrected", 2, "X12", FAULT),
        ("norm_docs_made", 28, "X11", HELD),
        ("norm_docs_made", 43, "X11", FAULT),
    ],
)
def test_a_sentence_about_the_whole_body_must_agree_with_the_tables(
    what: str, value: int, rule: str, status: Status
) -> None:
    results = check(SOURCE_2020, Beside(prose=(ProseFigure(what, value, speaks_of_self=True),)))
    assert statuses(results, rule) == [status]


def test_a_sentence_about_something_else_is_not_compared() -> None:
    results = check(
        SOURCE_2020, Beside(prose=(ProseFigure("requests_received", 17, speaks_of_self=False),))
    )
    assert of(results, "X12") == []


def test_a_sentence_is_compared_with_what_survived_of_a_row() -> None:
    def said(value: int) -> Result:
        prose = (ProseFigure("requests_granted", value, speaks_of_self=True),)
        return of(check(SOURCE_2020, Beside(prose=prose)), "X12")[0]

    assert said(17).status is HELD
    assert said(19).status is OPEN  # 17 may stand in 自然人, and 总计 be lost
    assert said(16).status is FAULT


def test_a_sentence_about_what_no_table_of_the_form_counts_is_not_compared() -> None:
    said = tuple(
        ProseFigure(what, 28, speaks_of_self=True)
        for what in ("norm_docs_in_force", "norm_docs_repealed", "interpretations")
    )
    old = check(SOURCE_2020, Beside(prose=said))
    assert of(old, "X11") == of(old, "X12") == []
    new = check(documents("2021", 2023, 5, 3, 22), Beside(prose=said))
    assert [(one.expected, one.found) for one in of(new, "X11")] == [(22, 28), (3, 28)]


@pytest.mark.parametrize("what", ["requests_received", "suits", "norm_docs_made"])
def test_a_sentence_has_nothing_to_agree_with_where_the_table_is_missing(what: str) -> None:
    nothing = Figures(edition="2021", year=2024)
    results = check(nothing, Beside(prose=(ProseFigure(what, 3, speaks_of_self=True),)))
    assert [one.rule.id for one in results] == ["V1"]


def test_every_subject_names_cells_that_exist() -> None:
    for subject in SUBJECTS.values():
        for ref in subject.cells:
            assert CITY_2025.cell(ref) is not UNKNOWN
            assert subject.rule in ("X11", "X12")


def test_tables_must_equal_the_register() -> None:
    register = small(a1="9 2 0 0 0 0 11")
    results = of(check(small(), Beside(register=register)), "X13")
    assert [one.status for one in results] == [HELD, FAULT, FAULT]
    assert len(results[0].cells) == 25 * 7 - 2
    assert (results[-1].expected, results[-1].found) == (11, 12)


def test_a_cell_changed_by_hand_is_held_when_the_reason_is_written() -> None:
    register = small(a1="9 2 0 0 0 0 11")
    reasons = {request("a1", "natural"): "一件补录", request("a1", "total"): " "}
    results = of(check(small(), Beside(register=register, reasons=reasons)), "X13")
    assert [(one.status, one.note) for one in results[1:]] == [
        (HELD, "与台账不同，原因：一件补录"),
        (FAULT, ""),
    ]


def test_documents_made_must_equal_those_registered() -> None:
    report = documents("2021", 2023, 5, 3, 22)
    register = documents("2021", 2023, 6, 3, 22)
    results = check(report, Beside(register=register))
    assert statuses(results, "X11") == [FAULT]
    assert of(results, "X13") == []


# Texts


@pytest.mark.parametrize(
    ("year", "part_six", "unpaid", "records", "expected"),
    [
        pytest.param(2025, "全年收取信息处理费共计0元。", 0, 0, [HELD], id="nothing, and said so"),
        pytest.param(2025, "无。", 0, 0, [FAULT], id="nothing said"),
        pytest.param(2025, "无。", 1, 0, [FAULT], id="an unpaid fee and nothing said"),
        pytest.param(2025, "无。", 0, 2, [FAULT], id="notices sent and nothing said"),
        pytest.param(2025, None, 1, 0, [OPEN], id="part six not found"),
        pytest.param(2025, None, 0, 0, [OPEN], id="part six not found, no fees known"),
        pytest.param(2020, "无。", 0, 0, [], id="no duty before 2021"),
        pytest.param(None, "无。", 0, 0, [], id="the year unknown"),
    ],
)
def test_part_six_speaks_of_fees_from_2021(
    year: int | None, part_six: str | None, unpaid: int, records: int, expected: list[Status]
) -> None:
    rows = table_three({"r_other_2": (unpaid, 0, 0, 0, 0, 0, unpaid)})
    parts = {} if part_six is None else {6: part_six}
    figures = Figures(edition="2021", year=year, requests=rows)
    results = of(check(figures, Beside(parts=parts, fee_records=records)), "X14")
    assert [one.status for one in results] == expected
    for one in results:
        assert bool(one.cells) == bool(unpaid)


def test_a_fee_that_is_known_makes_the_silence_of_part_six_worse() -> None:
    rows = table_three({"r_other_2": "1 0 0 0 0 0 1"})
    figures = Figures(edition="2021", year=2025, requests=rows)
    [with_fee] = of(check(figures, Beside(parts={6: "无"})), "X14")
    [without] = of(check(replace(figures, requests=None), Beside(parts={6: "无"})), "X14")
    assert "逾期未缴费" in with_fee.note
    assert "0 元" in without.note


@pytest.mark.parametrize(
    ("parts", "status"),
    [
        pytest.param({5: "　无。\n"}, FAULT, id="only the word none"),
        pytest.param({5: ""}, FAULT, id="nothing at all"),
        pytest.param({5: "解读形式单一，下一步将丰富形式。"}, HELD, id="a problem and its cure"),
        pytest.param({}, OPEN, id="not found"),
    ],
)
def test_part_five_is_not_left_empty(parts: dict[int, str], status: Status) -> None:
    results = check(Figures(edition="2021", year=2024), Beside(parts=parts))
    assert statuses(results, "N1") == [status]


def test_last_years_text_with_new_figures_is_a_copy() -> None:
    text = "全年主动公开政府信息{}条，办理依申请公开{}件，召开培训会{}次，更新公开指南和目录。"
    same = Beside(text=text.format(120, 8, 2), previous_text=text.format(95, 11, 3))
    [copied] = of(check(Figures(), same), "N2")
    assert (copied.status, copied.found) == (FAULT, 100)
    fresh = Beside(text=text, previous_text="本年重点推进乡镇专区建设，政务新媒体由九个并为三个。")
    assert statuses(check(Figures(), fresh), "N2") == [HELD]
    assert of(check(Figures(), Beside(text=text)), "N2") == []


# Roll-up


def body(
    name: str, received: int, *, suits: int = 0, fees: Cell = 0, unit: str = "万元"
) -> Figures:
    """A body of the county: requests received and granted, suits upheld, fees collected."""
    line = f"{received} 0 0 0 0 0 {received}"
    return Figures(
        edition="2021",
        year=2024,
        agency=name,
        requests=table_three({"a1": line, "r_grant": line, "r_sum": line}),
        disputes=disputes("0 0 0 0 0", f"{suits} 0 0 0 {suits}", "0 0 0 0 0"),
        proactive={"norm_docs": (received, 0, received), "admin_fee": (fees,)},
        units={"admin_fee": unit},
    )


def test_a_county_report_is_the_sum_of_its_bodies() -> None:
    children = (body("甲镇", 3), body("乙局", 4))
    held = check(body("县", 7), Beside(children=children))
    assert set(statuses(held, "X15")) == {HELD}
    assert len(of(held, "X15")) == 25 * 7 + 15 + 4
    broken = of(check(body("县", 8), Beside(children=children)), "X15")
    first = next(one for one in broken if one.status is FAULT)
    assert (first.expected, first.found, first.difference) == (7, 8, 1)
    assert first.cells == (
        request("a1", "natural", "甲镇"),
        request("a1", "natural", "乙局"),
        request("a1", "natural"),
    )


def test_a_suit_with_two_defendants_counts_once_in_the_sum() -> None:
    children = (body("乙局", 0, suits=1), body("县政府办", 0, suits=1))
    once = {"ld_uphold": 1, "ld_total": 1}
    parent = body("县", 0, suits=1)
    assert faults(check(parent, Beside(children=children))) == ["X15", "X15"]
    assert faults(check(parent, Beside(children=children, shared_cases=once))) == []


@pytest.mark.parametrize(
    ("cell", "unit", "status"),
    [
        pytest.param(15000, "元", HELD, id="in yuan"),
        pytest.param(Decimal("1.5"), "万元", HELD, id="in ten thousand yuan"),
        pytest.param(1, "万元", FAULT, id="too little"),
        pytest.param(15000, "美元", OPEN, id="in a unit nobody can convert"),
        pytest.param(BLANK, "元", OPEN, id="not filled in"),
        pytest.param(Candidates((1, Decimal("1.5"))), "万元", OPEN, id="one reading fits"),
        pytest.param(Candidates((BLANK, 3)), "万元", OPEN, id="blank or too much"),
    ],
)
def test_money_is_added_up_in_one_unit(cell: Cell, unit: str, status: Status) -> None:
    children = (body("甲镇", 1, fees=1, unit="万元"), body("乙局", 1, fees=5000, unit="元"))
    results = check(body("县", 2, fees=cell, unit=unit), Beside(children=children))
    assert of(results, "X15")[-1].status is status


def test_nothing_of_an_unreadable_unit_is_still_nothing() -> None:
    children = (body("甲镇", 1, fees=0, unit="美元"),)
    results = check(body("县", 1, fees=0), Beside(children=children))
    assert of(results, "X15")[-1].status is HELD


def test_bodies_on_another_form_cannot_be_added_up_in_table_two() -> None:
    child = replace(body("甲镇", 1), edition="2019", proactive={"norm_docs": (1, 0, 1)})
    results = of(check(body("县", 1), Beside(children=(child,))), "X15")
    assert "格式" in results[-1].note
    assert results[-1].status is OPEN


def test_a_parent_without_tables_is_not_summed() -> None:
    results = check(Figures(year=2024), Beside(children=(body("甲镇", 1),)))
    assert of(results, "X15") == []


def test_bodies_without_names_or_with_the_same_are_told_apart() -> None:
    children = (replace(body("", 1), agency=None), body("甲镇", 1), body("甲镇", 1))
    first = of(check(body("县", 3), Beside(children=children)), "X15")[0]
    assert [ref.report for ref in first.cells] == ["第 1 份", "第 2 份甲镇", "第 3 份甲镇", ""]
