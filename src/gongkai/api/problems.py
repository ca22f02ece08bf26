"""Every error in one form: code, sentence, field, place, id of the request, and further faults.

The id stands in the log beside what happened; nothing that was sent does.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Mapping, Sequence
from typing import Any, cast

from django.core.exceptions import (
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
    TooManyFilesSent,
)
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.multipartparser import MultiPartParserError
from ninja.errors import AuthenticationError, HttpError, Throttled, ValidationError
from pydantic import BaseModel, Field

from gongkai.api.errors import ApiError, Fault
from gongkai.api.parsing import WrongTypeError
from gongkai.api.sentences import faults_of
from gongkai.disclosure.errors import DisclosureError, NotEntitledError, StaleError
from gongkai.trail.services import PersonalFactError

log = logging.getLogger("gongkai.api")


class Further(BaseModel):
    """One more fault of the same request."""

    message: str
    field: str
    where: str


class Problem(BaseModel):
    """The form of every error."""

    code: str = Field(description="供程序判断的代码")
    message: str = Field(description="给人看的一句话")
    field: str = Field(description="哪一项，如 formed_on、details.supplier；与某项无关则空")
    where: str = Field(description="在哪里：body、header、query、file；与某处无关则空")
    id: str = Field(description="本次请求的编号，报修时告诉系统管理员")
    more: list[Further] = Field(description="其余的问题")


def request_id(request: HttpRequest) -> str:
    """The id under which this request stands in the log."""
    return str(getattr(request, "gongkai_request_id", ""))


def problem(
    request: HttpRequest, status: int, code: str, fault: Fault, more: Sequence[Fault] = ()
) -> HttpResponse:
    """An error as it is answered."""
    further = [Further(message=one.message, field=one.field, where=one.where) for one in more]
    body = Problem(
        code=code,
        message=fault.message,
        field=fault.field,
        where=fault.where,
        id=request_id(request),
        more=further,
    )
    return JsonResponse(body.model_dump(), status=status, json_dumps_params={"ensure_ascii": False})


# Kinds of refusals with their status and code, the narrower before the wider.
_KNOWN: tuple[tuple[type[Exception], int, str, str], ...] = (
    (AuthenticationError, 401, "no_token", "没有带令牌，或者令牌不对、已过期、已收回"),
    (PermissionDenied, 403, "not_entitled", "令牌的责任人现在不是这个机关的拟稿人，请换一个令牌"),
    (MultiPartParserError, 400, "malformed", "附件的写法不对，须为 multipart/form-data，读不了"),
    (Http404, 404, "not_found", "没有这一件，或者不是这个令牌的机关送来的"),
    (RequestDataTooBig, 413, "too_large", "请求太大，超过2 MB；长的内容请作为附件"),
    (TooManyFilesSent, 413, "too_large", "一次只送一个附件"),
    (SuspiciousOperation, 400, "malformed", "请求的项目太多，读不了"),
    (NotEntitledError, 403, "not_entitled", ""),
    (StaleError, 412, "stale", "没有保存：别人在您读取以后改过，请重新读取再改"),
    (PersonalFactError, 422, "personal", ""),
)


def answer(request: HttpRequest, error: Exception) -> HttpResponse:
    """The answer to whatever was raised while a request was worked on."""
    for kind, status, code, sentence in _KNOWN:
        if isinstance(error, kind):
            return problem(request, status, code, Fault(sentence or str(error)))
    if isinstance(error, Throttled):
        return _throttled(request, error)
    if isinstance(error, ApiError):
        return problem(request, error.status, error.code, error.fault, error.more)
    if isinstance(error, ValidationError):
        return _invalid(request, error)
    if isinstance(error, DisclosureError):
        return _refused(request, error)
    return _unreadable(request, error) if isinstance(error, HttpError) else _broken(request, error)


def _throttled(request: HttpRequest, error: Throttled) -> HttpResponse:
    fault = Fault(f"请求太多，请等{error.wait}秒再来")
    response = problem(request, 429, "too_many", fault)
    response["Retry-After"] = str(error.wait)
    return response


def _refused(request: HttpRequest, error: DisclosureError) -> HttpResponse:
    """A verb said no: about a field, or because of where the record stands."""
    where = {"": "", "files": "file"}.get(error.field, "body")
    status = 422 if error.field else 409
    return problem(request, status, "refused", Fault(str(error), error.field, where))


def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    first, *more = faults_of(cast("list[Mapping[str, Any]]", error.errors))
    if first.field == "If-Match":
        return problem(request, 428, "no_revision", first, more)
    return problem(request, 422, "invalid", first, more)


def _unreadable(request: HttpRequest, error: HttpError) -> HttpResponse:
    """A body that could not be read; the framework hides what it was behind its own error."""
    why = error.__cause__
    if isinstance(why, RequestDataTooBig):
        return answer(request, why)
    if isinstance(why, WrongTypeError):
        fault = Fault("请把内容写成 JSON：Content-Type: application/json", "Content-Type", "header")
        return problem(request, 415, "wrong_type", fault)
    sentence = "内容不是规范的 JSON：须为 UTF-8，每项只写一次，层次不超过20"
    return problem(request, 400, "malformed", Fault(sentence, "", "body"))


def _broken(request: HttpRequest, error: Exception) -> HttpResponse:
    """A fault of ours. Its message may quote what was sent, so the log has kind and place only."""
    places = traceback.extract_tb(error.__traceback__)
    where = " < ".join(f"{one.filename.rpartition('/')[2]}:{one.lineno}" for one in places[::-1])
    log.error("request %s failed: %s at %s", request_id(request), type(error).__name__, where)
    return problem(request, 500, "broken", Fault("系统出错，没有办成；请把编号告诉系统管理员"))
