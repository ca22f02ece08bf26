"""What the jobs viewer shows: rows by state, the schedule with its last success, the processes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count

from gongkai.jobs import schedule
from gongkai.jobs.models import OutboxRow, PeriodicState, Process, RowQuerySet, State

SILENT_AFTER = timedelta(minutes=1)


def pending() -> RowQuerySet:
    """Rows that wait or run, the next first."""
    return OutboxRow.objects.filter(state__in=[State.WAITING, State.LEASED]).order_by(
        "run_after", "pk"
    )


def failed() -> RowQuerySet:
    """Rows that were stopped, each with its reason; the latest first."""
    return OutboxRow.objects.filter(state=State.FAILED).order_by("-finished_at", "-pk")


def finished() -> RowQuerySet:
    """Rows that are done, the latest first."""
    return OutboxRow.objects.filter(state=State.DONE).order_by("-finished_at", "-pk")


def counts() -> dict[State, int]:
    """How many rows are in each state."""
    found = dict(OutboxRow.objects.values_list("state").annotate(Count("pk")).order_by())
    return {state: found.get(state.value, 0) for state in State}


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a periodic job stands; `late` when its last success is more than one slot ago."""

    name: str
    label: str
    last_slot: datetime | None
    last_success_at: datetime | None
    last_failure_at: datetime | None
    last_reason: str
    next_slot: datetime
    late: bool


def last_successes(*, at: datetime) -> list[Standing]:
    """Every registered periodic job, those that never ran included."""
    states = {state.name: state for state in PeriodicState.objects.all()}
    return [_standing(one, states.get(one.name), at) for one in schedule.registered()]


def _standing(one: schedule.Periodic, state: PeriodicState | None, at: datetime) -> Standing:
    slot = one.slot(at)
    success = state.last_success_at if state else None
    return Standing(
        name=one.name,
        label=one.label or one.name,
        last_slot=state.last_slot if state else None,
        last_success_at=success,
        last_failure_at=state.last_failure_at if state else None,
        last_reason=state.last_reason if state else "",
        next_slot=slot + one.period,
        late=success is None or success < slot - one.period,
    )


@dataclass(frozen=True, slots=True)
class Alive:
    """A process, and whether it was seen lately or has stopped as told."""

    process: Process
    silent: bool


def processes(*, at: datetime) -> list[Alive]:
    """Workers, schedulers and dispatchers that have not stopped as told."""
    running = Process.objects.filter(stopped_at__isnull=True).order_by("kind", "name")
    return [Alive(one, silent=one.seen_at < at - SILENT_AFTER) for one in running]
