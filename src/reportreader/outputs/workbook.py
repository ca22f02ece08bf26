"""The workbook of a check: a sheet of findings and a sheet of the cells that were read.

Written row by row, so that ten thousand reports take no more memory than one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import Cell

from reportreader.batch import Checked, Outcome
from reportreader.outputs.sheets import (
    CELL_HEADER,
    FINDING_HEADER,
    Row,
    SheetRows,
    Value,
    render_all,
)
from statute.reporting.cells import Number

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # not allowed in XML
_LONGEST = 32_000  # characters a cell of a workbook holds, with some to spare
_ROWS_OF_A_SHEET = 1_000_000
_FINDING_WIDTHS = (28, 24, 8, 8, 10, 6, 6, 40, 40, 60, 10, 10, 8, 60, 40, 60)
_CELL_WIDTHS = (28, 8, 14, 16, 48, 10, 36, 10)


def render(number: int, outcome: Outcome) -> SheetRows:
    """One file as rows of both sheets."""
    return render_all(number, outcome)


def write(checked: Iterable[Checked[SheetRows]], out: IO[bytes], *, several: bool) -> None:
    """核对结果 with a row for each finding, 各格 with a row for each cell read, of all files."""
    del several
    book = Workbook(write_only=True)
    findings = _Sheets(book, "核对结果", FINDING_HEADER, _FINDING_WIDTHS)
    cells = _Sheets(book, "各格", CELL_HEADER, _CELL_WIDTHS)
    for one in checked:
        findings.extend(one.rendered.findings)
        cells.extend(one.rendered.cells)
    book.save(out)


class _Sheets:
    """A sheet that goes on in another one when it is full."""

    def __init__(self, book: Workbook, name: str, header: Row, widths: Sequence[int]) -> None:
        self._book, self._name, self._header, self._widths = book, name, header, widths
        self._count = 0
        self._sheet = self._next()

    def extend(self, rows: Iterable[Row]) -> None:
        """Rows below the last one."""
        for row in rows:
            if self._left == 0:
                self._sheet = self._next()
            self._sheet.append([_cell(self._sheet, value) for value in row])
            self._left -= 1

    def _next(self) -> Any:
        self._count += 1
        number = str(self._count) if self._count > 1 else ""
        # The published types know no column widths of a sheet that is only written.
        sheet: Any = self._book.create_sheet(f"{self._name}{number}")
        sheet.freeze_panes = "A2"
        for place, width in enumerate(self._widths):
            sheet.column_dimensions[chr(ord("A") + place)].width = width
        sheet.append([_cell(sheet, value) for value in self._header])
        self._left = _ROWS_OF_A_SHEET
        return sheet


def _cell(sheet: Any, value: Value) -> Cell | Number | None:
    if not isinstance(value, str):
        return value
    cell = WriteOnlyCell(sheet, _CONTROL.sub("", value)[:_LONGEST])
    cell.data_type = "s"  # a text, whatever it begins with
    return cell
