"""Runs one claimed row: the same function for the database worker and for Redis workers.

It decides nothing about order or waiting; that is gongkai.jobs.services.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from traceback import extract_tb
from types import TracebackType
from typing import Self

from django.db import DatabaseError, connection, transaction

from gongkai.jobs import registry, services
from gongkai.jobs.registry import Job, JobError, UnknownJobError
from gongkai.jobs.services import Lease, LeaseLostError

Clock = Callable[[], datetime]
_LOG = logging.getLogger(__name__)


class Ran(StrEnum):
    """How an attempt ended."""

    NOTHING = "nothing"
    DONE = "done"
    FAILED = "failed"
    LOST = "lost"


def run_next(*, worker: str, clock: Clock) -> Ran:
    """Runs the next due row."""
    return _run(services.claim(worker=worker, at=clock()), clock)


def run_row(row_id: int, *, worker: str, clock: Clock) -> Ran:
    """Runs this row if it is due and nobody has it; delivered twice, it runs once."""
    return _run(services.claim(worker=worker, at=clock(), row_id=row_id), clock)


def _run(lease: Lease | None, clock: Clock) -> Ran:
    if lease is None:
        return Ran.NOTHING
    try:
        definition = registry.find(lease.name)
    except UnknownJobError as error:
        services.give_back(lease, at=clock(), reason=str(error), final=True)
        return Ran.FAILED
    with _Attempt(lease, clock) as attempt:
        arguments = _prepared(definition, lease, clock)
        perform(definition, lease, arguments, clock)
    return attempt.ended


def perform(job: Job, lease: Lease, arguments: Mapping[str, str], clock: Clock) -> None:
    """The handler and the completion of its row, in one transaction: both or neither."""
    with transaction.atomic():
        services.hold(lease)
        job.handler(arguments, at=clock())
        services.complete(lease, at=clock())


class _Attempt:
    """Turns whatever a handler raises into a reason on the row; what stops a process (SIGINT,
    SystemExit) passes through, and the lease expires."""

    def __init__(self, lease: Lease, clock: Clock) -> None:
        self.ended = Ran.DONE
        self._lease = lease
        self._clock = clock

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> bool:
        if not isinstance(error, Exception):
            return False
        if isinstance(error, LeaseLostError):
            self.ended = Ran.LOST
            _LOG.warning("后台任务 %s #%s 的租约已失", self._lease.name, self._lease.row_id)
            return True
        self.ended = Ran.FAILED
        reason = reason_of(error, trace)
        _LOG.warning("后台任务 %s #%s 未成：%s", self._lease.name, self._lease.row_id, reason)
        services.give_back(self._lease, at=self._clock(), reason=reason)
        return True


def reason_of(error: Exception, trace: TracebackType | None) -> str:
    """Why an attempt failed, for the list of stopped jobs: the message of a JobError; of others
    the kind and the place only, because a message may quote personal data."""
    if isinstance(error, JobError):
        return str(error) or "未说明原因"
    frames = extract_tb(trace)
    place = f"（{Path(frames[-1].filename).name}:{frames[-1].lineno}）" if frames else ""
    return f"{type(error).__name__}{place}"


def _prepared(job: Job, lease: Lease, clock: Clock) -> Mapping[str, str]:
    if job.prepare is None:
        return lease.arguments
    with _heartbeat(job, lease, clock):
        return {**lease.arguments, **job.prepare(lease.arguments)}


@contextmanager
def _heartbeat(job: Job, lease: Lease, clock: Clock) -> Iterator[None]:
    """Extends the lease four times per lease while the slow part runs."""
    over = threading.Event()
    beat = threading.Thread(target=_beat, args=(job, lease, clock, over), daemon=True)
    beat.start()
    try:
        yield
    finally:
        over.set()
        beat.join()


def _beat(job: Job, lease: Lease, clock: Clock, over: threading.Event) -> None:
    try:
        while not over.wait(job.lease.total_seconds() / 4):
            services.extend(lease, until=clock() + job.lease)
    except (LeaseLostError, DatabaseError):
        # The completion checks the lease again and undoes everything if it is lost.
        _LOG.warning("后台任务 %s #%s 的租约未能延长", lease.name, lease.row_id)
    finally:
        connection.close()
