"""What is made from a file: converted, stripped, blackened; and the drafts of a redaction.

The original stays as it came and is sealed once something is made from it. The work itself is done
by screening in a process of its own, outside of any transaction.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from gongkai.files import contents, inspection
from gongkai.files.errors import FileRefusedError, StaleDraftError
from gongkai.files.models import USABLE, RedactionDraft, Role, State, StoredFile
from gongkai.files.services.intake import order_screening, place
from gongkai.files.subjects import outgoing_name, subject_of
from gongkai.trail.actors import Actor
from gongkai.trail.services import record
from screening.passages import Carrier, UnfitFileError

_SOURCES = frozenset({Role.ORIGINAL, Role.CONVERTED})


@dataclass(frozen=True, slots=True)
class _Made:
    role: Role
    carrier: Carrier
    data: bytes
    report: Mapping[str, Any]
    event: str
    facts: Mapping[str, str]


def convert(file: StoredFile, *, by: Actor, at: datetime) -> StoredFile:
    """A DOC or XLS in the present format, where the machine has the program for it.
    FileRefusedError otherwise."""
    content = _content(file, frozenset({Role.ORIGINAL}))
    try:
        carrier, data = inspection.converted(content)
    except UnfitFileError as error:
        raise FileRefusedError(f"{file}不能转换：{error.reason}") from None
    made = _Made(Role.CONVERTED, carrier, data, {"from": file.carrier}, "files.converted", {})
    return _derive(file, made, by=by, at=at)


def strip(file: StoredFile, *, by: Actor, at: datetime) -> StoredFile:
    """The file without what it hides; the original is sealed. FileRefusedError where stripping
    cannot promise that nothing is left."""
    content = _content(file, _SOURCES)
    try:
        stripped = inspection.stripped(content)
    except UnfitFileError as error:
        raise FileRefusedError(f"{file}不能清理：{error.reason}") from None
    removed = [
        {"layer": one.layer.value, "label": one.layer.label, "count": one.count}
        for one in stripped.removed
    ]
    words = "、".join(f"{one.layer.label}{one.count}处" for one in stripped.removed)
    facts = {"removed": f"去除{words}" if words else "没有要去除的内容"}
    report = {"removed": removed}
    made = _Made(Role.STRIPPED, stripped.carrier, stripped.data, report, "files.stripped", facts)
    return _derive(file, made, by=by, at=at)


def redact(
    file: StoredFile, instructions: Mapping[str, Any], *, by: Actor, at: datetime
) -> StoredFile:
    """The PDF with the marked boxes burnt in, proved to hold nothing under them.

    FileRefusedError: not a PDF, no marks, or the proof fails; then nothing is kept.
    """
    content = _content(file, _SOURCES | {Role.STRIPPED})
    if file.carrier != Carrier.PDF:
        raise FileRefusedError("只有 PDF 才能遮盖，其他格式请先转成 PDF")
    try:
        redacted = inspection.redacted(content, instructions)
    except UnfitFileError as error:
        raise FileRefusedError(f"{file}不能遮盖：{error.reason}") from None
    report = {"instructions": redacted.instructions, "proof": redacted.proof}
    facts = {"places": str(redacted.places)}
    made = _Made(Role.REDACTED, Carrier.PDF, redacted.data, report, "files.redacted", facts)
    return _derive(file, made, by=by, at=at)


@transaction.atomic
def save_draft(
    file: StoredFile, instructions: Mapping[str, Any], *, version: int, by: Actor, at: datetime
) -> RedactionDraft:
    """Saves the boxes over the version that the writer has seen (0 = none yet).

    StaleDraftError where another is there by now; FileRefusedError for what is no redaction, or
    for a file that cannot be blackened.
    """
    if file.carrier != Carrier.PDF or file.state not in USABLE:
        raise FileRefusedError(f"{file}不能遮盖")
    try:
        normal = inspection.normal_instructions(instructions)
    except UnfitFileError as error:
        raise FileRefusedError(error.reason) from None
    values = {"saved_at": at, "saved_by": by.id, "saved_by_name": by.name}
    if version == 0:
        return _first_draft(file, normal, values)
    changed = RedactionDraft.objects.filter(file=file, version=version).update(
        version=version + 1, instructions=normal, **values
    )
    if changed != 1:
        raise StaleDraftError(_version(file))
    return RedactionDraft.objects.get(file=file)


@transaction.atomic
def seal_original(file: StoredFile, *, by: Actor, at: datetime) -> StoredFile:
    """Seals a file from which something was made; one that is sealed already is left alone."""
    file = StoredFile.objects.select_for_update().get(pk=file.pk)
    if file.role not in _SOURCES or file.state != State.READY:
        return file
    file.state = State.SEALED
    file.save(update_fields=["state"])
    record("files.sealed", by=by, at=at, subject=subject_of(file), agency_code=file.agency_code)
    return file


def _first_draft(
    file: StoredFile, instructions: Mapping[str, Any], values: Mapping[str, Any]
) -> RedactionDraft:
    try:
        with transaction.atomic():
            return RedactionDraft.objects.create(
                file=file, version=1, instructions=instructions, **values
            )
    except IntegrityError:
        raise StaleDraftError(_version(file)) from None


def _version(file: StoredFile) -> int:
    row = RedactionDraft.objects.filter(file=file).first()
    return 0 if row is None else row.version


def _content(file: StoredFile, roles: frozenset[Role]) -> bytes:
    file.refresh_from_db()
    if file.state not in USABLE:
        raise FileRefusedError(f"{file}{State(file.state).label}，不能处理")
    if file.role not in roles:
        raise FileRefusedError(f"{file}不能再作这一处理")
    return contents.read(file)


def _derive(source: StoredFile, made: _Made, *, by: Actor, at: datetime) -> StoredFile:
    file = StoredFile(
        owner_kind=source.owner_kind,
        owner_id=source.owner_id,
        agency_code=source.agency_code,
        number=source.number,
        role=made.role,
        state=State.READY,
        parent=source,
        original_id=source.beginning,
        report=made.report,
        taken_at=at,
        taken_by=by.id,
        taken_by_name=by.name,
    )
    file.carrier = made.carrier
    place(file, made.data, made.carrier, outgoing_name(file))
    return _entered(source, file, made, by=by, at=at)


@transaction.atomic
def _entered(
    source: StoredFile, file: StoredFile, made: _Made, *, by: Actor, at: datetime
) -> StoredFile:
    file.save(force_insert=True)
    hashes = {"of": str(source), "sha256": file.sha256, "from_sha256": source.sha256}
    record(
        made.event,
        by=by,
        at=at,
        subject=subject_of(file),
        agency_code=file.agency_code,
        facts={**hashes, **made.facts},
    )
    seal_original(source, by=by, at=at)
    order_screening(file, at=at)
    return file
