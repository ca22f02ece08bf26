"""The rebuilt tables as HTML, with the faults marked on their cells by frame, sign and number.

Colour never stands alone: a marked cell carries ✗ or ！ and the number of the fault.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import escape

from reportreader.explain import number_text, value_text
from reportreader.outputs.form_tables import FormCell, FormTable, Rows, form_tables
from reportreader.verdict import SuspectCell, Verdict
from statute.reporting.cells import BLANK, UNKNOWN, Candidates, CellRef, Table, is_number
from statute.reporting.checks import Severity
from statute.reporting.tables import RESULTS_LABEL

_SUM_ROWS = {"a1", "a2", "a4", "r_sum"}


@dataclass(slots=True)
class Mark:
    """What is marked on a cell: the faults it takes part in, and the value it would have to have
    when one cell explains them."""

    faults: dict[int, Severity] = field(default_factory=dict)
    suspect: SuspectCell | None = None

    @property
    def style(self) -> str:
        """wrong, maybe, touched, or explain where only an explanation is asked for."""
        if self.suspect is not None:
            return "wrong" if self.suspect.alone else "maybe"
        errors = any(severity is Severity.ERROR for severity in self.faults.values())
        return "touched" if errors else "explain"


def marks_of(verdict: Verdict) -> dict[CellRef, Mark]:
    """The marks by cell of the report itself."""
    marks: dict[CellRef, Mark] = {}
    for finding in verdict.faults:
        for cell in finding.cells:
            if not cell.ref.report:
                mark = marks.setdefault(cell.ref, Mark())
                mark.faults[finding.number] = finding.rule.severity
    for suspect in verdict.suspects:
        known = marks.get(suspect.cell.ref)
        if known is not None and known.suspect is None:
            known.suspect = suspect
    return marks


def tables(verdict: Verdict, prefix: str) -> Iterator[str]:
    """The three tables; ids begin with `prefix`, so that several reports share a page."""
    marks = marks_of(verdict)
    for table in form_tables(verdict.report.reading.figures):
        yield from _table(table, marks, prefix)


def _table(table: FormTable, marks: Mapping[CellRef, Mark], prefix: str) -> Iterator[str]:
    if table.body is None:
        yield f"<h3>{escape(table.title)}</h3>"
        yield "<p class=small>文件中没有见到这张表，或者表是图片，没有读。</p>"
        return
    yield f'<div class=scroll tabindex=0 role=region aria-label="{escape(table.title)}">'
    yield f'<table class="form {table.table}"><caption>{escape(table.title)}</caption>'
    if table.head:
        yield "<thead>"
        yield from _rows(table.head, marks, prefix)
        yield "</thead>"
    yield "<tbody>"
    yield from _rows(table.body, marks, prefix)
    yield "</tbody></table></div>"


def _rows(rows: Rows, marks: Mapping[CellRef, Mark], prefix: str) -> Iterator[str]:
    for row in rows:
        yield f"<tr>{''.join(_cell(cell, marks, prefix) for cell in row)}</tr>"


def _cell(cell: FormCell, marks: Mapping[CellRef, Mark], prefix: str) -> str:
    spans = "".join(
        f" {name}={size}"
        for name, size in (("rowspan", cell.row_span), ("colspan", cell.column_span))
        if size > 1
    )
    if cell.scope:
        return f'<th scope="{cell.scope}"{_label_class(cell)}{spans}>{escape(cell.label)}</th>'
    if cell.ref is None:
        return f'<td class="gap lost"{spans}>{escape(cell.note)}</td>'
    mark = marks.get(cell.ref)
    classes = [*_value_classes(cell), *([mark.style] if mark else [])]
    names = f' class="{" ".join(classes)}"' if classes else ""
    return f"<td id={_anchor(cell.ref, prefix)}{names}{spans}>{_value(cell, mark, prefix)}</td>"


def _anchor(ref: CellRef, prefix: str) -> str:
    parts = (prefix, ref.table, ref.row, ref.column)
    return "-".join(part for part in parts if part)


def _label_class(cell: FormCell) -> str:
    if cell.label == RESULTS_LABEL:
        return " class=results"
    if cell.scope == "rowgroup":
        return " class=group"
    if cell.scope == "colgroup":
        return " class=block"
    return " class=top" if cell.scope == "col" else ""


def _value_classes(cell: FormCell) -> Iterator[str]:
    if cell.ref is not None and _is_sum(cell.ref):
        yield "sum"
    if cell.note and cell.column_span == 7:
        yield "lost"
    if cell.value is BLANK:
        yield "gap"
    elif cell.value is UNKNOWN:
        yield from ("gap", "unknown")
    elif isinstance(cell.value, Candidates):
        yield "several"
    elif cell.value == 0:
        yield "zero"


def _is_sum(ref: CellRef) -> bool:
    if ref.table is Table.REQUESTS:
        return ref.row in _SUM_ROWS or ref.column == "total"
    return ref.table is Table.DISPUTES and ref.row.endswith("_total")


def _value(cell: FormCell, mark: Mark | None, prefix: str) -> str:
    note = f"（{cell.note}）" if cell.column_span == 7 and cell.note else cell.note
    text = escape(f"{value_text(cell.value)}{note}")
    if mark is None:
        return text
    should = ""
    if mark.suspect is not None:
        verb = "应为" if mark.suspect.alone else "或应为"
        should = f"<span class=should>{verb} {number_text(mark.suspect.would_have_to_be)}</span>"
    elif is_number(cell.value) and cell.value == 0:
        return text  # the frame is enough for a nought in a long sum
    return f"{text}{''.join(_footnotes(mark, prefix))}{should}"


def _footnotes(mark: Mark, prefix: str) -> Iterator[str]:
    for number, severity in mark.faults.items():
        error = severity is Severity.ERROR
        sign, kind, word = ("✗", "fn", "错误") if error else ("！", "fn warn", "须核实")
        yield (
            f'<a class="{kind}" href="#{prefix}-f{number}" aria-label="{word} {number}">'
            f"{sign}{number}</a>"
        )
