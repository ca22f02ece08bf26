"""The frame of the office: the rail's entries by what the person may open; no rights of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from gongkai.accounts import policies as people
from gongkai.accounts.access import may, standing
from gongkai.accounts.policies import Policy
from gongkai.accounts.standing import Standing
from gongkai.agencies.models import Agency
from gongkai.calendars import policies as calendars
from gongkai.disclosure import policies as disclosure
from gongkai.notifications import policies as messages
from gongkai.notifications.queries import unread_count
from gongkai.office import policies

_ENTRIES: tuple[tuple[str, str, Policy], ...] = (
    ("待办", "office:work_list", policies.WORK_LIST),
    ("信息", "office:records", policies.SEE_REGISTER),
    ("审查", "office:review_desk", disclosure.SEE),
    ("规范性文件", "office:normative", disclosure.SEE),
    ("解读", "office:interpretations", disclosure.SEE),
    ("评估", "office:reappraisals", disclosure.SEE),
    ("指南和机构", "office:pages", disclosure.SEE),
    ("导入", "office:imports", disclosure.SEE),
    ("查阅场所", "office:places", disclosure.SEE),
    ("消息", "office:messages", messages.OWN),
    ("文件检查", "office:files", policies.FILE_DESKS),
    ("机关", "office:agencies", policies.SEE_AGENCIES),
    ("人员", "office:people", people.SEE_PEOPLE),
    ("日历", "office:calendar", calendars.SEE),
    ("留痕", "office:trail", policies.SEE_TRAIL),
    ("任务", "office:jobs", policies.SEE_JOBS),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the rail."""

    label: str
    url: str
    current: bool
    count: int | None = None


def rail(request: HttpRequest) -> list[Entry]:
    """What the asking person may open, in a fixed order."""
    who = standing(request)
    found = []
    for label, name, policy in _ENTRIES:
        if may(policy, who):
            url = reverse(name)
            exact = name == "office:work_list"
            here = request.path == url if exact else request.path.startswith(url)
            found.append(Entry(label, url, here, _count(name, who)))
    return found


def _count(name: str, who: Standing) -> int | None:
    """The number beside an entry; one query at most, none where nothing waits."""
    return unread_count(who.user_id) or None if name == "office:messages" else None


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor for pages of the office; other pages are left alone."""
    signed_in = getattr(getattr(request, "user", None), "is_authenticated", False)
    if not signed_in or not request.path.startswith("/office/"):
        return {}
    return {"rail": rail(request), "agency_name": own_agency_name(request)}


def own_agency_name(request: HttpRequest) -> str:
    """The body a person serves, shown beside the name; empty for the three administrators."""
    ids = sorted(standing(request).agency_ids)
    if not ids:
        return ""
    agency = Agency.objects.filter(pk=ids[0]).first()
    return "" if agency is None else agency.short_name or agency.name
