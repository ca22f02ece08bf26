"""Figures of two published reports, written by hand; small tables and shorthands for tests."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from statute.reporting.cells import BLANK, UNKNOWN, AgencyKind, Cell, CellRef, Figures, Table
from statute.reporting.checks import Result, Status
from statute.reporting.edition_2021 import EDITION_2021

Rows = dict[str, tuple[Cell, ...]]
HELD, FAULT, OPEN = Status.HELD, Status.FAULT, Status.NOT_ASSESSABLE

_LOST: tuple[Cell, ...] = (UNKNOWN,) * 7
_EMPTY: tuple[Cell, ...] = (BLANK,) * 7

# The report for 2020 of a county office, read from flattened text: blanks lost, columns unknown.
_SURVIVED = {
    "a1": 46,
    "a2": 4,
    "r_grant": 17,
    "r_partial": 1,
    "r_deny_2": 2,
    "r_deny_5": 1,
    "r_deny_6": 2,
    "r_unable_1": 18,
    "r_ignore_5": 1,
    "r_other": 2,
    "r_sum": 44,
    "a4": 6,
}
_EMPTY_IN_SOURCE = (
    "r_deny_1",
    "r_deny_3",
    "r_deny_4",
    "r_deny_7",
    "r_deny_8",
    "r_unable_2",
    "r_unable_3",
    "r_ignore_1",
    "r_ignore_2",
    "r_ignore_3",
    "r_ignore_4",
)
_ZERO_ITEMS: tuple[Cell, ...] = (0, 0, 0)
_SOURCE_PROACTIVE: Rows = {
    "rules": (0, 0, 0),
    "norm_docs": (28, 28, 226),
    "license": _ZERO_ITEMS,
    "other_service": _ZERO_ITEMS,
    "penalty": _ZERO_ITEMS,
    "coercion": _ZERO_ITEMS,
    "admin_fee": (0, 0),
    "central_purchase": (15, Decimal("271.53")),
}


def disputes(review: str, direct: str, after: str) -> dict[str, Cell]:
    """Table four from three groups of five numbers."""
    results = ("uphold", "correct", "other", "pending", "total")
    return {
        f"{group}_{result}": int(number)
        for group, numbers in (("rv", review), ("ld", direct), ("la", after))
        for result, number in zip(results, numbers.split(), strict=True)
    }


SOURCE_2020 = Figures(
    edition="2019",
    year=2020,
    requests={
        "a1": (UNKNOWN,) * 6 + (46,),
        "a2": (UNKNOWN,) * 6 + (4,),
        **{row: _LOST for row in _SURVIVED if row not in ("a1", "a2")},
        **dict.fromkeys(_EMPTY_IN_SOURCE, _EMPTY),
    },
    requests_single=_SURVIVED,
    disputes=disputes("0 0 0 0 0", "1 1 0 0 2", "0 0 0 0 0"),
    proactive=_SOURCE_PROACTIVE,
    units={"central_purchase": "万元"},
    agency="某县人民政府办公室",
)

# The same report as it must have been: every number in 自然人 and in 总计.
SOURCE_2020_WHOLE = Figures(
    edition="2019",
    year=2020,
    requests={
        row: (number, 0, 0, 0, 0, 0, number)
        for row, number in {**_SURVIVED, **dict.fromkeys(_EMPTY_IN_SOURCE, 0)}.items()
    },
    disputes=SOURCE_2020.disputes,
    proactive=_SOURCE_PROACTIVE,
    units={"central_purchase": "万元"},
    agency_kind=AgencyKind.COUNTY_DEPARTMENT,
)

CITY_2025 = Figures(
    edition="2021",
    year=2025,
    requests={
        "a1": (13612, 252, 0, 45, 128, 32, 14069),
        "a2": (535, 6, 0, 1, 18, 0, 560),
        "r_grant": (5345, 129, 0, 41, 19, 14, 5548),
        "r_partial": (2120, 39, 0, 1, 6, 2, 2168),
        "r_deny_1": (13, 0, 0, 0, 0, 0, 13),
        "r_deny_2": (30, 0, 0, 0, 0, 0, 30),
        "r_deny_3": (11, 0, 0, 0, 0, 0, 11),
        "r_deny_4": (49, 2, 0, 0, 0, 0, 51),
        "r_deny_5": (103, 1, 0, 0, 0, 0, 104),
        "r_deny_6": (84, 1, 0, 0, 0, 0, 85),
        "r_deny_7": (282, 4, 0, 0, 0, 0, 286),
        "r_deny_8": (147, 0, 0, 0, 1, 2, 150),
        "r_unable_1": (3075, 50, 0, 0, 89, 8, 3222),
        "r_unable_2": (177, 3, 0, 0, 0, 0, 180),
        "r_unable_3": (19, 0, 0, 0, 0, 0, 19),
        "r_ignore_1": (199, 1, 0, 0, 3, 0, 203),
        "r_ignore_2": (147, 1, 0, 0, 0, 0, 148),
        "r_ignore_3": (0, 0, 0, 0, 0, 0, 0),
        "r_ignore_4": (100, 1, 0, 0, 0, 0, 101),
        "r_ignore_5": (5, 0, 0, 0, 0, 0, 5),
        "r_other_1": (315, 3, 0, 0, 0, 0, 318),
        "r_other_2": (202, 0, 0, 1, 0, 0, 203),
        "r_other_3": (941, 17, 0, 1, 3, 3, 965),
        "r_sum": (13364, 252, 0, 44, 121, 29, 13810),
        "a4": (783, 6, 0, 2, 25, 3, 819),
    },
    disputes=disputes("376 97 196 121 790", "16 1 12 27 56", "74 1 30 51 156"),
    proactive={
        "rules": (3, 5, 74),
        "norm_docs": (564, 984, 4185),
        "license": (11398889,),
        "penalty": (6937489,),
        "coercion": (166105,),
        "admin_fee": (316441,),
    },
    units={"admin_fee": "万元"},
    agency_kind=AgencyKind.CITY,
)


def table_three(rows: Mapping[str, str | tuple[Cell, ...]]) -> Rows:
    """A table of the 2021 form: the rows given ("3 0 0 0 0 0 3" or cells), zeros elsewhere."""
    table: Rows = {row.id: (0,) * 7 for row in EDITION_2021.requests}
    for row, cells in rows.items():
        table[row] = cells if isinstance(cells, tuple) else tuple(map(int, cells.split()))
    return table


# 12 came in, 2 carried over; 9 granted, 3 not held; 2 carried out. One company among them.
SMALL_ROWS: dict[str, str] = {
    "a1": "10 2 0 0 0 0 12",
    "a2": "2 0 0 0 0 0 2",
    "r_grant": "8 1 0 0 0 0 9",
    "r_unable_1": "3 0 0 0 0 0 3",
    "r_sum": "11 1 0 0 0 0 12",
    "a4": "1 1 0 0 0 0 2",
}


def small(**rows: str | tuple[Cell, ...]) -> Figures:
    """The small report for 2022 with some rows of table three replaced."""
    return Figures(edition="2021", year=2022, requests=table_three({**SMALL_ROWS, **rows}))


def of(results: tuple[Result, ...], rule: str) -> list[Result]:
    """The results of one rule."""
    return [one for one in results if one.rule.id == rule]


def statuses(results: tuple[Result, ...], rule: str) -> list[Status]:
    """The statuses of one rule, in order."""
    return [one.status for one in of(results, rule)]


def faults(results: tuple[Result, ...]) -> list[str]:
    """The rules that are broken, once per broken result."""
    return [one.rule.id for one in results if one.status is FAULT]


def request(row: str, column: str, report: str = "") -> CellRef:
    """A cell of table three."""
    return CellRef(Table.REQUESTS, row, column, report)


def documents(edition: str, year: int, *numbers: Cell) -> Figures:
    """A report of which only the row of normative documents is visible."""
    return Figures(edition=edition, year=year, proactive={"norm_docs": numbers})
