"""The disclosure attribute (公开属性) given to a document when drafted; kinds of documents.

Decides nothing: the drafter proposes, the signer decides. Reviews stand with the office.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from statute.citations import Citation, Mark, cite
from statute.dated import Period

ATTRIBUTE_SOURCE = cite("attribute_practice#三值")
RULES_SOURCE = cite("attribute_practice#规则")
REASON_SOURCE = cite("attribute_practice#同步确定")
# What a withheld document must rest on: regulations#13 leaves these three articles only.
WITHHOLDING_ARTICLES = ("14", "15", "16")


class Attribute(StrEnum):
    """主动公开, 依申请公开, 不予公开."""

    PROACTIVE = "proactive"
    ON_REQUEST = "on_request"
    WITHHELD = "withheld"

    @property
    def label(self) -> str:
        """The attribute in Chinese."""
        return {"proactive": "主动公开", "on_request": "依申请公开", "withheld": "不予公开"}[
            self.value
        ]

    @property
    def note(self) -> str:
        """附注: the line in brackets under the date of the document."""
        return {
            "proactive": "（此件公开发布）",
            "on_request": "（此件依申请公开）",
            "withheld": "（此件不公开）",
        }[self.value]

    @property
    def option(self) -> str:
        """The other way of printing it, above the imprint."""
        return f"信息公开选项：{self.label}"

    @property
    def needs_reason(self) -> bool:
        """Everything but disclosure is the exception (regulations#5) and must be explained."""
        return self is not Attribute.PROACTIVE


DEFAULT_ATTRIBUTE = Attribute.PROACTIVE
# Words that stand for the attribute on older documents or in other places.
_WORDS = {
    "此件公开发布": Attribute.PROACTIVE,
    "此件主动公开": Attribute.PROACTIVE,
    "此件依申请公开": Attribute.ON_REQUEST,
    "此件不公开": Attribute.WITHHELD,
    "此件不予公开": Attribute.WITHHELD,
    "信息公开选项：主动公开": Attribute.PROACTIVE,
    "信息公开选项：依申请公开": Attribute.ON_REQUEST,
    "信息公开选项：不予公开": Attribute.WITHHELD,
    "信息公开选项：免予公开": Attribute.WITHHELD,
}


def attribute_in_note(text: str) -> Attribute | None:
    """The attribute printed in a document's note or imprint; None when none or several stand."""
    plain = "".join(text.split()).replace(":", "：")
    found = {attribute for words, attribute in _WORDS.items() if words in plain}
    return found.pop() if len(found) == 1 else None


@dataclass(frozen=True, slots=True)
class AttributeFault:
    """Why a document is handed back to its drafter."""

    message: str
    source: Citation


def attribute_faults(
    attribute: Attribute | None, reason: str = "", grounds: Collection[Citation] = ()
) -> tuple[AttributeFault, ...]:
    """What is missing before a draft may go on: the attribute, its reason, its article.

    `grounds` are the articles a withheld document rests on; anything but regulations 14 to 16
    does not count.
    """
    if attribute is None:
        return (AttributeFault("没有注明公开属性，退回拟稿人", REASON_SOURCE),)
    if not attribute.needs_reason:
        return ()
    faults = []
    if not reason.strip():
        faults.append(AttributeFault(f"选择{attribute.label}，须说明理由", REASON_SOURCE))
    lawful = any(
        ground.instrument == "regulations" and ground.article in WITHHOLDING_ARTICLES
        for ground in grounds
    )
    if attribute is Attribute.WITHHELD and not lawful:
        message = "选择不予公开，须注明条例第十四条、第十五条、第十六条中的依据"
        faults.append(AttributeFault(message, cite("regulations#13")))
    return tuple(faults)


@dataclass(frozen=True, slots=True)
class AttributeRule:
    """A rule of thumb for choosing; `leads_to` lists the attributes it allows."""

    id: str
    text: str
    leads_to: tuple[Attribute, ...]
    source: Citation = RULES_SOURCE
    mark: Mark = Mark.VERIFIED


_ANY = tuple(Attribute)
ATTRIBUTE_RULES: tuple[AttributeRule, ...] = (
    AttributeRule(
        "public_interest",
        "涉及公众切身利益、需要公众广泛知晓或者参与、反映机构职能和办事程序的，定为主动公开",
        (Attribute.PROACTIVE,),
    ),
    AttributeRule(
        "internal",
        "机关内部管理事务等，定为依申请公开或者不予公开",
        (Attribute.ON_REQUEST, Attribute.WITHHELD),
    ),
    AttributeRule(
        "upward_or_secret",
        "报上级的请示、报告，征求或者答复意见的函，涉及国家秘密、工作秘密的，定为不予公开",
        (Attribute.WITHHELD,),
    ),
    AttributeRule("forwarded", "转发的文件随原件的属性，原件没有确定的重新确定", _ANY),
    AttributeRule("joint", "联合发文由牵头机关协商确定", _ANY),
    AttributeRule(
        "nothing_hidden_inside",
        "定为主动公开的公文不得夹带不公开的内容",
        (Attribute.PROACTIVE,),
    ),
)


class DocumentKind(StrEnum):
    """The fifteen kinds of official documents (文种)."""

    RESOLUTION = "resolution"
    DECISION = "decision"
    ORDER = "order"
    COMMUNIQUE = "communique"
    PROCLAMATION = "proclamation"
    PUBLIC_NOTICE = "public_notice"
    OPINION = "opinion"
    NOTICE = "notice"
    CIRCULAR = "circular"
    REPORT = "report"
    REQUEST = "request"
    REPLY = "reply"
    MOTION = "motion"
    LETTER = "letter"
    MINUTES = "minutes"

    @property
    def label(self) -> str:
        """The kind in Chinese."""
        return _KIND_LABELS[self]


_KIND_LABELS = dict(
    zip(
        DocumentKind,
        (
            "决议",
            "决定",
            "命令（令）",
            "公报",
            "公告",
            "通告",
            "意见",
            "通知",
            "通报",
            "报告",
            "请示",
            "批复",
            "议案",
            "函",
            "纪要",
        ),
        strict=True,
    )
)
KINDS_SOURCE = cite("official_documents_2012#8")
KINDS_IN_FORCE = Period(date(2012, 7, 1), None)
# Upward requests and reports are withheld by the third rule, whoever drafts them.
_WITHHELD_KINDS = (DocumentKind.REQUEST, DocumentKind.REPORT)


def kind_in_title(title: str) -> DocumentKind | None:
    """The kind a title ends in, such as 关于印发某办法的通知; 令 alone is an order."""
    plain = title.strip().removesuffix("》")
    for kind in DocumentKind:
        label = "令" if kind is DocumentKind.ORDER else kind.label
        if plain.endswith(label):
            return kind
    return None


def proposed_attribute(kind: DocumentKind) -> Attribute:
    """What a draft of this kind starts from; the drafter may choose otherwise, with a reason."""
    return Attribute.WITHHELD if kind in _WITHHELD_KINDS else DEFAULT_ATTRIBUTE
