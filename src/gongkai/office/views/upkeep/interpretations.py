"""Interpretations: which documents still owe one, which are there and how they explain, and which
read like an extract. A hint of sameness judges nothing; a reviewer does.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from gongkai.accounts.access import may, requires, standing
from gongkai.accounts.standing import Standing as Person
from gongkai.agencies.models import Agency
from gongkai.disclosure import policies
from gongkai.disclosure.interpretations import (
    EXTRACT,
    Extract,
    Owing,
    calendars_on,
    extracts,
    forms_of,
    interpretations_of,
    owing,
    share_of,
)
from gongkai.disclosure.kinds import RecordKind
from gongkai.disclosure.models import Record
from gongkai.disclosure.publication_days import first_public_on
from gongkai.office.forms.upkeep.filters import DoneFilter, ShowFilter
from gongkai.office.views.upkeep.listing import Field, Listing
from gongkai.office.views.upkeep.scope import bodies_of, record_url, scope_of, titles_of
from gongkai.web.day_strip import DayStrip, day_strip
from gongkai.web.panels import EmptyState, Link
from statute.interpretation import InterpretationForm
from statute.proactive import publication_limit

HERE = "/office/interpretations/"
_MOST_CELLS = 20
LISTS = (("owed", "还没有解读"), ("done", "已有的解读"), ("extracts", "像摘抄的"))


@require_safe
@requires(policies.SEE)
def interpretations(request: HttpRequest) -> HttpResponse:
    """One of the three lists, under the figures that open them."""
    shown = request.GET.get("show", "")
    draw = {"done": _done, "extracts": _extracts}.get(shown, _owed)
    return draw(request, scope_of(standing(request)))


def _page(
    request: HttpRequest, shown: str, scope: frozenset[int] | None, **context: Any
) -> HttpResponse:
    table: Listing[Any] = context["table"]
    if (file := table.file(request, table.caption)) is not None:
        return file
    public = _public(scope)
    frame = {"shown": shown, "lists": LISTS, "share": share_of(public), "percent": EXTRACT.percent}
    return render(request, "office/interpretations.html", {**frame, **context})


def _public(scope: frozenset[int] | None) -> Any:
    return Record.objects.public().of_agencies(scope).filter(kind=RecordKind.INTERPRETATION)


# --- owed -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Owed:
    """A document without its interpretation, its limit drawn, the draft if there is one, and
    where to begin one if the person may."""

    one: Owing
    strip: DayStrip
    draft_url: str
    new_url: str

    @property
    def agency(self) -> Agency:
        """The body that owes it."""
        return self.one.standing.record.agency

    @property
    def next(self) -> str:
        """What there is of it, in words."""
        return "正在起草、审查" if self.draft_url else "还没有起草"


OWED: tuple[Field[Owed], ...] = (
    Field("title", "文件", lambda row: row.one.standing.version.title,
          link=lambda row: reverse("office:normative_document",
                                   args=[row.one.standing.record.public_id])),
    Field("agency", "机关", lambda row: row.agency.name, sort=lambda row: row.agency.code),
    Field("published", "公开日期", lambda row: row.one.published_on.isoformat(),
          sort=lambda row: row.one.published_on),
    Field("due", "最迟哪天解读", lambda row: row.one.due.due.isoformat(),
          sort=lambda row: row.one.due.due, template="office/interpretation_due.html"),
    Field("next", "做什么", lambda row: row.next, template="office/interpretation_next.html"),
)  # fmt: skip


def _owed(request: HttpRequest, scope: frozenset[int] | None) -> HttpResponse:
    today, who = localdate(), standing(request)
    filters = ShowFilter(request.GET, bodies_of(scope))
    code, calendar_of = filters.said("agency"), calendars_on(today)
    rows = [
        Owed(
            one,
            _short(day_strip(one.due, today, calendar_of(one.standing.record.agency))),
            record_url(one.drafts[-1]) if one.drafts else "",
            _new_url(who, one.standing.record),
        )
        for one in owing(today, scope)
        if code in {"", one.standing.record.agency.code}
    ]
    empty = EmptyState(
        "没有欠解读的文件",
        "县政府、政府办公室名义的规范性文件，部门涉及群众切身利益的文件，公开后都要有解读；现在都有了。",
        (Link("看已有的解读", f"{HERE}?show=done"),),
    )
    table = Listing(OWED, rows, request.GET, "还没有解读的文件")
    late = sum(row.one.late for row in rows)
    limit = publication_limit("interpretation", today).n
    return _page(request, "owed", scope, table=table, filters=filters, empty=empty, late=late,
                 limit=limit)  # fmt: skip


def _short(strip: DayStrip) -> DayStrip:
    """What is years late needs no cell for each day: its sentence tells how late it is."""
    return replace(strip, cells=strip.cells[:_MOST_CELLS])


def _new_url(who: Person, record: Record) -> str:
    """The form of a new interpretation that knows what it interprets; "" where he may not."""
    if not may(policies.DRAFT, who, record.agency_id):
        return ""
    said = {"kind": RecordKind.INTERPRETATION.value, "agency": record.agency.code,
            "interprets": str(record.public_id)}  # fmt: skip
    return f"/office/records/new/?{urlencode(said)}"


# --- done -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Done:
    """A public interpretation: what it interprets, in which forms, since when."""

    record: Record
    title: str
    documents: tuple[str, ...]
    forms: frozenset[InterpretationForm]
    on: date | None

    @property
    def beyond_text(self) -> bool:
        """More than plain text."""
        return bool(self.forms - {InterpretationForm.TEXT})

    @property
    def said(self) -> str:
        """Its forms in words, in the order of the list of forms."""
        return "、".join(one.label for one in InterpretationForm if one in self.forms) or "没有登记"


DONE: tuple[Field[Done], ...] = (
    Field("title", "解读", lambda row: row.title, sort=lambda row: row.title,
          link=lambda row: record_url(row.record)),
    Field("documents", "解读哪件文件", lambda row: "；".join(row.documents) or "没有登记"),
    Field("agency", "机关", lambda row: row.record.agency.name,
          sort=lambda row: row.record.agency.code),
    Field("forms", "形式", lambda row: row.said),
    Field("on", "公开日期", lambda row: row.on.isoformat() if row.on else "—",
          sort=lambda row: row.on or date.max),
)  # fmt: skip


def _done(request: HttpRequest, scope: frozenset[int] | None) -> HttpResponse:
    filters = DoneFilter(request.GET, bodies_of(scope))
    records = list(_public(scope).select_related("agency", "live__version").order_by("-pk"))
    rows = [one for one in _lines(records) if _wanted(one, filters)]
    empty = EmptyState(
        "没有符合条件的解读",
        "可能是筛选得太窄，或者解读还没有公开。",
        (Link("看全部解读", f"{HERE}?show=done"), Link("看还没有解读的文件", HERE)),
    )
    table = Listing(DONE, rows, request.GET, "政策解读")
    return _page(request, "done", scope, table=table, filters=filters, empty=empty)


def _lines(records: list[Record]) -> list[Done]:
    ids = [one.pk for one in records]
    forms = forms_of(Record.objects.filter(pk__in=ids))
    related: dict[int, list[Record]] = {}
    earlier = Record.objects.filter(related_by__kind="interprets", related_by__later_id__in=ids)
    relations = interpretations_of(set(earlier.values_list("pk", flat=True)))
    relations = relations.select_related("earlier__agency", "earlier__live__version")
    for relation in relations.filter(later_id__in=ids):
        related.setdefault(relation.later_id, []).append(relation.earlier)
    titles = titles_of([*records, *(one for many in related.values() for one in many)])
    return [
        Done(
            one,
            titles[one.pk],
            tuple(titles[each.pk] for each in related.get(one.pk, [])),
            forms.get(one.pk, frozenset()),
            first_public_on(one),
        )
        for one in records
    ]


def _wanted(one: Done, filters: DoneFilter) -> bool:
    how, year = filters.said("how"), filters.said("year")
    return (
        filters.said("agency") in {"", one.record.agency.code}
        and (not how or one.beyond_text is (how == "beyond"))
        and (not year or (one.on is not None and str(one.on.year) == year))
    )


# --- like extracts ----------------------------------------------------------------------------

EXTRACTS: tuple[Field[Extract], ...] = (
    Field("title", "解读", lambda row: _title(row.relation.later),
          link=lambda row: record_url(row.relation.later)),
    Field("document", "文件", lambda row: _title(row.relation.earlier)),
    Field("percent", "和原文相同", lambda row: f"{row.percent}%", sort=lambda row: row.percent,
          numeric=True),
)  # fmt: skip


def _title(record: Record) -> str:
    return record.live.version.title if record.live is not None else "（已撤回）"


def _extracts(request: HttpRequest, scope: frozenset[int] | None) -> HttpResponse:
    filters = ShowFilter(request.GET, bodies_of(scope))
    code = filters.said("agency")
    bodies = [one.pk for one in bodies_of(scope) if one.code == code]
    rows = extracts(frozenset(bodies) if bodies else scope)
    empty = EmptyState(
        "没有像摘抄的解读",
        f"公开的解读和它解读的文件相比，相同的文字都不到 {EXTRACT.percent}%。",
        (Link("看已有的解读", f"{HERE}?show=done"),),
    )
    table = Listing(EXTRACTS, rows, request.GET, "像摘抄的解读")
    return _page(request, "extracts", scope, table=table, filters=filters, empty=empty)
