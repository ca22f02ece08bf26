"""Verdicts on whole reports: each kind of fault is found with its cells; a sound one has none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from reportreader.document import Place
from reportreader.explain import remedy, sentence, verdict_sentence
from reportreader.reading import How
from reportreader.verdict import Comparison, Verdict, judge
from statute.reporting.cells import BLANK, CellRef, Figures, Table
from statute.reporting.tables import OTHER_SINGLE
from tests.reportreader.verdict_reports import (
    BEFORE,
    BEFORE_2019,
    REQUESTS,
    SOUND,
    SOUND_2019,
    brief,
    disputes,
    opened,
    proactive,
    requests,
    verdict,
)

ERROR, WARN = "error", "warn"
_OTHER = {row.id: (0,) * 7 for row in OTHER_SINGLE}
_ONE_ROW = {row: cells for row, cells in REQUESTS.items() if not row.startswith("r_other")}


def test_a_sound_report_has_no_faults(tmp_path: Path) -> None:
    found = verdict(tmp_path, SOUND)
    assert (found.faults, found.open, found.suspects) == ((), (), ())
    counts = {held.rule.id: held.count for held in found.held}
    # 表三 7 列 ×2、25 行；表四 3 组；三张表各一；其余各一
    assert counts == {
        "X1": 7, "X2": 7, "X3": 25, "X6": 3, "X4": 3, "V1": 1, "V2": 1, "X10": 1, "N1": 1, "X14": 1,
    }  # fmt: skip
    assert verdict_sentence(found) == "能核对的 50 项全部相符。"


def test_a_sound_report_agrees_with_the_year_before(tmp_path: Path) -> None:
    found = verdict(tmp_path, SOUND, previous=BEFORE)
    assert found.faults == ()
    counts = {held.rule.id: held.count for held in found.held}
    assert (counts["X5"], counts["X7"], counts["X8"], counts["N2"]) == (7, 3, 2, 1)


Planted = tuple[Figures, dict[str, object], list[tuple[str, str, object, object, object]]]
PLANTED: dict[str, Planted] = {
    "X1 what came in is not what was done and left": (
        requests(SOUND, a4=(2, 0, 0, 0, 0, 0, 2)),
        {},
        [("X1", ERROR, 11, 12, 1), ("X1", ERROR, 13, 14, 1)],
    ),
    "X2 outcomes are not their total": (
        requests(SOUND, r_grant=(9, 2, 0, 0, 0, 0, 11)),
        {},
        [("X2", ERROR, 11, 10, -1), ("X2", ERROR, 13, 12, -1)],
    ),
    "X3 a row is not its total": (
        requests(SOUND, r_ignore_2=(0, 0, 0, 0, 0, 1, 0)),
        {},
        [("X2", ERROR, 1, 0, -1), ("X3", ERROR, 1, 0, -1)],
    ),
    "X4 a count below nought": (
        disputes(SOUND, la_uphold=-1, la_total=-1),
        {},
        [("X4", ERROR, None, -1, None), ("X4", ERROR, None, -1, None)],
    ),
    "X5 last year left another number": (
        SOUND,
        {"previous": requests(BEFORE, a4=(3, 0, 0, 0, 0, 0, 3))},
        [("X5", ERROR, 3, 1, -2), ("X5", ERROR, 3, 1, -2)],
    ),
    "X6 results are not their total": (
        disputes(SOUND, ld_correct=2),
        {},
        [("X6", ERROR, 2, 0, -2)],
    ),
    "X7 pending reviews have gone": (
        SOUND,
        {"previous": disputes(BEFORE, rv_pending=5, rv_total=6)},
        [("X7", WARN, 5, 2, -3)],
    ),
    "X8 documents in force do not follow": (
        SOUND,
        {"previous": proactive(BEFORE, norm_docs=(0, 0, 30))},
        [("X8", WARN, 33, 21, -12)],
    ),
    "X9 documents public in all do not follow": (
        SOUND_2019,
        {"previous": proactive(BEFORE_2019, norm_docs=(2, 2, 15))},
        [("X9", WARN, 18, 20, 2)],
    ),
    "X10 a county office with rules": (
        proactive(SOUND, rules=(1, 0, 1)),
        {},
        [("X10", WARN, 0, None, None)],
    ),
    "X11 documents in the text are not those of the table": (
        SOUND,
        {"one": "本机关制发行政规范性文件4件。"},
        [("X11", WARN, 3, 4, 1)],
    ),
    "X12 requests in the text are not those of the table": (
        SOUND,
        {"one": "本机关收到政府信息公开申请15件。"},
        [("X12", WARN, 12, 15, 3)],
    ),
    "X14 not a word on fees": (
        SOUND,
        {"six": "没有其他需要报告的事项。"},
        [("X14", ERROR, None, None, None)],
    ),
    "V1 the old form in a later year": (
        replace(SOUND_2019, year=2023),
        {},
        [("V1", ERROR, None, None, None)],
    ),
    "N1 part five is empty": (SOUND, {"five": "无。"}, [("N1", ERROR, None, None, None)]),
}


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_fault_is_found_and_nothing_else(tmp_path: Path, name: str) -> None:
    figures, beside, expected = PLANTED[name]
    check: Callable[..., Verdict] = verdict
    found = check(tmp_path, figures, **beside)
    assert [brief(finding) for finding in found.faults] == expected
    assert [finding.number for finding in found.faults] == list(range(1, len(expected) + 1))
    assert all(finding.source and sentence(finding).endswith("。") for finding in found.faults)
    assert all(remedy(finding, found.suspects).endswith("。") for finding in found.faults)


def test_one_row_of_other_on_the_form_of_2021_is_said_and_is_no_fault(tmp_path: Path) -> None:
    found = verdict(tmp_path, replace(SOUND, requests={**_ONE_ROW, **_OTHER}))
    assert found.faults == ()
    assert "2021 年版（六）其他处理应为 3 行" in found.messages


def test_last_years_text_with_new_figures_is_a_copy(tmp_path: Path) -> None:
    words = "本机关围绕群众关切推进公开，完善目录，规范答复，组织培训，按月检查栏目更新情况。"
    before = opened(tmp_path, "before.html", BEFORE, one=words)
    report = opened(tmp_path, "now.html", SOUND, one=words)
    found = judge(report, Comparison(before))
    assert [(one.rule.id, one.rule.severity.value) for one in found.faults] == [("N2", WARN)]
    assert found.faults[0].result.found == 100


def test_one_cell_that_explains_three_faults_is_named(tmp_path: Path) -> None:
    # （七）总计 自然人 10 → 4: the row, the column and the balance all break.
    found = verdict(tmp_path, requests(SOUND, r_sum=(4, 2, 0, 0, 0, 0, 12)))
    assert [finding.rule.id for finding in found.faults] == ["X1", "X2", "X3"]
    (suspect,) = found.suspects
    assert suspect.cell.ref == CellRef(Table.REQUESTS, "r_sum", "natural")
    assert (suspect.found, suspect.would_have_to_be) == (4, 10)
    assert (suspect.explains, suspect.alone) == ((1, 2, 3), True)
    assert remedy(found.faults[1], found.suspects) == (
        "表三“（七）总计”自然人填 4，须为 10 才相符。改这一格，第 1、3 处也一并消除。"
    )


def test_alternatives_are_all_named_and_none_preferred(tmp_path: Path) -> None:
    found = verdict(tmp_path, disputes(SOUND, ld_total=1))
    assert len(found.suspects) == 5
    assert not any(suspect.alone for suspect in found.suspects)
    assert "看不出是哪一处" in remedy(found.faults[0], found.suspects)


def test_a_fault_says_where_its_cells_stand(tmp_path: Path) -> None:
    found = verdict(tmp_path, requests(SOUND, a4=(2, 0, 0, 0, 0, 0, 2)))
    cell = found.faults[0].cells[-1]
    assert cell.ref == CellRef(Table.REQUESTS, "a4", "natural")
    assert (cell.label, cell.value) == ("表三“四、结转下年度继续办理”自然人", 2)
    assert cell.found is not None
    # three rows of heading, then 一 … 四: 25 rows; three columns of labels before the first number
    assert (cell.found.place.row, cell.found.place.column) == (28, 4)
    assert cell.found.how is How.CELL
    assert sentence(found.faults[0]) == (
        "表三“自然人”列：新收 10＋上年结转 1＝11，办理结果总计 10＋结转下年 2＝12，多 1。"
    )


def test_a_figure_in_a_sentence_says_where_it_stands(tmp_path: Path) -> None:
    found = verdict(tmp_path, SOUND, one="本机关收到政府信息公开申请15件。")
    table, said = found.faults[0].cells
    assert table.ref == CellRef(Table.REQUESTS, "a1", "total")
    assert "15件" in said.said
    assert said.found is not None
    assert said.found.place != Place()


def test_last_years_cell_names_its_file(tmp_path: Path) -> None:
    previous = requests(BEFORE, a4=(3, 0, 0, 0, 0, 0, 3))
    last, now = verdict(tmp_path, SOUND, previous=previous).faults[0].cells
    assert (Path(last.file).name, last.value, now.file, now.value) == ("上年.html", 3, "", 1)


@pytest.mark.parametrize(
    "words",
    [
        "我办收到政府信息公开申请3件。",
        "县财政局收到政府信息公开申请3件。",
        "本机关收到政府信息公开申请30余件。",
        "本机关收到政府信息公开申请13件。",
        "本机关上半年收到政府信息公开申请3件。",
    ],
    ids=[
        "an office within a government",
        "another body",
        "a rounded number",
        "those carried in counted with the new ones",
        "half a year",
    ],
)
def test_a_sentence_on_something_else_is_no_fault(tmp_path: Path, words: str) -> None:
    figures = replace(SOUND, agency="样例县人民政府")
    assert verdict(tmp_path, figures, one=words).faults == ()


def test_a_sentence_that_names_nobody_is_left_to_a_person(tmp_path: Path) -> None:
    found = verdict(tmp_path, SOUND, one="全年共收到政府信息公开申请15件。")
    assert found.faults == ()
    (left,) = found.open
    assert left.rule.id == "X12"
    assert left.result.note == "正文写 15，表中为 12，句中没有说明是谁的数"


def test_a_sentence_that_names_nobody_and_agrees_is_held(tmp_path: Path) -> None:
    found = verdict(tmp_path, SOUND, one="全年共收到政府信息公开申请12件。")
    assert (found.faults, found.open) == ((), ())
    assert "X12" in {held.rule.id for held in found.held}


def test_blanks_leave_a_sum_open_and_are_named(tmp_path: Path) -> None:
    figures = requests(SOUND, r_unable_1=(2, BLANK, 0, 0, 0, 0, 3))
    found = verdict(tmp_path, figures)
    row = next(one for one in found.open if one.rule.id == "X3")
    assert [cell.ref for cell in row.cells] == [
        CellRef(Table.REQUESTS, "r_unable_1", "org_business")
    ]


@pytest.mark.parametrize(
    ("agency", "rule_breaks"),
    [("样例县城东镇", True), ("样例市城东街道", True), ("样例县", True), ("样例市", False)],
    ids=["a town by its short name", "a street office", "a county", "a city may make rules"],
)
def test_a_short_name_tells_the_kind_of_body(
    tmp_path: Path, agency: str, rule_breaks: bool
) -> None:
    figures = replace(proactive(SOUND, rules=(1, 0, 1)), agency=agency)
    found = verdict(tmp_path, figures)
    assert ("X10" in {one.rule.id for one in found.faults}) is rule_breaks


CHILD = replace(
    requests(
        SOUND,
        a1=(6, 2, 0, 0, 0, 0, 8),
        r_grant=(6, 2, 0, 0, 0, 0, 8),
        r_unable_1=(0,) * 7,
        r_sum=(6, 2, 0, 0, 0, 0, 8),
        a2=(0,) * 7,
        a4=(0,) * 7,
    ),
    agency="样例县城东镇人民政府",
    disputes=dict.fromkeys(SOUND.disputes or {}, 0),
    proactive={row: (0,) * len(cells) for row, cells in (SOUND.proactive or {}).items()},
)
OTHER_CHILD = replace(
    requests(
        SOUND, a1=(4, 0, 0, 0, 0, 0, 4), r_grant=(2, 0, 0, 0, 0, 0, 2), r_sum=(4, 0, 0, 0, 0, 0, 4)
    ),
    agency="样例县城西镇人民政府",
)


def test_a_parent_that_is_the_sum_of_its_bodies_holds(tmp_path: Path) -> None:
    found = verdict(tmp_path, SOUND, children={"东.html": CHILD, "西.html": OTHER_CHILD})
    assert found.faults == ()
    # 25 行 × 7，表四 15 格，表二 3＋3＋1＋1＋1＋1 格
    assert {held.rule.id: held.count for held in found.held}["X15"] == 200


def test_a_parent_that_is_not_the_sum_names_cell_and_bodies(tmp_path: Path) -> None:
    figures = disputes(SOUND, la_uphold=1, la_total=1)
    found = verdict(tmp_path, figures, children={"东.html": CHILD, "西.html": OTHER_CHILD})
    assert [brief(one) for one in found.faults] == [("X15", ERROR, 0, 1, 1)] * 2
    assert [cell.ref.report for cell in found.faults[0].cells] == [
        "样例县城东镇人民政府", "样例县城西镇人民政府", "",
    ]  # fmt: skip
    assert sentence(found.faults[0]) == (
        "表四“复议后起诉·结果维持”：所辖 2 个机关之和 0，本报告写 1，多 1。"
    )


def test_bodies_of_the_same_name_are_told_apart_by_their_files(tmp_path: Path) -> None:
    figures = disputes(SOUND, la_uphold=1, la_total=1)
    found = verdict(tmp_path, figures, children={"东.html": CHILD, "西.html": CHILD})
    names = [cell.ref.report for cell in found.faults[0].cells[:2]]
    assert len(set(names)) == 2
    assert all(name.startswith("样例县城东镇人民政府（") for name in names)


def test_a_body_of_another_year_is_left_out_and_said_so(tmp_path: Path) -> None:
    late = replace(CHILD, year=2024)
    found = verdict(tmp_path, SOUND, children={"东.html": CHILD, "西.html": late})
    assert any("不是同一年度" in one.result.note for one in found.open)


def test_a_roll_up_with_an_unread_body_is_not_judged(tmp_path: Path) -> None:
    child = opened(tmp_path, "东.html", CHILD)
    comparison = Comparison(children=(child,), unread=("西.html：打不开，文件是空的",))
    found = judge(opened(tmp_path, "report.html", SOUND), comparison)
    assert found.faults == ()
    assert [one.result.note for one in found.open] == ["所辖机关有 1 份年报打不开，不能汇总"]
    assert "西.html：打不开，文件是空的" in found.messages


def test_last_years_report_of_another_body_is_remarked_upon(tmp_path: Path) -> None:
    found = verdict(tmp_path, SOUND, previous=replace(BEFORE, agency="样例县水利局"))
    assert any("样例县水利局" in message for message in found.messages)
