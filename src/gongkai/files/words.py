"""The word lists in force: the one that comes along, and those the office keeps in
GONGKAI_HOME/words as TOML or CSV. It searches nothing (screening.findings)."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from gongkai.files.errors import FileRefusedError
from screening.findings.word_lists import (
    WordListError,
    WordLists,
    built_in,
    read_csv,
    read_toml,
)

_READERS = {".toml": read_toml, ".csv": read_csv}


def in_force() -> WordLists:
    """The lists as they are on the disk now, the office's own after the one that comes along.

    FileRefusedError names a list that cannot be used: a search without it would miss its words.
    """
    folder = Path(settings.GONGKAI_HOME) / "words"
    paths = sorted(path for path in folder.glob("*.*") if path.suffix in _READERS)
    return _lists(tuple((path, path.stat().st_mtime_ns, path.stat().st_size) for path in paths))


@lru_cache(maxsize=2)
def _lists(states: tuple[tuple[Path, int, int], ...]) -> WordLists:
    """What is built for searching is built once for each state of the files."""
    lists = built_in()
    for path, _, _ in states:
        try:
            text = path.read_text(encoding="utf-8-sig")
            lists = lists.with_entries(_READERS[path.suffix](text))
        except (WordListError, OSError, UnicodeDecodeError) as error:
            told = error if isinstance(error, WordListError) else "读不出来，应为 UTF-8 编码"
            raise FileRefusedError(f"词表“{path.name}”不能用：{told}") from None
    return lists
