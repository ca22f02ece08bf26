"""Normative documents (行政规范性文件): what counts as one, and whether it holds on a given day.

Keeps no register. A document that no longer holds is labelled, never deleted.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from statute.citations import Citation, Mark, cite
from statute.errors import StatuteError

DEFINITION_SOURCE = cite("normative_documents_2018#37号")
VALIDITY_SOURCE = cite("normative_documents_2018#效力")


class ValidityError(StatuteError):
    """Dates or relations of a document that contradict each other."""


class Validity(StrEnum):
    """效力状态 of a document."""

    UPCOMING = "upcoming"
    IN_FORCE = "in_force"
    AMENDED = "amended"
    PARTLY_REPEALED = "partly_repealed"
    REPEALED = "repealed"
    EXPIRED = "expired"
    SUPERSEDED = "superseded"

    @property
    def label(self) -> str:
        """As it must stand plainly on the page."""
        return _VALIDITY_LABELS[self]

    @property
    def holds(self) -> bool:
        """Whether the document, or what is left of it, is in force (现行有效)."""
        return self in (Validity.IN_FORCE, Validity.AMENDED, Validity.PARTLY_REPEALED)


_VALIDITY_LABELS = {
    Validity.UPCOMING: "尚未施行",
    Validity.IN_FORCE: "有效",
    Validity.AMENDED: "已被修改（有效）",
    Validity.PARTLY_REPEALED: "部分废止或者失效",
    Validity.REPEALED: "废止",
    Validity.EXPIRED: "失效",
    Validity.SUPERSEDED: "被替代",
}


class Relation(StrEnum):
    """What a later document, or a clean-up, does to an earlier one."""

    AMENDS = "amends"
    PARTLY_REPEALS = "partly_repeals"
    REPEALS = "repeals"
    SUPERSEDES = "supersedes"
    DECLARES_EXPIRED = "declares_expired"

    @property
    def label(self) -> str:
        """The verb in Chinese."""
        return {
            "amends": "修改",
            "partly_repeals": "部分废止",
            "repeals": "废止",
            "supersedes": "替代",
            "declares_expired": "宣布失效",
        }[self.value]


_ENDS = {
    Relation.SUPERSEDES: Validity.SUPERSEDED,
    Relation.REPEALS: Validity.REPEALED,
    Relation.DECLARES_EXPIRED: Validity.EXPIRED,
}
# Of two ends on one day the one that names a successor tells more.
_END_ORDER = (Validity.SUPERSEDED, Validity.REPEALED, Validity.EXPIRED)


@dataclass(frozen=True, slots=True)
class Change:
    """Something done to a document, the first day it takes effect, and by which document."""

    relation: Relation
    on: date
    by: str = ""


@dataclass(frozen=True, slots=True)
class NormativeDocument:
    """Dates of one document: first day in force, last day (None: no end), and what was done to it.

    ValidityError when the last day is before the first.
    """

    id: str
    effective_on: date
    expires_on: date | None = None
    changes: tuple[Change, ...] = ()

    def __post_init__(self) -> None:
        if self.expires_on is not None and self.expires_on < self.effective_on:
            raise ValidityError(
                f"有效期届满日 {self.expires_on} 早于施行日期 {self.effective_on}：{self.id}"
            )


def validity_on(
    day: date, effective_on: date, expires_on: date | None, events: Sequence[Change]
) -> Validity:
    """The state on a day. `expires_on` is the last day in force; events count from their own day.

    The first end stands: what has expired is not repealed again. A document ended before its
    first day never came into force. Partly repealed outweighs amended, since a reader must know
    that some of the text no longer holds.
    """
    ends = [(event.on, _ENDS[event.relation]) for event in events if event.relation in _ENDS]
    if expires_on is not None:
        ends.append((expires_on + timedelta(days=1), Validity.EXPIRED))
    past = [end for end in ends if end[0] <= day]
    if past:
        return min(past, key=lambda end: (end[0], _END_ORDER.index(end[1])))[1]
    if day < effective_on:
        return Validity.UPCOMING
    done = {event.relation for event in events if event.on <= day}
    if Relation.PARTLY_REPEALS in done:
        return Validity.PARTLY_REPEALED
    return Validity.AMENDED if Relation.AMENDS in done else Validity.IN_FORCE


def document_validity(document: NormativeDocument, day: date) -> Validity:
    """`validity_on` for a document as a value."""
    return validity_on(day, document.effective_on, document.expires_on, document.changes)


def check_change(target: NormativeDocument, change: Change) -> None:
    """Refuses a change that cannot be: of a document by itself, or of one that holds no more.

    Raises ValidityError. A document not yet in force may be changed or repealed.
    """
    if change.by == target.id:
        raise ValidityError(f"文件不能{change.relation.label}自己：{target.id}")
    state = document_validity(target, change.on)
    if not (state.holds or state is Validity.UPCOMING):
        raise ValidityError(
            f"{change.on} 该文件已{state.label}，不能再{change.relation.label}：{target.id}"
        )


# Days before the last day on which the office is warned: our own choice.
EXPIRY_WARNINGS = (90, 30)
EXPIRY_WARNINGS_MARK = Mark.PRACTICE
EXPIRY_WARNINGS_SOURCE = cite("house_practice#有效期告警")


def expiry_warning(day: date, expires_on: date | None) -> int | None:
    """The tightest warning reached (30 or 90 days left), None before, after, or without an end."""
    if expires_on is None or day > expires_on:
        return None
    left = (expires_on - day).days
    return min((limit for limit in EXPIRY_WARNINGS if left <= limit), default=None)


class Criterion(StrEnum):
    """What makes a document normative; all of them together."""

    NOT_A_RULE = "not_a_rule"
    BY_COMPETENCE = "by_competence"
    PUBLISHED = "published"
    RIGHTS_AND_DUTIES = "rights_and_duties"
    GENERALLY_BINDING = "generally_binding"
    REPEATEDLY_APPLIED = "repeatedly_applied"

    @property
    def label(self) -> str:
        """The criterion in Chinese, as a question for the drafter."""
        return _CRITERIA[self]


_CRITERIA = {
    Criterion.NOT_A_RULE: "不是规章",
    Criterion.BY_COMPETENCE: "由行政机关按法定权限、程序制定",
    Criterion.PUBLISHED: "公开发布",
    Criterion.RIGHTS_AND_DUTIES: "涉及公民、法人和其他组织的权利义务",
    Criterion.GENERALLY_BINDING: "具有普遍约束力",
    Criterion.REPEATEDLY_APPLIED: "在一定期限内反复适用",
}
# Not normative documents, whatever their form.
NOT_NORMATIVE = ("内部工作制度", "人事任免", "请示、报告")
NOT_NORMATIVE_SOURCE = cite("zhejiang_normative#定义")


def is_normative(met: Collection[Criterion]) -> bool:
    """Whether a document that meets these criteria is a normative document."""
    return all(criterion in met for criterion in Criterion)


class CleanupResult(StrEnum):
    """What a clean-up (清理) may decide about a document."""

    KEEP = "keep"
    AMEND = "amend"
    REPEAL = "repeal"
    EXPIRE = "expire"

    @property
    def label(self) -> str:
        """The decision in Chinese."""
        return {"keep": "继续有效", "amend": "修改", "repeal": "废止", "expire": "失效"}[self.value]


@dataclass(frozen=True, slots=True)
class NormativeRule:
    """A duty about normative documents: words, numbers if it has any, source, how sure."""

    text: str
    source: Citation
    mark: Mark
    least: int | None = None
    most: int | None = None
    unit: str | None = None


NORMATIVE_RULES: dict[str, NormativeRule] = {
    "consultation": NormativeRule(
        "与市场主体密切相关的，公开征求意见一般不少于30日",
        cite("business_regulation#62"),
        Mark.VERIFIED,
        least=30,
        unit="日",
    ),
    "legality_review": NormativeRule(
        "合法性审核5至15个工作日",
        cite("normative_documents_2018#程序"),
        Mark.MEMORY,
        least=5,
        most=15,
        unit="工作日",
    ),
    "three_unities": NormativeRule(
        "统一登记、统一编号、统一印发", cite("normative_documents_2018#37号"), Mark.MEMORY
    ),
    "not_published_not_applied": NormativeRule(
        "未经公布的，不得作为行政管理依据", cite("normative_documents_2018#37号"), Mark.MEMORY
    ),
    "filing_council": NormativeRule(
        "县级以上政府的规范性文件公布后30日内报本级人大常委会备案",
        cite("normative_documents_2018#备案"),
        Mark.VERIFIED,
        most=30,
        unit="日",
    ),
    "filing_zhejiang": NormativeRule(
        "公布后15日内报上一级政府或者本级政府备案",
        cite("zhejiang_normative#备案"),
        Mark.MEMORY,
        most=15,
        unit="日",
    ),
    "cleanup": NormativeRule(
        "一般每 2 年清理一次", cite("normative_documents_2018#清理"), Mark.MEMORY, most=2, unit="年"
    ),
    "cleanup_zhejiang": NormativeRule(
        "谁制定、谁清理，谁实施、谁清理", cite("zhejiang_normative#清理"), Mark.VERIFIED
    ),
}
