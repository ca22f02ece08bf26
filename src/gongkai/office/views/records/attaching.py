"""The files of a draft: put there, taken off, and settled as what goes out."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from gongkai.accounts.access import may, requires, standing
from gongkai.disclosure import policies
from gongkai.disclosure.attachments import attachments_of
from gongkai.disclosure.errors import DisclosureError
from gongkai.disclosure.models import Record
from gongkai.disclosure.queries import affair_of
from gongkai.disclosure.services.attaching import attach, detach, settle_attachments
from gongkai.office.verbs import now
from gongkai.office.views.records.subjects import affair, by_for, newest_of, trail_of
from gongkai.office.views.upkeep.scope import entitled, found_record


@require_safe
@requires(policies.SEE, of=affair)
def files(request: HttpRequest, *, pk: uuid.UUID) -> HttpResponse:
    """Each file, what keeps it in the house, and what to do about it."""
    record = found_record(pk)
    version = newest_of(record)
    found = attachments_of(version)
    draft = version.submitted_at is None
    context = {
        "record": record,
        "version": version,
        "attachments": found,
        "waiting": sum(not one.ready for one in found),
        "may_change": draft and may(policies.DRAFT, standing(request), affair_of(record)),
        "crumbs": trail_of(request, record, version.title, "附件"),
    }
    return render(request, "office/record_attachments.html", context)


@require_POST
@requires(policies.DRAFT, of=affair)
def take_in(request: HttpRequest, *, pk: uuid.UUID) -> HttpResponse:
    """Puts one file or several there; what was refused is named, the others stay."""
    record = found_record(pk)
    uploads = request.FILES.getlist("files")
    if not uploads:
        messages.error(request, "请先选择要附上的文件")
    revision = _revision(request)
    for upload in uploads:
        if _told(request, partial(_attached, request, record, upload, revision)):
            record.refresh_from_db(fields=["revision"])
            revision = record.revision
    return redirect("office:record_files", pk=pk)


def _attached(
    request: HttpRequest, record: Record, upload: UploadedFile[bytes], revision: int
) -> str:
    name, by = upload.name or "", by_for(request, record)
    attach(newest_of(record), upload, name=name, revision=revision, by=by, at=now())
    return f"已附上“{name}”"


@require_POST
@requires(policies.DRAFT, of=affair)
def take_off(request: HttpRequest, *, pk: uuid.UUID, file: uuid.UUID) -> HttpResponse:
    """Takes a file off the draft."""
    record = found_record(pk)

    def verb() -> str:
        by, revision = by_for(request, record), _revision(request)
        detach(newest_of(record), file, revision=revision, by=by, at=now())
        return "已从这一稿去掉附件，原件仍在档案里"

    _told(request, verb)
    return redirect("office:record_files", pk=pk)


@require_POST
@requires(policies.DRAFT, of=affair)
def settle(request: HttpRequest, *, pk: uuid.UUID) -> HttpResponse:
    """采用清理件: what was cleaned or blackened last is what goes out."""
    record = found_record(pk)

    def verb() -> str:
        by, revision = by_for(request, record), _revision(request)
        settle_attachments(newest_of(record), revision=revision, by=by, at=now())
        return "已采用清理件，公开的是清理以后的文件"

    _told(request, verb)
    return redirect("office:record_files", pk=pk)


def _revision(request: HttpRequest) -> int:
    """The revision that the person had before him; 0, always stale, where none was sent."""
    said = request.POST.get("revision", "")
    return int(said) if said.isdecimal() and len(said) < 10 else 0


def _told(request: HttpRequest, verb: Callable[[], str]) -> bool:
    """Whether it was done; what came of it is said on the next page."""
    try:
        messages.success(request, entitled(verb))
    except DisclosureError as refusal:
        messages.error(request, str(refusal))
        return False
    return True
