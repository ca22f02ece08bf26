"""What must be published without being asked for, and within how long (arts. 12, 19–26, 49, 55).

Not the arithmetic of days (statute.deadlines) and not the handling of requests. The categories are
the ones the law names; an office adds its own beside them (art. 22), it does not change these.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any, TypeVar

from statute.citations import Citation, Mark, cite
from statute.dated import Period, in_force_on
from statute.errors import StatuteError
from statute.texts.anchors import instrument
from statute.units import TimeUnit

DEFAULT_LIMIT = "default"
Found = TypeVar("Found")


class UnknownPublicationError(StatuteError):
    """No category, limit, yearly duty or list of that name."""


class SeveralLimitsError(StatuteError):
    """The category has limits of its own that depend on the event; the kind must be named."""


class Tier(StrEnum):
    """Which bodies a category binds."""

    EVERY = "every"  # art. 20: every administrative organ
    COUNTY = "county"  # art. 21: governments of districted cities and counties, their departments
    TOWN = "town"  # art. 21: township governments


class PublicQuestion(StrEnum):
    """The three questions of art. 19; one yes is enough."""

    ADJUSTS_INTERESTS = "adjusts_interests"
    NEEDS_KNOWLEDGE = "needs_knowledge"
    NEEDS_PARTICIPATION = "needs_participation"

    @property
    def label(self) -> str:
        """The question in Chinese."""
        return _QUESTION_LABELS[self]


class Duty(StrEnum):
    """What has to happen within, during or after the time."""

    PUBLISH = "publish"  # at the latest n units after the base
    WITHDRAW = "withdraw"  # taken down, with a public reason, at the latest n units after
    FILE = "file"  # sent for the record at the latest n units after
    STAY_OPEN = "stay_open"  # on display or open for comment for n units at least
    TAKE_EFFECT = "take_effect"  # no sooner than n units after


class Base(StrEnum):
    """The event from which the time runs."""

    FORMED_OR_CHANGED = "formed_or_changed"
    MADE_OR_OBTAINED = "made_or_obtained"
    APPROVED_BY_CONGRESS = "approved_by_congress"
    APPROVED_BY_FINANCE = "approved_by_finance"
    SUPPLIER_CHOSEN = "supplier_chosen"
    CONTRACT_SIGNED = "contract_signed"
    DECIDED = "decided"
    OVERTURNED = "overturned"
    ANNOUNCED = "announced"
    PUBLISHED = "published"
    DOCUMENT_PUBLISHED = "document_published"

    @property
    def label(self) -> str:
        """The event in Chinese, as in 自……之日起."""
        return _BASE_LABELS[self]


_QUESTION_LABELS: Mapping[PublicQuestion, str] = MappingProxyType(
    {
        PublicQuestion.ADJUSTS_INTERESTS: "是否涉及公众利益调整",
        PublicQuestion.NEEDS_KNOWLEDGE: "是否需要公众广泛知晓",
        PublicQuestion.NEEDS_PARTICIPATION: "是否需要公众参与决策",
    }
)
_BASE_LABELS: Mapping[Base, str] = MappingProxyType(
    {
        Base.FORMED_OR_CHANGED: "信息形成或者变更",
        Base.MADE_OR_OBTAINED: "信息制定或者获取",
        Base.APPROVED_BY_CONGRESS: "本级人大或者其常委会批准",
        Base.APPROVED_BY_FINANCE: "财政部门批复",
        Base.SUPPLIER_CHOSEN: "供应商确定",
        Base.CONTRACT_SIGNED: "合同签订",
        Base.DECIDED: "作出决定",
        Base.OVERTURNED: "被变更、撤销、确认违法或者无效",
        Base.ANNOUNCED: "公告",
        Base.PUBLISHED: "公布",
        Base.DOCUMENT_PUBLISHED: "文件公开",
    }
)


@dataclass(frozen=True, slots=True)
class Category:
    """A class of information that must be published, with its code and source."""

    code: str
    label: str
    tier: Tier
    source: Citation


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """A duty within n units of an event, in force as long as the instrument it comes from.

    `categories` are those whose information it takes out of the general limit. `usual` says that
    the text says “generally”: exceptions are possible and need a reason.
    """

    kind: str
    what: str
    duty: Duty
    n: int
    unit: TimeUnit
    base: Base
    source: Citation
    mark: Mark
    categories: tuple[str, ...]
    usual: bool = False

    @property
    def in_force(self) -> Period:
        """From when to when: the life of the instrument."""
        return instrument(self.source.instrument).in_force


@dataclass(frozen=True, slots=True)
class YearlyDuty:
    """Something due every year on one date, that day included, about the year before."""

    kind: str
    what: str
    month: int
    day: int
    source: Citation
    mark: Mark

    @property
    def in_force(self) -> Period:
        """From when to when: the life of the instrument."""
        return instrument(self.source.instrument).in_force


@dataclass(frozen=True, slots=True)
class RequiredList:
    """Elements of which none may be missing, in the order and wording of the source."""

    id: str
    label: str
    elements: tuple[str, ...]
    source: Citation


@dataclass(frozen=True, slots=True)
class PublicEnterprises:
    """Schools, hospitals, water, power and the like: rules of their own (art. 55).

    No procedure of request, reconsideration or suit, and no place in table three of the annual
    report: the public complains to the department in charge. Rules come from the ministries.
    """

    sectors: tuple[str, ...]
    remedy: str
    source: Citation
    remedy_source: Citation
    rules_source: Citation


@dataclass(frozen=True, slots=True)
class _Data:
    categories: Mapping[str, Category]
    limits: Mapping[str, TimeLimit]
    yearly: Mapping[str, YearlyDuty]
    required: Mapping[str, RequiredList]
    public_enterprises: PublicEnterprises


def categories() -> tuple[Category, ...]:
    """All categories of arts. 20 and 21 in the order of the law."""
    return tuple(_data().categories.values())


def categories_for(tier: Tier) -> tuple[Category, ...]:
    """What a body of this tier must publish: art. 20, and art. 21 where the tier has a part."""
    return tuple(known for known in categories() if known.tier in {Tier.EVERY, tier})


def category(code: str) -> Category:
    """The category of a code such as p20_07; UnknownPublicationError otherwise."""
    return _find(_data().categories, code, "主动公开类目")


def must_publish(affirmed: Collection[PublicQuestion]) -> bool:
    """Whether art. 19 demands publication: one of the three questions answered yes."""
    return any(question in affirmed for question in PublicQuestion)


def limit_kinds() -> tuple[str, ...]:
    """The kinds that publication_limit knows, the general limit first."""
    return tuple(_data().limits)


def publication_limit(subject: str, on: date) -> TimeLimit:
    """The time limit of a kind or of a category on a day (art. 26 and what overrides it).

    A category without limits of its own has the general 20 working days. SeveralLimitsError when
    it has some, since which one applies depends on the event; UnknownPublicationError when the
    subject is neither; NotInForceError when the source was not yet or no longer in force.
    """
    if subject in _data().categories:
        subject = _limit_of_category(category(subject), on)
    found = _find(_data().limits, subject, "公开期限")
    return in_force_on([found], on, what=f"{found.what}的期限")


def special_limits(code: str, on: date) -> tuple[TimeLimit, ...]:
    """The limits in force on a day that belong to this category and precede the general one."""
    wanted = category(code).code
    return tuple(
        limit
        for limit in _data().limits.values()
        if wanted in limit.categories and limit.in_force.covers(on)
    )


def yearly_kinds() -> tuple[str, ...]:
    """The kinds that yearly_duty and yearly_due know."""
    return tuple(_data().yearly)


def yearly_duty(kind: str) -> YearlyDuty:
    """A report due every year (art. 49 and others); UnknownPublicationError otherwise."""
    return _find(_data().yearly, kind, "年度期限")


def yearly_due(kind: str, year: int) -> date:
    """The last day for the report about a year, in the year after.

    UnknownPublicationError for an unknown kind; NotInForceError when the date lies outside the
    life of its source: the report about 2018 was still made under the earlier regulations.
    """
    duty = yearly_duty(kind)
    due = date(year + 1, duty.month, duty.day)
    in_force_on([duty], due, what=f"{duty.what}的期限")
    return due


def required_list(list_id: str) -> RequiredList:
    """Elements of guide, catalogue (art. 12), platform_functions (art. 24) or platform_blocks.

    UnknownPublicationError otherwise.
    """
    return _find(_data().required, list_id, "必备清单")


def public_enterprises() -> PublicEnterprises:
    """The standing of public enterprises and institutions (art. 55)."""
    return _data().public_enterprises


def _limit_of_category(wanted: Category, on: date) -> str:
    special = special_limits(wanted.code, on)
    if special:
        kinds = "、".join(f"{limit.what}（{limit.kind}）" for limit in special)
        raise SeveralLimitsError(
            f"“{wanted.label}”（{wanted.code}）另有法定期限，须指明是哪一种：{kinds}，"
            f"或者其他信息（{DEFAULT_LIMIT}）"
        )
    return DEFAULT_LIMIT


def _find(known: Mapping[str, Found], key: str, what: str) -> Found:
    if key not in known:
        raise UnknownPublicationError(f"没有这一{what}：{key}；已有的：{'、'.join(known)}")
    return known[key]


@cache
def _data() -> _Data:
    file = resources.files("statute").joinpath("proactive.toml")
    return _read(file.read_text(encoding="utf-8"))


def _read(toml: str) -> _Data:
    """The data from the text of their file; ValueError when two share a name or one is strange."""
    data = tomllib.loads(toml)
    known = _by_name((_category(entry) for entry in data["categories"]), "code")
    limits = _by_name((_limit(entry) for entry in data["limits"]), "kind")
    strangers = {code for limit in limits.values() for code in limit.categories} - known.keys()
    if strangers:
        raise ValueError(f"proactive.toml：期限所属的类目不存在：{sorted(strangers)}")
    return _Data(
        categories=known,
        limits=limits,
        yearly=_by_name((_yearly(entry) for entry in data["yearly"]), "kind"),
        required=_by_name((_required(entry) for entry in data["required"]), "id"),
        public_enterprises=_enterprises(data["public_enterprises"]),
    )


def _by_name(values: Iterable[Found], name: str) -> Mapping[str, Found]:
    found: dict[str, Found] = {}
    for value in values:
        key: str = getattr(value, name)
        if key in found:
            raise ValueError(f"proactive.toml：名称重复：{key}")
        found[key] = value
    return MappingProxyType(found)


def _category(entry: Mapping[str, Any]) -> Category:
    return Category(entry["code"], entry["label"], Tier(entry["tier"]), cite(entry["source"]))


def _limit(entry: Mapping[str, Any]) -> TimeLimit:
    if entry["n"] < 1:
        raise ValueError(f"proactive.toml：期限须为正数：{entry['kind']}")
    if entry["categories"] and Duty(entry["duty"]) is not Duty.PUBLISH:
        raise ValueError(f"proactive.toml：只有公开的期限能代替一般期限：{entry['kind']}")
    return TimeLimit(
        kind=entry["kind"],
        what=entry["what"],
        duty=Duty(entry["duty"]),
        n=entry["n"],
        unit=TimeUnit(entry["unit"]),
        base=Base(entry["base"]),
        source=cite(entry["source"]),
        mark=Mark(entry["mark"]),
        categories=tuple(entry["categories"]),
        usual=entry.get("usual", False),
    )


def _yearly(entry: Mapping[str, Any]) -> YearlyDuty:
    return YearlyDuty(
        kind=entry["kind"],
        what=entry["what"],
        month=entry["month"],
        day=entry["day"],
        source=cite(entry["source"]),
        mark=Mark(entry["mark"]),
    )


def _required(entry: Mapping[str, Any]) -> RequiredList:
    return RequiredList(
        entry["id"], entry["label"], tuple(entry["elements"]), cite(entry["source"])
    )


def _enterprises(entry: Mapping[str, Any]) -> PublicEnterprises:
    return PublicEnterprises(
        sectors=tuple(entry["sectors"]),
        remedy=entry["remedy"],
        source=cite(entry["source"]),
        remedy_source=cite(entry["remedy_source"]),
        rules_source=cite(entry["rules_source"]),
    )
