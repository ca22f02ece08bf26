"""Eight clients draw from one series, one act in ten is undone: no number twice, none left out.

Controls: without the lock the database's own guards refuse what would be double; without those too
there are doubles; with the draw outside of the act's transaction there are gaps.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Barrier
from typing import Protocol

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction
from django.db.models import QuerySet

from gongkai.agencies import templates
from gongkai.agencies.errors import AgencyError
from gongkai.agencies.models import Agency, DrawnNumber
from gongkai.agencies.numbers import draw
from gongkai.agencies.profiles import Profile
from gongkai.agencies.queries import series_faults
from gongkai.guards.triggers import registered
from tests.gongkai.agencies.county import AT, CLERK, body
from tests.gongkai.databases import CommittedDatabase

CLIENTS = 8
ACTS = 40
UNDONE = 10  # one act in ten


class Act(Protocol):
    """Draws a number for something; None where it was undone."""

    def __call__(self, agency: Agency, /, *, undo: bool) -> int | None: ...


@dataclass
class Tally:
    """What eight clients got: numbers kept, acts undone, draws that the database refused."""

    kept: list[int] = field(default_factory=list)
    undone: int = 0
    refused: int = 0

    @property
    def doubles(self) -> int:
        return len(self.kept) - len(set(self.kept))

    @property
    def gaps(self) -> int:
        return len(set(range(1, max(self.kept) + 1)) - set(self.kept))

    def told(self, arm: str) -> str:
        return (
            f"{arm}: {CLIENTS} clients, {len(self.kept)} kept, {self.undone} undone, "
            f"{self.refused} refused, {self.doubles} doubles, {self.gaps} gaps"
        )


def guarded(agency: Agency, *, undo: bool) -> int | None:
    """An act as it should be: the number shares its fate."""
    with transaction.atomic():
        number = draw("letter", agency=agency, year=2026, by=CLERK, at=AT).number
        transaction.set_rollback(undo)
    return None if undo else number


def ahead_of_the_act(agency: Agency, *, undo: bool) -> int | None:
    """An act whose number was drawn, locked, in a transaction of its own."""
    number = draw("letter", agency=agency, year=2026, by=CLERK, at=AT).number
    return None if undo else number


def outside_a_transaction(agency: Agency, *, undo: bool) -> int | None:
    """A draw statement by statement, each its own transaction."""
    unwrapped = vars(draw)["__wrapped__"]
    number: DrawnNumber = unwrapped("letter", agency=agency, year=2026, by=CLERK, at=AT)
    return None if undo else number.number


def race(agency: Agency, act: Act) -> Tally:
    tally, start = Tally(), Barrier(CLIENTS)

    def client(first: int) -> None:
        start.wait()
        for turn in range(first, first + ACTS):
            try:
                number = act(agency, undo=turn % UNDONE == 0)
            except (IntegrityError, OperationalError, AgencyError):
                tally.refused += 1
                continue
            if number is None:
                tally.undone += 1
            else:
                tally.kept.append(number)
        connection.close()

    with ThreadPoolExecutor(CLIENTS) as pool:
        list(pool.map(client, range(CLIENTS)))
    return tally


@contextmanager
def unlocked(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Rows are read without a lock."""
    with monkeypatch.context() as patch:
        patch.setattr(QuerySet, "select_for_update", lambda self, **_: self.all())
        yield


def strip(database: CommittedDatabase, monkeypatch: pytest.MonkeyPatch) -> None:
    """Takes the database's own guards of numbers away, as only its owner can."""
    tables = {"agencies_drawnnumber", "agencies_numberseries"}
    with database.as_owner() as owner:
        with owner.cursor() as cursor:
            for one in registered():
                if one.table in tables and (one.sqlite or database.is_postgresql):
                    on = f' ON "{one.table}"' if database.is_postgresql else ""
                    cursor.execute(f'DROP TRIGGER IF EXISTS "{one.name}"{on}')
        constraints = DrawnNumber._meta.constraints
        (once,) = (one for one in constraints if one.name == "agencies_number_once")
        with monkeypatch.context() as patch, owner.schema_editor() as editor:
            # SQLite makes the table anew from what the model says.
            patch.setattr(DrawnNumber._meta, "constraints", [o for o in constraints if o != once])
            editor.remove_constraint(DrawnNumber, once)


def department() -> Agency:
    return body("nyj", "农业农村局", profile=Profile(letter_code="云农"))


def test_no_number_is_drawn_twice_and_none_is_left_out(
    committed_database: CommittedDatabase, capsys: pytest.CaptureFixture[str]
) -> None:
    agency = department()
    tally = race(agency, guarded)
    with capsys.disabled():
        print(f"\n{tally.told(f'numbers, locked, {connection.vendor}')}")
    assert tally.undone > 0
    assert len(tally.kept) + tally.undone == CLIENTS * ACTS
    assert (tally.doubles, tally.gaps, tally.refused) == (0, 0, 0)
    assert series_faults() == ()
    assert DrawnNumber.objects.count() == len(tally.kept)


def test_without_the_lock_the_database_refuses_what_would_be_double(
    committed_database: CommittedDatabase,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    agency = department()
    with unlocked(monkeypatch):
        tally = race(agency, outside_a_transaction)
    with capsys.disabled():
        print(f"\n{tally.told(f'numbers, no lock, {connection.vendor}')}")
    assert tally.refused > 0
    assert tally.doubles == 0


def test_without_lock_and_guards_the_harness_finds_doubles(
    committed_database: CommittedDatabase,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    agency = department()
    strip(committed_database, monkeypatch)
    # The last guard, in the service: a text that is taken is refused.
    monkeypatch.setattr(templates, "write", lambda *_, **__: uuid.uuid4().hex)
    with unlocked(monkeypatch):
        tally = race(agency, outside_a_transaction)
    with capsys.disabled():
        print(f"\n{tally.told(f'numbers, no lock, no guards, {connection.vendor}')}")
    assert tally.doubles > 0


def test_drawn_ahead_of_the_act_numbers_are_left_out(
    committed_database: CommittedDatabase, capsys: pytest.CaptureFixture[str]
) -> None:
    agency = department()
    tally = race(agency, ahead_of_the_act)
    with capsys.disabled():
        print(f"\n{tally.told(f'numbers, drawn ahead, {connection.vendor}')}")
    assert tally.gaps > 0
    assert tally.doubles == 0
