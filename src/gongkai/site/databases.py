"""Database settings: SQLite by default (WAL, FULL, IMMEDIATE), PostgreSQL by address.

On PostgreSQL the application acts as a role without DDL; migrations act as the owner of the tables
(`gongkai setup`). SQLite knows no roles: there the file's permissions are the only wall.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from gongkai.site.environment import Environment

# Measured: with synchronous=NORMAL a power cut loses acknowledged commits; FULL loses none.
# secure_delete: what was deleted does not linger in free pages.
SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
    "PRAGMA secure_delete=ON; PRAGMA busy_timeout=20000;"
)


def database(environment: Environment, *, owner: bool = False) -> dict[str, Any]:
    """Django's DATABASES entry; `owner` for migrations only."""
    if environment.database_url:
        url = environment.owner_database_url if owner else environment.database_url
        return postgresql(url, role="" if owner else environment.database_role)
    return sqlite(environment.home / "gongkai.sqlite3")


def sqlite(path: Path) -> dict[str, Any]:
    """A database in one file."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        # IMMEDIATE: a transaction that will write waits at its start, not in its middle.
        "OPTIONS": {"init_command": SQLITE_PRAGMAS, "transaction_mode": "IMMEDIATE", "timeout": 20},
    }


def postgresql(url: str, *, role: str) -> dict[str, Any]:
    """A database by address; each connection puts on `role` right after it is opened."""
    address = urlsplit(url)
    options: dict[str, Any] = dict(parse_qsl(address.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(address.path.lstrip("/")),
        "USER": unquote(address.username or ""),
        "PASSWORD": unquote(address.password or ""),
        "HOST": options.pop("host", address.hostname or ""),
        "PORT": str(address.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options | ({"assume_role": role} if role else {}),
    }
