"""Periods of the law: working days, calendar days and months, each with its days explained.

It counts; which period applies to what is the business of clock, proactive, remedies and disputes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from statute.calendars import Calendar, CalendarNotAnnouncedError, Day, DayKind
from statute.units import TimeUnit


@dataclass(frozen=True, slots=True)
class Suspension:
    """A stretch that does not count: the days after `start` up to and including `end`.

    `start` is the day the consultation was sent, `end` the day its answer came
    (`regulations#33`, `regulations#34`).
    """

    start: date
    end: date
    reason: str = "征求意见期间"

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"{self.reason}：结束日 {self.end} 早于开始日 {self.start}")

    def covers(self, day: date) -> bool:
        """Whether this day does not count."""
        return self.start < day <= self.end


@dataclass(frozen=True, slots=True)
class Deadline:
    """A due date with every day from the one after `start` to `due`, each with its reason.

    `rolled_from` is the nominal last day when the due date moved off a day off; `provisional`
    says that a holiday notice still missing may move the date.
    """

    start: date
    n: int
    unit: TimeUnit
    due: date
    days: tuple[Day, ...]
    provisional: bool = False
    rolled_from: date | None = None

    @property
    def counted(self) -> tuple[Day, ...]:
        """The working days among `days`."""
        return tuple(day for day in self.days if day.counts)

    @property
    def skipped(self) -> tuple[Day, ...]:
        """The days off and suspended days among `days`."""
        return tuple(day for day in self.days if not day.counts)


def working_days(
    start: date, n: int, calendar: Calendar, suspensions: Iterable[Suspension] = ()
) -> Deadline:
    """The n-th working day (1 ≤ n) after `start`, the day of the start itself not counted
    (`civil_procedure_law#85`), working days inside a suspension passed over.

    Overlapping suspensions count once: what matters is whether a day lies in any of them.
    """
    _require_positive(n)
    paused = tuple(suspensions)
    if not paused:
        last = calendar.nth_working_day(start, n)
        return _working_deadline(start, n, calendar.days_between(start, last))
    return _working_deadline(start, n, _days_with_suspensions(start, n, calendar, paused))


def calendar_days(start: date, n: int, calendar: Calendar) -> Deadline:
    """The n-th day after `start`, moved off days off to the next working day
    (`civil_procedure_law#85`)."""
    _require_positive(n)
    return _rolled(start, n, TimeUnit.DAY, start + timedelta(days=n), calendar)


def months(start: date, n: int, calendar: Calendar) -> Deadline:
    """The corresponding day n months later, or that month's last day where it has none
    (`civil_code#202`), moved off days off to the next working day (`civil_code#203`)."""
    _require_positive(n)
    month = start.year * 12 + start.month - 1 + n
    year, month = divmod(month, 12)
    first_after = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    last_day = (first_after - timedelta(days=1)).day
    nominal = date(year, month + 1, min(start.day, last_day))
    return _rolled(start, n, TimeUnit.MONTH, nominal, calendar)


def period(start: date, n: int, unit: TimeUnit, calendar: Calendar) -> Deadline:
    """n units after `start`, each unit by its own rule; a year is twelve months."""
    if unit is TimeUnit.WORKDAY:
        return working_days(start, n, calendar)
    if unit is TimeUnit.DAY:
        return calendar_days(start, n, calendar)
    return months(start, n * 12 if unit is TimeUnit.YEAR else n, calendar)


def working_days_between(after: date, until: date, calendar: Calendar) -> int:
    """How many working days lie after one day up to and including another; 0 when not later."""
    if until <= after:
        return 0
    return sum(day.counts for day in calendar.days_between(after, calendar.position(until)))


def _days_with_suspensions(
    start: date, n: int, calendar: Calendar, suspensions: tuple[Suspension, ...]
) -> tuple[Day, ...]:
    days: list[Day] = []
    position = calendar.position(start)
    left = n
    while left:
        position += 1
        day = calendar.at(position)
        if day.counts:
            reason = _pause_reason(day.date, suspensions)
            if reason is None:
                left -= 1
            else:
                day = Day(day.date, DayKind.SUSPENDED, reason, day.notice, day.provisional)
        days.append(day)
    return tuple(days)


def _working_deadline(start: date, n: int, days: tuple[Day, ...]) -> Deadline:
    last = days[-1]
    return Deadline(start, n, TimeUnit.WORKDAY, last.date, days, last.provisional)


def _rolled(start: date, n: int, unit: TimeUnit, nominal: date, calendar: Calendar) -> Deadline:
    position = calendar.position(nominal)
    while not calendar.at(position).counts:
        position += 1
    last = calendar.at(position)
    rolled_from = nominal if last.date != nominal else None
    days = _known_days(start, position, calendar)
    return Deadline(start, n, unit, last.date, days, last.provisional, rolled_from)


def _known_days(start: date, last: int, calendar: Calendar) -> tuple[Day, ...]:
    """The days of a long period; empty when it began before the first year on file."""
    try:
        return calendar.days_between(start, last)
    except CalendarNotAnnouncedError:
        return ()


def _pause_reason(day: date, suspensions: tuple[Suspension, ...]) -> str | None:
    for suspension in suspensions:
        if suspension.covers(day):
            return suspension.reason
    return None


def _require_positive(n: int) -> None:
    if n < 1:
        raise ValueError(f"期限至少为 1，读到 {n}")
