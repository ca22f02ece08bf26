"""Reminds of next year's holiday notice: a warning line from December on, never a failure.

The notice is the State Council's to publish; until then dates are provisional, and work goes on.
"""

from __future__ import annotations

from datetime import date

import pytest

from statute.calendars import national_calendar
from statute.calendars.calendar import missing_notice


@pytest.mark.parametrize(
    ("today", "missing"),
    [
        (date(2026, 11, 30), None),
        (date(2026, 12, 1), 2027),
        (date(2026, 12, 31), 2027),
        (date(2027, 1, 4), 2027),
        (date(2028, 3, 1), 2027),
        (date(2025, 12, 15), None),
    ],
)
def test_a_notice_is_missed_from_the_first_of_december(today: date, missing: int | None) -> None:
    assert missing_notice(national_calendar(), today) == missing
