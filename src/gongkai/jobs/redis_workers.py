"""The same rows through Redis (django-tasks-rq), where one database worker is outgrown.

Redis carries row ids and nothing else; it may lose or repeat them. Needs the extra `queue` and
the settings of `redis_settings`: nothing imports this module unless a Redis address is configured.
"""

from __future__ import annotations

import threading
from datetime import timedelta

import django_rq
from django.utils import timezone
from django_tasks import task
from redis.exceptions import RedisError
from rq import Worker
from rq.worker.base import BaseWorker

from gongkai.jobs import services
from gongkai.jobs.redis_settings import QUEUE, SERIALIZER
from gongkai.jobs.running import Clock, run_row
from gongkai.jobs.worker import loop, process_name

AGAIN_AFTER = timedelta(minutes=1)
PAUSE_WITHOUT_REDIS = 2.0
LINE = 20


@task(queue_name=QUEUE)
def run_one(row_id: int) -> str:
    """Runs one row in a Redis worker."""
    return run_row(row_id, worker=process_name("rq"), clock=timezone.now).value


def dispatch(*, clock: Clock = timezone.now, again_after: timedelta = AGAIN_AFTER) -> int:
    """Sends the ids of due rows; how many. The mark is committed first: what is marked and not
    sent (a crash between the two) is sent again after `again_after`.

    Redis holds a short line only: were the whole backlog sent, and sent again while it waits, the
    repetitions would grow faster than the workers can drop them (seen in the tests).
    """
    room = LINE - django_rq.get_queue(QUEUE).count
    if room <= 0:
        return 0
    numbers = services.mark_dispatched(at=clock(), again_after=again_after, limit=room)
    for number in numbers:
        run_one.enqueue(number)
    return len(numbers)


def run_dispatcher(
    stop: threading.Event,
    *,
    poll: float = 1.0,
    name: str | None = None,
    clock: Clock = timezone.now,
    again_after: timedelta = AGAIN_AFTER,
) -> None:
    """Dispatches until `stop` is set; a Redis that is away for a while is waited for."""

    def step() -> bool:
        try:
            return dispatch(clock=clock, again_after=again_after) > 0
        except RedisError:
            stop.wait(PAUSE_WITHOUT_REDIS)
            return False

    dispatcher = name or process_name("dispatch")
    loop(stop, step, name=dispatcher, kind="dispatch", poll=poll, clock=clock)


def redis_worker() -> BaseWorker:
    """An RQ worker for our queue; its `work()` runs until SIGTERM, finishing the row at hand."""
    return django_rq.get_worker(QUEUE, worker_class=Worker, serializer=SERIALIZER)


def run_redis_worker() -> None:
    """Works until SIGTERM; several may run, on one machine or on many."""
    redis_worker().work()
