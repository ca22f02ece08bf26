"""Jobs of the tests: what they do is written down in lists, or undone with the transaction."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from gongkai.jobs import registry, services
from gongkai.jobs.models import OutboxRow
from gongkai.jobs.registry import JobError, job
from gongkai.jobs.running import Ran, run_next

AT = datetime(2026, 3, 2, 1, tzinfo=UTC)
HAPPENED: list[str] = []


def ids(number: str) -> dict[str, str]:
    """Arguments."""
    return {"number": number}


def run_at(at: datetime, worker: str = "w") -> Ran:
    """Runs the next row due at this moment."""
    return run_next(worker=worker, clock=lambda: at)


def row(pk: int) -> OutboxRow:
    """The row as it stands."""
    return OutboxRow.objects.get(pk=pk)


@job("test.note")
def note(arguments: Mapping[str, str], *, at: datetime) -> None:
    """Writes down that it ran."""
    HAPPENED.append(f"{arguments.get('number', '')} {at:%H:%M}")


@job("test.other")
def other(_arguments: Mapping[str, str], *, at: datetime) -> None:
    """Does nothing."""


@job("test.orders_then_fails", attempts=3)
def orders_then_fails(_arguments: Mapping[str, str], *, at: datetime) -> None:
    """Writes to the database and fails: what it wrote must be gone."""
    services.enqueue("test.other", arguments={}, at=at)
    raise OSError("张三，身份证号码 11010519491231002X")


@job("test.refuses", attempts=1)
def refuses(_arguments: Mapping[str, str], *, at: datetime) -> None:
    """Fails with a message meant to be read."""
    raise JobError("节假日通知尚未录入")


def _prepare(arguments: Mapping[str, str]) -> Mapping[str, str]:
    HAPPENED.append("prepared")
    return {"number": arguments["number"] + "!"}


@job("test.prepared", prepare=_prepare)
def prepared(arguments: Mapping[str, str], *, at: datetime) -> None:
    """Writes down what its preparation handed over."""
    note(arguments, at=at)


def _loses(arguments: Mapping[str, str]) -> Mapping[str, str]:
    later = AT + timedelta(hours=1)
    taken = services.claim(worker="another", at=later, row_id=int(arguments["number"]))
    assert taken is not None
    return {}


@job("test.loses_its_lease", prepare=_loses)
def loses_its_lease(_arguments: Mapping[str, str], *, at: datetime) -> None:
    """Is taken over by another worker while it prepares; must leave nothing."""
    HAPPENED.append("must not happen")


def known(name: str) -> registry.Job:
    """A registered job."""
    return registry.find(name)
