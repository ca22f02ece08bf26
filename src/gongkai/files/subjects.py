"""How files and their owners are named in the trail and for outgoing files: composed, never by the
names they came with."""

from __future__ import annotations

from gongkai.files import registry
from gongkai.files.models import StoredFile
from gongkai.files.registry import Owner
from gongkai.trail.actors import Subject
from screening.names import composed_name
from screening.passages import Carrier

# What a browser is told; where the kind could act inside it, it is told nothing but bytes.
_MEDIA_TYPES = {
    Carrier.PDF: "application/pdf",
    Carrier.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Carrier.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Carrier.ODS: "application/vnd.oasis.opendocument.spreadsheet",
    Carrier.OFD: "application/ofd",
    Carrier.PNG: "image/png",
    Carrier.JPEG: "image/jpeg",
    Carrier.TIFF: "image/tiff",
    Carrier.TEXT: "text/plain",
    Carrier.CSV: "text/csv",
    Carrier.ZIP: "application/zip",
    Carrier.DOC: "application/msword",
    Carrier.XLS: "application/vnd.ms-excel",
}


def subject_of(file: StoredFile) -> Subject:
    """A file as the trail names it."""
    return Subject("file", str(file.id), str(file))


def owner_subject(owner: Owner) -> Subject:
    """An owner as the trail names it: its outgoing stem, or its kind and id."""
    kind = registry.owner_kind(owner.kind)
    label = registry.stem(owner) or f"{kind.label if kind else owner.kind} {owner.id}"
    return Subject(owner.kind, owner.id, label)


def outgoing_name(file: StoredFile) -> str:
    """The name under which a file leaves: the owner's stem and the file's number."""
    stem = registry.stem(file.owner) or "附件"
    return composed_name(stem, file.number, Carrier(file.carrier))


def media_type(file: StoredFile) -> str:
    """The Content-Type, from the table of carriers alone."""
    return _MEDIA_TYPES.get(Carrier(file.carrier), "application/octet-stream")
