"""Tables against sentences and against the register: X11 to X14, part five (N1), copies (N2).

It takes no figure from a sentence: whoever read it says what the figure speaks of, and one that
speaks of something else than the table is not compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from statute.reporting.cells import (
    APPLICANT_COLUMNS,
    Cell,
    CellRef,
    Figures,
    Number,
    Table,
)
from statute.reporting.checks_footing import (
    dispute_ref,
    proactive_ref,
    request_ref,
    row_number,
)
from statute.reporting.checks_rules import RULES
from statute.reporting.checks_sums import (
    Equation,
    Result,
    Status,
    assess,
    balance,
    bind,
    not_assessable,
)
from statute.reporting.edition_2021 import EDITION_2021
from statute.reporting.narrative import (
    COPY_THRESHOLD,
    mentions_fees,
    says_nothing,
    similarity,
)

REGISTER: Final = "台账"
NO_REASONS: Final[Mapping[CellRef, str]] = MappingProxyType({})
FEE_UNPAID_ROW: Final = "r_other_2"


@dataclass(frozen=True, slots=True)
class ProseFigure:
    """A figure in a sentence: a key of SUBJECTS, its value, and whether it is comparable.

    It `speaks_of_self` when it counts what the table counts: the reporting body's whole year, not
    one's own office within it, not another body, not some of the months.
    """

    what: str
    value: Number
    speaks_of_self: bool


@dataclass(frozen=True, slots=True)
class Subject:
    """What a sentence may speak of: the rule that compares it and the cells that add up to it."""

    rule: str
    label: str
    cells: tuple[CellRef, ...]


def _suits(result: str) -> tuple[CellRef, ...]:
    return dispute_ref(f"ld_{result}"), dispute_ref(f"la_{result}")


def _documents(label: str, column: str) -> Subject:
    return Subject("X11", label, (proactive_ref("norm_docs", column),))


SUBJECTS: Final[Mapping[str, Subject]] = MappingProxyType(
    {
        "requests_received": Subject("X12", "新收申请", (request_ref("a1", "total"),)),
        "requests_carried_in": Subject("X12", "上年结转", (request_ref("a2", "total"),)),
        "requests_decided": Subject("X12", "办结申请", (request_ref("r_sum", "total"),)),
        "requests_carried_out": Subject("X12", "结转下年度", (request_ref("a4", "total"),)),
        "requests_granted": Subject("X12", "予以公开", (request_ref("r_grant", "total"),)),
        "requests_partial": Subject("X12", "部分公开", (request_ref("r_partial", "total"),)),
        "reviews": Subject("X12", "行政复议", (dispute_ref("rv_total"),)),
        "reviews_corrected": Subject("X12", "复议结果纠正", (dispute_ref("rv_correct"),)),
        "suits": Subject("X12", "行政诉讼", _suits("total")),
        "suits_upheld": Subject("X12", "诉讼结果维持", _suits("uphold")),
        "suits_corrected": Subject("X12", "诉讼结果纠正", _suits("correct")),
        "norm_docs_made": _documents("制发规范性文件", "made"),
        "norm_docs_repealed": _documents("废止规范性文件", "repealed"),
        "norm_docs_in_force": _documents("现行有效规范性文件", "in_force"),
    }
)


def against_prose(figures: Figures, prose: Iterable[ProseFigure]) -> tuple[Result, ...]:
    """X11 and X12 for every figure that speaks of the same thing as a table that is there.

    `expected` is the table's number, `found` the sentence's. What no table counts, such as
    interpretations published, is not compared.
    """
    return tuple(
        _against_figure(figures, figure.value, SUBJECTS[figure.what])
        for figure in prose
        if figure.speaks_of_self
        and figure.what in SUBJECTS
        and all(_is_there(figures, ref) for ref in SUBJECTS[figure.what].cells)
    )


def against_register(
    figures: Figures, register: Figures, reasons: Mapping[CellRef, str] = NO_REASONS
) -> tuple[Result, ...]:
    """X13 for table three and X11 for documents made, against figures compiled from the register.

    Cells that agree are one result; a differing cell whose reason is written is held and quotes it.
    """
    results = [
        _against_register(
            "X13", ref, (register.request(row, column), figures.request(row, column)), reasons
        )
        for row in figures.requests or {}
        if row in (register.requests or {})
        for column in APPLICANT_COLUMNS
        for ref in (request_ref(row, column),)
    ]
    plain = [one for one in results if one.status is Status.HELD and not one.note]
    agreed = Result(RULES["X13"], Status.HELD, tuple(one.cells[-1] for one in plain))
    documents = _documents_made(figures, register, reasons)
    rest = [one for one in results if one not in plain]
    return (*((agreed,) if plain else ()), *rest, *documents)


def fee_duty(figures: Figures, part_six: str | None, fee_records: int = 0) -> tuple[Result, ...]:
    """X14: from 2021 part six must speak of fees, all the more when some were charged or unpaid.

    `part_six` is None when the part was not found; `fee_records` counts fee notices registered.
    """
    if figures.year is None or not EDITION_2021.serves(figures.year):
        return ()
    rule = RULES["X14"]
    cells, ref = row_number(figures, FEE_UNPAID_ROW)
    unpaid = any(isinstance(cell, int) and cell > 0 for cell in cells)
    if part_six is None:
        return (not_assessable(rule, (ref,) if unpaid else (), "没有找到第六部分"),)
    if mentions_fees(part_six):
        return (Result(rule, Status.HELD, (ref,) if unpaid else ()),)
    if unpaid or fee_records:
        note = "有收费通知或逾期未缴费的申请，第六部分却没有写收取信息处理费情况"
    else:
        note = "第六部分没有写收取信息处理费情况；没有收取的，也应写明 0 元"
    return (Result(rule, Status.FAULT, (ref,) if unpaid else (), note=note),)


def part_five(text: str | None) -> tuple[Result, ...]:
    """N1: part five must say something; None (not found) is not assessable."""
    rule = RULES["N1"]
    if text is None:
        return (not_assessable(rule, (), "没有找到第五部分"),)
    if says_nothing(text):
        return (Result(rule, Status.FAULT, note="第五部分没有写问题和改进情况"),)
    return (Result(rule, Status.HELD),)


def copied_text(text: str, previous: str) -> tuple[Result, ...]:
    """N2: how alike this year's text is to last year's, in per cent against the threshold."""
    percent = round(similarity(text, previous) * 100)
    limit = COPY_THRESHOLD.value
    status = Status.FAULT if percent >= limit else Status.HELD
    note = f"与上年年报文字相似 {percent}%"
    return (Result(RULES["N2"], status, expected=limit, found=percent, note=note),)


def _is_there(figures: Figures, ref: CellRef) -> bool:
    """Whether the cell's table was seen, and for table two whether its form has such a cell."""
    if ref.table is Table.REQUESTS:
        return figures.requests is not None or bool(figures.requests_single)
    if ref.table is Table.DISPUTES:
        return figures.disputes is not None
    if figures.proactive is None or figures.form is None:
        return False
    _, columns = figures.form.proactive_rows[ref.row]
    return ref.column in {column.id for column in columns}


