"""Writing a structured page: its elements as a form that keeps what was typed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from gongkai.accounts.access import requires
from gongkai.disclosure import policies
from gongkai.disclosure.errors import DisclosureError, StaleError
from gongkai.disclosure.models import Record, Version
from gongkai.disclosure.pages import PAGES
from gongkai.disclosure.services.pages import write_page
from gongkai.office.forms.upkeep.pages import FORMS, GuideForm, OrganisationForm
from gongkai.office.screens import sent
from gongkai.office.verbs import acting, attempt, now
from gongkai.office.views.upkeep.pages import LIST, Page, found_page, this_body
from gongkai.office.views.upkeep.scope import entitled, record_url
from gongkai.web.panels import Link

_Form = GuideForm | OrganisationForm


@require_http_methods(["GET", "HEAD", "POST"])
@requires(policies.DRAFT, of=this_body)
def edit(request: HttpRequest, *, code: str, kind: str) -> HttpResponse:
    """The elements of the draft; saving does not submit it."""
    chosen = found_page(code, kind)
    draft, record = chosen.coming, chosen.record
    if record is None or draft is None or draft.submitted_at is not None:
        messages.error(request, "没有在起草的一稿，请先起草。")
        return redirect(chosen.url)
    data = sent(request)
    form = FORMS[kind](data, details=draft.details, revision=record.revision)
    if data is not None and data.get("more"):
        # One more row is no wish to save: what was typed is shown again.
        return _screen(request, chosen, draft, form)
    if form.is_valid() and _saved(request, chosen, draft, form):
        messages.success(request, "已保存，还没有送审")
        return redirect("office:page_edit", code=code, kind=kind)
    return _screen(request, chosen, draft, form)


def _saved(request: HttpRequest, chosen: Page, draft: Version, form: _Form) -> bool:
    """Whether the words are kept. Who has looked at a colleague's change may put his own over it:
    the revision he looked at comes with that button."""
    over = request.POST.get("over", "")
    revision = int(over) if over.isdecimal() else form.cleaned_data["revision"]
    by = acting(request, chosen.agency)
    version = attempt(
        form,
        lambda: entitled(
            lambda: write_page(draft, form.details(), revision=revision, by=by, at=now())
        ),
        StaleError,
        DisclosureError,
    )
    return version is not None


def _screen(request: HttpRequest, chosen: Page, draft: Version, form: _Form) -> HttpResponse:
    bad = form.is_bound and not request.POST.get("more") and bool(form.errors)
    now_at = Record.objects.get(pk=draft.record_id).revision
    stale = bad and str(form.data.get("revision")) != str(now_at)
    context: dict[str, Any] = {
        "page": chosen,
        "form": form,
        "version": draft,
        "faulty": bad,
        "over": now_at if stale else None,
        "faults": [one for _, one in PAGES[chosen.kind].faults(draft.details)],
        "record_url": record_url(draft.record),
        "crumbs": [LIST, Link(f"{chosen.agency.name}　{chosen.label}", chosen.url), Link("填写")],
    }
    template = f"office/page_{chosen.kind}.html"
    return render(request, template, context, status=422 if bad else 200)
