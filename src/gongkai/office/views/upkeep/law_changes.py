"""A provision changed: the records that rest on it are shown first, then opened for evaluation;
and for the supervising office how far each body has come with its evaluations.
"""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.accounts.access import may, requires, standing
from gongkai.agencies.models import Agency
from gongkai.agencies.queries import supervising_agency
from gongkai.disclosure import policies
from gongkai.disclosure.errors import DisclosureError
from gongkai.disclosure.models import LawChange, Record
from gongkai.disclosure.reappraisals import BodyStanding, by_body, grounded_on
from gongkai.disclosure.services.reappraising import reopen_for_law_change
from gongkai.office.forms.upkeep.reappraisals import ALL, LawChangeForm
from gongkai.office.screens import sent
from gongkai.office.verbs import acting, attempt, now
from gongkai.office.views.upkeep.listing import Field, Listing
from gongkai.office.views.upkeep.reappraisals import LIST
from gongkai.office.views.upkeep.scope import OVERSEE, bodies_where, titles_of
from gongkai.web.panels import EmptyState, Link

_SHOWN = 50


@require_http_methods(["GET", "HEAD", "POST"])
@requires(policies.REAPPRAISE)
def law_change(request: HttpRequest) -> HttpResponse:
    """First which records it concerns; opened on the second press."""
    who = standing(request)
    office = supervising_agency()
    everywhere = office is not None and may(policies.REAPPRAISE, who, office.pk)
    bodies = bodies_where(policies.REAPPRAISE, who)
    form = LawChangeForm(sent(request), bodies=bodies, everywhere=everywhere)
    concerned: list[Record] | None = None
    if form.is_valid():
        agency = _body(form, bodies)
        concerned = grounded_on(form.place(), None if agency is None else frozenset({agency.pk}))
        if "save" in request.POST:
            made = _opened(request, form, agency)
            if made is not None:
                messages.success(request, f"已登记，{made.tasks.count()} 件信息等着评估")
                return redirect(f"{LIST.url}?show=all")
    context: dict[str, Any] = {"form": form, "crumbs": [LIST, Link("登记依据变更")]}
    if concerned is not None:
        titles = titles_of(concerned)
        context |= {
            "count": len(concerned),
            "concerned": [(one, titles[one.pk]) for one in concerned[:_SHOWN]],
        }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "office/reappraisal_law.html", context, status=status)


def _body(form: LawChangeForm, bodies: list[Agency]) -> Agency | None:
    chosen = form.cleaned_data["scope"]
    if chosen == ALL:
        return None
    for one in bodies:
        if one.code == chosen:
            return one
    raise PermissionDenied


def _opened(request: HttpRequest, form: LawChangeForm, agency: Agency | None) -> LawChange | None:
    said = form.cleaned_data
    return attempt(
        form,
        lambda: reopen_for_law_change(
            form.place().short, on=said["on"], due_on=said["due_on"], reason=said["reason"],
            agency=agency, by=acting(request, agency or supervising_agency()), at=now(),
        ),
        DisclosureError,
    )  # fmt: skip


# --- the bodies -------------------------------------------------------------------------------


def _opening(show: str, count: int, row: BodyStanding, today: date) -> str:
    """The list that a figure opens; "" for nought."""
    since = date(today.year, 1, 1)
    said = {"show": show, "agency": row.agency.code, "since": since.isoformat(),
            "until": today.isoformat()}  # fmt: skip
    return f"{reverse('office:reappraisals')}?{urlencode(said)}" if count else ""


@require_safe
@requires(OVERSEE)
def bodies(request: HttpRequest) -> HttpResponse:
    """This year: what fell due in each body, what was decided, what is late; each figure opens."""
    today = localdate()
    fields: tuple[Field[BodyStanding], ...] = (
        Field("agency", "机关", lambda row: row.agency.name, sort=lambda row: row.agency.code),
        Field("due", "到期应评估", lambda row: str(row.due), sort=lambda row: row.due,
              numeric=True),
        Field("done", "已评估", lambda row: str(row.done), sort=lambda row: row.done, numeric=True,
              link=lambda row: _opening("done", row.done, row, today)),
        Field("late", "过期没有评估", lambda row: str(row.late), sort=lambda row: row.late,
              numeric=True, link=lambda row: _opening("late", row.late, row, today)),
    )  # fmt: skip
    rows = by_body(today, since=date(today.year, 1, 1))
    table = Listing(fields, rows, request.GET, f"{today.year}年各机关评估情况", "个机关")
    if (file := table.file(request, table.caption)) is not None:
        return file
    context = {
        "table": table,
        "year": today.year,
        "due": sum(one.due for one in rows),
        "done": sum(one.done for one in rows),
        "late": sum(one.late for one in rows),
        "empty": EmptyState(
            "今年还没有到期的评估",
            "各机关不公开的信息每年至少评估一次，到期的列在这里。",
            (Link("看全部不公开的信息", f"{LIST.url}?show=all"),),
        ),
        "crumbs": [LIST, Link("各机关")],
    }
    return render(request, "office/reappraisal_bodies.html", context)
