"""Every pair of verbs that can meet, statement by statement: nothing uncleared becomes public, no
review is lost or counted twice; and what happens when the locks are taken out.

GONGKAI_STRIDE=1 stops the first verb at every statement.
"""

from __future__ import annotations

import os
from itertools import product

import pytest

from tests.gongkai.databases import CommittedDatabase
from tests.gongkai.disclosure.chain import staffed
from tests.gongkai.disclosure.interleaving import Tally, interleave
from tests.gongkai.disclosure.states import States
from tests.gongkai.disclosure.unguarded import unguard

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
    unguard(committed_database, monkeypatch, "disclosure_")
    tally = meet(states, STRIDE)
    print(f"interleaved without locks: {tally}")
    assert tally.faulty > 0
