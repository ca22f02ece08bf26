"""Everything an annual report is checked for, in one call, and which cell explains its faults.

Not the reading of reports, nor their words: figures and texts are given, results are returned.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from statute.reporting.cells import CellRef, Figures
from statute.reporting.checks_across_years import LAST_YEAR, across_years
from statute.reporting.checks_diagnosis import Suspect, diagnose
from statute.reporting.checks_footing import detail_rows, footing
from statute.reporting.checks_plausibility import kind_by_name, plausibility
from statute.reporting.checks_prose import (
    NO_REASONS,
    REGISTER,
    SUBJECTS,
    ProseFigure,
    against_prose,
    against_register,
    copied_text,
    fee_duty,
    part_five,
)
from statute.reporting.checks_rollup import NO_SHARED_CASES, roll_up
from statute.reporting.checks_rules import RULES, Rule, Severity
from statute.reporting.checks_sums import BLANKS_AS_ZERO, Equation, Result, Status

__all__ = [
    "BLANKS_AS_ZERO",
    "LAST_YEAR",
    "REGISTER",
    "RULES",
    "SUBJECTS",
    "Beside",
    "Equation",
    "ProseFigure",
    "Result",
    "Rule",
    "Severity",
    "Status",
    "Suspect",
    "check",
    "detail_rows",
    "diagnose",
    "kind_by_name",
]


@dataclass(frozen=True, slots=True)
class Beside:
    """What is known beside the tables of the report; whatever is missing is simply not checked.

    `parts` are the texts of parts five and six (and others) by number; None when no text was read
    at all, in which case nothing is said of them. `text` and `previous_text` are whole narratives.
    """

    previous: Figures | None = None
    children: tuple[Figures, ...] = ()
    shared_cases: Mapping[str, int] = field(default_factory=lambda: NO_SHARED_CASES)
    prose: tuple[ProseFigure, ...] = ()
    parts: Mapping[int, str] | None = None
    text: str | None = None
    previous_text: str | None = None
    register: Figures | None = None
    reasons: Mapping[CellRef, str] = field(default_factory=lambda: NO_REASONS)
    fee_records: int = 0


_NOTHING_BESIDE = Beside()


def check(figures: Figures, beside: Beside = _NOTHING_BESIDE) -> tuple[Result, ...]:
    """Every rule that what is given allows to be assessed: faults, held, not assessable.

    Sums inside the tables and plausibility always; comparisons only with what they compare to.
    """
    return (
        *footing(figures),
        *plausibility(figures),
        *across_years(figures, beside.previous),
        *roll_up(figures, beside.children, shared=beside.shared_cases),
        *against_prose(figures, beside.prose),
        *_against_register(figures, beside),
        *_texts(figures, beside),
    )


def _against_register(figures: Figures, beside: Beside) -> tuple[Result, ...]:
    if beside.register is None:
        return ()
    return against_register(figures, beside.register, beside.reasons)


def _texts(figures: Figures, beside: Beside) -> tuple[Result, ...]:
    results: tuple[Result, ...] = ()
    if beside.parts is not None:
        results += part_five(beside.parts.get(5))
        results += fee_duty(figures, beside.parts.get(6), beside.fee_records)
    if beside.text is not None and beside.previous_text is not None:
        results += copied_text(beside.text, beside.previous_text)
    return results
