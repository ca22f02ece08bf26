"""Forms as they are drawn, headers of every answer, large print, words, difference of drafts."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from gongkai.web import wording
from gongkai.web.difference import Change, difference
from gongkai.web.display import LARGE_PRINT, day_kind
from gongkai.web.gallery import SampleForm
from gongkai.web.headers import SecurityHeaders, content_security_policy
from statute.calendars import national_calendar


def test_a_field_has_its_error_between_label_and_field_and_is_described_by_it() -> None:
    drawn = str(SampleForm({"identity": "33000000000000000", "agency": "1"}))
    label, error, field = (
        drawn.index('<label for="id_identity">'),
        drawn.index('id="id_identity_error"'),
        drawn.index('name="identity"'),
    )
    assert label < error < field
    assert 'aria-describedby="id_identity_helptext id_identity_error"' in drawn
    assert "还有 2 处要改，改好才能提交" in drawn
    assert 'href="#id_identity"' in drawn
    assert 'href="#id_way_0"' in drawn
    assert "<fieldset" in drawn


def test_only_optional_fields_are_marked() -> None:
    drawn = str(SampleForm())
    assert drawn.count("可不填") == 3
    assert "error-summary" not in drawn


def test_an_empty_field_is_told_in_the_words_of_the_house() -> None:
    form = SampleForm({})
    assert form.errors["identity"] == ["还没有填"]


def test_what_was_typed_is_never_drawn_as_markup() -> None:
    drawn = str(SampleForm({"identity": "<script>alert(1)</script>", "year": "<b>"}))
    assert "<script>" not in drawn
    assert "<b>" not in drawn


def headers_of(response: HttpResponse) -> dict[str, str]:
    """What the middleware makes of an answer."""

    def view(_request: HttpRequest) -> HttpResponse:
        return response

    return dict(SecurityHeaders(view)(RequestFactory().get("/")).headers)


def test_every_answer_carries_the_headers_and_is_not_stored() -> None:
    found = headers_of(HttpResponse("x"))
    assert found["Cache-Control"] == "no-store"
    assert found["X-Content-Type-Options"] == "nosniff"
    assert found["Referrer-Policy"] == "same-origin"
    policy = found["Content-Security-Policy"]
    assert "unsafe-" not in policy
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy


def test_a_view_may_say_that_it_can_be_cached() -> None:
    found = headers_of(HttpResponse("x", headers={"Cache-Control": "public, max-age=60"}))
    assert found["Cache-Control"] == "public, max-age=60"


def test_an_identity_provider_may_be_named_as_the_target_of_a_form() -> None:
    assert "form-action 'self' https://id.example;" in content_security_policy(
        ("https://id.example",)
    )


@pytest.mark.parametrize(
    ("target", "goes_to"),
    [
        ("/components/", "/components/"),
        ("https://elsewhere.example/", "/"),
        ("//elsewhere.example/", "/"),
        ("javascript:alert(1)", "/"),
    ],
)
def test_the_switch_of_large_print_leads_nowhere_else(target: str, goes_to: str) -> None:
    answer = Client().get("/display/", {"large": "1", "next": target})
    assert answer["Location"] == goes_to
    cookie = answer.cookies[LARGE_PRINT]
    assert (cookie.value, cookie["httponly"], cookie["samesite"]) == ("1", True, "Lax")


def test_large_print_is_one_class_on_the_same_page() -> None:
    client = Client()
    assert 'class="large-print"' not in client.get("/components/").content.decode()
    client.get("/display/", {"large": "1"})
    assert 'class="large-print"' in client.get("/components/").content.decode()
    client.get("/display/")
    assert 'class="large-print"' not in client.get("/components/").content.decode()


def test_pages_hold_no_inline_script_style_or_handler() -> None:
    page = Client().get("/components/").content.decode()
    for forbidden in (" style=", "<style", " onclick=", "javascript:", "<script>"):
        assert forbidden not in page


def test_dates_read_as_a_clerk_says_them() -> None:
    day, today = date(2026, 3, 25), date(2026, 3, 24)
    assert wording.day_in_words(day, today) == "3月25日 星期三"
    assert wording.day_in_words(date(2027, 1, 4), today) == "2027年1月4日 星期一"
    assert wording.near_day(day, today) == "明天，3月25日 星期三"
    assert wording.long_day(day) == "2026年3月25日"
    assert wording.span(day, day) == "3月25日"
    assert wording.moment(datetime(2026, 3, 10, 1, 5, tzinfo=UTC)) == "2026-03-10 09:05"
    assert wording.count(1204) == "1,204"


def test_a_day_is_named_by_the_calendar() -> None:
    calendar = national_calendar()
    assert day_kind(date(2026, 2, 14), calendar) == "工作日"
    assert day_kind(date(2026, 2, 17), calendar) == "休息日"
    unknown = date(max(calendar.announced_years) + 1, 7, 1)
    assert "暂定" in day_kind(unknown, calendar)


def test_a_difference_replaces_numbers_as_a_whole() -> None:
    [paragraph] = difference("应当在60日内完成。", "应当在90日内完成。")
    changed = [(piece.change, piece.text) for piece in paragraph.pieces]
    assert (Change.DELETED, "60") in changed
    assert (Change.INSERTED, "90") in changed


def test_a_difference_keeps_both_texts() -> None:
    old, new = "一\n二\n三\n四", "一\n贰\n三\n四\n五"
    pieces = [piece for paragraph in difference(old, new) for piece in paragraph.pieces]
    before = "".join(p.text for p in pieces if p.change is not Change.INSERTED)
    after = "".join(p.text for p in pieces if p.change is not Change.DELETED)
    assert (before, after) == (old.replace("\n", ""), new.replace("\n", ""))


def test_paragraphs_that_went_or_came_are_told_as_a_whole() -> None:
    shorter = difference("一\n二\n三", "壹")
    assert [p.number for p in shorter] == [1, 0, 0]
    longer = difference("一", "壹\n贰")
    assert [p.changed for p in longer] == [True, True]
