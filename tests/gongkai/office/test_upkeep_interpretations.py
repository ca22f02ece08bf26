"""Interpretations: owed with their limit, done with their forms, those like an extract."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from gongkai.disclosure.services.publishing import relate
from tests.gongkai.disclosure.documents import draft_of, interprets, morning, normative
from tests.gongkai.office.staff import signed_in
from tests.gongkai.office.upkeep import NOW, Desk, staffed_desk

# Screens over verbs that are tried on both databases elsewhere.
pytestmark = pytest.mark.once

FRIDAY, THURSDAY = date(2026, 3, 6), date(2026, 3, 5)
TEXT = "第一条　为了管好农村供水工程，保障农村居民用上安全的自来水，制定本办法。"


@pytest.fixture
def desk(db: None, settings: Settings) -> Iterator[Desk]:
    settings.GONGKAI_SECOND_FACTOR_REQUIRED = False
    with time_machine.travel(NOW):
        yield staffed_desk()


def test_what_is_owed_says_until_when_and_how_late(desk: Desk) -> None:
    normative(desk.chain, THURSDAY, 1, title="逾期没有解读的办法")
    normative(desk.chain, date(2026, 3, 11), 2, title="刚公开的办法")
    page = desk.page("drafter", "interpretations")
    assert "2 件文件还没有解读" in page
    assert "其中 1 件过了期限" in page
    # Public on Thursday the 5th: three working days are the 6th, the 9th and the 10th.
    assert "应于3月10日 星期二" in page
    assert "已逾期2个工作日" in page
    assert "3月16日 星期一" in page
    assert "还有2个工作日" in page
    assert page.count("起草解读</a>") == 2


def test_only_a_drafter_is_offered_to_begin_one(desk: Desk) -> None:
    document = normative(desk.chain, THURSDAY, 1)
    page = desk.page("final", "interpretations")
    assert "还没有起草" in page
    assert "/office/records/new/" not in page
    wanted = f"interprets={document.public_id}"
    assert wanted in desk.page("drafter", "interpretations")


def test_a_draft_on_its_way_is_opened_instead(desk: Desk) -> None:
    document = normative(desk.chain, THURSDAY, 1)
    draft = draft_of(desk.chain, "interpretation", FRIDAY)
    by = desk.chain.actor("drafter")
    relate(draft.record, document, "interprets", by=by, at=morning(FRIDAY), forms=("text",))
    page = desk.page("drafter", "interpretations")
    assert "打开正在写的解读" in page
    assert str(draft.record.public_id) in page


def test_what_is_done_tells_forms_and_the_figure_opens(desk: Desk) -> None:
    document = normative(desk.chain, THURSDAY, 1, title="供水办法")
    interprets(desk.chain, FRIDAY, document, "text", title="文字解读")
    interprets(desk.chain, FRIDAY, document, "text", "graphic", title="图文解读")
    page = desk.page("drafter", "interpretations", query="?show=done")
    assert "要解读的文件都有解读" not in page
    assert 'href="?show=done&amp;how=beyond">1 件' in page
    address = f"{reverse('office:interpretations')}?show=done&how=beyond&export=json"
    rows = json.loads(desk.client("drafter").get(address).content)
    assert [(row["解读"], row["解读哪件文件"]) for row in rows] == [("图文解读", "供水办法")]
    assert "没有欠解读的文件" in desk.page("drafter", "interpretations")


def test_one_that_repeats_its_document_is_shown_to_be_looked_at(desk: Desk) -> None:
    document = normative(desk.chain, THURSDAY, 1, body=f"<p>{TEXT}</p>")
    interprets(desk.chain, FRIDAY, document, title="照抄的解读", body=f"<p>{TEXT}</p>")
    interprets(
        desk.chain, FRIDAY, document, title="讲清楚的解读",
        body="<p>水管坏了找谁修，水费怎么交，这篇一次说清，附有电话和办理地点。</p>",
    )  # fmt: skip
    page = desk.page("drafter", "interpretations", query="?show=extracts")
    assert "照抄的解读" in page
    assert "100%" in page
    assert "讲清楚的解读" not in page


def test_another_body_sees_nothing_of_the_office(desk: Desk) -> None:
    document = normative(desk.chain, THURSDAY, 1, title="政府的办法")
    interprets(desk.chain, FRIDAY, document, title="政府的解读")
    client = signed_in(desk.stranger)
    for shown in ("owed", "done", "extracts"):
        page = client.get(reverse("office:interpretations"), {"show": shown}).content.decode()
        assert "政府的" not in page


@pytest.mark.parametrize("more", [0, 26])
def test_the_list_asks_as_often_for_one_document_as_for_many(
    more: int, desk: Desk, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(more + 1):
        normative(desk.chain, THURSDAY, number + 1)
    client = desk.client("drafter")
    client.get(reverse("office:interpretations"))
    with django_assert_num_queries(16):
        client.get(reverse("office:interpretations"))


@pytest.mark.parametrize("more", [0, 26])
def test_what_is_done_asks_as_often_for_one_as_for_many(
    more: int, desk: Desk, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    document = normative(desk.chain, THURSDAY, 1)
    for number in range(more + 1):
        interprets(desk.chain, FRIDAY, document, title=f"解读{number}")
    client = desk.client("drafter")
    client.get(reverse("office:interpretations"))
    with django_assert_num_queries(14):
        client.get(reverse("office:interpretations"), {"show": "done"})
