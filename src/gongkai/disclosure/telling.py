"""Who is told what about a record, and where it leads: one function for each turn of its way.

Called by the verbs in their own transactions; it changes no record. What was brought in as a
reviewed batch is told to nobody: a thousand old documents are one act, not a thousand messages.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.utils.timezone import localdate

from gongkai.accounts.models import User
from gongkai.accounts.queries import standing_of
from gongkai.accounts.roles import Role
from gongkai.agencies.models import Agency
from gongkai.agencies.queries import supervising_agency
from gongkai.disclosure import policies
from gongkai.disclosure.daily import LATE
from gongkai.disclosure.models import (
    EmergencyOrder,
    PublicAct,
    ReappraisalReminder,
    Record,
    Referral,
    Review,
    Schedule,
    Version,
)
from gongkai.disclosure.queries import affair_of, position_of
from gongkai.disclosure.steps import STEPS, TO_DRAFTER, Path, Step
from gongkai.notifications.kinds import Kind, register
from gongkai.notifications.recipients import holders
from gongkai.notifications.services import tell
from gongkai.trail.actors import Subject

KINDS = (
    Kind("review_due", "轮到审查", "有一件政府信息轮到您审查。"),
    Kind("returned", "退回修改", "您起草的一件政府信息被退回修改。"),
    Kind("referred", "报请确定", "有一件政府信息报请确定。"),
    Kind("cleared", "可以发布", "有一件政府信息通过审查，可以发布。"),
    Kind("published", "公开和撤回", "您起草的一件政府信息公开或者撤回了。"),
    Kind("emergency", "应急补审", "有一件政府信息应急缩短审查，等您补齐审查。"),
    Kind("reappraisal", "定期评估", "有不公开的政府信息到了评估日期。"),
    Kind("plan_failed", "没有按时发布", "您定时发布的一件政府信息没有发布。"),
)


def register_kinds() -> None:
    """Adds what people are told about to the one list; called when the app starts."""
    register(*KINDS, LATE)


def submitted(version: Version, *, at: datetime) -> None:
    """送审: the next step's reviewers."""
    _due(version, f"submitted-{version.pk}", at=at)


def passed(review: Review, *, at: datetime) -> None:
    """通过: the next step's. After an order of emergency all were told when it was given."""
    if not hasattr(review.version, "emergency_order"):
        _due(review.version, f"passed-{review.pk}", at=at)


def cleared(version: Version, *, at: datetime) -> None:
    """The last verdict is in: whoever may publish, or knows now that it stays as it is."""
    public = version.attribute == "proactive"
    next_act = "可以发布" if public else "已经审定，不主动公开"
    officers = holders(version.record.agency, {Role.DISCLOSURE_OFFICER}, at)
    sentence = f"“{version.title}”通过全部审查，{next_act}"
    _tell(officers, "cleared", version, sentence, f"cleared-{version.pk}", at=at)


def returned(review: Review, *, at: datetime) -> None:
    """退回: the authors where it ends, otherwise the step that has it again."""
    version = review.version
    if review.back_to == TO_DRAFTER:
        sentence = (
            f"“{version.title}”第{version.number}稿被退回修改，"
            f"{review.reviewer_name}（{review.get_step_display()}）：{review.reason}"
        )
        _tell(_authors(version), "returned", version, sentence, f"returned-{review.pk}", at=at)
    else:
        _due(version, f"returned-{review.pk}", at=at)


def referred(referral: Referral, *, at: datetime) -> None:
    """报请确定: the authors; and the supervising office where it is asked."""
    version, to = referral.review.version, referral.get_to_display()
    above = supervising_agency() if referral.to == "supervising" else None
    officers = [] if above is None else holders(above, {Role.DISCLOSURE_OFFICER}, at)
    sentence = f"“{version.title}”不能确定能否公开，已报{to}确定：{referral.question}"
    people = [*_authors(version), *officers]
    _tell(people, "referred", version, sentence, f"referred-{referral.pk}", at=at)


def answered(referral: Referral, *, at: datetime) -> None:
    """The answer is on file: the step that asked goes on."""
    _due(referral.review.version, f"answered-{referral.pk}", at=at)


