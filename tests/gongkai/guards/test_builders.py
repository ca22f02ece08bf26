"""What the ready-made triggers refuse, on either database, with the control without them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection

from gongkai.guards import triggers
from gongkai.guards.builders import append_only, immutable, refuse, undeletable
from gongkai.guards.installing import install, missing
from gongkai.guards.triggers import Trigger
from tests.gongkai.databases import CommittedDatabase

TABLE = "guarded_thing"
Guarded = Callable[..., None]


@pytest.fixture
def guarded(committed_database: CommittedDatabase, monkeypatch: pytest.MonkeyPatch) -> Guarded:
    """A table with one row (id 1, body 'a', state 'draft') and the triggers it is given."""

    def make(*wanted: Trigger) -> None:
        with committed_database.as_owner() as owner, owner.cursor() as cursor:
            cursor.execute("CREATE TABLE guarded_thing (id int PRIMARY KEY, body text, state text)")
            cursor.execute("INSERT INTO guarded_thing VALUES (1, 'a', 'draft')")
            monkeypatch.setattr(triggers, "_REGISTRY", {one.name: one for one in wanted})
            install(owner)
            assert missing(owner) == ()
            if owner.vendor == "postgresql":
                cursor.execute("GRANT ALL ON guarded_thing TO gongkai_app")

    return make


def refused(*attacks: str) -> list[str]:
    """The attacks that the database turned away with an IntegrityError."""
    found = []
    with connection.cursor() as cursor:
        for attack in attacks:
            try:
                cursor.execute(attack)
            except IntegrityError:
                found.append(attack)
    return found


def attacks_on_rows() -> tuple[str, ...]:
    everywhere = (
        "UPDATE guarded_thing SET body = 'b'",
        "UPDATE guarded_thing SET id = 2",
        "INSERT INTO guarded_thing VALUES (1, 'c', '') ON CONFLICT (id) DO UPDATE SET body = 'c'",
        "DELETE FROM guarded_thing",
    )
    if connection.vendor == "postgresql":
        return (*everywhere, "TRUNCATE guarded_thing")
    return ("REPLACE INTO guarded_thing VALUES (1, 'd', '')", *everywhere)


def test_append_only_refuses_every_way_to_change_or_remove_a_row(guarded: Guarded) -> None:
    guarded(*append_only(TABLE))
    attacks = attacks_on_rows()
    blocked = refused(*attacks)
    print(f"with guard: {len(attacks) - len(blocked)} of {len(attacks)} attacks succeeded")
    assert blocked == list(attacks)
    assert refused("INSERT INTO guarded_thing VALUES (2, 'new', 'draft')") == []


def test_without_the_guard_the_same_attacks_succeed(guarded: Guarded) -> None:
    guarded()
    attacks = attacks_on_rows()
    blocked = refused(*attacks)
    print(f"without guard: {len(attacks) - len(blocked)} of {len(attacks)} attacks succeeded")
    assert blocked == []


def test_undeletable_lets_rows_change_but_not_go(guarded: Guarded) -> None:
    guarded(*undeletable(TABLE))
    assert refused("UPDATE guarded_thing SET body = 'b'") == []
    assert len(refused("DELETE FROM guarded_thing")) == 1


def test_immutable_columns_keep_their_value_and_others_move(guarded: Guarded) -> None:
    guarded(*immutable(TABLE, ["body"]))
    assert refused("UPDATE guarded_thing SET state = 'sent'") == []
    assert refused("UPDATE guarded_thing SET body = body") == []
    assert (
        len(refused("UPDATE guarded_thing SET body = 'b'", "UPDATE guarded_thing SET body = NULL"))
        == 2
    )


def test_immutable_from_a_state_on(guarded: Guarded) -> None:
    guarded(*immutable(TABLE, ["body", "state"], when="OLD.state = 'sent'"))
    steps = ["UPDATE guarded_thing SET body = 'b'", "UPDATE guarded_thing SET state = 'sent'"]
    assert refused(*steps) == []
    assert (
        len(
            refused(
                "UPDATE guarded_thing SET body = 'c'", "UPDATE guarded_thing SET state = 'draft'"
            )
        )
        == 2
    )


def test_a_condition_may_look_into_tables(guarded: Guarded) -> None:
    full = "(SELECT COUNT(*) FROM guarded_thing) >= 2"
    guarded(refuse("no_third", TABLE, "INSERT", message="至多两行，it's full", when=full))
    assert refused("INSERT INTO guarded_thing VALUES (2, '', '')") == []
    with pytest.raises(IntegrityError, match="至多两行，it's full"), connection.cursor() as cursor:
        cursor.execute("INSERT INTO guarded_thing VALUES (3, '', '')")


def test_names_that_are_no_identifiers_and_unknown_events_are_mistakes() -> None:
    with pytest.raises(ValueError, match="不是标识符"):
        append_only('t"; DROP TABLE t')
    with pytest.raises(ValueError, match="没有这样的事件"):
        refuse("a", "t", "TRUNCATE", message="")
