"""The inspection of government websites and media accounts: what fails outright, what scores.

Measures nothing: counts and dates come in as values. The points of single deductions are entered
by the office, since they are known from memory only. Data: website_inspection.toml.
"""

from __future__ import annotations

import tomllib
from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cache
from importlib.resources import files
from typing import Any

from statute.citations import Citation, Mark, cite
from statute.dated import Period, in_force_on
from statute.errors import StatuteError

SCORING_SOURCE = cite("website_inspection_2019#计分")
SUPERVISION_SOURCE = cite("website_inspection_2019#监管考核")
LOCAL_SOURCE = cite("website_inspection_2019#地方加严")
ROUTINE_SOURCE = cite("house_practice#监测任务")


class InspectionError(StatuteError):
    """Counts that cannot be those of an inspection."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The numbers of the veto items, from the first day on which they hold."""

    in_force: Period
    access_days: int
    access_probes_a_day: int
    access_timeout_seconds: int
    access_failures_percent: int
    home_days: int
    news_days: int
    notice_months: int
    stale_columns: int
    neglected_columns: int
    blank_columns: int
    reply_window_months: int
    reply_months: int
    guide_missing_elements: int
    guide_items: int
    media_days: int
    findfault_workdays: int
    page_load_seconds: int


class Subject(StrEnum):
    """What is inspected: a website, a media account, or the year's supervision work."""

    WEBSITE = "website"
    MEDIA = "media"
    SUPERVISION = "supervision"


@dataclass(frozen=True, slots=True)
class Veto:
    """An item that fails a site or an account outright (单项否决)."""

    id: str
    label: str
    applies_to: tuple[Subject, ...]
    cases: tuple[str, ...]
    cases_from_memory: tuple[str, ...]
    mark: Mark
    source: Citation


@dataclass(frozen=True, slots=True)
class Scoring:
    """How points add up; `services_points` fall away for bodies that serve nobody directly."""

    deduction_full: int
    bonus_full: int
    fail_below: int
    bonus_above: int
    services_points: int


@dataclass(frozen=True, slots=True)
class RoutineCheck:
    """A check our software makes by itself: how often, what, and when it warns."""

    id: str
    every: str
    does: str
    warn: tuple[int, ...]
    warn_unit: str | None


@dataclass(frozen=True, slots=True)
class Inspection:
    """Everything in website_inspection.toml, checked."""

    thresholds: Thresholds
    threshold_marks: Mapping[str, Mark]
    local: Mapping[str, Mapping[str, int]]
    vetoes: Mapping[str, Veto]
    scoring: Mapping[Subject, Scoring]
    platforms: tuple[str, ...]
    media_problems: tuple[str, ...]
    routine: tuple[RoutineCheck, ...]


@cache
def inspection() -> Inspection:
    """The data of this module, read once."""
    text = files("statute").joinpath("website_inspection.toml").read_text(encoding="utf-8")
    return read_inspection(tomllib.loads(text))


def read_inspection(raw: Mapping[str, Any]) -> Inspection:
    """The parsed TOML as values; ValueError when a number or its name does not fit."""
    numbers = raw["thresholds"]["values"]
    names = {field.name for field in fields(Thresholds)} - {"in_force"}
    if set(numbers) != names or any(value < 1 for value in numbers.values()):
        raise ValueError("检查指标的阈值有遗漏、多余或者不是正数")
    local = {entry["place"]: entry["values"] for entry in raw["local"]}
    for place, values in local.items():
        if not set(values) <= names:
            raise ValueError(f"地方加严的阈值没有对应的指标：{place}")
    return Inspection(
        thresholds=Thresholds(Period(raw["thresholds"]["in_force_from"], None), **numbers),
        threshold_marks={
            name: Mark(raw["thresholds"]["marks"].get(name, Mark.VERIFIED)) for name in numbers
        },
        local=local,
        vetoes={entry["id"]: _veto(entry) for entry in raw["vetoes"]},
        scoring={Subject(entry["subject"]): _scoring(entry) for entry in raw["scoring"]},
        platforms=tuple(raw["media"]["platforms"]),
        media_problems=tuple(raw["media"]["problems"]),
        routine=tuple(
            RoutineCheck(
                entry["id"],
                entry["every"],
                entry["does"],
                tuple(entry.get("warn", ())),
                entry.get("warn_unit"),
            )
            for entry in raw["routine"]
        ),
    )


