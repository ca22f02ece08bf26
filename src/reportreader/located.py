"""An opened report, and what stands in any of its cells and where: for findings to point at.

It judges no figure; a reference comes in, the cell's name, value and place go out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from reportreader.parts import Parts
from reportreader.reading import Found, How, ProseFigure, Reading
from statute.reporting.cells import (
    APPLICANT_COLUMNS,
    UNKNOWN,
    Candidates,
    Cell,
    CellRef,
    Figures,
    Gap,
    Number,
    Table,
    cell_label,
)
from statute.reporting.checks import LAST_YEAR, SUBJECTS, Result
from statute.reporting.editions import EDITIONS
from statute.reporting.forms import Edition
from statute.reporting.tables import DISPUTES

_GROUPS = {
    column.id: (group.id, place) for group in DISPUTES for place, column in enumerate(group.columns)
}


@dataclass(frozen=True, slots=True)
class Report:
    """A file that was opened: the name it was given by, its figures and its written parts."""

    file: str
    reading: Reading
    parts: Parts


@dataclass(frozen=True, slots=True)
class CellAt:
    """A cell that takes part in a finding: its name in Chinese, what it says and where it stands.

    `file` is empty for the report under examination; `found` is None where the reader saw no place;
    `said` quotes the words around a figure in a sentence.
    """

    ref: CellRef
    label: str
    value: Cell
    found: Found | None = None
    file: str = ""
    said: str = ""


class Cells:
    """Finds for a reference what stands in its cell and where, in whichever report it means."""

    def __init__(
        self, report: Report, previous: Report | None, children: Mapping[str, Report]
    ) -> None:
        self._reports = {"": report, **children}
        if previous is not None:
            self._reports[LAST_YEAR] = previous
        self._form = form_of(report.reading.figures)
        self._prose = report.reading.prose

    def all_of(self, result: Result) -> tuple[CellAt, ...]:
        """Every cell that takes part in a result."""
        return tuple(self.at(ref, result.found) for ref in result.cells)

    def open_of(self, result: Result) -> tuple[CellAt, ...]:
        """The cells that keep a sum from being judged; all of them where none stands out."""
        if not result.values:
            return self.all_of(result)
        gaps = tuple(
            ref
            for ref, value in zip(result.cells, result.values, strict=True)
            if isinstance(value, Gap | Candidates)
        )
        return tuple(self.at(ref) for ref in gaps)

    def at(self, ref: CellRef, said: Number | None = None) -> CellAt:
        """The cell; for a sentence the first that gives the figure `said`."""
        label = _label(ref, self._form)
        if ref.table is Table.PROSE:
            return self._in_sentence(ref, label, said)
        home = self._reports.get(ref.report)
        if home is None:
            return CellAt(ref, label, UNKNOWN)
        value = home.reading.figures.cell(ref)
        found = _found(home.reading, ref)
        return CellAt(ref, label, value, found, home.file if ref.report else "")

    def _in_sentence(self, ref: CellRef, label: str, said: Number | None) -> CellAt:
        for figure in self._prose:
            subject = SUBJECTS.get(figure.what)
            if subject is not None and subject.label == ref.row and figure.value == said:
                return _from_prose(ref, label, figure)
        return CellAt(ref, label, UNKNOWN if said is None else said)


def _from_prose(ref: CellRef, label: str, figure: ProseFigure) -> CellAt:
    return CellAt(ref, label, figure.value, Found(figure.place, How.POSITION), said=figure.text)


def _found(reading: Reading, ref: CellRef) -> Found | None:
    row, place = _position(ref, reading.figures)
    cells = reading.found.get((ref.table, row), ())
    if not cells:
        return None
    return cells[place] if place < len(cells) else cells[0]


def _position(ref: CellRef, figures: Figures) -> tuple[str, int]:
    """The row under which the reader keeps a place, and which of the row's places it is."""
    if ref.table is Table.DISPUTES:
        return _GROUPS[ref.row]
    if ref.table is Table.REQUESTS:
        return ref.row, APPLICANT_COLUMNS.index(ref.column) if ref.column else 0
    _, columns = form_of(figures).proactive_rows[ref.row]
    return ref.row, [column.id for column in columns].index(ref.column)


def form_of(figures: Figures) -> Edition:
    """The form whose words name the cells: the report's own, else the one its table two fits."""
    if figures.form is not None:
        return figures.form
    rows = figures.proactive or {}

    def fits(form: Edition) -> int:
        widths = {row: len(columns) for row, (_, columns) in form.proactive_rows.items()}
        return sum(widths.get(row) == len(cells) for row, cells in rows.items())

    return max(reversed(EDITIONS), key=fits)


def _label(ref: CellRef, form: Edition) -> str:
    """The cell's name, in the words of the other form where this one has no such cell."""
    for known in (form, *EDITIONS):
        try:
            return cell_label(ref, known)
        except KeyError:
            continue
    return ref.row


def cells_of(report: Report) -> Iterator[CellAt]:
    """Every visible cell of the three tables, row by row, as the reader kept them."""
    figures = report.reading.figures
    cells = Cells(report, None, {})
    for row, values in (figures.proactive or {}).items():
        for column in _columns_of(row, len(values), figures):
            yield cells.at(CellRef(Table.PROACTIVE, row, column))
    for row in figures.requests or {}:
        if row not in figures.requests_single:
            yield from (cells.at(CellRef(Table.REQUESTS, row, name)) for name in APPLICANT_COLUMNS)
    for row in figures.requests_single:
        yield cells.at(CellRef(Table.REQUESTS, row))
    for name in figures.disputes or {}:
        yield cells.at(CellRef(Table.DISPUTES, name))


def _columns_of(row: str, width: int, figures: Figures) -> tuple[str, ...]:
    """The columns of a row of table two, by the form that has it as wide as it is printed."""
    for form in (form_of(figures), *EDITIONS):
        _, columns = form.proactive_rows.get(row, (None, ()))
        if len(columns) == width:
            return tuple(column.id for column in columns)
    return ()