def _against_figure(figures: Figures, value: Number, subject: Subject) -> Result:
    rule = RULES[subject.rule]
    said = CellRef(Table.PROSE, subject.label)
    equation = Equation(subject.cells, (said,))
    values = tuple(figures.cell(ref) for ref in subject.cells)
    first = subject.cells[0]
    if first.table is Table.REQUESTS:
        numbers, place = row_number(figures, first.row)
        if len(numbers) > 1:  # no total to compare with, only what survived of the row
            return bind(rule, (place, said), balance(numbers, (value,)))
    return assess(rule, equation, (*values, value))


def _against_register(
    rule: str, ref: CellRef, values: tuple[Cell, Cell], reasons: Mapping[CellRef, str]
) -> Result:
    equation = Equation((replace(ref, report=REGISTER),), (ref,))
    result = assess(RULES[rule], equation, values)
    if result.status is Status.FAULT and reasons.get(ref, "").strip():
        return replace(result, status=Status.HELD, note=f"与台账不同，原因：{reasons[ref]}")
    return result


def _documents_made(
    figures: Figures, register: Figures, reasons: Mapping[CellRef, str]
) -> Iterator[Result]:
    if "norm_docs" in (figures.proactive or {}) and "norm_docs" in (register.proactive or {}):
        ref = proactive_ref("norm_docs", "made")
        values = (register.cell(ref), figures.cell(ref))
        yield _against_register("X11", ref, values, reasons)
