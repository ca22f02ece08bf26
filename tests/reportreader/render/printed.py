"""A report as it would be printed undamaged: headings, sentences, and tables with their spans.

It knows the form and nothing of file formats; layouts turn it into bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from statute.reporting.cells import BLANK, Cell, Figures
from statute.reporting.editions import edition as edition_of
from statute.reporting.forms import Row
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


class Part(StrEnum):
    """What a cell of the form is for."""

    HEADER = "header"
    GROUP = "group"  # a label in front of several rows
    LABEL = "label"
    VALUE = "value"


@dataclass(frozen=True, slots=True)
class PrintedCell:
    """A cell with the place and span it has on the form."""

    text: str
    part: Part
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """One of the three tables of the form."""

    name: str
    cells: tuple[PrintedCell, ...]
    row_count: int
    column_count: int

    def rows(self) -> list[list[PrintedCell]]:
        """Cells by the row they begin in, left to right."""
        rows: list[list[PrintedCell]] = [[] for _ in range(self.row_count)]
        for cell in sorted(self.cells, key=lambda cell: (cell.row, cell.column)):
            rows[cell.row].append(cell)
        return rows


PrintedBlock = str | PrintedTable


def printed_report(figures: Figures) -> list[PrintedBlock]:
    """The whole report; sentences are our own and hold no figure but the year."""
    year = figures.year
    blocks: list[PrintedBlock] = [
        f"{figures.agency}{year}年政府信息公开工作年度报告",
        f"本报告所列数据的统计期限为{year}年1月1日至{year}年12月31日。",
        "一、总体情况",
        "本机关按照规定公开政府信息，答复公开申请。",
        "二、主动公开政府信息情况",
    ]
    if figures.proactive is not None:
        blocks.append(proactive_table(figures))
    blocks.append("三、收到和处理政府信息公开申请情况")
    if figures.requests is not None:
        blocks.append(requests_table(figures))
    blocks.append("四、政府信息公开行政复议、行政诉讼情况")
    if figures.disputes is not None:
        blocks.append(disputes_table(figures))
    blocks += [
        "五、存在的主要问题及改进情况",
        "个别栏目更新不够及时，今后定期检查。",
        "六、其他需要报告的事项",
        "没有其他需要报告的事项。",
    ]
    return blocks


def shown(cell: Cell, unit: str | None = None) -> str:
    """A figure as it is printed; a blank is nothing."""
    if cell is BLANK:
        return ""
    if not isinstance(cell, int | Decimal):
        raise TypeError(f"not printable: {cell!r}")
    return f"{cell}{unit or ''}"


def proactive_table(figures: Figures) -> PrintedTable:
    """Table two: per block its title, a header and its rows, four columns wide."""
    cells: list[PrintedCell] = []
    row = 0
    for block in edition_of(figures.edition or "").proactive:
        cells.append(PrintedCell(block.label, Part.HEADER, row, 0, column_span=4))
        header = [CONTENT_LABEL, *(column.label for column in block.columns)]
        cells += _four_wide(header, row + 1, Part.HEADER, Part.HEADER)
        row += 2
        for line in block.rows:
            values = (figures.proactive or {})[line.id]
            # Only procurement prints its unit in the cell; the fee has it in its header.
            units: list[str | None] = [None] * len(values)
            if line.id == "central_purchase":
                units[-1] = figures.units.get(line.id)
            texts = [line.label, *map(shown, values, units)]
            cells += _four_wide(texts, row, Part.LABEL, Part.VALUE)
            row += 1
    return PrintedTable("proactive", tuple(cells), row, 4)


def _four_wide(texts: Sequence[str], row: int, first: Part, rest: Part) -> Iterator[PrintedCell]:
    for column, text in enumerate(texts):
        last = column == len(texts) - 1
        yield PrintedCell(
            text, rest if column else first, row, column, column_span=4 - column if last else 1
        )


def printed_rows(figures: Figures) -> tuple[Row, ...]:
    """The rows of table three as these figures print them: （六） in one row or in three."""
    three = "r_other_1" in (figures.requests or {})
    return request_rows(OTHER_THREE if three else OTHER_SINGLE)


def requests_table(figures: Figures) -> PrintedTable:
    """Table three: three columns of labels, seven of figures, three rows of header."""
    rows = printed_rows(figures)
    cells = [
        PrintedCell(CORNER_LABEL, Part.HEADER, 0, 0, row_span=3, column_span=3),
        PrintedCell(APPLICANTS_LABEL, Part.HEADER, 0, 3, column_span=7),
        PrintedCell(APPLICANTS[0].label, Part.HEADER, 1, 3, row_span=2),
        PrintedCell(ORGANISATIONS_LABEL, Part.HEADER, 1, 4, column_span=5),
        PrintedCell(APPLICANTS[-1].label, Part.HEADER, 1, 9, row_span=2),
    ]
    cells += [
        PrintedCell(column.label, Part.HEADER, 2, 4 + index)
        for index, column in enumerate(APPLICANTS[1:-1])
    ]
    results = [row for row in rows if row.id.startswith("r_")]
    for index, row in enumerate(rows, start=3):
        if row.id == "r_grant":
            cells.append(PrintedCell(RESULTS_LABEL, Part.GROUP, index, 0, row_span=len(results)))
        cells += _row_label(rows, row, index)
        values = (figures.requests or {})[row.id]
        cells += [
            PrintedCell(shown(value), Part.VALUE, index, 3 + column)
            for column, value in enumerate(values)
        ]
    return PrintedTable("requests", tuple(cells), len(rows) + 3, 10)


def _row_label(rows: tuple[Row, ...], row: Row, index: int) -> Iterator[PrintedCell]:
    if row.id in {"a1", "a2", "a4"}:
        yield PrintedCell(row.label, Part.LABEL, index, 0, column_span=3)
    elif row.group is None:
        yield PrintedCell(row.label, Part.LABEL, index, 1, column_span=2)
    else:
        members = [other for other in rows if other.group == row.group]
        if row is members[0]:
            yield PrintedCell(row.group, Part.GROUP, index, 1, row_span=len(members))
        yield PrintedCell(row.label, Part.LABEL, index, 2)


def disputes_table(figures: Figures) -> PrintedTable:
    """Table four: three rows of header over fifteen figures."""
    cells = [
        PrintedCell("行政复议", Part.HEADER, 0, 0, column_span=5),
        PrintedCell("行政诉讼", Part.HEADER, 0, 5, column_span=10),
        PrintedCell(DISPUTES[1].label, Part.HEADER, 1, 5, column_span=5),
        PrintedCell(DISPUTES[2].label, Part.HEADER, 1, 10, column_span=5),
    ]
    column = 0
    for number, group in enumerate(DISPUTES):
        for item in group.columns:
            top, span = (2, 1) if number else (1, 2)
            cells.append(PrintedCell(item.label, Part.HEADER, top, column, row_span=span))
            value = (figures.disputes or {})[item.id]
            cells.append(PrintedCell(shown(value), Part.VALUE, 3, column))
            column += 1
    return PrintedTable("disputes", tuple(cells), 4, 15)
