"""Times that are practice and not law: how often, and how long before, an office looks again.

Values with their source, to be changed in one place. Times the law sets stand in statute.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from statute.citations import Citation, Mark, cite
from statute.units import TimeUnit


@dataclass(frozen=True, slots=True)
class Interval:
    """So many days, months or years, from which document, and how far it is vouched for."""

    n: int
    unit: TimeUnit
    source: Citation
    mark: Mark = Mark.PRACTICE

    def after(self, day: date) -> date:
        """The corresponding day that much later, the month's last where it has none. It is no
        period of the law, so a day off does not move it."""
        if self.unit is TimeUnit.DAY:
            return day + timedelta(days=self.n)
        if self.unit is TimeUnit.WORKDAY:
            raise ValueError("惯例的间隔不按工作日计")
        months = self.n * 12 if self.unit is TimeUnit.YEAR else self.n
        year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
        last = calendar.monthrange(year, month + 1)[1]
        return date(year, month + 1, min(day.day, last))


REAPPRAISE_EVERY = Interval(1, TimeUnit.YEAR, cite("house_practice#定期评估"))
# How long before its day an evaluation is called to mind; our own choice within that practice.
REMIND_BEFORE = Interval(30, TimeUnit.DAY, cite("house_practice#定期评估"))
CONFIRM_PAGES_EVERY = Interval(12, TimeUnit.MONTH, cite("house_practice#指南复核"))
