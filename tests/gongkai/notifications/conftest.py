"""A master key, a mail server, a gateway: each switched on by the test that needs it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from gongkai.accounts.models import User
from gongkai.trail.actors import SYSTEM
from gongkai.vault.services import ensure_master_key
from tests.gongkai.notifications.gateway import Desk, gateway
from tests.gongkai.notifications.mail_server import MailBox, mail_server
from tests.gongkai.notifications.people import AT, person


@pytest.fixture(autouse=True)
def _nothing_configured(settings: Settings) -> None:
    settings.GONGKAI_ORIGIN = "https://xxgk.example.gov.cn"
    settings.WEB_SITE_NAME = "云溪县政府信息公开平台"
    settings.GONGKAI_MAIL_URL = settings.GONGKAI_MAIL_FROM = ""
    settings.GONGKAI_WEBHOOK_URL = settings.GONGKAI_WEBHOOK_SECRET = ""
    settings.GONGKAI_WEBHOOK_FORM, settings.GONGKAI_WEBHOOK_PRIVATE = "json", False


@pytest.fixture
def keys(db: None, settings: Settings, tmp_path: Path) -> None:
    """A master key in a folder of this test's own."""
    settings.GONGKAI_HOME = tmp_path
    ensure_master_key(by=SYSTEM, at=AT)


@pytest.fixture
def clerk(keys: None) -> User:
    """Somebody to be told."""
    return person()


@pytest.fixture
def box(settings: Settings) -> Iterator[MailBox]:
    """A mail server in one's own network, and the settings that name it."""
    with mail_server() as found:
        settings.GONGKAI_MAIL_URL = f"smtp+plain://127.0.0.1:{found.port}"
        settings.GONGKAI_MAIL_FROM = "xxgk@example.gov.cn"
        yield found


@pytest.fixture
def desk(settings: Settings) -> Iterator[Desk]:
    """A gateway in one's own network, and the settings that name and allow it."""
    with gateway() as found:
        settings.GONGKAI_WEBHOOK_URL = f"http://127.0.0.1:{found.port}/send?key=s3cret"
        settings.GONGKAI_WEBHOOK_SECRET = "sign with this"
        settings.GONGKAI_WEBHOOK_PRIVATE = True
        yield found
