"""What a kind of record has besides its words: typed values read from `Version.details`.

It is not where a limit or a duty stands (statute has those), and it holds no personal data: of an
appointment the names of office holders and nothing more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from gongkai.disclosure.detail_elements import (
    Element,
    ElementError,
    Fault,
    day,
    flag,
    money,
    rows,
    text,
    values_of,
    word,
    year,
)
from gongkai.disclosure.kinds import RULES, RecordKind
from statute.proactive import DEFAULT_LIMIT
from statute.validity import NORMATIVE_RULES


class Stage(StrEnum):
    """What of a procurement is published: each has a limit of its own."""

    RESULT = "result"
    CONTRACT = "contract"


class Measure(StrEnum):
    """What an enforcement decision is; anything but a penalty has the longer limit."""

    PENALTY = "penalty"
    COERCION = "coercion"


class Service(StrEnum):
    """A licence decided, or an item of service described."""

    LICENCE = "licence"
    ITEM = "item"


class Paper(StrEnum):
    """Which paper of a budget."""

    BUDGET = "budget"
    FINAL = "final"
    ADJUSTMENT = "adjustment"
    EXECUTION = "execution"


class OfficeAct(StrEnum):
    """任 or 免."""

    APPOINT = "appoint"
    REMOVE = "remove"


@dataclass(frozen=True, slots=True)
class DocumentDetails:
    """A document: whether it touches the public or business, and when opinions were sought."""

    touches_public: bool = False
    touches_business: bool = False
    consulted_from: date | None = None
    consulted_until: date | None = None
    consultation_note: str = ""


@dataclass(frozen=True, slots=True)
class ProcurementDetails:
    """`decided_on`: the day the supplier was chosen, or the contract signed. Money in fen."""

    stage: Stage
    project: str
    supplier: str
    amount_fen: int
    decided_on: date
    project_no: str = ""
    centralised: bool = False


@dataclass(frozen=True, slots=True)
class OfficeChange:
    """A name, an office, appointed or removed; no more about a person than that."""

    name: str
    office: str
    act: OfficeAct


@dataclass(frozen=True, slots=True)
class AppointmentDetails:
    """The document that decided, its day, and who got or left which office."""

    document: str
    decided_on: date
    people: tuple[OfficeChange, ...]


@dataclass(frozen=True, slots=True)
class BudgetDetails:
    """`approved_on`: by the people's congress or its committee, or by the finance department;
    the time to publish runs from it (`budget_law#14`)."""

    year: int
    whose: str
    paper: Paper
    approved_on: date


@dataclass(frozen=True, slots=True)
class EnforcementDetails:
    """A decision to punish or coerce; who it is against stands in the text, as far as it may."""

    measure: Measure
    decision_no: str
    decided_on: date


@dataclass(frozen=True, slots=True)
class LicensingDetails:
    """A licence has its number and its day; an item of service has neither."""

    service: Service
    decision_no: str = ""
    decided_on: date | None = None


@dataclass(frozen=True, slots=True)
class ChargeDetails:
    """项目、依据、标准 (`regulations#20(8)`)."""

    item: str
    basis: str
    standard: str


@dataclass(frozen=True, slots=True)
class ProjectDetails:
    """A major project and the number under which it was approved."""

    project: str
    approval_no: str = ""


Details = (
    DocumentDetails
    | ProcurementDetails
    | AppointmentDetails
    | BudgetDetails
    | EnforcementDetails
    | LicensingDetails
    | ChargeDetails
    | ProjectDetails
)


class DetailsError(Exception):
    """The details of a kind are not what they must be; `faults` has all of them."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("；".join(sentence for _, sentence in faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Form:
    """The elements of a kind, the value they make, and what must hold between them."""

    make: Callable[..., Details]
    elements: tuple[Element, ...]
    check: Callable[[Any], Iterator[Fault]] = lambda _made: iter(())


def _document_faults(made: DocumentDetails) -> Iterator[Fault]:
    start, end = made.consulted_from, made.consulted_until
    if (start is None) != (end is None):
        yield "consulted_until", "征求意见的起止日期须都填写"
    if start is None or end is None:
        return
    if end < start:
        yield "consulted_until", "征求意见的截止日期早于开始日期"
    # The law says “generally”: a shorter time is possible and needs its reason.
    rule = NORMATIVE_RULES["consultation"]
    short = (end - start).days + 1 < (rule.least or 0)
    if made.touches_business and short and not made.consultation_note:
        yield "consultation_note", f"{rule.text}；少于{rule.least}日的，请说明理由"


def _licensing_faults(made: LicensingDetails) -> Iterator[Fault]:
    if made.service is Service.LICENCE and not made.decision_no:
        yield "decision_no", "请填写许可决定文书号"
    if made.service is Service.LICENCE and made.decided_on is None:
        yield "decided_on", "请填写作出决定的日期"


def _department_faults(made: BudgetDetails) -> Iterator[Fault]:
    if made.paper not in {Paper.BUDGET, Paper.FINAL}:
        yield "paper", "部门只有预算、决算"


def _budget(approval: str) -> tuple[Element, ...]:
    papers = {"budget": "预算", "final": "决算", "adjustment": "预算调整", "execution": "执行情况"}
    return (
        Element("year", "年度", year),
        Element("whose", "编制单位", text),
        Element("paper", "种类", word(papers, Paper)),
        Element("approved_on", approval, day),
    )


