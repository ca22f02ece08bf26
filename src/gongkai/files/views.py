"""Sending a file to a person: always as an attachment that cannot act, under a composed name.

Who may have it is asked of its owner at this request; nothing is kept in any cache.
"""

from __future__ import annotations

import uuid

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_POST

from gongkai.accounts.access import requires, standing
from gongkai.accounts.models import User
from gongkai.accounts.queries import actor_for
from gongkai.agencies.models import Agency
from gongkai.files import contents, services
from gongkai.files.errors import FileRefusedError, MissingContentError
from gongkai.files.models import StoredFile
from gongkai.files.policies import DOWNLOAD, OPEN_ORIGINAL
from gongkai.files.queries import file_of
from gongkai.files.subjects import media_type, outgoing_name
from gongkai.trail.actors import Actor
from gongkai.vault.errors import DamagedValueError, KeyDestroyedError

_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def asked(_request: HttpRequest, file_id: uuid.UUID) -> StoredFile:
    """The file that an address names; Http404 where there is none."""
    file = file_of(file_id)
    if file is None:
        raise Http404
    return file


@requires(DOWNLOAD, of=asked)
@require_GET
def download(request: HttpRequest, file_id: uuid.UUID) -> HttpResponse:
    """What was made to go out, for a colleague's own look."""
    file = asked(request, file_id)
    try:
        return attachment(file, contents.read(file))
    except (MissingContentError, DamagedValueError, KeyDestroyedError) as error:
        return _gone(error)


@requires(OPEN_ORIGINAL, of=asked)
@require_POST
def original(request: HttpRequest, file_id: uuid.UUID) -> HttpResponse:
    """What came in, for a reason that is written into the trail first."""
    file = asked(request, file_id)
    try:
        content = services.open_original(
            file,
            by=_acting(request, file),
            at=timezone.now(),
            reason=request.POST.get("reason", ""),
        )
    except FileRefusedError as refusal:
        return _text(str(refusal), status=422)
    except (MissingContentError, DamagedValueError, KeyDestroyedError) as error:
        return _gone(error)
    return attachment(file, content)


def attachment(file: StoredFile, content: bytes) -> HttpResponse:
    """Bytes as a download: the kind from the table of carriers, never from the file or its name."""
    response = HttpResponse(content, content_type=media_type(file), headers=_HEADERS)
    named = content_disposition_header(as_attachment=True, filename=outgoing_name(file))
    response.headers["Content-Disposition"] = named or "attachment"
    return response


def _gone(error: Exception) -> HttpResponse:
    return _text(f"文件打不开：{error}", status=410)


def _text(words: str, *, status: int) -> HttpResponse:
    return HttpResponse(words, status=status, content_type="text/plain; charset=utf-8")


def _acting(request: HttpRequest, file: StoredFile) -> Actor:
    """The person, for the body concerned where he serves it."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    agency = Agency.objects.filter(code=file.agency_code).first()
    serves = agency is not None and standing(request).belongs_to(agency.pk)
    return actor_for(request.user, agency if serves else None)
