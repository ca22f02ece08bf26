"""The files of an imported list: taken in, cleaned and looked through like every attachment, before
the transaction that keeps their rows.

A run that was cut short finds them again: a row has the same address in every run.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from gongkai.agencies.models import Agency
from gongkai.disclosure.attachments import RECORD, attachment_faults, missing_files
from gongkai.disclosure.content import cleaned
from gongkai.disclosure.errors import DisclosureError
from gongkai.disclosure.imports.rows import ListedRow
from gongkai.disclosure.models import Record, Version
from gongkai.disclosure.services.attaching import Entry, entry_of, prepare
from gongkai.disclosure.text_findings import findings_in, words_of
from gongkai.files.errors import FileRefusedError
from gongkai.files.registry import Owner
from gongkai.files.services import take_in
from gongkai.trail.actors import Actor
from screening.findings.finding import Severity
from screening.names import shown_name
from statute.attributes import Attribute

FILES_WAIT = "附件不能收存、不能清理，或者有要处理的发现"
WORDS_WAIT = "文字中有必须处理的发现"


@dataclass(frozen=True, slots=True)
class Brought:
    """A row with the address it will have, its cleaned content, and its files as a version names
    them. `waits` says why it cannot pass with its batch, "" where it can."""

    row: ListedRow
    public_id: uuid.UUID
    content: Mapping[str, Any]
    files: tuple[Entry, ...]
    waits: str


def bring_files(
    agency: Agency, digest: str, rows: Sequence[ListedRow], *, by: Actor, at: datetime
) -> list[Brought]:
    """Takes in the files that these rows name, and looks through files and words. What cannot be
    taken in or cleaned is kept as an entry without a file: it never goes out."""
    return [_brought(agency, digest, row, by=by, at=at) for row in rows]


def _brought(agency: Agency, digest: str, row: ListedRow, *, by: Actor, at: datetime) -> Brought:
    public_id = uuid.uuid5(uuid.NAMESPACE_OID, f"{agency.code} {digest} {row.number}")
    owner = Owner(RECORD, str(public_id))
    files = tuple(_entry(path, owner, agency, by=by, at=at) for path in row.files)
    content = {**row.content, "body": cleaned(row.content.get("body", ""))}
    record = Record(agency=agency, kind=row.kind, public_id=public_id)
    waits = _what_waits(Version(record=record, number=1, files=list(files), **content))
    return Brought(row, public_id, content, files, waits)


def _what_waits(version: Version) -> str:
    """What screening found, in a row that is not kept yet, and must be dealt with first."""
    if version.attribute != Attribute.PROACTIVE.value:
        return FILES_WAIT if missing_files(version) else ""
    if missing_files(version) or attachment_faults(version):
        return FILES_WAIT
    found = findings_in(words_of(version))
    grave = any(one.open and one.severity is Severity.MUST for one in found)
    return WORDS_WAIT if grave else ""


def _entry(path: Path, owner: Owner, agency: Agency, *, by: Actor, at: datetime) -> Entry:
    name = shown_name(path.name)
    try:
        with path.open("rb") as stream:
            original = take_in(
                stream, name=path.name, owner=owner, agency_code=agency.code, by=by, at=at
            )
    except FileRefusedError as refusal:
        nothing = {"file": "", "original": "", "sha256": "", "media_type": ""}
        return {**nothing, "name": name, "size": path.stat().st_size, "remark": str(refusal)}
    except OSError as error:
        raise DisclosureError(
            f"附件“{name}”读不了（{error.strerror}）；已导入的部分保留，改正后再运行一次"
        ) from error
    remark = prepare(original, by=by, at=at)
    return entry_of(original, name, remark, settle=True)
