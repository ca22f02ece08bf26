"""The one gate: no file leaves the house by web, mail or print but through `release`.

It fails closed: every guard has to say yes of every file, what cannot be read or opened is a no,
and one no keeps the whole set back. Who may release for an owner is judged by the owner's verbs,
which call this one in their own transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from gongkai.files import contents, inspection
from gongkai.files.errors import FileRefusedError, MissingContentError, ReleaseRefusedError
from gongkai.files.models import (
    OUTGOING,
    Channel,
    RedactionDraft,
    Release,
    ReleasedItem,
    Role,
    State,
    StoredFile,
)
from gongkai.files.queries import Standing, standings
from gongkai.files.reasons import recordable
from gongkai.files.registry import Owner, owner_kind
from gongkai.files.subjects import media_type, outgoing_name, owner_subject
from gongkai.trail.actors import Actor
from gongkai.trail.services import record
from gongkai.vault.errors import DamagedValueError, KeyDestroyedError, MasterKeyError
from screening.findings.finding import Severity


@dataclass(frozen=True, slots=True)
class ReleasedFile:
    """A file as it goes out: the name composed by the system, the bytes that were checked."""

    file: StoredFile
    name: str
    media_type: str
    sha256: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file before the gate: where it stands in the database, its bytes from the disk, and what
    else was made from the same original."""

    file: StoredFile
    subject: Owner
    standing: Standing
    content: bytes
    siblings: tuple[StoredFile, ...]
    draft: RedactionDraft | None
    lists_version: str


Guard = Callable[[Candidate], str]


def release(
    files: Sequence[StoredFile], *, to: Channel, by: Actor, at: datetime, subject: Owner
) -> tuple[ReleasedFile, ...]:
    """Lets a set of files out for their owner, logs it with all hashes, and gives the bytes.

    ReleaseRefusedError lists every reason of every file; that too is noted in the trail (unless the
    caller's own transaction is undone by it).
    """
    try:
        return _released(files, to=Channel(to), by=by, at=at, subject=subject)
    except ReleaseRefusedError as refusal:
        _note_refusal(refusal, to=Channel(to), by=by, at=at, subject=subject, files=files)
        raise


def is_whole(candidate: Candidate) -> str:
    """The bytes on the disk are those that were hashed when they were stored."""
    same = contents.digest(candidate.content) == candidate.file.sha256
    return "" if same else "磁盘上的内容与登记的摘要不符"


def belongs(candidate: Candidate) -> str:
    """It is a file of this owner and of no other."""
    return "" if candidate.file.owner == candidate.subject else "不属于本事项"


def was_made_to_go_out(candidate: Candidate) -> str:
    """Never an original, nor what was only converted."""
    role = Role(candidate.file.role)
    return "" if role in OUTGOING else f"是{role.label}，须先清理或者遮盖"


def is_free(candidate: Candidate) -> str:
    """Neither it nor what it comes from waits for the scanner or is infected."""
    family = (candidate.file, candidate.file.original)
    states = {State(one.state) for one in family if one is not None}
    held = states & {State.QUARANTINED, State.INFECTED}
    return f"处于“{min(held).label}”状态" if held else ""


def was_screened(candidate: Candidate) -> str:
    """Looked through as it is now, with the word lists in force."""
    look = candidate.standing.screening
    if look is None:
        return "没有检查过"
    if look.failure:
        return f"检查未得出结果：{look.failure}"
    if look.sha256 != candidate.file.sha256:
        return "检查之后内容有变动，须重新检查"
    current = look.lists_version == candidate.lists_version
    return "" if current else "检查之后词表已经更新，须重新检查"


def nothing_must_be_done(candidate: Candidate) -> str:
    """No finding is open that must be dealt with."""
    count = candidate.standing.open_count(Severity.MUST)
    return f"还有{count}处必须处理的发现" if count else ""


def everything_is_answered(candidate: Candidate) -> str:
    """No finding, and no part that could not be searched, is left unanswered."""
    count = candidate.standing.open_count(Severity.ANSWER)
    return f"还有{count}处要答复的发现" if count else ""


def is_blackest(candidate: Candidate) -> str:
    """Where something was blackened, nothing goes out that was not."""
    blackened = any(one.role == Role.REDACTED for one in candidate.siblings)
    stripped_only = candidate.file.role != Role.REDACTED
    return "同一原件已有遮盖件，不能发出未遮盖的" if blackened and stripped_only else ""


def is_latest(candidate: Candidate) -> str:
    """Nothing newer was made of the same kind."""
    newer = [
        one
        for one in candidate.siblings
        if one.role == candidate.file.role and one.taken_at > candidate.file.taken_at
    ]
    return "同一原件另有更新的清理件或者遮盖件" if newer else ""


