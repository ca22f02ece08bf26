"""The folder of files: GONGKAI_HOME/files/ab/cd/<sha256 of what is stored>.

It knows no rows and no keys. A file is there, whole and on the platter, before its row is
committed; one without a row is a stray, which the sweep takes away. Nothing is ever overwritten.
"""

from __future__ import annotations

import hashlib
import os
import re
import uuid
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings

from gongkai.files.errors import MissingContentError

_NAME = re.compile(r"[0-9a-f]{64}", re.ASCII)
_PARTIAL = ".partial"


def folder() -> Path:
    """Where the files lie."""
    return Path(settings.GONGKAI_HOME) / "files"


def path_of(stored_as: str) -> Path:
    """The place of a file by its name there; ValueError for what is no such name."""
    if _NAME.fullmatch(stored_as) is None:
        raise ValueError("不是存放名")
    return folder() / stored_as[:2] / stored_as[2:4] / stored_as


def put(content: bytes) -> str:
    """Stores bytes for good: written, synced, renamed, the folder synced; returns their name."""
    stored_as = hashlib.sha256(content).hexdigest()
    path = path_of(stored_as)
    _make_folders(path.parent)
    partial = path.with_name(uuid.uuid4().hex + _PARTIAL)
    try:
        _write(partial, content)
        partial.replace(path)
    except OSError:
        partial.unlink(missing_ok=True)
        raise
    _sync(path.parent)
    return stored_as


def get(stored_as: str) -> bytes:
    """The bytes as they were stored. MissingContentError where they are gone or others."""
    try:
        content = path_of(stored_as).read_bytes()
    except OSError as error:
        raise MissingContentError("存放的文件读不出来") from error
    if hashlib.sha256(content).hexdigest() != stored_as:
        raise MissingContentError("存放的文件已被改动")
    return content


def names(*, before: datetime) -> Iterator[Path]:
    """Whatever lies in the folder and was last changed before a moment, half-written files too.

    Younger ones may belong to a transaction that is not committed yet.
    """
    for path in sorted(folder().glob("*/*/*")):
        try:
            old = path.lstat().st_mtime < before.timestamp()
        except FileNotFoundError:
            continue
        if old and not path.is_dir():
            yield path


def remove(path: Path) -> None:
    """Takes a stray away; one that is already gone is no fault."""
    path.unlink(missing_ok=True)
    _sync(path.parent)


def _write(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _make_folders(path: Path) -> None:
    """Each new folder is synced into the one above it, or a power cut could take the file along."""
    missing = [one for one in (path, *path.parents) if not one.exists()]
    for one in reversed(missing):
        one.mkdir(mode=0o700, exist_ok=True)
        _sync(one.parent)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
