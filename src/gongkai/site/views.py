"""The two pages of the installation itself: its name until the portal exists, and its health."""

from __future__ import annotations

from django.db import Error, connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongkai.accounts.access import open_to_all


@require_safe
@open_to_all("门户建成以前的首页，只写本站名称")
def home(request: HttpRequest) -> HttpResponse:
    """Names the installation; the portal takes its place."""
    return render(request, "site/home.html")


@require_safe
@open_to_all("供监控和反向代理探测，不含任何数据")
def healthz(request: HttpRequest) -> HttpResponse:
    """200 when the database answers, 503 when it does not; no reason, the log has it."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return HttpResponse("unavailable\n", status=503, content_type="text/plain")
    return HttpResponse("ok\n", content_type="text/plain")
