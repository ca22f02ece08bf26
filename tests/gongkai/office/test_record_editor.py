"""Writing a draft on the screen: every kind, faults, two people at once, findings, submission."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape
from pytest_django import Settings

from gongkai.disclosure.kinds import RecordKind
from gongkai.disclosure.models import Record, Relation, Version
from gongkai.disclosure.pages import PAGES
from gongkai.disclosure.queries import latest
from gongkai.disclosure.services.drafting import edit
from gongkai.disclosure.text_findings import text_findings
from gongkai.office.forms.records.words import RecordForm
from tests.gongkai.disclosure.documents import draft_of, normative
from tests.gongkai.office.staff import signed_in
from tests.gongkai.office.upkeep import NOW, Desk, staffed_desk

DAY = date(2026, 3, 5)


@pytest.fixture
def desk(db: None, settings: Settings) -> Iterator[Desk]:
    settings.GONGKAI_SECOND_FACTOR_REQUIRED = False
    with time_machine.travel(NOW):
        yield staffed_desk()


@pytest.fixture
def draft(desk: Desk) -> Version:
    return draft_of(desk.chain, "document", DAY, title="供水办法", body="<p>第一条　总则。</p>")


def _typed(version: Version, **changes: object) -> dict[str, object]:
    """What the browser sends of an open form, with some fields typed anew."""
    form = RecordForm(None, version)
    kept = {bound.html_name: bound.value() for bound in form}
    return {name: one for name, one in {**kept, **changes}.items() if one not in (None, False)}


def _now(version: Version) -> Version:
    return latest(Record.objects.get(pk=version.record_id))


def _url(name: str, version: Version, *rest: str) -> str:
    return reverse(f"office:{name}", args=[version.record.public_id, *rest])


@pytest.mark.parametrize("kind", [one for one in RecordKind.values if one not in PAGES])
def test_every_kind_starts_opens_and_saves(desk: Desk, kind: str) -> None:
    said = {"agency": desk.chain.agency.code, "kind": kind, "title": "新的一条"}
    assert desk.post("drafter", "record_new", **said) == 302
    version = Version.objects.get(title="新的一条")
    assert version.record.kind == kind
    assert "新的一条" in desk.page("drafter", "record_edit", version.record.public_id)

    typed = _typed(version, summary="说清写了什么", body="<p>正文</p>")
    assert desk.post("drafter", "record_edit", version.record.public_id, **typed) == 302
    assert (_now(version).summary, _now(version).body) == ("说清写了什么", "<p>正文</p>")


def test_an_interpretation_is_tied_to_its_document(desk: Desk) -> None:
    document = normative(desk.chain, DAY, 6, title="管护办法")
    query = f"?kind=interpretation&interprets={document.public_id}"
    assert "解读：管护办法" in desk.page("drafter", "record_new", query=query)

    said = {"agency": desk.chain.agency.code, "kind": "interpretation", "title": "一图读懂"}
    said["interprets"] = str(document.public_id)
    assert desk.post("drafter", "record_new", **said) == 422
    assert desk.post("drafter", "record_new", **said, forms="graphic") == 302
    tied = Relation.objects.get(earlier=document)
    assert (tied.kind, tied.forms) == ("interprets", ["graphic"])


def test_faults_keep_what_was_typed(desk: Desk, draft: Version) -> None:
    typed = _typed(draft, title="", body="<p>写了很久的一段</p>", formed_on="三月五日")
    answer = desk.client("drafter").post(_url("record_edit", draft), typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "请填写标题" in page
    assert "日期写成 2026-03-25 这样" in page
    assert escape("<p>写了很久的一段</p>") in page
    assert _now(draft).body == "<p>第一条　总则。</p>"


def _colleague(desk: Desk, draft: Version, **changes: str) -> None:
    by, revision = desk.chain.actor("officer"), draft.record.revision
    edit(_now(draft), changes, revision=revision, by=by, at=NOW)


def test_a_stale_save_shows_both_texts_and_keeps_either(desk: Desk, draft: Version) -> None:
    typed = _typed(draft, body="<p>我写的一条。</p>", summary="我的概述")
    _colleague(desk, draft, body="<p>对方写的一条。</p>", keywords="对方的词")
    answer = desk.client("drafter").post(_url("record_edit", draft), typed)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "正文：两个人都改了" in page
    assert "对方" in page
    assert escape("<p>我写的一条。</p>") in page
    assert _now(draft).body == "<p>对方写的一条。</p>"

    typed["over"] = _now(draft).record.revision
    typed["choose_body"] = "mine"
    assert desk.post("drafter", "record_edit", draft.record.public_id, **typed) == 302
    kept = _now(draft)
    assert (kept.body, kept.summary) == ("<p>我写的一条。</p>", "我的概述")
    assert kept.keywords == "对方的词"  # what only the colleague wrote stays


def test_the_colleagues_text_may_be_chosen(desk: Desk, draft: Version) -> None:
    typed = _typed(draft, body="<p>我写的一条。</p>", summary="我的概述")
    _colleague(desk, draft, body="<p>对方写的一条。</p>")
    typed["over"] = _now(draft).record.revision
    typed["choose_body"] = "theirs"
    assert desk.post("drafter", "record_edit", draft.record.public_id, **typed) == 302
    assert (_now(draft).body, _now(draft).summary) == ("<p>对方写的一条。</p>", "我的概述")


def test_saving_by_itself_gives_the_new_revision_and_refuses_a_stale_one(
    desk: Desk, draft: Version
) -> None:
    client, url = desk.client("drafter"), _url("record_save", draft)
    typed = _typed(draft, body="<p>改一次。</p>")
    answer = client.post(url, typed)
    kept = json.loads(answer.content)
    assert (answer.status_code, kept["saved_at"]) == (200, "09:00")
    assert kept["revision"] == _now(draft).record.revision

    assert client.post(url, {**typed, "body": "<p>改两次。</p>"}).status_code == 409
    assert _now(draft).body == "<p>改一次。</p>"
    again = {**typed, "body": "<p>改两次。</p>", "revision": kept["revision"], "base": kept["base"]}
    assert client.post(url, again).status_code == 200
    assert _now(draft).body == "<p>改两次。</p>"
    untitled = _typed(_now(draft), title="")
    assert client.post(url, untitled).status_code == 422


def test_findings_of_unsaved_words_show_no_number(desk: Desk, draft: Version) -> None:
    words = {"body": "<p>手机 13900001234。</p>"}
    page = desk.client("drafter").post(_url("record_findings", draft), words).content.decode()
    assert "检查发现　1" in page
    assert "13900001234" not in page
    clean = desk.client("drafter").post(_url("record_findings", draft), {"body": "<p>无</p>"})
    assert "没有发现要处理的" in clean.content.decode()


def test_masking_saves_what_was_typed_and_masks_it(desk: Desk, draft: Version) -> None:
    typed = _typed(draft, body="<p>手机 13900001234。</p>", summary="概述")
    assert desk.post("drafter", "record_edit", draft.record.public_id, **typed) == 302
    found = text_findings(_now(draft))[0]
    assert "遮盖" in desk.page("drafter", "record_edit", draft.record.public_id)
    typed = _typed(_now(draft), summary="改过的概述", mask=found.id)
    assert desk.post("drafter", "record_edit", draft.record.public_id, **typed) == 302
    kept = _now(draft)
    assert "13900001234" not in kept.body
    assert kept.summary == "改过的概述"
    assert not text_findings(kept)


def test_a_reason_lets_words_stand_but_never_by_the_writer_where_they_must_go(desk: Desk) -> None:
    body = "<p>身份证号 11010519491231002X。</p>"
    draft = draft_of(desk.chain, "document", DAY, title="名单", body=body)
    found = text_findings(_now(draft))[0]
    assert found.needs_a_second_person
    pressed = _typed(draft, answer=found.id)
    answer = desk.client("drafter").post(_url("record_edit", draft), pressed)
    assert answer.headers["Location"] == _url("finding_answer", draft, found.id)
    assert "没有参加起草" in desk.page(
        "drafter", "finding_answer", draft.record.public_id, found.id
    )

    said = {"reason": "公告送达依法须载明"}
    where = (draft.record.public_id, found.id)
    assert desk.post("drafter", "finding_answer", *where, **said) == 422
    assert text_findings(_now(draft))[0].open
    assert desk.post("section", "finding_answer", *where, **said) == 302
    assert not text_findings(_now(draft))[0].open
    assert desk.post("section", "finding_answer", draft.record.public_id, "0" * 8, **said) == 404


def test_what_is_missing_blocks_submission_and_is_named(desk: Desk) -> None:
    draft = draft_of(desk.chain, "document", DAY, title="供水办法", formed_on=None, body="")
    page = desk.page("drafter", "record_edit", draft.record.public_id)
    assert "提交初审（还差 2 项）" in page
    assert 'href="#id_formed_on">请填写成文日期' in page
    said = {"revision": draft.record.revision}
    assert desk.post("drafter", "record_submit", draft.record.public_id, **said) == 422
    assert _now(draft).submitted_at is None

    typed = _typed(draft, body="<p>正文</p>", formed_on="2026-03-05", submit="1")
    answer = desk.client("drafter").post(_url("record_edit", draft), typed)
    assert answer.headers["Location"] == _url("record_submit", draft)
    assert "最迟" in desk.page("drafter", "record_submit", draft.record.public_id)
    said = {"revision": _now(draft).record.revision}
    assert desk.post("drafter", "record_submit", draft.record.public_id, **said) == 302
    assert _now(draft).submitted_at is not None


def test_a_stranger_does_not_learn_of_a_draft(desk: Desk, draft: Version) -> None:
    for name in ("record_edit", "record_submit"):
        assert signed_in(desk.stranger).get(_url(name, draft)).status_code == 404
        assert desk.client("drafter").get(_url(name, draft)).status_code == 200
    assert desk.client("section").get(_url("record_edit", draft)).status_code == 403


def test_a_long_draft_costs_no_more_queries(desk: Desk, draft: Version) -> None:
    long = draft_of(desk.chain, "document", DAY, title="长的", body="<p>一段。</p>" * 50)
    client = desk.client("drafter")
    client.get(_url("record_edit", draft))  # the lists of words are read once
    counts = []
    for one in (draft, long):
        with CaptureQueriesContext(
            connection,
        ) as seen:
            client.get(_url("record_edit", one))
        counts.append(len(seen))
    assert counts[0] == counts[1]
