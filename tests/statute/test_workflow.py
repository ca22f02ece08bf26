"""The workflow table, pair by pair, and the reasons it gives when it refuses."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from statute.docket import EVENT_LABELS, Channel, Docket, Entry, Event, Service, WebConfirmation
from statute.workflow import (
    STATE_LABELS,
    STEPS,
    RefusedError,
    State,
    allowed,
    next_state,
    refusal,
    state_of,
)

DAY = date(2026, 3, 2)
LATER = date(2026, 4, 20)


def entry(event: Event, **facts: Any) -> Entry:
    return Entry(event, DAY, **facts)


RECEIVED = entry(Event.RECEIVE, channel=Channel.IN_PERSON)
FAXED = entry(Event.RECEIVE, channel=Channel.FAX)
CONFIRMED = entry(Event.CONFIRM_RECEIPT)
ASKED = entry(Event.REQUEST_CORRECTION, until=date(2026, 3, 20))
CORRECTED = entry(Event.RECEIVE_CORRECTION)
CONSULTED = entry(Event.CONSULT_THIRD_PARTY, ref="甲公司")
JOINT = entry(Event.CONSULT_AGENCY, ref="县财政局")
REPLIED = entry(Event.THIRD_PARTY_REPLY, ref="甲公司")
JOINT_REPLIED = entry(Event.AGENCY_REPLY, ref="县财政局")
REASONS_ASKED = entry(Event.ASK_REASONS)
REASONS = entry(Event.RECEIVE_REASONS)
FEE = entry(Event.NOTICE_FEE)
PAID = entry(Event.RECEIVE_FEE)
SEARCHED = entry(Event.SEARCH)
WITHDRAWN = entry(Event.WITHDRAW)
GRANTED = entry(Event.DECIDE, outcome="grant_provide")
SERVED = entry(Event.SERVE, service=Service.POST)
ARCHIVED = entry(Event.ARCHIVE)

# A docket that leads into each state, written by hand.
INTO: dict[State, Docket] = {
    State.NEW: (),
    State.UNCONFIRMED: (FAXED,),
    State.HANDLING: (RECEIVED,),
    State.CORRECTING: (RECEIVED, ASKED),
    State.CONSULTING: (RECEIVED, CONSULTED),
    State.REASONS: (RECEIVED, REASONS_ASKED),
    State.FEE: (RECEIVED, FEE),
    State.WITHDRAWN: (RECEIVED, WITHDRAWN),
    State.DECIDED: (RECEIVED, GRANTED),
    State.ANSWERED: (RECEIVED, GRANTED, SERVED),
    State.ARCHIVED: (RECEIVED, GRANTED, SERVED, ARCHIVED),
}

# Which events each state knows, written by hand from articles 29 to 45.
KNOWN: dict[State, set[Event]] = {
    State.NEW: {Event.RECEIVE},
    State.UNCONFIRMED: {Event.CONFIRM_RECEIPT, Event.WITHDRAW},
    State.HANDLING: {
        Event.REQUEST_CORRECTION,
        Event.CONSULT_THIRD_PARTY,
        Event.CONSULT_AGENCY,
        Event.EXTEND,
        Event.ASK_REASONS,
        Event.DELAY,
        Event.NOTICE_FEE,
        Event.ASSIST,
        Event.ASSIST_REPLY,
        Event.SEARCH,
        Event.WITHDRAW,
        Event.DECIDE,
    },
    State.CORRECTING: {Event.RECEIVE_CORRECTION, Event.SEARCH, Event.WITHDRAW, Event.DECIDE},
    State.CONSULTING: {
        Event.CONSULT_THIRD_PARTY,
        Event.CONSULT_AGENCY,
        Event.THIRD_PARTY_REPLY,
        Event.THIRD_PARTY_SILENT,
        Event.AGENCY_REPLY,
        Event.AGENCY_SILENT,
        Event.EXTEND,
        Event.ASSIST,
        Event.ASSIST_REPLY,
        Event.SEARCH,
        Event.WITHDRAW,
    },
    State.REASONS: {
        Event.RECEIVE_REASONS,
        Event.EXTEND,
        Event.SEARCH,
        Event.WITHDRAW,
        Event.DECIDE,
    },
    State.FEE: {Event.RECEIVE_FEE, Event.SEARCH, Event.WITHDRAW, Event.DECIDE},
    State.WITHDRAWN: {Event.DECIDE},
    State.DECIDED: {Event.SERVE},
    State.ANSWERED: {Event.ARCHIVE},
    State.ARCHIVED: set(),
}

PAIRS = [(state, event) for state in State for event in Event]


@pytest.mark.parametrize("state", State)
def test_each_state_is_reached_by_its_docket(state: State) -> None:
    assert state_of(INTO[state]) is state


@pytest.mark.parametrize(("state", "event"), PAIRS)
def test_every_pair_is_in_the_table_or_refused_with_its_own_reason(
    state: State, event: Event
) -> None:
    known = event in KNOWN[state]
    assert (event in allowed(state)) is known
    reason = refusal(state, event)
    assert (reason is None) is known
    if reason is not None:
        assert reason.startswith(f"不能“{EVENT_LABELS[event]}”：")
        assert reason.endswith(f"本件目前是“{STATE_LABELS[state]}”。")
        with pytest.raises(RefusedError, match="本件目前是"):
            next_state(INTO[state], entry(event))


def test_every_step_of_the_table_is_taken_by_some_docket_below() -> None:
    taken = {(state, step.event, to) for state, step, to in _taken_steps()}
    in_table = {(step.state, step.event, step.to) for step in STEPS}
    assert taken == in_table


# Each docket written by hand; together they take every line of the table.
DOCKETS: dict[str, tuple[Docket, State]] = {
    "当面提交、公开、邮寄、归档": ((RECEIVED, GRANTED, SERVED, ARCHIVED), State.ARCHIVED),
    "传真待确认，确认后办理": ((FAXED, CONFIRMED), State.HANDLING),
    "传真未确认即撤回": ((FAXED, WITHDRAWN), State.WITHDRAWN),
    "补正后仍不明确": (
        (RECEIVED, ASKED, SEARCHED, CORRECTED, entry(Event.DECIDE, outcome="unable_unclear")),
        State.DECIDED,
    ),
    "补正期间撤回": ((RECEIVED, ASKED, WITHDRAWN), State.WITHDRAWN),
    "逾期不补正结案": (
        (RECEIVED, ASKED, Entry(Event.DECIDE, LATER, outcome="other_no_correction")),
        State.DECIDED,
    ),
    "第三方与共同制作机关都答复": (
        (RECEIVED, CONSULTED, JOINT, REPLIED, JOINT_REPLIED),
        State.HANDLING,
    ),
    "共同制作机关先答复、第三方后答复": (
        (RECEIVED, JOINT, CONSULTED, JOINT_REPLIED, REPLIED),
        State.HANDLING,
    ),
    "双方都逾期未答复": (
        (
            RECEIVED,
            CONSULTED,
            JOINT,
            entry(Event.THIRD_PARTY_SILENT, ref="甲公司"),
            entry(Event.AGENCY_SILENT, ref="县财政局"),
        ),
        State.HANDLING,
    ),
    "共同制作机关先逾期": (
        (
            RECEIVED,
            JOINT,
            CONSULTED,
            entry(Event.AGENCY_SILENT, ref="县财政局"),
            entry(Event.THIRD_PARTY_SILENT, ref="甲公司"),
        ),
        State.HANDLING,
    ),
    "征求意见期间延期、协办、检索": (
        (
            RECEIVED,
            CONSULTED,
            entry(Event.EXTEND, days=10),
            entry(Event.ASSIST, ref="档案馆"),
            entry(Event.ASSIST_REPLY, ref="档案馆"),
            SEARCHED,
        ),
        State.CONSULTING,
    ),
    "征求意见期间撤回": ((RECEIVED, CONSULTED, WITHDRAWN), State.WITHDRAWN),
    "办理中延期、协办、检索后告知不存在": (
        (
            RECEIVED,
            entry(Event.EXTEND, days=20),
            entry(Event.ASSIST),
            entry(Event.ASSIST_REPLY),
            SEARCHED,
            entry(Event.DECIDE, outcome="unable_not_exist"),
        ),
        State.DECIDED,
    ),
    "说明理由后延迟答复": (
        (RECEIVED, REASONS_ASKED, REASONS, entry(Event.DELAY, until=LATER)),
        State.HANDLING,
    ),
    "理由不合理，不予处理": (
        (RECEIVED, REASONS_ASKED, REASONS, entry(Event.DECIDE, outcome="ignore_excessive")),
        State.DECIDED,
    ),
    "等待理由期间延期、检索，未说明而不予处理": (
        (
            RECEIVED,
            REASONS_ASKED,
            entry(Event.EXTEND, days=5),
            SEARCHED,
            entry(Event.DECIDE, outcome="ignore_excessive"),
        ),
        State.DECIDED,
    ),
    "等待理由期间撤回": ((RECEIVED, REASONS_ASKED, WITHDRAWN), State.WITHDRAWN),
    "缴费后继续办理": ((RECEIVED, FEE, SEARCHED, PAID), State.HANDLING),
    "等待缴费期间撤回": ((RECEIVED, FEE, WITHDRAWN), State.WITHDRAWN),
    "逾期未缴费结案": (
        (RECEIVED, FEE, entry(Event.DECIDE, outcome="other_fee_unpaid")),
        State.DECIDED,
    ),
    "办理中撤回，以其他处理结案": (
        (RECEIVED, WITHDRAWN, entry(Event.DECIDE, outcome="other_misc")),
        State.DECIDED,
    ),
}


def _taken_steps() -> list[tuple[State, Entry, State]]:
    taken = []
    for docket, _state in DOCKETS.values():
        for count, step in enumerate(docket):
            taken.append((state_of(docket[:count]), step, state_of(docket[: count + 1])))
    return taken


@pytest.mark.parametrize("name", DOCKETS)
def test_a_lawful_docket_ends_in_its_state(name: str) -> None:
    docket, state = DOCKETS[name]
    assert state_of(docket) is state


# What the table knows but the docket forbids: docket, entry, words of the refusal.
FORBIDDEN: dict[str, tuple[Docket, Entry, str]] = {
    "没有渠道的收到": ((), entry(Event.RECEIVE), "没有写明申请是通过什么渠道收到的"),
    "第二次补正": ((RECEIVED, ASKED, CORRECTED), ASKED, "补正只能一次性告知"),
    "向同一第三方再征求": ((RECEIVED, CONSULTED), CONSULTED, "已经就同一对象征求过意见"),
    "没有征求过的对象来答复": (
        (RECEIVED, CONSULTED),
        entry(Event.THIRD_PARTY_REPLY, ref="乙公司"),
        "没有与之对应的、还在等待答复的征求意见",
    ),
    "第三方的征求意见不能由机关答复了结": (
        (RECEIVED, CONSULTED),
        entry(Event.AGENCY_REPLY, ref="甲公司"),
        "没有与之对应的",
    ),
    "没有写明天数的延期": ((RECEIVED,), entry(Event.EXTEND), "应写明延长多少个工作日"),
    "再次要求说明理由": ((RECEIVED, REASONS_ASKED, REASONS), REASONS_ASKED, "已经要求过"),
    "没有说明理由就延迟答复": ((RECEIVED,), entry(Event.DELAY, until=LATER), "申请人应已说明理由"),
    "没有日期的延迟答复": (
        (RECEIVED, REASONS_ASKED, REASONS),
        entry(Event.DELAY),
        "应写明延迟到哪一天",
    ),
    "第二次收费通知": ((RECEIVED, FEE, PAID), FEE, "本件已经发过收费通知"),
    "没有发过的协办来答复": (
        (RECEIVED, entry(Event.ASSIST, ref="甲")),
        entry(Event.ASSIST_REPLY, ref="乙"),
        "没有与之对应的、还在等待的协办函",
    ),
    "没有写明结果的决定": ((RECEIVED,), entry(Event.DECIDE), "没有写明办理结果"),
    "没有检索记录就说不存在": (
        (RECEIVED,),
        entry(Event.DECIDE, outcome="unable_not_exist"),
        "须有检索记录",
    ),
    "没有补正就说仍不明确": (
        (RECEIVED,),
        entry(Event.DECIDE, outcome="unable_unclear"),
        "须先收到补正",
    ),
    "没有等待补正就以逾期不补正结案": (
        (RECEIVED,),
        entry(Event.DECIDE, outcome="other_no_correction"),
        "须在等待补正",
    ),
    "补正期限未满就结案": (
        (RECEIVED, ASKED),
        entry(Event.DECIDE, outcome="other_no_correction"),
        "只有补正期限届满后",
    ),
    "等待补正期间直接公开": ((RECEIVED, ASKED), GRANTED, "只有补正期限届满后"),
    "补正告知没有写期限，不能视为逾期": (
        (RECEIVED, entry(Event.REQUEST_CORRECTION)),
        Entry(Event.DECIDE, LATER, outcome="other_no_correction"),
        "只有补正期限届满后",
    ),
    "等待理由期间直接公开": ((RECEIVED, REASONS_ASKED), GRANTED, "只能以“无正当理由大量反复"),
    "等待缴费期间直接公开": ((RECEIVED, FEE), GRANTED, "只能以“逾期未缴纳费用”结案"),
    "撤回后公开": ((RECEIVED, WITHDRAWN), GRANTED, "只能以“其他处理”结案"),
    "没有写明方式的送达": ((RECEIVED, GRANTED), entry(Event.SERVE), "应写明送达方式"),
}


@pytest.mark.parametrize("name", FORBIDDEN)
def test_what_the_docket_forbids_is_refused_with_its_reason(name: str) -> None:
    docket, wrong, words = FORBIDDEN[name]
    with pytest.raises(RefusedError, match=words):
        next_state(docket, wrong)


def test_an_answer_to_a_consultation_never_made_changes_nothing_that_is_open() -> None:
    # Imported dockets may hold it; what is open stays open.
    docket = (RECEIVED, CONSULTED)
    with pytest.raises(RefusedError):
        next_state(docket, JOINT_REPLIED)
    assert state_of((*docket, REPLIED)) is State.HANDLING


def test_an_officer_confirms_where_the_guide_says_so() -> None:
    by_officer = entry(Event.RECEIVE, channel=Channel.WEB, web=WebConfirmation.OFFICER)
    by_system = entry(Event.RECEIVE, channel=Channel.WEB)
    assert state_of((by_officer,)) is State.UNCONFIRMED
    assert state_of((by_system,)) is State.HANDLING


def test_a_replaced_entry_no_longer_decides_the_state() -> None:
    mistaken = (RECEIVED, ASKED, entry(Event.SEARCH, replaces=2))
    assert state_of(mistaken) is State.HANDLING
