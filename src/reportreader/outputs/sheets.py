"""Findings and cells as rows for a spreadsheet, and the rows of findings as CSV.

Not the workbook itself. A text that a spreadsheet would take for a formula stays a text, since
reports come from strangers.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TextIO, TypeAlias

from reportreader.batch import Checked, Outcome
from reportreader.explain import found_text, remedy, sentence, table_name, value_text
from reportreader.located import Report, cells_of
from reportreader.verdict import Finding, Unreadable, Verdict, source_of
from statute.reporting.cells import CellRef, Number
from statute.reporting.checks import Severity

Value: TypeAlias = str | Number | None
Row: TypeAlias = tuple[Value, ...]

FINDING_HEADER: Row = (
    "文件", "机关", "年度", "格式", "结论", "序号", "规则", "规则内容", "依据", "说明",
    "应为", "见到", "相差", "涉及的格", "位置", "怎样改正",
)  # fmt: skip
CELL_HEADER: Row = ("文件", "表", "行", "列", "名称", "数值", "位置", "错误序号")
_FORMULA = re.compile(r"[=+\-@\t\r]")
_VERDICTS = {Severity.ERROR: "错误", Severity.WARN: "须核实"}


@dataclass(frozen=True, slots=True)
class SheetRows:
    """Rows of one file for the sheet of findings and for the sheet of cells."""

    findings: tuple[Row, ...]
    cells: tuple[Row, ...]


def render_all(_number: int, outcome: Outcome) -> SheetRows:
    """One file as rows of both sheets."""
    if isinstance(outcome, Unreadable):
        lost: Row = (
            outcome.file,
            None,
            None,
            None,
            "打不开",
            None,
            None,
            None,
            None,
            outcome.reason,
        )
        return SheetRows((lost + (None,) * (len(FINDING_HEADER) - len(lost)),), ())
    return SheetRows(tuple(_findings(outcome)), tuple(_cells(outcome)))


def render(_number: int, outcome: Outcome) -> SheetRows:
    """One file as rows of findings only."""
    if isinstance(outcome, Unreadable):
        return render_all(_number, outcome)
    return SheetRows(tuple(_findings(outcome)), ())


def write(checked: Iterable[Checked[SheetRows]], out: TextIO, *, several: bool) -> None:
    """The findings as CSV, a row each, under a header; one file or several make no difference."""
    del several
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(FINDING_HEADER)
    for one in checked:
        writer.writerows([_for_csv(value) for value in row] for row in one.rendered.findings)


def _findings(verdict: Verdict) -> Iterator[Row]:
    for finding in verdict.faults:
        label = _VERDICTS[finding.rule.severity]
        advice = remedy(finding, verdict.suspects)
        yield _finding(verdict.report, finding, label, sentence(finding), advice)
    for finding in verdict.open:
        yield _finding(verdict.report, finding, "无法核对", finding.result.note, None)
    for held in verdict.held:
        said = f"{held.count} 项相符" + (f"（{held.note}）" if held.note else "")
        head = (*_identity(verdict.report), "相符", None, held.rule.id, held.rule.text)
        yield (*head, source_of(held.rule.id), said, None, None, None, None, None, None)


def _finding(report: Report, finding: Finding, label: str, said: str, advice: str | None) -> Row:
    result = finding.result
    return (
        *_identity(report),
        label,
        finding.number or None,
        finding.rule.id,
        finding.rule.text,
        finding.source,
        said,
        result.expected,
        result.found,
        result.difference,
        "；".join(f"{cell.label} {value_text(cell.value)}" for cell in finding.cells),
        "；".join(found_text(cell.found) for cell in finding.cells),
        advice,
    )


def _identity(report: Report) -> Row:
    figures = report.reading.figures
    return report.file, figures.agency, figures.year, figures.edition


def _cells(verdict: Verdict) -> Iterator[Row]:
    faulty: dict[CellRef, list[str]] = {}
    for finding in verdict.faults:
        for part in finding.cells:
            faulty.setdefault(part.ref, []).append(str(finding.number))
    for cell in cells_of(verdict.report):
        ref = cell.ref
        yield (
            verdict.report.file,
            table_name(ref),
            ref.row,
            ref.column or None,
            cell.label,
            cell.value if isinstance(cell.value, int | Decimal) else value_text(cell.value),
            found_text(cell.found),
            "、".join(faulty.get(ref, ())) or None,
        )


def _for_csv(value: Value) -> str | Number | None:
    if isinstance(value, str) and _FORMULA.match(value):
        return f"'{value}"
    return value
