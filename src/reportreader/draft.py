"""The tables while they are being put together: rows as read, with the readings still open.

Nothing here is handed out; assemble turns a finished draft into a Reading.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from reportreader.document import Place
from reportreader.reading import NOWHERE, Found, How, Remark
from reportreader.solve import Row
from statute.reporting.cells import UNKNOWN, Candidates, Cell, Number, Table

GROUPS = ("rv", "ld", "la")


@dataclass(slots=True)
class RowReading:
    """One row: its cells, the readings left open (empty when decided or hopeless) and, when its
    columns are lost, the one number that survived."""

    cells: tuple[Cell, ...]
    how: How
    places: tuple[Place, ...] = ()
    open: tuple[Row, ...] = ()
    single: Number | None = None
    unit: str | None = None
    problem: str | None = None

    def found(self) -> tuple[Found, ...]:
        """One entry a cell; a row without places of its own stands nowhere in particular."""
        places = self.places
        if len(places) != len(self.cells):
            places = (places[0] if places else NOWHERE,) * len(self.cells)
        return tuple(Found(place, self.how) for place in places)


@dataclass(frozen=True, slots=True)
class TextTable:
    """A table found in running text: its rows, and the offsets between which it stands."""

    rows: dict[str, RowReading]
    start: int
    end: int


@dataclass(slots=True)
class Draft:
    """Rows by table as they are found; the first reading of a row stays."""

    requests: dict[str, RowReading] = field(default_factory=dict)
    proactive: dict[str, RowReading] = field(default_factory=dict)
    disputes: dict[str, RowReading] = field(default_factory=dict)  # by group: rv, ld, la
    units: dict[str, str | None] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)
    edition: str | None = None
    in_text: list[tuple[int, int]] = field(default_factory=list)  # where text was a table

    def add(self, rows: dict[str, RowReading], table: TextTable | None) -> None:
        """Rows of a table found in text; a row that is there already stays."""
        if table is not None:
            self.in_text.append((table.start, table.end))
            for row, reading in table.rows.items():
                rows.setdefault(row, reading)

    def problems(self) -> None:
        """Moves what the rows could not make sense of into the remarks."""
        for table, rows in (
            (Table.PROACTIVE, self.proactive),
            (Table.REQUESTS, self.requests),
            (Table.DISPUTES, self.disputes),
        ):
            for row, reading in rows.items():
                if reading.problem is not None:
                    self.remarks.append(Remark(reading.problem, table, row))


def unknown_row(width: int, how: How = How.POSITION, problem: str | None = None) -> RowReading:
    """A row that is there and cannot be read."""
    return RowReading((UNKNOWN,) * width, how, problem=problem)


def from_solutions(solutions: Sequence[Row], how: How = How.SOLVED) -> RowReading:
    """Cells of a row from its possible readings: decided where all agree, else the alternatives."""
    cells = tuple(_alternatives(column) for column in zip(*solutions, strict=True))
    left = tuple(solutions) if len(solutions) > 1 else ()
    return RowReading(cells, how, open=left)


_MOST_ALTERNATIVES = 16


def _alternatives(values: Sequence[int]) -> Cell:
    distinct = tuple(dict.fromkeys(values))
    if len(distinct) == 1:
        return distinct[0]
    return Candidates(distinct) if len(distinct) <= _MOST_ALTERNATIVES else UNKNOWN
