"""The page of components in a real browser: axe, narrow windows, large print, policy."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Route

from tests.gongkai.web.browser import WIDTHS, axe_findings, overflow

pytestmark = [pytest.mark.needs("browser"), pytest.mark.heavy, pytest.mark.once]

_FAULTY = """<!doctype html><html><head><title></title></head><body>
<img src="x.png"><p style="color:#bbb;background:#fff">灰得看不清</p>
<input type="text"><a href="#"></a></body></html>"""


def test_axe_finds_nothing_on_the_components_and_something_on_a_faulty_page(
    browser: Browser, address: str
) -> None:
    found: list[str] = []
    for width in WIDTHS:
        page = browser.new_page(viewport={"width": width, "height": 900})
        page.goto(f"{address}/components/")
        found += [f"{width} {one}" for one in axe_findings(page)]
    control = browser.new_page()
    control.set_content(_FAULTY)
    faults = axe_findings(control)
    print(f"axe: components {len(found)} findings, control {len(faults)}")
    assert found == []
    assert len(faults) >= 4


def test_nothing_sticks_out_down_to_320_pixels_nor_in_large_print(
    browser: Browser, address: str
) -> None:
    sizes = {}
    for width in (320, 360, 768, 1280):
        for large in (False, True):
            context = browser.new_context(viewport={"width": width, "height": 800})
            page = context.new_page()
            page.goto(f"{address}/display/?large={int(large)}&next=/components/")
            sizes[width, large] = overflow(page)
    print(f"overflow by width and large print: {sizes}")
    assert set(sizes.values()) == {0}


def test_large_print_is_a_cookie_that_can_be_taken_back(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(f"{address}/components/")
    normal = _size(page)
    page.get_by_role("link", name="大字版").click()
    assert page.url == f"{address}/components/"
    assert _size(page) >= 18
    assert axe_findings(page) == []
    page.get_by_role("link", name="标准字号").click()
    assert _size(page) == normal


def _size(page: Page) -> float:
    size: float = page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")
    return size


def test_the_policy_lets_no_inline_script_run(browser: Browser, address: str) -> None:
    def console(page: Page) -> list[str]:
        said: list[str] = []

        def hear(message: ConsoleMessage) -> None:
            said.append(message.text)

        page.on("console", hear)
        return said

    page = browser.new_page()
    ours = console(page)
    page.goto(f"{address}/components/")
    planted_page = browser.new_page()
    planted = console(planted_page)

    def plant(route: Route) -> None:
        response = route.fetch()
        body = response.text().replace("<main", "<script>document.title='ran'</script><main", 1)
        route.fulfill(response=response, body=body)

    planted_page.route("**/components/", plant)
    planted_page.goto(f"{address}/components/")
    refused = [text for text in planted if "Content Security Policy" in text]
    print(f"console: ours {len(ours)}, with an inline script planted {len(refused)} refused")
    assert ours == []
    assert len(refused) == 1
    assert planted_page.title() != "ran"


def test_the_summary_of_faults_has_the_focus_and_leads_into_the_field(
    browser: Browser, address: str
) -> None:
    page = browser.new_page()
    page.goto(f"{address}/components/")
    page.wait_for_function("document.activeElement.className.includes('error-summary')")
    page.get_by_role("link", name="身份证号：").click()
    assert page.evaluate("document.activeElement.id") == "id_identity"


def test_every_act_is_reached_by_keyboard_and_the_focus_is_seen(
    browser: Browser, address: str
) -> None:
    page = browser.new_page()
    page.goto(f"{address}/components/?errors=0")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "跳到正文"
    unseen, reached = [], 0
    for _ in range(60):
        page.keyboard.press("Tab")
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
        name = page.evaluate("document.activeElement.tagName")
        if name == "BODY":
            break
        reached += 1
        if outline != "3px":
            unseen.append(name)
    print(f"focus: {reached} stops, {len(unseen)} without a ring")
    assert reached >= 20
    assert unseen == []
