"""The docket: the legal events of one case in the order they were entered, never changed.

State, due date, letters and statistics are read from it; it decides nothing itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum


class Event(StrEnum):
    """What can happen to an application (`regulations#45`: 登记、审核、办理、答复、归档)."""

    RECEIVE = "receive"
    CONFIRM_RECEIPT = "confirm_receipt"
    REQUEST_CORRECTION = "request_correction"
    RECEIVE_CORRECTION = "receive_correction"
    CONSULT_THIRD_PARTY = "consult_third_party"
    THIRD_PARTY_REPLY = "third_party_reply"
    THIRD_PARTY_SILENT = "third_party_silent"
    CONSULT_AGENCY = "consult_agency"
    AGENCY_REPLY = "agency_reply"
    AGENCY_SILENT = "agency_silent"
    EXTEND = "extend"
    ASK_REASONS = "ask_reasons"
    RECEIVE_REASONS = "receive_reasons"
    DELAY = "delay"
    NOTICE_FEE = "notice_fee"
    RECEIVE_FEE = "receive_fee"
    ASSIST = "assist"
    ASSIST_REPLY = "assist_reply"
    SEARCH = "search"
    WITHDRAW = "withdraw"
    DECIDE = "decide"
    SERVE = "serve"
    ARCHIVE = "archive"


EVENT_LABELS: dict[Event, str] = {
    Event.RECEIVE: "收到申请",
    Event.CONFIRM_RECEIPT: "确认收到",
    Event.REQUEST_CORRECTION: "告知补正",
    Event.RECEIVE_CORRECTION: "收到补正",
    Event.CONSULT_THIRD_PARTY: "征求第三方意见",
    Event.THIRD_PARTY_REPLY: "第三方答复",
    Event.THIRD_PARTY_SILENT: "第三方逾期未答复",
    Event.CONSULT_AGENCY: "征求其他机关意见",
    Event.AGENCY_REPLY: "其他机关答复",
    Event.AGENCY_SILENT: "其他机关逾期未答复",
    Event.EXTEND: "延期答复",
    Event.ASK_REASONS: "要求说明理由",
    Event.RECEIVE_REASONS: "收到说明理由",
    Event.DELAY: "确定延迟答复期限",
    Event.NOTICE_FEE: "收费通知",
    Event.RECEIVE_FEE: "缴清费用",
    Event.ASSIST: "发协办函",
    Event.ASSIST_REPLY: "协办答复",
    Event.SEARCH: "检索记录",
    Event.WITHDRAW: "申请人撤回",
    Event.DECIDE: "作出答复决定",
    Event.SERVE: "送达",
    Event.ARCHIVE: "归档",
}


class Channel(StrEnum):
    """How an application arrives (law: `regulations#29`, `regulations#31`)."""

    IN_PERSON = "in_person"
    POST_SIGNED = "post_signed"
    POST_PLAIN = "post_plain"
    MISDIRECTED = "misdirected"
    WEB = "web"
    EMAIL = "email"
    FAX = "fax"
    ORAL = "oral"


CHANNEL_LABELS: dict[Channel, str] = {
    Channel.IN_PERSON: "当面提交",
    Channel.POST_SIGNED: "邮寄（需签收）",
    Channel.POST_PLAIN: "平常信函",
    Channel.MISDIRECTED: "寄给机关内其他机构或个人",
    Channel.WEB: "互联网渠道",
    Channel.EMAIL: "电子邮件",
    Channel.FAX: "传真",
    Channel.ORAL: "口头（代填）",
}


class Service(StrEnum):
    """How a letter reaches the applicant (`service_2016`)."""

    DIRECT = "direct"
    ENTRUSTED = "entrusted"
    POST = "post"
    ELECTRONIC = "electronic"


class WebConfirmation(StrEnum):
    """What the office's guide said, when an application came in on its web form, about
    confirming it: the docket keeps it, because the guide may change later."""

    SYSTEM = "system"  # the system's receipt is the confirmation; also where the guide is silent
    OFFICER = "officer"  # an officer confirms


@dataclass(frozen=True, slots=True)
class Entry:
    """One event on its date, with the facts that the clock and the workflow read.

    on: the day of the event — for a receipt the day the office has it in hand, for a letter the
        day it was sent, for a reply the day it came.
    received_on: the day the other side received what was sent (consultation, fee notice, answer).
    web: how the guide says applications on the web form are confirmed.
    confirmed_on: the day office and applicant confirmed the receipt (`regulations#31`).
    until: a date set in the letter (correction period, delay of `regulations#35`).
    days: working days of an extension.
    ref: which consultation, of several, an entry is about.
    replaces: number of the mistyped entry (from 1) in whose stead this one stands.
    """

    event: Event
    on: date
    channel: Channel | None = None
    web: WebConfirmation = WebConfirmation.SYSTEM
    confirmed_on: date | None = None
    received_on: date | None = None
    until: date | None = None
    days: int | None = None
    approved_on: date | None = None
    service: Service | None = None
    outcome: str | None = None
    ref: str = ""
    replaces: int | None = None


Docket = tuple[Entry, ...]


def standing_entries(docket: Iterable[Entry]) -> Docket:
    """The entries that stand: mistyped ones give their place to the entry that replaces them.

    A correction is a new entry (nothing is deleted); it takes the position of what it replaces.
    Raises ValueError when an entry replaces one that does not come before it.
    """
    standing: list[Entry | None] = []
    position_of: list[int] = []  # entry number - 1 → position in `standing`
    for number, entry in enumerate(docket, start=1):
        if entry.replaces is None:
            position_of.append(len(standing))
            standing.append(entry)
            continue
        if not 1 <= entry.replaces < number:
            raise ValueError(f"第{number}条要更正第{entry.replaces}条，但没有这样一条在前的记录")
        position = position_of[entry.replaces - 1]
        position_of.append(position)
        standing[position] = replace(entry, replaces=None)
    return tuple(entry for entry in standing if entry is not None)
