"""What the outbox does for itself: rows done long ago are cleared away."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from gongkai.jobs import schedule, services
from gongkai.jobs.registry import job

# 网络安全法第二十一条: logs are kept six months at least; so is what the system did on its own.
KEPT = timedelta(days=184)


@job("jobs.prune")
def prune(_arguments: Mapping[str, str], *, at: datetime) -> None:
    """Clears rows that were done before the time they are kept; stopped rows stay."""
    services.prune(before=at - KEPT)


def register() -> None:
    """Puts the clearing on the schedule."""
    schedule.register(
        schedule.Periodic(
            "jobs.prune", "jobs.prune", daily_at="03:40", label="清理已完成的后台任务"
        )
    )