def follows_the_draft(candidate: Candidate) -> str:
    """Every box that somebody drew is burnt in: the boxes of the file are those last saved."""
    draft, file = candidate.draft, candidate.file
    if draft is None:
        return ""
    if file.role == Role.REDACTED:
        same = file.report.get("instructions") == draft.instructions
        return "" if same else "遮盖件与最后保存的遮盖方案不符，须重新生成"
    drawn = inspection.marks_in(draft.instructions)
    return f"遮盖方案中有{drawn}处，还没有生成遮盖件" if drawn else ""


GUARDS: tuple[Guard, ...] = (
    belongs,
    was_made_to_go_out,
    is_free,
    is_whole,
    was_screened,
    nothing_must_be_done,
    everything_is_answered,
    is_blackest,
    is_latest,
    follows_the_draft,
)


@transaction.atomic
def _released(
    files: Sequence[StoredFile], *, to: Channel, by: Actor, at: datetime, subject: Owner
) -> tuple[ReleasedFile, ...]:
    reasons = _reasons_against_the_set(files, subject)
    passed: list[ReleasedFile] = []
    version = _lists_version()
    for asked in files:
        file = StoredFile.objects.select_for_update().filter(pk=asked.pk).first()
        if file is None:
            reasons.append("有文件不在系统中")
            continue
        try:
            candidate = _candidate(file, subject, version)
        except (MissingContentError, DamagedValueError, KeyDestroyedError, MasterKeyError) as error:
            reasons.append(f"{file}：{error}")
            continue
        against = [reason for guard in GUARDS if (reason := guard(candidate))]
        reasons += [f"{file}：{reason}" for reason in against]
        passed.append(_as_released(file, candidate.content))
    if reasons:
        raise ReleaseRefusedError(dict.fromkeys(reasons))
    _log(passed, to=to, by=by, at=at, subject=subject)
    return tuple(passed)


def _lists_version() -> str:
    try:
        return inspection.lists_version()
    except FileRefusedError as error:
        raise ReleaseRefusedError([str(error)]) from None


def _reasons_against_the_set(files: Sequence[StoredFile], subject: Owner) -> list[str]:
    reasons = [] if files else ["没有要发出的文件"]
    if len({file.pk for file in files}) != len(files):
        reasons.append("同一文件列了两次")
    if owner_kind(subject.kind) is None:
        reasons.append("事项的种类没有登记")
    return reasons


def _candidate(file: StoredFile, subject: Owner, lists_version: str) -> Candidate:
    (standing,) = standings([file], file.owner)
    family = StoredFile.objects.filter(original=file.original)
    siblings = family.exclude(pk=file.pk) if file.original_id else family.none()
    drafts = RedactionDraft.objects.filter(file__in=[file.beginning, *family])
    return Candidate(
        file=file,
        subject=subject,
        standing=standing,
        content=contents.read(file),
        siblings=tuple(siblings),
        draft=drafts.order_by("saved_at").last(),
        lists_version=lists_version,
    )


def _as_released(file: StoredFile, content: bytes) -> ReleasedFile:
    name = outgoing_name(file)
    return ReleasedFile(file, name, media_type(file), contents.digest(content), content)


def _log(
    passed: Sequence[ReleasedFile], *, to: Channel, by: Actor, at: datetime, subject: Owner
) -> None:
    agency_code = passed[0].file.agency_code
    row = Release.objects.create(
        channel=to,
        subject_kind=subject.kind,
        subject_id=subject.id,
        agency_code=agency_code,
        at=at,
        by=by.id,
        by_name=by.name,
    )
    for one in passed:
        ReleasedItem.objects.create(
            release=row,
            file=one.file,
            sha256=one.sha256,
            original_sha256=one.file.original.sha256 if one.file.original else "",
            name=one.name,
        )
    listed = "、".join(f"{one.name}（摘要{one.sha256}）" for one in passed)
    facts = {"count": str(len(passed)), "channel": to.label, "files": listed}
    record(
        "files.released",
        by=by,
        at=at,
        subject=owner_subject(subject),
        agency_code=agency_code,
        facts={**facts, "release": str(row.id)},
    )


@transaction.atomic
def _note_refusal(
    refusal: ReleaseRefusedError,
    *,
    to: Channel,
    by: Actor,
    at: datetime,
    subject: Owner,
    files: Sequence[StoredFile],
) -> None:
    record(
        "files.release_refused",
        by=by,
        at=at,
        subject=owner_subject(subject),
        agency_code=files[0].agency_code if files else by.agency_code,
        facts={"channel": to.label, "reasons": recordable("；".join(refusal.reasons))},
    )
