"""The page of a record, its notice after a withdrawal, and its attachments."""

from __future__ import annotations

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from gongkai.accounts.access import open_to_all
from gongkai.disclosure.models import Record
from gongkai.files import contents
from gongkai.files.errors import MissingContentError
from gongkai.files.models import OUTGOING, Role
from gongkai.files.queries import file_of
from gongkai.files.views import attachment as sent
from gongkai.portal.pages import notice_of, page_of


@require_safe
@open_to_all("公开的政府信息人人可看（条例第五条）")
def record(request: HttpRequest, *, pk: uuid.UUID) -> HttpResponse:
    """What is public now; after a withdrawal who took it back, when and why; else nothing."""
    found = _found(pk)
    page = page_of(found, localdate())
    if page is not None:
        return render(request, "portal/record.html", {"page": page, "agency": found.agency})
    notice = notice_of(found)
    if notice is None:
        raise Http404
    return render(request, "portal/withdrawn.html", {"notice": notice})


@require_safe
@open_to_all("公开的政府信息人人可看（条例第五条）")
def attachment(_request: HttpRequest, *, pk: uuid.UUID, file_id: uuid.UUID) -> HttpResponse:
    """A file of the version that is public now, as it was reviewed: other bytes are not sent."""
    found = _found(pk)
    entries = [] if found.live is None else found.live.version.files
    entry = next((one for one in entries if one.get("file") == str(file_id)), None)
    file = None if entry is None else file_of(file_id)
    if entry is None or file is None or Role(file.role) not in OUTGOING:
        raise Http404
    try:
        content = contents.read(file)
    except MissingContentError as error:
        raise Http404 from error
    if contents.digest(content) != entry["sha256"]:
        raise Http404
    return sent(file, content)


def _found(pk: uuid.UUID) -> Record:
    records = Record.objects.ever_public().select_related("agency", "live__version")
    found = records.filter(public_id=pk).first()
    if found is None:
        raise Http404
    return found
