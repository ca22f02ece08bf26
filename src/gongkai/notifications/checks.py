"""Settings of mail and gateway that cannot work: gongkai.notifications.E001 …"""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, register
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from gongkai.notifications.configuration import mail_server, said


def message_settings(app_configs: Sequence[AppConfig] | None, **_named: Any) -> list[CheckMessage]:
    """A server without a sender, a password in clear over a network."""
    found: list[CheckMessage] = []
    if said("GONGKAI_MAIL_URL") and not _is_address(said("GONGKAI_MAIL_FROM")):
        found.append(
            Error(
                "配了邮件服务器，没有写明发件地址，或者写得不对",
                hint="GONGKAI_MAIL_FROM 写发件邮箱，如 xxgk@example.gov.cn。",
                id="gongkai.notifications.E001",
            )
        )
    server = mail_server()
    if server and server.scheme == "smtp+plain" and server.password and not _is_here(server.host):
        found.append(
            Error(
                "邮件口令会不加密地经过网络",
                hint="GONGKAI_MAIL_URL 改用 smtps:// 或 smtp://，或者去掉口令。",
                id="gongkai.notifications.E002",
            )
        )
    return found


def _is_address(value: str) -> bool:
    try:
        validate_email(value)
    except ValidationError:
        return False
    return value.isascii()


def _is_here(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def register_checks() -> None:
    """Adds the check; called when the app starts."""
    register(message_settings, "gongkai")
