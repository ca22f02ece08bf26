"""The files that go out with a version: where each stands, and what keeps it in the house.

`Version.files` names them, with the hash of what will go out, so that the hash reviewers pass binds
the bytes. What blocks here is what blocks at the gate (gongkai.files.services.releasing), said
earlier and with the place; the gate itself is asked when the record is published.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gongkai.accounts.standing import Standing
from gongkai.disclosure import policies
from gongkai.disclosure.models import Record, Version
from gongkai.disclosure.queries import affair_of
from gongkai.files import inspection
from gongkai.files.errors import FileRefusedError
from gongkai.files.models import RedactionDraft, Role, State, StoredFile
from gongkai.files.queries import Judged, standings
from gongkai.files.queries import Standing as FileStanding
from gongkai.files.registry import Owner, register_owner
from gongkai.files.services import releasing
from screening.findings.finding import Kind, Severity
from screening.passages import Carrier

RECORD = "record"
_SHOWN = 5  # findings named for one file; the others are counted
# The gate's questions that rows alone answer; whether the disk agrees is asked at the gate.
_GUARDS: tuple[releasing.Guard, ...] = (
    releasing.belongs,
    releasing.was_made_to_go_out,
    releasing.is_free,
    releasing.was_screened,
    releasing.is_blackest,
    releasing.is_latest,
    releasing.follows_the_draft,
)


@dataclass(frozen=True, slots=True)
class Attachment:
    """One file of a version. `outgoing` is what would go out now, None where nothing could be made;
    `settled` whether the version names it. `must`, `answer` count `open_findings`; `obstacles` are
    sentences that name file, place and what to do."""

    original: StoredFile
    outgoing: StoredFile | None
    name: str
    size: int
    kind: str
    settled: bool
    open_findings: tuple[Judged, ...]
    obstacles: tuple[str, ...]

    @property
    def must(self) -> int:
        """How many open findings must be dealt with."""
        return sum(one.found.severity is Severity.MUST for one in self.open_findings)

    @property
    def answer(self) -> int:
        """How many open findings must be answered."""
        return sum(one.found.severity is Severity.ANSWER for one in self.open_findings)

    @property
    def ready(self) -> bool:
        """Whether nothing keeps it in the house."""
        return not self.obstacles


def owner_of(record: Record) -> Owner:
    """A record as the owner of its files."""
    return Owner(RECORD, str(record.public_id))


def attachments_of(version: Version) -> tuple[Attachment, ...]:
    """The files of a version in their order; the same few queries for any number of them."""
    entries = [one for one in version.files if one.get("original")]
    if not entries:
        return ()
    family = _Family.of(version.record)
    found = []
    for entry in entries:
        original = family.files.get(_id(entry["original"]))
        if original is not None:
            found.append(_attachment(entry, original, family))
    return tuple(found)


def attachment_faults(version: Version) -> list[tuple[str, str]]:
    """What keeps the files of a version in the house: (field, sentence)."""
    return [("files", sentence) for one in attachments_of(version) for sentence in one.obstacles]


def missing_files(version: Version) -> list[tuple[str, str]]:
    """Whether the version names files that the record has not: (field, sentence)."""
    ids = {_id(one.get("original")) for one in version.files}
    there = StoredFile.objects.of(owner_of(version.record)).originals().filter(pk__in=ids).count()
    missing = bool(version.files) and there != len(version.files)
    return [("files", "有附件不在系统中，请删去以后重新上传")] if missing else []


def best_outgoing(files: Iterable[StoredFile]) -> StoredFile | None:
    """What may go out of all made from one original: the last blackened, else the last stripped."""
    made = [one for one in files if one.is_outgoing]
    return max(made, key=lambda one: (one.role == Role.REDACTED, one.taken_at), default=None)


def outgoing_files(version: Version) -> list[StoredFile]:
    """The files that a version names, in its order; what is not there is left out."""
    ids = [_id(one["file"]) for one in version.files if one.get("file")]
    found = StoredFile.objects.select_related("original").in_bulk(ids)
    return [found[one] for one in ids if one in found]


def register_records() -> None:
    """Makes records known as owners of files; called when the app starts."""
    register_owner(RECORD, label="政府信息", sees=_sees, changes=_changes, stem=_stem)


def _sees(who: Standing, public_id: str) -> bool:
    """Whoever sees the record."""
    record = _record(public_id)
    return record is not None and policies.SEE.allowed.test(who, affair_of(record))


def _changes(who: Standing, public_id: str) -> bool:
    """Whoever may draft it, as long as there is a draft: what is under review stays as it is."""
    record = _record(public_id)
    return (
        record is not None
        and policies.DRAFT.allowed.test(who, affair_of(record))
        and record.versions.filter(submitted_at__isnull=True).exists()
    )


def _stem(public_id: str) -> str:
    """Its number: never its title, which may name a person."""
    record = _record(public_id)
    return "" if record is None else record.index_no


def _record(public_id: str) -> Record | None:
    return Record.objects.filter(public_id=_id(public_id)).first()


def _id(text: object) -> uuid.UUID:
    try:
        return uuid.UUID(str(text))
    except ValueError:
        return uuid.UUID(int=0)


@dataclass(frozen=True, slots=True)
class _Family:
    """All files of a record with where they stand, asked for once."""

    owner: Owner
    files: Mapping[uuid.UUID, StoredFile]
    standings: Mapping[uuid.UUID, FileStanding]
    drafts: Sequence[RedactionDraft]
    lists_version: str
    lists_fault: str

    @classmethod
    def of(cls, record: Record) -> _Family:
        owner = owner_of(record)
        files = list(StoredFile.objects.of(owner).select_related("original"))
        drafts = RedactionDraft.objects.filter(file__in=files).order_by("saved_at")
        try:
            version, fault = inspection.lists_version(), ""
        except FileRefusedError as error:
            version, fault = "", str(error)
        return cls(
            owner=owner,
            files={one.pk: one for one in files},
            standings={one.file.pk: one for one in standings(files, owner)},
            drafts=list(drafts),
            lists_version=version,
            lists_fault=fault,
        )

    def made_from(self, original: StoredFile) -> list[StoredFile]:
        """Everything that was made from one original."""
        return [one for one in self.files.values() if one.original_id == original.pk]

    def open_in(self, file: StoredFile | None) -> tuple[Judged, ...]:
        """The open findings of a file, the gravest first."""
        if file is None:
            return ()
        found = [one for one in self.standings[file.pk].findings if one.open]
        return tuple(sorted(found, key=lambda one: one.found.severity is not Severity.MUST))

    def against(self, file: StoredFile) -> list[str]:
        """What the gate would say besides findings."""
        if self.lists_fault:
            return [self.lists_fault]
        kin = [one for one in self.files.values() if one.original_id == file.original_id]
        boxes = [
            one for one in self.drafts if one.file_id in {file.beginning, *(k.pk for k in kin)}
        ]
        candidate = releasing.Candidate(
            file=file,
            subject=self.owner,
            standing=self.standings[file.pk],
            content=b"",
            siblings=tuple(one for one in kin if one.pk != file.pk),
            draft=boxes[-1] if boxes else None,
            lists_version=self.lists_version,
        )
        return [reason for guard in _GUARDS if (reason := guard(candidate))]


def _attachment(entry: Mapping[str, Any], original: StoredFile, family: _Family) -> Attachment:
    named = family.files.get(_id(entry["file"])) if entry.get("file") else None
    settled = named is not None and named.sha256 == entry.get("sha256")
    outgoing = named if settled else best_outgoing(family.made_from(original))
    shown = outgoing or original
    if settled:
        findings = family.open_in(outgoing)
    else:
        findings = family.open_in(original) or family.open_in(outgoing)
    return Attachment(
        original=original,
        outgoing=outgoing,
        name=str(entry["name"]),
        size=shown.size,
        kind=Carrier(shown.carrier).label,
        settled=settled,
        open_findings=findings,
        obstacles=tuple(_obstacles(entry, original, outgoing, findings, family, settled=settled)),
    )


def _obstacles(
    entry: Mapping[str, Any],
    original: StoredFile,
    outgoing: StoredFile | None,
    findings: Sequence[Judged],
    family: _Family,
    *,
    settled: bool,
) -> Iterator[str]:
    name = f"附件“{entry['name']}”"
    state = State(original.state)
    if state is State.QUARANTINED:
        yield f"{name}正在等待查毒，查完以后请点“采用清理件”"
        return
    if state is State.INFECTED:
        yield f"{name}查出恶意代码，请删去"
        return
    left = {one.found.key for one in family.open_in(outgoing)}
    for one in findings[:_SHOWN]:
        gone = outgoing is not None and one.found.key not in left
        yield f"{name}{_what(one)}，{_to_do(one, outgoing, gone=gone)}"
    if len(findings) > _SHOWN:
        yield f"{name}另有{len(findings) - _SHOWN}处发现，请打开附件的检查结果逐处处理"
    if outgoing is None:
        why = str(entry.get("remark") or "")
        said = f"：{why}。请改好以后重新上传，或者换成 DOCX、XLSX、PDF" if why else ""
        yield f"{name}{said or '还没有清理件，请点“采用清理件”'}"
    elif not settled and not findings:
        yield f"{name}的清理件还没有采用，请点“采用清理件”"
    elif settled:
        yield from (f"{name}：{reason}，请点“采用清理件”" for reason in family.against(outgoing))


def _what(one: Judged) -> str:
    """Place and thing: 工作表“名单” C14（隐藏列）有居民身份证号码."""
    found = one.found
    kind = Kind(found.kind)
    said = found.says or kind.label
    return (
        f"{found.place}有{said}"
        if kind.personal and kind.label == said
        else f"{found.place}：{said}"
    )


def _to_do(one: Judged, outgoing: StoredFile | None, *, gone: bool) -> str:
    if gone:
        return "清理件里已经去掉，请核对后点“采用清理件”，或者改好以后重新上传"
    if not one.found.answerable:
        return "须先经保密审查、去除标记，再重新上传"
    if not one.found.covered:
        return "请由人查看，再写明看到了什么"
    if one.found.severity is Severity.ANSWER:
        return "请改好以后重新上传，或者说明保留的理由"
    pdf = outgoing is not None and outgoing.carrier == Carrier.PDF
    return "请遮盖，或者改好以后重新上传" if pdf else "请改好以后重新上传"
