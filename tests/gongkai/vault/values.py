"""Fictional personal values for tests of the vault, and who asks for them."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from gongkai.trail.actors import Actor, ActorKind
from statute.check_digits import resident_check_digit

AT = datetime(2026, 3, 2, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
HANDLER = Actor(ActorKind.USER, "7", "承办人甲", "nongye", "云溪县农业农村局")


# How many made-up resident IDs there are: years 1950–1999, twelve months of 28 days, 1,000 each.
NUMBERED = 50 * 12 * 28 * 1000


def resident_id(number: int) -> str:
    """The number-th made-up resident ID; place code 339900 belongs to no county."""
    days, order = divmod(number, 1000)
    months, day = divmod(days, 28)
    year, month = divmod(months, 12)
    digits = f"339900{1950 + year}{month + 1:02}{day + 1:02}{order:03}"
    return digits + resident_check_digit(digits)
