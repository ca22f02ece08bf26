"""Taking a file in, and letting it out of quarantine; nothing is judged here of what it says.

Limits come before reading, recognition before storing, the disk before the row. The slow parts run
outside of any transaction of ours, so that nobody waits for them.
"""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Protocol

from django.db import transaction
from django.db.models import Max

from gongkai.files import clamd, contents, inspection
from gongkai.files.errors import FileRefusedError, ScannerDownError
from gongkai.files.models import Role, State, StoredFile
from gongkai.files.reasons import recordable
from gongkai.files.registry import Owner, owner_kind
from gongkai.files.subjects import owner_subject, subject_of
from gongkai.jobs.services import enqueue
from gongkai.trail.actors import Actor
from gongkai.trail.services import record
from gongkai.vault.models import DataKey
from gongkai.vault.services import seal
from screening.limits import MAX_FILE_BYTES
from screening.names import shown_name
from screening.passages import Carrier, UnfitFileError

_PIECE = 1 << 20


class Readable(Protocol):
    """What an upload gives: bytes, piece by piece."""

    def read(self, size: int, /) -> bytes:
        """The next piece, b"" at the end."""


def take_in(
    stream: Readable, *, name: str, owner: Owner, agency_code: str, by: Actor, at: datetime
) -> StoredFile:
    """Takes a file in for an owner; the same content again gives the file that is there.

    It is READY, or QUARANTINED while the scanner is down. FileRefusedError, also noted in the
    trail: too long, not a kind that is read, damaged, infected.
    """
    if owner_kind(owner.kind) is None:
        raise FileRefusedError("文件的归属种类没有登记")
    try:
        content = read_within(stream, MAX_FILE_BYTES)
        carrier = _readable(inspection.carrier_of(content))
        state, remark = _scanned(content)
    except (UnfitFileError, _InfectedError) as refusal:
        _note_refusal(refusal.reason, owner, agency_code, by=by, at=at)
        raise FileRefusedError(f"未予收存：{refusal.reason}") from None
    known = StoredFile.objects.of(owner).originals().filter(sha256=contents.digest(content)).first()
    if known is not None:
        return known
    file = StoredFile(
        owner_kind=owner.kind,
        owner_id=owner.id,
        agency_code=agency_code,
        role=Role.ORIGINAL,
        state=state,
        remark=remark,
        taken_at=at,
        taken_by=by.id,
        taken_by_name=by.name,
    )
    place(file, content, carrier, name)
    return _entered(file, by=by, at=at)


def place(file: StoredFile, content: bytes, carrier: Carrier, name: str) -> None:
    """Seals name and content and puts the content on the disk; the row is not written yet."""
    file.name = seal(file.owner_kind, file.owner_id, name_field(file.id), shown_name(name))
    file.carrier, file.size = carrier, len(content)
    file.sha256 = contents.digest(content)
    file.stored_as = contents.store(file.owner, file.id, content)


def name_field(file_id: uuid.UUID) -> str:
    """What the sealed name of a file is bound to."""
    return f"文件名（{file_id}）"


def read_within(stream: Readable, most: int) -> bytes:
    """All bytes of a stream, and never more than `most` of them in memory. UnfitFileError."""
    pieces: list[bytes] = []
    size = 0
    while piece := stream.read(_PIECE):
        size += len(piece)
        if size > most:
            raise UnfitFileError(f"文件过大，超过 {most // 1_000_000} MB 的上限")
        pieces.append(piece)
    if not size:
        raise UnfitFileError("文件是空的")
    return b"".join(pieces)


def scan(file: StoredFile) -> str:
    """What the scanner says of a file in quarantine: the name of a virus, or "". Slow.

    ScannerDownError, and whatever reading the content may raise.
    """
    if not clamd.configured():
        raise ScannerDownError("没有配置查毒程序，隔离的文件不能放行")
    return clamd.infection(contents.read(file))


@transaction.atomic
def settle(file: StoredFile, virus: str, *, by: Actor, at: datetime) -> StoredFile:
    """Ends a quarantine by the scanner's word; a file that is in none is left alone."""
    file = StoredFile.objects.select_for_update().get(pk=file.pk)
    if file.state != State.QUARANTINED:
        return file
    file.state = State.INFECTED if virus else State.READY
    file.remark = f"查出{recordable(virus)}" if virus else ""
    file.save(update_fields=["state", "remark"])
    facts = {"virus": recordable(virus)} if virus else {}
    event = "files.infected" if virus else "files.cleared"
    _record(event, file, facts, by=by, at=at)
    if not virus:
        order_screening(file, at=at)
    return file


def order_screening(file: StoredFile, *, at: datetime) -> None:
    """Has a file looked through in the background."""
    enqueue("files.screen", arguments={"file": str(file.id)}, at=at, unique_key=str(file.id))


class _InfectedError(Exception):
    def __init__(self, virus: str) -> None:
        super().__init__(virus)
        self.reason = f"查出恶意代码{recordable(virus)}"


def _readable(carrier: Carrier) -> Carrier:
    """UnfitFileError for an old format where there is nothing to convert it with."""
    if carrier in inspection.OLD and not inspection.can_convert():
        raise UnfitFileError(f"{carrier.label}无法读取，请另存为新格式后上传")
    return carrier


def _scanned(content: bytes) -> tuple[State, str]:
    """The state in which a file begins, and why."""
    if not clamd.configured():
        return State.READY, ""
    try:
        virus = clamd.infection(content)
    except ScannerDownError as error:
        return State.QUARANTINED, str(error)
    if virus:
        raise _InfectedError(virus)
    return State.READY, ""


@transaction.atomic
def _entered(file: StoredFile, *, by: Actor, at: datetime) -> StoredFile:
    # The row of the owner's key stands for the owner: two uploads at once get two numbers.
    DataKey.objects.select_for_update().get(kind=file.owner_kind, owner_id=file.owner_id)
    known = StoredFile.objects.of(file.owner).originals()
    if (twin := known.filter(sha256=file.sha256).first()) is not None:
        return twin
    file.number = 1 + (known.aggregate(last=Max("number"))["last"] or 0)
    file.save(force_insert=True)
    facts = {
        "carrier": Carrier(file.carrier).label,
        "size": str(file.size),
        "sha256": file.sha256,
        "stored_as": file.stored_as,
    }
    _record("files.taken_in", file, facts, by=by, at=at)
    if file.state == State.QUARANTINED:
        _record("files.quarantined", file, {"reason": file.remark}, by=by, at=at)
        enqueue("files.scan", arguments={"file": str(file.id)}, at=at, unique_key=str(file.id))
    else:
        order_screening(file, at=at)
    return file


@transaction.atomic
def _note_refusal(reason: str, owner: Owner, agency_code: str, *, by: Actor, at: datetime) -> None:
    record(
        "files.refused",
        by=by,
        at=at,
        subject=owner_subject(owner),
        agency_code=agency_code,
        facts={"reason": recordable(reason)},
    )


def _record(
    event: str, file: StoredFile, facts: dict[str, str], *, by: Actor, at: datetime
) -> None:
    record(event, by=by, at=at, subject=subject_of(file), agency_code=file.agency_code, facts=facts)
