"""应急: the review is shortened to the secrecy review; the other steps follow within three days.

Both acts are judged, and counted, by gongkai.disclosure.services.reviewing.
"""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from gongkai.accounts.access import requires
from gongkai.disclosure import policies
from gongkai.disclosure.errors import DisclosureError
from gongkai.disclosure.services.reviewing import (
    EMERGENCY_DAYS,
    clear_in_emergency,
    order_emergency,
)
from gongkai.office.forms.fields import NothingForm
from gongkai.office.forms.review import EmergencyForm
from gongkai.office.screens import Ask, ask, sent
from gongkai.office.verbs import acting, attempt, now
from gongkai.office.views.review.about import DESK, case_of, review_url, this_case
from gongkai.office.views.upkeep.scope import entitled, this_record


@require_http_methods(["GET", "HEAD", "POST"])
@requires(policies.ORDER_EMERGENCY, of=this_case)
def order(request: HttpRequest, *, pk: uuid.UUID) -> HttpResponse:
    """The decision that this version may go out after the secrecy review alone."""
    case, form = case_of(pk), EmergencyForm(sent(request))
    by, at = acting(request, case.record.agency), now()
    if form.is_valid():
        why = form.cleaned_data["reason"]
        made = attempt(
            form,
            lambda: entitled(lambda: order_emergency(case.version, reason=why, by=by, at=at)),
            DisclosureError,
        )
        if made is not None:
            messages.success(request, f"已决定缩短审查，{made.rest_due_on} 以前补齐其余步骤")
            return redirect(review_url(case.record))
    effect = (
        "先只作保密审查，通过以后就可以发布；其余步骤须在"
        f"{EMERGENCY_DAYS}个工作日内补齐，补审时退回的，已公开的会同时撤下。"
        "保密审查不能由作这个决定的人进行。"
    )
    screen = Ask("应急缩短审查", "决定缩短审查", case.back, (DESK, case.link), effect=effect,
                 subject=case.version.title, final=True)  # fmt: skip
    return ask(request, form, screen)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(policies.PUBLISH, of=this_record)
def clear(request: HttpRequest, *, pk: uuid.UUID) -> HttpResponse:
    """The clearance after the secrecy review; then the version may be published."""
    case, form = case_of(pk), NothingForm(sent(request))
    by, at = acting(request, case.record.agency), now()
    if form.is_valid():
        made = attempt(
            form,
            lambda: entitled(lambda: clear_in_emergency(case.version, by=by, at=at)),
            DisclosureError,
        )
        if made is not None:
            messages.success(request, "已应急放行，请确认发布")
            return redirect(reverse("office:record_publish", args=[case.record.public_id]))
    effect = "保密审查已经通过、又有缩短审查决定的，可以先放行，接着发布。其余步骤照样要补。"
    screen = Ask("应急放行", "应急放行", case.back, (DESK, case.link), effect=effect,
                 subject=case.version.title, final=True)  # fmt: skip
    return ask(request, form, screen)
