"""The review desk: what waits for this person, what waits for others, what may go to the public."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from gongkai.accounts.access import may, requires, standing
from gongkai.agencies.models import Agency
from gongkai.disclosure import policies
from gongkai.disclosure.desk import Waiting, awaiting_publication, under_review
from gongkai.disclosure.interpretations import calendars_on
from gongkai.office.verbs import now
from gongkai.office.views.review.about import review_url
from gongkai.office.work.items import SOON, Limit, counted
from gongkai.web.panels import EmptyState, Link
from gongkai.web.wording import moment
from statute.calendars import Calendar
from statute.deadlines import working_days_between

LONGEST = 100  # rows of one group; the others are found in the registers


@dataclass(frozen=True, slots=True)
class Row:
    """A version that waits, with its limit in words, what can be done, and who has the word."""

    waiting: Waiting
    limit: Limit | None
    act: Link
    note: str = ""

    @property
    def late(self) -> bool:
        """Whether its day has passed."""
        return self.waiting.late_days > 0


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that wait for the same thing."""

    name: str
    label: str
    rows: tuple[Row, ...]
    left_out: int = 0


@require_safe
@requires(policies.SEE)
def review_desk(request: HttpRequest) -> HttpResponse:
    """Everything under review or cleared in the bodies of this person, his own first."""
    who, at = standing(request), now()
    today = localdate(at)
    calendar_of = calendars_on(today)
    reviewed = [_reviewed(one, today, calendar_of) for one in under_review(who, at)]
    cleared = [_cleared(one, today, calendar_of) for one in awaiting_publication(who, at)]
    mine = [row for row in reviewed if row.waiting.mine and row.waiting.referral is None]
    context: dict[str, Any] = {
        "groups": [group for group in _groups(mine, reviewed, cleared, today, calendar_of)
                   if group.rows],
        "mine": len(mine),
        "late": sum(row.late for row in mine),
        "may_rule": may(policies.SET_RULE, who),
        "today": today,
        "empty": EmptyState(
            "现在没有等您审查的文稿", "起草人送审以后，轮到您的会按期限排在这里。",
            (Link("看全部信息", reverse("office:records")),),
        ),
    }  # fmt: skip
    return render(request, "office/review_desk.html", context)


def _limit(one: Waiting, today: date, calendar_of: Callable[[Agency], Calendar]) -> Limit | None:
    return None if one.due is None else counted(one.due, today, calendar_of(one.record.agency))


def _reviewed(one: Waiting, today: date, calendar_of: Callable[[Agency], Calendar]) -> Row:
    limit = _limit(one, today, calendar_of)
    label = "看审查" if not one.mine else "登记答复" if one.referral is not None else "审查"
    note = f"应急公开：{one.order.reason}" if one.order is not None else ""
    if one.referral is not None:
        note = f"已报{one.referral.get_to_display()}，问：{one.referral.question}"
    return Row(one, limit, Link(label, review_url(one.record)), note)


def _cleared(one: Waiting, today: date, calendar_of: Callable[[Agency], Calendar]) -> Row:
    limit = _limit(one, today, calendar_of)
    if one.planned is not None:
        note = f"定于 {moment(one.planned.at)} 发布，{one.planned.planned_by_name}定的"
        name = "record_plan_cancel" if one.mine else "review"
        label = "取消定时" if one.mine else "看审查"
    else:
        note = "" if one.mine else "由公开工作机构的人发布"
        name, label = ("record_publish", "发布") if one.mine else ("review", "看审查")
    url = reverse(f"office:{name}", args=[one.record.public_id])
    return Row(one, limit, Link(label, url), note)


def _groups(
    mine: list[Row], reviewed: list[Row], cleared: list[Row], today: date,
    calendar_of: Callable[[Agency], Calendar],
) -> Iterable[Group]:  # fmt: skip
    near: dict[str, list[Row]] = {"late": [], "today": [], "soon": [], "later": []}
    for row in mine:
        near[_nearness(row.waiting, today, calendar_of)].append(row)
    yield _group("late", "等您审查　已逾期", near["late"])
    yield _group("today", "等您审查　今天到期", near["today"])
    yield _group("soon", f"等您审查　{SOON}个工作日内", near["soon"])
    yield _group("later", "等您审查　期限内", near["later"])
    yield _group("ready", "待发布", [row for row in cleared if row.waiting.planned is None])
    yield _group("planned", "已定时", [row for row in cleared if row.waiting.planned is not None])
    referred = [row for row in reviewed if row.waiting.referral is not None]
    yield _group("referred", "报请确定，等答复", referred)
    others = [row for row in reviewed if not row.waiting.mine and row.waiting.referral is None]
    emergency = [row for row in others if row.waiting.order is not None]
    yield _group("emergency", "应急公开，待补齐审查", emergency)
    yield _group("others", "在等别人", [row for row in others if row.waiting.order is None])


def _nearness(one: Waiting, today: date, calendar_of: Callable[[Agency], Calendar]) -> str:
    if one.due is None:
        return "later"
    if one.due.due <= today:
        return "today" if one.due.due == today else "late"
    left = working_days_between(today, one.due.due, calendar_of(one.record.agency))
    return "soon" if left <= SOON else "later"


def _group(name: str, label: str, rows: list[Row]) -> Group:
    return Group(name, label, tuple(rows[:LONGEST]), max(0, len(rows) - LONGEST))
