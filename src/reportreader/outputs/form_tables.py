"""The three tables of a report rebuilt on its form: labels, spans, and which cell stands where.

It holds no markup and no marks of faults; a writer of a format adds those.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from reportreader.located import form_of
from statute.reporting.cells import (
    APPLICANT_COLUMNS,
    UNKNOWN,
    Cell,
    CellRef,
    Figures,
    Table,
)
from statute.reporting.editions import EDITIONS
from statute.reporting.forms import Column, Edition, Row
from statute.reporting.tables import (
    APPLICANTS,
    APPLICANTS_LABEL,
    CONTENT_LABEL,
    CORNER_LABEL,
    DISPUTES,
    ORGANISATIONS_LABEL,
    OTHER_SINGLE,
    OTHER_THREE,
    RESULTS_LABEL,
    request_rows,
)

TITLES = {
    Table.PROACTIVE: "二、主动公开政府信息情况",
    Table.REQUESTS: "三、收到和处理政府信息公开申请情况",
    Table.DISPUTES: "四、政府信息公开行政复议、行政诉讼情况",
}
LOST_COLUMN = "所在列不明"
NO_ROW = "未见此行"


@dataclass(frozen=True, slots=True)
class FormCell:
    """A cell of the form: a label, or a value with its reference. `note` stands beside a value, or
    alone where there is none; `scope` is what a label heads ("col", "colgroup", "row", "rowgroup").
    """

    label: str = ""
    scope: str = ""
    ref: CellRef | None = None
    value: Cell = UNKNOWN
    note: str = ""
    row_span: int = 1
    column_span: int = 1


Rows = tuple[tuple[FormCell, ...], ...]


@dataclass(frozen=True, slots=True)
class FormTable:
    """One table: heading rows, then the rows below them; `body` is None when it was not seen."""

    table: Table
    title: str
    head: Rows = ()
    body: Rows | None = None


def form_tables(figures: Figures) -> tuple[FormTable, FormTable, FormTable]:
    """Tables two, three and four."""
    return _proactive(figures), _requests(figures), _disputes(figures)


def _proactive(figures: Figures) -> FormTable:
    """One block under another, each with its own columns: all of it stands in the body."""
    rows = figures.proactive
    title = TITLES[Table.PROACTIVE]
    if not rows:
        return FormTable(Table.PROACTIVE, title)
    form = form_of(figures)
    body: list[tuple[FormCell, ...]] = []
    for block in form.proactive:
        body.append((FormCell(block.label, "colgroup", column_span=4),))
        body.append(_spread([FormCell(CONTENT_LABEL, "col"), *_headings(block.columns)]))
        body += [_proactive_row(row, block.columns, rows, figures.units) for row in block.rows]
    body += _rows_of_another_form(form, rows, figures.units)
    return FormTable(Table.PROACTIVE, title, (), tuple(body))


def _headings(columns: Sequence[Column]) -> list[FormCell]:
    return [FormCell(column.label, "col") for column in columns]


def _proactive_row(
    row: Row,
    columns: Sequence[Column],
    rows: Mapping[str, tuple[Cell, ...]],
    units: Mapping[str, str | None],
) -> tuple[FormCell, ...]:
    label = FormCell(row.label, "row")
    cells = rows.get(row.id)
    if cells is None or len(cells) != len(columns):
        return (label, FormCell(note=NO_ROW, column_span=3))
    values = [
        FormCell(
            ref=CellRef(Table.PROACTIVE, row.id, column.id),
            value=cell,
            note=(units.get(row.id) or "") if column.id == "amount" else "",
        )
        for column, cell in zip(columns, cells, strict=True)
    ]
    return _spread([label, *values])


def _rows_of_another_form(
    form: Edition, rows: Mapping[str, tuple[Cell, ...]], units: Mapping[str, str | None]
) -> Iterator[tuple[FormCell, ...]]:
    """A report that mixes the forms: what its own form has no place for is shown all the same."""
    for other in EDITIONS:
        for name, (row, columns) in other.proactive_rows.items():
            known = form.proactive_rows.get(name)
            width = len(rows.get(name, ()))
            if width != len(columns) or (known is not None and len(known[1]) == width):
                continue
            heading = FormCell(f"{CONTENT_LABEL}（{other.id} 年版格式的行）", "col")
            yield _spread([heading, *_headings(columns)])
            yield _proactive_row(row, columns, rows, units)


def _spread(cells: Sequence[FormCell]) -> tuple[FormCell, ...]:
    """Four columns wide, the last cell over what is left."""
    *first, last = cells
    span = 4 - len(first)
    return (
        *first,
        FormCell(last.label, last.scope, last.ref, last.value, last.note, column_span=span),
    )


def _requests(figures: Figures) -> FormTable:
    title = TITLES[Table.REQUESTS]
    if figures.requests is None and not figures.requests_single:
        return FormTable(Table.REQUESTS, title)
    rows = _printed_rows(figures)
    results = [row for row in rows if row.id.startswith("r_")]
    body: list[tuple[FormCell, ...]] = []
    for row in rows:
        labels = list(_request_labels(rows, row))
        if row is results[0]:
            labels.insert(0, FormCell(RESULTS_LABEL, "rowgroup", row_span=len(results)))
        body.append((*labels, *_request_values(figures, row.id)))
    return FormTable(Table.REQUESTS, title, _REQUEST_HEAD, tuple(body))


_REQUEST_HEAD: Rows = (
    (
        FormCell(CORNER_LABEL, "col", row_span=3, column_span=3),
        FormCell(APPLICANTS_LABEL, "colgroup", column_span=7),
    ),
    (
        FormCell(APPLICANTS[0].label, "col", row_span=2),
        FormCell(ORGANISATIONS_LABEL, "colgroup", column_span=5),
        FormCell(APPLICANTS[-1].label, "col", row_span=2),
    ),
    tuple(FormCell(column.label, "col") for column in APPLICANTS[1:-1]),
)


def _printed_rows(figures: Figures) -> tuple[Row, ...]:
    """（六） in one row or in three, as the report has it; by its form where it shows neither."""
    visible = {*(figures.requests or {}), *figures.requests_single}
    single = any(row.id in visible for row in OTHER_SINGLE)
    three = any(row.id in visible for row in OTHER_THREE)
    if single and three:
        return request_rows((*OTHER_SINGLE, *OTHER_THREE))
    if single or three:
        return request_rows(OTHER_SINGLE if single else OTHER_THREE)
    return form_of(figures).requests


def _request_labels(rows: Sequence[Row], row: Row) -> Iterator[FormCell]:
    if not row.id.startswith("r_"):
        yield FormCell(row.label, "row", column_span=3)
    elif row.group is None:
        yield FormCell(row.label, "row", column_span=2)
    else:
        members = [other for other in rows if other.group == row.group]
        if row is members[0]:
            yield FormCell(row.group, "rowgroup", row_span=len(members))
        yield FormCell(row.label, "row")


def _request_values(figures: Figures, row: str) -> tuple[FormCell, ...]:
    cells = (figures.requests or {}).get(row)
    single = figures.requests_single.get(row)
    if single is not None and (cells is None or all(cell is UNKNOWN for cell in cells)):
        ref = CellRef(Table.REQUESTS, row)
        return (FormCell(ref=ref, value=single, note=LOST_COLUMN, column_span=7),)
    if cells is None:
        return (FormCell(note=NO_ROW, column_span=7),)
    return tuple(
        FormCell(ref=CellRef(Table.REQUESTS, row, column), value=cell)
        for column, cell in zip(APPLICANT_COLUMNS, cells, strict=True)
    )


def _disputes(figures: Figures) -> FormTable:
    title = TITLES[Table.DISPUTES]
    if figures.disputes is None:
        return FormTable(Table.DISPUTES, title)
    review, *suits = DISPUTES
    head = (
        (
            FormCell(review.parent, "colgroup", column_span=5),
            FormCell(suits[0].parent, "colgroup", column_span=10),
        ),
        (
            *(FormCell(column.label, "col", row_span=2) for column in review.columns),
            *(FormCell(group.label, "colgroup", column_span=5) for group in suits),
        ),
        tuple(FormCell(column.label, "col") for group in suits for column in group.columns),
    )
    values = tuple(
        FormCell(ref=CellRef(Table.DISPUTES, column.id), value=figures.dispute(column.id))
        for group in DISPUTES
        for column in group.columns
    )
    return FormTable(Table.DISPUTES, title, head, (values,))
