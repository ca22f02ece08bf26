"""Words in heads of tables that announce personal data, and what they announce.

A practice kept as data (table_heads.toml), not a list of the law.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from screening.findings.finding import Severity

_LONGEST_HEAD = 20
_LEVELS = {"严重": Severity.MUST, "一般": Severity.ANSWER, "建议": Severity.HINT}


@dataclass(frozen=True, slots=True)
class HeadWord:
    """A word in a head, what the column tells then, how grave that is, and whether its values
    are made of digits."""

    word: str
    about: str
    severity: Severity
    digits: bool


@dataclass(frozen=True, slots=True)
class HeadWords:
    """All of them, and the words by which a column of names becomes a list of persons in need."""

    words: tuple[HeadWord, ...]
    names: tuple[str, ...]
    beside: tuple[str, ...]

    def meaning(self, text: str) -> HeadWord | None:
        """What a cell announces as a head: by its longest word, None when by nothing."""
        head = tidy(text) if len(text) <= 2 * _LONGEST_HEAD else text
        if not 2 <= len(head) <= _LONGEST_HEAD:
            return None
        return max(
            (word for word in self.words if word.word in head),
            key=lambda word: len(word.word),
            default=None,
        )


def head_words(text: str) -> HeadWords:
    """Head words from TOML: [[heads]] with about, level, words; [names] with words, with."""
    data = tomllib.loads(text)
    return HeadWords(
        words=tuple(
            HeadWord(word, row["about"], _LEVELS[row["level"]], row.get("digits", False))
            for row in data["heads"]
            for word in row["words"]
        ),
        names=tuple(data["names"]["words"]),
        beside=tuple(data["names"]["with"]),
    )


@cache
def usual_head_words() -> HeadWords:
    """The words that come along."""
    return head_words(
        resources.files(__package__).joinpath("table_heads.toml").read_text(encoding="utf-8")
    )


def tidy(text: str) -> str:
    """A head without white space and colon."""
    return "".join(text.split()).rstrip("：:")
