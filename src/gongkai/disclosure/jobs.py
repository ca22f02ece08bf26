"""Background work on records: planned publications, evaluations called to mind."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.utils.timezone import localdate

from gongkai.agencies.models import Agency
from gongkai.disclosure.intervals import REMIND_BEFORE
from gongkai.disclosure.models import Record, Schedule
from gongkai.disclosure.services.publishing import PUBLISH_JOB, carry_out
from gongkai.disclosure.services.reappraising import remind
from gongkai.jobs import schedule
from gongkai.jobs.registry import job
from gongkai.jobs.services import enqueue

LOOK_JOB = "disclosure.look_for_reappraisals"
REMIND_JOB = "disclosure.remind_of_reappraisals"


def publish_as_planned(arguments: Mapping[str, str], *, at: datetime) -> None:
    """Publishes what was planned, if it still may."""
    carry_out(Schedule.objects.get(pk=int(arguments["schedule"])), at=at)


def look_for_reappraisals(_arguments: Mapping[str, str], *, at: datetime) -> None:
    """Orders a reminder for every body that has evaluations due soon or late (`regulations#18`);
    what was called to mind already is left out there."""
    near = Record.objects.filter(next_review_on__lte=REMIND_BEFORE.after(localdate(at)))
    bodies = near.order_by("agency_id").values_list("agency_id", flat=True).distinct()
    for pk in bodies:
        enqueue(REMIND_JOB, arguments={"agency": str(pk)}, at=at, unique_key=f"agency-{pk}")


def remind_of_reappraisals(arguments: Mapping[str, str], *, at: datetime) -> None:
    """Calls the evaluations of one body to mind."""
    remind(Agency.objects.get(pk=int(arguments["agency"])), at=at)


def register_jobs() -> None:
    """Adds them to the one list; called when the app starts."""
    job(PUBLISH_JOB)(publish_as_planned)
    job(LOOK_JOB)(look_for_reappraisals)
    job(REMIND_JOB)(remind_of_reappraisals)
    schedule.register(
        schedule.Periodic(LOOK_JOB, LOOK_JOB, daily_at="06:30", label="提醒不公开信息的定期评估")
    )
