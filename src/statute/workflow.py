"""The workflow: in which state which event may happen, and where it leads, one line a step.

A step that is not in the table is refused with a reason a clerk understands. It knows no dates:
what comes too late is said by statute.clock; it stores nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from statute.citations import Citation, cite
from statute.docket import EVENT_LABELS, Docket, Entry, Event, standing_entries
from statute.errors import StatuteError
from statute.workflow_guards import GUARDS, Guard


class State(StrEnum):
    """Where a case stands."""

    NEW = "new"
    UNCONFIRMED = "unconfirmed"
    HANDLING = "handling"
    CORRECTING = "correcting"
    CONSULTING = "consulting"
    REASONS = "reasons"
    FEE = "fee"
    WITHDRAWN = "withdrawn"
    DECIDED = "decided"
    ANSWERED = "answered"
    ARCHIVED = "archived"


STATE_LABELS: dict[State, str] = {
    State.NEW: "尚未收到",
    State.UNCONFIRMED: "待确认收到",
    State.HANDLING: "办理中",
    State.CORRECTING: "等待补正",
    State.CONSULTING: "征求意见中",
    State.REASONS: "等待说明理由",
    State.FEE: "等待缴费",
    State.WITHDRAWN: "已撤回，待结案",
    State.DECIDED: "已作出决定，待送达",
    State.ANSWERED: "已答复",
    State.ARCHIVED: "已归档",
}


class RefusedError(StatuteError):
    """An event that may not happen now; the message says why and what would have to come first."""


@dataclass(frozen=True, slots=True)
class Step:
    """In `state`, `event` leads to `to` — if the guard, where there is one, agrees."""

    state: State
    event: Event
    to: State
    provision: Citation
    guard: Guard | None = None


def _steps() -> tuple[Step, ...]:
    return tuple(
        Step(
            State(state),
            Event(event),
            State(to),
            cite(provision),
            GUARDS[guard[0]] if guard else None,
        )
        for state, event, to, provision, *guard in _TABLE
    )


# state, event → state, provision, guard. Of several lines for one pair the first whose guard
# agrees is taken.
_TABLE: tuple[tuple[str, ...], ...] = (
    ("new", "receive", "handling", "regulations#31", "receipt_fixed"),
    ("new", "receive", "unconfirmed", "regulations#31(3)", "receipt_open"),
    ("unconfirmed", "confirm_receipt", "handling", "regulations#31(3)"),
    ("unconfirmed", "withdraw", "withdrawn", "house_practice#撤回"),
    ("handling", "request_correction", "correcting", "regulations#30", "first_correction"),
    ("handling", "consult_third_party", "consulting", "regulations#32", "ref_unused"),
    ("handling", "consult_agency", "consulting", "regulations#34", "ref_unused"),
    ("handling", "extend", "handling", "regulations#33.2", "extension_days"),
    ("handling", "ask_reasons", "reasons", "regulations#35", "first_reasons"),
    ("handling", "delay", "handling", "regulations#35", "reasons_given"),
    ("handling", "notice_fee", "fee", "regulations#42", "first_fee"),
    ("handling", "assist", "handling", "house_practice#协办"),
    ("handling", "assist_reply", "handling", "house_practice#协办", "assistance_open"),
    ("handling", "search", "handling", "regulations#36(4)"),
    ("handling", "withdraw", "withdrawn", "house_practice#撤回"),
    ("handling", "decide", "decided", "regulations#36", "outcome_fits"),
    ("correcting", "receive_correction", "handling", "regulations#30"),
    ("correcting", "search", "correcting", "regulations#36(4)"),
    ("correcting", "withdraw", "withdrawn", "house_practice#撤回"),
    ("correcting", "decide", "decided", "regulations#30", "only_no_correction"),
    ("consulting", "consult_third_party", "consulting", "regulations#32", "ref_unused"),
    ("consulting", "consult_agency", "consulting", "regulations#34", "ref_unused"),
    ("consulting", "third_party_reply", "handling", "regulations#32", "last_consultation"),
    ("consulting", "third_party_reply", "consulting", "regulations#32", "one_of_consultations"),
    ("consulting", "third_party_silent", "handling", "regulations#32", "last_consultation"),
    ("consulting", "third_party_silent", "consulting", "regulations#32", "one_of_consultations"),
    ("consulting", "agency_reply", "handling", "regulations#34", "last_consultation"),
    ("consulting", "agency_reply", "consulting", "regulations#34", "one_of_consultations"),
    ("consulting", "agency_silent", "handling", "regulations#34", "last_consultation"),
    ("consulting", "agency_silent", "consulting", "regulations#34", "one_of_consultations"),
    ("consulting", "extend", "consulting", "regulations#33.2", "extension_days"),
    ("consulting", "assist", "consulting", "house_practice#协办"),
    ("consulting", "assist_reply", "consulting", "house_practice#协办", "assistance_open"),
    ("consulting", "search", "consulting", "regulations#36(4)"),
    ("consulting", "withdraw", "withdrawn", "house_practice#撤回"),
    ("reasons", "receive_reasons", "handling", "regulations#35"),
    ("reasons", "extend", "reasons", "regulations#33.2", "extension_days"),
    ("reasons", "search", "reasons", "regulations#36(4)"),
    ("reasons", "withdraw", "withdrawn", "house_practice#撤回"),
    ("reasons", "decide", "decided", "regulations#35", "only_excessive"),
    ("fee", "receive_fee", "handling", "regulations#42"),
    ("fee", "search", "fee", "regulations#36(4)"),
    ("fee", "withdraw", "withdrawn", "house_practice#撤回"),
    ("fee", "decide", "decided", "processing_fee_2020#程序", "only_fee_unpaid"),
    ("withdrawn", "decide", "decided", "house_practice#撤回", "only_other"),
    ("decided", "serve", "answered", "service_2016#方式", "service_stated"),
    ("answered", "archive", "archived", "regulations#45"),
)

STEPS: tuple[Step, ...] = _steps()

# What must be so for an event to be possible at all; completes "不能“X”：…".
_REQUIRES: dict[Event, str] = {
    Event.RECEIVE: "一件申请只登记一次收到；新的申请请另立一件",
    Event.CONFIRM_RECEIPT: "只有收到日尚待双方确认的申请才需要确认收到",
    Event.REQUEST_CORRECTION: "补正告知只能在办理中发出",
    Event.RECEIVE_CORRECTION: "先要发出补正告知，并且正在等待补正",
    Event.CONSULT_THIRD_PARTY: "征求第三方意见只能在办理中或征求意见中发出",
    Event.THIRD_PARTY_REPLY: "先要发出征求第三方意见书",
    Event.THIRD_PARTY_SILENT: "先要发出征求第三方意见书",
    Event.CONSULT_AGENCY: "征求其他机关意见只能在办理中或征求意见中发出",
    Event.AGENCY_REPLY: "先要向其他机关发出征求意见书",
    Event.AGENCY_SILENT: "先要向其他机关发出征求意见书",
    Event.EXTEND: "只有期限正在计算的申请才能延期",
    Event.ASK_REASONS: "要求说明理由只能在办理中发出",
    Event.RECEIVE_REASONS: "先要要求申请人说明理由，并且正在等待",
    Event.DELAY: "确定延迟答复期限之前，申请人应已说明理由",
    Event.NOTICE_FEE: "收费通知只能在办理中发出",
    Event.RECEIVE_FEE: "先要发出收费通知，并且正在等待缴费",
    Event.ASSIST: "协办函只能在办理中或征求意见中发出",
    Event.ASSIST_REPLY: "先要发出协办函",
    Event.SEARCH: "检索应在作出决定之前进行",
    Event.WITHDRAW: "申请人只能在作出决定之前撤回",
    Event.DECIDE: "作出决定之前，等待中的事项应当办完，申请应已确认收到",
    Event.SERVE: "先要作出答复决定，再行送达，且只送达一次",
    Event.ARCHIVE: "答复送达之后才能归档",
}


def allowed(state: State) -> tuple[Event, ...]:
    """The events that the table knows in a state, in the table's order."""
    return tuple(dict.fromkeys(step.event for step in STEPS if step.state is state))


