"""A verdict, or a reading, as lines for a terminal; Chinese characters are two columns wide.

No colour and no cursor movement: what is printed may be piped into a file.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import TextIO

from reportreader.batch import Checked, Outcome, title_of
from reportreader.explain import (
    found_text,
    held_count,
    place_text,
    remedy,
    sentence,
    suspect_sentence,
    value_text,
    verdict_sentence,
)
from reportreader.located import CellAt
from reportreader.outputs.form_tables import FormCell, FormTable, form_tables
from reportreader.reading import Reading
from reportreader.verdict import Finding, Unreadable, Verdict
from statute.reporting.cells import Table
from statute.reporting.checks import Severity
from statute.reporting.tables import APPLICANTS, DISPUTES

_WIDTH = 96
_LABEL = 36
_MOST_CELLS = 12
_MOST_OPEN = 12
_SIGNS = {Severity.ERROR: "✗ 错误", Severity.WARN: "！须核实"}


def render(_number: int, outcome: Outcome) -> str:
    """One file as text."""
    return "\n".join(_outcome(outcome)) + "\n"


def write(checked: Iterable[Checked[str]], out: TextIO, *, several: bool) -> None:
    """File after file, with a line at the end that counts them."""
    total = errors = warnings = unreadable = partly = 0
    for one in checked:
        out.write(one.rendered)
        total += 1
        errors += one.errors > 0
        warnings += one.errors == 0 and one.warnings > 0
        unreadable += one.unreadable is not None
        partly += not (one.whole or one.errors or one.warnings or one.unreadable)
    if several:
        sound = total - errors - warnings - unreadable - partly
        out.write(
            f"\n共 {total} 份：没有发现错误 {sound} 份，有错误 {errors} 份，"
            f"只有须核实之处 {warnings} 份，"
            f"没有读全 {partly} 份，打不开 {unreadable} 份\n"
        )


def _outcome(outcome: Outcome) -> Iterator[str]:
    if isinstance(outcome, Unreadable):
        yield f"{outcome.file}：打不开，{outcome.reason}"
        return
    report = outcome.report
    edition = report.reading.figures.edition
    form = f"{edition} 年版格式" if edition else "格式不明"
    yield f"{report.file}：{title_of(report)}，{form}"
    yield f"  {verdict_sentence(outcome)}"
    for finding in outcome.faults:
        yield from _fault(finding, outcome)
    for suspect in outcome.suspects:
        if len(suspect.explains) > 1:
            yield from _wrapped(suspect_sentence(suspect), "  → ")
    yield from _open(outcome.open)
    if outcome.held:
        rules = dict.fromkeys(held.rule.id for held in outcome.held)
        yield f"  ✓ 相符 {held_count(outcome)} 项：{'、'.join(rules)}"


def _fault(finding: Finding, verdict: Verdict) -> Iterator[str]:
    head = f"  {finding.number}. {_SIGNS[finding.rule.severity]} {finding.rule.id} "
    yield from _wrapped(sentence(finding), head)
    yield from _wrapped(f"{finding.rule.text}（{finding.source}）", "       规则：")
    for cell in finding.cells[:_MOST_CELLS]:
        yield f"       · {_cell(cell)}"
    if len(finding.cells) > _MOST_CELLS:
        yield f"       · 等 {len(finding.cells)} 格"
    yield from _wrapped(remedy(finding, verdict.suspects), "       改正：")


def _cell(cell: CellAt) -> str:
    file = f"{cell.file}，" if cell.file else ""
    return f"{cell.label}：{value_text(cell.value)}　{file}{found_text(cell.found)}"


def _open(findings: Sequence[Finding]) -> Iterator[str]:
    grouped: dict[tuple[str, str], int] = {}
    for finding in findings:
        key = (finding.rule.id, finding.result.note)
        grouped[key] = grouped.get(key, 0) + 1
    for (rule, note), count in list(grouped.items())[:_MOST_OPEN]:
        times = f"（{count} 处）" if count > 1 else ""
        yield f"  ？ 无法核对 {rule}{times}：{note}"
    if len(grouped) > _MOST_OPEN:
        yield f"  ？ 等 {len(grouped)} 种情形无法核对，详见 --format json"


def reading_lines(reading: Reading) -> Iterator[str]:
    """A reading: whose it is, its three tables, figures in sentences, and what was noticed."""
    figures = reading.figures
    agency, year, edition = (
        one or "不明" for one in (figures.agency, figures.year, figures.edition)
    )
    yield f"机关：{agency}　年度：{year}　格式：{edition}"
    proactive, requests, disputes = form_tables(figures)
    for table in (proactive, requests, disputes):
        yield ""
        yield table.title
        if table.body is None:
            yield "  （未见此表）"
        elif table.table is Table.REQUESTS:
            yield from _request_lines(table)
        elif table.table is Table.DISPUTES:
            yield from _dispute_lines(table.body[0])
        else:
            yield from _proactive_lines(table.body)
    yield from _prose(reading)


def _prose(reading: Reading) -> Iterator[str]:
    if reading.prose:
        yield ""
        yield "正文中的数字"
    for figure in reading.prose:
        whose = f"（{figure.speaks_of}）" if figure.speaks_of else ""
        yield f"  {figure.text}{whose}　{place_text(figure.place)}"


def _request_lines(table: FormTable) -> Iterator[str]:
    widths = [8, 8, 8, 12, 12, 8, 8]
    yield "  " + _pad("", _LABEL) + _columns([column.label for column in APPLICANTS], widths)
    group = ""
    for row in table.body or ():
        labels = [cell for cell in row if cell.scope]
        group = next((cell.label for cell in labels if cell.scope == "rowgroup"), group)
        text, inside = labels[-1].label, labels[-1].column_span == 1
        shown = f"{_short(group)}{text}" if inside else text
        first, *rest = _wrap(shown, _LABEL - 2)
        values = [cell for cell in row if not cell.scope]
        if len(values) == len(widths):
            yield "  " + _pad(first, _LABEL) + _columns([_value(one) for one in values], widths)
        else:
            yield "  " + _pad(first, _LABEL) + f"  {_value(values[0])}"
        yield from (f"    {line}" for line in rest)


def _short(group: str) -> str:
    """（三）不予公开 → （三）: the row's own words need the room."""
    return group[: group.find("）") + 1]


