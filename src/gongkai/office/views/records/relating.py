"""Saying what a record does to another: the other is searched for, then the relation registered."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods

from gongkai.accounts.access import requires, standing
from gongkai.accounts.standing import Standing
from gongkai.disclosure import policies
from gongkai.disclosure.errors import DisclosureError
from gongkai.disclosure.models import Record
from gongkai.disclosure.registers import Wanted, narrowed, register_of, spellings
from gongkai.disclosure.services.publishing import relate
from gongkai.office.forms.records.acts import RelateForm
from gongkai.office.screens import sent
from gongkai.office.verbs import attempt, now
from gongkai.office.views.records.subjects import (
    READ_AND_WRITE,
    affair,
    by_for,
    newest_of,
    trail_of,
    within_reach,
)
from gongkai.office.views.upkeep.scope import entitled, found_record, titles_of

MOST = 20


@require_http_methods(READ_AND_WRITE)
@requires(policies.DRAFT, of=affair)
def relate_to(request: HttpRequest, *, pk: uuid.UUID) -> HttpResponse:
    """Search, choice, form: three addresses of one screen, so that it works without a script."""
    record, who = found_record(pk), standing(request)
    words = request.GET.get("q", "").strip()
    chosen = _chosen(request, who)
    form = None
    if chosen is not None:
        form = RelateForm(sent(request), earlier=str(chosen.public_id))
        if form.is_valid() and _related(request, form, record, chosen):
            messages.success(request, "已登记关联")
            return redirect("office:record", pk=pk)
    found = _found(who, words, record) if words else []
    titles = titles_of([*found, *([chosen] if chosen else [])])
    context = {
        "record": record,
        "words": words,
        "form": form,
        "chosen": titles[chosen.pk] if chosen else "",
        "found": [(one, titles[one.pk]) for one in found],
        "crumbs": trail_of(request, record, newest_of(record).title, "登记关联"),
    }
    status = 422 if form is not None and form.is_bound else 200
    return render(request, "office/record_relate.html", context, status=status)


def _related(request: HttpRequest, form: RelateForm, record: Record, chosen: Record) -> bool:
    said, by = form.cleaned_data, by_for(request, record)
    done = attempt(
        form,
        lambda: entitled(
            lambda: relate(
                record,
                chosen,
                said["kind"],
                by=by,
                at=now(),
                on=said["on"],
                forms=tuple(said["forms"]),
            )
        ),
        DisclosureError,
    )
    return done is not None


def _chosen(request: HttpRequest, who: Standing) -> Record | None:
    """The other record, if one was chosen; 404 where the person may not read it."""
    said = request.POST.get("earlier") or request.GET.get("earlier", "")
    if not said:
        if request.method == "POST":
            raise Http404
        return None
    try:
        public_id = uuid.UUID(said)
    except ValueError:
        raise Http404 from None
    found = within_reach(who).select_related("agency", "live__version")
    chosen = found.filter(public_id=public_id).first()
    if chosen is None:
        raise Http404
    return chosen


def _found(who: Standing, words: str, record: Record) -> list[Record]:
    """By title or number: drafts of one's own bodies, and what is public by its public title."""
    own = narrowed(register_of(who), Wanted(words=words), localdate())
    public = Q()
    for one in spellings(words):
        public |= Q(live__version__title__icontains=one) | Q(live__version__doc_no__icontains=one)
    found = Record.objects.filter(Q(pk__in=own.order_by().values("pk")) | public)
    found = found.exclude(pk=record.pk).select_related("agency", "live__version")
    return list(found.order_by("-pk")[:MOST])
