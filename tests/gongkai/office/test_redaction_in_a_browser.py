"""The editor of a redaction in a real browser: two hundred pages, mouse and keyboard, saved as one
goes, burnt in, and let out without what was under the boxes."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import BrowserContext, FilePayload, Page, expect
from pytest_django import Settings

from gongkai.files.models import RedactionDraft, Role, StoredFile
from gongkai.trail.actors import SYSTEM
from gongkai.vault.services.masters import ensure_master_key
from tests.gongkai.databases import CommittedDatabase
from tests.gongkai.office.staff import Staff, signed_in, staffed_county
from tests.gongkai.office.test_file_desk import NUMBER, letter
from tests.gongkai.web.browser import axe_findings, chromium, overflow, serving

pytestmark = [pytest.mark.needs("browser"), pytest.mark.heavy, pytest.mark.once]

PAGES = 200


def drag(page: Page, start: tuple[float, float], end: tuple[float, float]) -> None:
    """Draws a box over the sheet, in pixels from its top left."""
    box = page.locator("#sheet img").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + start[0], box["y"] + start[1])
    page.mouse.down()
    page.mouse.move(box["x"] + end[0], box["y"] + end[1], steps=5)
    page.mouse.up()


def test_two_hundred_pages_are_marked_saved_and_blackened(
    committed_database: CommittedDatabase, settings: Settings
) -> None:
    settings.GONGKAI_SECOND_FACTOR_REQUIRED = False
    ensure_master_key(by=SYSTEM, at=timezone.now())
    staff = staffed_county()
    lines = [f"page {n}" + (f" ID {NUMBER}" if n % 50 == 0 else "") for n in range(1, PAGES + 1)]
    with serving() as address, chromium() as browser:
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        _sign_in(context, address, staff)
        page = context.new_page()
        page.goto(f"{address}/office/files/")
        file = FilePayload(name="案卷.pdf", mimeType="application/pdf", buffer=letter(*lines))
        page.get_by_label("文件", exact=True).set_input_files(file)
        page.get_by_role("button", name="收存并检查").click()
        expect(page.get_by_text("必须处理 4")).to_be_visible()
        page.get_by_role("link", name="遮盖文字").click()
        assert axe_findings(page) == []
        # By words: every place at once.
        page.get_by_label("文字", exact=True).fill(NUMBER)
        page.get_by_role("button", name="找出并标上").click()
        expect(page.get_by_text("找到 4 处，已标出")).to_be_visible()
        # By mouse, on the first page; by keyboard, moved and made larger.
        drag(page, (60, 130), (200, 160))
        expect(page.locator("#save-state")).to_have_text("已保存，共标 5 处")
        page.keyboard.press("ArrowRight")
        page.keyboard.press("Shift+ArrowDown")
        page.get_by_role("button", name="加一个框（N）").click()
        expect(page.locator("#save-state")).to_have_text("已保存，共标 6 处")
        page.keyboard.press("Delete")
        expect(page.locator("#save-state")).to_have_text("已保存，共标 5 处")
        assert axe_findings(page) == []
        draft = RedactionDraft.objects.get()
        assert len(draft.instructions["marks"]) == 5
        page.reload()
        page.get_by_label("同样的文字在别处可以保留").check()
        page.get_by_role("button", name="遮盖全部标出的地方").click()
        expect(page.get_by_text("已遮盖，并证明标出的文字不在文件里")).to_be_visible(
            timeout=120_000
        )
        redacted = StoredFile.objects.get(role=Role.REDACTED)
        assert redacted.report["proof"]["reasons"] == []
        page.set_viewport_size({"width": 360, "height": 800})
        assert overflow(page) == 0
        page.go_back()
        assert overflow(page) == 0
    print(f"redaction: {PAGES} pages, {redacted.size} bytes, proof {redacted.report['proof']}")


def _sign_in(context: BrowserContext, address: str, staff: Staff) -> None:
    name = settings.SESSION_COOKIE_NAME
    value = signed_in(staff.clerk).cookies[name].value
    context.add_cookies([{"name": name, "value": value, "url": address}])