def _dispute_lines(values: Sequence[FormCell]) -> Iterator[str]:
    widths = [10] * 5
    labels = [column.label for column in DISPUTES[0].columns]
    yield "  " + _pad("", _LABEL) + _columns(labels, widths)
    for place, group in enumerate(DISPUTES):
        numbers = [_value(cell) for cell in values[place * 5 : place * 5 + 5]]
        yield "  " + _pad(group.label, _LABEL) + _columns(numbers, widths)


def _proactive_lines(body: Sequence[Sequence[FormCell]]) -> Iterator[str]:
    for row in body:
        if len(row) == 1:
            yield f"  {row[0].label}"
        else:
            first, *rest = (cell.label or _value(cell) for cell in row)
            yield "    " + _pad(first, _LABEL - 2) + _columns(rest, [22] * len(rest))


def _value(cell: FormCell) -> str:
    if cell.ref is None:
        return f"（{cell.note}）"
    note = f"（{cell.note}）" if cell.note and cell.column_span == 7 else cell.note
    return f"{value_text(cell.value)}{note}"


def display_width(text: str) -> int:
    """Columns a text takes on a terminal."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def _pad(text: str, width: int) -> str:
    return text + " " * max(0, width - display_width(text))


def _columns(texts: Sequence[str], widths: Sequence[int]) -> str:
    return "".join(
        " " * max(1, width - display_width(text)) + text
        for text, width in zip(texts, widths, strict=True)
    )


def _wrap(text: str, width: int) -> list[str]:
    lines, line, used = [], "", 0
    for sign in text:
        wide = display_width(sign)
        if used + wide > width:
            lines.append(line)
            line, used = "", 0
        line += sign
        used += wide
    return [*lines, line]


def _wrapped(text: str, head: str) -> Iterator[str]:
    """A sentence after its head, further lines under its beginning."""
    indent = display_width(head)
    first, *rest = _wrap(text, _WIDTH - indent)
    yield head + first
    yield from (" " * indent + line for line in rest)
