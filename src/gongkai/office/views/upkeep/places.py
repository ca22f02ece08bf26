"""Reading places (`regulations#25`): the register, one place, and what its keeper changes.

Lists handed over to archives and libraries are hand_overs.py's.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.accounts.access import may, requires, standing
from gongkai.disclosure import policies
from gongkai.disclosure.errors import DisclosureError
from gongkai.disclosure.models import HandOver, PlaceKind, ReadingPlace
from gongkai.disclosure.models.places import RECEIVING
from gongkai.disclosure.reading_places import missing_kinds
from gongkai.disclosure.services.places import change_place, close_place, register_place
from gongkai.office.forms.upkeep.places import CloseForm, FactsForm, PlaceForm
from gongkai.office.screens import Ask, ask, sent
from gongkai.office.verbs import acting, attempt, now
from gongkai.office.views.upkeep.scope import bodies_of, bodies_where, entitled, scope_of
from gongkai.web.panels import EmptyState, Link
from gongkai.web.tables import Column, Table, exported
from gongkai.web.wording import moment

LIST = Link("查阅场所", "/office/places/")


def url_of(place: ReadingPlace) -> str:
    """The screen of a reading place."""
    return reverse("office:place", args=[place.pk])


def _until(place: ReadingPlace) -> str:
    return "—" if place.valid_to is None else place.valid_to.isoformat()


COLUMNS: tuple[Column[ReadingPlace], ...] = (
    Column("name", "名称", lambda row: row.name, ("name",), link=url_of),
    Column("kind", "类别", lambda row: PlaceKind(row.kind).label, ("kind",)),
    Column("address", "地址", lambda row: row.address),
    Column("hours", "开放时间", lambda row: row.hours),
    Column("phone", "电话", lambda row: row.phone),
    Column("agency", "由谁维护", lambda row: row.agency.name, ("agency__code",)),
    Column("since", "自", lambda row: row.valid_from.isoformat(), ("valid_from",)),
    Column("until", "至", _until, ("valid_to",)),
)


@require_safe
@requires(policies.SEE)
def places(request: HttpRequest) -> HttpResponse:
    """Every reading place of the county: they are public, so that all bodies see all of them."""
    today, who = localdate(), standing(request)
    closed = request.GET.get("state") == "closed"
    every = ReadingPlace.objects.select_related("agency")
    rows = every.filter(valid_to__lt=today) if closed else every.exclude(valid_to__lt=today)
    table = Table(COLUMNS, rows.order_by("name", "pk"), request.GET, "查阅场所", "处")
    if (file := exported(request, table, "查阅场所")) is not None:
        return file
    may_register = bool(bodies_where(policies.KEEP_PLACES, who))
    ways = (Link("登记查阅场所", reverse("office:place_new")),) if may_register else (
        Link("由政府信息公开工作机构登记"),
    )  # fmt: skip
    context = {
        "table": table,
        "closed": closed,
        "missing": [one.label for one in missing_kinds(today)],
        "may_register": may_register,
        "empty": EmptyState("没有撤销的查阅场所", "撤销的列在这里。", (Link("看开放的", LIST.url),))
        if closed
        else EmptyState(
            "还没有登记查阅场所",
            "国家档案馆、公共图书馆、政务服务场所都要设（条例第二十五条）。",
            ways,
        ),
    }
    return render(request, "office/places.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(policies.KEEP_PLACES)
def register(request: HttpRequest) -> HttpResponse:
    """A new reading place."""
    bodies = bodies_where(policies.KEEP_PLACES, standing(request))
    form = PlaceForm(sent(request), bodies=bodies, initial={"since": localdate()})
    if form.is_valid():
        said, agency = form.cleaned_data, form.body()
        made = attempt(
            form,
            lambda: entitled(
                lambda: register_place(
                    agency, said["kind"], form.facts(), since=said["since"],
                    by=acting(request, agency), at=now(),
                )
            ),
            DisclosureError,
        )  # fmt: skip
        if made is not None:
            messages.success(request, f"已登记{made.name}")
            return redirect(url_of(made))
    lead = "公众会看到名称、地址、开放时间和电话。"
    return ask(request, form, Ask("登记查阅场所", "登记查阅场所", LIST, (LIST,), lead=lead))


def found_place(pk: int) -> ReadingPlace:
    """The place of an address; 404 where there is none."""
    place = ReadingPlace.objects.select_related("agency").filter(pk=pk).first()
    if place is None:
        raise Http404
    return place


def keeper_of(_request: HttpRequest, *, pk: int) -> int:
    """The body that keeps the place."""
    return found_place(pk).agency_id


def any_body(_request: HttpRequest, *, pk: int) -> None:
    """A place is public: whoever works on records sees it; 404 where there is none."""
    found_place(pk)


def _period(made: HandOver) -> str:
    return f"{made.since.isoformat() if made.since else '最初'} 至 {made.until.isoformat()}"


HANDED: tuple[Column[HandOver], ...] = (
    Column("agency", "机关", lambda row: row.agency.name, ("agency__code",)),
    Column("number", "期数", lambda row: f"第{row.number}期", ("number",),
           link=lambda row: reverse("office:hand_over", args=[row.pk])),
    Column("period", "期间", _period, ("until",)),
    Column("size", "条数", lambda row: str(row.size), ("size",), numeric=True),
    Column("at", "移交", lambda row: f"{moment(row.at)} {row.by_name}", ("at",)),
)  # fmt: skip


def _open(chosen: ReadingPlace, today: date) -> bool:
    return chosen.valid_to is None or chosen.valid_to >= today


def _never_handed(chosen: ReadingPlace, *, may_hand: bool) -> EmptyState:
    first = Link("登记第一期移交", reverse("office:place_hand_over", args=[chosen.pk]))
    return EmptyState(
        "还没有移交过",
        "公开的、更新的、撤回的都要告诉它。每隔一段时间移交一期，一期接着一期。",
        (first if may_hand else Link("由政府信息公开工作机构移交"),),
    )


@require_safe
@requires(policies.SEE, of=any_body)
def place(request: HttpRequest, *, pk: int) -> HttpResponse:
    """One place: what the public is told, and the lists of the bodies one sees."""
    chosen, who, today = found_place(pk), standing(request), localdate()
    lists = HandOver.objects.filter(place=chosen, agency__in=bodies_of(scope_of(who)))
    lists = lists.select_related("agency").order_by("-pk")
    table = Table(HANDED, lists, request.GET, f"{chosen.name}的移交清单", "期")
    if (file := exported(request, table, table.caption)) is not None:
        return file
    may_hand = _open(chosen, today) and bool(bodies_where(policies.HAND_OVER, who))
    context: dict[str, Any] = {
        "place": chosen,
        "kind": PlaceKind(chosen.kind).label,
        "receiving": chosen.kind in RECEIVING,
        "open_now": _open(chosen, today),
        "table": table,
        "empty": _never_handed(chosen, may_hand=may_hand),
        "may_keep": chosen.valid_to is None and may(policies.KEEP_PLACES, who, chosen.agency_id),
        "may_hand": may_hand,
        "crumbs": [LIST, Link(chosen.name)],
    }
    return render(request, "office/place.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(policies.KEEP_PLACES, of=keeper_of)
def change(request: HttpRequest, *, pk: int) -> HttpResponse:
    """Its facts written anew."""
    chosen = found_place(pk)
    known = {name: getattr(chosen, name) for name in ("name", "address", "hours", "phone")}
    form = FactsForm(sent(request), initial=known)
    by = acting(request, chosen.agency)
    if form.is_valid() and _done(form, lambda: change_place(chosen, form.facts(), by=by, at=now())):
        messages.success(request, "已保存，公众看到的马上随着改")
        return redirect(url_of(chosen))
    back = Link(chosen.name, url_of(chosen))
    return ask(request, form, Ask("改查阅场所", "保存", back, (LIST, back)))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(policies.KEEP_PLACES, of=keeper_of)
def close(request: HttpRequest, *, pk: int) -> HttpResponse:
    """Ends it with a day, for good."""
    chosen = found_place(pk)
    form = CloseForm(sent(request))
    by = acting(request, chosen.agency)
    if form.is_valid():
        until: date = form.cleaned_data["until"]
        why = form.cleaned_data["reason"]
        if _done(form, lambda: close_place(chosen, until=until, reason=why, by=by, at=now())):
            messages.success(request, f"{chosen.name}开放到 {until}")
            return redirect(url_of(chosen))
    back = Link(chosen.name, url_of(chosen))
    effect = "撤销以后不能恢复，只能重新登记。移交过的清单保留。"
    screen = Ask("撤销查阅场所", "撤销查阅场所", back, (LIST, back), effect=effect,
                 subject=chosen.name, final=True)  # fmt: skip
    return ask(request, form, screen)


def _done(form: forms.Form, verb: Any) -> bool:
    return attempt(form, lambda: entitled(verb), DisclosureError) is not None


def yesterday() -> date:
    """The last day that is over: nothing more can become public on it."""
    return localdate() - timedelta(days=1)
