"""A sealed batch passed by two persons other than its importer, and what is 主动公开 in it made
public with the day on which it first was.

Old documents alone come this way; what the office makes now runs through the four steps.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from gongkai.disclosure import policies
from gongkai.disclosure.errors import DisclosureError, NotEntitledError, NotReleasedError
from gongkai.disclosure.imports.batches import (
    BATCH_STEPS,
    Cleared,
    digest_of_batch,
    pending,
    standing_of_batch,
    subject_of_batch,
)
from gongkai.disclosure.models import (
    Authorship,
    BatchItem,
    BatchReview,
    ImportBatch,
    Version,
)
from gongkai.disclosure.services.attaching import look_again
from gongkai.disclosure.services.entitlement import authorise, authorise_in, locked
from gongkai.disclosure.services.importing import Progress, let_others_write, locked_batch
from gongkai.disclosure.services.publishing import publish
from gongkai.disclosure.services.reviewing import clear
from gongkai.disclosure.steps import Path, Step
from gongkai.trail.actors import Actor
from gongkai.trail.services import record as leave_trace
from statute.attributes import Attribute

PART = 40


@transaction.atomic
def pass_batch(
    batch: ImportBatch, step: Step, *, digest: str, by: Actor, at: datetime, reason: str = ""
) -> BatchReview:
    """保密审查 or 终审 of a batch as a whole, in this order, by two persons neither of whom brought
    it in. `digest` is that of the list the reviewer read."""
    batch = locked_batch(batch)
    if step not in BATCH_STEPS:
        raise DisclosureError("批次审查只有保密审查和终审", field="step")
    _authorise_pass(batch, step, by=by, at=at)
    if batch.sealed_at is None:
        raise DisclosureError("批次还没有送审")
    if digest != batch.digest:
        raise DisclosureError("您看的不是送审的清单，请重新打开")
    _require_untouched(batch)
    given = {Step(one.step): one.reviewer for one in batch.reviews.all()}
    if step in given:
        raise DisclosureError("这一步已经通过")
    if step is Step.FINAL and Step.SECRECY not in given:
        raise DisclosureError("还没有轮到终审：现在应进行保密审查")
    if by.id in given.values():
        raise NotEntitledError("保密审查和终审须由两人分别进行")
    review = BatchReview(
        batch=batch,
        digest=digest,
        step=step,
        reviewer=by.id,
        reviewer_name=by.name,
        reason=" ".join(reason.split())[:500],
        at=at,
    )
    review.save(force_insert=True)
    leave_trace(
        "disclosure.batch_passed",
        by=by,
        at=at,
        subject=subject_of_batch(batch),
        agency_code=batch.agency.code,
        facts={"step": step.label, "digest": digest},
    )
    return review


def clear_batch(
    batch: ImportBatch, *, by: Actor, at: datetime,
    progress: Progress = lambda _done, _total: None,
) -> Cleared:  # fmt: skip
    """Clears every row that was not excepted nor sent back to its drafter, and publishes what is
    主动公开: from then on it has the day and the source of its first publication.

    In parts, each a transaction; again after it was cut short, it goes on.
    """
    waiting = pending(batch).count()
    if not waiting:
        raise DisclosureError("这一批次没有待公开的行")
    done = 0
    progress(done, waiting)
    while number := _looked_and_cleared(batch, by=by, at=at):
        done += number
        progress(done, waiting)
        let_others_write()
    return standing_of_batch(batch)


def _looked_and_cleared(batch: ImportBatch, *, by: Actor, at: datetime) -> int:
    """Files are looked through again where the word lists changed, before anybody has to wait."""
    for item in pending(batch).select_related("version")[:PART]:
        look_again(item.version, by=by, at=at)
    return _clear_part(batch, by=by, at=at)


@transaction.atomic
def _clear_part(batch: ImportBatch, *, by: Actor, at: datetime) -> int:
    """So many rows at once that others who write wait for no more than a moment."""
    batch = locked_batch(batch)
    authorise_in(by, policies.PUBLISH, batch.agency, at=at)
    _require_passed(batch)
    items = list(pending(batch).select_related("version__record__agency")[:PART])
    for item in items:
        _clear_item(batch, item, by=by, at=at)
    if items and not pending(batch).exists():
        found = standing_of_batch(batch)
        leave_trace(
            "disclosure.batch_cleared",
            by=by,
            at=at,
            subject=subject_of_batch(batch),
            agency_code=batch.agency.code,
            facts={
                "cleared": str(found.cleared),
                "published": str(found.published),
                "left": str(found.left_out),
            },
        )
    return len(items)


def _clear_item(batch: ImportBatch, item: BatchItem, *, by: Actor, at: datetime) -> None:
    record = locked(item.version.record)
    # Reviewed on its own and cleared, or sent back, while the row was waited for.
    if not pending(batch).filter(pk=item.pk).exists():
        return
    version = Version.objects.select_for_update().get(pk=item.version_id)
    version.record = record
    clear(version, Path.IMPORT, by=by, at=at)
    if version.attribute != Attribute.PROACTIVE.value:
        return
    if item.first_published_on is not None:
        record.first_published_on = item.first_published_on
        record.first_published_source = batch.source
        record.save(update_fields=["first_published_on", "first_published_source"])
    try:
        publish(version, by=by, at=at)
    except NotReleasedError as refusal:
        raise DisclosureError(f"第{item.row}行{refusal}；请退回这一行") from refusal


def _authorise_pass(batch: ImportBatch, step: Step, *, by: Actor, at: datetime) -> None:
    """The duty of the step, by somebody who wrote in none of the records."""
    item = batch.items.select_related("version__record").first()
    if item is None:
        raise DisclosureError("批次里没有一行")
    authorise(by, policies.REVIEW[step], item.version.record, at=at)
    records = batch.items.values("version__record")
    wrote = Authorship.objects.filter(record__in=records, person=by.id).exists()
    if wrote or by.id == batch.imported_by:
        raise NotEntitledError("无权办理：您是导入人或者参加过起草，不能审查自己导入、起草的内容")


def _require_passed(batch: ImportBatch) -> None:
    passes = {Step(one.step) for one in batch.reviews.filter(digest=batch.digest)}
    if batch.sealed_at is None or not passes >= set(BATCH_STEPS):
        raise DisclosureError("批次还没有通过保密审查和终审，不能公开")
    _require_untouched(batch)


def _require_untouched(batch: ImportBatch) -> None:
    if digest_of_batch(batch) != batch.digest:
        raise DisclosureError("批次的内容与送审时的摘要不符，不能公开；请报告系统管理员")
