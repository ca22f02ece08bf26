"""Clean-ups of normative documents, and relations taken back.

A document that is repealed keeps its text, its address and its numbers: only rows are added.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.models import Agency
from gongkai.disclosure import policies
from gongkai.disclosure.errors import DisclosureError
from gongkai.disclosure.models import (
    Cleanup,
    CleanupDecision,
    Record,
    Relation,
    VoidedRelation,
)
from gongkai.disclosure.models.normative import ENDING
from gongkai.disclosure.normative import CleanupLine, cleanup_lines, has_ended
from gongkai.disclosure.queries import latest
from gongkai.disclosure.relating import may_change, may_still_relate
from gongkai.disclosure.services.entitlement import (
    authorise,
    authorise_in,
    locked,
    required,
    subject_of,
)
from gongkai.trail.actors import Actor, Subject
from gongkai.trail.services import record as leave_trace
from statute.validity import CleanupResult

# One act decides on no more documents than a list on paper would hold.
LARGEST_BATCH = 500


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is decided on one document; its end names the day and the reason."""

    record: Record
    result: CleanupResult
    reason: str = ""
    on: date | None = None


@transaction.atomic
def open_cleanup(
    agency: Agency, *, label: str, until: date, by: Actor, at: datetime, basis: str = ""
) -> Cleanup:
    """清理: every normative document of the body made up to a day is to be decided on."""
    authorise_in(by, policies.CLEAN_UP, agency, at=at)
    if until > timezone.localdate(at):
        raise DisclosureError("截止日期不能晚于今天", field="until")
    cleanup = Cleanup(
        agency=agency,
        label=required(label, "清理的名称", field="label")[:100],
        until=until,
        basis=" ".join(basis.split())[:200],
        opened_by=by.id,
        opened_by_name=by.name,
        opened_at=at,
    )
    cleanup.save(force_insert=True)
    leave_trace(
        "disclosure.cleanup_opened",
        by=by,
        at=at,
        subject=_subject(cleanup),
        agency_code=agency.code,
        facts={"until": until.isoformat(), "basis": cleanup.basis},
    )
    return cleanup


@transaction.atomic
def decide_in_cleanup(
    cleanup: Cleanup,
    verdicts: Sequence[Verdict],
    *,
    by: Actor,
    at: datetime,
    announcement: Record | None = None,
) -> list[CleanupDecision]:
    """继续有效、修改、废止、失效 for many documents at once, or for none of them.

    `announcement` is the record that publishes the result: documents end by it, on the day given,
    once it is public. A second decision on a document is added to the first and stands.
    """
    cleanup = Cleanup.objects.select_for_update().get(pk=cleanup.pk)
    authorise_in(by, policies.CLEAN_UP, cleanup.agency, at=at)
    if not 0 < len(verdicts) <= LARGEST_BATCH:
        raise DisclosureError(f"一次请选择1至{LARGEST_BATCH}件文件")
    if len({one.record.pk for one in verdicts}) != len(verdicts):
        raise DisclosureError("同一文件在一次清理中只能选一个结论")
    today = timezone.localdate(at)
    if announcement is not None and not may_change(announcement.agency, cleanup.agency, today):
        raise DisclosureError("清理结果由本机关或者其上级机关公布", field="announcement")
    lines = {line.standing.record.pk: line for line in cleanup_lines(cleanup, today)}
    # In one order, so that two clean-ups never wait for each other.
    for one in sorted(verdicts, key=lambda verdict: verdict.record.pk):
        locked(one.record)
        _check(one, lines.get(one.record.pk), announcement)
    made = [_write(cleanup, one, announcement, by=by, at=at) for one in verdicts]
    leave_trace(
        "disclosure.cleanup_decided",
        by=by,
        at=at,
        subject=_subject(cleanup),
        agency_code=cleanup.agency.code,
        facts={"results": _results(verdicts), "documents": _documents(verdicts)},
    )
    return made


@transaction.atomic
def void_relation(relation: Relation, *, reason: str, by: Actor, at: datetime) -> VoidedRelation:
    """A relation registered by mistake counts no more; row and reason stay."""
    for one in sorted((relation.later, relation.earlier), key=lambda record: record.pk):
        locked(one)
    later = locked(relation.later)
    free = may_still_relate(later, relation.kind)
    authorise(by, policies.DRAFT if free else policies.PUBLISH, later, at=at)
    if VoidedRelation.objects.filter(relation=relation).exists():
        raise DisclosureError("已经撤销过")
    voided = VoidedRelation(
        relation=relation,
        reason=required(reason, "撤销的原因"),
        by=by.id,
        by_name=by.name,
        at=at,
    )
    voided.save(force_insert=True)
    leave_trace(
        "disclosure.relation_voided",
        by=by,
        at=at,
        subject=subject_of(latest(later)),
        agency_code=later.agency.code,
        facts={
            "relation": relation.get_kind_display(),
            "earlier": latest(relation.earlier).title,
            "reason": voided.reason,
        },
    )
    return voided


def _check(verdict: Verdict, line: CleanupLine | None, announcement: Record | None) -> None:
    if line is None:
        raise DisclosureError("所选文件不在这次清理的范围内", field="record")
    title = line.standing.version.title
    if verdict.result not in ENDING:
        if verdict.on is not None:
            raise DisclosureError(f"“{title}”{verdict.result.label}，不填写日期", field="on")
        return
    if verdict.on is None:
        raise DisclosureError(f"“{title}”{verdict.result.label}，请填写自哪一天起", field="on")
    if announcement is None:
        raise DisclosureError("废止、失效须有公布清理结果的文件", field="announcement")
    if announcement.pk == verdict.record.pk:
        raise DisclosureError("公布清理结果的文件不能是被清理的文件", field="announcement")
    # Once ended, a document ends only in the decision of this clean-up that is remade here.
    if line.decision is None and has_ended(line.standing, verdict.on):
        state = line.standing.on(verdict.on).label
        raise DisclosureError(f"“{title}”在 {verdict.on} 已{state}", field="on")


def _write(
    cleanup: Cleanup, verdict: Verdict, announcement: Record | None, *, by: Actor, at: datetime
) -> CleanupDecision:
    ends = verdict.result in ENDING
    decision = CleanupDecision(
        cleanup=cleanup,
        record=verdict.record,
        result=verdict.result.value,
        reason=required(verdict.reason, "理由") if ends else " ".join(verdict.reason.split())[:300],
        on=verdict.on,
        announcement=announcement if ends else None,
        by=by.id,
        by_name=by.name,
        at=at,
    )
    decision.save(force_insert=True)
    return decision


def _results(verdicts: Sequence[Verdict]) -> str:
    """继续有效12件、废止3件."""
    numbers = Counter(one.result for one in verdicts)
    return "、".join(
        f"{result.label}{numbers[result]}件" for result in CleanupResult if numbers[result]
    )


def _documents(verdicts: Sequence[Verdict]) -> str:
    """Which document got which result, so that forged rows do not agree with the trail."""
    return "；".join(f"{one.record.public_id} {one.result.value}" for one in verdicts)


def _subject(cleanup: Cleanup) -> Subject:
    return Subject("cleanup", str(cleanup.pk), cleanup.label)
