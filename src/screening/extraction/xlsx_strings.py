"""Strings of a workbook: runs of letters with looks of their own, and readings above them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from screening.extraction.gathering import character, local_name, take_text
from screening.extraction.xlsx_looks import Looks

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True, slots=True)
class Run:
    """Letters, with a colour of their own or ""."""

    text: str
    ink: str = ""
    tiny: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a cell; `reading` is set above them when somebody asks for it."""

    runs: tuple[Run, ...]
    reading: str = ""

    @property
    def text(self) -> str:
        """All runs."""
        return "".join(run.text for run in self.runs)


@dataclass(slots=True)
class Strings:
    """The strings that cells share, and which of them are used."""

    items: list[Words] = field(default_factory=list)
    used: set[int] = field(default_factory=set)

    def take(self, index: int) -> Words:
        """A string by its number; empty when there is none."""
        if not 0 <= index < len(self.items):
            return Words(())
        self.used.add(index)
        return self.items[index]

    def unused(self) -> list[Words]:
        """Strings that no cell shows."""
        return [words for at, words in enumerate(self.items) if at not in self.used]


def words_of(item: etree._Element, looks: Looks) -> Words:
    """The words of `<si>`, `<is>` or `<text>`, taken out of the tree."""
    runs: list[Run] = []
    reading: list[str] = []
    for child in item:
        name = local_name(child)
        if name == "t":
            runs.append(Run(unescaped(take_text(child))))
        elif name == "r":
            text = "".join(take_text(each) for each in child.iter("{*}t"))
            ink, tiny = looks.run(child.find("{*}rPr"))
            runs.append(Run(unescaped(text), ink, tiny))
        elif name == "rPh":
            reading += [take_text(each) for each in child.iter("{*}t")]
    return Words(tuple(runs), unescaped("".join(reading)))


def unescaped(text: str) -> str:
    """`_x000D_` is a character that XML does not carry; any other may be written so too."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda match: character(int(match[1], 16)), text)
