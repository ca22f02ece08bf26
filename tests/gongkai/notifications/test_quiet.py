"""When a message may leave: quiet hours within a day and over midnight, days off, neither."""

from __future__ import annotations

from datetime import UTC, datetime, time

import pytest
from django.utils.timezone import make_aware

from gongkai.notifications.quiet import Quiet

NIGHT = Quiet(time(20), time(8), working_days=False)
NOON = Quiet(time(12), time(14), working_days=False)
WORKDAYS = Quiet(time(20), time(8), working_days=True)
NEVER = Quiet(time(0), time(0), working_days=False)
ONLY_DAYS = Quiet(time(0), time(0), working_days=True)


def local(text: str) -> datetime:
    """A moment in the county."""
    return make_aware(datetime.fromisoformat(text))


@pytest.mark.parametrize(
    ("quiet", "at", "until"),
    [
        pytest.param(NIGHT, "2026-03-12 07:59", "2026-03-12 08:00", id="早上，等到八点"),
        pytest.param(NIGHT, "2026-03-12 08:00", "2026-03-12 08:00", id="八点整就发"),
        pytest.param(NIGHT, "2026-03-12 19:59", "2026-03-12 19:59", id="晚上八点以前就发"),
        pytest.param(NIGHT, "2026-03-12 20:00", "2026-03-13 08:00", id="晚上八点，等到明天"),
        pytest.param(NIGHT, "2026-03-13 23:30", "2026-03-14 08:00", id="周五夜里，周六早上发"),
        pytest.param(NOON, "2026-03-12 12:30", "2026-03-12 14:00", id="午休，等到两点"),
        pytest.param(NOON, "2026-03-12 14:00", "2026-03-12 14:00", id="两点整就发"),
        pytest.param(NEVER, "2026-03-14 03:00", "2026-03-14 03:00", id="不设时段，随时发"),
        pytest.param(WORKDAYS, "2026-03-13 21:00", "2026-03-16 08:00", id="周五夜里，等到周一"),
        pytest.param(WORKDAYS, "2026-03-14 10:00", "2026-03-16 08:00", id="周六，等到周一"),
        pytest.param(WORKDAYS, "2026-02-14 10:00", "2026-02-14 10:00", id="调休上班的周六就发"),
        pytest.param(WORKDAYS, "2026-10-01 10:00", "2026-10-08 08:00", id="国庆，等到上班"),
        pytest.param(ONLY_DAYS, "2026-03-14 03:00", "2026-03-16 08:00", id="只看日子，周一八点"),
        pytest.param(ONLY_DAYS, "2026-03-12 03:00", "2026-03-12 03:00", id="只看日子，夜里照发"),
    ],
)
def test_a_message_waits_until_the_person_may_be_disturbed(
    quiet: Quiet, at: str, until: str
) -> None:
    assert quiet.over(local(at)) == local(until)


def test_seconds_are_not_rounded_into_the_past() -> None:
    at = datetime(2026, 3, 12, 1, 0, 0, 5, tzinfo=UTC)
    assert NIGHT.over(at) == at
