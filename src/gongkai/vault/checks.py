"""Says when the program starts that keys are missing, open to others, or not the right ones."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import DatabaseError, connections

from gongkai.vault import data_keys, keyring
from gongkai.vault.ciphers import ALGORITHMS
from gongkai.vault.errors import MasterKeyError
from gongkai.vault.models import DataKey, MasterKeyVersion

_HINT = (
    "把原来的主密钥文件放回 GONGKAI_HOME/keys（权限 600）；不要新建主密钥，新密钥打不开已有数据。"
)


def key_files(app_configs: Sequence[AppConfig] | None, **_named: Any) -> list[CheckMessage]:
    """Cipher of the settings; every key file present is readable, for us alone, and a key."""
    found: list[CheckMessage] = []
    cipher: str = getattr(settings, "GONGKAI_CIPHER", "")
    if cipher not in ALGORITHMS:
        hint = f"GONGKAI_CIPHER 只能是 {'、'.join(ALGORITHMS)}"
        found.append(Error(f"没有“{cipher}”算法", hint=hint, id="gongkai.vault.E001"))
    for version in keyring.versions():
        try:
            keyring.load(version)
        except MasterKeyError as error:
            found.append(Error(str(error), hint=_HINT, id="gongkai.vault.E002"))
    return found


def keys_of_the_database(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **_named: Any
) -> list[CheckMessage]:
    """Every master key that the database needs is there and is the same one."""
    if not databases:
        return []
    try:
        known = list(MasterKeyVersion.objects.all())
        used = DataKey.objects.filter(wrapped__isnull=False)
        needed = set(used.values_list("master_version", flat=True).distinct())
    except DatabaseError:
        # Before the first migration there are no tables, and so nothing to open.
        connections["default"].close()
        return []
    found: list[CheckMessage] = []
    for row in known:
        if row.retired_at is not None and row.version not in needed:
            continue
        try:
            data_keys.proved(row)
        except MasterKeyError as error:
            found.append(Error(str(error), hint=_HINT, id="gongkai.vault.E003"))
    return found


def register_checks() -> None:
    """Adds the checks; called when the app starts."""
    register(key_files, Tags.security)
    register(keys_of_the_database, Tags.database)
