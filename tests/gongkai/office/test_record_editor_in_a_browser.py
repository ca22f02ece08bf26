"""The editor with its script: what is written is saved by itself; axe and narrow screens."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, expect
from pytest_django import Settings

from gongkai.accounts.services import change_password
from gongkai.disclosure.models import Version
from gongkai.disclosure.services import drafting
from gongkai.trail.actors import SYSTEM
from tests.gongkai.databases import CommittedDatabase
from tests.gongkai.disclosure.chain import CONTENT, Chain
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
    chain = office()
    change_password(chain.drafter, SIGN_IN_WITH, by=SYSTEM, at=timezone.now())
    with serving() as address:
        yield address, chain


def _draft(chain: Chain) -> Version:
    table = "<table><tr><td>户数</td><td>12</td></tr></table>"
    words = {**CONTENT, "body": f"<h2>总则</h2><p>联系人手机 13900001234。</p>{table}"}
    by = chain.actor("drafter")
    return drafting.draft(chain.agency, "procurement", words, by=by, at=timezone.now())


def test_writing_saves_by_itself(browser: Browser, served: tuple[str, Chain]) -> None:
    address, chain = served
    version = _draft(chain)
    page = as_person(browser, address, chain.drafter, 1280).new_page()
    page.goto(f"{address}{reverse('office:record_edit', args=[version.record.public_id])}")
    page.locator(".prose p").first.click()
    page.keyboard.press("End")
    page.keyboard.type("补充一句。")
    expect(page.locator("[data-saved]")).to_contain_text("已保存", timeout=15_000)
    page.keyboard.type("再补一句。")
    expect(page.locator("textarea[data-prose]")).to_have_value(
        "<h2>总则</h2><p>联系人手机 13900001234。补充一句。再补一句。</p>"
        "<table><tbody><tr><td>户数</td><td>12</td></tr></tbody></table>"
    )
    page.get_by_role("button", name="保存", exact=True).last.click()
    page.wait_for_load_state()
    version.refresh_from_db()
    assert "补充一句。再补一句。" in version.body


@pytest.mark.parametrize("width", WIDTHS)
def test_the_screens_are_accessible_and_fit(
    browser: Browser, served: tuple[str, Chain], width: int
) -> None:
    address, chain = served
    pk = _draft(chain).record.public_id
    page = as_person(browser, address, chain.drafter, width).new_page()
    for name, args in (("record_new", []), ("record_edit", [pk]), ("record_submit", [pk])):
        page.goto(f"{address}{reverse(f'office:{name}', args=args)}")
        assert not axe_findings(page), name
        assert not overflow(page), name
