"""The calendar: for every day whether it is worked, why, and by which notice.

It refuses a day whose year has no notice, unless it was asked for estimates, which it marks.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum

from statute.calendars.estimate import estimated_days, estimated_years
from statute.calendars.notices import Notice, SpecialDay
from statute.errors import StatuteError

# [P] A missing notice of next year may still rearrange the last days of this one (calendars.md 4).
UNSETTLED_FROM = (12, 26)

_WEEKDAYS = "一二三四五六日"


class CalendarNotAnnouncedError(StatuteError):
    """The holiday notice of a year is not known, so none of its days is."""

    def __init__(self, year: int, *, first_year: int | None = None) -> None:
        if first_year is not None and year < first_year:
            reason = f"没有收录（收录自 {first_year} 年）"
        else:
            reason = "还没有公布（或没有录入）"
        super().__init__(f"{year} 年的放假安排{reason}，不能推算到这一年的日期")
        self.year = year


class DayKind(StrEnum):
    """What a day is for counting; the last one is made by statute.deadlines only."""

    WORKDAY = "workday"
    MAKE_UP = "make_up"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    SUSPENDED = "suspended"


@dataclass(frozen=True, slots=True)
class Day:
    """One day with the reason in Chinese why it counts or not, and the notice behind it if any."""

    date: date
    kind: DayKind
    reason: str
    notice: str | None = None
    provisional: bool = False

    @property
    def counts(self) -> bool:
        """Whether the day is a working day that is counted."""
        return self.kind is DayKind.WORKDAY or self.kind is DayKind.MAKE_UP


@dataclass(frozen=True, slots=True)
class _Table:
    """All days from `first` on, and the positions of the working days among them."""

    first: int  # proleptic ordinal of days[0]
    days: tuple[Day, ...]
    worked: tuple[int, ...]  # positions in `days`, ascending


@dataclass(frozen=True, slots=True)
class Calendar:
    """Working days from a set of notices, for one region, optionally with estimated years.

    A day has the word of the notice issued last; of two issued on one day, the narrower region's
    (calendars.md 5). Days are `date` in Asia/Shanghai; there is no time of day.
    """

    notices: tuple[Notice, ...]
    region: str = ""
    estimates: bool = False
    _table: _Table = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_table", _build(self))

    @property
    def announced_years(self) -> range:
        """The unbroken years for which a national notice is known."""
        years = {notice.year for notice in self.notices if not notice.region}
        first = min(years)
        last = first
        while last + 1 in years:
            last += 1
        return range(first, last + 1)

    def day(self, on: date) -> Day:
        """What this day is; CalendarNotAnnouncedError where no notice (or estimate) covers it."""
        return self._table.days[self.position(on)]

    def is_working_day(self, on: date) -> bool:
        """Whether the day is worked: Monday to Friday less days off, plus make-up weekend days."""
        return self.day(on).counts

    def position(self, on: date) -> int:
        """Index of a day in `days_between`'s order; CalendarNotAnnouncedError outside."""
        position = on.toordinal() - self._table.first
        if not 0 <= position < len(self._table.days):
            raise CalendarNotAnnouncedError(on.year, first_year=self._table.days[0].date.year)
        return position

    def nth_working_day(self, after: date, n: int) -> int:
        """Position of the n-th working day (n ≥ 1) after a day, that day itself not counted."""
        table = self._table
        rank = bisect_right(table.worked, self.position(after)) + n - 1
        if rank >= len(table.worked):
            raise CalendarNotAnnouncedError(self._first_unknown_year())
        return table.worked[rank]

    def days_between(self, after: date, last: int) -> tuple[Day, ...]:
        """The days after a date up to and including a position, in order."""
        return self._table.days[self.position(after) + 1 : last + 1]

    def at(self, position: int) -> Day:
        """The day at a position; CalendarNotAnnouncedError beyond the last known year."""
        if position >= len(self._table.days):
            raise CalendarNotAnnouncedError(self._first_unknown_year())
        return self._table.days[position]

    def with_notices(self, notices: Iterable[Notice], *, region: str | None = None) -> Calendar:
        """A calendar with further notices, national or of this region."""
        chosen = self.region if region is None else region
        return replace(self, notices=(*self.notices, *notices), region=chosen)

    def known_on(self, day: date) -> Calendar:
        """The calendar as it could be known on a day: notices issued by then."""
        return replace(self, notices=tuple(n for n in self.notices if n.issued_on <= day))

    def with_estimates(self) -> Calendar:
        """The same calendar, answering for unannounced years with days marked provisional."""
        return replace(self, estimates=True)

    def _first_unknown_year(self) -> int:
        return self._table.days[-1].date.year + 1


