"""Addresses of the API; whatever is not one of them is answered in the API's own form too."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, path, re_path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from gongkai.accounts.access import open_to_all
from gongkai.api.access import View, door
from gongkai.api.description import description
from gongkai.api.errors import Fault
from gongkai.api.problems import problem
from gongkai.api.routes import api

app_name = "api"


@require_safe
@open_to_all("接口的说明，供对接的系统读取，没有数据")
def openapi(_request: HttpRequest) -> HttpResponse:
    """The description of the API in OpenAPI."""
    return JsonResponse(description(), json_dumps_params={"ensure_ascii": False})


def _nothing(request: HttpRequest) -> HttpResponse:
    return problem(request, 404, "no_such_address", Fault("没有这个地址，请对照接口说明"))


nothing = csrf_exempt(open_to_all("没有这个地址")(door(_nothing)))

urlpatterns = [
    path("openapi.json", openapi, name="openapi"),
    *(
        path(str(one.pattern), door(cast("View", one.callback)), name=one.name)
        for one in api.urls[0]
        if isinstance(one, URLPattern) and one.name != "api-root"
    ),
    re_path(r"^", nothing),  # whatever follows, a line feed too
]
