"""When a message may leave the office: outside a person's quiet hours, on working days if wished.

Working days are those of the national notices that came with this release: days that the office
entered itself are not known here, so on a local holiday a message may come a day early, and in a
year without a notice the days are estimated. Nothing legal hangs on it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cache

from django.utils.timezone import localtime

from statute.calendars import Calendar, national_calendar
from statute.errors import StatuteError


@dataclass(frozen=True, slots=True)
class Quiet:
    """Quiet hours of a person; the default is for whoever never chose."""

    start: time = time(20)
    end: time = time(8)
    working_days: bool = True

    def over(self, at: datetime) -> datetime:
        """The first moment, not before `at`, at which the person may be disturbed."""
        local = localtime(at)
        for _ in range(30):
            if self.working_days and not _is_working_day(local):
                local = _at(local + timedelta(days=1), self.end if self._is_set else time(8))
            elif self._is_set and self._within(local.time()):
                late = self.start > self.end and local.time() >= self.start
                local = _at(local + timedelta(days=1 if late else 0), self.end)
            else:
                break
        return max(local, at)

    @property
    def _is_set(self) -> bool:
        return self.start != self.end

    def _within(self, now: time) -> bool:
        if self.start < self.end:
            return self.start <= now < self.end
        return now >= self.start or now < self.end


@cache
def _calendar() -> Calendar:
    return national_calendar().with_estimates()


def _is_working_day(local: datetime) -> bool:
    try:
        return _calendar().is_working_day(local.date())
    except StatuteError:
        return local.weekday() < 5  # beyond every notice and estimate


def _at(local: datetime, clock: time) -> datetime:
    return local.replace(hour=clock.hour, minute=clock.minute, second=0, microsecond=0)
