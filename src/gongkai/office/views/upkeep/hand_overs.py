"""移交清单: what a body has still to hand over to an archive or library, and lists handed over."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.accounts.access import requires, standing
from gongkai.agencies.models import Agency
from gongkai.disclosure import policies
from gongkai.disclosure.errors import DisclosureError
from gongkai.disclosure.models import HandOver, ReadingPlace
from gongkai.disclosure.reading_places import HEADS, next_since, pending, rows_of
from gongkai.disclosure.services.places import hand_over
from gongkai.office.forms.upkeep.places import HandOverForm
from gongkai.office.screens import sent
from gongkai.office.verbs import acting, attempt, now
from gongkai.office.views.upkeep.places import LIST, any_body, found_place, url_of, yesterday
from gongkai.office.views.upkeep.scope import bodies_where, entitled
from gongkai.web.exports import FORMATS, export
from gongkai.web.panels import Link
from gongkai.web.tables import address


@require_http_methods(["GET", "HEAD", "POST"])
@requires(policies.HAND_OVER, of=any_body)
def give(request: HttpRequest, *, pk: int) -> HttpResponse:
    """First what would be on the list; written on the second press."""
    place = found_place(pk)
    bodies = bodies_where(policies.HAND_OVER, standing(request))
    form = HandOverForm(sent(request), bodies=bodies, initial={"until": yesterday()})
    waiting: list[Any] | None = None
    agency = bodies[0]
    if form.is_valid():
        said, agency = form.cleaned_data, form.body()
        if "save" in request.POST:
            made = _given(request, form, place, agency)
            if made is not None:
                messages.success(request, f"第{made.number}期移交清单已登记，共 {made.size} 条")
                return redirect("office:hand_over", pk=made.pk)
        else:
            waiting = pending(place, agency, said["until"], since=_since(place, agency, said))
    context: dict[str, Any] = {
        "place": place,
        "form": form,
        "agency": agency,
        "follows": next_since(place, agency),
        "waiting": waiting,
        "crumbs": [LIST, Link(place.name, url_of(place)), Link("移交")],
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "office/place_hand_over.html", context, status=status)


def _since(place: ReadingPlace, agency: Agency, said: dict[str, Any]) -> date | None:
    chosen: date | None = next_since(place, agency) or said["since"]
    return chosen


def _given(
    request: HttpRequest, form: HandOverForm, place: ReadingPlace, agency: Agency
) -> HandOver | None:
    said = form.cleaned_data
    by = acting(request, agency)
    return attempt(
        form,
        lambda: entitled(
            lambda: hand_over(
                place, agency, until=said["until"], since=said["since"], by=by, at=now()
            )
        ),
        DisclosureError,
    )


def _found(pk: int) -> HandOver:
    made = HandOver.objects.select_related("place", "agency").filter(pk=pk).first()
    if made is None:
        raise Http404
    return made


def this_list(_request: HttpRequest, *, pk: int) -> int:
    """The body that handed over."""
    return _found(pk).agency_id


@require_safe
@requires(policies.SEE, of=this_list)
def handed(request: HttpRequest, *, pk: int) -> HttpResponse:
    """One list as it is printed, signed and handed over."""
    made = _found(pk)
    rows = rows_of(made)
    name = f"{made.agency.name}移交清单第{made.number}期"
    form = request.GET.get("export", "")
    if form in FORMATS:
        return export(form, name, HEADS, rows)
    context: dict[str, Any] = {
        "list": made,
        "heads": HEADS,
        "rows": [list(zip(HEADS, row, strict=True)) for row in rows],
        "files": [
            (one.label, address(request.GET, {"export": key})) for key, one in FORMATS.items()
        ],
        "crumbs": [LIST, Link(made.place.name, url_of(made.place)), Link(f"第{made.number}期")],
    }
    return render(request, "office/place_list.html", context)
