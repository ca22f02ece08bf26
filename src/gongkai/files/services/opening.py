"""A person opens what came in, or reads the name it came with: each time with a reason that the
trail keeps. Not the sending of what was made to go out, which needs none."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from gongkai.files import contents
from gongkai.files.errors import FileRefusedError
from gongkai.files.models import USABLE, State, StoredFile
from gongkai.files.reasons import checked_reason
from gongkai.files.services.intake import name_field
from gongkai.files.subjects import subject_of
from gongkai.trail.actors import Actor
from gongkai.trail.services import record
from gongkai.vault.services import reveal


@transaction.atomic
def open_original(file: StoredFile, *, by: Actor, at: datetime, reason: str) -> bytes:
    """The content as it came. The row of the trail is written first: where it cannot be, nothing
    is shown. FileRefusedError: no reason, or not usable."""
    why = checked_reason(reason)
    if file.state not in USABLE:
        raise FileRefusedError(f"{file}{State(file.state).label}，不能打开")
    record(
        "files.opened",
        by=by,
        at=at,
        subject=subject_of(file),
        agency_code=file.agency_code,
        facts={"reason": why, "sha256": file.sha256},
    )
    return contents.read(file)


def name_it_came_with(file: StoredFile, *, by: Actor, at: datetime, reason: str) -> str:
    """The uploader's name of the file, which often is a person's. Refusals are the vault's."""
    return reveal(
        file.owner_kind,
        file.owner_id,
        name_field(file.id),
        bytes(file.name),
        by=by,
        at=at,
        reason=reason,
    )
