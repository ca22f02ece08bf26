"""How a reader wants pages shown: large print by a cookie; and what every page's frame shows.

The day in the frame is the country's; an office with local holidays hands its own calendar in.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.timezone import localdate

from gongkai.web.wording import long_day, weekday
from statute.calendars import Calendar, CalendarNotAnnouncedError, national_calendar

LARGE_PRINT = "large_print"
A_YEAR = 365 * 24 * 3600


def large_print(request: HttpRequest) -> bool:
    """Whether the reader asked for large print."""
    return request.COOKIES.get(LARGE_PRINT) == "1"


def day_kind(day: date, calendar: Calendar) -> str:
    """工作日, 休息日, or 暂定 where no notice covers the day."""
    try:
        return "工作日" if calendar.is_working_day(day) else "休息日"
    except CalendarNotAnnouncedError:
        known = calendar.with_estimates().is_working_day(day)
        return "工作日（暂定）" if known else "休息日（暂定）"


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context processor: names of the installation, today in words, large print."""
    today = localdate()
    return {
        "site_name": getattr(settings, "WEB_SITE_NAME", "政府信息公开"),
        "place_name": getattr(settings, "WEB_PLACE_NAME", ""),
        "demonstration": getattr(settings, "WEB_DEMONSTRATION", ""),
        "today": today,
        "today_words": f"{long_day(today)} {weekday(today)}",
        "today_kind": day_kind(today, national_calendar()),
        "large_print": large_print(request),
        "here": request.get_full_path(),
    }
