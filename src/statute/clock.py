"""The clock: from a docket to the date by which it must be answered, with every reason.

It reads no date of today; whether a case is late is asked with a day. Simplification: once a
“延迟答复” of art. 35 names a date, consultations no longer move it (the date named binds).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date

from statute.calendars import Calendar
from statute.citations import Citation, cite
from statute.clock_rules import ClockRules, clock_rules
from statute.clock_values import Breach, Clock, InnerDate, Waiting
from statute.deadlines import Deadline, Suspension, working_days, working_days_between
from statute.docket import Docket, Entry, Event, standing_entries
from statute.letters import SERVICE, ServiceDate
from statute.receipt import Receipt, receipt


@dataclass(slots=True)
class _Consultation:
    """One open or answered consultation."""

    entry: Entry
    latest: date | None  # last day for an answer, known once the other side's receipt is
    ended: date | None = None


@dataclass(slots=True)
class _Run:
    """What has been read of a docket so far; lives only inside `clock`."""

    calendar: Calendar
    rules: ClockRules
    received_on: date
    start: date
    extension: int = 0  # working days added to the present run
    extension_used: int = 0  # working days used up by the application as a whole
    correction: Entry | None = None
    correction_open: bool = False
    consultations: list[_Consultation] = field(default_factory=list)
    pauses: list[Suspension] = field(default_factory=list)
    reasons: Entry | None = None
    delay: date | None = None
    fee: Entry | None = None
    fee_open: bool = False
    stopped_on: date | None = None
    breaches: list[Breach] = field(default_factory=list)

    def breach(self, entry: Entry, text: str, citation: Citation) -> None:
        self.breaches.append(Breach(entry.event, entry.on, text, citation))


def clock(docket: Docket, calendar: Calendar) -> Clock:
    """Reads a docket (`regulations#30` to `regulations#35`): day of receipt, due date and why.

    Raises CalendarNotAnnouncedError where a date falls into a year without a holiday notice and
    the calendar gives no estimates, NotInForceError for applications before 2019-05-15.
    """
    entries = standing_entries(docket)
    received = receipt(entries)
    if received.on is None:
        return _unconfirmed(received, entries, calendar)
    run = _Run(calendar, clock_rules(entries[0].on), received_on=received.on, start=received.on)
    for entry in entries[1:]:
        _READERS.get(entry.event, _no_effect)(run, entry)
    return _result(run, received)


def days_left(reading: Clock, today: date, calendar: Calendar) -> int | None:
    """Working days from today to the due date: 0 on the day itself, negative when overdue, None
    when the clock stands still or has stopped."""
    if reading.due is None or reading.stopped_on is not None:
        return None
    if today <= reading.due:
        return working_days_between(today, reading.due, calendar)
    return -working_days_between(reading.due, today, calendar)


def new_breaches(docket: Docket, entry: Entry, calendar: Calendar) -> tuple[Breach, ...]:
    """What entering this event now would break; asked before it is entered."""
    before = clock(docket, calendar).breaches
    after = clock((*docket, entry), calendar).breaches
    return after[len(before) :]


def _deadline(run: _Run) -> Deadline | None:
    """The due date as things stand; None while the clock stands still."""
    if run.correction_open or run.fee_open:
        return None
    pauses = _suspensions(run)
    if pauses is None:
        return None
    return working_days(run.start, run.rules.reply + run.extension, run.calendar, pauses)


def _due(run: _Run) -> date | None:
    if run.delay is not None and not run.correction_open and not run.fee_open:
        return run.delay
    deadline = _deadline(run)
    return None if deadline is None else deadline.due


def _suspensions(run: _Run) -> tuple[Suspension, ...] | None:
    """Closed suspensions, open ones up to the last day for an answer; None when that is unknown."""
    found = list(run.pauses)
    for consultation in run.consultations:
        end = consultation.ended or consultation.latest
        if end is None:
            return None
        reason = _consultation_reason(consultation)
        found.append(Suspension(consultation.entry.on, max(end, consultation.entry.on), reason))
    if run.reasons is not None and run.rules.reasons_suspend:
        return None
    return tuple(found)


def _consultation_reason(consultation: _Consultation) -> str:
    third = consultation.entry.event is Event.CONSULT_THIRD_PARTY
    whom = "第三方" if third else "其他机关"
    if consultation.ended is None:
        return f"征求{whom}意见期间（按答复期限届满日推算）"
    return f"征求{whom}意见期间"


def _no_effect(_run: _Run, _entry: Entry) -> None:
    """Events that move no date: assistance, search, decision, archive."""


def _read_correction_request(run: _Run, entry: Entry) -> None:
    if run.correction is not None:
        run.breach(entry, "补正只能一次性告知，这是第二次，不影响答复期限", cite("regulations#30"))
        return
    last = working_days(run.received_on, run.rules.correction_notice, run.calendar).due
    if entry.on > last:
        text = f"补正告知最晚应于 {last} 发出（收到申请之日起 7 个工作日内）"
        run.breach(entry, text, cite("regulations#30"))
    run.correction = entry
    run.correction_open = True


def _read_correction(run: _Run, entry: Entry) -> None:
    if not run.correction_open:
        run.breach(entry, "没有等待中的补正告知，收到的材料不重新起算期限", cite("regulations#30"))
        return
    run.correction_open = False
    run.start = entry.on  # the whole period begins anew
    run.extension = 0


def _read_consultation(run: _Run, entry: Entry) -> None:
    third = entry.event is Event.CONSULT_THIRD_PARTY
    limit = run.rules.third_party if third else run.rules.joint_agency
    received = entry.received_on
    latest = None if received is None else working_days(received, limit, run.calendar).due
    run.consultations.append(_Consultation(entry, latest))


def _read_consultation_end(run: _Run, entry: Entry) -> None:
    third = entry.event in (Event.THIRD_PARTY_REPLY, Event.THIRD_PARTY_SILENT)
    asked = Event.CONSULT_THIRD_PARTY if third else Event.CONSULT_AGENCY
    for consultation in run.consultations:
        same = consultation.entry.event is asked and consultation.entry.ref == entry.ref
        if same and consultation.ended is None:
            _end(run, consultation, entry)
            return
    text = "没有与之对应的、还在等待答复的征求意见"
    run.breach(entry, text, cite("regulations#32" if third else "regulations#34"))


def _end(run: _Run, consultation: _Consultation, entry: Entry) -> None:
    """Closes a consultation; the suspension never outlasts the fifteen working days."""
    silent = entry.event in (Event.THIRD_PARTY_SILENT, Event.AGENCY_SILENT)
    latest = consultation.latest
    if silent and latest is not None and entry.on <= latest:
        third = entry.event is Event.THIRD_PARTY_SILENT
        text = f"答复期限到 {latest} 才届满，不能提前按逾期未答复处理"
        run.breach(entry, text, cite("regulations#32" if third else "regulations#34"))
    consultation.ended = entry.on if latest is None else min(entry.on, latest)


def _read_extension(run: _Run, entry: Entry) -> None:
    problem = _extension_problem(run, entry)
    if problem is not None:
        run.breach(entry, f"{problem}，延期不生效", cite("regulations#33.2"))
        return
    run.extension += entry.days or 0
    run.extension_used += entry.days or 0


def _extension_problem(run: _Run, entry: Entry) -> str | None:
    days = entry.days or 0
    most = run.rules.extension_max
    if not 1 <= days <= most:
        return f"延长应为 1 至 {most} 个工作日，读到 {days}"
    if run.extension_used + days > most:
        return f"累计延长 {run.extension_used + days} 个工作日，超过 {most} 个"
    if entry.approved_on is None:
        return "没有记载政府信息公开工作机构负责人同意的日期"
    if entry.approved_on > entry.on:
        return f"先告知（{entry.on}）后同意（{entry.approved_on}）"
    return _extension_too_late(run, entry)


def _extension_too_late(run: _Run, entry: Entry) -> str | None:
    """An extension must reach the applicant's post before there is nothing left to extend."""
    if run.correction_open or run.fee_open:
        return "期限正在停止计算，没有可以延长的到期日"
    due = _due(run)
    if due is not None and entry.on > due:
        return f"延期告知（{entry.on}）晚于原到期日 {due}"
    return None


