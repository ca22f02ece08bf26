"""How cases become the figures of tables three and four: the counting rules and the count itself.

It reads no register and knows no clock: cases come as values, and whether a case is well decided is
not asked here (see statute.outcomes).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from statute.dated import Period, in_force_on
from statute.errors import StatuteError
from statute.reporting.cells import APPLICANT_COLUMNS, DISPUTE_CELLS
from statute.reporting.editions import edition
from statute.reporting.tables import OTHER_SINGLE, OTHER_THREE


class CountingError(StatuteError):
    """A case that cannot be counted as it stands, named with the reason."""


class Matter(StrEnum):
    """What a paper that came in asks for; only disclosure is counted in table three."""

    DISCLOSURE = "disclosure"  # 依申请公开，条例第二十七条
    RECORD_CORRECTION = "record_correction"  # 更正与自身相关的信息，条例第四十一条
    COMPLAINT = "complaint"  # 投诉举报，条例第四十七条


class JointApplicants(StrEnum):
    """Under which kind one application by several applicants is counted."""

    FIRST = "first"  # the first named applicant's
    OTHER = "other"  # 其他, where they are of different kinds


@dataclass(frozen=True, slots=True)
class Switches:
    """The counting questions that practice, not law, answers; each may be set otherwise, dated."""

    in_force: Period
    joint_applicants: JointApplicants = JointApplicants.FIRST
    correction_moves_receipt: bool = False  # a1 by first receipt, not by receipt of the correction
    count_remade: bool = False  # a decision made anew after being quashed is no new application


SWITCHES: Final = (Switches(Period(date(2019, 1, 1))),)


@dataclass(frozen=True, slots=True)
class CountedCase:
    """What table three needs to know of a case.

    `row` is an outcome row of the 2021 form or `r_other` (on the 2019 form the three rows of （六）
    are one); it is None while undecided. `applicants` are columns of table three, first applicant
    first. An application split by 一事一申请 is one case a piece, or `pieces` when all ended alike.
    `remade` marks the case of a decision made anew after review or suit.
    """

    reference: str
    received_on: date
    applicants: tuple[str, ...]
    decided_on: date | None = None
    row: str | None = None
    corrected_on: date | None = None
    pieces: int = 1
    matter: Matter = Matter.DISCLOSURE
    remade: bool = False


@dataclass(frozen=True, slots=True)
class CountedDispute:
    """What table four needs to know of a review or suit.

    `group` is rv, ld or la; `result` is uphold, correct or other once there is one. When
    `reviewer_only`, this body is sued only as reviewing body beside the one whose act it was.
    """

    reference: str
    group: str
    opened_on: date
    closed_on: date | None = None
    result: str | None = None
    reviewer_only: bool = False


_COLUMNS: Final = APPLICANT_COLUMNS[:-1]
_OTHER: Final = OTHER_SINGLE[0].id
_THREE: Final = frozenset(row.id for row in OTHER_THREE)
_RESULTS: Final = ("uphold", "correct", "other")


def count(
    cases: Iterable[CountedCase],
    year: int,
    edition_id: str,
    switches: Iterable[Switches] = SWITCHES,
) -> Mapping[str, tuple[int, ...]]:
    """Table three of a year: row → seven counts, every row of the edition, zeros written as 0.

    Receipt decides the year of a1, decision the year of the outcome; what is undecided on 31
    December is a4, and a2 of the year after. CountingError for a case that contradicts itself or
    whose row the edition does not have.
    """
    form = edition(edition_id)
    applied = in_force_on(switches, date(year, 12, 31), what="年报统计口径")
    counts: Counter[tuple[str, str]] = Counter()
    for case in cases:
        _must_be_countable(case)
        if case.matter is not Matter.DISCLOSURE or (case.remade and not applied.count_remade):
            continue
        column = _column(case, applied)
        for row in _rows_of(case, year, applied):
            counts[_printed(case, row, form.outcome_rows), column] += case.pieces
    for (row, column), number in list(counts.items()):
        counts[row, APPLICANT_COLUMNS[-1]] += number
        if row in form.outcome_rows:
            counts["r_sum", column] += number
            counts["r_sum", APPLICANT_COLUMNS[-1]] += number
    return {
        row.id: tuple(counts[row.id, column] for column in APPLICANT_COLUMNS)
        for row in form.requests
    }


def count_disputes(disputes: Iterable[CountedDispute], year: int) -> Mapping[str, int]:
    """Table four of a year: cell → count. Reviewing bodies beside others do not count (201号).

    A case counts in the year of its result, and as 尚未审结 at the end of every year before; first
    and second instance are one case, to be given with the state at the end of the year.
    """
    counts: Counter[str] = Counter()
    for dispute in disputes:
        _must_be_dispute(dispute)
        closed = dispute.closed_on
        if dispute.reviewer_only or dispute.opened_on.year > year:
            continue
        if closed is not None and closed.year < year:
            continue
        pending = closed is None or closed.year > year
        counts[f"{dispute.group}_{'pending' if pending else dispute.result}"] += 1
        counts[f"{dispute.group}_total"] += 1
    return {cell: counts[cell] for cell in DISPUTE_CELLS}


def _rows_of(case: CountedCase, year: int, switches: Switches) -> tuple[str, ...]:
    received = case.received_on
    if switches.correction_moves_receipt and case.corrected_on is not None:
        received = case.corrected_on
    decided = case.decided_on
    if received.year > year or (decided is not None and decided.year < year):
        return ()
    came = "a1" if received.year == year else "a2"
    if decided is None or decided.year > year or case.row is None:
        return came, "a4"
    return came, case.row


def _printed(case: CountedCase, row: str, outcome_rows: tuple[str, ...]) -> str:
    """The row of this edition: the three of （六） are one in 2019."""
    if row in _THREE and _OTHER in outcome_rows:
        return _OTHER
    if row.startswith("r_") and row not in outcome_rows:
        raise CountingError(f"{case.reference}：这一版年报没有办理结果行 {row}")
    return row


def _column(case: CountedCase, switches: Switches) -> str:
    mixed = len(set(case.applicants)) > 1
    if mixed and switches.joint_applicants is JointApplicants.OTHER:
        return "org_other"
    return case.applicants[0]


def _must_be_countable(case: CountedCase) -> None:
    if not case.applicants or not set(case.applicants) <= set(_COLUMNS):
        raise CountingError(f"{case.reference}：申请人类别不是表三的列：{case.applicants}")
    if case.pieces < 1:
        raise CountingError(f"{case.reference}：件数须为 1 以上：{case.pieces}")
    if case.decided_on is not None and case.decided_on < (case.corrected_on or case.received_on):
        raise CountingError(f"{case.reference}：办结日早于收到日")
    if case.corrected_on is not None and case.corrected_on < case.received_on:
        raise CountingError(f"{case.reference}：收到补正日早于收到申请日")
    if (case.decided_on is None) != (case.row is None):
        raise CountingError(f"{case.reference}：办结日与办理结果须同时有或同时没有")
    if case.row is not None and not case.row.startswith("r_"):
        raise CountingError(f"{case.reference}：{case.row} 不是办理结果行")


def _must_be_dispute(dispute: CountedDispute) -> None:
    if f"{dispute.group}_total" not in DISPUTE_CELLS:
        raise CountingError(f"{dispute.reference}：表四没有这一组：{dispute.group}")
    if (dispute.closed_on is None) != (dispute.result is None):
        raise CountingError(f"{dispute.reference}：结案日与结果须同时有或同时没有")
    if dispute.result is not None and dispute.result not in _RESULTS:
        raise CountingError(f"{dispute.reference}：不是表四的结果：{dispute.result}")
    if dispute.closed_on is not None and dispute.closed_on < dispute.opened_on:
        raise CountingError(f"{dispute.reference}：结案日早于受理日")
