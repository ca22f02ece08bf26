"""Runs two verbs against each other, statement by statement: the first stops before its i-th
statement, the second runs as far as the database lets it, then both go on.

Each verb has a thread and a connection of its own, on a database of its own.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.db import Error, connection

from gongkai.disclosure.errors import DisclosureError
from gongkai.disclosure.models import Record
from gongkai.disclosure.verification import faults

# How long a verb may stand still before it counts as waiting for a lock.
PATIENCE = 0.04


class Run:
    """One verb in its thread, advanced a statement at a time."""

    def __init__(self, verb: Callable[[], object]) -> None:
        self._verb = verb
        self._go = threading.Semaphore(0)
        self._there = threading.Semaphore(0)
        self.ended = False
        self.outcome = ""
        self._free = False
        self._thread = threading.Thread(target=self._work, daemon=True)
        self._thread.start()

    def advance(self) -> bool:
        """Lets one statement through; False where the verb has ended or waits for a lock."""
        if self.ended:
            return False
        self._go.release()
        return self._there.acquire(timeout=PATIENCE) and not self.ended

    def let_go(self, wait: float) -> None:
        """Lets it run to its end, and waits so long for it."""
        self._free = True
        self._go.release()
        self._thread.join(timeout=wait)

    def require_end(self) -> None:
        """A verb that waits for ever is a fault of its own."""
        self._thread.join(timeout=30)
        if self._thread.is_alive():
            raise AssertionError("a verb did not end")

    def _work(self) -> None:
        try:
            with connection.execute_wrapper(self._gate):
                self._verb()
            self.outcome = "done"
        except (DisclosureError, Error) as refusal:
            self.outcome = type(refusal).__name__
        finally:
            connection.close()
            self.ended = True
            self._there.release()

    def _gate(self, execute: Callable[..., Any], *arguments: Any) -> Any:
        if not self._free:
            self._there.release()
            self._go.acquire()
        return execute(*arguments)


@dataclass(slots=True)
class Tally:
    """What came of all the tries."""

    tries: int = 0
    faulty: int = 0
    refused: int = 0
    both: int = 0
    examples: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb by name, and how it is called on a record in its state."""

    name: str
    call: Callable[[Record], object]


def interleave(
    make: Callable[[], Record], first: Verb, second: Verb, tally: Tally, stops: Iterable[int]
) -> None:
    """All interleavings at these stops: first up to statement i, second as far as it goes, both to
    the end; after each the record is compared with its reviews and the trail."""
    for stop in stops:
        record = make()
        one = Run(partial(first.call, record))
        one_there = _up_to(one, stop)
        two = Run(partial(second.call, record))
        while two.advance():
            pass
        # The second may stand before a statement of its own, holding what the first waits for.
        one.let_go(0.2)
        two.let_go(0.2)
        one.require_end()
        two.require_end()
        _count(tally, record, one, two, f"{first.name}@{stop} × {second.name}")
        if not one_there:
            break


def _up_to(run: Run, stop: int) -> bool:
    return all(run.advance() for _ in range(stop))


def _count(tally: Tally, record: Record, one: Run, two: Run, name: str) -> None:
    tally.tries += 1
    tally.refused += (one.outcome != "done") + (two.outcome != "done")
    tally.both += one.outcome == two.outcome == "done"
    found = faults(Record.objects.filter(pk=record.pk))
    if found:
        tally.faulty += 1
        tally.examples.append(f"{name}: {found[0].sentence}")
