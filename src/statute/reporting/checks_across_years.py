"""A report against the one of the year before: X5, X7, X8 and X9.

It does not look for the earlier report; without one, as in a first year, nothing is assessed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from statute.reporting.cells import (
    APPLICANT_COLUMNS,
    Cell,
    CellRef,
    Figures,
    is_number,
)
from statute.reporting.checks_footing import dispute_ref, proactive_ref, request_ref
from statute.reporting.checks_rules import RULES
from statute.reporting.checks_sums import (
    Equation,
    Result,
    Status,
    assess,
    at_least,
    bind,
    not_assessable,
)
from statute.reporting.tables import DISPUTES

LAST_YEAR: Final = "上年"
_DOCUMENTS: Final = ("rules", "norm_docs")
_ITEM_ROWS: Final = ("license", "other_service", "penalty", "coercion", "admin_fee")


def across_years(figures: Figures, previous: Figures | None) -> tuple[Result, ...]:
    """X5, X7, X8, X9 against last year's figures; X9's first half needs this year's alone.

    A given report that is not of the year before is not compared: one result says so.
    """
    own = tuple(_published_within_made(figures))
    if previous is None:
        return own
    if figures.year is None or previous.year is None or previous.year != figures.year - 1:
        note = f"所给的对照年报是 {previous.year} 年度，本年报是 {figures.year} 年度，不相衔接"
        return (*own, not_assessable(RULES["X5"], (), note))
    return (
        *own,
        *_carried_over(figures, previous),
        *_pending_reappears(figures, previous),
        *_in_force(figures, previous),
        *_public_in_all(figures, previous),
        *_items(figures, previous),
    )


def _carried_over(figures: Figures, previous: Figures) -> Iterator[Result]:
    if figures.requests is None or previous.requests is None:
        return
    for column in APPLICANT_COLUMNS:
        equation = Equation((request_ref("a4", column, LAST_YEAR),), (request_ref("a2", column),))
        values = (previous.request("a4", column), figures.request("a2", column))
        yield assess(RULES["X5"], equation, values)


def _pending_reappears(figures: Figures, previous: Figures) -> Iterator[Result]:
    if figures.disputes is None or previous.disputes is None:
        return
    for group in DISPUTES:
        pending = f"{group.id}_pending"
        cells = (dispute_ref(pending, LAST_YEAR), dispute_ref(group.total))
        verdict = at_least((figures.dispute(group.total),), (previous.dispute(pending),))
        yield bind(RULES["X7"], cells, verdict)


def _in_force(figures: Figures, previous: Figures) -> Iterator[Result]:
    for row in _rows_on_form("2021", _DOCUMENTS, figures, previous):
        equation = Equation(
            (proactive_ref(row, "in_force", LAST_YEAR), proactive_ref(row, "made")),
            (proactive_ref(row, "in_force"), proactive_ref(row, "repealed")),
        )
        yield _assess_pair("X8", equation, figures, previous)


def _published_within_made(figures: Figures) -> Iterator[Result]:
    for row in _rows_on_form("2019", _DOCUMENTS, figures):
        cells = (proactive_ref(row, "published"), proactive_ref(row, "made"))
        made, published = figures.published(row, "made"), figures.published(row, "published")
        result = bind(RULES["X9"], cells, at_least((made,), (published,)))
        if result.status is Status.FAULT:
            # More than was made may come from what was made before; the table does not say.
            note = "新公开多于新制作，多出部分须出自以前制作的存量，表中看不出"
            result = replace(result, status=Status.NOT_ASSESSABLE, note=note)
        yield result


def _public_in_all(figures: Figures, previous: Figures) -> Iterator[Result]:
    for row in _rows_on_form("2019", _DOCUMENTS, figures, previous):
        equation = Equation(
            (proactive_ref(row, "total_public", LAST_YEAR), proactive_ref(row, "published")),
            (proactive_ref(row, "total_public"),),
        )
        yield _assess_pair("X9", equation, figures, previous)


def _items(figures: Figures, previous: Figures) -> Iterator[Result]:
    for row in _rows_on_form("2019", _ITEM_ROWS, figures, previous):
        delta = proactive_ref(row, "delta", LAST_YEAR)
        equation = Equation(
            (proactive_ref(row, "prev_items", LAST_YEAR), delta),
            (proactive_ref(row, "prev_items"),),
        )
        gap = not is_number(_value(delta, figures, previous))
        yield _assess_pair("X9", equation, figures, previous, either_way=gap)


def _rows_on_form(form: str, rows: tuple[str, ...], *reports: Figures) -> tuple[str, ...]:
    """The rows visible in every one of the reports, if all are made on this form."""
    if any(report.edition != form for report in reports):
        return ()
    return tuple(row for row in rows if all(row in (one.proactive or {}) for one in reports))


def _assess_pair(
    rule: str,
    equation: Equation,
    figures: Figures,
    previous: Figures,
    *,
    either_way: bool = False,
) -> Result:
    values = tuple(_value(ref, figures, previous) for ref in equation.cells)
    return assess(RULES[rule], equation, values, either_way=either_way)


def _value(ref: CellRef, figures: Figures, previous: Figures) -> Cell:
    return (previous if ref.report == LAST_YEAR else figures).cell(ref)
