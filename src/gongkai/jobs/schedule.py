"""What runs again and again, and the scheduler that enqueues it; it runs no job itself.

After a standstill a job is caught up once, for the latest slot only: three days without a
scheduler give one daily run, not three. A job that must account for every day looks back itself.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from django.utils import timezone

from gongkai.jobs import services
from gongkai.jobs.running import Clock
from gongkai.jobs.worker import loop, process_name


@dataclass(frozen=True, slots=True)
class Periodic:
    """A job by name, run daily at a local time ("02:10") or every so many minutes."""

    name: str
    job: str
    daily_at: str = ""
    every_minutes: int = 0
    label: str = ""

    def __post_init__(self) -> None:
        if bool(self.daily_at) == bool(self.every_minutes):
            raise ValueError(f"周期任务须写明每日时间或者间隔分钟，二者择一：{self.name}")
        if self.daily_at:
            time.fromisoformat(self.daily_at)
        if self.every_minutes < 0:
            raise ValueError(f"间隔分钟须为正数：{self.name}")

    def slot(self, at: datetime) -> datetime:
        """The latest moment, not after `at`, at which the job is due."""
        if self.every_minutes:
            span = self.every_minutes * 60
            return datetime.fromtimestamp(int(at.timestamp()) // span * span, UTC)
        local = timezone.localtime(at)
        due = time.fromisoformat(self.daily_at)
        slot = local.replace(hour=due.hour, minute=due.minute, second=0, microsecond=0)
        return slot if slot <= local else slot - timedelta(days=1)

    @property
    def period(self) -> timedelta:
        """From one slot to the next."""
        return timedelta(minutes=self.every_minutes) if self.every_minutes else timedelta(days=1)


_REGISTRY: dict[str, Periodic] = {}


def register(*jobs: Periodic) -> None:
    """Adds periodic jobs; two of one name are a ValueError."""
    for periodic in jobs:
        if _REGISTRY.get(periodic.name, periodic) != periodic:
            raise ValueError(f"周期任务重名：{periodic.name}")
        _REGISTRY[periodic.name] = periodic


def registered() -> tuple[Periodic, ...]:
    """All periodic jobs, by name."""
    return tuple(_REGISTRY[name] for name in sorted(_REGISTRY))


def tick(*, at: datetime) -> int:
    """Enqueues whatever is due and not yet enqueued; how many."""
    return sum(
        services.begin_slot(one.name, job=one.job, slot=one.slot(at), at=at) for one in registered()
    )


def run(
    stop: threading.Event,
    *,
    poll: float = 5.0,
    name: str | None = None,
    clock: Clock = timezone.now,
) -> None:
    """Ticks until `stop` is set; two schedulers by mistake enqueue once."""
    scheduler = name or process_name("schedule")

    def step() -> bool:
        tick(at=clock())
        return False

    loop(stop, step, name=scheduler, kind="schedule", poll=poll, clock=clock)
