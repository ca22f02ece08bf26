"""The schedule: each slot once, caught up once, last success visible; the processes seen."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from gongkai.jobs import queries, schedule, services
from gongkai.jobs.models import OutboxRow, PeriodicState, State
from gongkai.jobs.schedule import Periodic
from tests.gongkai.jobs.probes import AT, run_at

SHANGHAI = ZoneInfo("Asia/Shanghai")
NIGHTLY = Periodic("test.nightly", "test.note", daily_at="02:10", label="夜间")
OFTEN = Periodic("test.often", "test.refuses", every_minutes=5)


@pytest.fixture(autouse=True)
def _only_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schedule, "_REGISTRY", {})
    schedule.register(NIGHTLY)


def local(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("at", "slot"),
    [
        pytest.param(local(3, 2, 10), local(3, 2, 10), id="on the minute"),
        pytest.param(local(3, 2, 9), local(2, 2, 10), id="a minute before: yesterday's"),
        pytest.param(local(3, 23, 59), local(3, 2, 10), id="late in the day"),
        pytest.param(local(3, 0).astimezone(UTC), local(2, 2, 10), id="asked in UTC"),
    ],
)
def test_a_daily_slot_is_by_local_time(at: datetime, slot: datetime) -> None:
    assert NIGHTLY.slot(at) == slot


def test_a_slot_of_minutes_is_a_multiple() -> None:
    assert OFTEN.slot(local(3, 2, 14)) == local(3, 2, 10)


@pytest.mark.parametrize(
    "wrong", [{}, {"daily_at": "02:10", "every_minutes": 5}, {"daily_at": "25:00"}]
)
def test_a_periodic_job_has_either_a_time_or_an_interval(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"."):
        Periodic("test.wrong", "test.note", **wrong)


def test_two_periodic_jobs_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match="重名"):
        schedule.register(Periodic("test.nightly", "test.note", daily_at="03:00"))


@pytest.mark.django_db
def test_a_slot_is_enqueued_once_however_often_is_asked() -> None:
    assert [schedule.tick(at=local(3, 3)) for _ in range(3)] == [1, 0, 0]
    assert schedule.tick(at=local(2, 3)) == 0, "a clock that jumps back starts nothing"
    assert OutboxRow.objects.count() == 1


@pytest.mark.django_db
def test_three_days_of_standstill_are_caught_up_once() -> None:
    schedule.tick(at=local(3, 3))
    run_at(local(3, 3))
    assert schedule.tick(at=local(6, 3)) == 1
    assert OutboxRow.objects.filter(state=State.WAITING).count() == 1


@pytest.mark.django_db
def test_the_last_success_is_visible_and_lateness_too() -> None:
    (never,) = queries.last_successes(at=local(3, 3))
    assert (never.label, never.last_success_at, never.late) == ("夜间", None, True)
    schedule.tick(at=local(3, 3))
    run_at(local(3, 4))
    (ran,) = queries.last_successes(at=local(4, 3))
    assert (ran.last_success_at, ran.late, ran.next_slot) == (local(3, 4), False, local(5, 2, 10))
    (late,) = queries.last_successes(at=local(5, 3))
    assert late.late


@pytest.mark.django_db
def test_a_stopped_periodic_job_leaves_its_reason_and_keeps_its_last_success() -> None:
    schedule.register(OFTEN)
    schedule.tick(at=local(3, 3))
    while run_at(local(3, 3)).value != "nothing":
        pass
    standing = {one.name: one for one in queries.last_successes(at=local(3, 3))}["test.often"]
    assert standing.last_success_at is None
    assert standing.last_failure_at == local(3, 3)
    assert standing.last_reason == "节假日通知尚未录入"


@pytest.mark.django_db
def test_processes_are_seen_and_silence_is_noticed() -> None:
    for name, kind in (("a", "worker"), ("b", "schedule"), ("c", "worker")):
        services.seen(name, kind, at=AT)
    services.stopped("c", at=AT)
    services.seen("b", "schedule", at=AT + timedelta(minutes=5))
    alive = queries.processes(at=AT + timedelta(minutes=5))
    assert [(one.process.name, one.silent) for one in alive] == [("b", False), ("a", True)]


@pytest.mark.usefixtures("committed_database")
def test_two_schedulers_at_once_enqueue_once() -> None:
    barrier = threading.Barrier(2)
    begun: list[bool] = []

    def one_scheduler() -> None:
        from django.db import connection

        try:
            for day in range(1, 21):
                barrier.wait()
                slot = local(day, 2, 10)
                begun.append(
                    services.begin_slot("test.nightly", job="test.note", slot=slot, at=slot)
                )
        finally:
            connection.close()

    threads = [threading.Thread(target=one_scheduler) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(f"two schedulers, 20 slots: {sum(begun)} begun of {len(begun)} attempts")
    assert (sum(begun), len(begun)) == (20, 40)
    assert PeriodicState.objects.count() == 1


@pytest.mark.django_db
def test_counts_by_state_name_every_state() -> None:
    services.enqueue("test.note", arguments={}, at=AT)
    assert queries.counts() == {
        State.WAITING: 1,
        State.LEASED: 0,
        State.DONE: 0,
        State.FAILED: 0,
    }
    assert queries.finished().count() == 0
