"""Cleared versions become public, are replaced, withdrawn, restored; at once or at a moment."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from gongkai.disclosure import policies, telling
from gongkai.disclosure.attachments import outgoing_files, owner_of
from gongkai.disclosure.content import digest_of
from gongkai.disclosure.errors import DisclosureError, NotReleasedError
from gongkai.disclosure.models import (
    Act,
    Clearance,
    PublicAct,
    Record,
    Relation,
    Schedule,
    Version,
)
from gongkai.disclosure.normative import EFFECTS, in_force
from gongkai.disclosure.queries import latest, position_of
from gongkai.disclosure.relating import check_effect, check_interpretation, may_still_relate
from gongkai.disclosure.services.attaching import look_again
from gongkai.disclosure.services.entitlement import (
    authorise,
    locked,
    required,
    subject_of,
)
from gongkai.files.errors import ReleaseRefusedError
from gongkai.files.models import Channel
from gongkai.files.reasons import recordable
from gongkai.files.services import release
from gongkai.jobs.services import enqueue
from gongkai.trail.actors import SYSTEM, Actor
from gongkai.trail.services import record as leave_trace
from statute.attributes import Attribute

PUBLISH_JOB = "disclosure.publish"


def publish(version: Version, *, by: Actor, at: datetime) -> Record:
    """Makes a cleared version what the public sees: the first time, or in place of the last.

    Its files go out through the gate in the same transaction; NotReleasedError where the gate keeps
    one back: then nothing is public, and the trail says why.
    """
    authorise(by, policies.PUBLISH, version.record, at=at)
    look_again(version, by=by, at=at)
    try:
        with transaction.atomic():
            record = locked(version.record)
            authorise(by, policies.PUBLISH, record, at=at)
            return _publish(record, _clearance_of(version), by=by, at=at)
    except NotReleasedError as refusal:
        _note_refusal(version, refusal, by=by, at=at)
        raise


@transaction.atomic
def withdraw(record: Record, *, reason: str, by: Actor, at: datetime) -> Record:
    """Takes a record from the public; its address stays and says when and why."""
    record = locked(record)
    authorise(by, policies.WITHDRAW, record, at=at)
    if record.live is None:
        raise DisclosureError("现在没有公开，无须撤回")
    return take_down(record, required(reason, "撤回的原因"), by=by, at=at)


def take_down(record: Record, why: str, *, by: Actor, at: datetime) -> Record:
    """The withdrawal itself, of a locked record that is public."""
    if record.live is None:
        return record
    version = record.live.version
    record.live = None
    record.revision += 1
    record.save(update_fields=["live", "revision"])
    _act(record, version, None, Act.WITHDRAW, by=by, at=at, reason=why)
    leave_trace(
        "disclosure.withdrawn",
        by=by,
        at=at,
        subject=subject_of(version),
        agency_code=record.agency.code,
        facts={"reason": why},
    )
    return record


@transaction.atomic
def plan(version: Version, moment: datetime, *, by: Actor, at: datetime) -> Schedule:
    """定时发布: a job publishes at the moment, if everything still holds then."""
    record = locked(version.record)
    authorise(by, policies.PUBLISH, record, at=at)
    if moment <= at:
        raise DisclosureError("定时发布的时间须在现在以后", field="moment")
    if record.schedules.filter(done_at__isnull=True).exists():
        raise DisclosureError("已经有一个定时发布，请先取消")
    planned = Schedule.objects.create(
        record=record,
        clearance=_clearance_of(version),
        at=moment,
        planned_by=by.id,
        planned_by_name=by.name,
    )
    enqueue(PUBLISH_JOB, arguments={"schedule": str(planned.pk)}, at=at, run_after=moment)
    leave_trace(
        "disclosure.scheduled",
        by=by,
        at=at,
        subject=subject_of(version),
        agency_code=record.agency.code,
        facts={"moment": f"{timezone.localtime(moment):%Y-%m-%d %H:%M}"},
    )
    return planned


@transaction.atomic
def cancel_plan(planned: Schedule, *, by: Actor, at: datetime) -> None:
    """The job will find it done and do nothing."""
    record = locked(planned.record)
    authorise(by, policies.PUBLISH, record, at=at)
    _finish(planned, at=at, outcome=f"{by.name}取消")


@transaction.atomic
def carry_out(planned: Schedule, *, at: datetime) -> Schedule:
    """The planned publication inside its job: everything is asked once more."""
    record = locked(planned.record)
    planned = Schedule.objects.select_for_update().get(pk=planned.pk)
    if planned.done_at is not None:
        return planned
    newest = latest(record)
    if newest.pk != planned.clearance.version_id:
        return _finish(planned, at=at, outcome="没有发布：计划以后又起草了新的一稿")
    try:
        with transaction.atomic():
            _publish(record, planned.clearance, by=SYSTEM, at=at)
    except NotReleasedError as refusal:
        _note_refusal(planned.clearance.version, refusal, by=SYSTEM, at=at)
        return _finish(planned, at=at, outcome=str(refusal)[:200])
    except DisclosureError as refusal:
        return _finish(planned, at=at, outcome=f"没有发布：{refusal}"[:200])
    return _finish(planned, at=at, outcome="已发布")


@transaction.atomic
def relate(
    later: Record, earlier: Record, kind: str, *, by: Actor, at: datetime, on: date | None = None,
    forms: tuple[str, ...] = (),
) -> Relation:  # fmt: skip
    """修改、废止、替代、解读、更正: seen from both records.

    What changes the validity of a document takes effect `on` a day (that of the later document
    unless given) once the later one is public. DisclosureError where it cannot be
    (gongkai.disclosure.relating).
    """
    if later.pk == earlier.pk:
        raise DisclosureError("不能与自己关联")
    if kind not in Relation.Kind.values:
        raise DisclosureError("没有这种关联", field="kind")
    # In one order, so that two who relate the same records never wait for each other.
    both = {one.pk: locked(one) for one in sorted((later, earlier), key=lambda one: one.pk)}
    later, earlier = both[later.pk], both[earlier.pk]
    authorise(
        by, policies.DRAFT if may_still_relate(later, kind) else policies.PUBLISH, later, at=at
    )
    if in_force(Relation.objects.filter(later=later, earlier=earlier, kind=kind)).exists():
        raise DisclosureError("已经登记过")
    if kind in EFFECTS:
        on = check_effect(later, earlier, kind, on)
    elif kind == Relation.Kind.INTERPRETS:
        check_interpretation(later, earlier, forms)
    relation = Relation.objects.create(
        later=later, earlier=earlier, kind=kind, on=on, forms=list(forms), by_name=by.name, at=at
    )
    leave_trace(
        "disclosure.related",
        by=by,
        at=at,
        subject=subject_of(latest(later)),
        agency_code=later.agency.code,
        facts={"relation": relation.get_kind_display(), "earlier": latest(earlier).title},
    )
    return relation


def _publish(record: Record, clearance: Clearance, *, by: Actor, at: datetime) -> Record:
    version = clearance.version
    if version.attribute != Attribute.PROACTIVE.value:
        raise DisclosureError(f"公开属性是{Attribute(version.attribute).label}，不能发布")
    if position_of(version).ended:
        # Cleared in an emergency, and sent back by one of the steps that followed.
        raise DisclosureError("这一稿已被退回起草人，不能公开")
    if digest_of(version.content()) != clearance.content_hash:
        raise DisclosureError("内容与审查时的摘要不符，没有发布；请报告系统管理员")
    if record.live_id == clearance.pk:
        raise DisclosureError("这一稿已经公开")
    if record.live is not None and record.live.version.number > version.number:
        raise DisclosureError("现在公开的是更新的一稿")
    _release_files(version, by=by, at=at)
    act = Act.PUBLISH if record.published_at is None else Act.REPLACE
    if record.published_at is not None and record.live is None:
        act = Act.RESTORE
    record.live = clearance
    record.published_at = record.published_at or at
    record.revision += 1
    record.save(update_fields=["live", "published_at", "revision"])
    _act(record, version, clearance, act, by=by, at=at)
    leave_trace(
        "disclosure.published",
        by=by,
        at=at,
        subject=subject_of(version),
        agency_code=record.agency.code,
        facts={"act": act.label, "digest": clearance.content_hash},
    )
    return record


def _release_files(version: Version, *, by: Actor, at: datetime) -> None:
    """Lets the files of a version out on the web, those and no others: the very bytes whose hash
    was reviewed."""
    if not all(one.get("file") for one in version.files):
        raise NotReleasedError(["有附件没有清理件，须退回起草人处理"])
    named = {one["file"]: one["sha256"] for one in version.files}
    files = outgoing_files(version)
    if {str(one.pk): one.sha256 for one in files} != named:
        raise NotReleasedError(["附件与审查时的摘要不符"])
    if not files:
        return
    try:
        release(files, to=Channel.WEB, by=by, at=at, subject=owner_of(version.record))
    except ReleaseRefusedError as refusal:
        raise NotReleasedError(refusal.reasons) from None


@transaction.atomic
def _note_refusal(version: Version, refusal: NotReleasedError, *, by: Actor, at: datetime) -> None:
    """The gate's own row went with what was undone."""
    leave_trace(
        "disclosure.not_published",
        by=by,
        at=at,
        subject=subject_of(version),
        agency_code=version.record.agency.code,
        facts={"reason": recordable("；".join(refusal.reasons))},
    )


def _clearance_of(version: Version) -> Clearance:
    found = Clearance.objects.filter(version=version).first()
    if found is None:
        raise DisclosureError("还没有通过审查，不能公开")
    return found


def _act(
    record: Record, version: Version, clearance: Clearance | None, act: Act, *, by: Actor,
    at: datetime, reason: str = "",
) -> None:  # fmt: skip
    made = PublicAct(
        record=record, clearance=clearance, act=act, reason=reason, by=by.id, by_name=by.name, at=at
    )
    made.save(force_insert=True)
    telling.acted(record, made, version, at=at)


def _finish(planned: Schedule, *, at: datetime, outcome: str) -> Schedule:
    planned.done_at, planned.outcome = at, outcome
    planned.save(update_fields=["done_at", "outcome"])
    return planned
