"""The operations of /api/v1: drafts in, their state out. Rules stand in the verbs they call."""

from __future__ import annotations

import hashlib
import json
from typing import Annotated, Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from ninja import File, Header, NinjaAPI, Query
from ninja.errors import HttpError, ValidationError
from ninja.files import UploadedFile

from gongkai.api.access import TokenBearer, token_of
from gongkai.api.errors import ApiError, Fault
from gongkai.api.incoming import Changes, NewRecord, content_of
from gongkai.api.models import Inbound
from gongkai.api.outgoing import Page, Status, rows_of, status_of
from gongkai.api.parsing import StrictParser
from gongkai.api.problems import Problem, answer
from gongkai.api.services.answering import Asked, Told, once, told_before
from gongkai.api.services.receiving import receive, sender, submit_if_complete, take_file
from gongkai.disclosure.queries import latest
from gongkai.disclosure.services import drafting

PAGE_SIZE = 50
_ERRORS = dict.fromkeys((400, 401, 403, 404, 405, 409, 412, 413, 415, 422, 428, 429, 500), Problem)

api = NinjaAPI(
    title="政府信息公开：OA 系统接口",
    version="1",
    description="送来文稿、询问状态、取得公开地址。文稿按规定审查以后才公开。",
    openapi_url=None,
    docs_url=None,
    auth=TokenBearer(),
    parser=StrictParser(),
    urls_namespace="api",
)


@api.exception_handler(Exception)
@api.exception_handler(Http404)
@api.exception_handler(HttpError)
@api.exception_handler(ValidationError)
def refused(request: HttpRequest, error: Exception) -> HttpResponse:
    """Every error, in the one form instead of the framework's several."""
    return answer(request, error)


Key = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        pattern=r"^[!-~]{8,100}$",
        description="这次操作的键，重复发送时不变",
    ),
]
Revision = Annotated[
    str,
    Header(alias="If-Match", pattern=r'^"?[0-9]{1,9}"?$', description='您读到的 revision，如 "3"'),
]


@api.post(
    "/records", response={201: Status} | _ERRORS, operation_id="create_record",
    summary="送来一件新的文稿",
)  # fmt: skip
def create(request: HttpRequest, body: NewRecord, idempotency_key: Key) -> HttpResponse:
    """生成一份草稿；写明 submit 的，缺项补齐才送审。不会公开。"""
    token, at = token_of(request), timezone.now()
    content = content_of(body, body.kind)

    def act() -> tuple[int, dict[str, Any]]:
        version = receive(token, body.kind, content, external_no=body.external_no or "", at=at)
        if body.submit:
            version = submit_if_complete(version, by=sender(token), at=at)
        return 201, _told(version.record.inbound)

    told = once(_asked(request, idempotency_key, body.model_dump(mode="json")), act, at=at)
    return _answered(told)


@api.get(
    "/records", response={200: Page} | _ERRORS, operation_id="list_records",
    summary="列出送来的文稿",
)  # fmt: skip
def listed(
    request: HttpRequest,
    external_no: Annotated[str, Query(max_length=64, description="贵系统的编号")] = "",
    page: Annotated[int, Query(ge=1, le=100_000, description="第几页，每页 50 件")] = 1,
) -> Page:
    """新的在前；写明 external_no 的只列那一件。"""
    if unknown := sorted(set(request.GET) - {"external_no", "page"}):
        name = unknown[0][:80]
        raise ApiError(422, "invalid", f"{name}：没有这一项，不能写", field=name, where="query")
    found = Inbound.objects.filter(agency=token_of(request).agency_id).select_related("record")
    if "external_no" in request.GET:
        found = found.filter(external_no=external_no)
    pages = Paginator(found, PAGE_SIZE)
    shown = list(pages.page(page)) if page <= pages.num_pages else []
    return Page(items=rows_of(shown), page=page, pages=pages.num_pages, total=pages.count)


@api.get(
    "/records/{uuid:record_id}", response={200: Status} | _ERRORS,
    operation_id="read_record", summary="询问一件文稿的状态",
)  # fmt: skip
def read(request: HttpRequest, record_id: UUID) -> HttpResponse:
    """走到哪一步、为什么退回、还缺什么；公开以后有地址。"""
    return _answered(Told(200, _told(_found(request, record_id)), again=False))


