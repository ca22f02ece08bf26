"""Notices for tests: an invented one of 2027, who enters and who confirms it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from gongkai.calendars.models import HolidayNotice
from gongkai.calendars.services import confirm_notice, enter_notice
from gongkai.trail.actors import Actor, ActorKind
from statute.calendars import Notice, SpecialDay

SHANGHAI = ZoneInfo("Asia/Shanghai")
AT = datetime(2026, 12, 3, 10, 0, tzinfo=SHANGHAI)
TODAY = date(2026, 12, 3)
FIRST = Actor(ActorKind.USER, "11", "录入人甲")
SECOND = Actor(ActorKind.USER, "12", "复核人乙")


def off(first: date, last: date, name: str) -> tuple[SpecialDay, ...]:
    """Days off from one day to another."""
    length = (last - first).days + 1
    return tuple(
        SpecialDay(first + timedelta(days=n), working=False, name=name) for n in range(length)
    )


def worked(*days: date) -> tuple[SpecialDay, ...]:
    """Weekend days worked."""
    return tuple(SpecialDay(day, working=True, name="调休上班") for day in days)


# Invented: the real notice of 2027 was not known when this was written.
NEXT_YEAR = Notice(
    year=2027,
    number="国办发明电〔2026〕99号",
    issued_on=date(2026, 12, 1),
    days=(
        *worked(date(2026, 12, 27)),
        *off(date(2027, 1, 1), date(2027, 1, 3), "元旦"),
        *off(date(2027, 2, 5), date(2027, 2, 11), "春节"),
        *worked(date(2027, 1, 31), date(2027, 2, 14)),
    ),
)
TORCH = Notice(
    year=2026,
    number="凉府发〔2026〕8号",
    issued_on=date(2026, 5, 6),
    days=off(date(2026, 8, 6), date(2026, 8, 7), "火把节"),
    region="513400",
)


def entered(notice: Notice = NEXT_YEAR) -> HolidayNotice:
    """A notice that waits for a second person."""
    return enter_notice(notice, by=FIRST, at=AT)


def confirmed(notice: Notice = NEXT_YEAR, *, at: datetime = AT) -> HolidayNotice:
    """A notice in force."""
    return confirm_notice(enter_notice(notice, by=FIRST, at=at), by=SECOND, at=at)
