"""Takes the pictures of docs/screenshots: the walk of the office tests at 1280 and 360 pixels.

On a database of its own that is thrown away; names and numbers are fictional.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "docs" / "screenshots"
WIDTHS = (1280, 360)


def main() -> int:
    """Fills a fresh installation and walks through it, once for each width."""
    sys.path.insert(0, str(ROOT))
    os.environ["DJANGO_SETTINGS_MODULE"] = "gongkai.site.settings.testing"
    os.environ.pop("GONGKAI_DATABASE_URL", None)
    TARGET.mkdir(parents=True, exist_ok=True)
    for old in TARGET.glob("*.png"):
        if not old.name.startswith("report-check-"):  # scripts/screenshots.sh takes these
            old.unlink()
    for width in WIDTHS:
        if os.fork() == 0:  # Django is set up once in a process, each width has its own database
            os._exit(_width(width))
        _, status = os.wait()
        if status:
            return 1
    print(f"{len(list(TARGET.glob('*.png')))} 张图在 {TARGET.relative_to(ROOT)}")
    return 0


def _width(width: int) -> int:
    with tempfile.TemporaryDirectory() as home:
        os.environ["GONGKAI_TEST_HOME"] = home
        _prepare(Path(home))
        _walk(width)
    return 0


def _prepare(home: Path) -> None:
    import django

    django.setup()
    from django.core.management import call_command
    from django.utils import timezone
    from tests.gongkai.office.staff import staffed_county

    from gongkai.trail.actors import SYSTEM
    from gongkai.vault.services.masters import ensure_master_key

    (home / "static").mkdir()
    call_command("migrate", verbosity=0)
    ensure_master_key(by=SYSTEM, at=timezone.now())
    staffed_county()
    _stop_a_job()


def _stop_a_job() -> None:
    """One stopped row, so that the screen of jobs shows what it is for."""
    from django.db import transaction
    from django.utils import timezone

    from gongkai.jobs import registry, services

    at = timezone.now()
    with transaction.atomic():
        services.enqueue(registry.registered()[0].name, arguments={}, at=at)
    lease = services.claim(worker="worker-1", at=at)
    if lease is not None:
        services.give_back(lease, at=at, reason="磁盘只剩 1%，没有写", final=True)


def _walk(width: int) -> None:
    from django.conf import settings
    from playwright.sync_api import Page
    from tests.gongkai.office.file_journey import walk_files
    from tests.gongkai.office.journey import walk
    from tests.gongkai.web.browser import chromium, serving

    from gongkai.accounts.models import User

    def shot(page: Page, name: str) -> None:
        page.screenshot(path=TARGET / f"{name}-{width}.png", full_page=True)

    with serving() as address, chromium() as browser:
        walk(browser, address, width, shot)
        settings.GONGKAI_SECOND_FACTOR_REQUIRED = False  # shown once, in the walk before
        walk_files(browser, address, User.objects.get(username="clerk"), width, shot)
        context = browser.new_context(viewport={"width": width, "height": 800})
        page = context.new_page()
        page.goto(f"{address}/components/")
        shot(page, "components")
        page.goto(f"{address}/display/?large=1&next=/accounts/login/")
        shot(page, "large-print")


if __name__ == "__main__":
    sys.exit(main())
