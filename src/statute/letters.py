"""The kinds of letters: what each must state, which remedy paragraph it carries, how it is served.

It writes no letter and knows no template; statute.remedies words the remedy paragraph.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any

from statute.citations import Citation, Mark, cite
from statute.dated import Period
from statute.docket import Service
from statute.errors import StatuteError
from statute.outcomes import OUTCOMES, REGULATIONS_IN_FORCE, RemedyKind


class UnknownLetterError(StatuteError):
    """No kind of letter has this identifier."""


class ServiceError(StatuteError):
    """A date or carrier of service is missing or not allowed."""


class FactName(StrEnum):
    """What a letter states; the Chinese label of each stands in letters.toml."""

    TITLE = "title"
    LETTER_NO = "letter_no"
    CASE_NO = "case_no"
    ADDRESSEE = "addressee"
    RECEIVED_ON = "received_on"
    RECEIVING_CHANNEL = "receiving_channel"
    REQUEST_TEXT = "request_text"
    FINDINGS = "findings"
    BASIS = "basis"
    CONCLUSION = "conclusion"
    REMEDY_NOTICE = "remedy_notice"
    SIGNATORY = "signatory"
    FORMED_ON = "formed_on"
    SEAL = "seal"
    DELIVERY_FORM = "delivery_form"
    ATTACHMENT_LIST = "attachment_list"
    PAGE_COUNT = "page_count"
    ACCESS_PATH = "access_path"
    ACCESS_TIME = "access_time"
    EXPECTED_REPLY_ON = "expected_reply_on"
    CORRECTION_MATTERS = "correction_matters"
    CORRECTION_DUE_ON = "correction_due_on"
    OVERDUE_EFFECT = "overdue_effect"
    REPLY_DUE_ON = "reply_due_on"
    EXCESS_FACTS = "excess_facts"
    DELAYED_UNTIL = "delayed_until"
    EXTENSION_DAYS = "extension_days"
    NEW_DUE_ON = "new_due_on"
    APPROVER = "approver"
    CONTENT_TO_DISCLOSE = "content_to_disclose"
    REPLY_PERIOD = "reply_period"
    REPLY_SLIP = "reply_slip"
    PAUSE_STATEMENT = "pause_statement"
    CONTENT_DISCLOSED = "content_disclosed"
    PUBLIC_INTEREST_REASON = "public_interest_reason"
    INTERNAL_DUE_ON = "internal_due_on"
    FEE_STANDARD = "fee_standard"
    FEE_QUANTITY = "fee_quantity"
    FEE_AMOUNT = "fee_amount"
    PAYMENT_METHOD = "payment_method"
    PAYMENT_PERIOD = "payment_period"
    COMPETENT_AGENCY = "competent_agency"
    DISCLOSED_PART = "disclosed_part"
    WITHHELD_REASONS = "withheld_reasons"
    CLASSIFICATION_LEVEL = "classification_level"
    CLASSIFICATION_BASIS = "classification_basis"
    CLASSIFICATION_TERM = "classification_term"
    LAW_NAME = "law_name"
    LAW_ARTICLE = "law_article"
    HARM_REASON = "harm_reason"
    CONSULTATION_COURSE = "consultation_course"
    OBJECTION_ASSESSED = "objection_assessed"
    INTERNAL_CATEGORY = "internal_category"
    PROCESS_CATEGORY = "process_category"
    MATTER_CONCLUDED = "matter_concluded"
    CASE_FILE_NAME = "case_file_name"
    SPECIAL_RULE_NAME = "special_rule_name"
    HANDLING_PLACE = "handling_place"
    SEARCH_ACCOUNT = "search_account"
    NOT_OWN_REASON = "not_own_reason"
    OTHER_AGENCY_NAME = "other_agency_name"
    OTHER_AGENCY_CONTACT = "other_agency_contact"
    OTHER_AGENCY_UNKNOWN = "other_agency_unknown"
    INFORMATION_STATE = "information_state"
    CORRECTION_COURSE = "correction_course"
    PROPER_CHANNEL = "proper_channel"
    EARLIER_LETTER_NO = "earlier_letter_no"
    EARLIER_LETTER_ON = "earlier_letter_on"
    REASONS_COURSE = "reasons_course"
    CLOSING_FACTS = "closing_facts"
    CLOSING_DATES = "closing_dates"
    RECORD_BEFORE = "record_before"
    RECORD_AFTER = "record_after"

    @property
    def label(self) -> str:
        """The fact in the words of the office."""
        return _fact_labels()[self]


class Recipient(StrEnum):
    """Whom a letter goes to."""

    APPLICANT = "applicant"
    THIRD_PARTY = "third_party"
    AGENCY = "agency"


class LimitRole(StrEnum):
    """What a limit bounds: when the letter goes out, how long it leaves, how much it may grant."""

    SENDING = "sending"
    REPLY = "reply"
    EXTENT = "extent"


@dataclass(frozen=True, slots=True)
class LetterLimit:
    """A limit in working days; None when the law names an event (原到期日) and not a number.

    The day it is counted from is not itself counted. `consequence` says what follows when it has
    passed.
    """

    working_days: int | None
    counted_from: str
    consequence: str
    citation: Citation
    mark: Mark


@dataclass(frozen=True, slots=True)
class LetterKind:
    """A kind of letter. `title` is the kind of document, `about` the occasion.

    `required` are the facts it always states; of `one_of`, one alternative is stated in full.
    `terminal`: it ends the case. `once`: it may be sent once in a case.
    """

    id: str
    title: str
    about: str
    citations: tuple[Citation, ...]
    later_citations: tuple[tuple[date, Citation], ...]
    recipient: Recipient
    required: tuple[FactName, ...]
    one_of: tuple[tuple[FactName, ...], ...]
    remedy: RemedyKind
    remedy_note: str
    terminal: bool
    once: bool
    limits: Mapping[LimitRole, LetterLimit]
    in_force: Period
    mark: Mark

    def citations_on(self, day: date) -> tuple[Citation, ...]:
        """What the letter rests on when it is made on this day: some law came later."""
        later = tuple(citation for since, citation in self.later_citations if since <= day)
        return self.citations + later


class ServiceDate(StrEnum):
    """A date of service, named as in ServiceDates."""

    SIGNED = "signed_on"
    POSTED = "posted_on"
    SENT = "sent_on"
    ARRIVED = "arrived_on"

    @property
    def label(self) -> str:
        """The date in the words of the office."""
        return _SERVICE_DATE_LABELS[self]


_SERVICE_DATE_LABELS: Mapping[ServiceDate, str] = {
    ServiceDate.SIGNED: "签收日",
    ServiceDate.POSTED: "交邮日",
    ServiceDate.SENT: "成功发送日",
    ServiceDate.ARRIVED: "到达日",
}


@dataclass(frozen=True, slots=True)
class ServiceDates:
    """The dates kept of one service."""

    signed_on: date | None = None
    posted_on: date | None = None
    sent_on: date | None = None
    arrived_on: date | None = None


@dataclass(frozen=True, slots=True)
class ServiceRule:
    """A mode of service: which date decides timeliness, which starts the remedy, who may carry.

    `carriers` is empty where there is no carrier. The cost of posting may be charged to the
    recipient where `postage_collectable`, but never by way of cash on delivery.
    """

    mode: Service
    label: str
    timely_by: ServiceDate
    remedy_from: ServiceDate
    carriers: frozenset[str]
    postage_collectable: bool
    cash_on_delivery: bool
    citations: tuple[Citation, ...]
    mark: Mark


def letter_kind(kind_id: str) -> LetterKind:
    """The kind with this identifier; UnknownLetterError naming it otherwise."""
    try:
        return LETTERS[kind_id]
    except KeyError:
        raise UnknownLetterError(f"没有这种文书：{kind_id}") from None


def missing_facts(kind_id: str, facts: Mapping[str, object]) -> tuple[FactName, ...]:
    """The facts the letter still lacks, in the order in which it states them.

    `facts` maps FactName to a value; None and blank text count as missing. Of alternatives, the
    one furthest along is asked for, the first when none is begun. Source: arts. 30–41.
    """
    kind = letter_kind(kind_id)
    absent = [fact for fact in kind.required if _is_blank(facts.get(fact))]
    if kind.one_of:
        absent.extend(_gap(kind.one_of, facts))
    return tuple(absent)


def service_rule(mode: str) -> ServiceRule:
    """The rule for a mode of service; ServiceError when there is no such mode."""
    try:
        return SERVICE[Service(mode)]
    except ValueError:
        raise ServiceError(f"没有这种送达方式：{mode}") from None


def answered_on(mode: str, dates: ServiceDates) -> date:
    """The date that decides whether a reply was in time: signed, or posted, or sent.

    ServiceError when that date has not been entered. Source: 国办公开办函〔2016〕235号.
    """
    rule = service_rule(mode)
    return _date_of(rule, rule.timely_by, dates)


def remedy_runs_from(mode: str, dates: ServiceDates) -> date:
    """The date from which the limits for review and suit run: receipt, whatever the mode.

    ServiceError when that date has not been entered. Source: `review_rules#15`.
    """
    rule = service_rule(mode)
    return _date_of(rule, rule.remedy_from, dates)


def check_carrier(mode: str, carrier: str) -> None:
    """Refuses (ServiceError) to post by any but the postal enterprise; others have no carrier."""
    rule = service_rule(mode)
    if rule.carriers and carrier not in rule.carriers:
        allowed = "、".join(sorted(rule.carriers))
        raise ServiceError(f"{rule.label}必须使用邮政企业（{allowed}），不得使用：{carrier}")


def _gap(
    options: tuple[tuple[FactName, ...], ...], facts: Mapping[str, object]
) -> tuple[FactName, ...]:
    gaps = [tuple(fact for fact in option if _is_blank(facts.get(fact))) for option in options]
    begun = [len(gap) - len(option) for gap, option in zip(gaps, options, strict=True)]
    return gaps[min(range(len(gaps)), key=lambda place: (bool(gaps[place]), begun[place]))]


def _date_of(rule: ServiceRule, which: ServiceDate, dates: ServiceDates) -> date:
    known: date | None = getattr(dates, which)
    if known is None:
        raise ServiceError(f"{rule.label}没有登记{which.label}，不能确定日期")
    return known


def _is_blank(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


@cache
def _tables() -> dict[str, Any]:
    return tomllib.loads(
        resources.files("statute").joinpath("letters.toml").read_text(encoding="utf-8")
    )


@cache
def _fact_labels() -> Mapping[FactName, str]:
    return MappingProxyType({FactName(k): label for k, label in _tables()["facts"].items()})


def _limit(raw: Mapping[str, Any]) -> LetterLimit:
    return LetterLimit(
        working_days=raw.get("working_days"),
        counted_from=raw["counted_from"],
        consequence=raw["consequence"],
        citation=cite(raw["citation"]),
        mark=Mark(raw.get("mark", Mark.VERIFIED)),
    )


def _letter(kind_id: str, raw: Mapping[str, Any], general: list[str]) -> LetterKind:
    remedy = RemedyKind(raw["remedy"])
    notice = [] if remedy is RemedyKind.NONE else [FactName.REMEDY_NOTICE]
    limits = {LimitRole(role): _limit(each) for role, each in raw.get("limits", {}).items()}
    return LetterKind(
        id=kind_id,
        title=raw["title"],
        about=raw["about"],
        citations=tuple(cite(short) for short in raw["citations"]),
        later_citations=tuple(
            (since, cite(short)) for short, since in raw.get("later_citations", {}).items()
        ),
        recipient=Recipient(raw["recipient"]),
        required=tuple(FactName(fact) for fact in (*general, *raw.get("extra", ()), *notice)),
        one_of=tuple(tuple(FactName(f) for f in option) for option in raw.get("one_of", ())),
        remedy=remedy,
        remedy_note=raw.get("remedy_note", ""),
        terminal=raw.get("terminal", False),
        once=raw.get("once", False),
        limits=MappingProxyType(limits),
        in_force=Period(raw.get("since", REGULATIONS_IN_FORCE)),
        mark=Mark(raw.get("mark", Mark.VERIFIED)),
    )


def _letters(tables: Mapping[str, Any]) -> Mapping[str, LetterKind]:
    """Reads and checks the data; ValueError when a letter and the result it tells disagree."""
    known = {
        kind_id: _letter(kind_id, raw, tables["general"])
        for kind_id, raw in tables["letters"].items()
    }
    for each in known.values():
        if each.terminal and each.remedy is RemedyKind.NONE:
            raise ValueError(f"{each.id}：终局性文书必须告知救济")
    for result in OUTCOMES.values():
        for kind_id in result.letters:
            kind = known.get(kind_id)
            if kind is None or not kind.terminal or kind.remedy is not result.remedy:
                raise ValueError(f"{result.code}：文书 {kind_id} 不存在或者救济种类不一致")
    return MappingProxyType(known)


def _service(tables: Mapping[str, Any]) -> Mapping[Service, ServiceRule]:
    return MappingProxyType(
        {
            Service(mode): ServiceRule(
                mode=Service(mode),
                label=raw["label"],
                timely_by=ServiceDate(raw["timely_by"]),
                remedy_from=ServiceDate(raw["remedy_from"]),
                carriers=frozenset(raw.get("carriers", ())),
                postage_collectable=raw.get("postage_collectable", False),
                cash_on_delivery=raw.get("cash_on_delivery", False),
                citations=tuple(cite(short) for short in raw["citations"]),
                mark=Mark(raw.get("mark", Mark.VERIFIED)),
            )
            for mode, raw in tables["service"].items()
        }
    )


LETTERS: Mapping[str, LetterKind] = _letters(_tables())
SERVICE: Mapping[Service, ServiceRule] = _service(_tables())
