"""What the periods of the law are counted in.

Counting itself is done by statute.deadlines.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class TimeUnit(StrEnum):
    """Working days, calendar days, months or years (law: chapter on working days, units)."""

    WORKDAY = "workday"
    DAY = "day"
    MONTH = "month"
    YEAR = "year"

    @property
    def label(self) -> str:
        """As written after a number: 个工作日, 日, 个月, 年."""
        return _LABELS[self]


_LABELS: Mapping[TimeUnit, str] = {
    TimeUnit.WORKDAY: "个工作日",
    TimeUnit.DAY: "日",
    TimeUnit.MONTH: "个月",
    TimeUnit.YEAR: "年",
}
