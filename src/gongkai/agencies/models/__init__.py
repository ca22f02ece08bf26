"""Tables of the bodies and of the numbers they draw; what changes them stands in services."""

from __future__ import annotations

from gongkai.agencies.models.bodies import (
    Agency,
    AgencyKind,
    Designation,
    DisclosureOffice,
    Succession,
    SuccessionKind,
)
from gongkai.agencies.models.series import DrawnNumber, NumberSeries

__all__ = [
    "Agency",
    "AgencyKind",
    "Designation",
    "DisclosureOffice",
    "DrawnNumber",
    "NumberSeries",
    "Succession",
    "SuccessionKind",
]
