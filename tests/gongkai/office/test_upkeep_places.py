"""Reading places: registered, changed, closed; lists handed over to archives and libraries."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from gongkai.disclosure.models import HandOver, ReadingPlace
from gongkai.disclosure.services.places import PlaceFacts, register_place
from tests.gongkai.disclosure.documents import other
from tests.gongkai.office.staff import signed_in
from tests.gongkai.office.upkeep import NOW, Desk, staffed_desk

# Screens over verbs that are tried on both databases elsewhere.
pytestmark = pytest.mark.once

FACTS = {
    "name": "云溪县图书馆地方文献室",
    "address": "溪畔路 3 号",
    "hours": "周二至周日 9:00—17:00",
    "phone": "0570-3012347",
}


@pytest.fixture
def desk(db: None, settings: Settings) -> Iterator[Desk]:
    settings.GONGKAI_SECOND_FACTOR_REQUIRED = False
    with time_machine.travel(NOW):
        yield staffed_desk()


def library(desk: Desk, name: str = FACTS["name"], kind: str = "library") -> ReadingPlace:
    facts = PlaceFacts(**{**FACTS, "name": name})
    by = desk.chain.actor("officer")
    return register_place(
        desk.chain.agency, kind, facts, since=date(2026, 1, 5), by=by, at=NOW
    )  # fmt: skip


def test_a_place_is_registered_and_what_is_missing_is_told(desk: Desk) -> None:
    said = {**FACTS, "agency": desk.chain.agency.code, "kind": "library", "since": "2026-03-01"}
    assert desk.post("drafter", "place_new", **said) == 403
    assert desk.post("officer", "place_new", **{**said, "phone": ""}) == 422
    assert desk.post("officer", "place_new", **said) == 302
    page = desk.page("drafter", "places")
    assert "还缺：国家档案馆、政务服务场所" in page
    assert FACTS["address"] in page


def test_every_body_sees_every_place_and_its_keeper_alone_changes_it(desk: Desk) -> None:
    place = library(desk)
    client = signed_in(desk.stranger)
    assert client.get(reverse("office:place", args=[place.pk])).status_code == 200
    said = {**FACTS, "hours": "每天 8:00—20:00"}
    address = reverse("office:place_change", args=[place.pk])
    assert client.post(address, said).status_code == 404
    assert desk.post("officer", "place_change", place.pk, **said) == 302
    assert "每天 8:00—20:00" in desk.page("drafter", "place", place.pk)


def test_a_closed_place_is_kept_among_the_closed(desk: Desk) -> None:
    place = library(desk)
    said = {"until": "2026-03-10", "reason": "馆舍搬迁"}
    assert desk.post("officer", "place_close", place.pk, until="2025-01-01", reason="早了") == 422
    assert desk.post("officer", "place_close", place.pk, **said) == 302
    assert FACTS["name"] not in desk.page("drafter", "places")
    assert FACTS["name"] in desk.page("drafter", "places", query="?state=closed")
    assert "2026-03-10 撤销" in desk.page("drafter", "place", place.pk)


def test_a_list_is_shown_first_and_handed_over_on_the_second_press(desk: Desk) -> None:
    other(desk.chain, "document", date(2026, 3, 2), title="供水公告")
    other(desk.chain, "document", date(2026, 3, 11), title="后来的公告")
    place = library(desk)
    client, address = desk.client("officer"), reverse("office:place_hand_over", args=[place.pk])
    said = {"agency": desk.chain.agency.code, "until": "2026-03-10"}
    shown = client.post(address, said).content.decode()
    assert "这一期有 1 条" in shown
    assert "供水公告" in shown
    assert "后来的公告" not in shown
    assert not HandOver.objects.exists()
    assert client.post(address, {**said, "save": "1"}).status_code == 302
    made = HandOver.objects.get()
    page = desk.page("drafter", "hand_over", made.pk)
    assert "供水公告" in page
    assert "打印两份" in page
    found = client.get(reverse("office:hand_over", args=[made.pk]), {"export": "json"})
    assert [one["名称"] for one in json.loads(found.content)] == ["供水公告"]
    assert "下一期从 2026-03-11 起" in client.get(address).content.decode()


def test_a_list_up_to_today_is_refused_and_keeps_the_day(desk: Desk) -> None:
    other(desk.chain, "document", date(2026, 3, 2))
    place = library(desk)
    said = {"agency": desk.chain.agency.code, "until": "2026-03-12", "save": "1"}
    answer = desk.client("officer").post(
        reverse("office:place_hand_over", args=[place.pk]), said
    )  # fmt: skip
    assert answer.status_code == 422
    assert "移交清单截至昨天或者更早" in answer.content.decode()
    assert desk.post("drafter", "place_hand_over", place.pk, **said) == 403
    assert not HandOver.objects.exists()


def test_a_list_of_one_body_is_not_for_another(desk: Desk) -> None:
    other(desk.chain, "document", date(2026, 3, 2))
    place = library(desk)
    said = {"agency": desk.chain.agency.code, "until": "2026-03-10", "save": "1"}
    assert desk.post("officer", "place_hand_over", place.pk, **said) == 302
    address = reverse("office:hand_over", args=[HandOver.objects.get().pk])
    client = signed_in(desk.stranger)
    assert client.get(address).status_code == 404
    page = client.get(reverse("office:place", args=[place.pk])).content.decode()
    assert "还没有移交过" in page


@pytest.mark.parametrize("more", [0, 49])
def test_the_list_asks_as_often_for_one_place_as_for_many(
    more: int, desk: Desk, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(more + 1):
        library(desk, f"第{number}处", "other")
    client = desk.client("officer")
    client.get(reverse("office:places"))
    with django_assert_num_queries(10):
        client.get(reverse("office:places"))
