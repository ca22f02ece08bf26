"""The 23 results of a case: article, report row, letter, remedy, what must be proved first.

It does not write letters (statute.letters) and does not say where to complain (statute.remedies).
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
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
from statute.reporting.editions import EDITIONS

REGULATIONS_IN_FORCE = date(2019, 5, 15)  # 条例（2019）施行之日
EXEMPTIONS = frozenset({14, 15, 16})  # articles on which information is withheld


class UnknownOutcomeError(StatuteError):
    """No result of a case has this code."""


class OutcomeGroup(StrEnum):
    """The six groups （一）…（六） of table three, named by the first word of the code."""

    GRANT = "grant"
    PARTIAL = "partial"
    DENY = "deny"
    UNABLE = "unable"
    IGNORE = "ignore"
    OTHER = "other"

    @property
    def label(self) -> str:
        """As the report form prints it, without the number."""
        return _GROUP_LABELS[self]


_GROUP_LABELS: Mapping[OutcomeGroup, str] = {
    OutcomeGroup.GRANT: "予以公开",
    OutcomeGroup.PARTIAL: "部分公开",
    OutcomeGroup.DENY: "不予公开",
    OutcomeGroup.UNABLE: "无法提供",
    OutcomeGroup.IGNORE: "不予处理",
    OutcomeGroup.OTHER: "其他处理",
}


class RemedyKind(StrEnum):
    """Which remedy paragraph a letter carries under the law of 2024 and after."""

    REVIEW_FIRST = "A"  # 复议前置
    FREE_CHOICE = "B"  # 复议或者诉讼
    NONE = "C"  # 程序性文书不写
    BY_GROUNDS = "by_grounds"  # A when the grounds touch arts. 14–16, otherwise B


class ProofKind(StrEnum):
    """What a docket can show; the Chinese label of each stands in outcomes.toml."""

    CHANNEL = "channel"
    CONTENT_GRANTED = "content_granted"
    ACCESS_ARRANGEMENT = "access_arrangement"
    WITHHELD_REASON = "withheld_reason"
    CLASSIFICATION_BASIS = "classification_basis"
    LAW_AND_ARTICLE = "law_and_article"
    HARM_REASON = "harm_reason"
    THIRD_PARTY_OPINION = "third_party_opinion"
    OBJECTION_ASSESSED = "objection_assessed"
    CATEGORY_OF_INTERNAL = "category_of_internal"
    CATEGORY_OF_PROCESS = "category_of_process"
    CASE_FILE_IDENTIFIED = "case_file_identified"
    DISCLOSURE_DUTY_CHECKED = "disclosure_duty_checked"
    SPECIAL_QUERY_RULE = "special_query_rule"
    SEARCH_RECORD = "search_record"
    NOT_OWN_REASON = "not_own_reason"
    OTHER_AGENCY = "other_agency"
    OTHER_AGENCY_UNKNOWN = "other_agency_unknown"
    STATE_OF_INFORMATION = "state_of_information"
    CORRECTION_SENT = "correction_sent"
    CORRECTION_RECEIVED = "correction_received"
    CORRECTION_OVERDUE = "correction_overdue"
    PETITION_NATURE = "petition_nature"
    PUBLICATION_NAMED = "publication_named"
    EARLIER_ANSWER = "earlier_answer"
    EARLIER_INFORMATION = "earlier_information"
    EXCESS_FACTS = "excess_facts"
    REASON_REQUESTED = "reason_requested"
    REASON_UNREASONABLE = "reason_unreasonable"
    FEE_NOTICED = "fee_noticed"
    FEE_OVERDUE = "fee_overdue"
    WITHDRAWAL = "withdrawal"
    NOT_GOVERNMENT_INFORMATION = "not_government_information"
    HELD_ELSEWHERE = "held_elsewhere"

    @property
    def label(self) -> str:
        """The proof in the words of the office."""
        return _proof_labels()[self]


@dataclass(frozen=True, slots=True)
class Requirement:
    """One thing to be shown before a result is signed; any one of `proofs` shows it."""

    proofs: tuple[ProofKind, ...]
    what_to_do: str
    citation: Citation
    mark: Mark = Mark.VERIFIED


@dataclass(frozen=True, slots=True)
class MissingProof:
    """A requirement not met: the usual proof, what to do about it, what else would do."""

    kind: ProofKind
    what_to_do: str
    citation: Citation
    alternatives: tuple[ProofKind, ...] = ()
    mark: Mark = Mark.VERIFIED


@dataclass(frozen=True, slots=True)
class Outcome:
    """A result of a case. `grounds` are the articles among 14–16 it always rests on.

    `letter_when` names the letter used instead of the usual one when a proof is there.
    """

    code: str
    label: str
    citations: tuple[Citation, ...]
    rows: Mapping[str, str]
    letters: tuple[str, ...]
    letter_when: Mapping[ProofKind, str]
    remedy: RemedyKind
    grounds: frozenset[int]
    requires: tuple[Requirement, ...]
    in_force: Period
    mark: Mark
    remedy_mark: Mark

    @property
    def group(self) -> OutcomeGroup:
        """The group of table three, which the code begins with."""
        return OutcomeGroup(self.code.partition("_")[0])

    @property
    def letter(self) -> str:
        """The usual kind of letter."""
        return self.letters[0]


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer on the way to a result: leads to a later question or to candidate results."""

    text: str
    outcomes: tuple[str, ...]
    next: str | None


