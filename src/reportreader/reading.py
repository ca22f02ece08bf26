"""What comes out of reading a report: its figures, where each was found, and what was noticed.

It holds no rules: whether the figures are right is asked of statute.reporting.checks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from reportreader.document import Place
from statute.reporting.cells import Figures, Number, Table

NOWHERE = Place()


class How(StrEnum):
    """How a cell came by its value."""

    CELL = "cell"  # a cell of a table with borders: ruled, marked up or barred
    POSITION = "position"  # the right count of numbers after its label
    SOLVED = "solved"  # borders were lost; the form's sums leave one reading, or a few


class Found(NamedTuple):
    """Where a cell was found, and how it was read."""

    place: Place
    how: How


@dataclass(frozen=True, slots=True)
class Remark:
    """Something noticed while reading, one Chinese line; `row` when it concerns one row."""

    text: str
    table: Table | None = None
    row: str | None = None


@dataclass(frozen=True, slots=True)
class ProseFigure:
    """A figure in a sentence: what it counts, whose it is (`speaks_of`, as printed, None when the
    sentence does not say) and whether that is the reporting body itself (None: undecided)."""

    what: str
    value: Number
    unit: str
    text: str
    place: Place
    speaks_of: str | None = None
    own: bool | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """A report as read. `found` has, for each visible row of a table, one entry a cell."""

    figures: Figures
    found: Mapping[tuple[Table, str], tuple[Found, ...]] = field(default_factory=dict)
    prose: tuple[ProseFigure, ...] = ()
    remarks: tuple[Remark, ...] = ()
    format: str = ""
    title: str | None = None
