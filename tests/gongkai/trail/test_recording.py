"""Recording: chained per agency, in the act's transaction, ciphertext for personal values."""

from __future__ import annotations

import threading
from datetime import datetime
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import override_settings

from gongkai.trail import services, verifier
from gongkai.trail.actors import SYSTEM, Subject
from gongkai.trail.models import Chain, Row
from gongkai.trail.services import (
    NotInTransactionError,
    UnfitFactError,
    record,
    take_head,
)
from gongkai.trail.verification import verify
from tests.gongkai.trail.recording import AT, CLERK, OTHER, decide

CASE = Subject("case", "1", "第 1 件")


@pytest.mark.django_db
def test_rows_are_numbered_and_chained_per_agency() -> None:
    rows = [decide(code=code) for code in ("YX001", "YX002", "YX001", "", "YX001")]
    assert [(row.agency_code, row.sequence) for row in rows] == [
        ("YX001", 1),
        ("YX002", 1),
        ("YX001", 2),
        ("", 1),
        ("YX001", 3),
    ]
    assert rows[2].previous == rows[0].hash
    assert rows[4].previous == rows[2].hash
    assert Chain.objects.get(agency_code="YX001").head == rows[4].hash
    assert verify().sound


@pytest.mark.django_db
def test_a_row_reads_as_a_sentence_and_keeps_the_names_of_the_day() -> None:
    row = Row.objects.get(pk=decide(word="予以公开").pk)
    assert row.sentence == "云溪县政府办公室李明对第 1 件作出决定：予以公开"
    assert str(row) == row.sentence
    assert (row.actor, row.subject) == (CLERK, CASE)


@pytest.mark.django_db
def test_personal_values_are_stored_as_ciphertext_only() -> None:
    sealed = {"applicant": b"\x00\x93ciphertext"}
    row = record("test.told", by=CLERK, at=AT, subject=CASE, sealed=sealed)
    assert row.sealed == {"applicant": "AJNjaXBoZXJ0ZXh0"}
    assert row.sentence == "云溪县政府办公室李明将第 1 件告知（已加密）"
    assert verify().sound, "the chain is over ciphertext: it holds without any key"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("facts", "sealed", "fault"),
    [
        pytest.param({}, {}, "缺少事实：decision", id="a blank of the sentence is missing"),
        pytest.param({"decision": 1}, {}, "须为文字", id="a number"),
        pytest.param({"decision": "a\0"}, {}, "须为文字", id="NUL"),
        pytest.param({"decision": "\ud800"}, {}, "须为文字", id="half a character"),
        pytest.param({}, {"decision": "text"}, "须为字节", id="sealed but plain"),
        pytest.param({"decision": "a"}, {"decision": b"a"}, "既明文又加密", id="both"),
        pytest.param({"decision": "11010519491231002X"}, {}, "身份证", id="an identity number"),
    ],
)
def test_unfit_facts_are_refused(facts: Any, sealed: Any, fault: str) -> None:
    with pytest.raises(UnfitFactError, match=fault):
        record("test.decided", by=CLERK, at=AT, subject=CASE, facts=facts, sealed=sealed)
    assert not Row.objects.exists()


@pytest.mark.django_db
def test_a_moment_without_zone_is_refused() -> None:
    naive = datetime.fromisoformat("2026-03-02T09:00:00")
    with pytest.raises(UnfitFactError, match="时区"):
        record("test.decided", by=CLERK, at=naive, subject=CASE, facts={"decision": "公开"})


@pytest.mark.django_db
def test_where_the_row_cannot_be_written_neither_is_the_act(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    wrong = Chain(agency_code="YX001", length=7, head="0" * 64)

    @transaction.atomic
    def act() -> None:
        Chain.objects.create(agency_code="the act")
        decide()

    with monkeypatch.context() as planted:
        planted.setattr(services, "_locked", lambda _: wrong)
        with pytest.raises(IntegrityError, match="链尾"):
            act()
    assert not Chain.objects.exists()
    act()
    assert Chain.objects.filter(agency_code="the act").exists(), "the control: nothing planted"


@pytest.mark.usefixtures("committed_database")
def test_recording_outside_a_transaction_is_refused() -> None:
    with pytest.raises(NotInTransactionError):
        decide()


@pytest.mark.django_db
def test_heads_cover_all_chains_and_follow_one_another() -> None:
    decide(code="YX001")
    decide(code="YX002", by=OTHER)
    first = take_head(by=SYSTEM, at=AT)
    second = take_head(by=CLERK, at=AT)
    assert set(first.chains) == {"YX001", "YX002"}
    assert set(second.chains) == {"", "YX001", "YX002"}, "taking a head is itself recorded"
    assert (second.number, second.previous) == (2, first.hash)
    assert Row.objects.get(event="trail.head_taken", subject_id="1").sentence == (
        f"系统生成第 1 号总摘要，覆盖2条留痕链，摘要{first.hash}"
    )
    assert verify(anchors={1: first.hash, 2: second.hash}).sound


@pytest.mark.django_db
def test_the_algorithm_is_a_setting_and_a_chain_may_change_it() -> None:
    decide()
    with override_settings(GONGKAI_TRAIL_DIGEST="sm3"):
        assert decide().algorithm == "sm3"
        take_head(by=SYSTEM, at=AT)
    decide()
    assert verify().sound
    with override_settings(GONGKAI_TRAIL_DIGEST="md5"), pytest.raises(ValueError, match="sha256"):
        decide()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("abc", "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"),
        ("abcd" * 16, "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"),
    ],
)
def test_sm3_gives_the_examples_of_gb_t_32905(text: str, expected: str) -> None:
    assert verifier.sm3(text.encode()) == expected
    assert verifier.digest("sm3", text.encode()) == expected


@pytest.mark.parametrize("length", [0, 1, 55, 56, 63, 64, 65, 1000])
def test_sm3_in_python_agrees_with_openssl_at_every_padding(length: int) -> None:
    from cryptography.hazmat.primitives.hashes import SM3, Hash

    data = bytes(number % 251 for number in range(length))
    reference = Hash(SM3())
    reference.update(data)
    assert verifier.sm3(data) == reference.finalize().hex()


def concurrently(threads: int, each: int) -> list[str]:
    """Records from several threads into one chain that does not exist yet, and two more."""
    faults: list[str] = []
    barrier = threading.Barrier(threads)

    def one(thread: int) -> None:
        barrier.wait()
        try:
            for number in range(each):
                with transaction.atomic():
                    decide(number, code=("YX001", "YX001", "YX002")[number % 3], minutes=thread)
                    transaction.set_rollback(number % 10 == 9)
        except DatabaseError as error:
            faults.append(str(error))
        finally:
            connection.close()

    running = [threading.Thread(target=one, args=(number,)) for number in range(threads)]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()
    return faults


@pytest.mark.usefixtures("committed_database")
def test_writers_at_once_leave_no_gap_and_no_fork() -> None:
    assert concurrently(4, 30) == []
    result = verify()
    print(f"4 threads × 30 rows, every tenth aborted: {result.rows} rows, {result.findings}")
    assert result.rows == 4 * 27
    assert result.sound


@pytest.mark.usefixtures("committed_database")
def test_with_a_chain_end_read_too_early_the_same_writers_collide(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The control: each writer uses the end of the chain as it once was, as without a lock."""
    locked, stale = services._locked, dict[str, Chain]()
    monkeypatch.setattr(services, "_locked", lambda code: stale.setdefault(code, locked(code)))
    faults = concurrently(2, 10)
    print(f"chain end read too early: {len(faults)} of 2 threads refused by the database")
    assert faults
