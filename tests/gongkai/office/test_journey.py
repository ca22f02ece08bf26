"""From the first sign-in to the verified trail, in a real browser, on the database of this run."""

from __future__ import annotations

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from gongkai.accounts.models import RoleGrant, User
from gongkai.agencies.models import Agency
from gongkai.calendars import queries as calendars
from gongkai.trail.actors import SYSTEM
from gongkai.trail.models import Row
from gongkai.trail.verification import verify
from gongkai.vault.services.masters import ensure_master_key
from tests.gongkai.databases import CommittedDatabase
from tests.gongkai.office.journey import NUMBER, walk
from tests.gongkai.office.staff import staffed_county
from tests.gongkai.web.browser import chromium, serving

pytestmark = pytest.mark.needs("browser")


def test_from_the_first_sign_in_to_the_verified_trail(
    committed_database: CommittedDatabase,
) -> None:
    ensure_master_key(by=SYSTEM, at=timezone.now())
    staffed_county()
    seen: list[str] = []

    def shot(_page: Page, name: str) -> None:
        seen.append(name)

    with serving() as address, chromium() as browser:
        verdict = walk(browser, address, 1280, shot)
        assert verdict == "留痕完整"
        assert Agency.objects.get(code="sjj").name == "县数据局"
        clerk = User.objects.get(username="linbs")
        assert RoleGrant.objects.get(user=clerk).agency.code == "sjj"
        assert 2027 in calendars.calendar(estimates=False).announced_years
        sentences = [row.sentence for row in Row.objects.order_by("pk")]
        assert any("设立机关“县数据局”" in sentence for sentence in sentences)
        assert any("复核" in one and NUMBER in one for one in sentences)
        result = verify()
    print(f"walk: {len(seen)} screens, {len(sentences)} sentences, {result.chains} chains, sound")
    assert result.sound