def _build(calendar: Calendar) -> _Table:
    if not any(not notice.region for notice in calendar.notices):
        raise ValueError("日历至少要有一份全国放假通知")
    announced = calendar.announced_years
    years = list(announced)
    special = _special_days(calendar)
    if calendar.estimates:
        years += estimated_years(announced.stop)
        estimated = {s.date: s for year in years for s in estimated_days(year, announced.stop)}
    else:
        estimated = {}
    first = date(years[0], 1, 1).toordinal()
    end = date(years[-1] + 1, 1, 1).toordinal()
    unsettled = date(announced.stop - 1, *UNSETTLED_FROM).toordinal()
    days = tuple(
        _day(date.fromordinal(n), special, estimated, provisional=n >= unsettled)
        for n in range(first, end)
    )
    worked = tuple(position for position, day in enumerate(days) if day.counts)
    return _Table(first, days, worked)


def _special_days(calendar: Calendar) -> dict[date, tuple[SpecialDay, Notice]]:
    """Per day the notice that has the last word."""
    chosen: dict[date, tuple[SpecialDay, Notice]] = {}
    applicable = [n for n in calendar.notices if _applies(n, calendar.region)]
    for notice in sorted(applicable, key=lambda n: (n.issued_on, len(n.region.rstrip("0")))):
        chosen.update({special.date: (special, notice) for special in notice.days})
    return chosen


def _applies(notice: Notice, region: str) -> bool:
    """A national notice always; a local one where its division is, or contains, this region."""
    return not notice.region or (bool(region) and region.startswith(notice.region.rstrip("0")))


def _day(
    on: date,
    special: dict[date, tuple[SpecialDay, Notice]],
    estimated: dict[date, SpecialDay],
    *,
    provisional: bool,
) -> Day:
    weekend = on.weekday() >= 5
    if on in special:
        entry, notice = special[on]
        if entry.working:
            kind = DayKind.MAKE_UP if weekend else DayKind.WORKDAY
            return Day(on, kind, entry.name, notice.name, provisional)
        return Day(on, DayKind.HOLIDAY, f"{entry.name}放假", notice.name, provisional)
    if on in estimated:
        return Day(on, DayKind.HOLIDAY, f"{estimated[on].name}放假（暂定）", None, provisional)
    if weekend:
        reason = f"周{_WEEKDAYS[on.weekday()]}"
        return Day(on, DayKind.WEEKEND, reason, None, provisional)
    return Day(on, DayKind.WORKDAY, "工作日", None, provisional)


def longest_working_stretch(calendar: Calendar, notice: Notice) -> int:
    """Most working days in a row around the days of a notice.

    More than 6 is a reason to look again: 放假办法 art. 7 lets that happen only exceptionally.
    """
    longest = 0
    for special in notice.days:
        run = 0
        for offset in range(-14, 15):
            day = special.date + timedelta(days=offset)
            try:
                run = run + 1 if calendar.is_working_day(day) else 0
            except CalendarNotAnnouncedError:
                run = 0
            longest = max(longest, run)
    return longest


def missing_notice(calendar: Calendar, today: date) -> int | None:
    """The first year whose notice ought to be on file by now and is not; None when none is missed.

    Notices come out between October and December (`holiday_notices`); from 1 December on next
    year's is missed, not before.
    """
    wanted = today.year + (today.month == 12)
    announced = calendar.announced_years
    return announced.stop if announced.stop <= wanted else None