def state_of(docket: Docket) -> State:
    """Where a case stands after its docket; RefusedError at the first entry that may not be."""
    state = State.NEW
    entries = standing_entries(docket)
    for position, entry in enumerate(entries):
        state = _next(state, entries[:position], entry)
    return state


def next_state(docket: Docket, entry: Entry) -> State:
    """Where this entry would lead; RefusedError with the reason when it may not happen now."""
    entries = standing_entries(docket)
    return _next(state_of(entries), entries, entry)


def refusal(state: State, event: Event) -> str | None:
    """Why an event is impossible in a state whatever the docket; None when the table knows it."""
    if event in allowed(state):
        return None
    label, stands = EVENT_LABELS[event], STATE_LABELS[state]
    return f"不能“{label}”：{_REQUIRES[event]}。本件目前是“{stands}”。"


def _next(state: State, before: Docket, entry: Entry) -> State:
    reason = refusal(state, entry.event)
    if reason is not None:
        raise RefusedError(reason)
    steps = [step for step in STEPS if step.state is state and step.event is entry.event]
    for step in steps:
        if step.guard is None or step.guard.agrees(before, entry):
            return step.to
    guard = steps[0].guard
    why = "" if guard is None else guard.otherwise
    raise RefusedError(f"不能“{EVENT_LABELS[entry.event]}”：{why}。")