def _veto(entry: Mapping[str, Any]) -> Veto:
    return Veto(
        id=entry["id"],
        label=entry["label"],
        applies_to=tuple(Subject(subject) for subject in entry["applies_to"]),
        cases=tuple(entry.get("cases", ())),
        cases_from_memory=tuple(entry.get("cases_from_memory", ())),
        mark=Mark(entry["mark"]),
        source=cite(entry["source"]),
    )


def _scoring(entry: Mapping[str, Any]) -> Scoring:
    return Scoring(**{field.name: entry[field.name] for field in fields(Scoring)})


def thresholds_on(day: date, place: str | None = None) -> Thresholds:
    """The numbers in force on a day, tightened where `place` has its own; NotInForceError before.

    A place not on the list has the national numbers.
    """
    data = inspection()
    national = in_force_on([data.thresholds], day, what="政府网站与政务新媒体检查指标")
    tighter = data.local.get(place or "", {})
    numbers = {name: tighter.get(name, getattr(national, name)) for name in data.threshold_marks}
    return Thresholds(national.in_force, **numbers)


class Verdict(StrEnum):
    """Vetoed, passed, or not enough was observed to say."""

    VETOED = "vetoed"
    PASSED = "passed"
    NOT_ASSESSABLE = "not_assessable"


@dataclass(frozen=True, slots=True)
class VetoFinding:
    """The verdict on one veto item and the facts it rests on, in Chinese."""

    veto: str
    verdict: Verdict
    reasons: tuple[str, ...] = ()


def _finding(veto: str, reasons: Sequence[str]) -> VetoFinding:
    return VetoFinding(veto, Verdict.VETOED if reasons else Verdict.PASSED, tuple(reasons))


def veto_cases(veto_id: str, cases: Iterable[str]) -> VetoFinding:
    """An item decided by named cases (v1, m2, m3): one of them is enough.

    Raises InspectionError for a case the item does not have.
    """
    veto = inspection().vetoes[veto_id]
    met = tuple(cases)
    for case in met:
        if case not in (*veto.cases, *veto.cases_from_memory):
            raise InspectionError(f"“{veto.label}”没有这种情形：{case}")
    return _finding(veto_id, met)


def veto_access(limits: Thresholds, *, days: int, probes: int, failures: int) -> VetoFinding:
    """v2: the share of probes over `days` that found the site shut for 15 seconds or longer.

    Fewer days or probes than prescribed decide nothing.
    """
    if not 0 <= failures <= probes:
        raise InspectionError(f"打不开 {failures} 次，探测 {probes} 次，次数有误")
    if days < limits.access_days or probes < days * limits.access_probes_a_day:
        needed = f"须监测 {limits.access_days} 天、每天不少于 {limits.access_probes_a_day} 次"
        return VetoFinding("v2", Verdict.NOT_ASSESSABLE, (needed,))
    shut = failures * 100 >= probes * limits.access_failures_percent
    return _finding("v2", [f"{probes} 次探测中 {failures} 次打不开"] if shut else [])


def veto_home(limits: Thresholds, *, last_updated: date | None, on: date) -> VetoFinding:
    """v3: nothing new on the home page for two weeks; what bears no date counts as not updated."""
    if _updated_within(last_updated, on, limits.home_days):
        return _finding("v3", [])
    last = "没有注明时间的更新" if last_updated is None else f"最近更新 {last_updated}"
    return _finding("v3", [f"首页 {limits.home_days} 天内无更新（{last}）"])


class ColumnKind(StrEnum):
    """动态、要闻 against 通知公告、政策文件: they may rest for different times."""

    NEWS = "news"
    NOTICES = "notices"


def column_is_stale(
    limits: Thresholds, kind: ColumnKind, *, last_updated: date | None, on: date
) -> bool:
    """Whether a top column has gone without an update for two weeks (news) or six months."""
    if kind is ColumnKind.NEWS:
        return not _updated_within(last_updated, on, limits.news_days)
    return last_updated is None or last_updated <= months_before(on, limits.notice_months)


def veto_columns(limits: Thresholds, *, stale: int, neglected: int, blank: int) -> VetoFinding:
    """v4, from three counts: stale top columns, columns long neglected, blank columns."""
    counted = (
        (stale, limits.stale_columns, "动态要闻、通知公告、政策文件类一级栏目未更新"),
        (neglected, limits.neglected_columns, "应更新但长期未更新的栏目"),
        (blank, limits.blank_columns, "空白栏目"),
    )
    return _finding(
        "v4", [f"{what} {count} 个（≥{limit}）" for count, limit, what in counted if count >= limit]
    )


