"""Days and moments of the county, counted in working days back from today."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.utils.timezone import localdate, make_aware

from gongkai.calendars.queries import calendar
from gongkai.site.demonstration.content import read

# So far back that whoever acts has been in office for every act.
OPENED = 640
_MORNING = time(8, 40)
_BETWEEN = timedelta(minutes=23)


def founded() -> datetime:
    """When the bodies of the county came into being."""
    day: date = read("county")["founded"]
    return make_aware(datetime.combine(day, _MORNING))


@dataclass(slots=True)
class Days:
    """Working days before a day, the nearest first; `ago(1)` is the last one that is over."""

    today: date
    _before: list[date] = field(default_factory=list)

    def __post_init__(self) -> None:
        worked, day = calendar(), self.today
        while len(self._before) < OPENED + 1:
            day -= timedelta(days=1)
            if worked.is_working_day(day):
                self._before.append(day)

    def ago(self, number: int) -> date:
        """The working day so many working days before today."""
        return self._before[number - 1]

    def before(self, moment: datetime) -> date:
        """The last working day that was over at a moment."""
        day = localdate(moment)
        return next(one for one in self._before if one < day)

    def next_morning(self) -> datetime:
        """Nine o'clock on the first working day after today."""
        worked, day = calendar(), self.today + timedelta(days=1)
        while not worked.is_working_day(day):
            day += timedelta(days=1)
        return make_aware(datetime.combine(day, time(9)))

    def moments(self, start: int, end: int, count: int, shift: int = 0) -> list[datetime]:
        """So many moments of working time from one day to another, each after the one before;
        `shift` in minutes tells apart what happens on the same days."""
        steps = max(count - 1, 1)
        days = [self.ago(start - (start - end) * n // steps) for n in range(count)]
        return [
            make_aware(datetime.combine(day, _MORNING)) + n * _BETWEEN + timedelta(minutes=shift)
            for n, day in enumerate(days)
        ]


@dataclass(slots=True)
class Agenda:
    """Acts of all bodies, carried out in the order of their moments: so the trail tells them."""

    days: Days
    _acts: list[tuple[datetime, int, Callable[[datetime], object]]] = field(default_factory=list)

    def add(
        self, start: int, end: int, *acts: Callable[[datetime], object], shift: int = 0
    ) -> None:
        """Acts one after the other, spread over the working days from `start` to `end`."""
        for at, act in zip(self.days.moments(start, end, len(acts), shift), acts, strict=True):
            self._acts.append((at, len(self._acts), act))

    def carry_out(self, tell: Callable[[int, int], object]) -> None:
        """Does everything; `tell` hears how many acts of how many are done."""
        ordered = sorted(self._acts, key=lambda one: one[:2])
        for done, (at, _, act) in enumerate(ordered, 1):
            act(at)
            tell(done, len(ordered))
