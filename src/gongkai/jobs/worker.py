"""The worker on the database: takes due rows until told to stop. No service but the database."""

from __future__ import annotations

import logging
import os
import signal
import socket
import threading
import time
from collections.abc import Callable

from django.db import InterfaceError, OperationalError, close_old_connections, connection
from django.utils import timezone

from gongkai.jobs import services
from gongkai.jobs.running import Clock, Ran, run_next

SEEN_EVERY = 15.0
PAUSE_AFTER_FAULT = 2.0
_LOG = logging.getLogger(__name__)


def run(
    stop: threading.Event,
    *,
    poll: float = 1.0,
    name: str | None = None,
    clock: Clock = timezone.now,
) -> None:
    """Works until `stop` is set; the row at hand is finished first. `poll` is in seconds."""
    worker = name or process_name("worker")

    def step() -> bool:
        return run_next(worker=worker, clock=clock) is not Ran.NOTHING

    loop(stop, step, name=worker, kind="worker", poll=poll, clock=clock)


def loop(
    stop: threading.Event,
    step: Callable[[], bool],
    *,
    name: str,
    kind: str,
    poll: float,
    clock: Clock,
) -> None:
    """Repeats `step` until told to stop, pausing where it had nothing to do; a database that is
    away for a while is waited for. Shared by worker, scheduler and dispatcher."""
    seen_at = float("-inf")
    while not stop.is_set():
        try:
            close_old_connections()
            if time.monotonic() - seen_at >= SEEN_EVERY:
                services.seen(name, kind, at=clock())
                seen_at = time.monotonic()
            busy = step()
        except (OperationalError, InterfaceError) as error:
            _LOG.warning("数据库暂不可用（%s），稍后再试", type(error).__name__)
            connection.close()
            stop.wait(PAUSE_AFTER_FAULT)
        else:
            if not busy:
                stop.wait(poll)
    services.stopped(name, at=clock())
    connection.close()


def process_name(kind: str) -> str:
    """A name that tells one process from another, on one machine or several."""
    return f"{kind}@{socket.gethostname()[:40]}:{os.getpid()}"


def until_signalled() -> threading.Event:
    """An event that SIGTERM or SIGINT sets; to be called in the main thread."""
    stop = threading.Event()

    def told(_number: int, _frame: object) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, told)
    signal.signal(signal.SIGINT, told)
    return stop
