"""Verdicts on a submitted version, and the clearance that follows from the last of them."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.models import Agency
from gongkai.calendars.queries import calendar_for
from gongkai.disclosure import policies, telling
from gongkai.disclosure.content import digest_of
from gongkai.disclosure.errors import DisclosureError
from gongkai.disclosure.models import (
    Clearance,
    Coordination,
    EmergencyOrder,
    Record,
    Referral,
    Review,
    ReviewRule,
    Version,
)
from gongkai.disclosure.queries import position_of
from gongkai.disclosure.services.entitlement import (
    authorise,
    authorise_in,
    locked,
    moved,
    required,
    subject_of,
)
from gongkai.disclosure.services.numbering import give_index_no
from gongkai.disclosure.services.publishing import take_down
from gongkai.disclosure.services.reappraising import note_clearance
from gongkai.disclosure.steps import POSITIONS, TO_DRAFTER, Path, Step, Verdict
from gongkai.disclosure.text_findings import text_findings
from gongkai.trail.actors import Actor, Subject
from gongkai.trail.services import record as leave_trace
from screening.findings.finding import Severity
from statute.attributes import Attribute
from statute.deadlines import working_days

EMERGENCY_DAYS = 3  # working days to make up for the steps left out
_SEPARATE = frozenset({Step.SECRECY.value, Step.FINAL.value})


@transaction.atomic
def pass_step(
    version: Version, step: Step, *, digest: str, by: Actor, at: datetime, reason: str = ""
) -> Review:
    """通过. `digest` is the hash of what the reviewer read; after the last step the version is
    cleared in the same transaction."""
    record, version = _reviewable(version, step, digest, by=by, at=at)
    review = _write(version, step, Verdict.PASS, by=by, at=at, reason=reason.strip())
    leave_trace(
        "disclosure.passed",
        by=by,
        at=at,
        subject=subject_of(version),
        agency_code=record.agency.code,
        facts={"step": step.label, "number": str(version.number), "digest": digest},
    )
    if len(position_of(version).passed) == len(Step) and not hasattr(version, "clearance"):
        clear(version, Path.STANDARD, by=by, at=at)
        telling.cleared(version, at=at)
    else:
        telling.passed(review, at=at)
    moved(record)
    return review


@transaction.atomic
def return_version(
    version: Version, step: Step, *, back_to: str, digest: str, by: Actor, at: datetime, reason: str
) -> Review:
    """退回 to an earlier step or to the drafter, with the reason. To the drafter: the version ends
    and a new one is drafted."""
    record, version = _reviewable(version, step, digest, by=by, at=at)
    if back_to not in POSITIONS or POSITIONS[back_to] >= POSITIONS[step]:
        raise DisclosureError("只能退回到前面的步骤或者起草人", field="back_to")
    why = required(reason, "退回的理由")
    review = _write(version, step, Verdict.RETURN, by=by, at=at, reason=why, back_to=back_to)
    label = "起草人" if back_to == TO_DRAFTER else Step(back_to).label
    leave_trace(
        "disclosure.returned",
        by=by,
        at=at,
        subject=subject_of(version),
        agency_code=record.agency.code,
        facts={
            "step": step.label,
            "number": str(version.number),
            "back_to": label,
            "reason": why,
        },
    )
    telling.returned(review, at=at)
    if record.live is not None and record.live.version_id == version.pk:
        take_down(record, f"补齐审查时退回：{why}", by=by, at=at)  # it went out in an emergency
    else:
        moved(record)
    return review


@transaction.atomic
def refer(
    version: Version, step: Step, *, to: str, digest: str, by: Actor, at: datetime, reason: str
) -> Referral:
    """不能确定: put to the supervising office or the secrecy authority (`regulations#17`)."""
    record, version = _reviewable(version, step, digest, by=by, at=at)
    why = required(reason, "不能确定的问题")
    review = _write(version, step, Verdict.REFER, by=by, at=at, reason=why)
    referral = Referral.objects.create(review=review, to=to, question=why, sent_at=at)
    leave_trace(
        "disclosure.referred",
        by=by,
        at=at,
        subject=subject_of(version),
        agency_code=record.agency.code,
        facts={"step": step.label, "to": referral.get_to_display(), "reason": why},
    )
    telling.referred(referral, at=at)
    moved(record)
    return referral


@transaction.atomic
def answer_referral(referral: Referral, *, answer: str, by: Actor, at: datetime) -> Referral:
    """The answer is on file: the step that asked goes on."""
    version = referral.review.version
    record = locked(version.record)
    referral = Referral.objects.select_for_update().get(pk=referral.pk)
    authorise(by, policies.REVIEW[Step(referral.review.step)], record, at=at, version=version)
    if referral.answered_at is not None:
        raise DisclosureError("已经登记过答复")
    referral.answer = required(answer, "答复", field="answer")
    referral.answered_at, referral.answered_by_name = at, by.name
    referral.save(update_fields=["answer", "answered_at", "answered_by_name"])
    leave_trace(
        "disclosure.referral_answered",
        by=by,
        at=at,
        subject=subject_of(version),
        agency_code=record.agency.code,
        facts={"answer": referral.answer},
    )
    telling.answered(referral, at=at)
    moved(record)
    return referral


@transaction.atomic
def order_emergency(version: Version, *, by: Actor, at: datetime, reason: str) -> EmergencyOrder:
    """应急缩短审查: the secrecy review alone goes first, never without it; the other steps follow
    within three working days."""
    record = locked(version.record)
    authorise(by, policies.ORDER_EMERGENCY, record, at=at, version=version)
    if version.submitted_at is None or position_of(version).ended:
        raise DisclosureError("只有在审的文稿可以缩短审查")
    day = timezone.localdate(at)
    due = working_days(day, EMERGENCY_DAYS, calendar_for(record.agency, day)).due
    order = EmergencyOrder.objects.create(
        version=version,
        reason=required(reason, "应急的理由"),
        ordered_by=by.id,
        ordered_by_name=by.name,
        at=at,
        rest_due_on=due,
    )
    leave_trace(
        "disclosure.emergency_ordered",
        by=by,
        at=at,
        subject=subject_of(version),
        agency_code=record.agency.code,
        facts={"reason": order.reason, "due": due.isoformat()},
    )
    telling.emergency(order, at=at)
    moved(record)
    return order


@transaction.atomic
def clear_in_emergency(version: Version, *, by: Actor, at: datetime) -> Clearance:
    """The clearance after secrecy review and order; the database looks for both."""
    record = locked(version.record)
    authorise(by, policies.PUBLISH, record, at=at)
    passed = {Step(one.step) for one in position_of(version).passed}
    if Step.SECRECY not in passed or not hasattr(version, "emergency_order"):
        raise DisclosureError("应急公开也须先通过保密审查，并有缩短审查的决定")
    secrecy = version.reviews.filter(step=Step.SECRECY, verdict=Verdict.PASS).latest("pk")
    if secrecy.reviewer == version.emergency_order.ordered_by:
        raise DisclosureError("保密审查和缩短审查的决定须由两人分别作出")
    moved(record)
    return clear(version, Path.EMERGENCY, by=by, at=at)


def clear(version: Version, path: Path, *, by: Actor, at: datetime) -> Clearance:
    """Makes the clearance, inside the transaction of the verdict that completes it. The content is
    hashed once more: what was reviewed is what is there."""
    if digest_of(version.content()) != version.content_hash:
        raise DisclosureError("内容与审查时的摘要不符，不能公开；请报告系统管理员")
    _require_nothing_grave(version)
    made = Clearance(
        record=version.record,
        version=version,
        content_hash=version.content_hash,
        path=path,
        at=at,
    )
    made.save(force_insert=True)
    note_clearance(made)
    formed_on = version.formed_on or timezone.localdate(at)
    index_no = give_index_no(version.record, formed_on, version.category, by=by, at=at)
    leave_trace(
        "disclosure.cleared",
        by=by,
        at=at,
        subject=subject_of(version),
        agency_code=version.record.agency.code,
        facts={"number": str(version.number), "path": path.label, "index_no": index_no},
    )
    return made


@transaction.atomic
def set_rule(
    agency: Agency, *, merged: list[list[str]], days_each: int, by: Actor, at: datetime
) -> ReviewRule:
    """Which steps one person may take together; secrecy and final never."""
    authorise_in(by, policies.SET_RULE, agency, at=at)
    for pair in merged:
        if len(set(pair)) != 2 or not set(pair) <= set(Step.values):
            raise DisclosureError("合并的步骤须两个一组", field="merged")
    # Two pairs that share a step may still bring both to one person: that is refused verdict by
    # verdict, by the policy and by the database.
    if any(set(pair) == _SEPARATE for pair in merged):
        raise DisclosureError("保密审查和终审须由两人分别进行，不能合并", field="merged")
    rule, _ = ReviewRule.objects.update_or_create(
        agency=agency, defaults={"merged": merged, "days_each": days_each}
    )
    words = "；".join("＋".join(Step(one).label for one in pair) for pair in merged)
    leave_trace(
        "disclosure.rule_set",
        by=by,
        at=at,
        subject=Subject("agency", agency.code, agency.name),
        agency_code=agency.code,
        facts={"merged": words or "各步由不同的人进行", "days": str(days_each)},
    )
    return rule


@transaction.atomic
def ask_other_body(
    version: Version, *, other: str, question: str, by: Actor, at: datetime
) -> Coordination:
    """协商: the matter concerns another body (`regulations#11`)."""
    record = locked(version.record)
    authorise(by, policies.DRAFT, record, at=at)
    asked = Coordination.objects.create(
        version=version,
        other=required(other, "机关", field="other"),
        question=required(question, "协商的事项", field="question"),
        asked_at=at,
    )
    leave_trace(
        "disclosure.asked",
        by=by,
        at=at,
        subject=subject_of(version),
        agency_code=record.agency.code,
        facts={"other": asked.other, "question": asked.question},
    )
    return asked


@transaction.atomic
def record_answer(
    asked: Coordination, *, agreed: bool, answer: str, by: Actor, at: datetime
) -> Coordination:
    """What the other body said."""
    version = asked.version
    authorise(by, policies.DRAFT, locked(version.record), at=at)
    asked = Coordination.objects.select_for_update().get(pk=asked.pk)
    if asked.answered_at is not None:
        raise DisclosureError("已经登记过答复")
    asked.agreed, asked.answer, asked.answered_at = agreed, required(answer, "答复"), at
    asked.save(update_fields=["agreed", "answer", "answered_at"])
    leave_trace(
        "disclosure.agreed",
        by=by,
        at=at,
        subject=subject_of(version),
        agency_code=version.record.agency.code,
        facts={
            "other": asked.other,
            "agreed": "同意" if agreed else "不同意",
            "answer": asked.answer,
        },
    )
    return asked


def _reviewable(
    version: Version, step: Step, digest: str, *, by: Actor, at: datetime
) -> tuple[Record, Version]:
    """The record and version, locked, where a verdict at this step is due from this person."""
    record = locked(version.record)
    version = Version.objects.select_for_update().get(pk=version.pk)
    authorise(by, policies.REVIEW[step], record, at=at, version=version)
    if version.submitted_at is None:
        raise DisclosureError("还没有送审")
    if digest != version.content_hash:
        raise DisclosureError("您看的不是现在的文稿，请重新打开")
    position = position_of(version)
    if position.ended:
        raise DisclosureError("已退回起草人，这一稿不再审查")
    if position.referred:
        raise DisclosureError("正在报请确定，登记答复以后再审")
    passed = {Step(one.step) for one in position.passed}
    if step in passed:
        raise DisclosureError("这一步已经通过")
    if position.next is not step and not hasattr(version, "emergency_order"):
        awaited = position.next.label if position.next else "无"
        raise DisclosureError(f"还没有轮到{step.label}：现在应进行{awaited}")
    _require_agreement(version, step)
    return record, version


def _require_nothing_grave(version: Version) -> None:
    """Words were screened when they were submitted; lists may have grown since, and rows of a list
    are submitted all at once."""
    if version.attribute != Attribute.PROACTIVE.value:
        return
    for one in text_findings(version):
        if one.open and one.severity is Severity.MUST:
            place = f"{one.label}{one.where}"
            raise DisclosureError(
                f"“{version.title}”{place}有必须处理的发现（{one.kind.label}），请退回起草人"
            )


def _require_agreement(version: Version, step: Step) -> None:
    if step is Step.FINAL and version.coordinations.filter(answered_at__isnull=True).exists():
        raise DisclosureError("与其他机关的协商还没有答复，不能终审")


def _write(
    version: Version, step: Step, verdict: Verdict, *, by: Actor, at: datetime, reason: str,
    back_to: str = "",
) -> Review:  # fmt: skip
    review = Review(
        version=version,
        content_hash=version.content_hash,
        step=step,
        position=POSITIONS[step],
        verdict=verdict,
        back_to=back_to,
        back_position=POSITIONS[back_to] if verdict == Verdict.RETURN else 9,
        reviewer=by.id,
        reviewer_name=by.name,
        reason=reason,
        at=at,
    )
    review.save(force_insert=True)
    return review
