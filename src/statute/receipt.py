"""The day an application counts as received, by the channel it came through (`regulations#31`).

It does not say whether a channel is open: that is what the office's guide announces.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from statute.citations import Citation, Mark, cite
from statute.dated import Period, in_force_on
from statute.docket import CHANNEL_LABELS, Channel, Entry, Event, WebConfirmation


class Basis(StrEnum):
    """Which of the two dates on file is the day of receipt."""

    ARRIVED = "arrived"  # Entry.on
    CONFIRMED = "confirmed"  # Entry.confirmed_on, or the day of a CONFIRM_RECEIPT entry


_REGULATIONS = Period(date(2019, 5, 15))


@dataclass(frozen=True, slots=True)
class ReceiptRule:
    """Which date counts for a channel, since when, and by which provision."""

    channel: Channel
    basis: Basis
    citation: Citation
    note: str
    in_force: Period = _REGULATIONS
    mark: Mark = Mark.VERIFIED


@dataclass(frozen=True, slots=True)
class Receipt:
    """The day of receipt, None while office and applicant have not confirmed it."""

    on: date | None
    rule: ReceiptRule


RULES: tuple[ReceiptRule, ...] = (
    ReceiptRule(
        Channel.IN_PERSON, Basis.ARRIVED, cite("regulations#31(1)"), "提交当日为收到申请之日"
    ),
    ReceiptRule(
        Channel.POST_SIGNED,
        Basis.ARRIVED,
        cite("regulations#31(2)"),
        "机关签收之日为收到申请之日，收发室签收即算",
    ),
    ReceiptRule(
        Channel.POST_PLAIN,
        Basis.CONFIRMED,
        cite("regulations#31(2)"),
        "无需签收的信函，与申请人确认之日为收到申请之日",
    ),
    ReceiptRule(
        Channel.MISDIRECTED,
        Basis.CONFIRMED,
        cite("deadlines_2015#一之2"),
        "寄给其他机构或个人的，工作机构与申请人确认（或恢复联络）之日为收到申请之日",
    ),
    ReceiptRule(
        Channel.WEB,
        Basis.CONFIRMED,
        cite("regulations#31(3)"),
        "互联网渠道，双方确认之日为收到申请之日",
    ),
    ReceiptRule(
        Channel.EMAIL,
        Basis.ARRIVED,
        cite("deadlines_2015#一之3"),
        "邮件系统接收之日为收到申请之日",
        in_force=Period(date(2015, 1, 1), date(2019, 5, 14)),
        mark=Mark.VERIFIED,
    ),
    # Sources disagree; the later and higher one is followed (law.md 1.3).
    ReceiptRule(
        Channel.EMAIL,
        Basis.CONFIRMED,
        cite("regulations#31(3)"),
        "电子邮件属互联网渠道，双方确认之日为收到申请之日",
    ),
    ReceiptRule(
        Channel.FAX, Basis.CONFIRMED, cite("regulations#31(3)"), "传真，双方确认之日为收到申请之日"
    ),
    ReceiptRule(
        Channel.ORAL,
        Basis.ARRIVED,
        cite("house_practice#口头申请"),
        "口头申请，代填完成并经申请人确认当日为收到申请之日",
        mark=Mark.PRACTICE,
    ),
)

_WEB_BY_SYSTEM = ReceiptRule(
    Channel.WEB,
    Basis.ARRIVED,
    cite("guiding_case_26#裁判要点"),
    "指南写明系统回执即为确认（或没有写明确认规则）的，提交成功之日为收到申请之日",
)


def receipt_rule(channel: Channel, on: date, web: WebConfirmation) -> ReceiptRule:
    """The rule for a channel on the day the application arrived."""
    if channel is Channel.WEB and web is WebConfirmation.SYSTEM:
        return _WEB_BY_SYSTEM
    rules = (rule for rule in RULES if rule.channel is channel)
    return in_force_on(rules, on, what=f"{CHANNEL_LABELS[channel]}的收到日")


def receipt(docket: Iterable[Entry]) -> Receipt:
    """The receipt of a case from its first entry and, where needed, its confirmation.

    Raises ValueError when the docket does not begin with a receipt that names its channel.
    """
    entries = tuple(docket)
    first = entries[0] if entries else None
    if first is None or first.event is not Event.RECEIVE or first.channel is None:
        raise ValueError("案卷应以“收到申请”开头，并写明渠道")
    rule = receipt_rule(first.channel, first.on, first.web)
    if rule.basis is Basis.ARRIVED:
        return Receipt(first.on, rule)
    if first.confirmed_on is not None:
        return Receipt(first.confirmed_on, rule)
    confirmations = (entry.on for entry in entries if entry.event is Event.CONFIRM_RECEIPT)
    return Receipt(next(confirmations, None), rule)
