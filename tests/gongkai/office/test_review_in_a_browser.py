"""Several records reviewed in one sitting by keyboard, and the screens of review under axe."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser
from pytest_django import Settings

from gongkai.accounts.services import change_password
from gongkai.disclosure.models import Review, Version
from gongkai.disclosure.services import drafting
from gongkai.trail.actors import SYSTEM
from tests.gongkai.databases import CommittedDatabase
from tests.gongkai.disclosure.chain import CONTENT, Chain, passed
from tests.gongkai.disclosure.documents import office
from tests.gongkai.office.staff import SIGN_IN_WITH
from tests.gongkai.office.test_screens_in_a_browser import as_person
from tests.gongkai.web.browser import WIDTHS, axe_findings, chromium, overflow, serving

pytestmark = [pytest.mark.needs("browser"), pytest.mark.heavy, pytest.mark.once]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's chromium."""
    with chromium() as found:
        yield found


@pytest.fixture
def served(
    committed_database: CommittedDatabase, settings: Settings
) -> Iterator[tuple[str, Chain]]:
    """The chain of the office, on a database of its own."""
    settings.GONGKAI_SECOND_FACTOR_REQUIRED = False
    now = timezone.now()
    chain = office()
    for user in (chain.section, chain.officer):
        change_password(user, SIGN_IN_WITH, by=SYSTEM, at=now)
    with serving() as address:
        yield address, chain


def submitted(chain: Chain, title: str) -> Version:
    by, at = chain.actor("drafter"), timezone.now()
    version = drafting.draft(chain.agency, "document", {**CONTENT, "title": title}, by=by, at=at)
    return drafting.submit(version, revision=version.record.revision, by=by, at=at)


def test_three_records_are_passed_in_one_sitting_by_keyboard(
    browser: Browser, served: tuple[str, Chain]
) -> None:
    address, chain = served
    titles = ["第一件", "第二件", "第三件"]
    for title in titles:
        submitted(chain, title)
    page = as_person(browser, address, chain.section, 1280).new_page()
    page.goto(f"{address}{reverse('office:review_desk')}")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/records/*/review/")
    read = []
    for _ in titles:
        read.append(page.locator("h1").inner_text())
        page.keyboard.press("p")
        with page.expect_navigation():
            page.keyboard.press("Enter")
    assert read == titles
    assert page.url.endswith(reverse("office:review_desk"))
    assert Review.objects.filter(step="section", verdict="pass").count() == 3


def test_j_and_k_walk_the_desk_and_letters_in_a_field_stay_letters(
    browser: Browser, served: tuple[str, Chain]
) -> None:
    address, chain = served
    first, _ = submitted(chain, "第一件"), submitted(chain, "第二件")
    page = as_person(browser, address, chain.section, 1280).new_page()
    page.goto(f"{address}{reverse('office:review', args=[first.record.public_id])}")
    with page.expect_navigation():
        page.keyboard.press("j")
    assert page.locator("h1").inner_text() == "第二件"
    with page.expect_navigation():
        page.keyboard.press("k")
    assert page.locator("h1").inner_text() == "第一件"
    field = page.get_by_label("意见")
    field.fill("")
    field.press_sequentially("jkp")
    assert field.input_value() == "jkp"
    assert page.locator("h1").inner_text() == "第一件"


def test_axe_finds_nothing_and_nothing_sticks_out(
    browser: Browser, served: tuple[str, Chain]
) -> None:
    address, chain = served
    first = submitted(chain, "在审的一件")
    cleared = passed(chain, submitted(chain, "已经通过的一件"))
    args = [first.record.public_id]
    paths = {
        chain.section: [
            reverse("office:review_desk"),
            reverse("office:review", args=args),
            reverse("office:review_return", args=args),
            reverse("office:review_refer", args=args),
        ],
        chain.officer: [
            reverse("office:review_rule"),
            reverse("office:record_publish", args=[cleared.record.public_id]),
            reverse("office:record_plan", args=[cleared.record.public_id]),
        ],
    }
    found, wide, seen = [], {}, 0
    for width in (*WIDTHS, 320):
        for user, addresses in paths.items():
            page = as_person(browser, address, user, width).new_page()
            for path in addresses:
                answer = page.goto(f"{address}{path}")
                assert answer is not None
                assert answer.status == 200, path
                found += [f"{width} {path} {one}" for one in axe_findings(page)]
                wide[path, width] = overflow(page)
                seen += 1
    assert found == []
    assert {key: px for key, px in wide.items() if px} == {}
    assert seen == 21
