"""The page that shows all components, and the switch between normal and large print."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from gongkai.web.display import A_YEAR, LARGE_PRINT
from gongkai.web.gallery import gallery


@require_safe
def components(request: HttpRequest) -> HttpResponse:
    """Every component once, with the story of the pictures."""
    return render(request, "web/components.html", gallery(request.GET))


@require_safe
def display(request: HttpRequest) -> HttpResponse:
    """Sets or clears the large-print cookie and returns to where the reader was.

    A link rather than a form: it works in cached pages and without scripts, and the worst a
    forged link does is large letters.
    """
    target = request.GET.get("next", "/")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts=None):
        target = "/"
    response = HttpResponseRedirect(target)
    if request.GET.get("large") == "1":
        secure = request.is_secure()
        response.set_cookie(
            LARGE_PRINT, "1", max_age=A_YEAR, samesite="Lax", secure=secure, httponly=True
        )
    else:
        response.delete_cookie(LARGE_PRINT, samesite="Lax")
    return response
