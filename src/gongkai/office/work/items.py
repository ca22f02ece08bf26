"""An item of work, and the groups in which a list shows items. It asks no database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from gongkai.claims.matters import Matter
from gongkai.claims.models import Claim
from gongkai.web.day_strip import DayStrip, day_strip, limit_in_words
from gongkai.web.panels import Link
from gongkai.web.wording import near_day
from statute.calendars import Calendar
from statute.deadlines import Deadline, working_days_between

SOON = 3  # working days
CALENDAR_WEEKS = 5


class Nearness(StrEnum):
    """The groups, in the order in which they stand."""

    OVERDUE = "overdue"
    TODAY = "today"
    SOON = "soon"
    LATER = "later"
    OPEN = "open"
    OTHERS = "others"

    @property
    def label(self) -> str:
        """The head of the group."""
        return _LABELS[self]


_LABELS = {
    Nearness.OVERDUE: "已逾期",
    Nearness.TODAY: "今天到期",
    Nearness.SOON: f"{SOON}个工作日内",
    Nearness.LATER: "期限内",
    Nearness.OPEN: "没有法定期限",
    Nearness.OTHERS: "在等别人",
}


@dataclass(frozen=True, slots=True)
class Limit:
    """Until when, in words; with a strip where working days are counted."""

    due: date
    headline: str
    detail: str
    strip: DayStrip | None = None


def counted(deadline: Deadline, today: date, calendar: Calendar) -> Limit:
    """A limit of working days."""
    headline, detail = limit_in_words(deadline, today, calendar)
    if deadline.due == today:
        detail = near_day(today, today)
    return Limit(deadline.due, headline, detail, day_strip(deadline, today, calendar))


def by_day(due: date, today: date, why: str) -> Limit:
    """A limit that is a day of the calendar."""
    days = abs((due - today) // timedelta(days=1))
    if due < today:
        return Limit(due, f"已过{days}天", f"应于{near_day(due, today)}　{why}")
    return Limit(due, "今天到期" if due == today else near_day(due, today), why)


@dataclass(frozen=True, slots=True)
class Item:
    """A row: kind, matter, what to do now (a verb and where), until when, and for whom it waits.

    `others`: who has the next word, where that is not the person asked; `matter` is what can be
    taken, `claim` who has taken it, `waited` for how many working days nobody has.
    """

    kind: str
    title: str
    url: str
    act: Link
    detail: str = ""
    limit: Limit | None = None
    others: str = ""
    matter: Matter | None = None
    claim: Claim | None = None
    claimed_by_me: bool = False
    waited: int = 0

    @property
    def taken_by_another(self) -> bool:
        """Somebody else has said that he does it."""
        return self.claim is not None and not self.claimed_by_me

    @property
    def unclaimed_too_long(self) -> bool:
        """For more than a working day nobody has taken what several could."""
        return self.matter is not None and self.claim is None and self.waited > 1

    def nearness(self, today: date, calendar: Calendar) -> Nearness:
        """The group in which it stands."""
        if self.others or self.taken_by_another:
            return Nearness.OTHERS
        if self.limit is None:
            return Nearness.OPEN
        due = self.limit.due
        if due < today:
            return Nearness.OVERDUE
        if due == today:
            return Nearness.TODAY
        near = working_days_between(today, due, calendar) <= SOON
        return Nearness.SOON if near else Nearness.LATER


@dataclass(frozen=True, slots=True)
class Group:
    """Items equally near."""

    nearness: Nearness
    items: tuple[Item, ...]


def grouped(items: Iterable[Item], today: date, calendar: Calendar) -> tuple[Group, ...]:
    """Groups with something in them, each by limit."""
    found: dict[Nearness, list[Item]] = {}
    for item in items:
        found.setdefault(item.nearness(today, calendar), []).append(item)
    return tuple(
        Group(one, tuple(sorted(found[one], key=_order))) for one in Nearness if one in found
    )


def _order(item: Item) -> tuple[date, str]:
    return (item.limit.due if item.limit else date.max, item.title)


@dataclass(frozen=True, slots=True)
class DueDay:
    """A day of the due calendar with how many things are due on it."""

    day: date
    number: int
    late: bool
    today: bool
    off: bool


def due_calendar(
    items: Sequence[Item], today: date, calendar: Calendar
) -> tuple[tuple[DueDay, ...], ...]:
    """Five weeks from the Monday of this one; what is late stands on its own day if it is shown."""
    numbers = Counter(
        item.limit.due for item in items if item.limit is not None and not item.others
    )
    first = today - timedelta(days=today.weekday())
    return tuple(
        tuple(
            DueDay(day, numbers[day], day < today, day == today, not calendar.is_working_day(day))
            for day in (first + timedelta(days=week * 7 + at) for at in range(7))
        )
        for week in range(CALENDAR_WEEKS)
    )
