"""Files that a list names, looked up in one folder: by its listing, so that no name leads out.

It keeps no file (services.importing_files).
"""

from __future__ import annotations

import os
import unicodedata
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from screening.limits import MAX_FILE_BYTES


class AttachmentError(Exception):
    """Why a file cannot be brought in, in Chinese."""


@dataclass(frozen=True)
class Folder:
    """A folder with everything below it; symbolic links are not followed. None: no folder."""

    path: Path | None
    _asked: set[str] = field(default_factory=set)

    @cached_property
    def _listing(self) -> dict[str, Path]:
        """Files by their name below the folder, in one spelling of accents (NFC)."""
        if self.path is None:
            return {}
        found = {}
        for top, _, names in os.walk(self.path):
            for name in names:
                one = Path(top, name)
                if one.is_file() and not one.is_symlink():
                    found[_spelt(one.relative_to(self.path).as_posix())] = one
        return found

    def find(self, name: str) -> Path:
        """The file of that name; AttachmentError where there is none, or it is unfit."""
        if self.path is None:
            raise AttachmentError(f"没有指定附件文件夹，找不到“{name}”")
        key = _spelt(name.replace("\\", "/").removeprefix("./"))
        found = self._listing.get(key)
        if found is None:
            raise AttachmentError(f"文件夹里没有“{name}”{self._near(key)}")
        size = found.stat().st_size
        if size == 0:
            raise AttachmentError(f"“{name}”是空文件")
        if size > MAX_FILE_BYTES:
            raise AttachmentError(f"“{name}”超过{MAX_FILE_BYTES // 1_000_000}MB")
        self._asked.add(key)
        return found

    def unasked(self) -> tuple[str, ...]:
        """Names in the folder that no row asked for."""
        return tuple(sorted(self._listing.keys() - self._asked))

    def _near(self, key: str) -> str:
        """The one file that differs in capitals, or in the folder it lies in."""
        folded, last = key.casefold(), key.rsplit("/", 1)[-1]
        for one in self._listing:
            if one.casefold() == folded or one.rsplit("/", 1)[-1] == last:
                return f"，是否“{one}”"
        return ""


def _spelt(name: str) -> str:
    return unicodedata.normalize("NFC", name)
