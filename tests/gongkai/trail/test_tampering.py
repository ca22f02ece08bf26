"""Tampering: blocked as the application, found as the owner; what escapes is said plainly."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from benchmarks.tamper_trail import KINDS, campaign, drop_triggers, table
from django.db import IntegrityError, connection, transaction

from gongkai.trail.actors import SYSTEM
from gongkai.trail.models import Chain, Row
from gongkai.trail.services import take_head
from gongkai.trail.verification import verify
from tests.gongkai.databases import as_owner
from tests.gongkai.trail.recording import AT, decide

EACH = 25
# What no verification inside the database can find: an owner made everything fit.
ESCAPES = {"cut the tail", "rebuild the chain"}


@pytest.fixture
def owner(db: None) -> Iterator[None]:
    with as_owner(connection):
        yield


@pytest.mark.django_db
def test_seven_kinds_of_tampering_are_blocked_or_found() -> None:
    def take_the_guards_away() -> None:
        stack.enter_context(as_owner(connection))
        drop_triggers()

    with ExitStack() as stack:
        tallies = campaign(EACH, 1, take_the_guards_away)
    print(table(tallies, connection.vendor))
    assert tallies.keys() == KINDS.keys()
    for kind, tally in tallies.items():
        assert tally.blocked == tally.done == EACH, kind
        assert tally.with_anchor == EACH, kind
        assert tally.without_anchor == (0 if kind in ESCAPES else EACH), kind
        assert tally.today_found == (0 if kind in ESCAPES else tally.today), kind


ATTACKS = {
    "changes a fact": "UPDATE trail_row SET facts = '{}'",
    "changes nothing": "UPDATE trail_row SET sequence = sequence",
    "deletes rows": "DELETE FROM trail_row",
    "deletes a head": "DELETE FROM trail_dailyhead",
    "changes a head": "UPDATE trail_dailyhead SET hash = ''",
    "deletes a chain": "DELETE FROM trail_chain",
    "shortens a chain": "UPDATE trail_chain SET length = length - 1",
    "lengthens a chain without a row": "UPDATE trail_chain SET length = length + 1",
    "renames a chain": "UPDATE trail_chain SET agency_code = 'x'",
    "begins a chain in its middle": (
        "INSERT INTO trail_chain (agency_code, length, head) VALUES ('new', 5, 'x')"
    ),
    "begins a chain twice": (
        "INSERT INTO trail_chain (agency_code, length, head) VALUES ('YX001', 0, '')"
    ),
    "inserts a row beside the chain": (
        "INSERT INTO trail_row (agency_code, sequence, at, event, actor_kind, actor_id, actor_name,"
        " actor_agency_code, actor_agency_name, subject_kind, subject_id, subject_label, facts,"
        " sealed, algorithm, previous, hash) SELECT agency_code, sequence + 7, at, event,"
        " actor_kind, actor_id, actor_name, actor_agency_code, actor_agency_name, subject_kind,"
        " subject_id, subject_label, facts, sealed, algorithm, previous, hash FROM trail_row"
    ),
    "takes a head out of order": (
        "INSERT INTO trail_dailyhead (number, day, taken_at, chains, algorithm, previous, hash)"
        " SELECT number + 5, day, taken_at, chains, algorithm, previous, hash FROM trail_dailyhead"
    ),
}
ONLY_POSTGRESQL = {
    "truncates": "TRUNCATE trail_row, trail_dailyhead, trail_chain",
    "updates on conflict": (
        "INSERT INTO trail_chain (agency_code, length, head) VALUES ('YX001', 0, '')"
        " ON CONFLICT (agency_code) DO UPDATE SET length = 0"
    ),
}
ONLY_SQLITE = {
    "replaces a row": "INSERT OR REPLACE INTO trail_row SELECT * FROM trail_row",
    "replaces a head": "INSERT OR REPLACE INTO trail_dailyhead SELECT * FROM trail_dailyhead",
    "replaces a chain": (
        "INSERT OR REPLACE INTO trail_chain (agency_code, length, head) VALUES ('YX001', 0, '')"
    ),
    "replaces by update": "UPDATE OR REPLACE trail_row SET id = id + 1",
}


def attacks() -> dict[str, str]:
    """Attacks in the words of this database."""
    return ATTACKS | (ONLY_POSTGRESQL if connection.vendor == "postgresql" else ONLY_SQLITE)


def attempt(sql: str) -> bool:
    """Whether the statement goes through; undone either way."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
            transaction.set_rollback(True)
    except IntegrityError:
        return False
    return True


@pytest.mark.usefixtures("owner")
def test_every_statement_by_hand_is_refused_by_the_triggers() -> None:
    for number in range(3):
        decide(number)
    take_head(by=SYSTEM, at=AT)
    passed = [name for name, sql in attacks().items() if attempt(sql)]
    assert passed == []
    before = Row.objects.count()
    drop_triggers()
    free = [name for name, sql in attacks().items() if attempt(sql)]
    print(f"{len(attacks())} statements: 0 pass; without triggers {len(free)} pass")
    assert len(free) >= len(attacks()) - 3, "the tables' own constraints refuse a few"
    assert Row.objects.count() == before
    assert Chain.objects.count() == 2


def test_a_row_with_a_false_hash_gets_in_by_sql_and_is_found(db: None) -> None:
    decide()
    chain = Chain.objects.get(agency_code="YX001")
    row = Row.objects.get(agency_code="YX001")
    row.pk, row.sequence, row.previous, row.hash = None, 2, chain.head, "f" * 64
    row.save(force_insert=True)
    Chain.objects.filter(pk=chain.pk).update(length=2, head="f" * 64)
    (finding,) = verify().findings
    assert str(finding) == "机关 YX001 的留痕链第 2 条：内容与摘要不符"


def findings_after(change: dict[str, Any]) -> list[str]:
    drop_triggers()
    Row.objects.filter(agency_code="YX001", sequence=2).update(**change)
    return [str(finding) for finding in verify().findings]


@pytest.mark.usefixtures("owner")
@pytest.mark.parametrize(
    "change",
    [
        {"facts": {"decision": "不予公开"}},
        {"actor_name": "张三"},
        {"at": AT},
        {"subject_label": "别的"},
        {"sealed": {"x": "eA=="}},
        {"event": "test.told"},
        {"actor_agency_name": "别处"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_every_column_is_under_the_hash(change: dict[str, Any]) -> None:
    for number in range(3):
        decide(number, minutes=number + 1)
    assert findings_after(change) == ["机关 YX001 的留痕链第 2 条：内容与摘要不符"]
