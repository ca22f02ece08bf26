"""Offices as processes of their own that trust a provider, and visitors who go there and back."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path

import requests
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.utils import timezone

from gongkai.accounts import services
from gongkai.accounts.models import User
from gongkai.accounts.queries import actor_for
from gongkai.trail.actors import SYSTEM
from gongkai.trail.models import Row
from tests.gongkai.accounts.people import PASSWORD

SERVE = (sys.executable, "-m", "gongkai.site.cli", "serve", "--no-worker", "--port")
UNGUARDED = (sys.executable, "-m", "tests.gongkai.accounts.unguarded")
LOGIN, FACTOR = "/accounts/login/", "/accounts/2fa/authenticate/"
SET_UP = "/accounts/2fa/totp/activate/"
ROOT = Path(__file__).parents[3]
_numbers = count(1)


@contextmanager
def office(command: tuple[str, ...], variables: Mapping[str, str]) -> Iterator[str]:
    """A process that serves; gives its address once it answers."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    log = Path(variables["GONGKAI_TEST_HOME"]) / f"office-{port}.log"
    with log.open("wb") as lines:
        process = subprocess.Popen(
            [*command, str(port)], env=dict(variables), cwd=ROOT, stdout=lines, stderr=lines
        )
        try:
            _wait_for(process, f"http://127.0.0.1:{port}/healthz", log)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(timeout=60)


def _wait_for(process: subprocess.Popen[bytes], address: str, log: Path) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and process.poll() is None:
        try:
            if requests.get(address, timeout=5).status_code == 200:
                return
        except requests.RequestException:
            time.sleep(0.1)
    raise AssertionError(log.read_text(encoding="utf-8", errors="replace"))


class Person:
    """An account with its identity at the provider and, unless said otherwise, a second factor."""

    def __init__(self, *, tied: bool = True, factor: bool = True) -> None:
        number, at = next(_numbers), timezone.now()
        self.name, self.subject = f"person{number}", f"sub-of-{number}"
        self.user = services.create_user(
            by=SYSTEM, at=at, username=self.name, display_name=self.name
        ).user
        services.change_password(self.user, PASSWORD, by=actor_for(self.user), at=at)
        self.secret = generate_totp_secret()
        if factor:
            TOTP.activate(self.user, self.secret)
        if tied:
            services.link_identity(self.user, by=SYSTEM, at=at, provider="main", uid=self.subject)

    def code(self) -> str:
        """The code of now, and not one that ends before it is typed."""
        time.sleep(max(0.0, time.time() % 30 - 27))
        return str(format_hotp_value(hotp_value(self.secret, int(time.time()) // 30)))

    def told(self) -> list[str]:
        """What the trail says of this person's sign-ins."""
        rows = Row.objects.filter(
            subject_id=str(self.user.pk), event__startswith="accounts.signed_in"
        )
        return [row.sentence for row in rows.order_by("pk")]

    def fresh(self) -> User:
        """The account as it is stored now."""
        return User.objects.get(pk=self.user.pk)


class Visitor(requests.Session):
    """A browser that takes one step at a time."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address

    def open(self, path: str) -> requests.Response:
        """A page of the office; not the one it sends to."""
        return self.get(f"{self.address}{path}", allow_redirects=False, timeout=30)

    def submit(self, path: str, **said: str) -> requests.Response:
        """A form of the office, with the key of its sign-in page or of its own."""
        page = self.open(LOGIN if path.startswith("/accounts/oidc/") else path)
        if page.status_code != 200:  # whoever is on the way in, or in, has other pages with a form
            page = self.open(FACTOR)
        if page.status_code != 200:
            page = self.open("/accounts/logout/")
        found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.text)
        assert found is not None, page.text
        said["csrfmiddlewaretoken"] = found[1]
        return self.post(f"{self.address}{path}", data=said, allow_redirects=False, timeout=30)

    def leave(self, query: str = "process=login") -> str:
        """Presses the button; where at the provider it leads."""
        answer = self.submit(f"/accounts/oidc/main/login/?{query}")
        assert answer.status_code == 302, (answer.status_code, answer.text)
        return answer.headers["Location"]

    def visit(self, address: str) -> str:
        """Is at the provider; where it sends back to."""
        answer = self.get(address, allow_redirects=False, timeout=30)
        assert answer.status_code == 302, (answer.status_code, answer.text)
        return answer.headers["Location"]

    def back(self, address: str) -> requests.Response:
        """Comes back to the office."""
        return self.get(address, allow_redirects=False, timeout=30)

    def there_and_back(self, query: str = "process=login") -> requests.Response:
        """The whole way; the office's answer at its end."""
        return self.back(self.visit(self.leave(query)))

    def is_in(self) -> bool:
        """Whether the office opens."""
        return self.open("/office/").status_code == 200


def believed(answer: requests.Response) -> bool:
    """Whether the office took the provider's word and asks for the second factor next."""
    return answer.status_code == 302 and answer.headers["Location"] == FACTOR


def refused(answer: requests.Response) -> bool:
    """Whether the office says with a page of its own that nobody signed in."""
    return answer.status_code == 403 and "没有登录" in answer.text
