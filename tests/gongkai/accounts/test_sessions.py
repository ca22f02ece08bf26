"""Limits of a session: half an hour idle, twelve hours at all, only with stamps of a sign-in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from pytest_django import Settings

from gongkai.accounts.sign_in import SIGNED_IN_AT
from gongkai.trail.models import Row
from tests.gongkai.accounts.people import opened, signed_in

START = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


def visits(browser: Client, *minutes: float) -> list[int]:
    answers = []
    for minute in minutes:
        with time_machine.travel(START + timedelta(minutes=minute), tick=False):
            answers.append(browser.get("/office/").status_code)
    return answers


@pytest.fixture
def browser(db: None) -> Client:
    with time_machine.travel(START, tick=False):
        return signed_in(opened("zhang.san"))


def test_a_session_ends_after_half_an_hour_without_use(browser: Client) -> None:
    assert visits(browser, 29, 58, 87, 117) == [200, 200, 200, 302]


def test_a_session_ends_after_twelve_hours_however_busy(browser: Client) -> None:
    quarter_hours = [15 * number for number in range(1, 48)]
    assert set(visits(browser, *quarter_hours)) == {200}
    assert visits(browser, 12 * 60) == [302]


def test_the_end_by_time_leads_to_the_sign_in_page_and_back_and_is_told(browser: Client) -> None:
    with time_machine.travel(START + timedelta(minutes=31), tick=False):
        answer = browser.get("/office/people/?q=1")
    assert answer["Location"] == "/accounts/login/?next=%2Foffice%2Fpeople%2F%3Fq%3D1&expired=1"
    assert Row.objects.filter(event="accounts.signed_out").count() == 1
    assert "_auth_user_id" not in browser.session


def test_the_limits_are_settings(browser: Client, settings: Settings) -> None:
    settings.GONGKAI_SESSION_IDLE = timedelta(minutes=15)
    assert visits(browser, 14, 28, 44) == [200, 200, 302]


def test_a_session_without_stamps_is_none(browser: Client) -> None:
    with time_machine.travel(START, tick=False):
        session = browser.session
        del session[SIGNED_IN_AT]
        session.save()
    assert visits(browser, 1) == [302]


def test_a_partial_page_is_led_away_as_a_whole(browser: Client) -> None:
    with time_machine.travel(START + timedelta(minutes=31), tick=False):
        answer = browser.get("/office/", headers={"HX-Request": "true"})
    assert answer.status_code == 204
    assert answer["HX-Redirect"].startswith("/accounts/login/")


def test_the_session_cookie_is_closed_to_scripts_and_strangers(browser: Client) -> None:
    with time_machine.travel(START + timedelta(minutes=2), tick=False):
        cookie = browser.get("/office/").cookies["gongkai_office"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert not cookie["max-age"]
