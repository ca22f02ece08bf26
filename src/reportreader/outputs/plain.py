"""The JSON of a verdict: plain values for other programs.

One object for one file, an array for several; the wording of findings is another module's.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from reportreader.batch import Checked, Outcome
from reportreader.explain import remedy, sentence
from reportreader.interface import Plain, dumps, place_to_plain
from reportreader.located import CellAt
from reportreader.reading import Found
from reportreader.verdict import Finding, HeldRule, SuspectCell, Unreadable, Verdict, source_of
from statute.reporting.cells import cell_to_plain


def render(_number: int, outcome: Outcome) -> str:
    """One file as JSON text."""
    return dumps(to_plain(outcome))


def write(checked: Iterable[Checked[str]], out: TextIO, *, several: bool) -> None:
    """One object, or an array written as the files are done."""
    if not several:
        out.writelines(f"{one.rendered}\n" for one in checked)
        return
    out.write("[")
    for place, one in enumerate(checked):
        out.write(",\n" if place else "\n")
        out.write(one.rendered)
    out.write("\n]\n")


def to_plain(outcome: Outcome) -> dict[str, Plain]:
    """file, agency, year, edition, faults, not_assessable, held, suspects, messages; or, when the
    file could not be opened, file and unreadable (the reason)."""
    if isinstance(outcome, Unreadable):
        return {"file": outcome.file, "unreadable": outcome.reason}
    figures = outcome.report.reading.figures
    return {
        "file": outcome.report.file,
        "agency": figures.agency,
        "year": figures.year,
        "edition": figures.edition,
        "faults": [_fault(finding, outcome) for finding in outcome.faults],
        "not_assessable": [_finding(finding) for finding in outcome.open],
        "held": [_held(rule) for rule in outcome.held],
        "suspects": [_suspect(suspect) for suspect in outcome.suspects],
        "messages": list(outcome.messages),
    }


def _fault(finding: Finding, verdict: Verdict) -> dict[str, Plain]:
    return {
        "number": finding.number,
        **_finding(finding),
        "sentence": sentence(finding),
        "remedy": remedy(finding, verdict.suspects),
    }


def _finding(finding: Finding) -> dict[str, Plain]:
    result = finding.result
    return {
        "rule": finding.rule.id,
        "severity": finding.rule.severity,
        "text": finding.rule.text,
        "source": finding.source,
        "mark": finding.rule.mark,
        "expected": result.expected,
        "found": result.found,
        "difference": result.difference,
        "note": result.note,
        "cells": [_cell(cell) for cell in finding.cells],
    }


def _held(held: HeldRule) -> dict[str, Plain]:
    return {
        "rule": held.rule.id,
        "text": held.rule.text,
        "source": source_of(held.rule.id),
        "count": held.count,
        "note": held.note,
    }


def _suspect(suspect: SuspectCell) -> dict[str, Plain]:
    return {
        "cell": _cell(suspect.cell),
        "found": suspect.found,
        "would_have_to_be": suspect.would_have_to_be,
        "explains": list(suspect.explains),
        "alone": suspect.alone,
    }


def _cell(cell: CellAt) -> dict[str, Plain]:
    plain: dict[str, Plain] = {
        "table": cell.ref.table,
        "row": cell.ref.row,
        "column": cell.ref.column or None,
        "label": cell.label,
        "value": cell_to_plain(cell.value),
        "place": _place(cell.found),
    }
    if cell.ref.report:
        plain["report"] = cell.ref.report
        plain["file"] = cell.file or None
    if cell.said:
        plain["said"] = cell.said
    return plain


def _place(found: Found | None) -> Plain:
    if found is None:
        return None
    return {**place_to_plain(found.place), "how": found.how}
