"""Running: effect and mark together, back-off, the list of stopped jobs, leases."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import timedelta

import pytest

from gongkai.jobs import queries, registry, running, services
from gongkai.jobs.models import OutboxRow, State
from gongkai.jobs.running import Ran, run_row
from tests.gongkai.jobs.probes import AT, HAPPENED, ids, known, row, run_at

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_happened() -> Iterator[None]:
    HAPPENED.clear()
    yield
    HAPPENED.clear()


def test_a_due_row_runs_and_is_done() -> None:
    order = services.enqueue("test.note", arguments=ids("7"), at=AT)
    assert run_at(AT) is Ran.DONE
    assert HAPPENED == ["7 01:00"]
    assert row(order.pk).state == State.DONE
    assert row(order.pk).finished_at == AT
    assert run_at(AT) is Ran.NOTHING


def test_a_row_that_is_not_due_waits() -> None:
    services.enqueue("test.note", arguments={}, at=AT, run_after=AT + timedelta(minutes=1))
    assert run_at(AT) is Ran.NOTHING
    assert run_at(AT + timedelta(minutes=1)) is Ran.DONE


def test_rows_run_in_the_order_in_which_they_fall_due() -> None:
    for number, minutes in (("1", 2), ("2", 0), ("3", 1)):
        due = AT + timedelta(minutes=minutes)
        services.enqueue("test.note", arguments=ids(number), at=AT, run_after=due)
    late = AT + timedelta(hours=1)
    assert [run_at(late) for _ in range(4)] == [Ran.DONE] * 3 + [Ran.NOTHING]
    assert [line[0] for line in HAPPENED] == ["2", "3", "1"]


def test_what_a_failing_handler_wrote_is_gone_and_the_next_attempt_waits() -> None:
    order = services.enqueue("test.orders_then_fails", arguments={}, at=AT)
    assert run_at(AT) is Ran.FAILED
    assert OutboxRow.objects.count() == 1
    stands = row(order.pk)
    assert (stands.state, stands.attempts) == (State.WAITING, 1)
    assert stands.run_after == AT + timedelta(seconds=30)


def test_after_its_last_attempt_a_job_is_stopped_with_a_reason_that_quotes_nobody() -> None:
    order = services.enqueue("test.orders_then_fails", arguments={}, at=AT)
    for hours in range(3):
        assert run_at(AT + timedelta(hours=hours)) is Ran.FAILED
    (stopped,) = queries.failed()
    assert stopped.pk == order.pk
    assert stopped.reason.startswith("OSError（probes.py:")
    assert "11010519491231002X" not in stopped.reason
    assert "张三" not in stopped.reason
    assert run_at(AT + timedelta(days=1)) is Ran.NOTHING


def test_a_message_written_for_the_list_is_shown() -> None:
    services.enqueue("test.refuses", arguments={}, at=AT)
    run_at(AT)
    assert [one.reason for one in queries.failed()] == ["节假日通知尚未录入"]


def test_a_stopped_job_is_retried_by_hand_with_attempts_of_its_own() -> None:
    order = services.enqueue("test.refuses", arguments={}, at=AT)
    run_at(AT)
    services.retry(order.pk, by="王芳", at=AT)
    assert (row(order.pk).state, row(order.pk).retried_by) == (State.WAITING, "王芳")
    assert run_at(AT) is Ran.FAILED
    assert (row(order.pk).state, row(order.pk).attempts) == (State.FAILED, 2)


@pytest.mark.parametrize("state", [State.WAITING, State.LEASED, State.DONE])
def test_only_a_stopped_job_can_be_retried(state: State) -> None:
    order = services.enqueue("test.note", arguments={}, at=AT)
    if state != State.WAITING:
        lease = services.claim(worker="w", at=AT)
        assert lease is not None
        if state == State.DONE:
            services.complete(lease, at=AT)
    with pytest.raises(services.NotFailedError):
        services.retry(order.pk, by="王芳", at=AT)
    with pytest.raises(services.NotFailedError):
        services.retry(order.pk + 1, by="王芳", at=AT)


def test_a_job_that_this_release_does_not_know_is_stopped_at_once() -> None:
    order = services.enqueue("test.note", arguments={}, at=AT)
    OutboxRow.objects.filter(pk=order.pk).update(name="test.of_tomorrow")
    assert run_at(AT) is Ran.FAILED
    assert "没有登记" in row(order.pk).reason
    assert row(order.pk).state == State.FAILED


def test_a_row_in_work_is_not_taken_until_its_lease_is_over() -> None:
    services.enqueue("test.note", arguments={}, at=AT)
    assert services.claim(worker="killed", at=AT)
    assert run_at(AT + timedelta(seconds=119)) is Ran.NOTHING
    assert run_at(AT + timedelta(seconds=121)) is Ran.DONE
    assert HAPPENED == [" 01:02"]


def test_a_job_that_kills_its_worker_each_time_is_stopped_and_says_so() -> None:
    order = services.enqueue("test.orders_then_fails", arguments={}, at=AT)
    for hours in range(3):
        assert services.claim(worker="killed", at=AT + timedelta(hours=hours))
    assert run_at(AT + timedelta(hours=9)) is Ran.NOTHING
    assert row(order.pk).state == State.FAILED
    assert row(order.pk).reason == "执行进程在第 3 次执行中中断，不再自动重试"


def test_whoever_lost_the_lease_can_neither_complete_nor_give_back_nor_extend() -> None:
    order = services.enqueue("test.note", arguments={}, at=AT)
    old = services.claim(worker="slow", at=AT)
    new = services.claim(worker="quick", at=AT + timedelta(hours=1))
    assert old is not None
    assert new is not None
    for act in (services.hold, lambda one: services.complete(one, at=AT)):
        with pytest.raises(services.LeaseLostError):
            act(old)
    with pytest.raises(services.LeaseLostError):
        services.extend(old, until=AT)
    services.give_back(old, at=AT, reason="过时")
    assert row(order.pk).lease_token == new.token
    services.complete(new, at=AT)
    assert row(order.pk).state == State.DONE


def test_a_job_overtaken_while_it_prepares_leaves_nothing() -> None:
    order = services.enqueue("test.note", arguments={}, at=AT)
    OutboxRow.objects.filter(pk=order.pk).update(
        name="test.loses_its_lease", arguments=ids(str(order.pk))
    )
    assert run_at(AT) is Ran.LOST
    assert HAPPENED == []
    assert row(order.pk).worker == "another"


def test_preparation_hands_its_result_to_the_handler() -> None:
    services.enqueue("test.prepared", arguments=ids("5"), at=AT)
    assert run_at(AT) is Ran.DONE
    assert HAPPENED == ["prepared", "5! 01:00"]


def test_a_row_delivered_twice_runs_once() -> None:
    order = services.enqueue("test.note", arguments={}, at=AT)
    ran = [run_row(order.pk, worker="rq", clock=lambda: AT) for _ in range(2)]
    assert ran == [Ran.DONE, Ran.NOTHING]


def test_pauses_grow_fourfold_up_to_six_hours() -> None:
    pauses = [known("test.note").pause(attempt).total_seconds() for attempt in (1, 2, 3, 9, 99)]
    assert pauses == [30, 120, 480, 21600, 21600]


def test_two_handlers_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match="重名"):
        registry.job("test.note")(known("test.other").handler)
    assert [one.name for one in registry.registered()] == sorted(
        one.name for one in registry.registered()
    )


def test_due_rows_are_dispatched_once_and_again_when_nothing_came_of_it() -> None:
    order = services.enqueue("test.note", arguments={}, at=AT)
    pause = timedelta(minutes=1)

    def sent(minutes: float) -> list[int]:
        at = AT + timedelta(minutes=minutes)
        return services.mark_dispatched(at=at, again_after=pause, limit=20)

    assert [sent(0), sent(0.5), sent(1.5), sent(1.6)] == [[order.pk], [], [order.pk], []]


def test_the_heartbeat_extends_the_lease_until_the_work_is_over(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    extended: list[str] = []
    monkeypatch.setattr(services, "extend", lambda lease, **_: extended.append(lease.name))
    lease = services.Lease(1, "t", "test.note", {}, 1, 6, "")
    short = registry.Job("test.note", known("test.note").handler, lease=timedelta(seconds=0.08))
    with running._heartbeat(short, lease, lambda: AT):
        time.sleep(0.1)
    assert len(extended) >= 2
    beats = len(extended)
    time.sleep(0.05)
    assert len(extended) == beats
