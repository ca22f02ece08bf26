"""The one place that reads environment variables, typed.

What cannot be read is not raised here: it is kept as a Problem and said by a numbered system check
(gongkai.site.checks), so that all mistakes are told at once and with a hint.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeVar
from urllib.parse import SplitResult, urlsplit

from gongkai.accounts.configuration import is_provider_address, origin_of
from gongkai.notifications.configuration import MAIL_SCHEMES, forms

KEY_FILE = "secret.key"
PASSWORD_POLICIES = ("dengbao3", "asvs5")
CIPHERS = ("aes-256-gcm", "sm4-gcm")
LOG_LEVELS = ("INFO", "DEBUG", "WARNING", "ERROR")
LOOPBACK = ("127.0.0.1", "localhost", "::1")

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Problem:
    """A variable whose value cannot be used: what was read, and what would be right."""

    variable: str
    value: str
    expected: str


@dataclass(frozen=True, slots=True)
class Outgoing:
    """How messages leave the office; empty addresses are ways that this installation has not."""

    mail_url: str
    mail_from: str
    webhook_url: str
    webhook_form: str
    webhook_secret: str
    webhook_private: bool


@dataclass(frozen=True, slots=True)
class Environment:
    """What differs between installations; docs/operations/settings.md lists every variable."""

    home: Path
    name: str
    origin: str
    hosts: tuple[str, ...]
    secret_key: str
    secret_key_fallbacks: tuple[str, ...]
    database_url: str
    owner_database_url: str
    database_role: str
    redis_url: str
    behind_proxy: bool
    threads: int
    password_policy: str
    second_factor: bool
    cipher: str
    clamd: str
    oidc_url: str
    oidc_client: str
    oidc_secret: str
    oidc_name: str
    oidc_second_factor: bool
    demonstration: bool
    log_level: str
    outgoing: Outgoing
    problems: tuple[Problem, ...] = ()

    @property
    def https(self) -> bool:
        """Whether people reach the installation over TLS."""
        return self.origin.startswith("https://")

    @property
    def oidc_origin(self) -> str:
        """Scheme, host and port of the identity provider, empty where there is none."""
        return origin_of(self.oidc_url) if self.oidc_url else ""

    @property
    def host(self) -> str:
        """The host name of the public address."""
        return _split(self.origin).hostname or ""


def read_environment(variables: Mapping[str, str]) -> Environment:
    """Reads every GONGKAI_… variable once; what is wrong is collected, not raised."""
    read = _Reader(variables, [])
    home = Path(read.text("GONGKAI_HOME", "var")).expanduser().resolve()
    origin = read.address("GONGKAI_ORIGIN", "http://127.0.0.1:8000", ("https", "http"))
    host = _split(origin).hostname or ""
    database_url = read.address("GONGKAI_DATABASE_URL", "", ("postgresql", "postgres"))
    return Environment(
        home=home,
        name=read.text("GONGKAI_NAME", "政府信息公开平台"),
        origin=origin.rstrip("/"),
        hosts=read.words("GONGKAI_HOSTS", ",".join(LOOPBACK if host in LOOPBACK else (host,))),
        secret_key=read.text("GONGKAI_SECRET_KEY", _stored(home / KEY_FILE)),
        secret_key_fallbacks=read.words("GONGKAI_SECRET_KEY_FALLBACKS", ""),
        database_url=database_url,
        owner_database_url=read.address(
            "GONGKAI_OWNER_DATABASE_URL", database_url, ("postgresql", "postgres")
        ),
        database_role=read.identifier("GONGKAI_DATABASE_ROLE", "gongkai_app"),
        redis_url=read.address("GONGKAI_REDIS_URL", "", ("redis", "rediss", "unix")),
        behind_proxy=read.switch("GONGKAI_BEHIND_PROXY", default=False),
        threads=read.number("GONGKAI_THREADS", 8, least=1, most=64),
        password_policy=read.choice("GONGKAI_PASSWORD_POLICY", PASSWORD_POLICIES),
        second_factor=read.switch("GONGKAI_SECOND_FACTOR", default=True),
        cipher=read.choice("GONGKAI_CIPHER", CIPHERS),
        clamd=read.socket("GONGKAI_CLAMD"),
        oidc_url=read.provider("GONGKAI_OIDC_URL"),
        oidc_client=read.text("GONGKAI_OIDC_CLIENT", ""),
        oidc_secret=read.text("GONGKAI_OIDC_SECRET", ""),
        oidc_name=read.text("GONGKAI_OIDC_NAME", "统一身份认证"),
        oidc_second_factor=read.switch("GONGKAI_OIDC_SECOND_FACTOR", default=False),
        demonstration=read.switch("GONGKAI_DEMONSTRATION", default=False),
        log_level=read.choice("GONGKAI_LOG_LEVEL", LOG_LEVELS),
        outgoing=_outgoing(read),
        problems=tuple(read.problems),
    )


def _outgoing(read: _Reader) -> Outgoing:
    return Outgoing(
        mail_url=read.address("GONGKAI_MAIL_URL", "", MAIL_SCHEMES),
        mail_from=read.text("GONGKAI_MAIL_FROM", ""),
        webhook_url=read.address("GONGKAI_WEBHOOK_URL", "", ("https", "http")),
        webhook_form=read.choice("GONGKAI_WEBHOOK_FORM", tuple(forms())),
        webhook_secret=read.text("GONGKAI_WEBHOOK_SECRET", ""),
        webhook_private=read.switch("GONGKAI_WEBHOOK_PRIVATE", default=False),
    )


@cache
def environment() -> Environment:
    """The environment of this process."""
    return read_environment(os.environ)


@dataclass(slots=True)
class _Reader:
    """Reads single variables and collects what is wrong with them."""

    variables: Mapping[str, str]
    problems: list[Problem]

    def text(self, name: str, default: str) -> str:
        return self.variables.get(name, "").strip() or default

    def words(self, name: str, default: str) -> tuple[str, ...]:
        return tuple(word.strip() for word in self.text(name, default).split(",") if word.strip())

    def choice(self, name: str, choices: tuple[str, ...]) -> str:
        value = self.text(name, choices[0])
        if value in choices:
            return value
        return self._wrong(name, value, "、".join(choices), choices[0])

    def switch(self, name: str, *, default: bool) -> bool:
        value = self.text(name, "1" if default else "0")
        if value in ("0", "1"):
            return value == "1"
        return self._wrong(name, value, "0 或 1", default)

    def number(self, name: str, default: int, *, least: int, most: int) -> int:
        value = self.text(name, str(default))
        if value.isascii() and value.isdigit() and least <= int(value) <= most:
            return int(value)
        return self._wrong(name, value, f"{least} 至 {most} 的整数", default)

    def identifier(self, name: str, default: str) -> str:
        value = self.text(name, default)
        if value.isascii() and value.isidentifier() and value.islower():
            return value
        return self._wrong(name, value, "小写字母、数字、下划线", default)

    def socket(self, name: str) -> str:
        value = self.text(name, "")
        if not value or value.startswith("/"):
            return value
        return self._wrong(name, value, "套接字文件的绝对路径，如 /run/clamav/clamd.ctl", "")

    def address(self, name: str, default: str, schemes: tuple[str, ...]) -> str:
        value = self.text(name, default)
        if value == default or _split(value).scheme in schemes:
            return value
        expected = "、".join(f"{scheme}://…" for scheme in schemes)
        return self._wrong(name, _shown(value), expected, default)

    def provider(self, name: str) -> str:
        value = self.text(name, "")
        if not value or (is_provider_address(value) and not set("?#") & set(value)):
            return value
        expected = "https://…，不带 ? 和 #；只有在本机试用时可以写 http://127.0.0.1:端口"
        return self._wrong(name, _shown(value), expected, "")

    def _wrong(self, name: str, value: str, expected: str, instead: _T) -> _T:
        self.problems.append(Problem(name, value, expected))
        return instead


def _shown(address: str) -> str:
    """An address may hold a password or a key: it is not repeated in a message or a log."""
    return "（含口令，不显示）" if set("@?") & set(address) else address


def _split(address: str) -> SplitResult:
    """An address in parts; one that cannot be split has none."""
    try:
        return urlsplit(address)
    except ValueError:
        return SplitResult("", "", "", "", "")


def _stored(path: Path) -> str:
    """The key that `gongkai setup` wrote, empty while there is none."""
    try:
        return path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return ""
