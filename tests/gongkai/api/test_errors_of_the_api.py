"""Every error has the one form, says in Chinese what is wrong, and names the field."""

from __future__ import annotations

import json
import logging
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from pytest_django import Settings

from gongkai.disclosure.models import Record
from tests.gongkai.api.oa import DRAFT, ID, RECORDS, Oa, Reply

FORM = {"code", "message", "field", "where", "id", "more"}
UNKNOWN = f"{RECORDS}/6f1c1f5e-7a57-4a6a-9f5e-1f2f3a4b5c6d"


def said(reply: Reply) -> tuple[int, str, str, str]:
    """Status, code, field and place, of an error that has the form."""
    assert set(reply.body) == FORM
    assert reply.body["message"]
    assert all(set(one) == {"message", "field", "where"} for one in reply.body["more"])
    assert reply.body["id"] == reply.headers["X-Request-Id"] != ""
    assert reply.headers["Content-Type"].startswith("application/json")
    return reply.status, reply.body["code"], reply.body["field"], reply.body["where"]


@pytest.mark.parametrize(
    ("change", "field", "sentence"),
    [
        ({"formed_on": "2026-02-30"}, "formed_on", "而且要有这一天"),
        ({"formed_on": "2026年3月5日"}, "formed_on", "须写作“2026-03-05”"),
        ({"formed_on": 20260305}, "formed_on", "须写作“2026-03-05”"),
        ({"formed_on": "20260305"}, "formed_on", "须写作“2026-03-05”"),
        ({"kind": "poem"}, "kind", "须为normative、document"),
        ({"kind": "guide"}, "kind", "须为normative、document"),
        ({"category": "p99"}, "category", "之一"),
        ({"attribute": "public"}, "attribute", "须为proactive、on_request、withheld之一"),
        ({"grounds": ["regulations#999"]}, "grounds.0", "没有这一条款"),
        ({"title": ""}, "title", "不能是空的"),
        ({"title": "标" * 301}, "title", "不超过300字"),
        ({"title": "标\u0000题"}, "title", "不能使用的字符"),
        ({"title": "标\ud800题"}, "title", "不能使用的字符"),
        ({"title": 7}, "title", "须为文字"),
        ({"submit": "yes"}, "submit", "须为 true 或者 false"),
        ({"details": []}, "details", "须为对象"),
        ({"external_no": ID}, "external_no", "身份证号码"),
        ({"published_at": "2026-03-05"}, "published_at", "没有这一项，不能写"),
        ({"index_no": "1"}, "index_no", "没有这一项，不能写"),
        ({"live": 1}, "live", "没有这一项，不能写"),
    ],
)
def test_a_wrong_field_is_named(change: dict[str, Any], field: str, sentence: str, oa: Oa) -> None:
    reply = oa.post(RECORDS, DRAFT | change)
    assert said(reply) == (422, "invalid", field, "body")
    assert sentence in reply.body["message"]
    assert Record.objects.count() == 0
    assert oa.post(RECORDS, DRAFT).status == 201  # the control


def test_all_wrong_fields_are_named_at_once(oa: Oa) -> None:
    reply = oa.post(RECORDS, {"kind": "document", "formed_on": "x", "cleared": True})
    fields = [reply.body["field"], *(one["field"] for one in reply.body["more"])]
    assert set(fields) == {"title", "formed_on", "cleared"}


@pytest.mark.parametrize(
    "raw",
    [
        '{"title":', "\xff\xfe", '{"kind":"document","title":"a","title":"b"}',
        '{"kind":"document","title":"a","details":{"year":NaN}}', "[" * 100_000,
        '{"details":' * 30 + "1" + "}" * 30, '{"title":' + "9" * 5000 + "}",
    ],
    ids=["半截", "不是 UTF-8", "一项两次", "NaN", "太深", "二十层以上", "数字太长"],
)  # fmt: skip
def test_json_that_is_none_is_refused(raw: str, oa: Oa) -> None:
    reply = oa.post(RECORDS, raw=raw.encode("latin-1"))
    assert said(reply) == (400, "malformed", "", "body")


@pytest.mark.parametrize("raw", ["[]", "1", '"x"', "null"])
def test_json_of_another_shape_is_refused(raw: str, oa: Oa) -> None:
    assert said(oa.post(RECORDS, raw=raw))[:2] == (422, "invalid")


def test_where_a_request_goes_wrong_outside_its_body(oa: Oa) -> None:
    nothing = oa.ask("GET", UNKNOWN)
    assert said(nothing) == (404, "not_found", "", "")
    assert said(oa.get("/api/v1/nothing")) == (404, "no_such_address", "", "")
    assert said(oa.get(f"{RECORDS}/%0A%C2%88")) == (404, "no_such_address", "", "")
    assert said(oa.get(f"{RECORDS}/17")) == (404, "no_such_address", "", "")
    assert said(oa.get(f"{RECORDS}?page=0")) == (422, "invalid", "page", "query")
    keyless = oa.ask("POST", RECORDS, DRAFT)
    assert said(keyless) == (422, "invalid", "Idempotency-Key", "header")
    short = oa.post(RECORDS, DRAFT, Idempotency_Key="1")
    assert said(short) == (422, "invalid", "Idempotency-Key", "header")
    form = oa.post(RECORDS, raw="title=x", kind="application/x-www-form-urlencoded")
    assert said(form) == (415, "wrong_type", "Content-Type", "header")
    large = oa.post(RECORDS, DRAFT | {"body": "长" * 800_000})
    assert said(large) == (413, "too_large", "", "")
    tokenless = oa.get(RECORDS, Authorization="")
    assert said(tokenless) == (401, "no_token", "", "")
    assert tokenless.headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize("method", ["PUT", "DELETE", "HEAD", "OPTIONS", "TRACE", "PURGE"])
def test_what_is_not_offered_is_405_with_what_is(method: str, oa: Oa) -> None:
    address = oa.draft()
    got = oa.client.generic(method, address, headers={"Authorization": f"Bearer {oa.secret.shown}"})
    assert got.status_code == 405
    assert got.headers["Allow"] == "GET, PATCH"
    assert method == "HEAD" or set(json.loads(got.content)) == FORM


def test_a_session_opens_nothing_here(oa: Oa) -> None:
    browser = Client()
    browser.force_login(oa.token.user)
    said_by_browser = json.dumps(DRAFT)
    headers = {"Idempotency-Key": "browser-1"}
    got = browser.post(RECORDS, said_by_browser, "application/json", headers=headers)
    assert got.status_code in {302, 401}  # 302: to what the session owes first
    assert Record.objects.count() == 0
    assert oa.post(RECORDS, DRAFT).status == 201


def test_a_fault_of_ours_is_in_the_form_and_its_words_are_not_in_the_log(
    oa: Oa, caplog: pytest.LogCaptureFixture, settings: Settings
) -> None:
    address = oa.draft()
    for debug in (False, True):
        settings.DEBUG = debug

        def broken(*_args: object) -> None:
            raise RuntimeError(f"王某某 {ID}")

        with connection.execute_wrapper(broken), caplog.at_level(logging.DEBUG):
            reply = oa.get(address)
        assert said(reply) == (500, "broken", "", "")
        assert ID not in str(reply.body) + caplog.text
        assert f"request {reply.body['id']} failed: RuntimeError" in caplog.text
    assert oa.get(address).status == 200