@dataclass(frozen=True, slots=True)
class Message:
    """A valid message left by the public, not a petition or a report; and when it was answered."""

    received_on: date
    answered_on: date | None = None


def overdue_messages(limits: Thresholds, messages: Iterable[Message], *, on: date) -> int:
    """Messages of the past year that stand unanswered for more than three months."""
    first = months_before(on, limits.reply_window_months)
    last = months_before(on, limits.reply_months)
    return sum(
        first <= message.received_on < last
        and (message.answered_on is None or message.answered_on > on)
        for message in messages
    )


def veto_replies(*, has_channel: bool, overdue: int) -> VetoFinding:
    """v5: no way to ask or advise online, or a message unanswered for over three months."""
    reasons = [] if has_channel else ["没有网上有效咨询建言渠道"]
    if overdue:
        reasons.append(f"超过 3 个月未回应的有效留言 {overdue} 条")
    return _finding("v5", reasons)


def veto_services(
    limits: Thresholds, *, offers_services: bool, missing_elements: Sequence[int]
) -> VetoFinding:
    """v6, from the number of element kinds each service guide lacks (numbers from memory)."""
    if not offers_services:
        return _finding("v6", ["未提供办事服务"])
    poor = sum(missing >= limits.guide_missing_elements for missing in missing_elements)
    few = 0 < len(missing_elements) < limits.guide_items
    if poor >= limits.guide_items or (few and poor == len(missing_elements)):
        least = limits.guide_missing_elements
        return _finding("v6", [f"办事指南要素缺失 {least} 类以上的事项 {poor} 个"])
    return _finding("v6", [])


def veto_media_update(limits: Thresholds, *, last_updated: date | None, on: date) -> VetoFinding:
    """The media account's own rule: nothing posted in the two weeks before the inspection."""
    if _updated_within(last_updated, on, limits.media_days):
        return _finding("m2", [])
    return _finding("m2", [f"{limits.media_days} 天内无更新"])


def _updated_within(last_updated: date | None, on: date, days: int) -> bool:
    """The day of the inspection and the `days` − 1 before it; a longer silence is none."""
    return last_updated is not None and last_updated > on - timedelta(days=days)


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier, or the last day of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@dataclass(frozen=True, slots=True)
class Deduction:
    """Points lost on one indicator worth `full`; never more than that is taken off."""

    indicator: str
    full: Decimal
    points: Decimal
    of_services: bool = False

    def __post_init__(self) -> None:
        if self.points < 0 or self.full < 0:
            raise InspectionError(f"“{self.indicator}”的分值和扣分不能为负")


@dataclass(frozen=True, slots=True)
class Score:
    """Points to two decimals; `base` and `total` are None after a veto, which ends the scoring."""

    qualified: bool
    base: Decimal | None
    bonus: Decimal
    total: Decimal | None


def score(
    deductions: Iterable[Deduction],
    bonuses: Iterable[Decimal] = (),
    *,
    vetoed: bool = False,
    serves_public: bool = True,
    subject: Subject = Subject.WEBSITE,
) -> Score:
    """The result of an inspection: below 60 fails, only above 80 do bonus points count.

    A body that serves nobody directly is not examined on services: 75 points, times 4/3.
    Bonus points are for portals only. Media accounts are judged by vetoes alone: InspectionError.
    Source: website_inspection_2019.
    """
    rules = inspection().scoring.get(subject)
    if rules is None:
        raise InspectionError("政务新媒体只用单项否决判定，不计分")
    if vetoed:
        return Score(qualified=False, base=None, bonus=Decimal(0), total=None)
    full = rules.deduction_full - (0 if serves_public else rules.services_points)
    lost = sum(
        Fraction(min(deduction.points, deduction.full))
        for deduction in deductions
        if serves_public or not deduction.of_services
    )
    base = max(Fraction(0), (full - lost) * Fraction(rules.deduction_full, full))
    earned = min(Fraction(rules.bonus_full), sum(map(Fraction, bonuses), Fraction(0)))
    bonus = earned if base > rules.bonus_above else Fraction(0)
    return Score(base >= rules.fail_below, _points(base), _points(bonus), _points(base + bonus))


def _points(value: Fraction) -> Decimal:
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(Decimal("0.01"), ROUND_HALF_UP)
