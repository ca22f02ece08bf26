"""The calendar as a value for statute: the release's notices and those confirmed in the office.

Never blocking: a year without a notice is answered with days marked 暂定 (provisional).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from gongkai.agencies.queries import region_of
from gongkai.calendars.changes import Moved, Term, what_moved
from gongkai.calendars.models import HolidayNotice
from statute.calendars import Calendar, Day, Notice, national_calendar
from statute.calendars.calendar import longest_working_stretch, missing_notice

if TYPE_CHECKING:
    from gongkai.agencies.models import Agency

# 放假办法 art. 7: apart from exceptions no more than 6 days are worked in a row.
LONGEST_STRETCH = 6
# Calendars of a few regions, now and at past moments; each is some megabytes.
_KEPT = 16

_Key = tuple[str, tuple[str, ...], bool]
_calendars: dict[_Key, Calendar] = {}


def calendar(region: str = "", *, at: datetime | None = None, estimates: bool = True) -> Calendar:
    """The calendar of a division (empty: without local holidays), as confirmed now or `at`.

    `estimates`: years without a notice are answered, provisionally. Kept in memory by what the
    notices say (their digests), not by time: a notice confirmed is in the next answer.
    """
    notices = HolidayNotice.objects
    chosen = notices.in_force() if at is None else notices.in_force_at(at)
    rows = list(chosen.order_by("issued_on", "pk").values_list("pk", "digest"))
    key = (region, tuple(digest for _, digest in rows), estimates)
    if (known := _calendars.get(key)) is not None:
        return known
    entered = HolidayNotice.objects.prefetch_related("days").in_bulk([pk for pk, _ in rows])
    built = _built([entered[pk].as_notice() for pk, _ in rows], region, estimates=estimates)
    if len(_calendars) >= _KEPT:
        _calendars.clear()
    _calendars[key] = built
    return built


def calendar_for(agency: Agency, on: date) -> Calendar:
    """The calendar that holds for a body: with the local holidays of its division."""
    return calendar(region_of(agency, on))


def before_and_after(notice: HolidayNotice, region: str = "") -> tuple[Calendar, Calendar]:
    """The calendars on either side of the last change that this notice made: for the jobs that
    are told (gongkai.calendars.changes)."""
    changed_at = notice.withdrawn_at or notice.confirmed_at
    if changed_at is None:
        now = calendar(region)
        return now, now
    moment = timedelta(microseconds=1)
    return calendar(region, at=changed_at - moment), calendar(region, at=changed_at)


def days_of(year: int, region: str = "") -> tuple[Day, ...]:
    """Every day of a year with its kind and reason, provisional where no notice is known.

    CalendarNotAnnouncedError for a year of which nothing is on file.
    """
    chosen = calendar(region)
    length = (date(year + 1, 1, 1) - date(year, 1, 1)).days
    return tuple(chosen.day(date(year, 1, 1) + timedelta(days=n)) for n in range(length))


def missing_year(today: date) -> int | None:
    """The year whose national notice ought to be here by now and is not: from 1 December on
    next year's."""
    return missing_notice(calendar(estimates=False), today)


def warning(today: date) -> str:
    """What to show on every page of the staff while a notice is missed; empty otherwise."""
    year = missing_year(today)
    if year is None:
        return ""
    entered = HolidayNotice.objects.pending().filter(year=year, region="").exists()
    state = "已录入，尚待第二人复核" if entered else "尚未录入"
    return f"{year}年放假安排{state}；到期日跨入{year}年的，均为暂定，复核后重新计算"


# --- before confirming ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Preview:
    """What a notice would do: counts, what to look at again (never blocking), and dates moved."""

    days_off: int
    make_up_days: int
    longest_stretch: int
    hints: tuple[str, ...]
    moved: tuple[Moved, ...] = ()


def preview(
    notice: Notice, *, replacing: HolidayNotice | None = None, terms: Iterable[Term] = ()
) -> Preview:
    """Looks at a notice before it is entered or confirmed; `replacing` is the entry it corrects,
    `terms` the running periods to be tried against it."""
    before = calendar(notice.region)
    others = _entered(without=replacing)
    after = _built([*others, notice], notice.region, estimates=True)
    off = [day for day in notice.days if not day.working]
    stretch = longest_working_stretch(after, notice)
    return Preview(
        days_off=len(off),
        make_up_days=len(notice.days) - len(off),
        longest_stretch=stretch,
        hints=tuple(_hints(notice, before, stretch)),
        moved=what_moved(terms, before=before, after=after),
    )


def _hints(notice: Notice, before: Calendar, stretch: int) -> Iterable[str]:
    if stretch > LONGEST_STRETCH:
        yield (
            f"按此安排最多连续工作 {stretch} 天，超过 6 天的只能是个别特殊情形"
            "（《全国年节及纪念日放假办法》第七条），请核对上班日"
        )
    if not any(day.working for day in notice.days):
        yield "没有写调休上班日，请核对原文"
    for day in notice.days:
        if day.working and day.date.weekday() < 5:
            yield f"{day.date} 是周一至周五，本来就上班，请核对"
    for shipped in national_calendar().notices:
        same = (shipped.number, shipped.region) == (notice.number, notice.region)
        if same and shipped.days != notice.days:
            yield f"与随软件发布的同号通知（{shipped.number}）不一致，复核后以本次录入为准"
    if not notice.region and notice.year in before.announced_years:
        yield f"{notice.year} 年已有全国放假通知；本通知写明的日子以后发的为准"


def _entered(*, without: HolidayNotice | None) -> list[Notice]:
    entries = HolidayNotice.objects.in_force().prefetch_related("days")
    if without is not None:
        entries = entries.exclude(pk=without.pk)
    return [entry.as_notice() for entry in entries.order_by("issued_on", "pk")]


def _built(entered: list[Notice], region: str, *, estimates: bool) -> Calendar:
    """The release's notices, less those that the office entered itself under the same number:
    two persons here have read the original; and the entered ones."""
    own = {(notice.number, notice.region) for notice in entered}
    shipped = [n for n in national_calendar().notices if (n.number, n.region) not in own]
    built = Calendar((*shipped, *entered), region=region)
    return built.with_estimates() if estimates else built
