"""What the clock answers with: values only, nothing computed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from statute.citations import Citation
from statute.deadlines import Deadline, Suspension
from statute.docket import Event
from statute.receipt import ReceiptRule


class Waiting(StrEnum):
    """Whom the case legally waits for."""

    CONFIRMATION = "confirmation"
    CORRECTION = "correction"
    THIRD_PARTY = "third_party"
    AGENCY = "agency"
    REASONS = "reasons"
    FEE = "fee"


WAITING_LABELS: dict[Waiting, str] = {
    Waiting.CONFIRMATION: "等待与申请人确认收到",
    Waiting.CORRECTION: "等待申请人补正",
    Waiting.THIRD_PARTY: "等待第三方意见",
    Waiting.AGENCY: "等待其他机关意见",
    Waiting.REASONS: "等待申请人说明理由",
    Waiting.FEE: "等待申请人缴费",
}


@dataclass(frozen=True, slots=True)
class Breach:
    """A step that broke a rule: which event, when, what was wrong and by which provision."""

    event: Event
    on: date
    text: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class InnerDate:
    """A date inside a case that somebody must keep."""

    name: str
    due: date
    citation: Citation


@dataclass(frozen=True, slots=True)
class Clock:
    """The reading of a docket.

    received_on: day of receipt; None while unconfirmed, and then nothing runs.
    counting_from: the day whose morrow is day one: receipt, correction or payment.
    due: last day for the answer; None while the clock stands still or its end is unknown.
    deadline: the days behind `due`; None when a date was set (`regulations#35`) or nothing runs.
    days_late: working days between due date and answer, at least 1 when late; 0 otherwise.
    """

    received_on: date | None
    receipt_rule: ReceiptRule
    counting_from: date | None
    due: date | None
    deadline: Deadline | None
    provisional: bool
    extension_left: int
    suspensions: tuple[Suspension, ...]
    waiting: tuple[Waiting, ...]
    inner_dates: tuple[InnerDate, ...]
    stopped_on: date | None
    days_late: int
    breaches: tuple[Breach, ...]

    @property
    def on_time(self) -> bool | None:
        """Whether the answer was in time; None while there is none."""
        return None if self.stopped_on is None else self.days_late == 0
