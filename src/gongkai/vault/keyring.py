"""Master keys as files: GONGKAI_HOME/keys/master-0001.key …, readable by the program's user alone.

Never in the database and never in its backup: who has the one without the other has nothing.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import os
import re
import secrets
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from gongkai.vault.errors import MasterKeyError

_NAME = re.compile(r"master-(\d{4})\.key")
_TITLE = "gongkai master key"
KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class MasterKey:
    """One version of the master key."""

    version: int
    secret: bytes

    @property
    def fingerprint(self) -> str:
        """Tells whether two keys are the same without telling the key; kept in the database."""
        return hmac.new(self.secret, b"gongkai.vault.fingerprint", hashlib.sha256).hexdigest()

    def __repr__(self) -> str:
        return f"MasterKey({self.version})"


def folder() -> Path:
    """Where the keys lie."""
    return Path(settings.GONGKAI_HOME) / "keys"


def path_of(version: int) -> Path:
    """The file of a version."""
    return folder() / f"master-{version:04}.key"


def versions() -> tuple[int, ...]:
    """Versions whose files are present, oldest first."""
    if not folder().is_dir():
        return ()
    names = (_NAME.fullmatch(path.name) for path in folder().iterdir())
    return tuple(sorted(int(name[1]) for name in names if name))


def load(version: int) -> MasterKey:
    """Reads a version. Raises MasterKeyError: absent, open to others, not a key."""
    path = path_of(version)
    try:
        mode = path.stat().st_mode & 0o777
        title, _, text = path.read_text(encoding="ascii").partition("\n")
        secret = base64.b64decode(text.strip(), validate=True)
    except (OSError, UnicodeDecodeError, binascii.Error) as error:
        raise MasterKeyError(f"主密钥第 {version} 版读不出来：{path}") from error
    if mode & 0o077:
        raise MasterKeyError(f"主密钥文件对他人可读（{mode:o}），应为 600：{path}")
    if title.strip() != f"{_TITLE} {version}" or len(secret) != KEY_BYTES:
        raise MasterKeyError(f"不是主密钥第 {version} 版的文件：{path}")
    return MasterKey(version, secret)


def create(version: int) -> MasterKey:
    """Makes a version and puts it safely on disk before anything is wrapped with it.

    A file of that version that is already there (left by an interrupted run) is taken as it is;
    nothing is ever overwritten.
    """
    folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    path = path_of(version)
    if not path.exists():
        secret = secrets.token_bytes(KEY_BYTES)
        text = f"{_TITLE} {version}\n{base64.b64encode(secret).decode()}\n"
        _write_durably(path, text.encode())
    return load(version)


def remove(version: int) -> None:
    """Deletes the file of a version that wraps nothing any more."""
    path_of(version).unlink(missing_ok=True)
    _sync_folder()


def _write_durably(path: Path, content: bytes) -> None:
    partial = path.with_suffix(".partial")
    partial.unlink(missing_ok=True)
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    # A link, not a rename: it fails where another process was faster.
    try:
        os.link(partial, path)
    except FileExistsError:
        pass
    finally:
        partial.unlink()
    _sync_folder()


def _sync_folder() -> None:
    descriptor = os.open(folder(), os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
