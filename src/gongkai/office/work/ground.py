"""What the ground floor itself leaves to be done: stopped jobs, the calendar, bodies."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from gongkai.accounts.access import may
from gongkai.accounts.standing import Standing
from gongkai.agencies import queries as agencies
from gongkai.calendars import policies as calendar_policies
from gongkai.calendars import queries as calendars
from gongkai.calendars.models import HolidayNotice
from gongkai.calendars.policies import NoticeAffair
from gongkai.jobs import queries as jobs
from gongkai.jobs.models import State
from gongkai.office import policies
from gongkai.office.work.items import Item
from gongkai.web.panels import Link


def ground_items(who: Standing, today: date) -> list[Item]:
    """For the three administrators and whoever keeps the calendar."""
    found: list[Item] = []
    if may(policies.SEE_JOBS, who):
        found += _jobs()
    if may(calendar_policies.ENTER, who, _calendar_affair()):
        found += _calendar(who, today)
    if may(policies.FOUND_AGENCY, who):
        found += _agencies(today)
    return found


def _jobs() -> Iterator[Item]:
    if stopped := jobs.counts()[State.FAILED]:
        url = reverse("office:jobs")
        yield Item("任务", f"{stopped} 件后台任务停止了", url, Link("看原因", url))


def _calendar_affair(entered_by: str = "") -> NoticeAffair:
    office = agencies.supervising_agency()
    return NoticeAffair(None if office is None else office.pk, entered_by)


def _calendar(who: Standing, today: date) -> Iterator[Item]:
    if warning := calendars.warning(today):
        url = reverse("office:notice_enter")
        yield Item("日历", warning, url, Link("录入通知", url))
    for notice in HolidayNotice.objects.pending():
        if may(calendar_policies.CONFIRM, who, _calendar_affair(notice.entered_by)):
            url = reverse("office:notice", args=[notice.pk])
            detail = f"{notice.entered_by_name}录入"
            yield Item("日历", f"{notice.number}等第二个人复核", url, Link("复核", url), detail)


def _agencies(today: date) -> Iterator[Item]:
    for agency in agencies.without_disclosure_office(today):
        url = reverse("office:agency_contact", args=[agency.code])
        matter = f"{agency.name}没有登记政府信息公开工作机构"
        yield Item("机关", matter, url, Link("登记", url), "条例第四条")
    for office in agencies.to_be_confirmed(today):
        url = reverse("office:agency", args=[office.agency.code])
        matter = f"{office.agency.name}的指南一年没有核对"
        detail = f"条例第十二条　上次 {office.confirmed_on}"
        yield Item("机关", matter, url, Link("核对", url), detail)
