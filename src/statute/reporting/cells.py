"""What a report says in its cells: a number, a blank, unknown, or a few alternatives.

It does not say whether the figures are right (see checks) nor where on a page they stood.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from enum import Enum, StrEnum
from types import MappingProxyType
from typing import Final, TypeAlias

from statute.reporting.editions import EDITIONS, edition
from statute.reporting.forms import Edition
from statute.reporting.tables import APPLICANTS, DISPUTES

Number: TypeAlias = int | Decimal  # Decimal only where money is printed with a fraction


class Gap(Enum):
    """A cell without a number."""

    BLANK = "blank"  # seen, and nothing (or “/”) stands in it
    UNKNOWN = "unknown"  # something stood there, or should have, and it cannot be told what


BLANK: Final = Gap.BLANK
UNKNOWN: Final = Gap.UNKNOWN


@dataclass(frozen=True, slots=True)
class Candidates:
    """A cell whose text allows several readings; at least two different ones, each kept once."""

    values: tuple[Number | Gap, ...]

    def __post_init__(self) -> None:
        if len(set(self.values)) < 2 or len(set(self.values)) != len(self.values):
            raise ValueError(f"备选读数须有两个以上且各不相同：{self.values}")
        if UNKNOWN in self.values:
            raise ValueError("备选读数不能是“不明”")


Cell: TypeAlias = Number | Gap | Candidates


class Table(StrEnum):
    """The tables of a report, by what they count."""

    PROACTIVE = "proactive"  # 表二
    REQUESTS = "requests"  # 表三
    DISPUTES = "disputes"  # 表四
    PROSE = "prose"  # no table: a figure in a sentence


@dataclass(frozen=True, slots=True)
class CellRef:
    """Which cell is meant.

    `column` is empty for table four, whose one row is addressed by `row` (rv_uphold …), and for a
    row's only surviving number in table three. `report` is empty for the report under examination,
    “上年” for the one of the year before, otherwise the name of a subordinate body or “台账”.
    """

    table: Table
    row: str
    column: str = ""
    report: str = ""


class AgencyKind(StrEnum):
    """Whose report it is, as far as what a report may contain depends on it."""

    MINISTRY = "ministry"
    PROVINCE = "province"
    PROVINCE_DEPARTMENT = "province_department"
    CITY = "city"  # 设区的市
    CITY_DEPARTMENT = "city_department"
    COUNTY = "county"
    COUNTY_DEPARTMENT = "county_department"
    TOWNSHIP = "township"


APPLICANT_COLUMNS: Final = tuple(column.id for column in APPLICANTS)
DISPUTE_CELLS: Final = tuple(column.id for group in DISPUTES for column in group.columns)
_REQUEST_ROWS: Final = frozenset(row.id for form in EDITIONS for row in form.requests)
_PROACTIVE_WIDTHS: Final = frozenset(
    (row, len(columns)) for form in EDITIONS for row, (_, columns) in form.proactive_rows.items()
)
_NOTHING: Final[Mapping[str, Number]] = MappingProxyType({})
_NO_UNITS: Final[Mapping[str, str | None]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Figures:
    """The three tables of one report, as printed.

    A table that is not there is None; a row that is not visible is absent from its table. Table
    three has seven cells a row (six kinds of applicant, then 总计); table two as many as the form
    of the row has columns, one of them included (a tuple of one). `requests_single` holds the one
    number that survived of a row without its column. `units` says what money is printed in, by row
    of table two: “元”, “万元” or None. ValueError when rows or widths are of no known form.
    """

    edition: str | None = None
    year: int | None = None
    requests: Mapping[str, tuple[Cell, ...]] | None = None
    disputes: Mapping[str, Cell] | None = None
    proactive: Mapping[str, tuple[Cell, ...]] | None = None
    requests_single: Mapping[str, Number] = field(default_factory=lambda: _NOTHING)
    units: Mapping[str, str | None] = field(default_factory=lambda: _NO_UNITS)
    agency: str | None = None
    agency_kind: AgencyKind | None = None

    def __post_init__(self) -> None:
        if self.edition is not None and self.edition not in {form.id for form in EDITIONS}:
            raise ValueError(f"没有这一版年报格式：{self.edition}")
        for row, cells in (self.requests or {}).items():
            if row not in _REQUEST_ROWS or len(cells) != len(APPLICANT_COLUMNS):
                raise ValueError(f"表三没有这样的行：{row}（{len(cells)} 格）")
        for row in self.requests_single:
            if row not in _REQUEST_ROWS:
                raise ValueError(f"表三没有这样的行：{row}")
        for cell in self.disputes or {}:
            if cell not in DISPUTE_CELLS:
                raise ValueError(f"表四没有这一格：{cell}")
        for row, cells in (self.proactive or {}).items():
            if (row, len(cells)) not in _PROACTIVE_WIDTHS:
                raise ValueError(f"表二没有这样的行：{row}（{len(cells)} 格）")

    @property
    def form(self) -> Edition | None:
        """The edition's rows and columns; None when the edition is not known."""
        return None if self.edition is None else edition(self.edition)

    def request(self, row: str, column: str) -> Cell:
        """A cell of table three; UNKNOWN when its row is not visible."""
        cells = (self.requests or {}).get(row)
        return UNKNOWN if cells is None else cells[APPLICANT_COLUMNS.index(column)]

    def dispute(self, cell: str) -> Cell:
        """A cell of table four; UNKNOWN when it is not visible."""
        return (self.disputes or {}).get(cell, UNKNOWN)

    def published(self, row: str, column: str) -> Cell:
        """A cell of table two; UNKNOWN when the row or the form is not visible.

        KeyError when the edition has no such row, ValueError when the row has no such column.
        """
        cells = (self.proactive or {}).get(row)
        if cells is None or self.form is None:
            return UNKNOWN
        _, columns = self.form.proactive_rows[row]
        position = [known.id for known in columns].index(column)
        return cells[position] if len(cells) == len(columns) else UNKNOWN

    def cell(self, ref: CellRef) -> Cell:
        """The cell meant by a reference, whichever table it is in; UNKNOWN for prose."""
        if ref.table is Table.REQUESTS and ref.column:
            return self.request(ref.row, ref.column)
        if ref.table is Table.REQUESTS:
            return self.requests_single.get(ref.row, UNKNOWN)
        if ref.table is Table.DISPUTES:
            return self.dispute(ref.row)
        if ref.table is Table.PROACTIVE:
            return self.published(ref.row, ref.column)
        return UNKNOWN


