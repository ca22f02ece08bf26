"""The calendar: a year as twelve months, its notices and versions, entering and confirming."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.accounts.access import may, requires, standing
from gongkai.agencies.queries import region_of, supervising_agency
from gongkai.calendars import policies, queries
from gongkai.calendars.errors import CalendarError
from gongkai.calendars.forms import NoticeForm
from gongkai.calendars.models import HolidayNotice
from gongkai.calendars.policies import NoticeAffair
from gongkai.calendars.services import confirm_notice, enter_notice, withdraw_notice
from gongkai.office.forms.fields import NothingForm, ReasonForm
from gongkai.office.screens import Ask, ask, sent
from gongkai.office.verbs import acting, attempt, now
from gongkai.web.panels import Link
from gongkai.web.year_calendar import year_calendar
from statute.calendars import national_calendar

LIST = Link("日历", "/office/calendar/")
FIRST_YEAR = 2008
READ_AND_WRITE = ["GET", "HEAD", "POST"]


def any_notice(_request: HttpRequest) -> NoticeAffair:
    """A notice not yet there: only the office in charge matters."""
    office = supervising_agency()
    return NoticeAffair(None if office is None else office.pk)


def this_notice(request: HttpRequest, *, pk: int) -> NoticeAffair:
    """The notice of the address: who entered it matters as well."""
    return NoticeAffair(any_notice(request).office_id, _found(pk).entered_by)


def _found(pk: int) -> HolidayNotice:
    entry = HolidayNotice.objects.prefetch_related("days").filter(pk=pk).first()
    if entry is None:
        raise Http404
    return entry


def _region() -> str:
    office = supervising_agency()
    return "" if office is None else region_of(office, localdate())


def _asked_year(request: HttpRequest) -> int:
    asked, this = request.GET.get("year", ""), localdate().year
    year = int(asked) if asked.isdecimal() and len(asked) == 4 else this
    return min(max(year, FIRST_YEAR), this + 2)


@require_safe
@requires(policies.SEE)
def year(request: HttpRequest) -> HttpResponse:
    """One year, with what it rests on."""
    today, asked = localdate(), _asked_year(request)
    calendar = queries.calendar(_region(), estimates=False)
    context: dict[str, Any] = {
        "year": year_calendar(asked, calendar, today),
        "years": range(min(asked, today.year) - 1, max(asked, today.year) + 2),
        "asked": asked,
        "shipped": [one for one in national_calendar().notices if one.year == asked],
        "entered": HolidayNotice.objects.filter(year=asked).order_by("-entered_at"),
        "warning": queries.warning(today),
        "may_enter": may(policies.ENTER, standing(request), any_notice(request)),
    }
    return render(request, "office/calendar.html", context)


@require_http_methods(READ_AND_WRITE)
@requires(policies.ENTER, of=any_notice)
def enter(request: HttpRequest) -> HttpResponse:
    """Enters a notice: first shown as it would be, stored on the second press."""
    form = NoticeForm(sent(request))
    preview = None
    if form.is_valid():
        replaced = form.cleaned_data.get("supersedes")
        if "save" in request.POST:
            entry = attempt(
                form,
                lambda: enter_notice(
                    form.notice(), by=acting(request), at=now(), supersedes=replaced
                ),
                CalendarError,
            )
            if entry is not None:
                messages.success(request, f"已录入{entry.number}，等第二个人复核")
                return redirect("office:notice", pk=entry.pk)
        else:
            preview = queries.preview(form.notice(), replacing=replaced)
    context = {
        "form": form,
        "preview": preview,
        "crumbs": [LIST, Link("录入放假通知")],
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "office/notice_enter.html", context, status=status)


@require_safe
@requires(policies.SEE)
def notice(request: HttpRequest, *, pk: int) -> HttpResponse:
    """One entry: what it says, who entered and confirmed it, what it would do."""
    entry, who = _found(pk), standing(request)
    about = this_notice(request, pk=pk)
    pending = entry.state == "待复核"
    context: dict[str, Any] = {
        "entry": entry,
        "crumbs": [LIST, Link(entry.number)],
        "preview": queries.preview(entry.as_notice(), replacing=entry.supersedes)
        if pending
        else None,
        "before": list(entry.supersedes.days.all()) if entry.supersedes else [],
        "pending": pending,
        "may_confirm": pending and may(policies.CONFIRM, who, about),
        "mine": entry.entered_by == str(who.user_id),
        "may_withdraw": entry.state in {"待复核", "有效"} and may(policies.WITHDRAW, who, about),
    }
    return render(request, "office/notice.html", context)


def _screen(entry: HolidayNotice, heading: str, effect: str) -> Ask:
    back = Link(entry.number, reverse("office:notice", args=[entry.pk]))
    return Ask(
        heading, heading, back, (LIST, back), effect=effect, subject=entry.number, final=True
    )


@require_http_methods(READ_AND_WRITE)
@requires(policies.CONFIRM, of=this_notice)
def confirm(request: HttpRequest, *, pk: int) -> HttpResponse:
    """A second person compared it with the original."""
    entry = _found(pk)
    form = NothingForm(sent(request))
    if form.is_valid():
        done = attempt(
            form, lambda: confirm_notice(entry, by=acting(request), at=now()), CalendarError
        )
        if done is not None:
            messages.success(request, f"{entry.number}已生效")
            return redirect("office:notice", pk=pk)
    effect = "与原文逐日核对无误后确认。确认后马上生效，受影响的期限重新计算。"
    return ask(request, form, _screen(entry, "确认生效", effect))


@require_http_methods(READ_AND_WRITE)
@requires(policies.WITHDRAW, of=this_notice)
def withdraw(request: HttpRequest, *, pk: int) -> HttpResponse:
    """Takes an entry back, with a reason."""
    entry = _found(pk)
    form = ReasonForm(sent(request))
    if form.is_valid():
        why = form.cleaned_data["reason"]
        done = attempt(
            form,
            lambda: withdraw_notice(entry, by=acting(request), at=now(), reason=why),
            CalendarError,
        )
        if done is not None:
            messages.success(request, f"{entry.number}已撤回")
            return redirect("office:notice", pk=pk)
    effect = "撤回后按没有这份通知计算，录入和原因保留。"
    return ask(request, form, _screen(entry, "撤回通知", effect))
