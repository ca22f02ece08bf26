"""动态调整 (`regulations#18`): evaluations decided, opened by a change of law, called to mind.

What becomes public by a decision runs through review like everything else: here only its draft
starts.
"""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from gongkai.agencies.models import Agency
from gongkai.agencies.queries import supervising_agency
from gongkai.disclosure import policies, telling
from gongkai.disclosure.errors import DisclosureError
from gongkai.disclosure.intervals import REAPPRAISE_EVERY, REMIND_BEFORE
from gongkai.disclosure.models import (
    Clearance,
    LawChange,
    LawChangeTask,
    Reappraisal,
    ReappraisalReminder,
    Record,
    Version,
)
from gongkai.disclosure.queries import latest
from gongkai.disclosure.reappraisals import grounded_on, next_review_on, tasks
from gongkai.disclosure.services.drafting import draft_again, edit
from gongkai.disclosure.services.entitlement import (
    authorise,
    authorise_in,
    locked,
    moved,
    required,
    subject_of,
)
from gongkai.trail.actors import SYSTEM, Actor, Subject
from gongkai.trail.services import record as leave_trace
from statute.attributes import Attribute
from statute.citations import Citation, cite
from statute.errors import StatuteError
from statute.texts.anchors import brief

Decision = Reappraisal.Decision
Stage = ReappraisalReminder.Stage
_TURNS_INTO = {
    Decision.DISCLOSE: Attribute.PROACTIVE,
    Decision.ON_REQUEST: Attribute.ON_REQUEST,
}


def note_clearance(clearance: Clearance) -> None:
    """Sets the day of the next evaluation inside the verb that clears a version: none where it
    may be public, a year on where none is set."""
    record = clearance.record
    if clearance.version.attribute == Attribute.PROACTIVE.value:
        record.next_review_on = None
        Record.objects.filter(pk=record.pk, next_review_on__isnull=False).update(
            next_review_on=None
        )
    else:
        _plan_next(record)


def _plan_next(record: Record) -> None:
    """Refreshes the cached day of a locked record. No revision moves: no word of it changes."""
    record.next_review_on = next_review_on(record)
    record.save(update_fields=["next_review_on"])


@transaction.atomic
def decide(
    record: Record,
    decision: str,
    *,
    reason: str,
    by: Actor,
    at: datetime,
    next_on: date | None = None,
) -> Reappraisal:
    """An evaluation decided: kept as it is, or a draft started under the new attribute, written by
    whoever decides. It settles the yearly turn and every change of law that waits.

    `next_on` is the next turn, a year on unless earlier. DisclosureError where nothing was
    cleared yet, where a version is under review, or where the attribute is the same.
    """
    record = locked(record)
    authorise(by, policies.REAPPRAISE, record, at=at)
    if decision not in Decision.values:
        raise DisclosureError("没有这种评估结论", field="decision")
    if not record.clearances.exists():
        raise DisclosureError("公开属性还没有审定，无须评估")
    if latest(record).attribute == Attribute.PROACTIVE.value:
        raise DisclosureError("主动公开的信息无须评估")
    turns_into = _TURNS_INTO.get(Decision(decision))
    if turns_into is not None and latest(record).attribute == turns_into.value:
        raise DisclosureError(f"公开属性已经是{turns_into.label}", field="decision")
    today = localdate(at)
    keeps_until = None if decision == Decision.DISCLOSE else _next(next_on, today)
    made = _kept(record, decision, reason, keeps_until, by=by, at=at)
    if turns_into is not None:
        _start(record, turns_into, made.reason, by=by, at=at)
    return made


def _kept(
    record: Record, decision: str, reason: str, next_on: date | None, *, by: Actor, at: datetime
) -> Reappraisal:
    """The decision itself, for good; the cached day of the next turn follows it."""
    made = Reappraisal.objects.create(
        record=record,
        due_on=record.next_review_on or localdate(at),
        decision=decision,
        reason=required(reason, "评估的理由"),
        next_review_on=next_on,
        by=by.id,
        by_name=by.name,
        at=at,
    )
    record.next_review_on = next_on
    record.save(update_fields=["next_review_on"])
    moved(record)
    leave_trace(
        "disclosure.reappraised",
        by=by,
        at=at,
        subject=subject_of(latest(record)),
        agency_code=record.agency.code,
        facts={"decision": made.get_decision_display(), "reason": made.reason},
    )
    return made


