"""The work list: its frame, its due calendar and what the ground floor itself leaves to be done.

Cases, records and letters put their rows in later; a row is a value of this module.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from gongkai.accounts.access import may, requires, standing
from gongkai.accounts.standing import Standing
from gongkai.agencies import queries as agencies
from gongkai.calendars import policies as calendar_policies
from gongkai.calendars import queries as calendars
from gongkai.calendars.models import HolidayNotice
from gongkai.calendars.policies import NoticeAffair
from gongkai.jobs import queries as jobs
from gongkai.jobs.models import State
from gongkai.office import policies
from gongkai.web.panels import EmptyState, Link


@dataclass(frozen=True, slots=True)
class Task:
    """A row: kind, matter, what to do now (a verb and where), and since when or until when."""

    kind: str
    matter: str
    act: Link
    limit: str
    detail: str = ""


@require_safe
@requires(policies.WORK_LIST)
def work_list(request: HttpRequest) -> HttpResponse:
    """What waits for this person."""
    who, today = standing(request), localdate()
    tasks = _tasks(who, today)
    context: dict[str, Any] = {
        "tasks": tasks,
        "empty": EmptyState(
            "现在没有等您办的事",
            "申请、公文和文书上线以后，到期的事会按期限排在这里。",
            _ways_on(who),
        ),
        "duties": who.held,
    }
    return render(request, "office/work_list.html", context)


def _tasks(who: Standing, today: date) -> list[Task]:
    found: list[Task] = []
    if may(policies.SEE_JOBS, who):
        stopped = jobs.counts()[State.FAILED]
        if stopped:
            act = Link("看原因", reverse("office:jobs"))
            found.append(Task("任务", f"{stopped} 件后台任务停止了", act, "尽快"))
    if may(calendar_policies.ENTER, who, _calendar_affair()):
        found += _calendar_tasks(who, today)
    if may(policies.FOUND_AGENCY, who):
        found += _agency_tasks(today)
    return found


def _calendar_affair(entered_by: str = "") -> NoticeAffair:
    office = agencies.supervising_agency()
    return NoticeAffair(None if office is None else office.pk, entered_by)


def _calendar_tasks(who: Standing, today: date) -> list[Task]:
    address = reverse("office:notice_enter")
    warning = calendars.warning(today)
    found = [Task("日历", warning, Link("录入通知", address), "尽快")] if warning else []
    for notice in HolidayNotice.objects.pending():
        if may(calendar_policies.CONFIRM, who, _calendar_affair(notice.entered_by)):
            act = Link("复核", reverse("office:notice", args=[notice.pk]))
            detail = f"{notice.entered_by_name}录入"
            found.append(Task("日历", f"{notice.number}等第二个人复核", act, "尽快", detail))
    return found


def _agency_tasks(today: date) -> list[Task]:
    found = []
    for agency in agencies.without_disclosure_office(today):
        act = Link("登记", reverse("office:agency_contact", args=[agency.code]))
        found.append(
            Task("机关", f"{agency.name}没有登记政府信息公开工作机构", act, "尽快", "条例第四条")
        )
    for office in agencies.to_be_confirmed(today):
        act = Link("核对", reverse("office:agency", args=[office.agency.code]))
        matter = f"{office.agency.name}的指南一年没有核对"
        found.append(Task("机关", matter, act, f"上次 {office.confirmed_on}", "条例第十二条"))
    return found


def _ways_on(who: Standing) -> tuple[Link, ...]:
    ways = [Link("看今年的日历", reverse("office:calendar"))]
    if may(policies.SEE_AGENCIES, who):
        ways.append(Link("看机关名录", reverse("office:agencies")))
    return tuple(ways)
