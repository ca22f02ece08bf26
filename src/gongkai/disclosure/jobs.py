"""Background work on records: planned publications."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from gongkai.disclosure.models import Schedule
from gongkai.disclosure.services.publishing import PUBLISH_JOB, carry_out
from gongkai.jobs.registry import job


def publish_as_planned(arguments: Mapping[str, str], *, at: datetime) -> None:
    """Publishes what was planned, if it still may."""
    carry_out(Schedule.objects.get(pk=int(arguments["schedule"])), at=at)


def register_jobs() -> None:
    """Adds them to the one list; called when the app starts."""
    job(PUBLISH_JOB)(publish_as_planned)
