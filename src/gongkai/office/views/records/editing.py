"""Writing a draft: saving never loses what was typed, and never hides what somebody else wrote."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.timezone import localdate, localtime
from django.views.decorators.http import require_http_methods, require_POST

from gongkai.accounts.access import requires
from gongkai.disclosure import policies
from gongkai.disclosure.errors import DisclosureError, StaleError
from gongkai.disclosure.models import Record, Version
from gongkai.disclosure.pages import PAGES
from gongkai.disclosure.queries import latest
from gongkai.disclosure.services.answering import mask_finding
from gongkai.disclosure.services.drafting import LABELS, edit
from gongkai.disclosure.text_findings import FIELDS, findings_in
from gongkai.office.forms.records.words import RecordForm, fingerprint, fingerprints
from gongkai.office.screens import sent
from gongkai.office.verbs import acting, attempt, now
from gongkai.office.views.records.beside import beside, shown
from gongkai.office.views.upkeep.scope import entitled, found_record, record_url, this_record
from gongkai.web.difference import Paragraph, difference
from gongkai.web.panels import Link

_REFUSALS = (StaleError, DisclosureError)


@dataclass(frozen=True, slots=True)
class Clash:
    """A field that two people changed: the kept text against the one just typed."""

    name: str
    label: str
    paragraphs: tuple[Paragraph, ...]


@require_http_methods(["GET", "HEAD", "POST"])
@requires(policies.DRAFT, of=this_record)
def write(request: HttpRequest, *, pk: uuid.UUID) -> HttpResponse:
    """The draft as a form. Saving does not submit it; the other buttons save first."""
    record = found_record(pk)
    version = _draft_of(record)
    if record.kind in PAGES:
        return redirect("office:page_edit", code=record.agency.code, kind=record.kind)
    if version.submitted_at is not None:
        messages.error(request, "这一稿已经送审，不能再改。退回以后可以起草新的一稿。")
        return redirect(record_url(record))
    form = RecordForm(sent(request), version)
    if request.POST.get("more"):  # one more row is no wish to save: what was typed stays
        return screen(request, version, form)
    if form.is_valid() and _saved(request, version, form):
        return _next(request, version)
    return screen(request, version, form)


@require_POST
@requires(policies.DRAFT, of=this_record)
def save(request: HttpRequest, *, pk: uuid.UUID) -> HttpResponse:
    """The same saving for the script: the new revision and the panel, or why not."""
    version = _draft_of(found_record(pk))
    form = RecordForm(request.POST, version)
    if not form.is_valid() or not _saved(request, version, form):
        stale = _is_stale(form, version)
        sentence = "别人在您之后改过" if stale else "有的地方要改好才能保存"
        return JsonResponse({"message": f"没有保存：{sentence}。"}, status=409 if stale else 422)
    kept = _draft_of(found_record(pk))
    panel = render_to_string("office/record_edit_side.html", beside(kept, localdate()), request)
    return JsonResponse(
        {
            "revision": kept.record.revision,
            "base": json.dumps(fingerprints(kept)),
            "saved_at": localtime(now()).strftime("%H:%M"),
            "panel": panel,
        }
    )


@require_POST
@requires(policies.DRAFT, of=this_record)
def findings(request: HttpRequest, *, pk: uuid.UUID) -> HttpResponse:
    """What is found in words that are not saved yet."""
    record = found_record(pk)
    words = {name: request.POST[name] for name in FIELDS if name in request.POST}
    found = shown(findings_in(words, record=record))
    return render(request, "office/record_edit_findings.html", {"found": found})


def screen(request: HttpRequest, version: Version, form: RecordForm) -> HttpResponse:
    """The editor; 409 with both texts where somebody else wrote in between, 422 with faults."""
    faulty = form.is_bound and not request.POST.get("more") and bool(form.errors)
    stale = faulty and _is_stale(form, version)
    heading = version.title or "没有标题"
    context = {
        **beside(version, localdate()),
        "form": form,
        "record": version.record,
        "record_url": record_url(version.record),
        "faulty": faulty and not stale,
        "over": version.record.revision if stale else None,
        "clashes": _clashes(form, version) if stale else [],
        "crumbs": [
            Link("信息", reverse("office:records")),
            Link(heading, record_url(version.record)),
            Link("填写"),
        ],
    }
    status = 409 if stale else 422 if faulty else 200
    return render(request, "office/record_edit.html", context, status=status)


def _draft_of(record: Record) -> Version:
    version = latest(record)
    version.record = record
    return version


def _saved(request: HttpRequest, version: Version, form: RecordForm) -> bool:
    """Whether the words are kept. Only what the drafter changed is written, so that a colleague's
    other fields stay; who has seen the clash says for each field whose text counts."""
    over = request.POST.get("over", "")
    revision = int(over) if over.isdecimal() else form.cleaned_data["revision"]
    changes = {
        name: value
        for name, value in form.changed().items()
        if request.POST.get(f"choose_{name}") != "theirs"
    }
    by = acting(request, version.record.agency)
    kept = attempt(
        form,
        lambda: entitled(lambda: edit(version, changes, revision=revision, by=by, at=now())),
        *_REFUSALS,
    )
    return kept is not None


def _next(request: HttpRequest, version: Version) -> HttpResponse:
    """Where the button that was pressed leads once the words are kept."""
    pk = version.record.public_id
    if request.POST.get("answer"):
        return redirect("office:finding_answer", pk=pk, finding=request.POST["answer"])
    if request.POST.get("submit"):
        return redirect("office:record_submit", pk=pk)
    if request.POST.get("mask"):
        _mask(request, version)
    else:
        messages.success(request, f"{localtime(now()):%H:%M} 已保存，还没有送审")
    return redirect("office:record_edit", pk=pk)


def _mask(request: HttpRequest, version: Version) -> None:
    kept = _draft_of(found_record(version.record.public_id))
    by, revision = acting(request, kept.record.agency), kept.record.revision
    try:
        mask_finding(kept, request.POST["mask"], revision=revision, by=by, at=now())
    except DisclosureError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "已遮盖并保存")


def _is_stale(form: RecordForm, version: Version) -> bool:
    """Whether the record has moved since the drafter read it (or last looked at the clash)."""
    seen = form.data.get("over") or form.data.get("revision")
    moved = Record.objects.get(pk=version.record_id).revision
    return str(seen) != str(moved)


def _clashes(form: RecordForm, version: Version) -> list[Clash]:
    """The fields in which both wrote, old against new."""
    base = form.cleaned_data.get("base", {})
    return [
        Clash(name, LABELS[name], difference(_plain(getattr(version, name)), _plain(value)))
        for name, value in form.changed().items()
        if fingerprint(getattr(version, name)) not in {base.get(name), fingerprint(value)}
    ]


def _plain(value: Any) -> str:
    """A value as lines to compare: paragraphs of a body, entries of a list."""
    if isinstance(value, str):
        return strip_tags(value.replace("</p>", "</p>\n").replace("<br>", "\n"))
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False, indent=1)
    return str(value or "")
