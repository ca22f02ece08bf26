"""The page of a record: its words, where it stands, what may be done, and who may see it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import Settings

from gongkai.disclosure.models import Version
from gongkai.disclosure.services import drafting, publishing
from tests.gongkai.disclosure.chain import passed
from tests.gongkai.office.staff import signed_in
from tests.gongkai.office.upkeep import NOW, Desk, staffed_desk

BODY = "<p>第一条　管护经费由财政分担。</p>"


@pytest.fixture
def desk(db: None, settings: Settings) -> Iterator[Desk]:
    settings.GONGKAI_SECOND_FACTOR_REQUIRED = False
    with time_machine.travel(NOW):
        yield staffed_desk()


def draft(desk: Desk, title: str = "供水管护通知", kind: str = "document") -> Version:
    by = desk.chain.actor("drafter")
    words = {"title": title, "body": BODY, "formed_on": date(2026, 3, 5)}
    return drafting.draft(desk.chain.agency, kind, words, by=by, at=NOW)


def submitted(desk: Desk, version: Version) -> Version:
    by = desk.chain.actor("drafter")
    version.record.refresh_from_db()
    return drafting.submit(version, revision=version.record.revision, by=by, at=NOW)


def pk(version: Version) -> str:
    return str(version.record.public_id)


def test_it_shows_the_words_and_where_they_stand(desk: Desk) -> None:
    version = draft(desk)
    page = desk.page("drafter", "record", pk(version))
    assert "供水管护通知" in page
    assert BODY in page
    assert "起草中" in page
    submitted(desk, version)
    page = desk.page("drafter", "record", pk(version))
    assert "等科室初审" in page
    assert reverse("office:review", args=[pk(version)]) in page
    assert "drafted" not in page


def test_a_stranger_finds_nothing_and_the_chain_does(desk: Desk) -> None:
    version = draft(desk)
    for name in ("record", "record_preview", "record_files"):
        address = reverse(f"office:{name}", args=[pk(version)])
        assert signed_in(desk.stranger).get(address).status_code == 404
        assert desk.client("final").get(address).status_code == 200


def test_buttons_are_those_of_the_person(desk: Desk) -> None:
    version = draft(desk, kind="normative")
    sign = reverse("office:record_sign", args=[pk(version)])
    opinion = reverse("office:record_opinion", args=[pk(version)])
    assert sign in desk.page("signer", "record", pk(version))
    assert sign not in desk.page("drafter", "record", pk(version))
    assert opinion in desk.page("legal", "record", pk(version))
    assert opinion not in desk.page("signer", "record", pk(version))


def test_what_was_cleared_is_published_from_here(desk: Desk) -> None:
    version = passed(desk.chain, submitted(desk, draft(desk)))
    publish = reverse("office:record_publish", args=[pk(version)])
    assert publish in desk.page("officer", "record", pk(version))
    assert publish not in desk.page("drafter", "record", pk(version))
    publishing.publish(Version.objects.get(pk=version.pk), by=desk.chain.actor("officer"), at=NOW)
    page = desk.page("officer", "record", pk(version))
    assert "已公开" in page
    assert publish not in page
    assert reverse("office:record_withdraw", args=[pk(version)]) in page


def test_earlier_drafts_stay_readable_and_are_compared(desk: Desk) -> None:
    version = passed(desk.chain, submitted(desk, draft(desk)))
    assert desk.post("drafter", "record_again", pk(version)) == 302
    assert "与第1稿相比" in desk.page("drafter", "record", pk(version))
    assert "以前的第1稿" in desk.page("drafter", "record", pk(version), query="?version=1")
    address = reverse("office:record", args=[pk(version)])
    assert desk.client("drafter").get(f"{address}?version=9").status_code == 404


def test_the_preview_shows_the_words_alone(desk: Desk) -> None:
    page = desk.page("drafter", "record_preview", pk(draft(desk)))
    assert BODY in page
    assert "走到哪一步" not in page


def test_queries_do_not_grow_with_relations(desk: Desk) -> None:
    version, client = draft(desk), desk.client("drafter")
    address, counts = reverse("office:record", args=[pk(version)]), []
    for number in (1, 9):
        for _ in range(number):
            earlier = draft(desk, "旧件")
            publishing.relate(
                version.record, earlier.record, "corrects",
                by=desk.chain.actor("drafter"), at=NOW,
            )  # fmt: skip
        client.get(address)
        with CaptureQueriesContext(connection) as made:
            assert client.get(address).status_code == 200
        counts.append(len(made))
    assert counts[0] == counts[1], counts
