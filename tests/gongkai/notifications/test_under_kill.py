"""Killed before and after handing over, two workers at once, two tellers at once."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.db import connection

from gongkai.accounts.models import User
from gongkai.jobs.models import OutboxRow
from gongkai.jobs.models import State as RowState
from gongkai.notifications.models import Delivery, Message, State
from gongkai.notifications.services.delivering import UNKNOWN
from gongkai.trail.actors import SYSTEM
from gongkai.vault.services import ensure_master_key
from tests.gongkai.databases import CommittedDatabase
from tests.gongkai.notifications.mail_server import MailBox
from tests.gongkai.notifications.people import AT, delivery, person, told, with_mail

ROOT = Path(__file__).parents[3]


@dataclass(frozen=True, slots=True)
class Place:
    """A database of one's own, a mail server, somebody with an address."""

    database: CommittedDatabase
    box: MailBox
    clerk: User

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """A process that sends."""
        connection.close()
        mail = {
            "GONGKAI_MAIL_URL": f"smtp+plain://127.0.0.1:{self.box.port}",
            "GONGKAI_MAIL_FROM": "xxgk@example.gov.cn",
        }
        command = [sys.executable, "-m", "tests.gongkai.notifications.killed", *arguments]
        return subprocess.Popen(
            command,
            env={**self.database.variables, **mail},
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *arguments: str) -> str:
        """What it printed; "killed" where it did not live to print anything."""
        process = self.start(*arguments)
        said, faults = process.communicate(timeout=120)
        assert process.returncode in {0, -9}, faults
        return "killed" if process.returncode else said.strip()

    def numbers(self) -> Counter[str]:
        """How often each Message-ID arrived."""
        return Counter(str(mail["Message-ID"]) for mail in self.box.mails())


@pytest.fixture
def place(committed_database: CommittedDatabase, box: MailBox) -> Place:
    ensure_master_key(by=SYSTEM, at=AT)
    return Place(committed_database, box, with_mail(person()))


def test_killed_before_handing_over_it_arrives_once(place: Place) -> None:
    told(place.clerk)
    assert place.run("before", "0") == "killed"
    assert place.numbers() == {}
    assert (delivery().state, delivery().begun) == (State.WAITING, 1)
    assert place.run("never", "1") == "done"
    assert list(place.numbers().values()) == [1]
    assert delivery().state == State.SENT


def test_killed_after_handing_over_it_arrives_once_more_under_the_same_number(
    place: Place,
) -> None:
    told(place.clerk)
    assert place.run("after", "0") == "killed"
    assert place.run("never", "1") == "done"
    assert place.numbers() == {f"<{delivery().pk.hex}@example.gov.cn>": 2}
    assert (delivery().state, delivery().attempts) == (State.SENT, 0)
    assert place.run("never", "2") == "nothing"


def test_killed_twice_it_is_not_handed_over_a_third_time_and_says_why(place: Place) -> None:
    told(place.clerk)
    assert [place.run("after", "0"), place.run("after", "1")] == ["killed", "killed"]
    assert place.run("never", "2") == "done"
    assert list(place.numbers().values()) == [2]
    assert (delivery().state, delivery().reason) == (State.STOPPED, UNKNOWN)
    assert OutboxRow.objects.get(name="notifications.send").state == RowState.DONE


def test_without_the_limit_the_same_harness_sees_a_third(place: Place) -> None:
    told(place.clerk)
    for hours in range(3):
        assert place.run("after", str(hours), "forgetful") == "killed"
    assert list(place.numbers().values()) == [3]


def test_two_workers_send_each_mail_once(place: Place) -> None:
    for number in range(30):
        told(place.clerk, key=f"returned-{number}")
    workers = [place.start("work", name) for name in ("first", "second")]
    counts = []
    for process in workers:
        said, faults = process.communicate(timeout=120)
        assert process.returncode == 0, faults
        counts.append(int(said))
    print(f"{place.database.connection.vendor}: {counts[0]} + {counts[1]} jobs")
    assert sum(counts) == 30
    assert len(place.numbers()) == 30
    assert set(place.numbers().values()) == {1}
    assert set(Delivery.objects.values_list("state", flat=True)) == {"sent"}


def test_two_who_tell_the_same_at_once_tell_it_once(place: Place) -> None:
    together = threading.Barrier(2)
    made: list[int] = []

    def say(number: int) -> None:
        try:
            together.wait(10)
            made.append(len(told(place.clerk, key=f"k{number}")))
        finally:
            connection.close()

    for number in range(10):
        threads = [threading.Thread(target=say, args=(number,)) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sorted(made) == [0] * 10 + [1] * 10
    assert Message.objects.count() == 10
    assert Delivery.objects.count() == 10
    assert OutboxRow.objects.filter(name="notifications.send").count() == 10
