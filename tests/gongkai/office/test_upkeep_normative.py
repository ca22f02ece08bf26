"""The register of normative documents, the chain of one, relations taken back, clean-ups."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from gongkai.disclosure.models import Cleanup, CleanupDecision, Record, Relation, VoidedRelation
from gongkai.disclosure.services.normative import open_cleanup
from gongkai.disclosure.services.publishing import relate, withdraw
from tests.gongkai.disclosure.documents import (
    body,
    changes,
    draft_of,
    morning,
    normative,
    other,
    signed,
)
from tests.gongkai.office.staff import signed_in
from tests.gongkai.office.upkeep import NOW, Desk, staffed_desk

# Screens over verbs that are tried on both databases elsewhere.
pytestmark = pytest.mark.once


@pytest.fixture
def desk(db: None, settings: Settings) -> Iterator[Desk]:
    settings.GONGKAI_SECOND_FACTOR_REQUIRED = False
    with time_machine.travel(NOW):
        yield staffed_desk()


def titles(desk: Desk, query: str) -> list[str]:
    """The register as a file for a machine: titles in their order."""
    found = desk.client("drafter").get(f"{reverse('office:normative')}?{query}&export=json")
    return [row["标题"] for row in json.loads(found.content)]


def three(desk: Desk) -> tuple[Record, Record, Record]:
    """One that runs out soon, one repealed by the third, which is yet to come into force."""
    chain = desk.chain
    near = normative(
        chain, date(2024, 4, 1), 1, title="近期到期的办法", expires_on=date(2026, 4, 1)
    )
    old = normative(chain, date(2024, 5, 1), 2, title="供水管理旧办法")
    new = changes(
        chain, "repeals", date(2026, 3, 2), 3, old, title="供水管理新办法",
        effective_on=date(2026, 4, 10),
    )  # fmt: skip
    return near, old, new


def test_the_register_says_of_each_document_whether_it_holds(desk: Desk) -> None:
    three(desk)
    page = desk.page("drafter", "normative")
    assert "现行有效 2 件" in page
    assert "90 天内到期 1 件" in page
    assert "还有 20 天" in page
    assert '<span class="validity validity-upcoming">4月10日起施行</span>' in page
    with time_machine.travel(morning(date(2026, 4, 10))):
        later = desk.page("drafter", "normative")
    assert '<span class="validity validity-over">已废止</span>' in later
    assert '<span class="validity validity-over">已失效</span>' in later


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["供水管理新办法", "供水管理旧办法", "近期到期的办法"]),
        ("state=holds", ["供水管理旧办法", "近期到期的办法"]),
        ("state=near", ["近期到期的办法"]),
        ("state=upcoming", ["供水管理新办法"]),
        ("state=over", []),
        ("year=2024", ["供水管理旧办法", "近期到期的办法"]),
        ("q=云政办发〔2024〕2号", ["供水管理旧办法"]),
        ("sort=from", ["近期到期的办法", "供水管理旧办法", "供水管理新办法"]),
        ("sort=-from", ["供水管理新办法", "供水管理旧办法", "近期到期的办法"]),
        ("state=nonsense&year=nonsense", ["供水管理新办法", "供水管理旧办法", "近期到期的办法"]),
    ],
)
def test_the_register_is_filtered_sorted_and_taken_away(
    query: str, expected: list[str], desk: Desk
) -> None:
    three(desk)
    assert titles(desk, query) == expected


def test_another_body_sees_its_own_documents_and_none_of_the_office(desk: Desk) -> None:
    three(desk)
    own = normative(body(desk.chain, desk.bureau.code), date(2025, 1, 6), 9, title="水利局办法")
    client = signed_in(desk.stranger)
    page = client.get(reverse("office:normative")).content.decode()
    assert "水利局办法" in page
    assert "供水管理" not in page
    hidden = Record.objects.exclude(pk=own.pk)[0]
    for record, status in ((hidden, 404), (own, 200)):
        address = reverse("office:normative_document", args=[record.public_id])
        assert client.get(address).status_code == status


def test_a_withdrawn_document_stays_and_says_so(desk: Desk) -> None:
    near, _, _ = three(desk)
    withdraw(near, reason="有错字", by=desk.chain.actor("final"), at=NOW)
    assert '<span class="badge badge-bad">已撤回</span>' in desk.page("drafter", "normative")
    assert "近期到期的办法" in titles(desk, "state=holds")


def test_an_empty_register_says_what_to_do(desk: Desk) -> None:
    page = desk.page("drafter", "normative")
    assert "没有符合条件的规范性文件" in page
    assert "看起草和审查中的信息" in page


@pytest.mark.parametrize("more", [0, 27])
def test_the_register_asks_as_often_for_one_document_as_for_many(
    more: int, desk: Desk, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(more + 1):
        normative(desk.chain, date(2025, 3, 3), number + 1)
    client = desk.client("drafter")
    client.get(reverse("office:normative"))  # the session is touched once a minute
    with django_assert_num_queries(10):
        client.get(reverse("office:normative"))


# --- one document -----------------------------------------------------------------------------


def test_the_chain_tells_what_holds_on_a_chosen_day(desk: Desk) -> None:
    _, old, new = three(desk)
    today = desk.page("drafter", "normative_document", old.public_id)
    assert "这件文件<strong>有效</strong>" in today
    assert "它废止本文件" in today
    then = desk.page("drafter", "normative_document", old.public_id, query="?on=2026-04-10")
    assert "这件文件<strong>废止</strong>" in then
    other_side = desk.page("drafter", "normative_document", new.public_id)
    assert "本文件废止它" in other_side
    assert "供水管理旧办法" in other_side


def test_a_draft_that_will_repeal_is_told_to_its_own_body_alone(desk: Desk) -> None:
    bureau = body(desk.chain, desk.bureau.code)
    document = normative(bureau, date(2025, 1, 6), 9, title="水利局办法")
    secret = signed(desk.chain, date(2026, 3, 2), 4, title="拟废止水利局办法的决定")
    by = desk.chain.actor("drafter")
    relate(secret.record, document, "repeals", by=by, at=morning(date(2026, 3, 2)))
    address = reverse("office:normative_document", args=[document.public_id])
    assert "拟废止" not in signed_in(desk.stranger).get(address).content.decode()
    assert "拟废止" in desk.client("officer").get(address).content.decode()


def test_a_relation_of_a_public_document_is_taken_back_by_who_publishes(desk: Desk) -> None:
    _, old, _ = three(desk)
    relation = Relation.objects.get(earlier=old)
    assert desk.post("drafter", "relation_void", relation.pk, reason="登记错了") == 403
    assert not VoidedRelation.objects.exists()
    assert desk.post("officer", "relation_void", relation.pk, reason="") == 422
    assert desk.post("officer", "relation_void", relation.pk, reason="登记错了") == 302
    page = desk.page("officer", "normative_document", old.public_id, query="?on=2026-04-10")
    assert "这件文件<strong>有效</strong>" in page
    assert "已撤销" in page
    assert "登记错了" in page


def test_a_relation_of_a_draft_is_taken_back_by_its_drafter(desk: Desk) -> None:
    old = normative(desk.chain, date(2024, 5, 1), 2)
    draft = draft_of(desk.chain, "normative", date(2026, 3, 2))
    by = desk.chain.actor("drafter")
    at = morning(date(2026, 3, 2))
    relation = relate(draft.record, old, "repeals", by=by, at=at)
    assert desk.post("drafter", "relation_void", relation.pk, reason="选错了文件") == 302
    address = reverse("office:relation_void", args=[relation.pk])
    assert signed_in(desk.stranger).get(address).status_code == 404


# --- clean-ups --------------------------------------------------------------------------------


def opened(desk: Desk) -> Cleanup:
    said = {"agency": desk.chain.agency.code, "label": "2026年清理", "until": "2026-03-01"}
    assert desk.post("officer", "cleanup_open", **said) == 302
    return Cleanup.objects.get()


def test_a_clean_up_is_opened_by_who_may_and_lists_what_is_to_be_decided(desk: Desk) -> None:
    three(desk)
    said = {"agency": desk.chain.agency.code, "label": "2026年清理", "until": "2026-03-01"}
    assert desk.post("drafter", "cleanup_open", **said) == 403
    cleanup = opened(desk)
    page = desk.page("drafter", "cleanup", cleanup.pk)
    assert "以前成文的 2 件，已作结论 0 件" in page
    assert "给选中的文件作结论" not in page
    assert "给选中的文件作结论" in desk.page("final", "cleanup", cleanup.pk)
    address = reverse("office:cleanup", args=[cleanup.pk])
    assert signed_in(desk.stranger).get(address).status_code == 404


def test_results_are_decided_for_many_and_counted(desk: Desk) -> None:
    near, old, _ = three(desk)
    cleanup = opened(desk)
    both = [str(near.public_id), str(old.public_id)]
    assert desk.post("officer", "cleanup_decide", cleanup.pk, records=both, result="keep") == 302
    assert CleanupDecision.objects.filter(result="keep").count() == 2
    page = desk.page("officer", "cleanup", cleanup.pk, query="?show=keep")
    assert "已作结论 2 件" in page
    assert "继续有效 2" in page
    found = desk.client("officer").get(
        reverse("office:cleanup", args=[cleanup.pk]), {"export": "json"}
    )
    assert {row["结论"] for row in json.loads(found.content)} == {"继续有效"}


def test_an_end_needs_its_day_its_reason_and_its_announcement(desk: Desk) -> None:
    near, _, _ = three(desk)
    result = other(desk.chain, "document", date(2026, 3, 9), title="清理结果的公告")
    cleanup = opened(desk)
    said = {"records": [str(near.public_id)], "result": "repeal", "reason": "已有新规定"}
    client = desk.client("officer")
    address = reverse("office:cleanup_decide", args=[cleanup.pk])
    refused = client.post(address, said)
    assert refused.status_code == 422
    kept = refused.content.decode()
    assert "请填写自哪一天起" in kept
    assert f'value="{near.public_id}" checked' in kept
    assert 'value="已有新规定"' in kept
    full = {**said, "on": "2026-03-10", "announcement": str(result.public_id)}
    assert client.post(address, full).status_code == 302
    assert "废止（自2026-03-10起）" in desk.page("officer", "cleanup", cleanup.pk)
    assert titles(desk, "state=over") == ["近期到期的办法"]


def test_nothing_marked_is_told(desk: Desk) -> None:
    three(desk)
    cleanup = opened(desk)
    assert desk.post("officer", "cleanup_decide", cleanup.pk, result="keep") == 422
    assert not CleanupDecision.objects.exists()


def test_the_list_one_was_in_is_kept_while_deciding(desk: Desk) -> None:
    three(desk)
    cleanup = opened(desk)
    action = f"{reverse('office:cleanup_decide', args=[cleanup.pk])}?show=open"
    assert action in desk.page("officer", "cleanup", cleanup.pk, query="?show=open")
    assert desk.client("officer").post(action, {"result": "keep"}).status_code == 422


@pytest.mark.parametrize("number", [1, 30])
def test_the_clean_ups_ask_as_often_for_one_as_for_many(
    number: int, desk: Desk, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    by = desk.chain.actor("officer")
    for one in range(number):
        open_cleanup(desk.chain.agency, label=f"第{one}次", until=date(2026, 3, 1), by=by, at=NOW)
    client = desk.client("officer")
    client.get(reverse("office:cleanups"))
    with django_assert_num_queries(9):
        client.get(reverse("office:cleanups"))
