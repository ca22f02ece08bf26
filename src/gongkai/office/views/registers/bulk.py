"""One act on many records: chosen in the list, named once more, done one by one, then told.

Nothing is decided here: every record goes through the verb, in a transaction of its own, and what
the verb refuses stays as it was.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.timezone import localdate
from django.views.decorators.http import require_POST

from gongkai.accounts.access import requires, standing
from gongkai.disclosure.errors import DisclosureError
from gongkai.disclosure.registers import Line, lines_of, register_of
from gongkai.office import policies
from gongkai.office.verbs import acting, now
from gongkai.office.views.registers.acts import ACTS, ManyAct
from gongkai.office.views.registers.lines import Row, row_of
from gongkai.trail.services import PersonalFactError
from gongkai.web.panels import Link

# As many as one can look at before pressing.
MOST_AT_ONCE = 100
STALE = "您看过以后又有人改动过，没有办；请重新看一遍再办"


@dataclass(frozen=True, slots=True)
class Refusal:
    """A record that stayed as it was, and why."""

    row: Row
    why: str


@require_POST
@requires(policies.ACT_ON_MANY)
def records_bulk(request: HttpRequest) -> HttpResponse:
    """Names what is about to happen to the chosen records; with `sure` it happens."""
    chosen, back = _chosen(request), _back(request)
    act = next((one for one in ACTS if one.name == request.POST.get("act")), None)
    if act is None or not chosen:
        messages.error(request, "没有办：请先勾选信息，再选要办的事")
        return redirect(back)
    if len(chosen) > MOST_AT_ONCE:
        messages.error(request, f"没有办：一次最多 {MOST_AT_ONCE} 条，您选了 {len(chosen)} 条")
        return redirect(back)
    sure = "sure" in request.POST
    form = act.form(request.POST if sure else None)
    if sure and form.is_valid():
        return _done(request, act, chosen, form.cleaned_data, back)
    today = localdate()
    rows = [row_of(line, today) for line in chosen.values()]
    context: dict[str, Any] = {
        "act": act,
        "rows": rows,
        "early": [one for one in rows if not act.is_due(one.line)],
        "form": form,
        "back": back,
        "crumbs": [Link("信息", back), Link(f"{act.label} {len(rows)} 条")],
    }
    return render(request, "office/records_bulk.html", context, status=422 if sure else 200)


def _chosen(request: HttpRequest) -> dict[uuid.UUID, Line]:
    """The chosen records that the asker may see, in the order of the list."""
    wanted = {uid for text in request.POST.getlist("record") if (uid := _uuid(text)) is not None}
    rows = register_of(standing(request)).filter(public_id__in=wanted).select_related("agency")
    found = list(rows.order_by("-pk")[: MOST_AT_ONCE + 1])
    lines = lines_of(found, localdate())
    return {record.public_id: lines[record.pk] for record in found}


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text.partition(":")[0])
    except ValueError:
        return None


def _revisions(request: HttpRequest) -> dict[str, str]:
    """The revision in which each record was shown, by its id."""
    said = (text.partition(":") for text in request.POST.getlist("record"))
    return {uid: revision for uid, _, revision in said}


def _back(request: HttpRequest) -> str:
    """The list from which the records were chosen."""
    back = request.POST.get("back", "")
    own = url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    start = reverse("office:records")
    return back if own and back.startswith(start) else f"{start}?all=1"


def _done(
    request: HttpRequest,
    act: ManyAct,
    chosen: Mapping[uuid.UUID, Line],
    said: Mapping[str, Any],
    back: str,
) -> HttpResponse:
    """Calls the verb for each record and tells what came of it."""
    seen, at, today = _revisions(request), now(), localdate()
    done: list[Row] = []
    refused: list[Refusal] = []
    for uid, line in chosen.items():
        row = row_of(line, today)
        if seen.get(str(uid)) != str(line.record.revision):
            refused.append(Refusal(row, STALE))
            continue
        try:
            act.call(line, said, acting(request, line.record.agency), at)
        except (DisclosureError, PersonalFactError) as refusal:
            refused.append(Refusal(row, str(refusal)))
        else:
            done.append(row)
    context = {
        "act": act,
        "done": done,
        "refused": refused,
        "back": back,
        "crumbs": [Link("信息", back), Link(f"{act.label}的结果")],
    }
    return render(request, "office/records_bulk_done.html", context)