def _read_reasons_request(run: _Run, entry: Entry) -> None:
    run.reasons = entry


def _read_reasons(run: _Run, entry: Entry) -> None:
    if run.reasons is None:
        run.breach(entry, "没有要求申请人说明理由", cite("regulations#35"))
        return
    if run.rules.reasons_suspend:
        run.pauses.append(Suspension(run.reasons.on, entry.on, "等待申请人说明理由"))
    run.reasons = None


def _read_delay(run: _Run, entry: Entry) -> None:
    due = _due(run)
    if entry.until is None:
        run.breach(entry, "没有写明延迟到哪一天", cite("regulations#35"))
    elif due is not None and entry.on > due:
        text = f"延迟答复告知（{entry.on}）晚于原到期日 {due}，不生效"
        run.breach(entry, text, cite("regulations#35"))
    else:
        run.delay = entry.until


def _read_fee_notice(run: _Run, entry: Entry) -> None:
    due = _due(run)
    if run.fee is not None:
        run.breach(entry, "已经发过收费通知，不影响答复期限", cite("processing_fee_2020#程序"))
    elif due is not None and entry.on > due:
        text = f"收费通知（{entry.on}）应在答复期限 {due} 届满前发出，不停止计算期限"
        run.breach(entry, text, cite("processing_fee_2020#程序"))
    else:
        run.fee = entry
        run.fee_open = True


def _read_fee(run: _Run, entry: Entry) -> None:
    if not run.fee_open or run.fee is None:
        text = "没有等待缴费的收费通知"
        run.breach(entry, text, cite("processing_fee_2020#程序"))
        return
    run.fee_open = False
    if run.rules.fee_restarts:
        run.start = entry.on
        run.extension = 0
        run.delay = None
    else:
        run.pauses.append(Suspension(run.fee.on, entry.on, "等待缴纳信息处理费"))


def _read_withdrawal(run: _Run, entry: Entry) -> None:
    run.stopped_on = run.stopped_on or entry.on


