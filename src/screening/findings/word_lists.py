"""Lists of wrong and sensitive words as values, read from TOML or CSV that an office keeps itself.

Not the search for them: see screening.findings.words. The list that comes along is a start, a
practice and no law (house_practice#错敏词).
"""

from __future__ import annotations

import csv
import hashlib
import io
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any

from screening.findings.finding import Severity

_HEADS = ("词", "类别", "级别", "建议", "例外")
_LEVELS = {"严重": Severity.MUST, "一般": Severity.ANSWER, "建议": Severity.HINT}
_MAX_WORDS = 200_000
_MAX_LENGTH = 100


class Category(StrEnum):
    """What a word is wrong or sensitive about."""

    LEADERS = "leaders"
    POLICY = "policy"
    BODIES = "bodies"
    TERRITORY = "territory"
    PLACES = "places"
    LAW = "law"
    HISTORY = "history"
    UNLAWFUL = "unlawful"
    LINKS = "links"
    SPELLING = "spelling"
    FORMAT = "format"
    SECRETS = "secrets"

    @property
    def label(self) -> str:
        """The category in Chinese, as lists name it."""
        return _CATEGORIES[self]


class WordListError(Exception):
    """A list that cannot be used; the message says where and why, in Chinese."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A word, and the longer phrases in which it is right."""

    word: str
    category: Category
    severity: Severity
    suggestion: str = ""
    right_in: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class WordLists:
    """Entries in the order of their lists; of two for one word the later stands.

    Compared by identity, so that what is built for searching is built once for each.
    """

    entries: tuple[Entry, ...]

    @property
    def version(self) -> str:
        """A digest that tells two states of the lists apart."""
        told = hashlib.sha256()
        for entry in self.entries:
            told.update(repr(entry).encode())
        return told.hexdigest()[:16]

    def with_entries(self, entries: Iterable[Entry]) -> WordLists:
        """These lists and further entries."""
        merged = {entry.word: entry for entry in (*self.entries, *entries)}
        return WordLists(tuple(merged.values()))


@cache
def built_in() -> WordLists:
    """The short list that comes along."""
    text = resources.files(__package__).joinpath("words.toml").read_text(encoding="utf-8")
    return WordLists(()).with_entries(read_toml(text))


def read_toml(text: str) -> tuple[Entry, ...]:
    """[[words]] with 词, 类别, 级别, 建议, 例外 (an array). WordListError."""
    try:
        rows = tomllib.loads(text).get("words", [])
    except tomllib.TOMLDecodeError as error:
        raise WordListError(f"词表不是合格的 TOML：{error}") from None
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise WordListError("词表应由若干 [[words]] 组成")
    return _entries((f"第{number}个词", _plain(row)) for number, row in enumerate(rows, start=1))


def read_csv(text: str) -> tuple[Entry, ...]:
    """A first line 词,类别,级别,建议,例外; phrases of 例外 are parted by “|”. WordListError."""
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    try:
        if not {"词", "类别", "级别"} <= set(rows.fieldnames or ()):
            raise WordListError("词表首行应为：词,类别,级别,建议,例外")
        return _entries(
            (f"第{number}行", {key: value or "" for key, value in row.items() if key in _HEADS})
            for number, row in enumerate(rows, start=2)
        )
    except csv.Error as error:
        raise WordListError(f"词表不是合格的 CSV：{error}") from None


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    exceptions = row.get("例外", "")
    if isinstance(exceptions, list):
        exceptions = "|".join(map(str, exceptions))
    return {**{key: str(value) for key, value in row.items()}, "例外": exceptions}


def _entries(rows: Iterable[tuple[str, Mapping[str, Any]]]) -> tuple[Entry, ...]:
    entries = tuple(_entry(where, row) for where, row in rows)
    if len(entries) > _MAX_WORDS:
        raise WordListError(f"词表超过 {_MAX_WORDS} 个词")
    return entries


def _entry(where: str, row: Mapping[str, Any]) -> Entry:
    unknown = row.keys() - set(_HEADS)
    if unknown:
        raise WordListError(f"{where}：没有“{min(unknown)}”这一项")
    word = _squeezed(row.get("词", ""))
    if not 2 <= len(word) <= _MAX_LENGTH:
        raise WordListError(f"{where}：词应为2至{_MAX_LENGTH}个字")
    if row.get("级别", "") not in _LEVELS:
        raise WordListError(f"{where}：级别应为{'、'.join(_LEVELS)}")
    right_in = tuple(filter(None, map(_squeezed, row.get("例外", "").split("|"))))
    strangers = [phrase for phrase in right_in if word not in phrase]
    if strangers:
        raise WordListError(f"{where}：例外“{strangers[0]}”里没有这个词")
    return Entry(
        word=word,
        category=_category(where, row.get("类别", "")),
        severity=_LEVELS[row["级别"]],
        suggestion=row.get("建议", "").strip(),
        right_in=right_in,
    )


def _category(where: str, label: str) -> Category:
    for category in Category:
        if label.strip() == category.label:
            return category
    raise WordListError(f"{where}：类别应为{_listed([each.label for each in Category])}之一")


def _listed(labels: Sequence[str]) -> str:
    return "、".join(f"“{label}”" for label in labels)


def _squeezed(word: str) -> str:
    return "".join(word.split())


_CATEGORIES = {
    Category.LEADERS: "领导人姓名职务",
    Category.POLICY: "会议文件表述",
    Category.BODIES: "机构名称",
    Category.TERRITORY: "主权民族宗教",
    Category.PLACES: "地名区划",
    Category.LAW: "法律法规名称",
    Category.HISTORY: "历史与英烈",
    Category.UNLAWFUL: "违法内容",
    Category.LINKS: "网址暗链",
    Category.SPELLING: "错别字",
    Category.FORMAT: "格式",
    Category.SECRETS: "隐私与密级",
}
