"""Every change of an outbox row: enqueue, claim, complete, give back, retry, dispatch.

Each is a guarded UPDATE whose count is checked; none runs a handler (gongkai.jobs.running).
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F, Q

from gongkai.jobs import registry
from gongkai.jobs.models import OutboxRow, PeriodicState, Process, RowQuerySet, State
from statute.identity import Certainty, Kind, find

# Arguments are ids: a short word of ASCII, never a name, a sentence or a document.
_ID = re.compile(r"[A-Za-z0-9_.:+/@-]{0,100}")


class NotInTransactionError(Exception):
    """An order must share the fate of what gave rise to it; outside a transaction it cannot."""


class LeaseLostError(Exception):
    """Another worker has the row by now, or it is finished: what this one did is undone."""


class NotFailedError(Exception):
    """Only a stopped row can be retried by hand."""


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to run one row until it expires or is lost."""

    row_id: int
    token: str
    name: str
    arguments: Mapping[str, str]
    attempt: int
    max_attempts: int
    periodic: str


def enqueue(
    name: str,
    *,
    arguments: Mapping[str, str],
    at: datetime,
    run_after: datetime | None = None,
    unique_key: str = "",
    periodic: str = "",
) -> OutboxRow:
    """Writes an order in the caller's transaction; arguments are ids only.

    With `unique_key`, an order of that key which nobody has taken yet absorbs this one (and comes
    forward where this one is due earlier). UnknownJobError, NotInTransactionError, ValueError.
    """
    if not transaction.get_connection().in_atomic_block:
        raise NotInTransactionError("后台任务须与引起它的行为在同一事务中登记")
    definition = registry.find(name)
    _check(arguments)
    row = OutboxRow(
        name=name,
        arguments=dict(arguments),
        unique_key=unique_key,
        periodic=periodic,
        enqueued_at=at,
        run_after=run_after or at,
        max_attempts=definition.attempts,
    )
    if not unique_key:
        row.save(force_insert=True)
        return row
    return _absorbed_or_saved(row)


def _absorbed_or_saved(row: OutboxRow) -> OutboxRow:
    twins = OutboxRow.objects.filter(
        name=row.name, unique_key=row.unique_key, state=State.WAITING, attempts=0
    )
    while True:
        # Locked until the caller commits: no worker may start the twin before it can see what
        # this order is about.
        twin = twins.select_for_update().first()
        if twin is not None:
            if row.run_after < twin.run_after:
                twin.run_after = row.run_after
                twin.save(update_fields=["run_after"])
            return twin
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError:
            # Another transaction wrote the twin first: look again, it may have been taken since.
            row.pk = None
        else:
            return row


def _check(arguments: Mapping[str, object]) -> None:
    for name, value in arguments.items():
        if not isinstance(value, str) or not _ID.fullmatch(value):
            raise ValueError(f"后台任务的参数只能是标识：{name}")
        if any(
            found.kind is Kind.RESIDENT_ID and found.certainty is Certainty.CERTAIN
            for found in find(value)
        ):
            raise ValueError(f"后台任务的参数不得含身份证号码：{name}")


@transaction.atomic
def claim(*, worker: str, at: datetime, row_id: int | None = None) -> Lease | None:
    """Takes the next due row, or the given one if it is due; None where there is nothing to take.

    A row whose worker fell silent on its last attempt is stopped with that reason instead.
    """
    due = OutboxRow.objects.due(at)
    if row_id is not None:
        due = due.filter(pk=row_id)
    if not due.exists():
        return None
    for row in due.select_for_update(skip_locked=True).order_by("run_after", "pk")[:50]:
        if row.attempts < row.max_attempts:
            return _leased(row, worker=worker, at=at)
        _stop(row, at=at, reason=f"执行进程在第 {row.attempts} 次执行中中断，不再自动重试")
    return None


def _leased(row: OutboxRow, *, worker: str, at: datetime) -> Lease | None:
    token = uuid.uuid4().hex
    # A job that this release does not know gets its lease too, and is then stopped with a reason.
    known = {job.name: job.lease for job in registry.registered()}
    taken = (
        OutboxRow.objects.due(at)
        .filter(pk=row.pk, attempts=row.attempts)
        .update(
            state=State.LEASED,
            attempts=F("attempts") + 1,
            lease_token=token,
            lease_until=at + known.get(row.name, timedelta(minutes=2)),
            worker=worker,
        )
    )
    if taken != 1:
        return None
    return Lease(
        row_id=row.pk,
        token=token,
        name=row.name,
        arguments=row.arguments,
        attempt=row.attempts + 1,
        max_attempts=row.max_attempts,
        periodic=row.periodic,
    )


def _held(lease: Lease) -> RowQuerySet:
    return OutboxRow.objects.filter(pk=lease.row_id, state=State.LEASED, lease_token=lease.token)