def emergency(order: EmergencyOrder, *, at: datetime) -> None:
    """应急缩短审查: all whose verdict is missing, with the last day."""
    version, due = order.version, order.rest_due_on
    done = {Step(one.step) for one in position_of(version).passed}
    people = [user for step in STEPS if step not in done for user in who_may(version, step, at)]
    sentence = (
        f"“{version.title}”应急缩短审查（{order.ordered_by_name}决定），"
        f"最迟{due.month}月{due.day}日补齐您这一步的审查"
    )
    _tell(people, "emergency", version, sentence, f"emergency-{order.pk}", at=at, page="review/")


def acted(record: Record, act: PublicAct, version: Version, *, at: datetime) -> None:
    """发布、更新、恢复、撤回: the authors, other than whoever did it."""
    if act.clearance is not None and act.clearance.path == Path.IMPORT:
        return
    reason = f"，原因：{act.reason}" if act.reason else ""
    sentence = f"“{version.title}”已{act.get_act_display()}{reason}"
    people = [one for one in _authors(version) if str(one.pk) != act.by]
    _tell(people, "published", version, sentence, f"act-{act.pk}", at=at)


def not_carried_out(planned: Schedule, *, at: datetime) -> None:
    """A planned publication that ended now without the record being public: whoever planned it."""
    record = Record.objects.get(pk=planned.record_id)
    if planned.done_at != at or record.live_id == planned.clearance_id:
        return
    version = planned.clearance.version
    sentence = f"您定时发布的“{version.title}”{planned.outcome}"
    people = _people([planned.planned_by])
    _tell(people, "plan_failed", version, sentence, f"plan-{planned.pk}", at=at)


def reminded(agency: Agency, reminders: Sequence[ReappraisalReminder], *, at: datetime) -> None:
    """定期评估: the disclosure officers, once for all that came up together."""
    late = sum(one.stage == ReappraisalReminder.Stage.LATE for one in reminders)
    parts = [f"{len(reminders) - late} 件不公开的信息将到评估日期"] if late < len(reminders) else []
    parts += [f"{late} 件已过评估日期"] if late else []
    tell(
        holders(agency, {Role.DISCLOSURE_OFFICER}, at),
        kind="reappraisal",
        subject=Subject("agency", agency.code, agency.name),
        sentence=f"{agency.name}：{'，'.join(parts)}，请评估",
        link="/office/reappraisals/",
        key=f"reappraisal-{agency.pk}-{localdate(at)}-{len(reminders)}-{late}",
        at=at,
        agency_code=agency.code,
    )


def _due(version: Version, key: str, *, at: datetime) -> None:
    """The next step waits: all who may take it, whoever acted last among them or not."""
    step = position_of(version).next
    if step is None:
        return
    sentence = f"“{version.title}”第{version.number}稿等您{step.label}"
    people = who_may(version, step, at)
    _tell(people, "review_due", version, sentence, key, at=at, page="review/")


def who_may(version: Version, step: Step, at: datetime) -> list[User]:
    """Those whose verdict would be taken: they hold the duty, wrote nothing, took no other step."""
    affair = affair_of(version.record, version)
    candidates = holders(version.record.agency, {policies.REVIEWERS[step]}, at)
    allowed = policies.REVIEW[step].allowed
    return [user for user in candidates if allowed.test(standing_of(user, at), affair)]


def _authors(version: Version) -> list[User]:
    return _people(version.record.authors.values_list("person", flat=True))


def _people(ids: Iterable[str]) -> list[User]:
    """The persons behind these ids; the system itself is nobody."""
    return list(User.objects.filter(pk__in=[int(one) for one in ids if one.isdecimal()]))


def _tell(
    people: Sequence[User], kind: str, version: Version, sentence: str, key: str, *, at: datetime,
    page: str = "",
) -> None:  # fmt: skip
    """Leads to the record's page in the office, or to one below it."""
    record = version.record
    tell(
        people,
        kind=kind,
        subject=Subject("record", str(record.public_id), version.title),
        sentence=sentence,
        link=f"/office/records/{record.public_id}/{page}",
        key=key,
        at=at,
        agency_code=record.agency.code,
    )