_PEOPLE = rows(
    (
        Element("name", "姓名", text),
        Element("office", "职务", text),
        Element("act", "任或免", word({"appoint": "任", "remove": "免"}, OfficeAct)),
    ),
    OfficeChange,
)
_DOCUMENT = Form(
    DocumentDetails,
    (
        Element("touches_public", "涉及公众切身利益", flag, required=False),
        Element("touches_business", "与市场主体密切相关", flag, required=False),
        Element("consulted_from", "征求意见开始日期", day, required=False),
        Element("consulted_until", "征求意见截止日期", day, required=False),
        Element("consultation_note", "征求意见的说明", text, required=False),
    ),
    _document_faults,
)
FORMS: Mapping[str, Form] = {
    RecordKind.NORMATIVE: _DOCUMENT,
    RecordKind.DOCUMENT: _DOCUMENT,
    RecordKind.PROCUREMENT: Form(
        ProcurementDetails,
        (
            Element("stage", "公告种类", word({"result": "结果", "contract": "合同"}, Stage)),
            Element("project", "采购项目名称", text),
            Element("project_no", "采购项目编号", text, required=False),
            Element("supplier", "供应商", text),
            Element("amount_fen", "金额（分）", money),
            Element("decided_on", "供应商确定或者合同签订的日期", day),
            Element("centralised", "集中采购", flag, required=False),
        ),
    ),
    RecordKind.APPOINTMENT: Form(
        AppointmentDetails,
        (
            Element("document", "任免文件", text),
            Element("decided_on", "任免日期", day),
            Element("people", "任免人员", _PEOPLE),
        ),
    ),
    RecordKind.BUDGET: Form(BudgetDetails, _budget("人大或者其常委会批准日期")),
    RecordKind.DEPARTMENT_BUDGET: Form(
        BudgetDetails, _budget("财政部门批复日期"), _department_faults
    ),
    RecordKind.PENALTY: Form(
        EnforcementDetails,
        (
            Element(
                "measure", "种类", word({"penalty": "行政处罚", "coercion": "行政强制"}, Measure)
            ),
            Element("decision_no", "决定文书号", text),
            Element("decided_on", "作出决定的日期", day),
        ),
    ),
    RecordKind.LICENSING: Form(
        LicensingDetails,
        (
            Element("service", "种类", word({"licence": "许可决定", "item": "服务事项"}, Service)),
            Element("decision_no", "许可决定文书号", text, required=False),
            Element("decided_on", "作出决定的日期", day, required=False),
        ),
        _licensing_faults,
    ),
    RecordKind.CHARGE: Form(
        ChargeDetails,
        (
            Element("item", "收费项目", text),
            Element("basis", "收费依据", text),
            Element("standard", "收费标准", text),
        ),
    ),
    RecordKind.PROJECT: Form(
        ProjectDetails,
        (
            Element("project", "项目名称", text),
            Element("approval_no", "批准文号", text, required=False),
        ),
    ),
}


def details_of(kind: str, raw: Mapping[str, Any]) -> Details | None:
    """The typed details of a kind; None for a kind without a form here. DetailsError otherwise."""
    form = FORMS.get(kind)
    if form is None:
        return None
    made, faults = _read(form, raw)
    if made is None or faults:
        raise DetailsError(faults)
    return made


def detail_faults(kind: str, raw: Mapping[str, Any]) -> tuple[Fault, ...]:
    """What is wrong with the details of a kind: (element, sentence); empty when nothing is."""
    form = FORMS.get(kind)
    return () if form is None else _read(form, raw)[1]


def _read(form: Form, raw: Mapping[str, Any]) -> tuple[Details | None, tuple[Fault, ...]]:
    values, faults = values_of(form.elements, raw)
    if faults:
        return None, faults
    made = form.make(**values)
    return made, tuple(form.check(made))


def limit_name(kind: str, raw: Mapping[str, Any]) -> str:
    """Which limit of statute.proactive holds: that of the kind, unless the details say that it is
    another sort of decision."""
    if kind == RecordKind.PROCUREMENT and raw.get("stage") == Stage.CONTRACT:
        return "procurement_contract"
    if kind == RecordKind.PENALTY and raw.get("measure") == Measure.COERCION:
        return "enforcement_decision"
    if kind == RecordKind.LICENSING and raw.get("service") == Service.ITEM:
        return DEFAULT_LIMIT
    return RULES[kind].limit


# The element of a kind that is the base of its limit: approved, decided, chosen, signed.
_BASES: Mapping[str, str] = {
    RecordKind.PROCUREMENT: "decided_on",
    RecordKind.PENALTY: "decided_on",
    RecordKind.LICENSING: "decided_on",
    RecordKind.BUDGET: "approved_on",
    RecordKind.DEPARTMENT_BUDGET: "approved_on",
}


def base_day(kind: str, raw: Mapping[str, Any]) -> date | None:
    """The day from which the limit of a kind runs, where its details name one."""
    value = raw.get(_BASES.get(kind, ""))
    if value is None:
        return None
    try:
        return day(value)
    except ElementError:
        return None
