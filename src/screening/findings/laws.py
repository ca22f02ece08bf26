"""Titles of laws and regulations, which of them no longer hold, and the close misses of a title.

Data, and a look-up that allows one wrong character; whether a text cites them rightly is asked by
screening.findings.law_names.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources

from statute.citations import Mark
from statute.texts.anchors import instruments
from statute.texts.places import Instrument, InstrumentKind

STATE = "中华人民共和国"
_RANKS = (InstrumentKind.LAW, InstrumentKind.REGULATION, InstrumentKind.LOCAL_RULE)
_SHORTEST = 5  # a title of fewer characters is near too many others
_DECREES = ("主席令", "国务院令", "人民政府令")


@dataclass(frozen=True, slots=True)
class Repealed:
    """A title that holds no more from a day on, and what to cite now ("" nothing)."""

    title: str
    on: date
    now: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Titles:
    """What is known of titles, all without 中华人民共和国.

    `numbers` gives the decree under which the present text of a title was issued, where that was
    seen. `_shortened` leads from a title with a character taken out to the titles it came from.
    """

    known: frozenset[str]
    repealed: Mapping[str, Repealed]
    numbers: Mapping[str, Instrument]
    _shortened: Mapping[str, tuple[str, ...]]

    def near(self, title: str) -> str:
        """The known title that differs in one character, or in two neighbours swapped; else ""."""
        if len(title) < _SHORTEST - 1 or title in self.known:
            return ""
        for candidate in self._candidates(title):
            if len(candidate) >= _SHORTEST and _one_apart(title, candidate):
                return candidate
        return ""

    def _candidates(self, title: str) -> Iterator[str]:
        for variant in (title, *_without_one(title)):
            if variant in self.known:
                yield variant
            yield from self._shortened.get(variant, ())


@cache
def titles() -> Titles:
    """The titles that come along, and those of statute/texts."""
    text = resources.files(__package__).joinpath("laws.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    mark = Mark(data["mark"])
    homes = [home for home in instruments() if home.kind in _RANKS]
    repealed = {
        row["title"]: Repealed(row["title"], row["on"], row["now"], mark)
        for row in data["repealed"]
    }
    known = frozenset((*data["titles"], *repealed, *(plain(home.title) for home in homes)))
    shortened: dict[str, list[str]] = {}
    for title in sorted(known):
        for variant in _without_one(title):
            shortened.setdefault(variant, []).append(title)
    return Titles(
        known=known,
        repealed=repealed,
        numbers=_numbers(homes),
        _shortened={variant: tuple(origins) for variant, origins in shortened.items()},
    )


def plain(title: str) -> str:
    """A title without the name of the state and without spaces."""
    return "".join(title.split()).removeprefix(STATE)


def _numbers(homes: list[Instrument]) -> dict[str, Instrument]:
    """By title; only decrees that were seen, and only of titles with one text still in force."""
    found: dict[str, Instrument] = {}
    for home in homes:
        decree = home.number.startswith(_DECREES) or any(word in home.number for word in _DECREES)
        if decree and "number" not in home.memory and home.in_force.end is None:
            found[plain(home.title)] = home
    return found


def _without_one(title: str) -> set[str]:
    return {title[:place] + title[place + 1 :] for place in range(len(title))}


def _one_apart(one: str, other: str) -> bool:
    """One character more, fewer or other, or two neighbours swapped."""
    if abs(len(one) - len(other)) > 1 or one == other:
        return False
    if len(one) == len(other):
        apart = [place for place in range(len(one)) if one[place] != other[place]]
        if len(apart) == 2 and apart[1] == apart[0] + 1:
            first, second = apart
            return one[first] == other[second] and one[second] == other[first]
        return len(apart) == 1
    longer, shorter = (one, other) if len(one) > len(other) else (other, one)
    return shorter in _without_one(longer)
