"""Which files `gongkai report check` is to read: those named, and those inside folders named.

It opens none of them.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

# What stands beside reports in a folder (saved web pages, data) and is none. Anything else is
# tried: a report with the wrong suffix is found, a file that is none is named.
_DATA = frozenset(
    {".json", ".csv", ".xls", ".xlsx", ".toml", ".yaml", ".yml", ".log", ".db", ".py"}
)
_OF_A_PAGE = frozenset({".css", ".js", ".mjs", ".map", ".woff", ".woff2", ".ttf", ".otf"})
_PICTURES = frozenset({".png", ".jpg", ".jpeg", ".gif", ".svg", ".ico", ".webp", ".mp3", ".mp4"})
_BESIDE = _DATA | _OF_A_PAGE | _PICTURES


@dataclass(frozen=True, slots=True)
class Selection:
    """Files in the order of their names, and those left out for their suffix."""

    files: tuple[Path, ...]
    left_out: tuple[Path, ...]


def select(named: Iterable[Path]) -> Selection:
    """Files as named, folders with all that lies in them; hidden files and folders are passed over.

    A file that is named is always taken, whatever its suffix, and even if it does not exist: that
    is for the reader to say.
    """
    files: dict[Path, None] = {}
    left_out: list[Path] = []
    for path in named:
        if not path.is_dir():
            files.setdefault(path)
            continue
        for inside in _inside(path):
            if inside.suffix.lower() in _BESIDE:
                left_out.append(inside)
            else:
                files.setdefault(inside)
    return Selection(tuple(sorted(files)), tuple(left_out))


def _inside(folder: Path) -> Iterator[Path]:
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(place, name) for name in names if not name.startswith("."))