def is_number(cell: Cell) -> bool:
    """Whether the cell holds one definite number."""
    return isinstance(cell, int | Decimal)


def cell_from_plain(value: object) -> Cell:
    """Reads report/1 notation: number, None (blank), "unknown", {"candidates": […]}.

    Money may come as a Decimal or as a text such as "271.53"; a float is refused (TypeError), since
    it has already lost what was printed. ValueError for anything else.
    """
    if value is None:
        return BLANK
    if value == "unknown":
        return UNKNOWN
    if isinstance(value, bool | float):
        raise TypeError(f"数值不能用浮点数或真假值表示：{value!r}")
    if isinstance(value, int | Decimal):
        return value
    if isinstance(value, str):
        return _number_from_text(value)
    if isinstance(value, Mapping) and set(value) == {"candidates"}:
        return Candidates(tuple(_alternative(item) for item in value["candidates"]))
    raise ValueError(f"不是单元格的值：{value!r}")


def cell_to_plain(cell: Cell) -> int | Decimal | str | dict[str, list[int | Decimal | None]] | None:
    """The report/1 notation of a cell; money stays Decimal, for the writer to print exactly."""
    if isinstance(cell, Candidates):
        return {"candidates": [None if isinstance(item, Gap) else item for item in cell.values]}
    if isinstance(cell, Gap):
        return None if cell is BLANK else "unknown"
    return cell


def _alternative(value: object) -> Number | Gap:
    cell = cell_from_plain(value)
    if isinstance(cell, Candidates):
        raise TypeError(f"备选读数不能再有备选：{value!r}")
    return cell


def _number_from_text(text: str) -> Number:
    try:
        number = Decimal(text)
    except InvalidOperation as error:
        raise ValueError(f"不是数：{text!r}") from error
    if not number.is_finite():
        raise ValueError(f"不是数：{text!r}")
    return int(text) if text.lstrip("+-").isdigit() else number


_TABLE_NAMES: Final = {
    Table.PROACTIVE: "表二",
    Table.REQUESTS: "表三",
    Table.DISPUTES: "表四",
    Table.PROSE: "正文",
}


def cell_label(ref: CellRef, form: Edition) -> str:
    """Names a cell in Chinese, in the words of the form: 表三“（二）部分公开…”商业企业."""
    place = f"{ref.report}{_TABLE_NAMES[ref.table]}"
    if ref.table is Table.REQUESTS:
        return place + _request_label(ref, form)
    if ref.table is Table.DISPUTES:
        labels = {
            column.id: f"{group.label}·{column.label}"
            for group in form.disputes
            for column in group.columns
        }
        return f"{place}“{labels[ref.row]}”"
    if ref.table is Table.PROACTIVE:
        row, columns = form.proactive_rows[ref.row]
        column = {known.id: known.label for known in columns}[ref.column]
        return f"{place}“{row.label}”{column}"
    return f"{place}“{ref.row}”"


def _request_label(ref: CellRef, form: Edition) -> str:
    # （六） is printed in one row or in three, whatever the edition: look in both.
    rows = {row.id: row for known in (*EDITIONS, form) for row in known.requests}
    row = rows[ref.row]
    label = f"“{row.group or ''}{row.label.split('（区分')[0]}”"
    columns = {column.id: column.label for column in form.applicants}
    return label + (columns[ref.column] if ref.column else "（所在列不明）")
