"""Looking through a file, keeping what was found, deciding about it.

What blocks a release is judged in queries.findings_of; a decision stands as long as the words are
the same, since its key is a digest of them.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from gongkai.files import contents, inspection
from gongkai.files.errors import FileRefusedError
from gongkai.files.findings import Examined, Found, as_line
from gongkai.files.models import USABLE, FindingDecision, Screening, State, StoredFile, Verdict
from gongkai.files.queries import findings_field, findings_of
from gongkai.files.reasons import checked_reason, recordable
from gongkai.files.sealing import box_of
from gongkai.files.subjects import subject_of
from gongkai.trail.actors import Actor, ActorKind
from gongkai.trail.services import record
from screening.findings.finding import Severity
from screening.passages import UnfitFileError


def screen(file: StoredFile, *, by: Actor, at: datetime) -> Screening:
    """Looks through a file now and keeps the result. FileRefusedError for one in quarantine."""
    return keep(file, examine(file, at=at), by=by, at=at)


def examine(file: StoredFile, *, at: datetime) -> Examined:
    """The slow half: reads, unpacks in a process of its own, searches; writes nothing."""
    if file.state not in USABLE:
        raise FileRefusedError(f"{file}{State(file.state).label}，不能检查")
    version = inspection.lists_version()
    try:
        found = inspection.searched(
            contents.read(file), key=box_of(file.owner).fingerprint_key(), at=at
        )
    except UnfitFileError as error:
        return Examined(file.sha256, version, failure=recordable(error.reason))
    return Examined(file.sha256, version, found)


@transaction.atomic
def keep(file: StoredFile, examined: Examined, *, by: Actor, at: datetime) -> Screening:
    """Keeps a look as a row and tells the trail."""
    field = findings_field(file.id, examined.lists_version)
    line = box_of(file.owner).shut(field, as_line(examined.found))
    row = Screening.objects.create(
        file=file,
        sha256=examined.sha256,
        lists_version=examined.lists_version,
        findings=line,
        must=examined.count(Severity.MUST),
        answer=examined.count(Severity.ANSWER),
        hint=examined.count(Severity.HINT),
        not_covered=examined.not_covered,
        failure=examined.failure,
        at=at,
        by=by.id,
        by_name=by.name,
    )
    counts = {name: str(getattr(row, name)) for name in ("must", "answer", "hint", "not_covered")}
    record(
        "files.screening_failed" if row.failure else "files.screened",
        by=by,
        at=at,
        subject=subject_of(file),
        agency_code=file.agency_code,
        facts={"reason": row.failure} if row.failure else counts,
    )
    return row


@transaction.atomic
def decide(
    file: StoredFile, key: str, *, verdict: Verdict, reason: str, by: Actor, at: datetime
) -> FindingDecision:
    """Decides about a finding of the last look, with a reason.

    FIXED is a note: the finding counts again as long as it is found. JUSTIFIED lets it stand; where
    it must be dealt with, only a second person may, not the one who took the file in (nor the
    system). FileRefusedError.
    """
    why = checked_reason(reason)
    found = next((one.found for one in findings_of(file) if one.found.key == key), None)
    if found is None:
        raise FileRefusedError("最近一次检查中没有这一处发现，请刷新后再处理")
    _check_person(file, found, verdict, by)
    row = FindingDecision.objects.create(
        original_id=file.beginning,
        file=file,
        key=key,
        verdict=verdict,
        reason=why,
        at=at,
        by=by.id,
        by_name=by.name,
    )
    record(
        "files.decided",
        by=by,
        at=at,
        subject=subject_of(file),
        agency_code=file.agency_code,
        facts={"verdict": Verdict(verdict).label, "reason": why, "key": key, "kind": found.kind},
    )
    return row


def _check_person(file: StoredFile, found: Found, verdict: Verdict, by: Actor) -> None:
    if by.kind is not ActorKind.USER:
        raise FileRefusedError("对发现的处理须由工作人员作出")
    if verdict is Verdict.JUSTIFIED and not found.answerable:
        raise FileRefusedError("密级标记不能以说明理由保留，须先经保密审查、去除标记")
    if (
        verdict is Verdict.JUSTIFIED
        and found.severity is Severity.MUST
        and (by.id == (file.original or file).taken_by)
    ):
        raise FileRefusedError("必须处理的发现要保留的，须由上传人以外的第二人决定并写明理由")
