"""The shape of a report form: rows, columns, printed labels and spans, as values.

The two editions themselves stand in edition_2019 and edition_2021.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from statute.citations import Citation
from statute.dated import Period


class Unit(StrEnum):
    """What a cell counts in."""

    PIECE = "件"
    ITEM = "项"
    YUAN_10K = "万元"
    FREE = "随填"  # 2019 procurement: the unit is printed in the cell


@dataclass(frozen=True, slots=True)
class Column:
    """A column: identifier, printed label, unit, and whether it may be negative (本年增/减)."""

    id: str
    label: str
    unit: Unit = Unit.PIECE
    signed: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row: identifier, printed label with its number, and the label of the group it stands in."""

    id: str
    label: str
    group: str | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """One block of table two: 第二十条第（N）项, its value columns and its rows."""

    id: str
    label: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class DisputeGroup:
    """Five columns of table four: 行政复议, 未经复议直接起诉 or 复议后起诉."""

    id: str
    label: str
    parent: str
    columns: tuple[Column, ...]

    @property
    def total(self) -> str:
        """The identifier of the group's sum."""
        return self.columns[-1].id


@dataclass(frozen=True, slots=True)
class Edition:
    """A form of the annual report: which report years it serves, and its three tables."""

    id: str
    report_years: tuple[int, int | None]
    in_force: Period
    source: Citation
    proactive: tuple[Block, ...]
    applicants: tuple[Column, ...]
    requests: tuple[Row, ...]
    disputes: tuple[DisputeGroup, ...]

    @property
    def outcome_rows(self) -> tuple[str, ...]:
        """Detail rows (一)…(六) whose sum is （七）总计, in printed order."""
        return tuple(
            row.id for row in self.requests if row.id.startswith("r_") and row.id != "r_sum"
        )

    @property
    def result_span(self) -> int:
        """Rows spanned by the merged cell “三、本年度办理结果”, （七）总计 included."""
        return len(self.outcome_rows) + 1

    @property
    def dispute_columns(self) -> tuple[Column, ...]:
        """The fifteen columns of table four, left to right."""
        return tuple(column for group in self.disputes for column in group.columns)

    @property
    def proactive_rows(self) -> Mapping[str, tuple[Row, tuple[Column, ...]]]:
        """Row identifier → row and its value columns, in printed order."""
        return {row.id: (row, block.columns) for block in self.proactive for row in block.rows}

    def serves(self, year: int) -> bool:
        """Whether reports for this year are made on this form."""
        first, last = self.report_years
        return first <= year and (last is None or year <= last)