@api.patch(
    "/records/{uuid:record_id}", response={200: Status} | _ERRORS,
    operation_id="change_record", summary="修改一份草稿",
)  # fmt: skip
def change(
    request: HttpRequest, record_id: UUID, body: Changes, if_match: Revision
) -> HttpResponse:
    """只改写明的项。已经送审的不能改；退回以后先起草新的一稿。"""
    inbound = _found(request, record_id)
    record = inbound.record
    content = content_of(body, record.kind)
    drafting.edit(
        latest(record), content, revision=_revision(if_match), by=sender(token_of(request)),
        at=timezone.now(),
    )  # fmt: skip
    return _answered(Told(200, _told(inbound), again=False))


@api.post(
    "/records/{uuid:record_id}/files", response={201: Status} | _ERRORS,
    operation_id="attach_file", summary="送来一个附件",
)  # fmt: skip
def attach_file(
    request: HttpRequest, record_id: UUID, file: Annotated[UploadedFile, File()],
    idempotency_key: Key,
) -> HttpResponse:  # fmt: skip
    """一次一个。系统收存、检查、清理；有问题的在 missing 里指明位置和做法。"""
    inbound, at = _found(request, record_id), timezone.now()
    for name in (set(request.FILES) | set(request.POST)) - {"file"}:
        raise ApiError(422, "invalid", f"{name[:80]}：没有这一项，不能写", where="body")
    digest = _digest_of(file)
    asked = _asked(request, idempotency_key, {"name": str(file.name), "sha256": digest})
    kept = told_before(asked)
    if kept is None:
        by = sender(token_of(request))
        take_file(inbound, file, digest, name=str(file.name), by=by, at=at)
        kept = once(asked, lambda: (201, _told(inbound)), at=at)
    return _answered(kept)


@api.post(
    "/records/{uuid:record_id}/versions", response={201: Status} | _ERRORS,
    operation_id="draft_again", summary="起草新的一稿",
)  # fmt: skip
def draft_again(request: HttpRequest, record_id: UUID, idempotency_key: Key) -> HttpResponse:
    """退回以后，或者要修改已经公开的，从上一稿的文字起草新的一稿。"""
    inbound, at = _found(request, record_id), timezone.now()

    def act() -> tuple[int, dict[str, Any]]:
        drafting.draft_again(inbound.record, by=sender(token_of(request)), at=at)
        return 201, _told(inbound)

    return _answered(once(_asked(request, idempotency_key, {}), act, at=at))


@api.post(
    "/records/{uuid:record_id}/submission", response={200: Status} | _ERRORS,
    operation_id="submit_record", summary="送审",
)  # fmt: skip
def submit(
    request: HttpRequest, record_id: UUID, idempotency_key: Key, if_match: Revision
) -> HttpResponse:
    """交给审查人，从此一个字也不能改。缺项的不送，逐项说明。"""
    inbound, at = _found(request, record_id), timezone.now()

    def act() -> tuple[int, dict[str, Any]]:
        version = latest(inbound.record)
        if version.submitted_at is None:
            _refuse_incomplete(drafting.submission_faults(version))
        by = sender(token_of(request))
        drafting.submit(version, revision=_revision(if_match), by=by, at=at)
        return 200, _told(inbound)

    return _answered(once(_asked(request, idempotency_key, {}), act, at=at))


def _found(request: HttpRequest, record_id: UUID) -> Inbound:
    """The record, if a system of this body sent it; any other is not there."""
    found = Inbound.objects.select_related("record").filter(
        agency=token_of(request).agency_id, record__public_id=record_id
    )
    inbound = found.first()
    if inbound is None:
        raise Http404
    return inbound


def _told(inbound: Inbound) -> dict[str, Any]:
    return status_of(inbound).model_dump(mode="json")


def _answered(told: Told) -> HttpResponse:
    response = JsonResponse(
        told.body, status=told.status, json_dumps_params={"ensure_ascii": False}
    )
    response["ETag"] = f'"{told.body["revision"]}"'
    if told.again:
        response["Idempotency-Replayed"] = "true"
    return response


def _asked(request: HttpRequest, key: str, said: object) -> Asked:
    """The request as it is compared with an earlier one: method, address, what it says."""
    text = json.dumps(said, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    whole = f"{request.method} {request.path}\n{text}"
    return Asked(token_of(request), key, hashlib.sha256(whole.encode()).hexdigest())


def _digest_of(file: UploadedFile) -> str:
    digest = hashlib.sha256()
    for piece in file.chunks():
        digest.update(piece)
    return digest.hexdigest()


def _revision(if_match: str) -> int:
    return int(if_match.strip('"'))


def _refuse_incomplete(faults: list[tuple[str, str]]) -> None:
    if faults:
        first, *more = [Fault(sentence, field, "body") for field, sentence in faults]
        raise ApiError(422, "incomplete", first.message, field=first.field, where="body", more=more)
