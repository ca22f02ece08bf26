"""A letter on the desk, from the upload to the way out, for the pictures of the documentation."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from playwright.sync_api import Browser, FilePayload, Page, expect

from gongkai.accounts.models import User
from tests.gongkai.office.staff import signed_in
from tests.gongkai.office.test_file_desk import NUMBER, letter

Shot = Callable[[Page, str], None]


def walk_files(browser: Browser, address: str, user: User, width: int, shot: Shot) -> None:
    """Uploads, looks at the findings, marks and blackens, and stands before the gate."""
    context = browser.new_context(viewport={"width": width, "height": 900})
    name = settings.SESSION_COOKIE_NAME
    value = signed_in(user).cookies[name].value
    context.add_cookies([{"name": name, "value": value, "url": address}])
    page = context.new_page()
    page.goto(f"{address}/office/files/")
    shot(page, "files")
    content = letter(f"Reply 2026-0008    ID {NUMBER}    Tel 13800138000", "page 2")
    payload = FilePayload(name="答复.pdf", mimeType="application/pdf", buffer=content)
    page.get_by_label("文件", exact=True).set_input_files(payload)
    page.get_by_role("button", name="收存并检查").click()
    expect(page.get_by_role("heading", name="检查发现")).to_be_visible()
    shot(page, "file-findings")
    page.get_by_role("link", name="遮盖文字").click()
    page.get_by_label("文字", exact=True).fill(NUMBER)
    page.get_by_role("button", name="找出并标上").click()
    expect(page.locator(".mark")).to_have_count(1)
    shot(page, "redaction")
    page.get_by_role("button", name="遮盖全部标出的地方").click()
    expect(page.get_by_text("已遮盖，并证明")).to_be_visible(timeout=60_000)
    shot(page, "file-redacted")
    context.close()
