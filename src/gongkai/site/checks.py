"""Wrong settings, numbered, each with what to do; a server in production does not start with one.

E001–E009: single variables and secrets; E010–E019: what production refuses; E020–E029: databases;
W030–: what works and is better otherwise.
"""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register, run_checks
from django.core.checks import Warning as Advice
from django.core.exceptions import ImproperlyConfigured

from gongkai.site.environment import KEY_FILE, LOOPBACK, Environment, environment

TAG = "gongkai"
SHORTEST_KEY = 40
OLDEST_SQLITE = (3, 39, 0)


class WrongSettingsError(Exception):
    """Raised instead of starting; its text is the list of errors with their hints."""


def check_settings(app_configs: Sequence[Any] | None = None, **_: Any) -> list[CheckMessage]:
    """Everything that can be told without asking the database."""
    given = environment()
    return [
        *_variables(given),
        *_secret_key(given.home),
        *_home(given.home),
        *(_production(given) if is_production() else ()),
        *_databases(given),
    ]


def register_all() -> None:
    """Puts them on Django's list; also run by `python -m django check`."""
    register(check_settings, TAG)


def is_production() -> bool:
    """Whether this process runs with the settings for a server that people use."""
    return os.environ.get("DJANGO_SETTINGS_MODULE", "").endswith(".production")


def refuse_wrong_settings(*, databases: bool) -> None:
    """Raises WrongSettingsError where our checks or those of security find an error; `databases`
    adds those that ask the database. What concerns only the code is for the tests."""
    tags = [TAG, Tags.security, *([Tags.database] if databases else [])]
    found = run_checks(tags=tags, databases=["default"] if databases else None)
    errors = [one for one in found if one.is_serious()]
    if errors:
        raise WrongSettingsError("\n".join(as_text(one) for one in errors))


def as_text(found: CheckMessage) -> str:
    """One line for the fault, one for what to do."""
    hint = f"\n    {found.hint}" if found.hint else ""
    return f"{found.id} {found.msg}{hint}"


def _variables(given: Environment) -> Iterator[CheckMessage]:
    for problem in given.problems:
        yield Error(
            f"环境变量 {problem.variable} 的值不能用：{problem.value}",
            hint=f"应为：{problem.expected}。各变量的说明见 docs/operations/settings.md。",
            id="gongkai.E001",
        )


def _secret_key(home: Path) -> Iterator[CheckMessage]:
    hint = (
        f"运行 gongkai setup，它会生成 {KEY_FILE}；多台服务器用 GONGKAI_SECRET_KEY 给同一个密钥。"
    )
    try:
        key = settings.SECRET_KEY
    except ImproperlyConfigured:
        yield Error("没有密钥（SECRET_KEY）", hint=hint, id="gongkai.E002")
        return
    if is_production() and len(key) < SHORTEST_KEY:
        yield Error(f"密钥太短，不足 {SHORTEST_KEY} 个字符", hint=hint, id="gongkai.E003")
    if _open_to_others(home / KEY_FILE):
        yield Error(
            f"其他用户能读密钥文件 {home / KEY_FILE}",
            hint=f"运行 chmod 600 {home / KEY_FILE}，并更换密钥。",
            id="gongkai.E004",
        )


def _home(home: Path) -> Iterator[CheckMessage]:
    if home.exists() and not os.access(home, os.W_OK | os.X_OK):
        yield Error(
            f"数据文件夹不能写：{home}",
            hint="把文件夹的属主改为运行本系统的用户，或用 GONGKAI_HOME 另指一个。",
            id="gongkai.E005",
        )


def _production(given: Environment) -> Iterator[CheckMessage]:
    if settings.DEBUG:
        yield Error(
            "生产环境开着 DEBUG", hint="不要改 DEBUG；调试用 development。", id="gongkai.E010"
        )
    if not settings.ALLOWED_HOSTS or any("*" in one for one in settings.ALLOWED_HOSTS):
        yield Error(
            "没有写明可访问的域名，或者写了通配符",
            hint="GONGKAI_HOSTS 逐个写出域名，逗号分隔。",
            id="gongkai.E011",
        )
    host = given.host
    if host not in settings.ALLOWED_HOSTS:
        yield Error(
            f"对外地址 {given.origin} 的域名不在可访问的域名之中",
            hint="GONGKAI_HOSTS 里加上 GONGKAI_ORIGIN 的域名。",
            id="gongkai.E012",
        )
    if not given.https and any(one not in LOOPBACK for one in (host, *settings.ALLOWED_HOSTS)):
        yield Error(
            "没有 TLS（https）却允许本机以外的域名访问",
            hint="GONGKAI_ORIGIN 写 https:// 开头的对外地址；试用时只用 127.0.0.1。",
            id="gongkai.E013",
        )


def _databases(given: Environment) -> Iterator[CheckMessage]:
    if given.database_url and not given.database_role:
        yield Error(
            "没有写明应用所用的数据库角色",
            hint="GONGKAI_DATABASE_ROLE 写角色名，默认 gongkai_app。",
            id="gongkai.E020",
        )
    if not given.database_url and sqlite3.sqlite_version_info < OLDEST_SQLITE:
        yield Error(
            f"SQLite {sqlite3.sqlite_version} 太旧",
            hint="升级到 3.39 以上，或用 GONGKAI_DATABASE_URL 指向 PostgreSQL。",
            id="gongkai.E021",
        )
    if _open_to_others(given.home / "gongkai.sqlite3"):
        yield Advice(
            f"其他用户能读数据库文件 {given.home / 'gongkai.sqlite3'}",
            hint=f"运行 chmod 600 {given.home / 'gongkai.sqlite3'}。",
            id="gongkai.W030",
        )


def _open_to_others(path: Path) -> bool:
    try:
        return bool(path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO))
    except OSError:
        return False