def _read_service(run: _Run, entry: Entry) -> None:
    """Post stops the clock on posting, handing over only on signature (`service_2016#期限`)."""
    if entry.service is None:
        run.breach(entry, "没有写明送达方式，不能确定答复之日", cite("service_2016#方式"))
        return
    by_signature = SERVICE[entry.service].timely_by is ServiceDate.SIGNED
    day = entry.received_on if by_signature else entry.on
    run.stopped_on = run.stopped_on or day


_READERS: dict[Event, Callable[[_Run, Entry], None]] = {
    Event.REQUEST_CORRECTION: _read_correction_request,
    Event.RECEIVE_CORRECTION: _read_correction,
    Event.CONSULT_THIRD_PARTY: _read_consultation,
    Event.THIRD_PARTY_REPLY: _read_consultation_end,
    Event.THIRD_PARTY_SILENT: _read_consultation_end,
    Event.CONSULT_AGENCY: _read_consultation,
    Event.AGENCY_REPLY: _read_consultation_end,
    Event.AGENCY_SILENT: _read_consultation_end,
    Event.EXTEND: _read_extension,
    Event.ASK_REASONS: _read_reasons_request,
    Event.RECEIVE_REASONS: _read_reasons,
    Event.DELAY: _read_delay,
    Event.NOTICE_FEE: _read_fee_notice,
    Event.RECEIVE_FEE: _read_fee,
    Event.WITHDRAW: _read_withdrawal,
    Event.SERVE: _read_service,
}


def _unconfirmed(received: Receipt, entries: Docket, calendar: Calendar) -> Clock:
    """Nothing runs before the receipt is confirmed, but the confirmation itself is owed."""
    rules = clock_rules(entries[0].on)
    withdrawn = (entry.on for entry in entries if entry.event is Event.WITHDRAW)
    stopped_on = next(withdrawn, None)
    due = working_days(entries[0].on, rules.confirmation, calendar).due
    owed = InnerDate("最晚与申请人确认收到", due, received.rule.citation)
    return Clock(
        received_on=None,
        receipt_rule=received.rule,
        counting_from=None,
        due=None,
        deadline=None,
        provisional=False,
        extension_left=rules.extension_max,
        suspensions=(),
        waiting=(Waiting.CONFIRMATION,) if stopped_on is None else (),
        inner_dates=(owed,) if stopped_on is None else (),
        stopped_on=stopped_on,
        days_late=0,
        breaches=(),
    )


def _result(run: _Run, received: Receipt) -> Clock:
    deadline = None if run.delay is not None else _deadline(run)
    due = _due(run) if deadline is None else deadline.due
    return Clock(
        received_on=run.received_on,
        receipt_rule=received.rule,
        counting_from=run.start,
        due=due,
        deadline=deadline,
        provisional=deadline is not None and deadline.provisional,
        extension_left=run.rules.extension_max - run.extension_used,
        suspensions=_suspensions(run) or (),
        waiting=_waiting(run),
        inner_dates=() if run.stopped_on is not None else tuple(_inner_dates(run)),
        stopped_on=run.stopped_on,
        days_late=_days_late(run, due),
        breaches=tuple(run.breaches),
    )


def _days_late(run: _Run, due: date | None) -> int:
    if due is None or run.stopped_on is None or run.stopped_on <= due:
        return 0
    # An answer on a day off after the due date is late although no working day has passed.
    return max(1, working_days_between(due, run.stopped_on, run.calendar))


def _waiting(run: _Run) -> tuple[Waiting, ...]:
    if run.stopped_on is not None:
        return ()
    open_events = [c.entry.event for c in run.consultations if c.ended is None]
    found = {
        Waiting.CORRECTION: run.correction_open,
        Waiting.THIRD_PARTY: Event.CONSULT_THIRD_PARTY in open_events,
        Waiting.AGENCY: Event.CONSULT_AGENCY in open_events,
        Waiting.REASONS: run.reasons is not None,
        Waiting.FEE: run.fee_open,
    }
    return tuple(waiting for waiting, holds in found.items() if holds)


def _inner_dates(run: _Run) -> Iterator[InnerDate]:
    """Dates inside the case that somebody must keep, while they still matter."""
    if run.correction is None:
        due = working_days(run.received_on, run.rules.correction_notice, run.calendar).due
        yield InnerDate("最晚告知补正", due, cite("regulations#30"))
    elif run.correction_open and run.correction.until is not None:
        yield InnerDate("申请人补正期限", run.correction.until, cite("regulations#30"))
    for consultation in run.consultations:
        if consultation.ended is None and consultation.latest is not None:
            third = consultation.entry.event is Event.CONSULT_THIRD_PARTY
            source = cite("regulations#32" if third else "regulations#34")
            whom = "第三方" if third else "其他机关"
            yield InnerDate(f"{whom}答复期限", consultation.latest, source)
    if run.fee_open and run.fee is not None and run.fee.received_on is not None:
        due = working_days(run.fee.received_on, run.rules.fee_payment, run.calendar).due
        yield InnerDate("缴费期限", due, cite("processing_fee_2020#程序"))
