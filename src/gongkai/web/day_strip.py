"""The day strip: one cell per working day of a limit, always with its sentence.

It draws what statute counted; it counts nothing itself and knows no case.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gongkai.web.wording import day_in_words, near_day
from statute.calendars import Calendar, DayKind
from statute.deadlines import Deadline, working_days_between

MOST_BEYOND = 20  # cells drawn for what is late; how late it is, the words say


class CellKind(StrEnum):
    """What a cell stands for; each has its own shape, so that grey print still reads."""

    COUNTED = "counted"
    TO_COME = "to-come"
    STOPPED = "stopped"
    TODAY = "today"
    LAST = "last"
    BEYOND = "beyond"


@dataclass(frozen=True, slots=True)
class DayStrip:
    """Cells from the first working day on, and what they say in words.

    headline: 「还有9个工作日」; detail: when, or how much was stopped; used and total: 「11 / 20」.
    """

    cells: tuple[CellKind, ...]
    headline: str
    detail: str
    used: int
    total: int
    stopped: int
    beyond: int

    @property
    def level(self) -> str:
        """overdue, today or running: decides the edge of a row, never alone."""
        if self.beyond:
            return "overdue"
        return "today" if self.headline == "今天到期" else "running"


def day_strip(deadline: Deadline, today: date, calendar: Calendar) -> DayStrip:
    """Draws a limit in working days as it stands on a day."""
    cells = (*_within(deadline, today), *_after(deadline, today, calendar))
    stopped = sum(day.kind is DayKind.SUSPENDED for day in deadline.days)
    used = sum(day.date <= today for day in deadline.counted)
    beyond = _late(deadline, today, calendar)
    headline, detail = limit_in_words(deadline, today, calendar)
    return DayStrip(cells, headline, detail, used, len(deadline.counted), stopped, beyond)


def limit_in_words(deadline: Deadline, today: date, calendar: Calendar) -> tuple[str, str]:
    """The state of a limit and its date: ("还有9个工作日", "3月25日 星期三")."""
    due = deadline.due
    if today > due:
        late = max(1, working_days_between(due, today, calendar))
        return f"已逾期{late}个工作日", f"应于{day_in_words(due, today)}"
    if today == due:
        return "今天到期", "今天交邮就不逾期"
    if any(day.date == today and day.kind is DayKind.SUSPENDED for day in deadline.days):
        used = sum(day.date <= today for day in deadline.counted)
        return f"停表中，第{used}个工作日", f"最迟{near_day(due, today)}"
    left = sum(day.date > today for day in deadline.counted)
    return f"还有{left}个工作日", near_day(due, today)


def _within(deadline: Deadline, today: date) -> Iterator[CellKind]:
    for day in deadline.days:
        if day.kind is DayKind.SUSPENDED:
            yield CellKind.STOPPED
        elif not day.counts:
            continue
        elif day.date == today:
            yield CellKind.TODAY
        elif day.date < today:
            yield CellKind.COUNTED
        else:
            yield CellKind.LAST if day.date == deadline.due else CellKind.TO_COME


def _after(deadline: Deadline, today: date, calendar: Calendar) -> Iterator[CellKind]:
    yield from [CellKind.BEYOND] * min(_late(deadline, today, calendar), MOST_BEYOND)


def _late(deadline: Deadline, today: date, calendar: Calendar) -> int:
    """Working days since the last day; at least one once it has passed."""
    if today <= deadline.due:
        return 0
    return max(1, working_days_between(deadline.due, today, calendar))
