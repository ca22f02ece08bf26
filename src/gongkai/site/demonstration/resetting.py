"""A demonstration installation emptied, so that setup makes a new database.

It asks first whether everything in it is fictional: of a real installation it removes nothing.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from django.conf import settings
from django.db import Error, connection
from django.utils import timezone

from gongkai.agencies.models import Agency
from gongkai.jobs.queries import processes
from gongkai.vault import keyring

_BODIES = "agencies_agency"


class NotEmptiedError(Exception):
    """Why nothing was removed, in Chinese."""


def empty() -> None:
    """Removes the database with its files and keys. NotEmptiedError where a body in it is no
    demonstration, where the site is running, or where the database does not let us."""
    _refuse_what_is_real()
    try:
        if connection.vendor == "postgresql":
            _drop_schema()
        else:
            _remove_file()
    except (Error, OSError) as error:
        raise NotEmptiedError(f"数据库清不掉（{type(error).__name__}），什么也没有改") from error
    finally:
        connection.close()
    shutil.rmtree(Path(settings.GONGKAI_HOME) / "files", ignore_errors=True)
    for version in keyring.versions():
        keyring.remove(version)


def _refuse_what_is_real() -> None:
    if _BODIES not in connection.introspection.table_names():
        return  # nothing was set up yet
    if Agency.objects.filter(demonstration=False).exists():
        raise NotEmptiedError("这里有真实的机关，不是演示安装，什么也没有改")
    if any(not one.silent for one in processes(at=timezone.now())):
        raise NotEmptiedError("网站还在运行，先停下来（刚停的等一分钟），什么也没有改")


def _drop_schema() -> None:
    """The owner's right; the application's role could not."""
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public")


def _remove_file() -> None:
    file = Path(connection.settings_dict["NAME"])
    connection.close()
    for suffix in ("", "-wal", "-shm"):
        file.with_name(file.name + suffix).unlink(missing_ok=True)
