"""What a verdict looks like: JSON, CSV, workbook, terminal and page."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

import openpyxl
import pytest
from lxml import html

from reportreader.batch import Checked, Outcome
from reportreader.document import Place
from reportreader.explain import found_text, number_text, unseen_tables, value_text
from reportreader.located import Report
from reportreader.outputs import page, plain, sheets, text, workbook
from reportreader.outputs.form_tables import form_tables
from reportreader.parts import Parts
from reportreader.reading import Found, How, Reading
from reportreader.verdict import Unreadable, Verdict, judge
from statute.reporting.cells import BLANK, UNKNOWN, Candidates, Figures
from tests.reportreader.verdict_reports import (
    SOUND,
    SOUND_2019,
    disputes,
    proactive,
    requests,
    verdict,
)

T = TypeVar("T")
EVIL = '=HYPERLINK("x")<script>alert(1)</script>'
LOST = Unreadable("坏.pdf", "文件是空的")
ONE_CELL = requests(SOUND, r_sum=(4, 2, 0, 0, 0, 0, 12))


def of_figures(figures: Figures, file: str = "a.html") -> Verdict:
    """A verdict on figures that came from no file."""
    return judge(Report(file, Reading(figures), Parts(None, None)))


def pages(*outcomes: Outcome) -> html.HtmlElement:
    """The page of these files, parsed."""
    out = io.StringIO()
    page.write(
        (done(number, one, page.render(number, one)) for number, one in enumerate(outcomes, 1)),
        out,
        several=len(outcomes) > 1,
    )
    return html.document_fromstring(out.getvalue())


def done(number: int, outcome: Outcome, rendered: T) -> Checked[T]:
    """A file as the batch hands it on."""
    if isinstance(outcome, Unreadable):
        return Checked(
            number, outcome.file, "", "打不开", 0, 0, outcome.reason, False, (), rendered
        )
    errors, warnings = len(outcome.errors), len(outcome.warnings)
    whole = not unseen_tables(outcome)
    return Checked(
        number, outcome.report.file, "甲", "乙", errors, warnings, None, whole, (), rendered
    )


def classes(document: html.HtmlElement, anchor: str) -> set[str]:
    """The classes of a cell."""
    return set((document.get_element_by_id(anchor).get("class") or "").split())


# --- JSON


def test_json_of_a_fault_has_everything_promised(tmp_path: Path) -> None:
    answer = json.loads(plain.render(1, verdict(tmp_path, ONE_CELL)))
    assert (answer["agency"], answer["year"], answer["edition"]) == (
        "样例县自然资源局",
        2023,
        "2021",
    )
    first = answer["faults"][0]
    assert (first["rule"], first["severity"], first["number"]) == ("X1", "error", 1)
    assert (first["expected"], first["found"], first["difference"]) == (11, 5, -6)
    assert "国办公开办函〔2019〕60号" in first["source"]
    assert first["cells"][2] == {
        "table": "requests",
        "row": "r_sum",
        "column": "natural",
        "label": "表三“（七）总计”自然人",
        "value": 4,
        "place": {"row": 27, "column": 4, "how": "cell"},
    }
    (suspect,) = answer["suspects"]
    assert (suspect["would_have_to_be"], suspect["explains"]) == (10, [1, 2, 3])
    assert {"rule": "X6", "count": 3}.items() <= next(
        held for held in answer["held"] if held["rule"] == "X6"
    ).items()


def test_json_of_an_unreadable_file_names_the_reason() -> None:
    assert json.loads(plain.render(1, LOST)) == {"file": "坏.pdf", "unreadable": "文件是空的"}


def test_json_of_several_files_is_one_array() -> None:
    outcomes: list[Outcome] = [of_figures(SOUND), LOST]
    out = io.StringIO()
    plain.write(
        (done(number, one, plain.render(number, one)) for number, one in enumerate(outcomes, 1)),
        out,
        several=True,
    )
    assert [one["file"] for one in json.loads(out.getvalue())] == ["a.html", "坏.pdf"]


def test_json_keeps_the_digits_of_money() -> None:
    figures = proactive(SOUND_2019, central_purchase=(Decimal("15.5"), Decimal("271.50")))
    rendered = plain.render(1, of_figures(figures))
    assert '"value": 15.5' in rendered


# --- sheets


def test_csv_has_a_row_for_each_finding() -> None:
    out = io.StringIO()
    outcome = of_figures(disputes(SOUND, ld_total=1))
    outcomes: list[Outcome] = [outcome, LOST]
    sheets.write(
        (done(number, one, sheets.render(number, one)) for number, one in enumerate(outcomes, 1)),
        out,
        several=True,
    )
    header, *rows = csv.reader(io.StringIO(out.getvalue()))
    named = [dict(zip(header, row, strict=True)) for row in rows]
    fault = named[0]
    assert (fault["结论"], fault["规则"]) == ("错误", "X6")
    assert (fault["应为"], fault["见到"], fault["相差"]) == ("0", "1", "1")
    assert [row["结论"] for row in named].count("相符") == len(outcome.held)
    assert (named[-1]["文件"], named[-1]["结论"], named[-1]["说明"]) == (
        "坏.pdf", "打不开", "文件是空的",
    )  # fmt: skip


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t"])
def test_csv_keeps_a_formula_a_text(start: str) -> None:
    out = io.StringIO()
    outcome = of_figures(replace(SOUND, agency=f"{start}1+1"))
    sheets.write([done(1, outcome, sheets.render(1, outcome))], out, several=False)
    _, row, *_ = csv.reader(io.StringIO(out.getvalue()))
    assert row[1] == f"'{start}1+1"


def test_csv_leaves_a_negative_number_a_number() -> None:
    out = io.StringIO()
    outcome = of_figures(disputes(SOUND, ld_correct=2))
    sheets.write([done(1, outcome, sheets.render(1, outcome))], out, several=False)
    _, row, *_ = csv.reader(io.StringIO(out.getvalue()))
    assert row[12] == "-2"


def test_a_workbook_has_findings_and_cells(tmp_path: Path) -> None:
    file = tmp_path / "out.xlsx"
    figures = replace(disputes(SOUND, ld_total=1), agency=EVIL + "\x0b")
    outcome = of_figures(figures)
    with file.open("wb") as out:
        workbook.write([done(1, outcome, workbook.render(1, outcome))], out, several=False)
    book = openpyxl.load_workbook(file)
    assert book.sheetnames == ["核对结果", "各格"]
    agency = book["核对结果"]["B2"]
    assert (agency.value, agency.data_type) == (EVIL, "s")
    cells = {row[4]: row for row in book["各格"].iter_rows(min_row=2, values_only=True)}
    total = cells["表四“未经复议直接起诉·总计”"]
    assert (total[5], total[7]) == (1, "1")
    # 表二 10 格，表三 25 × 7，表四 15
    assert len(cells) == 200


def test_a_full_sheet_goes_on_in_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "_ROWS_OF_A_SHEET", 150)
    outcome = of_figures(SOUND)
    file = tmp_path / "out.xlsx"
    with file.open("wb") as out:
        workbook.write([done(1, outcome, workbook.render(1, outcome))], out, several=False)
    book = openpyxl.load_workbook(file)
    assert book.sheetnames == ["核对结果", "各格", "各格2"]
    assert book["各格2"].max_row == 51


# --- terminal


def test_text_tells_fault_rule_place_and_remedy(tmp_path: Path) -> None:
    shown = re.sub(r"\s", "", text.render(1, verdict(tmp_path, ONE_CELL)))
    assert (
        "1.✗错误X1表三“自然人”列：新收10＋上年结转1＝11，办理结果总计4＋结转下年1＝5，少6。"
        in shown
    )
    assert "·表三“（七）总计”自然人：4表格第27行第4列" in shown
    assert "表三“（七）总计”自然人填4，须为10才相符：只有这一格能单独解释第1、2、3处。" in shown
    assert "规则：表三每一列：本年新收加上年结转，等于办理结果总计加结转下年度" in shown


def test_text_counts_the_files_at_the_end() -> None:
    partly = of_figures(replace(SOUND, requests=None))
    outcomes: list[Outcome] = [
        of_figures(SOUND),
        LOST,
        of_figures(disputes(SOUND, ld_total=1)),
        partly,
    ]
    out = io.StringIO()
    text.write(
        (done(number, one, text.render(number, one)) for number, one in enumerate(outcomes, 1)),
        out,
        several=True,
    )
    last = out.getvalue().splitlines()[-1]
    assert last == (
        "共 4 份：没有发现错误 1 份，有错误 1 份，只有须核实之处 0 份，没有读全 1 份，打不开 1 份"
    )


def test_a_reading_is_drawn_in_columns() -> None:
    lines = list(text.reading_lines(Reading(SOUND)))
    received = next(line for line in lines if "本年新收" in line)
    assert received.split()[1:] == ["10", "2", "0", "0", "0", "0", "12"]
    reviews = next(line for line in lines if line.strip().startswith("行政复议 "))
    assert reviews.split() == ["行政复议", "1", "0", "0", "1", "2"]
    ends = {
        text.display_width(line)
        for line in lines
        if any(words in line for words in ("本年新收", "（七）总计", "1.信访举报投诉类申请"))
    }
    assert ends == {102}  # however wide the label: 2, a label of 36, seven columns of 64


def test_a_table_that_was_not_seen_is_said_not_to_be() -> None:
    lines = list(text.reading_lines(Reading(replace(SOUND, requests=None))))
    assert "  （未见此表）" in lines


# --- page


def test_the_page_marks_the_cell_that_explains_everything(tmp_path: Path) -> None:
    document = pages(verdict(tmp_path, ONE_CELL))
    assert "wrong" in classes(document, "r1-requests-r_sum-natural")
    cell = document.get_element_by_id("r1-requests-r_sum-natural")
    assert cell.text_content() == "4✗1✗2✗3应为 10"
    assert [link.get("href") for link in cell.iter("a")] == ["#r1-f1", "#r1-f2", "#r1-f3"]
    assert all(document.get_element_by_id(f"r1-f{number}") is not None for number in (1, 2, 3))
    assert "touched" in classes(document, "r1-requests-a1-natural")
    assert classes(document, "r1-requests-a1-org_business") == {"sum"}


def test_the_page_marks_alternatives_otherwise(tmp_path: Path) -> None:
    document = pages(verdict(tmp_path, disputes(SOUND, ld_total=1)))
    cell = document.get_element_by_id("r1-disputes-ld_total")
    assert "maybe" in classes(document, "r1-disputes-ld_total")
    assert cell.text_content() == "1✗1或应为 0"


def test_the_page_marks_what_only_needs_an_explanation(tmp_path: Path) -> None:
    document = pages(verdict(tmp_path, proactive(SOUND, rules=(1, 0, 1))))
    assert "explain" in classes(document, "r1-proactive-rules-made")
    assert document.get_element_by_id("r1-proactive-rules-made").text_content() == "1！1"
    assert "这份年报有 1 处须核实说明。" in document.text_content()


def test_the_page_has_the_spans_of_the_form() -> None:
    document = pages(of_figures(SOUND))
    (table,) = document.find_class("requests")
    spans = {
        cell.text_content(): (cell.get("rowspan"), cell.get("colspan")) for cell in table.iter("th")
    }
    assert spans["申请人情况"] == (None, "7")
    assert spans["法人或其他组织"] == (None, "5")
    assert spans["三、本年度办理结果"] == ("22", None)
    assert spans["（三）不予公开"] == ("8", None)
    assert spans["（六）其他处理"] == ("3", None)
    assert spans["（七）总计"] == (None, "2")
    assert len(table.findall(".//td")) == 25 * 7


def test_the_form_of_2019_has_one_row_of_other_and_its_own_table_two() -> None:
    document = pages(of_figures(SOUND_2019))
    assert document.get_element_by_id("r1-proactive-central_purchase-amount") is not None
    (table,) = document.find_class("requests")
    labels = [cell.text_content() for cell in table.iter("th")]
    assert labels.count("（六）其他处理") == 1
    assert len(table.findall(".//td")) == 23 * 7


def test_the_page_shows_gaps_as_gaps() -> None:
    figures = requests(SOUND, r_grant=(BLANK, UNKNOWN, Candidates((0, 20)), 0, 0, 0, 10))
    document = pages(of_figures(figures))
    cells = [
        document.get_element_by_id(f"r1-requests-r_grant-{column}")
        for column in ("natural", "org_business", "org_research")
    ]
    assert [cell.text_content() for cell in cells] == ["空", "不明", "0 或 20"]
    assert "several" in classes(document, "r1-requests-r_grant-org_research")


def test_a_number_whose_column_is_lost_spans_the_row() -> None:
    rows = {**(SOUND.requests or {}), "r_grant": (UNKNOWN,) * 7}
    figures = replace(SOUND, requests=rows, requests_single={"r_grant": 10})
    cell = pages(of_figures(figures)).get_element_by_id("r1-requests-r_grant")
    assert (cell.get("colspan"), cell.text_content()) == ("7", "10（所在列不明）")


def test_a_row_that_was_not_seen_is_said_not_to_be() -> None:
    rows = {row: cells for row, cells in (SOUND.requests or {}).items() if row != "a2"}
    document = pages(of_figures(replace(SOUND, requests=rows)))
    assert "未见此行" in document.text_content()


def test_what_a_report_says_never_becomes_markup(tmp_path: Path) -> None:
    figures = replace(SOUND, agency=EVIL)
    document = pages(of_figures(figures, file=f"{EVIL}.html"), Unreadable(EVIL, EVIL))
    assert list(document.iter("script")) == []
    assert EVIL in document.text_content()


def test_the_page_loads_nothing(tmp_path: Path) -> None:
    document = pages(verdict(tmp_path, ONE_CELL))
    loading = [*document.iter("link", "img", "script", "iframe")]
    assert loading == []
    (style,) = document.iter("style")
    assert "url(" not in (style.text or "")
    assert "@import" not in (style.text or "")


def test_several_files_stand_under_an_index() -> None:
    document = pages(of_figures(SOUND), of_figures(disputes(SOUND, ld_total=1)), LOST)
    (index,) = document.find_class("index")
    links = [link.get("href") for link in index.iter("a")]
    assert links == ["#r1", "#r2", "#r3"]
    states = [cell.text_content() for cell in index.find_class("state")]
    assert states == ["✓ 未见错误", "✗ 错误 1", "打不开"]
    ids = [one.get("id") for one in document.iter() if one.get("id")]
    assert len(ids) == len(set(ids))


def test_a_report_whose_tables_were_not_seen_is_not_called_sound() -> None:
    document = pages(of_figures(replace(SOUND, requests=None, disputes=None)), LOST)
    state, _ = document.find_class("state")
    assert state.text_content() == "？ 没有读全"
    (sentence,) = document.get_element_by_id("r1").find_class("verdict")
    assert sentence.get("class") == "verdict none"
    assert "没有读到表三、表四。" in (sentence.text_content())


# --- words


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (None, "位置不明"),
        (Found(Place(), How.CELL), "位置不明"),
        (Found(Place(page=3, line=12), How.POSITION), "第 3 页，第 12 行（按次序读出）"),
        (Found(Place(row=2, column=4), How.CELL), "表格第 2 行第 4 列"),
        (Found(Place(line=7), How.SOLVED), "第 7 行（数字粘连，按勾稽关系解出）"),
    ],
    ids=["nothing known", "no place", "page and line", "a cell", "solved"],
)
def test_a_place_is_put_into_words(found: Found | None, words: str) -> None:
    assert found_text(found) == words


def test_values_are_put_into_words() -> None:
    values = (BLANK, UNKNOWN, Candidates((2, BLANK)), Decimal("271.50"), -1)
    assert [value_text(value) for value in values] == ["空", "不明", "2 或 空", "271.50", "-1"]
    assert number_text(Decimal("1E+3")) == "1000"


def test_rows_of_another_form_are_shown_all_the_same() -> None:
    mixed = replace(SOUND, proactive={**(SOUND.proactive or {}), "central_purchase": (3, 9)})
    table, _, _ = form_tables(mixed)
    labels = [cell.label for row in table.body or () for cell in row if cell.label]
    assert "政府集中采购" in labels
    assert "信息内容（2019 年版格式的行）" in labels
