"""Files of a draft: taken in, cleaned, settled as what will go out, taken off again.

The slow parts (unpacking, searching, cleaning) run before the transaction that writes the version.
A file on the disk that no version names goes nowhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from gongkai.disclosure import policies
from gongkai.disclosure.attachments import (
    attachments_of,
    best_outgoing,
    outgoing_files,
    owner_of,
)
from gongkai.disclosure.errors import DisclosureError
from gongkai.disclosure.models import Record, Version
from gongkai.disclosure.services.entitlement import (
    authorise,
    locked,
    moved,
    note_author,
    subject_of,
)
from gongkai.files import inspection, services
from gongkai.files.errors import FileRefusedError
from gongkai.files.models import USABLE, Role, StoredFile
from gongkai.files.queries import standings, was_looked_through
from gongkai.files.services.intake import Readable
from gongkai.files.subjects import media_type
from gongkai.trail.actors import Actor
from gongkai.trail.services import record as leave_trace
from screening.names import shown_name, suffixed_name
from screening.passages import Carrier

MOST = 50  # files of one version
Entry = dict[str, Any]


def attach(
    version: Version, stream: Readable, *, name: str, revision: int, by: Actor, at: datetime
) -> StoredFile:
    """Takes a file in for a draft, looks through it and cleans it. Where nothing was found the
    cleaned file is settled at once; else the drafter is told the places and settles it after a
    look. DisclosureError with the reason where it is not taken in, StaleError."""
    with transaction.atomic():
        record, version = _draft(version, revision, by=by, at=at)
        if len(version.files) >= MOST:
            raise DisclosureError(f"附件至多{MOST}个", field="files")
    try:
        original = services.take_in(
            stream,
            name=name,
            owner=owner_of(record),
            agency_code=record.agency.code,
            by=by,
            at=at,
        )
    except FileRefusedError as refusal:
        raise DisclosureError(f"“{shown_name(name)}”{refusal}", field="files") from None
    remark = prepare(original, by=by, at=at)
    return _attached(version, original, name, remark, revision=revision, by=by, at=at)


@transaction.atomic
def detach(version: Version, file_id: object, *, revision: int, by: Actor, at: datetime) -> Version:
    """Takes a file off a draft; it stays in the archive of the record. `file_id` is that of the
    original or of what was made from it."""
    record, version = _draft(version, revision, by=by, at=at)
    gone = [one for one in version.files if str(file_id) in (one.get("original"), one.get("file"))]
    if not gone:
        raise DisclosureError("这一稿没有这个附件，请刷新后再看", field="files")
    kept = [one for one in version.files if one not in gone]
    _write(record, version, kept, by=by, at=at)
    _told("disclosure.detached", version, gone, by=by, at=at)
    return version


def settle_attachments(version: Version, *, revision: int, by: Actor, at: datetime) -> Version:
    """Takes the newest cleaned or blackened file of each attachment as what will go out, after
    making and looking through it where that was not done. What is still found in it is for
    `submission_faults`."""
    with transaction.atomic():
        _, version = _draft(version, revision, by=by, at=at)
    remarks = {
        one.original.pk: prepare(one.original, by=by, at=at) for one in attachments_of(version)
    }
    return _settled(version, remarks, revision=revision, by=by, at=at)


def look_again(version: Version, *, by: Actor, at: datetime) -> None:
    """Looks once more through files that go out, where the word lists have changed since: slow, and
    before the transaction that publishes. What cannot be looked through is left to the gate."""
    for file in outgoing_files(version):
        try:
            _look(file, by=by, at=at)
        except FileRefusedError:
            return


def prepare(original: StoredFile, *, by: Actor, at: datetime) -> str:
    """Looks through an original, makes the file that may go out where there is none yet, and looks
    through that; why it could not, or ""."""
    original.refresh_from_db()
    if original.state not in USABLE:
        return ""
    try:
        _look(original, by=by, at=at)
        made = list(StoredFile.objects.filter(original=original))
        outgoing = best_outgoing(made) or _cleaned(original, made, by=by, at=at)
        _look(outgoing, by=by, at=at)
    except FileRefusedError as refusal:
        return str(refusal).removeprefix(str(original))
    return ""


def _cleaned(
    original: StoredFile, made: Iterable[StoredFile], *, by: Actor, at: datetime
) -> StoredFile:
    source = next((one for one in made if one.role == Role.CONVERTED), original)
    if Carrier(source.carrier) in inspection.OLD:
        source = services.convert(original, by=by, at=at)
    return services.strip(source, by=by, at=at)


def _look(file: StoredFile, *, by: Actor, at: datetime) -> None:
    """A look through the file with the lists in force, unless there was one."""
    if not was_looked_through(file, inspection.lists_version()):
        services.screen(file, by=by, at=at)


@transaction.atomic
def _attached(
    version: Version, original: StoredFile, name: str, remark: str, *, revision: int, by: Actor,
    at: datetime,
) -> StoredFile:  # fmt: skip
    record, version = _draft(version, revision, by=by, at=at)
    if any(one.get("original") == str(original.pk) for one in version.files):
        raise DisclosureError(f"“{shown_name(name)}”已经附上，内容一样", field="files")
    (standing,) = standings([original], original.owner)
    clean = standing.screening is not None and not any(one.open for one in standing.findings)
    entry = entry_of(original, shown_name(name), remark, settle=clean)
    _write(record, version, [*version.files, entry], by=by, at=at)
    _told("disclosure.attached", version, [entry], by=by, at=at)
    return original


@transaction.atomic
def _settled(
    version: Version, remarks: dict[Any, str], *, revision: int, by: Actor, at: datetime
) -> Version:
    record, version = _draft(version, revision, by=by, at=at)
    originals = {str(pk): one for pk, one in StoredFile.objects.in_bulk(list(remarks)).items()}
    entries = [
        entry_of(original, str(one["name"]), remarks[original.pk], settle=True)
        if (original := originals.get(str(one.get("original")))) is not None
        else one
        for one in version.files
    ]
    changed = [one for one in entries if one not in version.files]
    if changed:
        _write(record, version, entries, by=by, at=at)
        _told("disclosure.attachments_settled", version, changed, by=by, at=at)
    return version


def entry_of(original: StoredFile, name: str, remark: str, *, settle: bool) -> Entry:
    """A file as `Version.files` names it; without the file that goes out as long as it is not
    settled."""
    outgoing = best_outgoing(StoredFile.objects.filter(original=original)) if settle else None
    shown = outgoing or original
    entry: Entry = {
        "file": str(outgoing.pk) if outgoing else "",
        "original": str(original.pk),
        "sha256": outgoing.sha256 if outgoing else "",
        "name": suffixed_name(name, Carrier(shown.carrier)),
        "size": shown.size,
        "media_type": media_type(shown),
    }
    return entry if outgoing or not remark else {**entry, "remark": remark}


def _draft(version: Version, revision: int, *, by: Actor, at: datetime) -> tuple[Record, Version]:
    """Record and version, locked, of a draft that this person may change."""
    record = locked(version.record, revision=revision)
    version = Version.objects.select_for_update().get(pk=version.pk)
    authorise(by, policies.DRAFT, record, at=at)
    if version.submitted_at is not None:
        raise DisclosureError("已经送审，附件不能再改；退回以后可以起草新的一稿", field="files")
    version.record = record
    return record, version


def _write(
    record: Record, version: Version, entries: Sequence[Entry], *, by: Actor, at: datetime
) -> None:
    """Whoever put a file there, cleaned or blackened it wrote in the record: he reviews none."""
    version.files = list(entries)
    version.save(update_fields=["files"])
    note_author(record, by.id, by.name, at=at)
    ids = [one for entry in entries for key in ("original", "file") if (one := entry.get(key))]
    for file in StoredFile.objects.filter(pk__in=ids):
        if file.taken_by.isdecimal():
            note_author(record, file.taken_by, file.taken_by_name, at=at)
    moved(record)


def _told(
    event: str, version: Version, entries: Sequence[Entry], *, by: Actor, at: datetime
) -> None:
    """By hash: a name that a file came with may be a person's."""
    hashes = "、".join(str(one["sha256"] or "待采用清理件") for one in entries)
    leave_trace(
        event,
        by=by,
        at=at,
        subject=subject_of(version),
        agency_code=version.record.agency.code,
        facts={"number": str(version.number), "count": str(len(entries)), "files": hashes},
    )