@dataclass(frozen=True, slots=True)
class Question:
    """A question put to the case, in the order in which a clerk asks."""

    id: str
    text: str
    answers: tuple[Answer, ...]


def outcome(code: str) -> Outcome:
    """The result with this code; UnknownOutcomeError naming the code otherwise."""
    try:
        return OUTCOMES[code]
    except KeyError:
        raise UnknownOutcomeError(f"没有这种办理结果：{code}") from None


def outcomes_on(day: date) -> tuple[Outcome, ...]:
    """The results open to a decision of this day, in the order of table three."""
    return tuple(known for known in OUTCOMES.values() if known.in_force.covers(day))


def missing_proofs(code: str, proofs: Collection[str]) -> tuple[MissingProof, ...]:
    """What must still be shown before this result is signed; empty when nothing is.

    `proofs` holds values of ProofKind; others are of no account. Source: arts. 30, 32, 35–39, 42.
    """
    return tuple(
        MissingProof(
            kind=needed.proofs[0],
            what_to_do=needed.what_to_do,
            citation=needed.citation,
            alternatives=needed.proofs[1:],
            mark=needed.mark,
        )
        for needed in outcome(code).requires
        if not any(proof in proofs for proof in needed.proofs)
    )


def report_row(code: str, edition_id: str) -> str:
    """The row of table three where the result is counted, on the form "2019" or "2021"."""
    rows = outcome(code).rows
    if edition_id not in rows:
        raise NotInForceError(f"没有编号为 {edition_id} 的年报格式，无法确定“{code}”计入哪一行")
    return rows[edition_id]


def letter_of(code: str, proofs: Collection[str] = ()) -> str:
    """The kind of letter that tells this result, given what the docket shows."""
    known = outcome(code)
    for proof, letter in known.letter_when.items():
        if proof in proofs:
            return letter
    return known.letter


def questions() -> tuple[Question, ...]:
    """The way to a result: 能不能办, 是不是政府信息, 谁负责, 有没有, 给不给, 怎么给."""
    return _questions(_tables(), OUTCOMES)


@cache
def _tables() -> dict[str, Any]:
    return tomllib.loads(
        resources.files("statute").joinpath("outcomes.toml").read_text(encoding="utf-8")
    )


@cache
def _proof_labels() -> Mapping[ProofKind, str]:
    labels = {ProofKind(kind): label for kind, label in _tables()["proofs"].items()}
    return MappingProxyType(labels)


def _requirement(raw: Mapping[str, Any]) -> Requirement:
    return Requirement(
        proofs=tuple(ProofKind(proof) for proof in raw["proofs"]),
        what_to_do=raw["todo"],
        citation=cite(raw["citation"]),
        mark=Mark(raw.get("mark", Mark.VERIFIED)),
    )


def _outcome(code: str, raw: Mapping[str, Any]) -> Outcome:
    when = {ProofKind(proof): letter for proof, letter in raw.get("letter_when", {}).items()}
    return Outcome(
        code=code,
        label=raw["label"],
        citations=tuple(cite(short) for short in raw["citations"]),
        rows=MappingProxyType(dict(raw["rows"])),
        letters=(*raw["letters"], *when.values()),
        letter_when=MappingProxyType(when),
        remedy=RemedyKind(raw["remedy"]),
        grounds=frozenset(raw.get("grounds", ())),
        requires=tuple(_requirement(needed) for needed in raw["requires"]),
        in_force=Period(raw.get("since", REGULATIONS_IN_FORCE)),
        mark=Mark(raw.get("mark", Mark.VERIFIED)),
        remedy_mark=Mark(raw.get("remedy_mark", Mark.VERIFIED)),
    )


def _outcomes(tables: Mapping[str, Any]) -> Mapping[str, Outcome]:
    """Reads and checks the data; ValueError when they contradict the forms or themselves."""
    known = {code: _outcome(code, raw) for code, raw in tables["outcomes"].items()}
    for each in known.values():
        if not each.grounds <= EXEMPTIONS:
            raise ValueError(f"{each.code}：不公开的依据只能是第十四、十五、十六条")
        if bool(each.grounds) != (each.remedy is RemedyKind.REVIEW_FIRST):
            raise ValueError(f"{each.code}：救济种类与所依据的条款不一致")
    for form in EDITIONS:
        counted = {each.rows.get(form.id) for each in known.values()}
        if counted != set(form.outcome_rows):
            raise ValueError(f"{form.id} 版年报的办理结果行与结果代码不对应")
    return MappingProxyType(known)


def _questions(tables: Mapping[str, Any], known: Mapping[str, Outcome]) -> tuple[Question, ...]:
    """Reads the questions; ValueError when a result is unknown or a path does not lead forward."""
    order = [raw["id"] for raw in tables["questions"]]
    read = []
    for place, raw in enumerate(tables["questions"]):
        answers = tuple(
            Answer(each["text"], tuple(each.get("outcomes", ())), each.get("next"))
            for each in raw["answers"]
        )
        for answer in answers:
            if answer.next is not None and answer.next not in order[place + 1 :]:
                raise ValueError(f"{raw['id']}：“{answer.text}”没有通向后面的问题")
            if unknown := set(answer.outcomes) - set(known):
                raise ValueError(f"{raw['id']}：没有这种办理结果：{sorted(unknown)}")
        read.append(Question(raw["id"], raw["text"], answers))
    return tuple(read)


OUTCOMES: Mapping[str, Outcome] = _outcomes(_tables())
