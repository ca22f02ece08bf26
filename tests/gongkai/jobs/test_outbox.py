"""Orders: written in the caller's transaction, ids only, absorbed by their key."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from gongkai.jobs import queries, registry, services
from gongkai.jobs.models import OutboxRow, State
from tests.gongkai.jobs.probes import AT, ids


@pytest.mark.django_db
def test_an_order_shares_the_fate_of_its_transaction() -> None:
    with transaction.atomic():
        services.enqueue("test.note", arguments=ids("1"), at=AT)
        transaction.set_rollback(True)
    assert not OutboxRow.objects.exists()
    with transaction.atomic():
        services.enqueue("test.note", arguments=ids("1"), at=AT)
    assert queries.pending().count() == 1


@pytest.mark.usefixtures("committed_database")
def test_an_order_outside_a_transaction_is_refused() -> None:
    with pytest.raises(services.NotInTransactionError):
        services.enqueue("test.note", arguments=ids("1"), at=AT)
    assert not OutboxRow.objects.exists()


@pytest.mark.django_db
def test_a_job_that_nobody_registered_is_refused() -> None:
    with pytest.raises(registry.UnknownJobError, match="没有登记"):
        services.enqueue("test.unheard_of", arguments={}, at=AT)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "value",
    [
        pytest.param("李明", id="a name"),
        pytest.param("two words", id="a sentence"),
        pytest.param("x" * 101, id="a text"),
        pytest.param("11010519491231002X", id="an identity number"),
        pytest.param("a\n", id="a line"),
    ],
)
def test_arguments_are_ids(value: str) -> None:
    with pytest.raises(ValueError, match="参数"):
        services.enqueue("test.note", arguments=ids(value), at=AT)


@pytest.mark.django_db
def test_an_order_that_nobody_took_absorbs_a_second_of_its_key() -> None:
    first = services.enqueue("test.note", arguments=ids("1"), at=AT, unique_key="k")
    later = AT + timedelta(minutes=5)
    assert services.enqueue("test.note", arguments=ids("1"), at=later, unique_key="k") == first
    assert services.enqueue("test.other", arguments=ids("1"), at=AT, unique_key="k") != first
    assert services.enqueue("test.note", arguments=ids("1"), at=AT, unique_key="l") != first
    assert services.enqueue("test.note", arguments=ids("1"), at=AT) != first
    assert OutboxRow.objects.count() == 4


@pytest.mark.django_db
def test_an_absorbed_order_comes_forward_and_never_goes_back() -> None:
    row = services.enqueue(
        "test.note", arguments={}, at=AT, unique_key="k", run_after=AT + timedelta(hours=2)
    )
    for hours, expected in ((1, 1), (3, 1)):
        services.enqueue(
            "test.note", arguments={}, at=AT, unique_key="k", run_after=AT + timedelta(hours=hours)
        )
        row.refresh_from_db()
        assert row.run_after == AT + timedelta(hours=expected)


@pytest.mark.django_db
def test_an_order_already_taken_absorbs_nothing() -> None:
    first = services.enqueue("test.note", arguments={}, at=AT, unique_key="k")
    assert services.claim(worker="w", at=AT)
    assert services.enqueue("test.note", arguments={}, at=AT, unique_key="k") != first


@pytest.mark.django_db
@pytest.mark.parametrize(
    "columns",
    [
        pytest.param({"state": State.FAILED}, id="a stopped row says why"),
        pytest.param({"state": "gone"}, id="there is no fifth state"),
        pytest.param({"state": State.LEASED}, id="a leased row has a lease"),
        pytest.param({"lease_token": "t"}, id="a waiting row has none"),
    ],
)
def test_the_table_itself_refuses(columns: Mapping[str, str]) -> None:
    row = services.enqueue("test.note", arguments={}, at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        OutboxRow.objects.filter(pk=row.pk).update(**columns)


@pytest.mark.django_db
def test_two_waiting_orders_of_one_key_are_refused_by_the_table() -> None:
    row = services.enqueue("test.note", arguments={}, at=AT, unique_key="k")
    row.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)
    assert connection.in_atomic_block


@pytest.mark.django_db
def test_done_rows_are_cleared_after_their_time_and_stopped_rows_stay() -> None:
    def ended(state: State, at: datetime) -> int:
        row = services.enqueue("test.note", arguments={}, at=at)
        OutboxRow.objects.filter(pk=row.pk).update(state=state, finished_at=at, reason="原因")
        return row.pk

    old = AT - timedelta(days=200)
    kept = {ended(State.FAILED, old), ended(State.DONE, AT)}
    ended(State.DONE, old)
    kept.add(services.enqueue("test.note", arguments={}, at=old).pk)
    assert services.prune(before=AT - timedelta(days=184)) == 1
    assert set(OutboxRow.objects.values_list("pk", flat=True)) == kept
