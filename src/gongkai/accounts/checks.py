"""Wrong settings of sign-in, said when the program starts: gongkai.accounts.E001 …"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from importlib.util import find_spec
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from gongkai.accounts.configuration import OIDC_APP
from gongkai.accounts.middleware import session_limits
from gongkai.accounts.passwords import POLICIES


def sign_in_settings(app_configs: Sequence[AppConfig] | None, **_named: Any) -> list[CheckMessage]:
    """Password policy, session limits, lock-out and what OIDC needs."""
    found: list[CheckMessage] = []
    policy: str = getattr(settings, "GONGKAI_PASSWORD_POLICY", "")
    if policy not in POLICIES:
        found.append(
            Error(
                f"没有名为“{policy}”的口令策略",
                hint=f"GONGKAI_PASSWORD_POLICY 只能是 {'、'.join(POLICIES)}",
                id="gongkai.accounts.E001",
            )
        )
    idle, absolute = session_limits()
    if not timedelta(0) < idle <= absolute <= timedelta(hours=24):
        found.append(
            Error(
                "会话时限不合理",
                hint="0 < GONGKAI_SESSION_IDLE ≤ GONGKAI_SESSION_ABSOLUTE ≤ 24 小时",
                id="gongkai.accounts.E002",
            )
        )
    limit: int = getattr(settings, "AXES_FAILURE_LIMIT", 0)
    if not getattr(settings, "AXES_ENABLED", True) or not 1 <= limit <= 10:
        found.append(
            Error(
                "登录失败锁定未启用，或允许的失败次数过多",
                hint="AXES_ENABLED 须为真，AXES_FAILURE_LIMIT 取 1 至 10",
                id="gongkai.accounts.E003",
            )
        )
    missing = [name for name in ("requests", "jwt", "oauthlib") if find_spec(name) is None]
    if OIDC_APP in settings.INSTALLED_APPS and missing:
        found.append(
            Error(
                f"统一身份认证缺少程序库：{'、'.join(missing)}",
                hint="安装 django-allauth[socialaccount]，或不配置 OIDC",
                id="gongkai.accounts.E004",
            )
        )
    return [*found, *_registration()]


def _registration() -> list[CheckMessage]:
    """A provider without what was registered with it lets nobody in."""
    providers: dict[str, Any] = getattr(settings, "SOCIALACCOUNT_PROVIDERS", {})
    apps: list[dict[str, str]] = providers.get("openid_connect", {}).get("APPS", [])
    if all(app.get("client_id") and app.get("secret") for app in apps):
        return []
    return [
        Error(
            "配了统一身份认证的地址，缺客户端标识或密钥",
            hint="GONGKAI_OIDC_CLIENT 和 GONGKAI_OIDC_SECRET 填在统一身份认证登记后得到的值",
            id="gongkai.accounts.E005",
        )
    ]


def register_checks() -> None:
    """Adds the checks; called when the app starts."""
    register(sign_in_settings, "security")
