"""Which jobs there are: name → handler; filled when the apps start. It runs nothing.

A handler runs in the transaction that marks its row as done, so what it writes to the database
happens exactly once. What is slow or reaches outside belongs into `prepare`, which runs before
that transaction, under heartbeat, and may run more than once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol


class Handler(Protocol):
    """What a job does, inside the transaction that completes its row."""

    def __call__(self, arguments: Mapping[str, str], /, *, at: datetime) -> None:
        """Does the work; an exception undoes it and counts as a failed attempt."""


class JobError(Exception):
    """A failure whose message is written for the list of stopped jobs: no personal data in it.

    Of any other exception the list shows only the kind and the place, because its message may
    quote what somebody wrote.
    """


class UnknownJobError(Exception):
    """No job is registered under this name."""


Prepare = Callable[[Mapping[str, str]], Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Job:
    """A registered job; pauses between attempts grow fourfold from `first_pause`."""

    name: str
    handler: Handler
    prepare: Prepare | None = None
    attempts: int = 6
    lease: timedelta = timedelta(minutes=2)
    first_pause: timedelta = timedelta(seconds=30)

    def pause(self, attempt: int) -> timedelta:
        """How long to wait after this failed attempt (1, 2, …); six hours at most."""
        factor = 1 << 2 * min(attempt - 1, 12)
        return min(self.first_pause * factor, timedelta(hours=6))


_REGISTRY: dict[str, Job] = {}


def job(
    name: str,
    *,
    prepare: Prepare | None = None,
    attempts: int = 6,
    lease: timedelta = timedelta(minutes=2),
    first_pause: timedelta = timedelta(seconds=30),
) -> Callable[[Handler], Handler]:
    """Registers a handler: `def handler(arguments: Mapping[str, str], *, at: datetime) -> None`.

    `prepare(arguments)` returns further arguments for the handler. ValueError where another
    handler already bears the name.
    """

    def decorate(handler: Handler) -> Handler:
        known = _REGISTRY.get(name)
        if known is not None and known.handler is not handler:
            raise ValueError(f"后台任务重名：{name}")
        _REGISTRY[name] = Job(name, handler, prepare, attempts, lease, first_pause)
        return handler

    return decorate


def find(name: str) -> Job:
    """The job of this name; UnknownJobError where there is none."""
    try:
        return _REGISTRY[name]
    except KeyError:
        raise UnknownJobError(f"没有登记名为“{name}”的后台任务") from None


def registered() -> tuple[Job, ...]:
    """All jobs, by name."""
    return tuple(_REGISTRY[name] for name in sorted(_REGISTRY))