def _next(chosen: date | None, today: date) -> date:
    latest_day = REAPPRAISE_EVERY.after(today)
    if chosen is not None and not today < chosen <= latest_day:
        message = f"下次评估日期应在明天至 {latest_day} 之间：每年至少评估一次"
        raise DisclosureError(message, field="next_on")
    return chosen or latest_day


def _start(
    record: Record, attribute: Attribute, reason: str, *, by: Actor, at: datetime
) -> Version:
    """The draft under the new attribute: a new one, or the one that lies there already."""
    last = latest(record)
    draft = last if last.submitted_at is None else draft_again(record, by=by, at=at)
    changes: dict[str, object] = {"attribute": attribute.value, "attribute_reason": reason}
    if attribute is Attribute.PROACTIVE:
        # What kept it back is over; the time to publish runs from this change (regulations#26).
        changes = {
            "attribute": attribute.value,
            "attribute_reason": "",
            "grounds": [],
            "changed_on": localdate(at),
        }
    return edit(draft, changes, revision=locked(record).revision, by=by, at=at)


@transaction.atomic
def reopen_for_law_change(
    place: str,
    *,
    on: date,
    reason: str,
    by: Actor,
    at: datetime,
    agency: Agency | None = None,
    due_on: date | None = None,
) -> LawChange:
    """Opens an evaluation of every record that is not public because of a provision that changes
    on a day: of one body, or of all, which is for the supervising office.

    Due on that day, today at the earliest, unless another day is set. The change is kept even
    where no record rests on it: it was looked for.
    """
    acting = _acting(agency)
    authorise_in(by, policies.REAPPRAISE, acting, at=at)
    citation, today = _cited(place), localdate(at)
    if due_on is not None and due_on < today:
        raise DisclosureError("应评估日期不能早于今天", field="due_on")
    change = LawChange.objects.create(
        agency=agency,
        place=citation.short,
        on=on,
        due_on=due_on or max(on, today),
        reason=required(reason, "变更的理由"),
        by=by.id,
        by_name=by.name,
        at=at,
    )
    leave_trace(
        "disclosure.law_changed",
        by=by,
        at=at,
        subject=Subject("law_change", str(change.pk), _name_of(citation)),
        agency_code=acting.code,
        facts=_facts(change, _open_tasks(change, citation)),
    )
    return change


def _facts(change: LawChange, count: int) -> dict[str, str]:
    return {
        "on": change.on.isoformat(),
        "due": change.due_on.isoformat(),
        "count": str(count),
        "reason": change.reason,
    }


def _acting(agency: Agency | None) -> Agency:
    acting = agency or supervising_agency()
    if acting is None:
        raise DisclosureError("还没有设定政府信息公开主管部门")
    return acting


def _cited(place: str) -> Citation:
    try:
        return cite(place)
    except ValueError as error:
        raise DisclosureError("请写明变更的条款", field="place") from error


def _name_of(citation: Citation) -> str:
    try:
        return brief(citation)
    except StatuteError:
        return citation.short  # a law that is not among our texts


def _open_tasks(change: LawChange, citation: Citation) -> int:
    scope = None if change.agency_id is None else frozenset({change.agency_id})
    records = grounded_on(citation, scope)  # in one order, so that two changes never wait
    for one in records:
        record = locked(one)
        LawChangeTask.objects.create(change=change, record=record)
        _plan_next(record)
    return len(records)


@transaction.atomic
def remind(agency: Agency, *, at: datetime) -> list[ReappraisalReminder]:
    """Calls to mind what is due within the time of warning and what is late, each once; the
    system's own act, run by a job every day, so that days without it are made up for."""
    today = localdate(at)
    Agency.objects.select_for_update().get(pk=agency.pk)
    said = set(
        ReappraisalReminder.objects.filter(record__agency=agency).values_list(
            "record_id", "due_on", "stage"
        )
    )
    due = [
        (task, Stage.LATE if task.is_late(today) else Stage.AHEAD)
        for task in tasks(REMIND_BEFORE.after(today), frozenset({agency.pk}))
    ]
    new = [
        ReappraisalReminder(record=task.record, due_on=task.due_on, stage=stage, at=at)
        for task, stage in due
        if (task.record.pk, task.due_on, stage.value) not in said
    ]
    if not new:
        return []
    late = sum(one.stage == Stage.LATE for one in new)
    made = ReappraisalReminder.objects.bulk_create(new)
    leave_trace(
        "disclosure.reappraisals_reminded",
        by=SYSTEM,
        at=at,
        subject=Subject("agency", agency.code, agency.name),
        agency_code=agency.code,
        facts={"ahead": str(len(new) - late), "late": str(late)},
    )
    telling.reminded(agency, made, at=at)
    return made
