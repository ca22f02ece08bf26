"""The jobs that are killed: each leaves one row of effect and orders a second job in the same
transaction; and two broken ways to run them, the controls."""

from __future__ import annotations

import random
import time
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import connection, transaction

from gongkai.jobs import running, services
from gongkai.jobs.registry import Job, job
from gongkai.jobs.running import Clock
from gongkai.jobs.services import Lease

LEASE = timedelta(seconds=1)
ATTEMPTS = 1_000


def pause(longest: float) -> None:
    """Leaves time for the kill."""
    time.sleep(random.uniform(0, longest))


def _effect(kind: str, order: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO probe_effect (kind, number) VALUES (%s, %s)", [kind, order])


def _slowly(_arguments: Mapping[str, str]) -> Mapping[str, str]:
    pause(0.03)
    return {"prepared": "yes"}


@job("probe.first", prepare=_slowly, attempts=ATTEMPTS, lease=LEASE, first_pause=timedelta(0))
def first(arguments: Mapping[str, str], *, at: datetime) -> None:
    """Leaves its effect and orders the second job."""
    pause(0.006)
    _effect("first", arguments["order"])
    services.enqueue("probe.second", arguments={"order": arguments["order"]}, at=at)
    pause(0.006)


@job("probe.second", attempts=ATTEMPTS, lease=LEASE, first_pause=timedelta(0))
def second(arguments: Mapping[str, str], *, at: datetime) -> None:
    """Leaves its effect; fails now and then as jobs do."""
    pause(0.006)
    _effect("second", arguments["order"])
    if random.random() < 0.05:
        raise OSError
    pause(0.006)


def _effect_then_mark(job: Job, lease: Lease, arguments: Mapping[str, str], clock: Clock) -> None:
    """Control: effect and mark are two transactions; killed in between, the effect is repeated."""
    with transaction.atomic():
        job.handler(arguments, at=clock())
    pause(0.02)
    with transaction.atomic():
        services.complete(lease, at=clock())


def _mark_then_effect(job: Job, lease: Lease, arguments: Mapping[str, str], clock: Clock) -> None:
    """Control: the mark comes first; killed in between, the effect never comes."""
    with transaction.atomic():
        services.complete(lease, at=clock())
    pause(0.02)
    with transaction.atomic():
        job.handler(arguments, at=clock())


CONTROLS = {"effect-then-mark": _effect_then_mark, "mark-then-effect": _mark_then_effect}


def remove_the_guard(control: str) -> None:
    """Breaks this process in the named way."""
    running.perform = CONTROLS[control]
