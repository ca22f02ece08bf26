"""Background work on records: planned publications, evaluations called to mind, and the nightly
comparison of what is public with reviews, words and trail.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.utils import timezone
from django.utils.timezone import localdate

from gongkai.agencies.models import Agency
from gongkai.disclosure import telling
from gongkai.disclosure.alarms import raise_alarms
from gongkai.disclosure.daily import tell_what_is_late
from gongkai.disclosure.imports.batches import batch_faults
from gongkai.disclosure.intervals import REMIND_BEFORE
from gongkai.disclosure.models import Record, Schedule
from gongkai.disclosure.services.attaching import look_again
from gongkai.disclosure.services.publishing import PUBLISH_JOB, carry_out
from gongkai.disclosure.services.reappraising import remind
from gongkai.disclosure.verification import faults
from gongkai.jobs import schedule
from gongkai.jobs.registry import JobError, job
from gongkai.jobs.services import enqueue
from gongkai.trail.actors import SYSTEM, Subject
from gongkai.trail.services import record as leave_trace

LOOK_JOB = "disclosure.look_for_reappraisals"
REMIND_JOB = "disclosure.remind_of_reappraisals"
LATE_JOB = "disclosure.tell_what_is_late"
ALARM_JOB = "disclosure.raise_alarms"
VERIFY_JOB = "disclosure.verify"
_NAMED = 3  # disagreements named in the list of stopped jobs; the others are counted


def publish_as_planned(arguments: Mapping[str, str], *, at: datetime) -> None:
    """Publishes what was planned, if it still may."""
    done = carry_out(Schedule.objects.get(pk=int(arguments["schedule"])), at=at)
    telling.not_carried_out(done, at=at)


def look_before_publishing(arguments: Mapping[str, str]) -> Mapping[str, str]:
    """Files whose last look is older than the word lists are looked through before the gate is
    asked about them."""
    planned = Schedule.objects.get(pk=int(arguments["schedule"]))
    if planned.done_at is None:
        look_again(planned.clearance.version, by=SYSTEM, at=timezone.now())
    return {}


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


def remind_of_what_is_late(_arguments: Mapping[str, str], *, at: datetime) -> None:
    """One message a working day to each disclosure officer with something late."""
    tell_what_is_late(at=at)


def raise_alarms_of_the_day(_arguments: Mapping[str, str], *, at: datetime) -> None:
    """Reviews due or late, work that nobody took, shortened reviews not made whole."""
    raise_alarms(at=at)


def _compare(_arguments: Mapping[str, str]) -> Mapping[str, str]:
    """Reads everything, so it runs outside the transaction of the job."""
    found = [f"{one.record} {one.sentence}" for one in faults()]
    found += [f"导入批次 {batch.pk} {sentence}" for batch, sentence in batch_faults()]
    if found:
        raise JobError(f"公开信息核对发现 {len(found)} 处不符：{'；'.join(found[:_NAMED])}")
    return {"records": str(Record.objects.count())}


def record_compared(arguments: Mapping[str, str], *, at: datetime) -> None:
    """Notes that all agreed; a disagreement stops the job, which stays on the list until somebody
    has looked into it."""
    leave_trace(
        "disclosure.verified",
        by=SYSTEM,
        at=at,
        subject=Subject("records", "all", "全部政府信息"),
        facts={"records": arguments["records"]},
    )


def register_jobs() -> None:
    """Adds them to the one list; called when the app starts."""
    job(PUBLISH_JOB, prepare=look_before_publishing)(publish_as_planned)
    job(LOOK_JOB)(look_for_reappraisals)
    job(REMIND_JOB)(remind_of_reappraisals)
    job(LATE_JOB)(remind_of_what_is_late)
    job(ALARM_JOB)(raise_alarms_of_the_day)
    job(VERIFY_JOB, prepare=_compare, attempts=1)(record_compared)
    schedule.register(
        schedule.Periodic(LATE_JOB, LATE_JOB, daily_at="08:30", label="每个工作日提醒逾期的事"),
        schedule.Periodic(ALARM_JOB, ALARM_JOB, daily_at="08:40", label="提醒到期的审查和认领"),
        schedule.Periodic(LOOK_JOB, LOOK_JOB, daily_at="06:30", label="提醒不公开信息的定期评估"),
        schedule.Periodic(
            VERIFY_JOB, VERIFY_JOB, daily_at="02:40", label="核对公开信息与审查、留痕"
        ),
    )
