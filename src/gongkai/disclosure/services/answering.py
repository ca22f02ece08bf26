"""What is done about findings in the words of a draft: a reason given, or the words masked."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from gongkai.disclosure import policies
from gongkai.disclosure.errors import DisclosureError
from gongkai.disclosure.masking import masked_words
from gongkai.disclosure.models import TextDecision, Version
from gongkai.disclosure.services.drafting import edit
from gongkai.disclosure.services.entitlement import authorise, locked, subject_of
from gongkai.disclosure.text_findings import TextFinding, searched, text_findings, words_of
from gongkai.files.errors import FileRefusedError
from gongkai.files.models import Verdict
from gongkai.files.reasons import checked_reason
from gongkai.trail.actors import Actor, ActorKind
from gongkai.trail.services import record as leave_trace
from screening.findings.finding import Severity


@transaction.atomic
def answer_finding(
    version: Version, finding_id: str, *, verdict: str, reason: str, by: Actor, at: datetime
) -> TextDecision:
    """Decides about one finding, with a reason.

    FIXED is a note: the finding counts again as long as it is found. JUSTIFIED lets it stand; what
    must be dealt with is let stand only by somebody who wrote nothing of the record, and a mark of
    secrecy by nobody (`secrecy_regulation#42`).
    """
    record = locked(version.record)
    version = Version.objects.select_for_update().get(pk=version.pk)
    version.record = record
    found = _found(version, finding_id)
    kept_by_second = verdict == Verdict.JUSTIFIED and found.severity is Severity.MUST
    authorise(by, policies.STAND_FOR if kept_by_second else policies.DRAFT, record, at=at)
    _check(version, found, verdict, by)
    decision = TextDecision(
        version=version,
        field=found.field,
        key=found.id,
        kind=found.kind,
        severity=found.severity,
        verdict=Verdict(verdict),
        reason=_reason(reason),
        at=at,
        by=by.id,
        by_name=by.name,
    )
    decision.save(force_insert=True)
    leave_trace(
        "disclosure.finding_answered",
        by=by,
        at=at,
        subject=subject_of(version),
        agency_code=record.agency.code,
        facts={
            "field": found.label,
            "kind": found.kind.label,
            "verdict": Verdict(verdict).label,
            "reason": decision.reason,
            "key": found.id,
        },
    )
    return decision


@transaction.atomic
def mask_finding(
    version: Version, finding_id: str, *, revision: int, by: Actor, at: datetime
) -> Version:
    """Writes the mask in the place of the words found, as an edit of the draft. DisclosureError
    where there is no mask for them, or their place cannot be told for sure."""
    version = Version.objects.select_for_update().get(pk=version.pk)
    found = _found(version, finding_id)
    text = words_of(version)[found.field]
    extraction, findings = searched(found.field, text, record=version.record)
    spans = next((one.spans for one in findings if one.key == found.id), ())
    masked = masked_words(text, extraction, spans, html=found.field == "body")
    if not found.maskable or masked is None:
        raise DisclosureError("这一处不能自动遮盖，请直接在文字里改", field=found.field)
    return edit(version, {found.field: masked}, revision=revision, by=by, at=at)


def _found(version: Version, finding_id: str) -> TextFinding:
    for one in text_findings(version):
        if one.id == finding_id:
            return one
    raise DisclosureError("文字已经改过，没有这一处发现了，请刷新后再看")


def _check(version: Version, found: TextFinding, verdict: str, by: Actor) -> None:
    if by.kind is not ActorKind.USER:
        raise DisclosureError("对发现的处理须由工作人员作出")
    if verdict not in Verdict.values:
        raise DisclosureError("没有这种处理", field="verdict")
    if version.submitted_at is not None:
        raise DisclosureError("已经送审，不能再处理；退回以后可以起草新的一稿")
    if verdict == Verdict.JUSTIFIED and not found.answerable:
        raise DisclosureError("密级标记不能以说明理由保留，须先经保密审查、去除标记")


def _reason(reason: str) -> str:
    try:
        return checked_reason(reason)
    except FileRefusedError as refusal:
        raise DisclosureError(str(refusal), field="reason") from None
