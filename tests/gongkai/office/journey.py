"""One walk through the office in a browser: from the first sign-in to the verified trail.

It clicks and types as people do; the test asserts on it, `make screenshots` takes its pictures.
"""

from __future__ import annotations

import base64
import hmac
import struct
import time
from collections.abc import Callable

from playwright.sync_api import Browser, Page

from tests.gongkai.office.staff import SIGN_IN_WITH

Shot = Callable[[Page, str], None]
HOLIDAYS = """元旦 2027-01-01 2027-01-03
春节 2027-02-05 2027-02-11
清明节 2027-04-03 2027-04-05
劳动节 2027-05-01 2027-05-05
端午节 2027-06-09 2027-06-11
中秋节 2027-09-15 2027-09-17
国庆节 2027-10-01 2027-10-07"""
WORKED = "2027-02-14 2027-05-08 2027-10-09"
NUMBER = "国办发明电〔2026〕9号（示例）"


def fresh_code(secret: str) -> str:
    """A code that still holds when it arrives: near the end of its half minute the next is waited
    for."""
    left = 30 - time.time() % 30
    if left < 5:
        time.sleep(left)
    return one_time_code(secret, time.time())


def one_time_code(secret: str, at: float) -> str:
    """The six digits that an authenticator shows (RFC 6238, SHA-1, 30 seconds)."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.digest(key, struct.pack(">Q", int(at) // 30), "sha1")
    offset = digest[-1] & 15
    number = struct.unpack(">I", digest[offset : offset + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"


def sign_in_first(page: Page, address: str, username: str, shot: Shot) -> None:
    """Name and password, then the second factor is set up, then the recovery codes."""
    page.goto(f"{address}/office/")
    shot(page, "sign-in")
    page.get_by_label("登录名").fill(username)
    page.get_by_label("口令", exact=True).fill(SIGN_IN_WITH)
    page.get_by_role("button", name="下一步：第二重验证").click()
    page.goto(f"{address}/accounts/2fa/totp/activate/")
    secret = page.locator(".codes-one").inner_text().strip()
    picture = page.get_by_alt_text("绑定验证器的二维码")
    if not picture.evaluate("image => image.naturalWidth"):
        raise AssertionError("二维码没有画出来")
    shot(page, "second-factor")
    page.get_by_label("动态口令").fill(fresh_code(secret))
    page.get_by_role("button", name="绑定验证器").click()
    shot(page, "recovery-codes")
    page.goto(f"{address}/office/")


def found_an_agency(page: Page, address: str, shot: Shot) -> None:
    """The system administrator founds a body and opens an account."""
    shot(page, "work-list")
    page.goto(f"{address}/office/agencies/")
    shot(page, "agencies")
    page.get_by_role("link", name="设立机关").click()
    page.get_by_label("机关名称").fill("县数据局")
    page.get_by_role("button", name="设立机关").click()
    shot(page, "agency-new-with-faults")
    page.get_by_label("机关代码").fill("sjj")
    page.get_by_label("机关类别").select_option("department")
    page.get_by_label("上级机关").select_option(label="云溪县人民政府")
    page.get_by_label("依据").fill("云编发〔2026〕3号")
    page.get_by_role("button", name="设立机关").click()
    shot(page, "agency")
    page.goto(f"{address}/office/people/")
    shot(page, "people")
    page.get_by_role("link", name="开通账号").click()
    page.get_by_label("姓名").fill("林办事")
    page.get_by_label("登录名").fill("linbs")
    page.get_by_role("button", name="开通账号").click()
    shot(page, "one-time-password")


def give_a_duty(page: Page, address: str, shot: Shot) -> None:
    """The security administrator makes the new person a case handler."""
    page.goto(f"{address}/office/people/?q=林办事")
    page.get_by_role("link", name="林办事").click()
    page.get_by_role("link", name="授予角色").first.click()
    page.get_by_label("机关").select_option(label="县数据局")
    page.get_by_label("角色").select_option(label="承办人")
    page.get_by_role("button", name="授予角色").click()
    shot(page, "person")


def enter_a_notice(page: Page, address: str, shot: Shot) -> str:
    """The disclosure officer enters next year's notice; gives its address."""
    page.goto(f"{address}/office/calendar/new/")
    page.get_by_label("年度").fill("2027")
    page.get_by_label("文号").fill(NUMBER)
    page.get_by_label("成文日期").fill("2026-11-20")
    page.get_by_label("放假").fill(HOLIDAYS)
    page.get_by_label("调休上班").fill(WORKED)
    page.get_by_role("button", name="先看结果，再保存").click()
    shot(page, "notice-preview")
    page.get_by_role("button", name="保存，等第二个人复核").click()
    shot(page, "notice-pending")
    return page.url


def confirm_the_notice(page: Page, notice: str, address: str, shot: Shot) -> None:
    """Another person compares it with the original and puts it in force."""
    page.goto(notice)
    page.get_by_role("link", name="核对后确认生效").click()
    shot(page, "notice-confirm")
    page.get_by_role("button", name="确认生效").click()
    page.goto(f"{address}/office/calendar/?year=2027")
    shot(page, "calendar")


def read_the_trail(page: Page, address: str, shot: Shot) -> str:
    """The audit administrator reads the sentences and verifies the chains; gives the verdict."""
    page.goto(f"{address}/office/trail/")
    shot(page, "trail")
    page.get_by_role("button", name="核对全部留痕").click()
    shot(page, "trail-verified")
    return page.get_by_role("heading", level=1).inner_text()


def walk(browser: Browser, address: str, width: int, shot: Shot) -> str:
    """The whole walk, each person in a window of his own; gives the verdict on the trail."""

    def window(username: str, picture: Shot) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 800}, locale="zh-CN", reduced_motion="reduce"
        )
        page = context.new_page()
        page.set_default_timeout(10_000)
        sign_in_first(page, address, username, picture)
        return page

    def none(_page: Page, _name: str) -> None:
        """No picture of the same screen twice."""

    system = window("system", shot)
    found_an_agency(system, address, shot)
    give_a_duty(window("security", none), address, shot)
    notice = enter_a_notice(window("officer", none), address, shot)
    confirm_the_notice(system, notice, address, shot)
    system.goto(f"{address}/office/jobs/")
    shot(system, "jobs")
    return read_the_trail(window("audit", none), address, shot)
