"""A draft comes in, is asked after, changed, submitted, reviewed, and found at its address."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from gongkai.api.models import Answer
from gongkai.disclosure.errors import NotEntitledError
from gongkai.disclosure.models import Record, Version
from gongkai.disclosure.queries import latest
from gongkai.disclosure.services import publishing, reviewing
from gongkai.disclosure.steps import TO_DRAFTER, Step
from tests.gongkai.api.oa import DRAFT, ID, RECORDS, Oa, connected
from tests.gongkai.disclosure.chain import LATER, Chain, drafted, passed
from tests.gongkai.files.cases import told


def record_at(address: str) -> Record:
    return Record.objects.get(public_id=address.rpartition("/")[2])


def fields(reply: Any) -> dict[str, Any]:
    """What a reply says of where the record stands, without what is always the same."""
    body = reply.body
    return {
        "state": body["state"]["code"],
        "awaits": body["awaits"] and body["awaits"]["code"],
        "public": body["public"],
        "address": body["address"],
    }


def test_from_the_oa_to_the_public_address(oa: Oa, chain: Chain, settings: Settings) -> None:
    settings.GONGKAI_ORIGIN = "https://www.yunxi.example"
    sent = oa.post(RECORDS, DRAFT | {"external_no": "云政办收〔2026〕17号"})
    address = f"{RECORDS}/{sent.body['id']}"
    unpublished = {"public": False, "address": None}
    assert (sent.status, sent.headers["ETag"]) == (201, '"1"')
    assert fields(sent) == {"state": "draft", "awaits": None} | unpublished
    assert sent.body["missing"] == []

    title = "云溪县农村供水工程管护办法（试行）"
    changed = oa.ask("PATCH", address, {"title": title}, If_Match='"1"')
    assert (changed.status, changed.body["revision"]) == (200, 2)
    record = record_at(address)
    assert latest(record).title == title
    assert latest(record).formed_on == date(2026, 3, 5)

    submitted = oa.post(f"{address}/submission", If_Match="2")
    assert fields(submitted) == {"state": "section", "awaits": "section"} | unpublished
    version = passed(chain, latest(record), Step.SECTION)
    assert fields(oa.get(address))["awaits"] == "secrecy"
    version = passed(chain, version, Step.SECRECY, Step.DISCLOSURE, Step.FINAL)
    assert fields(oa.get(address)) == {"state": "cleared", "awaits": None} | unpublished

    publishing.publish(version, by=chain.actor("officer"), at=LATER)
    shown = oa.get(address)
    assert fields(shown) == {
        "state": "public",
        "awaits": None,
        "public": True,
        "address": f"https://www.yunxi.example/records/{record.public_id}/",
    }
    assert shown.body["published_at"] == "2026-03-12T10:00:00+08:00"
    publishing.withdraw(record, reason="有误", by=chain.actor("officer"), at=LATER)
    gone = fields(oa.get(address))
    assert (gone["state"], gone["public"], gone["address"]) == (
        "withdrawn", False, f"https://www.yunxi.example/records/{record.public_id}/"
    )  # fmt: skip


def test_a_returned_draft_says_why_and_is_drafted_again(oa: Oa, chain: Chain) -> None:
    address = oa.draft(submit=True)
    version = latest(record_at(address))
    assert version.submitted_at is not None
    reviewing.return_version(
        version, Step.SECTION, back_to=TO_DRAFTER, digest=version.content_hash,
        by=chain.actor("section"), at=LATER, reason="管护主体没有写明",
    )  # fmt: skip
    back = oa.get(address)
    assert fields(back)["state"] == "returned"
    (why,) = back.body["returns"]
    assert (why["step"]["code"], why["back_to"], why["reason"]) == (
        "section", "drafter", "管护主体没有写明"
    )  # fmt: skip
    revision = str(back.body["revision"])
    refused = oa.ask("PATCH", address, {"title": "改"}, If_Match=revision)
    assert (refused.status, refused.body["code"]) == (409, "refused")
    again = oa.post(f"{address}/versions")
    assert (again.status, again.body["version"], fields(again)["state"]) == (201, 2, "draft")
    revision = str(again.body["revision"])
    assert oa.ask("PATCH", address, {"title": "改"}, If_Match=revision).status == 200


def test_the_drafter_answers_for_it_and_cannot_review_it(oa: Oa, chain: Chain) -> None:
    address = oa.draft(submit=True, external_no="OA-1")
    record = record_at(address)
    assert [one.person for one in record.authors.all()] == [str(chain.drafter.pk)]
    assert latest(record).drafted_by_name == "何拟"
    assert "何拟经“云溪县协同办公系统”" in "".join(told("api.received"))
    version = latest(record)
    with pytest.raises(NotEntitledError):
        reviewing.pass_step(
            version, Step.SECTION, digest=version.content_hash, by=chain.actor("drafter"), at=LATER
        )
    # The control: who did not write it may.
    by = chain.actor("section")
    reviewing.pass_step(version, Step.SECTION, digest=version.content_hash, by=by, at=LATER)


def test_a_draft_that_lacks_something_stays_a_draft_and_says_what(oa: Oa) -> None:
    incomplete = {"kind": "procurement", "title": "采购结果公告", "submit": True}
    reply = oa.post(RECORDS, incomplete)
    assert (reply.status, fields(reply)["state"]) == (201, "draft")
    missing = {one["field"]: one["message"] for one in reply.body["missing"]}
    assert missing["formed_on"] == "请填写成文日期"
    assert missing["body"] == "请写正文，或者附上文件"
    assert missing["details.supplier"] == "请填写供应商"
    address = f"{RECORDS}/{reply.body['id']}/submission"
    refused = oa.post(address, If_Match="1")
    assert (refused.status, refused.body["code"]) == (422, "incomplete")
    assert refused.body["message"] == "请填写成文日期"
    assert {one["field"] for one in refused.body["more"]} == set(missing) - {"formed_on"}
    assert Version.objects.get().submitted_at is None


def test_an_identity_number_in_the_text_keeps_it_a_draft(oa: Oa) -> None:
    reply = oa.post(RECORDS, DRAFT | {"body": f"<p>联系人证件{ID}</p>", "submit": True})
    assert (reply.status, fields(reply)["state"]) == (201, "draft")
    assert any("身份证" in one["message"] for one in reply.body["missing"])
    assert ID not in str(reply.body)
    assert ID not in str(list(Answer.objects.values()))


def test_a_change_needs_the_revision_that_was_read(oa: Oa) -> None:
    address = oa.draft()
    unsaid = oa.ask("PATCH", address, {"title": "甲"})
    assert (unsaid.status, unsaid.body["code"], unsaid.body["field"]) == (
        428, "no_revision", "If-Match"
    )  # fmt: skip
    assert oa.ask("PATCH", address, {"title": "乙"}, If_Match="1").status == 200
    stale = oa.ask("PATCH", address, {"title": "丙"}, If_Match="1")
    assert (stale.status, stale.body["code"]) == (412, "stale")
    assert latest(record_at(address)).title == "乙"
    assert oa.ask("PATCH", address, {"title": "丙"}, If_Match="2").status == 200


def test_plain_text_becomes_paragraphs_and_markup_is_cleaned(oa: Oa) -> None:
    plain = oa.draft(body="第一条　收费<5元。\n\n第二条　附则。", body_format="text")
    assert latest(record_at(plain)).body == "<p>第一条　收费&lt;5元。</p><p>第二条　附则。</p>"
    marked = oa.draft(body="<p onclick=x>正文<script>1</script></p>")
    assert latest(record_at(marked)).body == "<p>正文</p>"


@pytest.mark.parametrize(
    ("details", "field", "sentence"),
    [
        ({"amount_fen": "12"}, "details.amount_fen", "金额（分）须为整数"),
        ({"decided_on": "2026-3-5"}, "details.decided_on", "须写作“2026-03-05”"),
        ({"price": 1}, "details.price", "没有“price”这一要素"),
        ({"project": "供\u0000水"}, "details", "有不能使用的控制字符"),
    ],
)
def test_an_element_that_is_wrong_is_named(
    details: dict[str, Any], field: str, sentence: str, oa: Oa
) -> None:
    refused = oa.post(RECORDS, DRAFT | {"kind": "procurement", "details": details})
    assert (refused.status, refused.body["field"]) == (422, field)
    assert sentence in refused.body["message"]
    right = {"amount_fen": 1200, "decided_on": "2026-03-05", "project": "供水"}
    assert oa.post(RECORDS, DRAFT | {"kind": "procurement", "details": right}).status == 201


def test_a_number_of_the_oa_is_there_once_and_finds_its_record(oa: Oa) -> None:
    first = oa.post(RECORDS, DRAFT | {"external_no": "OA-1"})
    twice = oa.post(RECORDS, DRAFT | {"external_no": "OA-1", "title": "另一件"})
    assert (twice.status, twice.body["code"], twice.body["field"]) == (
        409, "external_no_taken", "external_no"
    )  # fmt: skip
    assert first.body["id"] in twice.body["message"]
    assert Record.objects.count() == 1
    oa.draft()
    found = oa.get(f"{RECORDS}?external_no=OA-1").body
    assert [one["id"] for one in found["items"]] == [first.body["id"]]
    both = oa.get(RECORDS).body
    assert [one["state"]["code"] for one in both["items"]] == ["draft", "draft"]
    assert (both["total"], oa.get(f"{RECORDS}?page=2").body["items"]) == (2, [])
    assert oa.get(f"{RECORDS}?state=1").body["field"] == "state"


def test_a_list_asks_the_database_the_same_for_1_and_50_rows(oa: Oa) -> None:
    counts = []
    for rows in (1, 49):
        for _ in range(rows):
            oa.draft()
        with CaptureQueriesContext(connection) as asked:
            assert oa.get(RECORDS).status == 200
        counts.append(len(asked))
    # The token, its person's duties (two), the count, the page, where its records stand.
    assert counts == [6, 6]


def test_a_token_sees_what_systems_of_its_body_sent_and_nothing_else(oa: Oa, chain: Chain) -> None:
    written_in_the_office = drafted(chain).record.public_id
    assert oa.get(f"{RECORDS}/{written_in_the_office}").status == 404
    assert oa.get(RECORDS).body["total"] == 0
    address = oa.draft()
    assert connected(chain, label="另一个系统").get(address).status == 200
