"""Who has to know when working days change, and which dates move.

It changes no date: cases, records and reports do that in jobs of their own, which they name here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from statute.calendars import Calendar
from statute.deadlines import Deadline, Suspension, period, working_days
from statute.units import TimeUnit

_JOBS: list[str] = []


def tell(job: str) -> None:
    """Has the job of this name enqueued, with {"notice": id}, whenever a notice comes into force
    or out of it; for AppConfig.ready of the apps above. Naming it twice is naming it once."""
    if job not in _JOBS:
        _JOBS.append(job)


def told() -> tuple[str, ...]:
    """The jobs that are told."""
    return tuple(_JOBS)


@dataclass(frozen=True, slots=True)
class Term:
    """A running period: where it starts, how long it is, what suspends it; `label` names it."""

    label: str
    start: date
    n: int
    unit: TimeUnit = TimeUnit.WORKDAY
    suspensions: tuple[Suspension, ...] = ()

    def deadline(self, calendar: Calendar) -> Deadline:
        """The due date by a calendar; only working days know suspensions."""
        if self.unit is TimeUnit.WORKDAY:
            return working_days(self.start, self.n, calendar, self.suspensions)
        return period(self.start, self.n, self.unit, calendar)


@dataclass(frozen=True, slots=True)
class Moved:
    """A term whose due date is another by the new calendar, or is no longer provisional."""

    term: Term
    old: date
    new: date
    was_provisional: bool
    provisional: bool


def what_moved(terms: Iterable[Term], *, before: Calendar, after: Calendar) -> tuple[Moved, ...]:
    """Which of the terms fall due on another day, in the order given.

    A date that stays and only stops being provisional is listed too: its mark goes away.
    """
    moved = []
    for term in terms:
        old, new = term.deadline(before), term.deadline(after)
        if (old.due, old.provisional) != (new.due, new.provisional):
            moved.append(Moved(term, old.due, new.due, old.provisional, new.provisional))
    return tuple(moved)
