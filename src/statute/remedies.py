"""Where a decision may be challenged: who reviews, which court, within what limits, in which words.

Dated: from 2024-01-01 a refusal on arts. 14–16 must be reviewed before it is sued over. It computes
no last day (statute.deadlines), and does not decide whether an answer was right.

Simplified: the court named for a suit after review is the one that hears cases against the body
itself, right when the decision was upheld; where the reviewing government changed it, that
government is the defendant and a higher court may hear the case. Customs cases (litigation law,
art. 15, item 2) are given the basic court: name the right court in `Body.basic_court`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any

from statute.citations import Citation, Mark, cite
from statute.dated import Period, in_force_on
from statute.errors import NotInForceError, StatuteError
from statute.letters import letter_kind
from statute.outcomes import OUTCOMES, RemedyKind, outcome
from statute.units import TimeUnit


class RemedyError(StatuteError):
    """The remedy cannot be stated: something about the body or the grounds is missing."""


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """A number of days, months or years counted from a named event, that day not included."""

    n: int
    unit: TimeUnit
    starts: str
    citation: Citation
    consequence: str = ""
    mark: Mark = Mark.VERIFIED

    @property
    def text(self) -> str:
        """As written in a letter: 60日, 6个月."""
        return f"{self.n}{self.unit.label}"


class BodyKind(StrEnum):
    """The kinds of bodies that reconsideration and suit tell apart."""

    MINISTRY = "ministry"  # 国务院部门
    PROVINCIAL_GOVERNMENT = "provincial_government"
    GOVERNMENT = "government"  # 设区的市、县级人民政府
    TOWNSHIP = "township"  # 乡镇人民政府
    STREET_OFFICE = "street_office"  # 街道办事处等派出机关
    DEPARTMENT = "department"  # 县级以上地方政府工作部门
    JUSTICE = "justice"  # 履行行政复议机构职责的司法行政部门
    VERTICAL = "vertical"  # 海关、金融、外汇管理、税务、国家安全
    BRANCH = "branch"  # 工作部门的派出机构
    ORGANISATION = "organisation"  # 法律、法规授权的组织


class Reviewer(StrEnum):
    """Who reviews, relative to the body."""

    OWN_GOVERNMENT = "own_government"
    HIGHER_GOVERNMENT = "higher_government"
    HIGHER_DEPARTMENT = "higher_department"
    MANAGING_BODY = "managing_body"
    SELF = "self"

    @property
    def label(self) -> str:
        """The relation in the words of the law."""
        return _REVIEWER_LABELS[self]


_REVIEWER_LABELS: Mapping[Reviewer, str] = {
    Reviewer.OWN_GOVERNMENT: "本级人民政府",
    Reviewer.HIGHER_GOVERNMENT: "上一级人民政府",
    Reviewer.HIGHER_DEPARTMENT: "上一级主管部门",
    Reviewer.MANAGING_BODY: "直接管理该组织的机关",
    Reviewer.SELF: "本机关",
}


class CourtLevel(StrEnum):
    """The court of first instance."""

    BASIC = "基层人民法院"  # litigation_law#14
    INTERMEDIATE = "中级人民法院"  # litigation_law#15(1)


@dataclass(frozen=True, slots=True)
class Body:
    """The body that answers, with the names its letters must give.

    `government`: its own government, for a government the next higher one, for a township or a
    street office the county. `higher_department`: the department above it in its line; for a
    branch the department that set it up.
    """

    kind: BodyKind
    name: str
    government: str = ""
    higher_department: str = ""
    basic_court: str = ""
    intermediate_court: str = ""

    @property
    def court_level(self) -> CourtLevel:
        """The court of first instance (`litigation_law#14`, `litigation_law#15(1)`)."""
        return CourtLevel.INTERMEDIATE if self.kind in _INTERMEDIATE else CourtLevel.BASIC

    @property
    def court(self) -> str:
        """The name of that court as the office entered it; empty when it did not."""
        intermediate = self.court_level is CourtLevel.INTERMEDIATE
        return self.intermediate_court if intermediate else self.basic_court


_INTERMEDIATE = frozenset({BodyKind.MINISTRY, BodyKind.PROVINCIAL_GOVERNMENT, BodyKind.GOVERNMENT})


@dataclass(frozen=True, slots=True)
class Remedy:
    """What a letter says about review and suit; `block` is A, B or C, and C says nothing.

    `review_bodies` are names, one or two to choose between. `limits` by name: review,
    suit_after_review, suit (B only), and the caps *_untold, *_longest.
    """

    block: RemedyKind
    review_first: bool = False
    reviewers: tuple[Reviewer, ...] = ()
    review_bodies: tuple[str, ...] = ()
    court_level: CourtLevel | None = None
    court: str = ""
    limits: Mapping[str, TimeLimit] = field(default_factory=dict)
    online_channel_due: bool = False
    citations: tuple[Citation, ...] = ()
    note: str = ""
    mark: Mark = Mark.VERIFIED


@dataclass(frozen=True, slots=True)
class _Review:
    reviewers: tuple[Reviewer, ...]
    citation: Citation
    mark: Mark


@dataclass(frozen=True, slots=True)
class Regime:
    """The rules of review and suit for decisions made within a period."""

    id: str
    in_force: Period
    review_first_articles: frozenset[int]
    review_first_citations: tuple[Citation, ...]
    choice_citations: tuple[Citation, ...]
    online_channel: bool
    bodies: Mapping[BodyKind, _Review]
    limits: Mapping[str, TimeLimit]
    mark: Mark


def regime_on(day: date) -> Regime:
    """The rules for a decision of this day; NotInForceError before 2018-01-01."""
    return in_force_on(_regimes(), day, what="行政复议、行政诉讼的救济规定")


def review_first(grounds: Collection[int], on: date) -> bool:
    """Whether a decision of this day resting on these articles must be reviewed before suit.

    `grounds` are articles of the regulations. Source: `review_law_2023#23.1(4)`, read with
    `disclosure_interpretation_2025#复议前置`: 不予公开 means arts. 14, 15 and 16.
    """
    return not regime_on(on).review_first_articles.isdisjoint(grounds)


def remedy_for(
    code: str, body: Body, on: date, *, grounds: Collection[int] | None = None
) -> Remedy:
    """The remedy against a result decided by this body on this day.

    `grounds`: articles relied on besides those the result always rests on; for `partial` they
    must be given (empty when nothing is withheld under arts. 14–16). RemedyError when they are
    not, or when the body lacks the name of a reviewer or court; NotInForceError when the result
    or the law was not yet there.
    """
    result = outcome(code)
    if not result.in_force.covers(on):
        raise NotInForceError(f"{on.isoformat()} 还没有“{result.label}”这种办理结果")
    if result.remedy is RemedyKind.BY_GROUNDS and grounds is None:
        raise RemedyError("部分公开须列明不公开部分所依据的条款，才能确定救济途径")
    return _remedy(body, on, result.grounds.union(grounds or ()), result.remedy_mark)


def remedy_for_letter(
    kind_id: str, body: Body, on: date, *, grounds: Collection[int] | None = None
) -> Remedy:
    """The remedy a letter carries: that of the result it tells, B by itself, C when procedural.

    Errors as of remedy_for. The letter that tells a third party of disclosure (art. 32) rests on
    no article that withholds, so it is B unless `grounds` say otherwise.
    """
    kind = letter_kind(kind_id)
    if kind.remedy is RemedyKind.NONE:
        basis = cite("house_practice#程序性文书")
        return Remedy(
            RemedyKind.NONE, citations=(basis,), note=kind.remedy_note, mark=Mark.PRACTICE
        )
    for result in OUTCOMES.values():
        if kind_id in result.letters:
            return remedy_for(result.code, body, on, grounds=grounds)
    return _remedy(body, on, frozenset(grounds or ()), Mark.VERIFIED)


def remedy_when_silent(body: Body, on: date) -> Remedy:
    """What is open to an applicant who got no answer in time: review or suit, as he chooses.

    Not printed in letters; noted in the register. Whether silence must be reviewed first, as a
    duty not performed, is disputed (`house_practice#逾期不答复`), hence the mark. Source:
    `regulations#51`, `litigation_law#47`, `disclosure_interpretation_2025#2`.
    """
    found = _remedy(body, on, frozenset(), Mark.PRACTICE)
    basis = [cite("regulations#51"), cite("litigation_law#47")]
    if on >= date(2025, 6, 1):
        basis.append(cite("disclosure_interpretation_2025#2"))
    return replace(
        found,
        citations=(*basis, *found.citations),
        note="逾期不答复是否属于未履行法定职责而须先申请复议，有争议",
    )


def remedy_text(remedy: Remedy, *, electronic: bool = False, online_channel: str = "") -> str:
    """The remedy paragraph in our words (`house_practice#救济文字`); empty for block C.

    `electronic`: the letter is served through the internet, then since 2024 the channel for
    applying online must be named, RemedyError otherwise. Source: `review_law_2023#22.2`.
    """
    if remedy.block is RemedyKind.NONE:
        return ""
    if electronic and remedy.online_channel_due and not online_channel.strip():
        raise RemedyError("通过互联网送达的，须同时写明提交行政复议申请的互联网渠道")
    bodies = "或者".join(remedy.review_bodies)
    within = remedy.limits["review"].text
    if remedy.review_first:
        after = remedy.limits["suit_after_review"].text
        text = (
            f"如不服本机关上述处理，应当自收到本文书之日起{within}内先向{bodies}申请行政复议；"
            f"对行政复议决定不服的，可以自收到行政复议决定书之日起{after}内"
            f"向{remedy.court}提起行政诉讼。"
        )
    else:
        text = (
            f"如不服本机关上述处理，可以自收到本文书之日起{within}内向{bodies}申请行政复议，"
            f"也可以自收到本文书之日起{remedy.limits['suit'].text}内"
            f"直接向{remedy.court}提起行政诉讼。"
        )
    if online_channel.strip():
        text += f"行政复议申请可以通过互联网渠道提交：{online_channel.strip()}。"
    return text


def _remedy(body: Body, on: date, grounds: frozenset[int], mark: Mark) -> Remedy:
    regime = regime_on(on)
    review = regime.bodies[body.kind]
    first = review_first(grounds, on)
    court = _named(body.court, f"{body.court_level}的名称", body)
    limits = {k: v for k, v in regime.limits.items() if not (first and k == "suit")}
    basis = regime.review_first_citations if first else regime.choice_citations
    suing = limits["suit_after_review" if first else "suit"].citation
    return Remedy(
        block=RemedyKind.REVIEW_FIRST if first else RemedyKind.FREE_CHOICE,
        review_first=first,
        reviewers=review.reviewers,
        review_bodies=tuple(_reviewer_name(each, body) for each in review.reviewers),
        court_level=body.court_level,
        court=court,
        limits=MappingProxyType(limits),
        online_channel_due=regime.online_channel,
        citations=(*basis, limits["review"].citation, review.citation, suing),
        mark=_weakest(regime.mark, review.mark, mark),
    )


def _reviewer_name(reviewer: Reviewer, body: Body) -> str:
    names = {
        Reviewer.OWN_GOVERNMENT: body.government,
        Reviewer.HIGHER_GOVERNMENT: body.government,
        Reviewer.HIGHER_DEPARTMENT: body.higher_department,
        Reviewer.MANAGING_BODY: body.higher_department or body.government,
        Reviewer.SELF: body.name,
    }
    return _named(names[reviewer], f"行政复议机关（{reviewer.label}）的名称", body)


def _named(name: str, what: str, body: Body) -> str:
    if not name.strip():
        raise RemedyError(f"{body.name}没有填写{what}，不能写救济告知")
    return name.strip()


def _weakest(*marks: Mark) -> Mark:
    for mark in (Mark.MEMORY, Mark.PRACTICE):
        if mark in marks:
            return mark
    return Mark.VERIFIED


def read_limit(raw: Mapping[str, Any]) -> TimeLimit:
    """A limit from its table in a data file; ValueError when the number is not positive."""
    if raw["n"] < 1:
        raise ValueError(f"期限必须是正数：{raw}")
    return TimeLimit(
        n=raw["n"],
        unit=TimeUnit(raw["unit"]),
        starts=raw["starts"],
        citation=cite(raw["citation"]),
        consequence=raw.get("consequence", ""),
        mark=Mark(raw.get("mark", Mark.VERIFIED)),
    )


def _regime(raw: Mapping[str, Any]) -> Regime:
    bodies = {
        BodyKind(kind): _Review(
            reviewers=tuple(Reviewer(each) for each in row["reviewers"]),
            citation=cite(row["citation"]),
            mark=Mark(row.get("mark", Mark.VERIFIED)),
        )
        for kind, row in raw["bodies"].items()
    }
    if missing := set(BodyKind) - set(bodies):
        raise ValueError(f"{raw['id']} 没有写明复议机关：{sorted(missing)}")
    return Regime(
        id=raw["id"],
        in_force=Period(raw["since"], raw.get("until")),
        review_first_articles=frozenset(raw["review_first_articles"]),
        review_first_citations=tuple(cite(short) for short in raw["review_first_citations"]),
        choice_citations=tuple(cite(short) for short in raw["choice_citations"]),
        online_channel=raw["online_channel"],
        bodies=MappingProxyType(bodies),
        limits=MappingProxyType({k: read_limit(each) for k, each in raw["limits"].items()}),
        mark=Mark(raw["mark"]),
    )


@cache
def _regimes() -> tuple[Regime, ...]:
    text = resources.files("statute").joinpath("remedies.toml").read_text(encoding="utf-8")
    return tuple(_regime(raw) for raw in tomllib.loads(text)["regimes"])
