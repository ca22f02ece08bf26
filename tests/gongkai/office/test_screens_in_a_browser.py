"""Every screen of the office in a real browser: axe at 360 and 1280, nothing sticks out at 320."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext
from pytest_django import Settings

from gongkai.accounts.models import User
from gongkai.accounts.services import link_identity
from gongkai.trail.actors import SYSTEM
from tests.gongkai.databases import CommittedDatabase
from tests.gongkai.office.screens import addresses
from tests.gongkai.office.staff import Staff, signed_in, staffed_county
from tests.gongkai.web.browser import WIDTHS, axe_findings, chromium, overflow, serving

pytestmark = [pytest.mark.needs("browser"), pytest.mark.heavy, pytest.mark.once]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's chromium."""
    with chromium() as found:
        yield found


@pytest.fixture
def served(
    committed_database: CommittedDatabase,
    settings: Settings,
) -> Iterator[tuple[str, Staff]]:
    """The office with its people, on a database of its own."""
    settings.GONGKAI_SECOND_FACTOR_REQUIRED = False
    settings.GONGKAI_OIDC_NAME = "统一身份认证"
    staff = staffed_county()
    link_identity(staff.clerk, by=SYSTEM, at=timezone.now(), provider="main", uid="7f3a" * 40)
    with serving() as address:
        yield address, staff


def as_person(browser: Browser, address: str, user: User, width: int) -> BrowserContext:
    """A window of this person."""
    context = browser.new_context(viewport={"width": width, "height": 900})
    client: Client = signed_in(user)
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": address}])
    return context


def test_axe_finds_nothing_on_any_screen(browser: Browser, served: tuple[str, Staff]) -> None:
    address, staff = served
    found, seen = [], 0
    for width in WIDTHS:
        for user, paths in addresses(staff).items():
            page = as_person(browser, address, user, width).new_page()
            for path in paths:
                answer = page.goto(f"{address}{path}")
                assert answer is not None
                assert answer.status in {200, 403, 404}, path
                found += [f"{width} {path} {one}" for one in axe_findings(page)]
                seen += 1
    print(f"axe: {seen} pages, {len(found)} findings")
    assert found == []
    assert seen >= 60


def test_no_screen_sticks_out_at_320_nor_in_large_print(
    browser: Browser, served: tuple[str, Staff]
) -> None:
    address, staff = served
    wide = {}
    for user, paths in addresses(staff).items():
        context = as_person(browser, address, user, 320)
        page = context.new_page()
        for large in (False, True):
            page.goto(f"{address}/display/?large={int(large)}&next=/office/")
            for path in paths:
                page.goto(f"{address}{path}")
                wide[path, large] = overflow(page)
    print(f"overflow at 320: {len(wide)} pages, widest {max(wide.values())} px")
    assert {key: px for key, px in wide.items() if px} == {}


def test_the_office_is_walked_without_scripts(browser: Browser, served: tuple[str, Staff]) -> None:
    address, staff = served
    client = signed_in(staff.system)
    name = settings.SESSION_COOKIE_NAME
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 800})
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": address}])
    page = context.new_page()
    page.goto(f"{address}/office/")
    page.get_by_role("link", name="菜单", exact=True).click()
    page.get_by_role("link", name="机关", exact=True).click()
    page.get_by_role("link", name="设立机关").click()
    page.get_by_label("机关名称").fill("县数据局")
    page.get_by_label("机关代码").fill("sjj")
    page.get_by_label("机关类别").select_option("department")
    page.get_by_label("上级机关").select_option(label="云溪县人民政府")
    page.get_by_role("button", name="设立机关").click()
    assert page.get_by_role("heading", level=1).inner_text() == "县数据局"
    assert page.get_by_text("已设立县数据局").is_visible()
