"""The clock told as a story: what each entry of a docket did to the due date, in Chinese.

The dates come from statute.clock; this module only words them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from statute.calendars import Calendar
from statute.citations import Citation, cite
from statute.clock import clock
from statute.clock_rules import clock_rules
from statute.clock_values import Clock
from statute.docket import (
    CHANNEL_LABELS,
    EVENT_LABELS,
    Docket,
    Entry,
    Event,
    Service,
    standing_entries,
)


@dataclass(frozen=True, slots=True)
class ClockStep:
    """One entry: its date, what it means for the period, by which provision, the due date then."""

    on: date
    text: str
    citation: Citation | None
    due: date | None
    breaches: tuple[str, ...]


def clock_steps(docket: Docket, calendar: Calendar) -> tuple[ClockStep, ...]:
    """Tells a docket step by step; the last step's due date is that of `clock`."""
    entries = standing_entries(docket)
    steps: list[ClockStep] = []
    known = 0
    for count, entry in enumerate(entries, start=1):
        reading = clock(entries[:count], calendar)
        word, citation = _WORDING.get(entry.event, (_label, None))
        if entry.event is Event.RECEIVE:
            citation = reading.receipt_rule.citation
        fresh = tuple(breach.text for breach in reading.breaches[known:])
        known = len(reading.breaches)
        due = None if reading.stopped_on is not None else reading.due
        steps.append(ClockStep(entry.on, word(entry, reading), citation, due, fresh))
    return tuple(steps)


def _runs_anew(reading: Clock, entry: Entry) -> str:
    days = clock_rules(reading.received_on or entry.on).reply
    return f"次日起算 {days} 个工作日"


def _label(entry: Entry, _reading: Clock) -> str:
    return f"{EVENT_LABELS[entry.event]}，不影响期限"


def _received(entry: Entry, reading: Clock) -> str:
    channel = CHANNEL_LABELS[entry.channel] if entry.channel else ""
    if reading.received_on is None:
        return f"{channel}收到申请：{reading.receipt_rule.note}；尚未确认，期限未起算"
    return (
        f"{channel}收到申请：{reading.receipt_rule.note}；"
        f"收到之日 {reading.received_on}，{_runs_anew(reading, entry)}"
    )


def _confirmed(entry: Entry, reading: Clock) -> str:
    return f"与申请人确认收到：{entry.on} 为收到申请之日，{_runs_anew(reading, entry)}"


def _correction_asked(entry: Entry, _reading: Clock) -> str:
    until = "" if entry.until is None else f"，补正期限到 {entry.until}"
    return f"一次性告知补正{until}；等待补正期间不计算答复期限"


def _corrected(entry: Entry, reading: Clock) -> str:
    return f"收到补正：答复期限自收到补正之日起重新计算，{_runs_anew(reading, entry)}"


def _consulted(entry: Entry, reading: Clock) -> str:
    whom = "第三方" if entry.event is Event.CONSULT_THIRD_PARTY else "其他机关"
    silence = "逾期不答复由本机关依条例决定" if whom == "第三方" else "逾期不答复视为同意公开"
    expected = "" if reading.due is None else "；到期日暂按对方答复期限届满推算"
    return f"发出征求{whom}意见书：所需时间不计算在答复期限内；{silence}{expected}"


def _consultation_ended(entry: Entry, _reading: Clock) -> str:
    return f"{EVENT_LABELS[entry.event]}：次日起恢复计算"


def _extended(entry: Entry, reading: Clock) -> str:
    return f"延长 {entry.days} 个工作日，尚可延长 {reading.extension_left} 个"


def _reasons_asked(_entry: Entry, _reading: Clock) -> str:
    return "要求申请人说明理由：期限照常计算（条例没有规定停止计算）"


def _delayed(entry: Entry, _reading: Clock) -> str:
    return f"告知延迟答复：确定于 {entry.until} 前答复"


def _fee_noticed(_entry: Entry, _reading: Clock) -> str:
    return "发出收费通知：等待缴费期间不计算答复期限"


def _fee_paid(entry: Entry, reading: Clock) -> str:
    return f"缴清信息处理费：答复期限自缴清之日起重新计算，{_runs_anew(reading, entry)}"


def _withdrawn(_entry: Entry, _reading: Clock) -> str:
    return "申请人撤回申请，期限不再计算"


def _served(entry: Entry, reading: Clock) -> str:
    if entry.service is None:
        return "答复已送出"
    if entry.service in (Service.DIRECT, Service.ENTRUSTED):
        if entry.received_on is None:
            return "答复已送出，尚未签收：直接送达、代送以签收之日为准"
        how = "签收"
    elif entry.service is Service.POST:
        how = "交邮"
    else:
        how = "成功发送"
    if reading.due is None:
        return f"答复于 {reading.stopped_on} {how}"
    late = f"逾期 {reading.days_late} 个工作日" if reading.days_late else "按时"
    return f"答复于 {reading.stopped_on} {how}，到期日 {reading.due}，{late}"


_WORDING: dict[Event, tuple[Callable[[Entry, Clock], str], Citation | None]] = {
    Event.RECEIVE: (_received, None),
    Event.CONFIRM_RECEIPT: (_confirmed, cite("regulations#31(3)")),
    Event.REQUEST_CORRECTION: (_correction_asked, cite("regulations#30")),
    Event.RECEIVE_CORRECTION: (_corrected, cite("regulations#30")),
    Event.CONSULT_THIRD_PARTY: (_consulted, cite("regulations#32")),
    Event.THIRD_PARTY_REPLY: (_consultation_ended, cite("regulations#33")),
    Event.THIRD_PARTY_SILENT: (_consultation_ended, cite("regulations#32")),
    Event.CONSULT_AGENCY: (_consulted, cite("regulations#34")),
    Event.AGENCY_REPLY: (_consultation_ended, cite("regulations#33")),
    Event.AGENCY_SILENT: (_consultation_ended, cite("regulations#34")),
    Event.EXTEND: (_extended, cite("regulations#33.2")),
    Event.ASK_REASONS: (_reasons_asked, cite("regulations#35")),
    Event.DELAY: (_delayed, cite("regulations#35")),
    Event.NOTICE_FEE: (_fee_noticed, cite("processing_fee_2020#程序")),
    Event.RECEIVE_FEE: (_fee_paid, cite("processing_fee_2020#重新计算")),
    Event.WITHDRAW: (_withdrawn, cite("house_practice#撤回")),
    Event.SERVE: (_served, cite("service_2016#期限")),
}
