"""Answers to requests of long ago are cleared away: nobody repeats a request after a month."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from gongkai.api.services.answering import forget
from gongkai.jobs import schedule
from gongkai.jobs.registry import job

FORGET_JOB = "api.forget_answers"
KEPT = timedelta(days=30)


def forget_answers(_arguments: Mapping[str, str], *, at: datetime) -> None:
    """Clears answers older than they are kept; the records they told of stay."""
    forget(before=at - KEPT)


def register_jobs() -> None:
    """Adds it to the one list and puts it on the schedule; called when the app starts."""
    job(FORGET_JOB)(forget_answers)
    schedule.register(
        schedule.Periodic(FORGET_JOB, FORGET_JOB, daily_at="03:50", label="清理接口的旧回答")
    )
