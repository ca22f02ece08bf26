"""The work list: what waits for the person, for others in the office, and until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from gongkai.accounts.access import may, requires, standing
from gongkai.accounts.standing import Standing
from gongkai.agencies.models import Agency
from gongkai.calendars import queries as calendars
from gongkai.office import policies
from gongkai.office.verbs import now
from gongkai.office.work.ground import ground_items
from gongkai.office.work.items import Item, Nearness, due_calendar, grouped
from gongkai.office.work.records import record_items
from gongkai.office.work.upkeep import upkeep_items
from gongkai.web.panels import EmptyState, Link
from statute.calendars import Calendar

SCOPES = {"mine": "我的", "all": "全机关"}
LONGEST = 200  # rows on the page; the rest is found in the registers


@dataclass(frozen=True, slots=True)
class Scope:
    """Which items are shown, with how many there are."""

    name: str
    label: str
    number: int
    current: bool


@require_safe
@requires(policies.WORK_LIST)
def work_list(request: HttpRequest) -> HttpResponse:
    """What waits for this person; with `scope=all` what waits in the bodies he serves."""
    who, at = standing(request), now()
    today, calendar = localdate(at), calendars.calendar()
    every = all_items(who, at)
    mine = [one for one in every if not one.others and not one.taken_by_another]
    chosen = "all" if request.GET.get("scope") == "all" else "mine"
    shown = _asked(every if chosen == "all" else mine, request)
    groups = grouped(shown[:LONGEST], today, calendar)
    context: dict[str, Any] = {
        "groups": groups,
        "total": len(shown),
        "left_out": max(0, len(shown) - LONGEST),
        "late": _number(shown, Nearness.OVERDUE, today, calendar),
        "due_today": _number(shown, Nearness.TODAY, today, calendar),
        "soon": _number(shown, Nearness.SOON, today, calendar),
        "scopes": _scopes(chosen, len(mine), len(every)),
        "kinds": sorted({one.kind for one in every}),
        "weeks": due_calendar(shown, today, calendar),
        "waiting": [one for one in every if one.others],
        "empty": _empty(who, request),
        "duties": _duties(who),
        "here": request.get_full_path(),
    }
    return render(request, "office/work_list.html", context)


def all_items(who: Standing, at: datetime) -> list[Item]:
    """Every item that concerns this person or the bodies he serves."""
    return [*record_items(who, at), *upkeep_items(who, at), *ground_items(who, localdate(at))]


def _asked(items: list[Item], request: HttpRequest) -> list[Item]:
    words, kind = request.GET.get("words", "").strip(), request.GET.get("kind", "")
    return [
        one
        for one in items
        if (not kind or one.kind == kind) and (words in one.title or words in one.detail)
    ]


def _number(items: list[Item], nearness: Nearness, today: date, calendar: Calendar) -> int:
    return sum(one.nearness(today, calendar) is nearness for one in items)


def _scopes(chosen: str, mine: int, every: int) -> list[Scope]:
    numbers = {"mine": mine, "all": every}
    return [Scope(name, label, numbers[name], name == chosen) for name, label in SCOPES.items()]


def _duties(who: Standing) -> list[tuple[str, str, bool]]:
    """What the person is, where: role, body by its name, and whether in somebody's place."""
    names = dict(
        Agency.objects.filter(code__in={one.agency_code for one in who.held}).values_list(
            "code", "name"
        )
    )
    return [
        (one.role.label, names.get(one.agency_code, one.agency_code), bool(one.covering))
        for one in who.held
    ]


def _empty(who: Standing, request: HttpRequest) -> EmptyState:
    if request.GET.get("words") or request.GET.get("kind"):
        all_again = Link("看全部待办", reverse("office:work_list"))
        return EmptyState("没有符合条件的事", "换一个词，或者去掉筛选。", (all_again,))
    ways = [Link("看今年的日历", reverse("office:calendar"))]
    if may(policies.SEE_REGISTER, who):
        ways.insert(0, Link("看全部信息", reverse("office:records")))
    elif may(policies.SEE_AGENCIES, who):
        ways.append(Link("看机关名录", reverse("office:agencies")))
    return EmptyState("现在没有等您办的事", "轮到您的事会按期限排在这里。", tuple(ways))
