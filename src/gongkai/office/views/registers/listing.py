"""The register: the records that one may see, narrowed as the address says, page by page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from gongkai.accounts.access import may, requires, standing
from gongkai.agencies.models import Agency
from gongkai.disclosure import policies as disclosure
from gongkai.disclosure.models import Record
from gongkai.disclosure.registers import (
    bodies_seen,
    lines_of,
    narrowed,
    ordered_by_version,
    register_of,
)
from gongkai.figures.registry import UnknownFigureError
from gongkai.office import policies
from gongkai.office.forms.registers import RegisterFilter, kept
from gongkai.office.verbs import now, person
from gongkai.office.views.registers.acts import ACTS
from gongkai.office.views.registers.figures import Asked, asked_figure
from gongkai.office.views.registers.lines import EXPORTED, row_of
from gongkai.office.views.registers.saved import opening_query, views_bar
from gongkai.web.exports import FORMATS, export
from gongkai.web.panels import EmptyState, Link
from gongkai.web.tables import Column, Table, address
from gongkai.web.wording import count, moment

# As many as fit into a file that a modest machine makes while somebody waits.
MOST_EXPORTED = 10_000
_CHUNK = 500


def _nothing(_row: Record) -> str:
    """The cells are drawn from lines, all of a page at once; columns only say what sorts."""
    return ""


COLUMNS: tuple[Column[Record], ...] = (
    Column("title", "标题", _nothing, ("title",)),
    Column("kind", "种类", _nothing, ("kind",)),
    Column("stage", "走到哪一步", _nothing),
    Column("formed", "成文日期", _nothing, ("formed_on",)),
    Column("published", "公开", _nothing, ("published_at",)),
)
_BY_VERSION = {"title", "formed"}


@dataclass(frozen=True, slots=True)
class Register:
    """What an address asks for: the conditions, the figure that is opened, the rows."""

    filters: RegisterFilter
    figure: Asked | None
    rows: QuerySet[Record]
    several: bool


def bodies_of(request: HttpRequest) -> QuerySet[Agency]:
    """The bodies whose records the asker may see."""
    seen = bodies_seen(standing(request))
    return Agency.objects.all() if seen is None else Agency.objects.filter(pk__in=seen)


def asked(request: HttpRequest, today: date) -> Register:
    """The rows of an address. UnknownFigureError where it names a figure that is not there."""
    who = standing(request)
    seen = bodies_seen(who)
    figure = asked_figure(request.GET, who)
    filters = RegisterFilter(request.GET, bodies_of(request).order_by("code"))
    rows = register_of(who) if figure is None else figure.rows().of_agencies(seen)
    found = narrowed(rows, filters.wanted(str(who.user_id)), today)
    listed: QuerySet[Record] = found.select_related("agency").order_by("-pk")
    if request.GET.get("sort", "").removeprefix("-") in _BY_VERSION:
        listed = ordered_by_version(listed)
    return Register(filters, figure, listed, seen is None or len(seen) > 1)


@require_safe
@requires(policies.SEE_REGISTER)
def records(request: HttpRequest) -> HttpResponse:
    """The list; without a word in the address the one that its owner wants to see first."""
    if not request.GET and (query := opening_query(person(request))):
        return redirect(f"{request.path}?{query}")
    today = localdate()
    try:
        register = asked(request, today)
    except UnknownFigureError:
        return _no_such_figure(request)
    table = Table(COLUMNS, register.rows, request.GET, "政府信息清单", "条")
    lines = lines_of(table.page, today)
    context: dict[str, Any] = {
        "table": table,
        "lines": [row_of(lines[one.pk], today) for one in table.page],
        "filters": register.filters,
        "chips": register.filters.chips(request.GET),
        "figure": register.figure,
        "several": register.several,
        "hidden": _hidden(request),
        "files": _files(request),
        "views": views_bar(request),
        "kept": kept(request.GET),
        "empty": _empty(request, register),
        "may_draft": may(disclosure.DRAFT, standing(request)),
        "acts": ACTS if may(policies.ACT_ON_MANY, standing(request)) else (),
        "picked": request.GET.get("pick") == "page",
    }
    return render(request, "office/records.html", context)


def _hidden(request: HttpRequest) -> list[tuple[str, str]]:
    """What filtering must not lose: the figure that is opened, and the order."""
    names = ("figure", "since", "until", "as_of", "agency", "sort")
    return [(name, value) for name in names for value in request.GET.getlist(name)]


def _files(request: HttpRequest) -> list[Link]:
    path = reverse("office:records_export")
    return [
        Link(form.label, path + address(request.GET, {"format": name, "page": "", "pick": ""}))
        for name, form in FORMATS.items()
        if name != "json"
    ]


def _empty(request: HttpRequest, register: Register) -> EmptyState:
    everything = f"{reverse('office:records')}?all=1"
    if register.figure is not None:
        return EmptyState(
            "没有符合条件的信息", register.figure.how, (Link("看全部信息", everything),)
        )
    if any(register.filters.conditions()):
        return EmptyState(
            "没有符合条件的信息",
            "可能条件太多。标题里的词可以少写一两个，文号的括号怎么写都行。",
            (Link("清除条件，看全部", everything),),
        )
    acts = [Link("看待办", reverse("office:work_list"))]
    if may(disclosure.DRAFT, standing(request)):
        acts.insert(0, Link("起草一条", reverse("office:record_new")))
    return EmptyState("还没有政府信息", "起草或者导入以后，从起草到公开都在这里。", tuple(acts))


def _no_such_figure(request: HttpRequest) -> HttpResponse:
    empty = EmptyState(
        "没有这个数字",
        "地址里写的数字名称没有登记，可能是旧地址，或者抄错了。",
        (Link("看全部信息", f"{reverse('office:records')}?all=1"),),
    )
    return render(request, "office/records_no_figure.html", {"empty": empty}, status=404)


@require_safe
@requires(policies.SEE_REGISTER)
def records_export(request: HttpRequest) -> HttpResponse:
    """The whole list as a file, with its conditions and the time; refused where it is too long to
    be made while somebody waits."""
    today, form = localdate(), request.GET.get("format", "")
    try:
        register = asked(request, today)
    except UnknownFigureError:
        return _no_such_figure(request)
    back = reverse("office:records") + address(request.GET, {"format": ""})
    if form not in FORMATS:
        messages.error(request, "没有导出：请选择 XLSX 或者 CSV")
        return redirect(back)
    table = Table(COLUMNS, register.rows, request.GET, "政府信息清单", "条")
    total = table.page.paginator.count
    if total > MOST_EXPORTED:
        messages.error(
            request,
            f"没有导出：清单有 {count(total)} 条，一次最多 {count(MOST_EXPORTED)} 条。"
            "请按年份或者机关分几次导出。",
        )
        return redirect(back)
    heads = [label for label, _ in EXPORTED]
    notes = _notes(request, register, total)
    return export(form, f"政府信息清单{today:%Y%m%d}", heads, _written(table, today), notes)


def _written(table: Table[Record], today: date) -> Iterator[list[str]]:
    """The rows of the file, some hundred records in memory at a time."""
    rows = table.ordered().iterator(chunk_size=_CHUNK)
    while some := list(islice(rows, _CHUNK)):
        lines = lines_of(some, today)
        for record in some:
            yield [text(lines[record.pk], today) for _, text in EXPORTED]


def _notes(request: HttpRequest, register: Register, total: int) -> list[tuple[str, str]]:
    """What the sheet beside the list says: what it is, when and by whom it was made."""
    notes = [("清单", "政府信息"), ("条数", str(total)), ("导出时间", moment(now()))]
    notes += [("导出人", person(request).display_name)]
    if register.figure is not None:
        figure = register.figure
        notes += [("数字", f"{figure.figure.label} {figure.words}"), ("期间", figure.period)]
        notes += [("怎么数的", figure.how)]
    notes += [(label, words) for _, label, words in register.filters.conditions()]
    if len(notes) == 4:
        notes += [("条件", "没有，导出的是能看到的全部信息")]
    return notes
