"""Whether a report can be what it claims: its form for its year (V1, V2), rules by a body that
makes none (X10).

Not sums: a report may add up and still be implausible.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from statute.reporting.cells import (
    BLANK,
    AgencyKind,
    Candidates,
    Cell,
    Figures,
    Gap,
)
from statute.reporting.checks_footing import proactive_ref, request_ref
from statute.reporting.checks_rules import RULES
from statute.reporting.checks_sums import Result, Status, not_assessable
from statute.reporting.editions import EDITIONS, edition_for_year
from statute.reporting.tables import OTHER_SINGLE, OTHER_THREE

COUNTY_AND_BELOW: Final = frozenset(
    {AgencyKind.COUNTY, AgencyKind.COUNTY_DEPARTMENT, AgencyKind.TOWNSHIP}
)
_FIRST_YEAR: Final = min(form.report_years[0] for form in EDITIONS)
_OTHER_ROWS: Final = {
    "2019": tuple(row.id for row in OTHER_SINGLE),
    "2021": tuple(row.id for row in OTHER_THREE),
}

# Practice: what a name says of its bearer. “市” alone says nothing: it may be a county-level city.
_NAMES: Final = (
    (re.compile(r"(镇|乡|苏木)人民政府|街道办事处"), AgencyKind.TOWNSHIP),
    (re.compile(r"(自治区|省)人民政府"), AgencyKind.PROVINCE),
    (re.compile(r"[县旗区]人民政府"), AgencyKind.COUNTY),
    (re.compile(r"[县旗][^县旗]*[局委办队院]$"), AgencyKind.COUNTY_DEPARTMENT),
)


def plausibility(figures: Figures) -> tuple[Result, ...]:
    """V1, V2 and X10 on one report."""
    return (
        *_form_of_year(figures),
        *_rows_of_other(figures),
        *_rules_of_county(figures),
    )


def kind_by_name(name: str) -> AgencyKind | None:
    """What kind of body a name tells, None where it does not (practice, not law)."""
    return next((kind for pattern, kind in _NAMES if pattern.search(name)), None)


def _form_of_year(figures: Figures) -> Iterator[Result]:
    if figures.edition is None or figures.year is None:
        return
    rule = RULES["V1"]
    if figures.year < _FIRST_YEAR:
        yield not_assessable(rule, (), f"{figures.year} 年度没有收录的格式")
        return
    due = edition_for_year(figures.year)
    if figures.edition == due.id:
        yield Result(rule, Status.HELD)
    else:
        note = f"{figures.year} 年度应使用 {due.id} 年版格式，本年报用的是 {figures.edition} 年版"
        yield Result(rule, Status.FAULT, note=note)


def _rows_of_other(figures: Figures) -> Iterator[Result]:
    if figures.edition is None:
        return
    visible = {*(figures.requests or {}), *figures.requests_single}
    printed = {form for form, rows in _OTHER_ROWS.items() if visible.intersection(rows)}
    if not printed:
        return
    rule = RULES["V2"]
    cells = tuple(
        request_ref(row, "total")
        for form in sorted(printed)
        for row in _OTHER_ROWS[form]
        if row in visible
    )
    if printed == {figures.edition}:
        yield Result(rule, Status.HELD, cells)
    else:
        count = len(_OTHER_ROWS[figures.edition])
        note = f"{figures.edition} 年版（六）其他处理应为 {count} 行"
        yield Result(rule, Status.FAULT, cells, note=note)


def _rules_of_county(figures: Figures) -> Iterator[Result]:
    form = figures.form
    cells = (figures.proactive or {}).get("rules")
    if form is None or cells is None:
        return
    kind = figures.agency_kind or kind_by_name(figures.agency or "")
    if kind is not None and kind not in COUNTY_AND_BELOW:
        return
    rule = RULES["X10"]
    columns = form.proactive_rows["rules"][1]
    refs = tuple(proactive_ref("rules", column.id) for column in columns)
    claims = tuple(ref for ref, cell in zip(refs, cells, strict=True) if _certainly_not_zero(cell))
    if claims and kind is None:
        yield not_assessable(rule, claims, "不知道是哪一级机关")
    elif claims:
        yield Result(rule, Status.FAULT, claims, expected=0, note="须核实是否误填规范性文件数")
    elif all(cell is BLANK or cell == 0 for cell in cells):
        yield Result(rule, Status.HELD, refs)
    else:
        yield not_assessable(rule, refs, "有的格看不清")


def _certainly_not_zero(cell: Cell) -> bool:
    values = cell.values if isinstance(cell, Candidates) else (cell,)
    return not any(isinstance(value, Gap) or value == 0 for value in values)
