"""Reconsideration and litigation as the annual report counts them (table four), and their limits.

It keeps no register of cases, and the limits for applying and suing stand in statute.remedies.

Simplified: a judgment counts as the end of a case until an appeal is entered, so a case decided in
December and appealed in January is decided in one report and appears in the next one again.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any

from statute.citations import Citation, Mark, cite
from statute.dated import Period
from statute.errors import NotInForceError, StatuteError
from statute.remedies import TimeLimit, read_limit
from statute.reporting.tables import DISPUTES

SIMPLE_PROCEDURE = (cite("review_law_2023#53.1(4)"), cite("litigation_law#82.1(3)"))
CO_DEFENDANT_RULE = cite("dispute_count_2016#共同被告")


class DisputeError(StatuteError):
    """What is entered of a dispute contradicts itself, or is not known."""


class Procedure(StrEnum):
    """The three groups of table four; the values are the groups' identifiers there."""

    REVIEW = "rv"  # 行政复议
    DIRECT_SUIT = "ld"  # 未经复议直接起诉
    SUIT_AFTER_REVIEW = "la"  # 复议后起诉

    @property
    def is_suit(self) -> bool:
        """Whether a court hears it."""
        return self is not Procedure.REVIEW


class ResultGroup(StrEnum):
    """The columns of each group of table four, but for the total."""

    UPHOLD = "uphold"
    CORRECT = "correct"
    OTHER = "other"
    PENDING = "pending"

    @property
    def label(self) -> str:
        """As the form prints it."""
        return _GROUP_LABELS[self]


_GROUP_LABELS: Mapping[ResultGroup, str] = {
    ResultGroup.UPHOLD: "结果维持",
    ResultGroup.CORRECT: "结果纠正",
    ResultGroup.OTHER: "其他结果",
    ResultGroup.PENDING: "尚未审结",
}


@dataclass(frozen=True, slots=True)
class DisputeResult:
    """How an instance may end. `group` is None when the instance before decides (驳回上诉)."""

    id: str
    label: str
    group: ResultGroup | None
    in_review: bool
    in_suit: bool
    mark: Mark


@dataclass(frozen=True, slots=True)
class Instance:
    """One instance: when it was opened and, once decided, when and with which result (an id)."""

    opened_on: date
    decided_on: date | None = None
    result: str | None = None

    def __post_init__(self) -> None:
        if (self.decided_on is None) != (self.result is None):
            raise DisputeError("审结日期和结果须同时填写")
        if self.decided_on is not None and self.decided_on < self.opened_on:
            raise DisputeError(f"审结日期 {self.decided_on} 早于立案日期 {self.opened_on}")

    def decided_by(self, day: date) -> bool:
        """Whether it was over at the end of this day."""
        return self.decided_on is not None and self.decided_on <= day


@dataclass(frozen=True, slots=True)
class Dispute:
    """A reconsideration or a suit with its instances in order.

    `respondents`: the bodies applied or sued against, by any identifier of yours. `review_body`:
    in a suit after review, the body that reviewed.
    """

    procedure: Procedure
    respondents: tuple[str, ...]
    instances: tuple[Instance, ...]
    review_body: str | None = None

    def __post_init__(self) -> None:
        if not self.respondents or not self.instances:
            raise DisputeError("复议、诉讼案件须有被申请人或者被告，并有立案日期")
        opened = [instance.opened_on for instance in self.instances]
        if opened != sorted(opened):
            raise DisputeError("各审级须按立案先后登记")
        for place, instance in enumerate(self.instances):
            if instance.result is not None:
                self._check(dispute_result(instance.result), first=place == 0)

    def _check(self, result: DisputeResult, *, first: bool) -> None:
        if first and result.group is None:
            raise DisputeError(f"“{result.label}”须有前一审级")
        fits = result.in_suit if self.procedure.is_suit else result.in_review
        if not fits:
            kind = "行政诉讼" if self.procedure.is_suit else "行政复议"
            raise DisputeError(f"{kind}没有“{result.label}”这种结果")


def dispute_result(result_id: str) -> DisputeResult:
    """The result with this identifier; DisputeError naming it otherwise."""
    try:
        return RESULTS[result_id]
    except KeyError:
        raise DisputeError(f"没有这种复议、诉讼结果：{result_id}") from None


def counts_for(body: str, dispute: Dispute) -> bool:
    """Whether the dispute is one of this body's in table four.

    A reviewing body that is sued together with the body it upheld does not count the case; sued
    alone, it does. Source: 国办公开办函〔2016〕201号.
    """
    if body not in dispute.respondents:
        return False
    return len(dispute.respondents) == 1 or body != dispute.review_body


def standing_in(dispute: Dispute, year: int) -> ResultGroup | None:
    """Where the dispute stands in the report for a year; None when it does not belong in it.

    It belongs when it was pending at some time in the year, and then counts once, by its state at
    the end of 31 December. Source: `house_practice#争议归类`.
    """
    return _standing(dispute, year, RESULT_GROUPS)


def table_four(
    disputes: Iterable[Dispute],
    year: int,
    body: str,
    *,
    groups: Mapping[str, ResultGroup | None] | None = None,
) -> dict[str, int]:
    """The fifteen figures of table four for one body, in printed order, by column identifier.

    `groups` sorts results (id → column; None: as the instance before) otherwise than by default;
    DisputeError when it does not know a result.
    """
    sorting = RESULT_GROUPS if groups is None else groups
    figures = {column.id: 0 for group in DISPUTES for column in group.columns}
    for dispute in disputes:
        standing = _standing(dispute, year, sorting)
        if standing is not None and counts_for(body, dispute):
            figures[f"{dispute.procedure}_{standing}"] += 1
            figures[f"{dispute.procedure}_total"] += 1
    return figures


