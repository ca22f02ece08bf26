"""Lists kept under a name: the bar above the register, and saving, changing, deleting them."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from gongkai.accounts.access import may, requires, standing
from gongkai.accounts.models import User
from gongkai.accounts.standing import Standing
from gongkai.agencies.models import Agency
from gongkai.disclosure.policies import works_on_records
from gongkai.office import policies
from gongkai.office.forms.fields import NothingForm
from gongkai.office.forms.registers import SaveForm, kept
from gongkai.office.models import SavedView
from gongkai.office.policies import ViewAffair
from gongkai.office.screens import Ask, ask, sent
from gongkai.office.services.saved_views import (
    SavedViewError,
    change_view,
    delete_view,
    open_first,
    save_view,
)
from gongkai.office.verbs import acting, attempt, now, person
from gongkai.web.panels import Link

LIST = Link("信息", "/office/records/?all=1")


@dataclass(frozen=True, slots=True)
class Entry:
    """A kept list in the bar: where it leads, whether it is the one on the screen, and what the
    asker may do with it."""

    view: SavedView
    url: str
    current: bool
    mine: bool
    may_keep: bool


def served(who: Standing) -> frozenset[int]:
    """Bodies in which the asker works on records; lists are shared within one of them."""
    return frozenset(pk for pk in who.agency_ids if works_on_records.test(who, pk))


def views_of(who: Standing) -> QuerySet[SavedView]:
    """Kept lists that the asker may use: his own, and those shared with him."""
    mine = Q(owner_id=who.user_id) | Q(agency_id__in=served(who))
    return SavedView.objects.filter(mine).select_related("owner", "agency")


def views_bar(request: HttpRequest) -> list[Entry]:
    """The kept lists in the order of their names."""
    who, here = standing(request), kept(request.GET)
    return [
        Entry(
            view,
            f"{reverse('office:records')}?{view.query or 'all=1'}",
            view.query == here and "figure" not in request.GET,
            view.owner_id == who.user_id,
            may(policies.KEEP_VIEW, who, ViewAffair(view.owner_id, view.agency_id)),
        )
        for view in views_of(who)
    ]


def opening_query(user: User) -> str:
    """The conditions of the list that a person wants to see first; "" where none is chosen."""
    chosen = SavedView.objects.filter(owner=user, opens_first=True)
    return chosen.values_list("query", flat=True).first() or ""


def found(pk: int) -> SavedView:
    """The list of an address; 404 where there is none."""
    view = SavedView.objects.select_related("owner", "agency").filter(pk=pk).first()
    if view is None:
        raise Http404
    return view


def affair(_request: HttpRequest, *, pk: int) -> ViewAffair:
    """What the policies judge: whose list it is and who shares it."""
    view = found(pk)
    return ViewAffair(view.owner_id, view.agency_id)


def _bodies(request: HttpRequest) -> QuerySet[Agency]:
    return Agency.objects.filter(pk__in=served(standing(request))).order_by("code")


def _back(view: SavedView) -> str:
    return f"{reverse('office:records')}?{view.query or 'all=1'}"


@require_http_methods(["GET", "HEAD", "POST"])
@requires(policies.SEE_REGISTER)
def view_save(request: HttpRequest) -> HttpResponse:
    """Keeps the conditions of the list under a name."""
    data = sent(request)
    query = kept(QueryDict((request.GET if data is None else data).get("query", "")))
    form = SaveForm(data, _bodies(request), {"query": query})
    if form.is_valid():
        said = form.cleaned_data
        view = attempt(
            form,
            lambda: save_view(
                person(request),
                said["name"],
                query,
                agency=said["agency"],
                by=acting(request, said["agency"]),
                at=now(),
            ),
            SavedViewError,
        )
        if view is not None:
            messages.success(request, f"已保存常用清单“{view.name}”")
            return redirect(_back(view))
    back = Link("清单", f"{reverse('office:records')}?{query or 'all=1'}")
    effect = "保存的是条件，不是结果：下次打开，按当时的情况重新列出。"
    return ask(request, form, Ask("保存常用清单", "保存清单", back, (LIST,), effect=effect))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(policies.KEEP_VIEW, of=affair)
def view_edit(request: HttpRequest, *, pk: int) -> HttpResponse:
    """Another name, or other people who have it."""
    view = found(pk)
    shared = Agency.objects.filter(saved_views=view)
    bodies = _bodies(request) | Agency.objects.filter(pk__in=shared)
    form = SaveForm(sent(request), bodies, {"name": view.name, "agency": view.agency})
    if form.is_valid():
        said = form.cleaned_data
        done = attempt(
            form,
            lambda: change_view(
                view,
                name=said["name"],
                agency=said["agency"],
                by=acting(request, view.agency),
                at=now(),
            ),
            SavedViewError,
        )
        if done is not None:
            messages.success(request, f"已改“{done.name}”")
            return redirect(_back(done))
    back = Link(view.name, _back(view))
    screen = Ask("改常用清单", "保存改动", back, (LIST, back), subject=view.name)
    return ask(request, form, screen)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(policies.KEEP_VIEW, of=affair)
def view_delete(request: HttpRequest, *, pk: int) -> HttpResponse:
    """Removes a kept list after it was named once more."""
    view = found(pk)
    form = NothingForm(sent(request))
    if form.is_valid():
        by = acting(request, view.agency)
        delete_view(view, by=by, at=now())
        messages.success(request, f"已删除常用清单“{view.name}”")
        return redirect(LIST.url)
    shared = f"{view.agency.name}的人也不再看到它。" if view.agency else ""
    screen = Ask(
        "删除常用清单",
        "删除清单",
        Link(view.name, _back(view)),
        (LIST, Link(view.name, _back(view))),
        effect=f"删掉的只是这份清单的条件，里面的信息不动。{shared}",
        subject=view.name,
        final=True,
    )
    return ask(request, form, screen)


@require_POST
@requires(policies.CHOOSE_VIEW, of=affair)
def view_first(request: HttpRequest, *, pk: int) -> HttpResponse:
    """The list that its owner sees first, or no longer."""
    view = found(pk)
    first = not view.opens_first
    open_first(view, first=first, by=acting(request, view.agency), at=now())
    said = "以后打开“信息”先看" if first else "以后打开“信息”不再先看"
    messages.success(request, f"{said}“{view.name}”")
    return redirect(_back(view))
