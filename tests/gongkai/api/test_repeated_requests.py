"""A request sent twice, at once, or cut off by a power cut: one record or none, never a half."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.db import connection, connections
from django.test import Client
from django.utils import timezone

from gongkai.api.jobs import forget_answers
from gongkai.api.models import Answer, Inbound
from gongkai.disclosure.models import Authorship, Record, Version
from gongkai.trail.actors import SYSTEM
from gongkai.trail.models import Row
from gongkai.trail.verification import verify
from gongkai.vault.services import ensure_master_key
from tests.gongkai.api.oa import DRAFT, RECORDS, Oa, Reply, connected
from tests.gongkai.databases import CommittedDatabase
from tests.gongkai.disclosure.chain import AT, staffed

KEY = "2026-03-05-0001"
AT_ONCE = 6


def counted() -> dict[str, int]:
    """Rows of everything that one draft consists of."""
    return {
        "records": Record.objects.count(),
        "versions": Version.objects.count(),
        "authors": Authorship.objects.count(),
        "inbound": Inbound.objects.count(),
        "answers": Answer.objects.exclude(status=0).count(),
        "told": Row.objects.filter(event__in=("disclosure.drafted", "api.received")).count(),
    }


NOTHING = dict.fromkeys(("records", "versions", "authors", "inbound", "answers", "told"), 0)
ONE = dict.fromkeys(NOTHING, 1) | {"told": 2}


def test_the_same_again_is_answered_the_same_and_done_once(oa: Oa) -> None:
    first = oa.post(RECORDS, DRAFT, Idempotency_Key=KEY)
    # Another order of names is the same request.
    again = oa.post(RECORDS, dict(reversed(DRAFT.items())), Idempotency_Key=KEY)
    assert (again.status, again.body) == (201, first.body)
    assert again.headers["Idempotency-Replayed"] == "true"
    assert counted() == ONE
    other = oa.post(RECORDS, DRAFT | {"title": "另一件"}, Idempotency_Key=KEY)
    assert (other.status, other.body["code"], other.body["field"]) == (
        409, "key_used", "Idempotency-Key"
    )  # fmt: skip
    elsewhere = oa.post(f"{RECORDS}/{first.body['id']}/versions", Idempotency_Key=KEY)
    assert elsewhere.status == 409
    assert counted() == ONE
    assert oa.post(RECORDS, DRAFT, Idempotency_Key=KEY + "x").status == 201  # the control
    assert Record.objects.count() == 2


def test_a_key_whose_request_was_refused_is_free(oa: Oa) -> None:
    taken = oa.post(RECORDS, DRAFT | {"external_no": "OA-1"})
    refused = oa.post(RECORDS, DRAFT | {"external_no": "OA-1"}, Idempotency_Key=KEY)
    assert (taken.status, refused.status) == (201, 409)
    assert counted() == ONE
    assert oa.post(RECORDS, DRAFT, Idempotency_Key=KEY).status == 201


def test_a_submission_repeated_is_not_refused_as_stale(oa: Oa) -> None:
    address = oa.draft()
    sent = [oa.post(f"{address}/submission", If_Match="1", Idempotency_Key=KEY) for _ in range(2)]
    assert [one.status for one in sent] == [200, 200]
    assert sent[0].body == sent[1].body


def test_answers_are_kept_for_a_month(oa: Oa) -> None:
    oa.post(RECORDS, DRAFT, Idempotency_Key=KEY)
    forget_answers({}, at=timezone.now() + timedelta(days=29))
    assert Answer.objects.count() == 1
    forget_answers({}, at=timezone.now() + timedelta(days=31))
    assert counted() == ONE | {"answers": 0}


@pytest.fixture
def committed(committed_database: CommittedDatabase) -> Oa:
    """A system that meets a database of its own, in which things are committed."""
    ensure_master_key(by=SYSTEM, at=AT)
    return connected(staffed())


def at_once(oa: Oa, ask: Callable[[Oa, int], Reply]) -> list[Reply]:
    """The same from several threads, each with a connection of its own, all let go together."""
    start, replies = threading.Barrier(AT_ONCE), []

    def one(number: int) -> None:
        start.wait()
        try:
            replies.append(ask(Oa(oa.token, oa.secret, Client()), number))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one, args=(number,)) for number in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(replies) == AT_ONCE
    return replies


def sent(said: dict[str, Any], key: str, oa: Oa, _number: int) -> Reply:
    return oa.post(RECORDS, said, Idempotency_Key=key)


def test_of_the_same_request_at_once_one_is_done(committed: Oa) -> None:
    for round_ in range(3):
        key = f"{KEY}-{round_}"
        said = DRAFT | {"external_no": key}
        replies = at_once(committed, partial(sent, said, key))
        assert [one.status for one in replies] == [201] * AT_ONCE
        assert len({one.body["id"] for one in replies}) == 1
        again = [one for one in replies if "Idempotency-Replayed" in one.headers]
        assert len(again) == AT_ONCE - 1
    assert counted() == {name: 3 * count for name, count in ONE.items()}


def test_of_one_number_under_several_keys_at_once_one_comes_in(committed: Oa) -> None:
    said = DRAFT | {"external_no": "OA-1"}
    replies = at_once(
        committed, lambda oa, number: oa.post(RECORDS, said, Idempotency_Key=f"{KEY}-{number}")
    )
    assert sorted(one.status for one in replies) == [201] + [409] * (AT_ONCE - 1)
    assert counted() == ONE


def cut_off(oa: Oa, statement: int) -> bool:
    """Sends a draft in a process that is killed before its SQL statement of this number; whether it
    was, or came to its end before."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        seen = 0

        def killing(execute: Callable[..., Any], *arguments: Any) -> Any:
            nonlocal seen
            if seen == statement:
                os.kill(os.getpid(), signal.SIGKILL)
            seen += 1
            return execute(*arguments)

        with connection.execute_wrapper(killing):
            oa.post(RECORDS, DRAFT, Idempotency_Key=KEY)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def test_a_power_cut_leaves_all_or_nothing(committed: Oa) -> None:
    killed = 0
    while cut_off(committed, killed):
        assert counted() in (NOTHING, ONE)
        if counted() == ONE:
            break
        killed += 1
    assert counted() == ONE
    print(f"killed before each of {killed} statements: no half a draft")
    assert killed > 15
    again = committed.post(RECORDS, DRAFT, Idempotency_Key=KEY)
    assert (again.status, again.headers["Idempotency-Replayed"]) == (201, "true")
    assert counted() == ONE
    assert verify().sound