def dispute_limit(limit_id: str, on: date) -> TimeLimit:
    """A limit of reconsideration, suit, complaint or petition in force on a day.

    DisputeError when there is no such limit, NotInForceError when it was not yet in force.
    """
    if limit_id not in LIMITS:
        raise DisputeError(f"没有这种期限：{limit_id}")
    known = LIMITS[limit_id]
    if not known.in_force.covers(on):
        raise NotInForceError(f"{on.isoformat()} 没有施行中的规定：{known.about}")
    return known.limit


@dataclass(frozen=True, slots=True)
class NamedLimit:
    """A limit with what it bounds and since when."""

    id: str
    about: str
    limit: TimeLimit
    in_force: Period


class Contested(StrEnum):
    """What an applicant or a third party contests about disclosure."""

    PROACTIVE = "proactive"  # 主动公开的行为
    ANSWER = "answer"  # 对申请的答复
    SILENCE = "silence"  # 逾期不答复


@dataclass(frozen=True, slots=True)
class DefendantRule:
    """Who is the defendant, in words and with its source (法释〔2025〕8号, from 2025-06-01)."""

    defendant: str
    citation: Citation
    mark: Mark


class Before(StrEnum):
    """What must come before a suit."""

    NOTHING = "nothing"
    REVIEW = "review"  # 先申请行政复议，对复议决定后的案件起诉
    APPLICATION = "application"  # 先申请公开，对答复或者逾期不答复起诉


@dataclass(frozen=True, slots=True)
class Actionable:
    """An act of disclosure that may be sued over, and what must come before."""

    id: str
    about: str
    after: Before
    citation: Citation


_INTERPRETATION = Period(date(2025, 6, 1))
_DEFENDANTS: Mapping[Contested, DefendantRule] = {
    Contested.PROACTIVE: DefendantRule(
        "公开该信息的机关", cite("disclosure_interpretation_2025#4"), Mark.VERIFIED
    ),
    Contested.ANSWER: DefendantRule(
        "作出答复的机关", cite("disclosure_interpretation_2025#4"), Mark.VERIFIED
    ),
    Contested.SILENCE: DefendantRule(
        "收到申请的机关", cite("disclosure_interpretation_2025#4"), Mark.MEMORY
    ),
}


def defendant_rule(contested: Contested, on: date) -> DefendantRule:
    """Who is sued over this; NotInForceError before 2025-06-01."""
    _require_interpretation(on)
    return _DEFENDANTS[contested]


def actionable_on(day: date) -> tuple[Actionable, ...]:
    """What may be sued over; NotInForceError before 2025-06-01 (法释〔2025〕8号, arts. 1 and 2)."""
    _require_interpretation(day)
    return ACTIONABLE


def _require_interpretation(day: date) -> None:
    if not _INTERPRETATION.covers(day):
        raise NotInForceError(f"{day.isoformat()} 政府信息公开行政案件解释尚未施行")


def _standing(
    dispute: Dispute, year: int, groups: Mapping[str, ResultGroup | None]
) -> ResultGroup | None:
    before = _state(dispute, date(year - 1, 12, 31), groups)
    taken_up_again = any(instance.opened_on.year == year for instance in dispute.instances)
    if before in (None, ResultGroup.PENDING) or taken_up_again:
        return _state(dispute, date(year, 12, 31), groups)
    return None


def _state(
    dispute: Dispute, day: date, groups: Mapping[str, ResultGroup | None]
) -> ResultGroup | None:
    """The state at the end of a day; None when nothing had been opened."""
    state = None
    for instance in dispute.instances:
        if instance.opened_on > day:
            break
        state = (
            _group(instance, groups) or state if instance.decided_by(day) else ResultGroup.PENDING
        )
    return state


def _group(instance: Instance, groups: Mapping[str, ResultGroup | None]) -> ResultGroup | None:
    if instance.result is None or instance.result not in groups:
        raise DisputeError(f"结果没有归入表四的任何一列：{instance.result}")
    return groups[instance.result]


@cache
def _tables() -> dict[str, Any]:
    return tomllib.loads(
        resources.files("statute").joinpath("disputes.toml").read_text(encoding="utf-8")
    )


def _result(result_id: str, raw: Mapping[str, Any]) -> DisputeResult:
    group = None if raw["group"] == "earlier" else ResultGroup(raw["group"])
    procedures = set(raw["procedures"])
    if not procedures or not procedures <= {"review", "suit"}:
        raise ValueError(f"{result_id} 没有写明用于复议还是诉讼")
    return DisputeResult(
        id=result_id,
        label=raw["label"],
        group=group,
        in_review="review" in procedures,
        in_suit="suit" in procedures,
        mark=Mark(raw.get("mark", Mark.PRACTICE)),
    )


def _limit(raw: Mapping[str, Any]) -> NamedLimit:
    return NamedLimit(raw["id"], raw["about"], read_limit(raw), Period(raw.get("since")))


RESULTS: Mapping[str, DisputeResult] = MappingProxyType(
    {result_id: _result(result_id, raw) for result_id, raw in _tables()["results"].items()}
)
RESULT_GROUPS: Mapping[str, ResultGroup | None] = MappingProxyType(
    {result.id: result.group for result in RESULTS.values()}
)
LIMITS: Mapping[str, NamedLimit] = MappingProxyType(
    {raw["id"]: _limit(raw) for raw in _tables()["limits"]}
)
ACTIONABLE: tuple[Actionable, ...] = tuple(
    Actionable(
        raw["id"], raw["about"], Before(raw.get("after", Before.NOTHING)), cite(raw["citation"])
    )
    for raw in _tables()["actionable"]
)
