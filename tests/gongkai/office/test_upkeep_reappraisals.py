"""Evaluations: what is due, one record with the old reason and the decision, changes of law."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from gongkai.disclosure.models import LawChange, Reappraisal, Record
from gongkai.disclosure.queries import latest
from gongkai.disclosure.services.drafting import submit
from tests.gongkai.disclosure.documents import body, cleared, draft_of, morning, other
from tests.gongkai.office.staff import signed_in
from tests.gongkai.office.upkeep import NOW, Desk, staffed_desk

# Screens over verbs that are tried on both databases elsewhere.
pytestmark = pytest.mark.once

KEPT_BACK: dict[str, Any] = {
    "attribute": "withheld",
    "attribute_reason": "征求意见的函，属过程性信息",
    "grounds": ["regulations#16.2"],
}
LAST_YEAR, LATE, TODAY = date(2025, 3, 20), date(2025, 3, 2), date(2025, 3, 12)


@pytest.fixture
def desk(db: None, settings: Settings) -> Iterator[Desk]:
    settings.GONGKAI_SECOND_FACTOR_REQUIRED = False
    with time_machine.travel(NOW):
        yield staffed_desk()


def kept(desk: Desk, on: date, title: str, **changes: Any) -> Record:
    """A record that all four left unpublished on a day; to be looked at a year later."""
    words = {**KEPT_BACK, "title": title, **changes}
    return cleared(desk.chain, draft_of(desk.chain, "document", on, **words), on).record


def titles(desk: Desk, query: str) -> list[str]:
    address = f"{reverse('office:reappraisals')}?{query}&export=json"
    return [row["信息"] for row in json.loads(desk.client("drafter").get(address).content)]


def test_what_is_due_late_and_far_off_stands_in_its_list(desk: Desk) -> None:
    kept(desk, LATE, "已过期的函")
    kept(desk, TODAY, "今天到期的函")
    kept(desk, LAST_YEAR, "快到期的函")
    kept(desk, date(2025, 11, 3), "还早的函")
    assert titles(desk, "") == ["已过期的函", "今天到期的函", "快到期的函"]
    assert titles(desk, "show=late") == ["已过期的函"]
    assert titles(desk, "show=all")[-1] == "还早的函"
    page = desk.page("drafter", "reappraisals")
    assert "1 件过期没有评估" in page
    assert "第十六条第二款" in page


def test_one_record_shows_why_it_was_kept_back(desk: Desk) -> None:
    record = kept(desk, LATE, "已过期的函")
    page = desk.page("officer", "reappraisal", record.public_id)
    assert "征求意见的函，属过程性信息" in page
    assert "第十六条第二款" in page
    assert "应于3月2日 星期一评估，已过期" in page
    assert "仍不公开" in page
    seen = desk.page("drafter", "reappraisal", record.public_id)
    assert "登记结论" not in seen
    address = reverse("office:reappraisal", args=[record.public_id])
    assert signed_in(desk.stranger).get(address).status_code == 404


def test_kept_as_it_is_comes_again_and_the_next_one_opens(desk: Desk) -> None:
    first, second = kept(desk, LATE, "第一件"), kept(desk, TODAY, "第二件")
    said = {"decision": "keep", "reason": "征求意见还没有结束", "next_on": "2026-09-01"}
    address = reverse("office:reappraisal_decide", args=[first.public_id])
    assert desk.post("drafter", "reappraisal_decide", first.public_id, **said) == 403
    answer = desk.client("officer").post(address, said)
    assert answer.headers["Location"] == reverse("office:reappraisal", args=[second.public_id])
    first.refresh_from_db()
    assert first.next_review_on == date(2026, 9, 1)
    assert titles(desk, "") == ["第二件"]
    assert titles(desk, "show=done") == ["第一件"]


def test_a_decision_without_its_reason_keeps_what_was_typed(desk: Desk) -> None:
    record = kept(desk, LATE, "已过期的函")
    said = {"decision": "keep", "reason": "还在征求意见", "next_on": "2028-01-01"}
    answer = desk.client("officer").post(
        reverse("office:reappraisal_decide", args=[record.public_id]), said
    )
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "每年至少评估一次" in page
    assert "还在征求意见" in page
    assert not Reappraisal.objects.exists()


def test_turned_public_begins_a_draft_and_waits_among_the_promised(desk: Desk) -> None:
    record = kept(desk, LATE, "已过期的函")
    said = {"decision": "disclose", "reason": "事情已经办完"}
    assert desk.post("officer", "reappraisal_decide", record.public_id, **said) == 302
    draft = latest(record)
    assert (draft.attribute, draft.submitted_at) == ("proactive", None)
    assert titles(desk, "show=promised") == ["已过期的函"]


def test_the_attribute_it_has_already_is_not_offered(desk: Desk) -> None:
    record = kept(desk, LATE, "依申请的函", attribute="on_request")
    said = {"decision": "on_request", "reason": "一样"}
    assert desk.post("officer", "reappraisal_decide", record.public_id, **said) == 422
    assert "转为依申请公开" not in desk.page("officer", "reappraisal", record.public_id)


# --- changes of law ---------------------------------------------------------------------------

CHANGE = {
    "scope": "all",
    "provision": "regulations#16.2",
    "on": "2026-04-01",
    "reason": "条例修改，过程性信息应当公开",
}


def test_a_change_of_law_first_shows_what_it_concerns(desk: Desk) -> None:
    record = kept(desk, date(2025, 11, 3), "依据十六条二款的函")
    kept(desk, date(2025, 11, 3), "依据十四条的函", grounds=["regulations#14"])
    client = desk.client("officer")
    shown = client.post(reverse("office:law_change"), CHANGE).content.decode()
    assert "涉及 1 件信息" in shown
    assert "依据十六条二款的函" in shown
    assert "依据十四条的函" not in shown
    assert not LawChange.objects.exists()
    assert client.post(reverse("office:law_change"), {**CHANGE, "save": "1"}).status_code == 302
    record.refresh_from_db()
    assert record.next_review_on == date(2026, 4, 1)
    assert "第十六条第二款变更" in desk.page("officer", "reappraisals", query="?show=all")


def test_another_law_is_named_with_its_article(desk: Desk) -> None:
    said = {**CHANGE, "provision": "other", "law": "penalty_law"}
    answer = desk.client("officer").post(reverse("office:law_change"), said)
    assert answer.status_code == 422
    assert "请写明第几条" in answer.content.decode()
    named = {**said, "article": "30"}
    shown = desk.client("officer").post(reverse("office:law_change"), named)
    assert "没有信息依据这一条" in shown.content.decode()
    assert desk.post("drafter", "law_change", **CHANGE) == 403


def test_what_is_still_under_review_is_told_and_not_decided(desk: Desk) -> None:
    draft = draft_of(desk.chain, "document", date(2026, 3, 9), **KEPT_BACK)
    revision = draft.record.revision
    by = desk.chain.actor("drafter")
    submit(draft, revision=revision, by=by, at=morning(date(2026, 3, 9)))
    assert desk.client("officer").post(
        reverse("office:law_change"), {**CHANGE, "save": "1"}
    ).status_code == 302  # fmt: skip
    page = desk.page("officer", "reappraisal", draft.record.public_id)
    assert "公开属性还没有审定" in page
    assert "登记结论" not in page
    said = {"decision": "keep", "reason": "还在审查"}
    assert desk.post("officer", "reappraisal_decide", draft.record.public_id, **said) == 422


# --- the bodies -------------------------------------------------------------------------------


def test_the_supervising_office_sees_each_body_and_its_figures_open(desk: Desk) -> None:
    bureau = Desk(body(desk.chain, desk.bureau.code), desk.bureau, desk.stranger)
    kept(bureau, LATE, "司法局的函")
    kept(desk, TODAY, "办公室的函")
    page = desk.page("drafter", "reappraisal_bodies")
    assert "应评估 2 件，已评估 0 件" in page
    assert "过期没有评估 1 件" in page
    assert f"show=late&amp;agency={desk.bureau.code}" in page
    query = f"show=late&agency={desk.bureau.code}&since=2026-01-01&until=2026-03-12"
    assert titles(desk, query) == ["司法局的函"]
    client = signed_in(desk.stranger)
    assert client.get(reverse("office:reappraisal_bodies")).status_code == 403


@pytest.mark.parametrize("more", [0, 26])
def test_the_list_asks_as_often_for_one_record_as_for_many(
    more: int, desk: Desk, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(more + 1):
        kept(desk, LATE, f"第{number}件")
    client = desk.client("officer")
    client.get(reverse("office:reappraisals"))
    with django_assert_num_queries(16):
        client.get(reverse("office:reappraisals"))


def test_what_is_public_is_not_evaluated(desk: Desk) -> None:
    record = other(desk.chain, "document", LATE)
    assert titles(desk, "show=all") == []
    assert "不用评估" in desk.page("officer", "reappraisal", record.public_id)
