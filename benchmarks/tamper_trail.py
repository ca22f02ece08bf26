"""Tampering with the trail: seven kinds, as the application and as the owner of the database.

    python -m benchmarks.tamper_trail --each 1000

As the application every attempt must be blocked by the database. As the owner, who dropped the
triggers, every attempt on rows before the last printed head must be found by verification with
that head; what escapes without it, and after it, is counted and said. It measures no speed.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from benchmarks.kill_jobs import fresh_database

if TYPE_CHECKING:
    from gongkai.trail.models import DailyHead, Row

START = datetime(2026, 3, 2, 1, tzinfo=UTC)
AGENCIES = ("", "YX001", "YX002")


@dataclass
class Tally:
    """One kind of tampering: attempts, and how often each guard answered."""

    done: int = 0
    blocked: int = 0
    with_anchor: int = 0
    without_anchor: int = 0
    today: int = 0
    today_found: int = 0


@dataclass
class Trail:
    """A trail with an anchor, and rows recorded since."""

    anchors: dict[int, str]
    anchored: dict[str, int] = field(default_factory=dict)


def build(rows: int = 6) -> Trail:
    """Records rows in three chains, takes three heads, and records rows after the last."""
    from gongkai.trail.actors import Actor, ActorKind, Subject
    from gongkai.trail.events import Event, register
    from gongkai.trail.models import Chain
    from gongkai.trail.services import record, take_head

    register(Event("probe.decided", "{actor}对{subject}作出决定：{decision}"))
    clerk = Actor(ActorKind.USER, "7", "李明", "YX001", "云溪县政府办公室")
    heads: dict[int, str] = {}
    anchored: dict[str, int] = {}
    for part in range(4):
        for number in range(rows):
            at = START + timedelta(days=part, minutes=number)
            for code in AGENCIES:
                thing = Subject("case", str(number), f"第 {number} 件")
                facts = {"decision": f"予以公开 {part}-{number}"}
                record(
                    "probe.decided", by=clerk, at=at, subject=thing, agency_code=code, facts=facts
                )
        if part < 3:
            head = take_head(by=clerk, at=START + timedelta(days=part, hours=15))
            heads = {head.number: head.hash}
            anchored = {code: end[0] for code, end in head.chains.items()}
    assert Chain.objects.count() == len(AGENCIES)
    return Trail(heads, anchored)


def chain_of(code: str) -> list[Row]:
    """The rows of a chain as they stand."""
    from gongkai.trail.models import Row

    return list(Row.objects.filter(agency_code=code).order_by("sequence"))


def rehash(row: Row) -> None:
    """Gives a row the hash that fits its content."""
    from gongkai.trail.verifier import hash_of

    row.hash = hash_of(row.content())


def _alter(row: Row, what: str, rng: random.Random) -> None:
    if what == "fact":
        row.facts = {**row.facts, "decision": f"不予公开 {rng.random()}"}
    elif what == "actor":
        row.actor_name, row.actor_id = f"张{rng.randrange(10**6)}", "8"
    else:
        row.at += timedelta(days=rng.choice((-1, 1)))


def change(what: str) -> Callable[[list[Row], int, random.Random], None]:
    """Changes a fact or the actor of one row, with or without a fitting hash."""

    def attack(rows: list[Row], place: int, rng: random.Random) -> None:
        row = rows[place]
        _alter(row, what, rng)
        if rng.random() < 0.5:
            rehash(row)
        row.save()

    return attack


def delete(rows: list[Row], place: int, rng: random.Random) -> None:
    """Deletes one row, and half of the time closes the gap in the numbers."""
    rows[place].delete()
    if rng.random() < 0.5:
        for row in rows[place + 1 :]:
            row.sequence -= 1
            row.save()


def insert(rows: list[Row], place: int, rng: random.Random) -> None:
    """Inserts a forged row, shifting those behind it."""
    for row in reversed(rows[place:]):
        row.sequence += 1
        row.save()
    forged = rows[place]
    forged.pk, forged.sequence = None, place + 1
    _alter(forged, rng.choice(("fact", "actor")), rng)
    rehash(forged)
    forged.save(force_insert=True)


def swap(rows: list[Row], place: int, rng: random.Random) -> None:
    """Lets two rows change places."""
    other = rng.choice([n for n in range(len(rows)) if n != place])
    one, two = rows[place], rows[other]
    first, second = one.sequence, two.sequence
    one.sequence = 10**6
    one.save()
    two.sequence = first
    if rng.random() < 0.5:
        rehash(two)
    two.save()
    one.sequence = second
    one.save()


def cut(rows: list[Row], place: int, _rng: random.Random) -> None:
    """Cuts the tail off from this row on, and makes chain and heads fit as an owner can."""
    for row in reversed(rows[place:]):
        row.delete()
    _fit_ends(rows[:place], rows[0].agency_code)


def rebuild(rows: list[Row], place: int, rng: random.Random) -> None:
    """Changes a row and computes everything behind it anew: rows, chain and heads all fit."""
    _alter(rows[place], rng.choice(("fact", "actor", "time")), rng)
    for number in range(place, len(rows)):
        rows[number].previous = rows[number - 1].hash if number else ""
        rehash(rows[number])
        rows[number].save()
    _fit_ends(rows, rows[0].agency_code)


def _fit_ends(rows: list[Row], code: str) -> None:
    from gongkai.trail.models import Chain, DailyHead
    from gongkai.trail.verifier import hash_of

    end = (len(rows), rows[-1].hash if rows else "")
    Chain.objects.filter(agency_code=code).update(length=end[0], head=end[1])
    previous = ""
    for head in DailyHead.objects.order_by("number"):
        if code in head.chains:
            head.chains[code] = _end_at(rows, head, code)
        head.previous = previous
        head.hash = previous = hash_of({**head.content(), "hash": ""})
        head.save()


def _end_at(rows: list[Row], head: DailyHead, code: str) -> list[Any]:
    length = min(int(head.chains[code][0]), len(rows))
    return [length, rows[length - 1].hash if length else ""]


KINDS: dict[str, Callable[[list[Row], int, random.Random], None]] = {
    "change a fact": change("fact"),
    "change the actor": change("actor"),
    "delete inside": delete,
    "insert": insert,
    "swap": swap,
    "cut the tail": cut,
    "rebuild the chain": rebuild,
}


@contextmanager
def undone() -> Iterator[None]:
    """Whatever happens inside is rolled back."""
    from django.db import transaction

    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def as_application(trail: Trail, kind: str, times: int, rng: random.Random, tally: Tally) -> None:
    """Attempts with the triggers in place."""
    from django.db import IntegrityError

    for _ in range(times):
        code = rng.choice(AGENCIES)
        tally.done += 1
        with undone():
            rows = chain_of(code)
            try:
                KINDS[kind](rows, rng.randrange(1, trail.anchored[code] - 1), rng)
            except IntegrityError:
                tally.blocked += 1


def as_owner(trail: Trail, kind: str, times: int, rng: random.Random, tally: Tally) -> None:
    """Attempts without triggers: on rows before the anchor, and on those of today."""
    from gongkai.trail.verification import verify

    for _ in range(times):
        code = rng.choice(AGENCIES)
        with undone():
            rows = chain_of(code)
            KINDS[kind](rows, rng.randrange(1, trail.anchored[code] - 1), rng)
            tally.with_anchor += not verify(anchors=trail.anchors).sound
            tally.without_anchor += not verify().sound
    for _ in range(max(1, times // 10)):
        code = rng.choice(AGENCIES)
        tally.today += 1
        with undone():
            rows = chain_of(code)
            KINDS[kind](rows, rng.randrange(trail.anchored[code], len(rows) - 1), rng)
            tally.today_found += not verify(anchors=trail.anchors).sound


def drop_triggers() -> None:
    """What only the owner can: takes the guards of the trail away."""
    from django.db import connection

    from gongkai.guards.triggers import registered

    postgresql = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        for trigger in registered():
            if trigger.table.startswith("trail_"):
                on = f" ON {trigger.table}" if postgresql else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {trigger.name}{on}")


def campaign(each: int, seed: int, owner: Callable[[], None]) -> dict[str, Tally]:
    """All kinds, first as the application, then — after `owner` took the guards away — as owner."""
    from gongkai.trail.verification import verify

    rng = random.Random(seed)
    trail = build()
    assert verify(anchors=trail.anchors).sound
    tallies = {kind: Tally() for kind in KINDS}
    for kind, tally in tallies.items():
        as_application(trail, kind, each, rng, tally)
    assert verify(anchors=trail.anchors).sound, "a blocked attempt left something behind"
    owner()
    for kind, tally in tallies.items():
        as_owner(trail, kind, each, rng, tally)
    assert verify(anchors=trail.anchors).sound
    return tallies


def table(tallies: dict[str, Tally], database: str) -> str:
    """The figures, a line per kind."""
    lines = [
        f"{database}: tampering with rows before the last printed head; 'today' = rows after it",
        "kind               tried  app: blocked  owner, found with head  without head  today",
    ]
    lines += [
        f"{kind:<18}{one.done:>6}{one.blocked:>14}{one.with_anchor:>24}{one.without_anchor:>14}"
        f"{one.today_found:>6} of {one.today}"
        for kind, one in tallies.items()
    ]
    return "\n".join(lines)


def main() -> int:
    """0 where all was blocked and all was found with the printed head."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--each", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=20260302)
    options = parser.parse_args()
    with fresh_database() as database:
        os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.kill_settings"
        import django
        from django.core.management import call_command
        from django.db import connection, connections, transaction

        django.setup()
        call_command("migrate", verbosity=0)
        with transaction.atomic():
            if connection.vendor == "postgresql":
                _put_on_the_role(connection)
            tallies = campaign(options.each, options.seed, _owner)
        connections.close_all()
    print(table(tallies, database))
    guarded = all(one.done == one.blocked == one.with_anchor for one in tallies.values())
    return int(not guarded)


def _put_on_the_role(connection: Any) -> None:
    from gongkai.guards.roles import grant

    grant(connection, "gongkai_app")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE gongkai_app")


def _owner() -> None:
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE")
    drop_triggers()


if __name__ == "__main__":
    sys.exit(main())
