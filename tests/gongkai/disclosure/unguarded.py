"""The controls of interleaving: every statement stands alone, rows are read and not locked, and the
guards of some tables are gone."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.db import connection, transaction
from django.db.models import QuerySet

from gongkai.guards.triggers import registered
from gongkai.jobs import services as jobs
from gongkai.notifications.services import telling
from gongkai.trail import services as trail
from tests.gongkai.databases import CommittedDatabase


def unguard(database: CommittedDatabase, monkeypatch: pytest.MonkeyPatch, *prefixes: str) -> None:
    """Takes transactions, locks, and the triggers whose names begin so out of this database."""
    with database.as_owner(), connection.cursor() as cursor:
        for trigger in registered():
            if trigger.name.startswith(prefixes):
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
    monkeypatch.setattr(telling, "transaction", pretended)
    monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **_: rows)
    monkeypatch.setattr(transaction.Atomic, "__enter__", lambda _: None)
    monkeypatch.setattr(transaction.Atomic, "__exit__", lambda *_: None)