def extend(lease: Lease, *, until: datetime) -> None:
    """The heartbeat; LeaseLostError where another worker has the row by now."""
    if _held(lease).update(lease_until=until) != 1:
        raise LeaseLostError(lease.name)


def hold(lease: Lease) -> None:
    """Locks the row for the rest of the transaction: while the handler runs nobody can take it,
    however late it is. LeaseLostError where somebody has."""
    if not _held(lease).select_for_update().exists():
        raise LeaseLostError(lease.name)


def complete(lease: Lease, *, at: datetime) -> None:
    """Marks the row as done, in the handler's transaction; LeaseLostError undoes that."""
    done = _held(lease).update(
        state=State.DONE, lease_token="", lease_until=None, finished_at=at, reason=""
    )
    if done != 1:
        raise LeaseLostError(lease.name)
    if lease.periodic:
        PeriodicState.objects.filter(name=lease.periodic).update(last_success_at=at)


@transaction.atomic
def give_back(lease: Lease, *, at: datetime, reason: str, final: bool = False) -> None:
    """After a failed attempt: waits for the next one, or stops with the reason after the last.

    Does nothing where the lease is lost: whoever has the row will say what becomes of it.
    """
    row = _held(lease).select_for_update().first()
    if row is None:
        return
    if final or lease.attempt >= lease.max_attempts:
        _stop(row, at=at, reason=reason)
        return
    row.state = State.WAITING
    row.run_after = at + registry.find(lease.name).pause(lease.attempt)
    row.lease_token, row.lease_until, row.dispatched_at = "", None, None
    row.reason = reason[:500]
    row.save()


def _stop(row: OutboxRow, *, at: datetime, reason: str) -> None:
    row.state, row.reason, row.finished_at = State.FAILED, reason[:500], at
    row.lease_token, row.lease_until = "", None
    row.save()
    if row.periodic:
        PeriodicState.objects.filter(name=row.periodic).update(
            last_failure_at=at, last_reason=row.reason
        )


@transaction.atomic
def retry(row_id: int, *, by: str, at: datetime) -> OutboxRow:
    """Puts a stopped row back in line, with as many further attempts as its job has.

    `by` is the person's name; the trail sentence is written by gongkai.trail.oversight, because
    this layer knows no trail. NotFailedError.
    """
    row = OutboxRow.objects.select_for_update().filter(pk=row_id).first()
    if row is None or row.state != State.FAILED:
        raise NotFailedError("只有已停止的任务才能重新执行")
    row.state, row.run_after, row.finished_at = State.WAITING, at, None
    row.max_attempts = row.attempts + registry.find(row.name).attempts
    row.retried_by, row.dispatched_at = by, None
    row.save()
    return row


@transaction.atomic
def mark_dispatched(*, at: datetime, again_after: timedelta, limit: int) -> list[int]:
    """Due rows to be sent to Redis, marked as sent; those sent long ago and still due, again.

    Redis is only a messenger: what it loses is sent once more, what it delivers twice is claimed
    once.
    """
    unsent = Q(dispatched_at__isnull=True) | Q(dispatched_at__lt=at - again_after)
    due = OutboxRow.objects.due(at).filter(unsent)
    if not due.exists():
        return []
    unsent_first = F("dispatched_at").asc(nulls_first=True)
    rows = due.select_for_update(skip_locked=True).order_by(unsent_first, "run_after", "pk")[:limit]
    numbers = [row.pk for row in rows]
    OutboxRow.objects.filter(pk__in=numbers).update(dispatched_at=at)
    return numbers


@transaction.atomic
def begin_slot(name: str, *, job: str, slot: datetime, at: datetime) -> bool:
    """Enqueues a periodic job for this slot, unless another scheduler already has.

    The row of the periodic job is locked, so two schedulers by mistake enqueue once.
    """
    PeriodicState.objects.bulk_create([PeriodicState(name=name)], ignore_conflicts=True)
    state = PeriodicState.objects.select_for_update().get(name=name)
    if state.last_slot is not None and state.last_slot >= slot:
        return False
    state.last_slot = slot
    state.save(update_fields=["last_slot"])
    enqueue(name=job, arguments={}, at=at, unique_key=f"periodic:{name}", periodic=name)
    return True


def seen(name: str, kind: str, *, at: datetime) -> None:
    """Notes that a process is alive."""
    Process.objects.update_or_create(
        name=name,
        defaults={"seen_at": at, "stopped_at": None},
        create_defaults={"kind": kind, "started_at": at, "seen_at": at},
    )


def stopped(name: str, *, at: datetime) -> None:
    """Notes that a process ended as told."""
    Process.objects.filter(name=name).update(stopped_at=at, seen_at=at)


@transaction.atomic
def prune(*, before: datetime) -> int:
    """Deletes rows that were done before this moment; stopped rows stay until somebody acts."""
    Process.objects.filter(seen_at__lt=before).delete()
    return OutboxRow.objects.filter(state=State.DONE, finished_at__lt=before).delete()[0]
