"""Rules with a life: every value says from when to when it holds; asking outside is an error.

Not for holiday calendars, whose versions are notices (see statute.calendars).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeVar

from statute.errors import NotInForceError


@dataclass(frozen=True, slots=True)
class Period:
    """First and last day on which a rule holds, both included; None is open."""

    start: date | None = None
    end: date | None = None

    def __post_init__(self) -> None:
        if self.start is not None and self.end is not None and self.end < self.start:
            raise ValueError(f"施行期间倒置：{self.start} 至 {self.end}")

    def covers(self, day: date) -> bool:
        """Whether the rule holds on this day."""
        after_start = self.start is None or self.start <= day
        return after_start and (self.end is None or day <= self.end)


class Dated(Protocol):
    """Anything that states when it is in force."""

    @property
    def in_force(self) -> Period: ...


T = TypeVar("T", bound=Dated)


def in_force_on(versions: Iterable[T], day: date, *, what: str) -> T:
    """The one version in force on a day.

    Raises NotInForceError naming `what` when there is none, ValueError when data give two.
    """
    found = [version for version in versions if version.in_force.covers(day)]
    if not found:
        raise NotInForceError(f"{day.isoformat()} 没有施行中的规定：{what}")
    if len(found) > 1:
        raise ValueError(f"{day.isoformat()} 有两个版本同时施行：{what}")
    return found[0]
