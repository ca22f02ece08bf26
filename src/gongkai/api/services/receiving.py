"""What another system sends becomes a draft, through the same verbs as what a drafter writes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.files.base import File
from django.db import IntegrityError, transaction

from gongkai.accounts.queries import actor_for
from gongkai.api.errors import ApiError
from gongkai.api.models import Inbound, Token
from gongkai.disclosure.attachments import attachments_of
from gongkai.disclosure.errors import StaleError
from gongkai.disclosure.models import Record, Version
from gongkai.disclosure.queries import latest
from gongkai.disclosure.services import drafting
from gongkai.disclosure.services.attaching import attach
from gongkai.disclosure.services.entitlement import subject_of
from gongkai.trail.actors import Actor
from gongkai.trail.services import record as leave_trace

_TRIES = 5


def sender(token: Token) -> Actor:
    """The drafter in whose name a system sends: he answers for it, and is its author."""
    return actor_for(token.user, token.agency)


@transaction.atomic
def receive(
    token: Token, kind: str, content: Mapping[str, Any], *, external_no: str, at: datetime
) -> Version:
    """A new draft of the token's body. ApiError where the number is taken; DisclosureError."""
    by = sender(token)
    version = drafting.draft(token.agency, kind, content, by=by, at=at)
    inbound = Inbound(
        record=version.record,
        agency=token.agency,
        token=token,
        external_no=external_no,
        received_at=at,
    )
    try:
        with transaction.atomic():
            inbound.save(force_insert=True)
    except IntegrityError:
        raise _taken(token, external_no) from None
    leave_trace(
        "api.received",
        by=by,
        at=at,
        subject=subject_of(version),
        agency_code=token.agency.code,
        facts={"system": token.label, "prefix": token.prefix, "external_no": external_no},
    )
    return version


@transaction.atomic
def submit_if_complete(version: Version, *, by: Actor, at: datetime) -> Version:
    """Submits a draft that lacks nothing; one that lacks something stays a draft."""
    if drafting.submission_faults(version):
        return version
    return drafting.submit(version, revision=version.record.revision, by=by, at=at)


def take_file(
    inbound: Inbound, file: File[bytes], digest: str, *, name: str, by: Actor, at: datetime
) -> None:
    """Attaches a file to the draft; one with the same content (SHA-256 `digest`) is attached
    already and stays so.

    Adding a file overwrites nothing of anybody's: it asks for no revision, and is tried again where
    somebody saved in between. DisclosureError, also where there is no draft.
    """
    for left in reversed(range(_TRIES)):
        record = Record.objects.select_related("agency").get(pk=inbound.record_id)
        version = latest(record)
        version.record = record
        if any(one.original.sha256 == digest for one in attachments_of(version)):
            return
        file.seek(0)
        try:
            attach(version, file, name=name, revision=record.revision, by=by, at=at)
        except StaleError:
            if not left:
                raise
        else:
            return


def _taken(token: Token, external_no: str) -> ApiError:
    known = Inbound.objects.select_related("record").get(
        agency=token.agency, external_no=external_no
    )
    return ApiError(
        409,
        "external_no_taken",
        f"这个编号的文稿已经送来过，标识是{known.record.public_id}；要修改请改那一件",
        field="external_no",
        where="body",
    )
