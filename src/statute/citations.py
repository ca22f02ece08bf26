"""Citations: which instrument, article, paragraph and item a rule comes from.

The short form `regulations#33.2` or `regulations#36(7)` is used in code and data; every one must
resolve to an anchor in statute/texts (held by a test). This module does not quote any law.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

_SHORT = re.compile(
    r"(?P<instrument>[a-z][a-z0-9_]*)#(?P<article>[^.()#\s]+)"
    r"(?:\.(?P<paragraph>\d+))?(?:\((?P<item>\d+)\))?"
)
_DIGITS = "零一二三四五六七八九"


class Mark(StrEnum):
    """How far a fact is vouched for; shown wherever a lawyer reads it."""

    VERIFIED = "verified"  # seen in the text of the instrument or an official filled-in example
    MEMORY = "memory"  # not seen: encoded, marked, easy to change
    PRACTICE = "practice"  # practice, not law: a dated, configurable value


@dataclass(frozen=True, slots=True)
class Citation:
    """Instrument (name of a file in texts/), article or section, paragraph (款), item (项)."""

    instrument: str
    article: str
    paragraph: int | None = None
    item: int | None = None

    @property
    def short(self) -> str:
        """The form written in code and data, e.g. `regulations#23.1(4)`."""
        paragraph = "" if self.paragraph is None else f".{self.paragraph}"
        item = "" if self.item is None else f"({self.item})"
        return f"{self.instrument}#{self.article}{paragraph}{item}"

    @property
    def locator(self) -> str:
        """Where in the instrument, in Chinese: 第三十三条第二款第（一）项."""
        numbered = self.article.isdigit() and int(self.article) < 1000  # else a year, or a name
        place = f"第{chinese_number(int(self.article))}条" if numbered else self.article
        if self.paragraph is not None:
            place += f"第{chinese_number(self.paragraph)}款"
        if self.item is not None:
            place += f"第（{chinese_number(self.item)}）项"
        return place

    def __str__(self) -> str:
        return self.short


@lru_cache(maxsize=1024)
def cite(short: str) -> Citation:
    """Reads the short form; ValueError when it is not one."""
    match = _SHORT.fullmatch(short)
    if match is None:
        raise ValueError(f"引用写法不对：{short!r}，应如 regulations#33.2 或 regulations#36(7)")
    paragraph, item = match["paragraph"], match["item"]
    return Citation(
        instrument=match["instrument"],
        article=match["article"],
        paragraph=None if paragraph is None else int(paragraph),
        item=None if item is None else int(item),
    )


def chinese_number(value: int) -> str:
    """1 → 一, 20 → 二十, 103 → 一百零三, for 1 ≤ value ≤ 999 as articles are counted."""
    if not 1 <= value <= 999:
        raise ValueError(f"条款序号须在 1 至 999 之间：{value}")
    hundreds, rest = divmod(value, 100)
    tens, ones = divmod(rest, 10)
    text = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        text += "十" if tens == 1 and not hundreds else f"{_DIGITS[tens]}十"
    elif hundreds and ones:
        text += "零"
    return text + (_DIGITS[ones] if ones else "")
