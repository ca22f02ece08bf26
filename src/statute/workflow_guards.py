"""Guards of the workflow: what, beyond the state, the docket must show for a step.

Each is a yes or no about entries already made; dates and periods are statute.clock's.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from statute.docket import Docket, Entry, Event
from statute.receipt import receipt

_CONSULTATIONS = (Event.CONSULT_THIRD_PARTY, Event.CONSULT_AGENCY)
_ENDS = {
    Event.THIRD_PARTY_REPLY: Event.CONSULT_THIRD_PARTY,
    Event.THIRD_PARTY_SILENT: Event.CONSULT_THIRD_PARTY,
    Event.AGENCY_REPLY: Event.CONSULT_AGENCY,
    Event.AGENCY_SILENT: Event.CONSULT_AGENCY,
}


@dataclass(frozen=True, slots=True)
class Guard:
    """A condition on the docket before an entry, and the reason given when it fails."""

    agrees: Callable[[Docket, Entry], bool]
    otherwise: str


def _has(docket: Docket, event: Event) -> bool:
    return any(entry.event is event for entry in docket)


def _open_consultations(docket: Docket) -> list[tuple[Event, str]]:
    """Consultations asked and not yet ended, as (kind, ref); the docket has passed this table,
    so every end has its beginning."""
    open_now: list[tuple[Event, str]] = []
    for entry in docket:
        if entry.event in _CONSULTATIONS:
            open_now.append((entry.event, entry.ref))
        elif entry.event in _ENDS:
            open_now.remove((_ENDS[entry.event], entry.ref))
    return open_now


def _ends_open(docket: Docket, entry: Entry) -> int:
    """How many consultations stay open after this end; -1 when it ends none."""
    open_now = _open_consultations(docket)
    if (_ENDS[entry.event], entry.ref) not in open_now:
        return -1
    return len(open_now) - 1


def _receipt_fixed(docket: Docket, entry: Entry) -> bool:
    return entry.channel is not None and receipt((*docket, entry)).on is not None


def _receipt_open(docket: Docket, entry: Entry) -> bool:
    return entry.channel is not None and receipt((*docket, entry)).on is None


def _ref_unused(docket: Docket, entry: Entry) -> bool:
    return all(before.event is not entry.event or before.ref != entry.ref for before in docket)


def _assistance_open(docket: Docket, entry: Entry) -> bool:
    asked = sum(e.event is Event.ASSIST and e.ref == entry.ref for e in docket)
    answered = sum(e.event is Event.ASSIST_REPLY and e.ref == entry.ref for e in docket)
    return asked > answered


def _outcome_fits(docket: Docket, entry: Entry) -> bool:
    """An outcome that presupposes a lapse is decided from the state that waits for it; a request
    still unclear presupposes a correction (`regulations#30`), a refusal of excess its reasons."""
    needs = {
        "unable_unclear": Event.RECEIVE_CORRECTION,
        "unable_not_exist": Event.SEARCH,
        "ignore_excessive": Event.RECEIVE_REASONS,
    }
    impossible = ("other_no_correction", "other_fee_unpaid")
    if entry.outcome is None or entry.outcome in impossible:
        return False
    need = needs.get(entry.outcome)
    return need is None or _has(docket, need)


def _overdue_correction(docket: Docket, entry: Entry) -> bool:
    """Only after the period set in the notice has run out is the application given up."""
    asked = [before for before in docket if before.event is Event.REQUEST_CORRECTION]
    until = asked[-1].until
    return entry.outcome == "other_no_correction" and until is not None and entry.on > until


def _outcome_is(code: str) -> Callable[[Docket, Entry], bool]:
    return lambda _docket, entry: entry.outcome == code


GUARDS: dict[str, Guard] = {
    "receipt_fixed": Guard(_receipt_fixed, "没有写明申请是通过什么渠道收到的"),
    "receipt_open": Guard(_receipt_open, "没有写明申请是通过什么渠道收到的"),
    "first_correction": Guard(
        lambda docket, _entry: not _has(docket, Event.REQUEST_CORRECTION),
        "补正只能一次性告知，本件已经告知过（条例第三十条）",
    ),
    "ref_unused": Guard(
        _ref_unused, "已经就同一对象征求过意见；征求另一方意见请写明不同的对象（ref）"
    ),
    "last_consultation": Guard(
        lambda docket, entry: _ends_open(docket, entry) == 0,
        "没有与之对应的、还在等待答复的征求意见，请核对对象（ref）",
    ),
    "one_of_consultations": Guard(
        lambda docket, entry: _ends_open(docket, entry) > 0,
        "没有与之对应的、还在等待答复的征求意见，请核对对象（ref）",
    ),
    "extension_days": Guard(
        lambda _docket, entry: entry.days is not None and entry.days >= 1,
        "应写明延长多少个工作日",
    ),
    "first_reasons": Guard(
        lambda docket, _entry: not _has(docket, Event.ASK_REASONS), "已经要求过申请人说明理由"
    ),
    "reasons_given": Guard(
        lambda docket, entry: _has(docket, Event.RECEIVE_REASONS) and entry.until is not None,
        "申请人应已说明理由，并应写明延迟到哪一天（条例第三十五条）",
    ),
    "first_fee": Guard(
        lambda docket, _entry: not _has(docket, Event.NOTICE_FEE), "本件已经发过收费通知"
    ),
    "assistance_open": Guard(_assistance_open, "没有与之对应的、还在等待的协办函"),
    "outcome_fits": Guard(
        _outcome_fits,
        "没有写明办理结果，或该结果缺少前提："
        "“补正后仍不明确”须先收到补正，“不存在”须有检索记录，“大量反复”须先听取理由，"
        "“逾期不补正”“逾期未缴费”须在等待补正、等待缴费时作出",
    ),
    "only_no_correction": Guard(
        _overdue_correction,
        "等待补正期间，只有补正期限届满后才能以“申请人逾期不补正”结案（条例第三十条）",
    ),
    "only_excessive": Guard(
        _outcome_is("ignore_excessive"),
        "等待说明理由期间，只能以“无正当理由大量反复申请”结案（条例第三十五条）",
    ),
    "only_fee_unpaid": Guard(
        _outcome_is("other_fee_unpaid"), "等待缴费期间，只能以“逾期未缴纳费用”结案"
    ),
    "only_other": Guard(_outcome_is("other_misc"), "申请人撤回后，只能以“其他处理”结案"),
    "service_stated": Guard(
        lambda _docket, entry: entry.service is not None, "应写明送达方式（直接、代送、邮寄或电子）"
    ),
}
