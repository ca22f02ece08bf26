"""Every pair of verbs that can meet, statement by statement: nothing uncleared becomes public, no
review is lost or counted twice; and what happens when the locks are taken out.

GONGKAI_STRIDE=1 stops the first verb at every statement.
"""

from __future__ import annotations

import os
from itertools import product
from types import SimpleNamespace

import pytest
from django.db import connection, transaction
from django.db.models import QuerySet

from gongkai.guards.triggers import registered
from gongkai.jobs import services as jobs
from gongkai.trail import services as trail
from tests.gongkai.databases import CommittedDatabase
from tests.gongkai.disclosure.chain import staffed
from tests.gongkai.disclosure.interleaving import Tally, interleave
from tests.gongkai.disclosure.states import States

# The first verb stops at every so many statements.
STRIDE = int(os.environ.get("GONGKAI_STRIDE", "8"))
LONGEST = 60


def meet(states: States, stride: int) -> Tally:
    """All pairs in all states."""
    tally = Tally()
    for make, verbs in states.meetings().values():
        for first, second in product(verbs, verbs):
            interleave(make, first, second, tally, range(1, LONGEST, stride))
    return tally


@pytest.mark.heavy
def test_no_pair_of_verbs_leaks(committed_database: CommittedDatabase) -> None:
    tally = meet(States(staffed()), STRIDE)
    print(f"interleaved: {tally}")
    assert tally.examples == []
    assert tally.tries >= 150
    assert tally.refused > 0


@pytest.mark.heavy
def test_without_transactions_locks_and_guards_the_same_harness_finds_leaks(
    committed_database: CommittedDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: every statement stands alone, rows are read and not locked, no triggers."""
    states = States(staffed())
    with committed_database.as_owner(), connection.cursor() as cursor:
        for trigger in registered():
            if trigger.name.startswith("disclosure_"):
                on = f' ON "{trigger.table}"' if connection.vendor == "postgresql" else ""
                if on or trigger.sqlite:
                    cursor.execute(f'DROP TRIGGER IF EXISTS "{trigger.name}"{on}')
    in_a_transaction = SimpleNamespace(in_atomic_block=True)
    pretended = SimpleNamespace(
        get_connection=lambda: in_a_transaction,
        atomic=transaction.atomic,
        on_commit=transaction.on_commit,
    )
    monkeypatch.setattr(trail, "transaction", pretended)
    monkeypatch.setattr(jobs, "transaction", pretended)
    monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **_: rows)
    monkeypatch.setattr(transaction.Atomic, "__enter__", lambda _: None)
    monkeypatch.setattr(transaction.Atomic, "__exit__", lambda *_: None)
    tally = meet(states, STRIDE)
    print(f"interleaved without locks: {tally}")
    assert tally.faulty > 0
