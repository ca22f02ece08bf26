"""The ways out as this installation has them: which server, which gateway, which form of message.

It reads settings and the shipped list of forms; it sends nothing and imports no Django when only
the list is wanted.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

MAIL_SCHEMES = ("smtps", "smtp", "smtp+plain")
_PORTS = {"smtps": 465, "smtp": 587, "smtp+plain": 25}


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mail is handed over: `smtps` is TLS at once, `smtp` STARTTLS or nothing is sent,
    `smtp+plain` neither (inside one's own network)."""

    scheme: str
    host: str
    port: int
    user: str
    password: str
    sender: str
    name: str


@dataclass(frozen=True, slots=True)
class Form:
    """How a gateway wants its message; data, in forms.toml.

    `body` is JSON with {text}, {phone}, {id} in its strings; `sign` says where the signature
    stands: in the address, as robots want it, or in the heads; `ok` is the field of the answer
    that must be zero; `again` its values after which another attempt is worth while.
    """

    name: str
    label: str
    body: Mapping[str, Any]
    sign: str
    ok: str
    again: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Gateway:
    """Where messages to phones are handed over. `private` lets it stand in one's own network."""

    url: str
    secret: str
    form: Form
    private: bool


@cache
def forms() -> Mapping[str, Form]:
    """The forms by name, the general one first."""
    text = Path(__file__).with_name("forms.toml").read_text(encoding="utf-8")
    return {
        name: Form(name, one["label"], one["body"], one["sign"], one["ok"], tuple(one["again"]))
        for name, one in tomllib.loads(text).items()
    }


def mail_server() -> MailServer | None:
    """The mail server of the settings; None where mail is off."""
    url, sender = said("GONGKAI_MAIL_URL"), said("GONGKAI_MAIL_FROM")
    if not url or not sender:
        return None
    parts = urlsplit(url)
    return MailServer(
        scheme=parts.scheme,
        host=parts.hostname or "",
        port=parts.port or _PORTS[parts.scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        sender=sender,
        name=site_name(),
    )


def gateway() -> Gateway | None:
    """The gateway of the settings; None where there is none."""
    url = said("GONGKAI_WEBHOOK_URL")
    if not url:
        return None
    form = forms()[said("GONGKAI_WEBHOOK_FORM")]
    private = said("GONGKAI_WEBHOOK_PRIVATE") == "True"
    return Gateway(url, said("GONGKAI_WEBHOOK_SECRET"), form, private)


def origin() -> str:
    """The address under which people reach this installation."""
    return said("GONGKAI_ORIGIN")


def site_name() -> str:
    """What this installation is called."""
    return said("WEB_SITE_NAME")


def said(name: str) -> str:
    """A setting as text; empty where there is none."""
    from django.conf import settings

    return str(getattr(settings, name, ""))
