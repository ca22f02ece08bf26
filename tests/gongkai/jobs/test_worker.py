"""The loop of the processes: works, stops when told, waits for a database that is away."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator

import pytest
from django.db import OperationalError, transaction

from gongkai.jobs import schedule, services, worker
from gongkai.jobs.models import OutboxRow, Process, State
from tests.gongkai.jobs.probes import AT, HAPPENED, ids


@pytest.fixture(autouse=True)
def _nothing_happened(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(worker, "PAUSE_AFTER_FAULT", 0.01)
    HAPPENED.clear()
    yield
    HAPPENED.clear()


def steps(stop: threading.Event, *results: bool | Exception) -> list[str]:
    """Runs the loop over these results, then stops; what was done."""
    done: list[str] = []
    left = list(results)

    def step() -> bool:
        result = left.pop(0)
        done.append(type(result).__name__)
        if not left:
            stop.set()
        if isinstance(result, Exception):
            raise result
        return result

    worker.loop(stop, step, name="p", kind="worker", poll=0.01, clock=lambda: AT)
    return done


@pytest.mark.usefixtures("committed_database")
def test_a_worker_takes_what_is_due_and_ends_when_told() -> None:
    with transaction.atomic():
        for number in range(3):
            services.enqueue("test.note", arguments=ids(str(number)), at=AT)
    stop = threading.Event()
    timer = threading.Timer(1.0, stop.set)
    timer.start()
    worker.run(stop, poll=0.01, name="w", clock=lambda: AT)
    timer.join()
    assert [line[0] for line in HAPPENED] == ["0", "1", "2"]
    assert not OutboxRow.objects.exclude(state=State.DONE).exists()
    assert Process.objects.get(name="w").stopped_at == AT


@pytest.mark.usefixtures("committed_database")
def test_a_database_that_is_away_for_a_while_is_waited_for() -> None:
    away = OperationalError("server closed the connection")
    assert steps(threading.Event(), True, away, False, True) == [
        "bool",
        "OperationalError",
        "bool",
        "bool",
    ]
    assert Process.objects.get(name="p").kind == "worker"


@pytest.mark.usefixtures("committed_database")
def test_any_other_fault_ends_the_process_instead_of_hiding() -> None:
    with pytest.raises(KeyError):
        steps(threading.Event(), KeyError("a mistake"))


@pytest.mark.usefixtures("committed_database")
def test_a_scheduler_ticks_until_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schedule, "_REGISTRY", {})
    schedule.register(schedule.Periodic("test.nightly", "test.note", daily_at="02:10"))
    stop = threading.Event()
    timer = threading.Timer(0.3, stop.set)
    timer.start()
    schedule.run(stop, poll=0.01, name="s", clock=lambda: AT)
    timer.join()
    assert OutboxRow.objects.get().periodic == "test.nightly"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_sets_the_event(number: signal.Signals) -> None:
    before = {one: signal.getsignal(one) for one in (signal.SIGTERM, signal.SIGINT)}
    try:
        stop = worker.until_signalled()
        assert not stop.is_set()
        os.kill(os.getpid(), number)
        assert stop.wait(5)
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


def test_processes_are_told_apart_by_machine_and_number() -> None:
    assert worker.process_name("worker").endswith(f":{os.getpid()}")
