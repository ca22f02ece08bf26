"""The trail: one sentence a line, filtered; whether the chains hold; the daily heads."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from gongkai.accounts.access import may, requires, standing
from gongkai.accounts.roles import Role
from gongkai.agencies.models import Agency
from gongkai.office import policies
from gongkai.office.forms.filters import TrailFilter
from gongkai.trail import queries, verification
from gongkai.trail.models import Row, RowQuerySet
from gongkai.web.exports import FORMATS, export
from gongkai.web.panels import EmptyState, Link
from gongkai.web.tables import address
from gongkai.web.wording import moment

INSTALLATION = "installation"
EXPORT_LIMIT = 50_000
EMPTY = EmptyState(
    "没有符合条件的留痕",
    "换一个人、换一段时间，或者清除筛选。",
    (Link("清除筛选", "/office/trail/"),),
)


def _readable(request: HttpRequest) -> dict[str, str]:
    """Chains the person may read: all for the audit administrator, else those he audits."""
    who = standing(request)
    names = {agency.code: agency.name for agency in Agency.objects.order_by("code")}
    if may(policies.VERIFY_TRAIL, who):
        return {INSTALLATION: "本系统", **names}
    audited = {held.agency_code for held in who.held if held.role is Role.AUDITOR}
    return {code: name for code, name in names.items() if code in audited}


def _codes(chains: dict[str, str], chosen: str) -> frozenset[str]:
    wanted = [chosen] if chosen in chains else list(chains)
    return frozenset("" if code == INSTALLATION else code for code in wanted)


def _narrowed(filters: TrailFilter, chains: dict[str, str]) -> RowQuerySet:
    said = filters.cleaned_data
    asked = queries.Filter(
        agency_codes=_codes(chains, filters.said("agency")),
        event=filters.said("event"),
        since=said.get("since"),
        until=said.get("until"),
    )
    rows = queries.rows(asked)
    if person := filters.said("person"):
        by_name = rows.filter(actor_name__icontains=person)
        rows = by_name | rows.by_person(person)
    if subject := filters.said("subject"):
        rows = rows.filter(subject_label__icontains=subject)
    return rows


@require_safe
@requires(policies.SEE_TRAIL)
def rows(request: HttpRequest) -> HttpResponse:
    """Sentences, the latest first."""
    chains = _readable(request)
    filters = TrailFilter(request.GET, chains)
    found = _narrowed(filters, chains)
    if request.GET.get("export") in FORMATS:
        return _file(request.GET["export"], found)
    before = request.GET.get("before", "")
    shown = found.filter(pk__lt=int(before)) if before.isdecimal() else found
    read = list(shown[: queries.PAGE + 1])
    older = read[queries.PAGE - 1].pk if len(read) > queries.PAGE else None
    context: dict[str, Any] = {
        "rows": read[: queries.PAGE],
        "filters": filters,
        "chains": chains,
        "older_url": address(request.GET, {"before": str(older)}) if older else "",
        "newest_url": address(request.GET, {"before": ""}) if before else "",
        "files": [
            (one.label, address(request.GET, {"export": name})) for name, one in FORMATS.items()
        ],
        "empty": EMPTY,
        "may_verify": may(policies.VERIFY_TRAIL, standing(request)),
        "head": next(iter(queries.heads()), None),
    }
    return render(request, "office/trail.html", context)


def _file(form: str, found: RowQuerySet) -> HttpResponse:
    heads = ["时间", "机关", "序号", "人", "事件", "留痕", "摘要"]
    lines = (_line(row) for row in found[:EXPORT_LIMIT].iterator(chunk_size=1_000))
    return export(form, "留痕", heads, lines)


def _line(row: Row) -> list[str]:
    return [
        moment(row.at),
        row.agency_code or "本系统",
        str(row.sequence),
        row.actor_name,
        row.event,
        row.sentence,
        row.hash,
    ]


@require_POST
@requires(policies.VERIFY_TRAIL)
def verify(request: HttpRequest) -> HttpResponse:
    """Walks every chain now and says what holds; long trails are verified on the command line."""
    result = verification.verify()
    return render(
        request,
        "office/trail_verified.html",
        {"result": result, "crumbs": [Link("留痕", "/office/trail/"), Link("核对结果")]},
    )


@require_safe
@requires(policies.VERIFY_TRAIL)
def heads(request: HttpRequest) -> HttpResponse:
    """The daily heads: what was printed and is kept outside."""
    return render(
        request,
        "office/trail_heads.html",
        {"heads": queries.heads(), "crumbs": [Link("留痕", "/office/trail/"), Link("总摘要")]},
    )
