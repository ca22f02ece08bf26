"""A new record: body, kind and title; the rest is written in the editor."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods

from gongkai.accounts.access import may, requires, standing
from gongkai.accounts.policies import Policy
from gongkai.disclosure import policies
from gongkai.disclosure.errors import DisclosureError
from gongkai.disclosure.models import Record, Relation, Version
from gongkai.disclosure.queries import affair_of
from gongkai.disclosure.services.drafting import draft
from gongkai.disclosure.services.publishing import relate
from gongkai.office.forms.records.creating import NewRecordForm
from gongkai.office.screens import sent
from gongkai.office.verbs import acting, attempt, now
from gongkai.office.views.upkeep.scope import bodies_where, entitled, titles_of
from gongkai.web.panels import Link

# Which body is judged by the verb; whether one drafts anywhere opens the screen.
DRAFT_SOMEWHERE = Policy("office.draft_somewhere", policies.drafts_there, policies.sees)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(DRAFT_SOMEWHERE)
def new(request: HttpRequest) -> HttpResponse:
    """Starts a draft. `?kind=&agency=&interprets=` prefill it."""
    bodies = bodies_where(policies.DRAFT, standing(request))
    asked = request.POST if request.method == "POST" else request.GET
    earlier = _interpreted(request, asked.get("interprets", ""))
    initial = {
        "agency": asked.get("agency") or bodies[0].code,
        "kind": "interpretation" if earlier else asked.get("kind", ""),
        "interprets": earlier.public_id if earlier else None,
    }
    form = NewRecordForm(sent(request), bodies=bodies, day=localdate(), initial=initial)
    if form.is_valid():
        made = attempt(
            form, lambda: entitled(lambda: _started(request, form, earlier)), DisclosureError
        )
        if made is not None:
            messages.success(request, "起草好了第一稿，还没有送审。接着填写正文。")
            return redirect("office:record_edit", pk=made.record.public_id)
    context = {
        "form": form,
        "earlier_title": titles_of([earlier])[earlier.pk] if earlier else "",
        "crumbs": [Link("信息", reverse("office:records")), Link("起草信息")],
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "office/record_new.html", context, status=status)


@transaction.atomic
def _started(request: HttpRequest, form: NewRecordForm, earlier: Record | None) -> Version:
    """The draft, and what it interprets where that is known."""
    chosen = form.cleaned_data
    bodies = bodies_where(policies.DRAFT, standing(request))
    agency = next(one for one in bodies if one.code == chosen["agency"])
    by, at = acting(request, agency), now()
    version = draft(agency, chosen["kind"], {"title": chosen["title"]}, by=by, at=at)
    if earlier is not None:
        kind, words = Relation.Kind.INTERPRETS, tuple(chosen["forms"])
        relate(version.record, earlier, kind, by=by, at=at, forms=words)
    return version


def _interpreted(request: HttpRequest, named: str) -> Record | None:
    """The record to interpret; 404 where there is none that the person may see."""
    if not named:
        return None
    try:
        found = Record.objects.filter(public_id=uuid.UUID(named)).first()
    except ValueError:
        raise Http404 from None
    if found is None or not may(policies.SEE, standing(request), affair_of(found)):
        raise Http404
    return found
