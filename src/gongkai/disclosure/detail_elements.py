"""Elements of details read one by one from plain JSON values, with faults in Chinese.

It knows no kind of record; which elements a kind has stands in details.py.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from statute.identity import Certainty, find

Fault = tuple[str, str]
LONGEST_TEXT = 300
# A JSON number beyond this is no amount of a county, and no exact number in a browser.
LARGEST_FEN = 10**15


class ElementError(Exception):
    """What is wrong with an element, to be read after its name."""


@dataclass(frozen=True, slots=True)
class Element:
    """An element by its key in JSON and its name on the form; `read` may raise ElementError."""

    name: str
    label: str
    read: Callable[[Any], Any]
    required: bool = True


def values_of(
    elements: tuple[Element, ...], raw: Mapping[str, Any]
) -> tuple[dict[str, Any], tuple[Fault, ...]]:
    """The values by name, and every fault; what is not among the elements is one."""
    known = {one.name for one in elements}
    faults: list[Fault] = [
        (str(name), f"没有“{str(name)[:20]}”这一要素，不能填写")
        for name in raw
        if name not in known
    ]
    values: dict[str, Any] = {}
    for element in elements:
        value = raw.get(element.name)
        if value is None or value in ("", []):
            if element.required:
                faults.append((element.name, f"请填写{element.label}"))
            continue
        try:
            values[element.name] = element.read(value)
        except ElementError as error:
            faults.append((element.name, f"{element.label}{error}"))
    return values, tuple(faults)


def text(value: object) -> str:
    """Words on one line, without numbers that point to a person."""
    if not isinstance(value, str):
        raise ElementError("须为文字")
    plain = " ".join(value.split())
    if not plain:
        raise ElementError("不能是空白")
    if len(plain) > LONGEST_TEXT:
        raise ElementError(f"不超过{LONGEST_TEXT}字")
    for found in find(plain):
        if found.kind.personal and found.certainty is Certainty.CERTAIN:
            raise ElementError(f"中有{found.kind.label}，不能填写")
    return plain


def day(value: object) -> date:
    """A date written 2026-03-05, and not in any other way that Python would read."""
    try:
        found = date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        found = None
    if found is None or found.isoformat() != value:
        raise ElementError("须写作“2026-03-05”")
    return found


def flag(value: object) -> bool:
    """Yes or no; nothing that merely looks like one."""
    if not isinstance(value, bool):
        raise ElementError("须为是或者否")
    return value


def money(value: object) -> int:
    """An amount in whole fen, more than nothing."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise ElementError("须为整数")
    if not 0 < value <= LARGEST_FEN:
        raise ElementError("须大于零，且不超过十万亿元")
    return value


def year(value: object) -> int:
    """A year of this time."""
    if isinstance(value, bool) or not isinstance(value, int) or not 1949 <= value <= 2099:
        raise ElementError("须为四位数的年份")
    return value


@dataclass(frozen=True, slots=True)
class Word:
    """Reads one of a few words; the fault names them as the form does, which asks for `labels`."""

    labels: Mapping[str, str]
    words: type[StrEnum]

    def __call__(self, value: object) -> StrEnum:
        """The word; ElementError for any other."""
        if not isinstance(value, str) or value not in self.labels:
            raise ElementError(f"须为{'、'.join(self.labels.values())}之一")
        return self.words(value)


def word(labels: Mapping[str, str], words: type[StrEnum]) -> Word:
    """One of a few words."""
    return Word(labels, words)


@dataclass(frozen=True, slots=True)
class Rows:
    """Reads a list of rows, each of the same elements; the fault names the row."""

    elements: tuple[Element, ...]
    make: Callable[..., Any]

    def __call__(self, value: object) -> tuple[Any, ...]:
        """The rows; ElementError names the first that is wrong."""
        if not isinstance(value, list):
            raise ElementError("须为逐行的列表")
        return tuple(
            _row(self.elements, self.make, number, row) for number, row in enumerate(value, 1)
        )


def rows(elements: tuple[Element, ...], make: Callable[..., Any]) -> Rows:
    """A list of rows."""
    return Rows(elements, make)


def _row(elements: tuple[Element, ...], make: Callable[..., Any], number: int, row: object) -> Any:
    if not isinstance(row, dict):
        raise ElementError(f"第{number}行须有{'、'.join(one.label for one in elements)}")
    values, faults = values_of(elements, row)
    for _, sentence in faults:
        raise ElementError(f"第{number}行：{sentence}")
    return make(**values)
