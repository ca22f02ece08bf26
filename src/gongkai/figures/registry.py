"""Named figures: a number with the list behind it, filled by the apps, read by prose and reports.

A figure whose list cannot be shown is no figure. It stores and caches nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

_NAME = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+")

Value = int | Decimal


@dataclass(frozen=True, slots=True)
class Scope:
    """For whom and when a figure is asked: agencies (None: all) and a period, both days included.

    `as_of` is the day on which a stock is counted.
    """

    agency_ids: frozenset[int] | None = None
    since: date | None = None
    until: date | None = None
    as_of: date | None = None


# The things behind a figure: the rows of a list, so many as a counting figure says.
Listing = Callable[[Scope], QuerySet[Any] | Collection[object]]


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure by name ("agencies.bodies"): its label, its unit, its value and what is behind it.

    counts: the value is the length of its list (a sum of money is not). address: the screen that
    shows the list for a scope.
    """

    name: str
    label: str
    unit: str
    query: Callable[[Scope], Value]
    listing: Listing
    address: Callable[[Scope], str]
    counts: bool = True


class UnknownFigureError(LookupError):
    """No app has registered a figure of this name."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A figure as read for a scope, ready for prose: 「12 个」 that opens."""

    figure: Figure
    value: Value
    url: str

    def __str__(self) -> str:
        return f"{self.value:,} {self.figure.unit}"


_REGISTRY: dict[str, Figure] = {}


def register(*figures: Figure) -> None:
    """Adds figures; a wrong name or two figures of one name are a ValueError."""
    for figure in figures:
        if not _NAME.fullmatch(figure.name):
            raise ValueError(f"指标名应为“应用.名称”：{figure.name}")
        if _REGISTRY.get(figure.name, figure) != figure:
            raise ValueError(f"指标重名：{figure.name}")
        _REGISTRY[figure.name] = figure


def registered() -> tuple[Figure, ...]:
    """All figures, by name."""
    return tuple(_REGISTRY[name] for name in sorted(_REGISTRY))


def find(name: str) -> Figure:
    """The figure of this name; UnknownFigureError where there is none."""
    try:
        return _REGISTRY[name]
    except KeyError:
        raise UnknownFigureError(f"没有登记的指标：{name}") from None


def value(name: str, scope: Scope) -> Value:
    """The number."""
    return find(name).query(scope)


def read(name: str, scope: Scope) -> Reading:
    """The number with the address of its list."""
    figure = find(name)
    return Reading(figure, figure.query(scope), figure.address(scope))


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A counting figure whose list has another length."""

    name: str
    value: Value
    listed: int


def disagreements(scope: Scope) -> list[Disagreement]:
    """Counting figures that say another number than their list is long; empty when all hold."""
    return [
        Disagreement(figure.name, said, listed)
        for figure in registered()
        if figure.counts
        and (said := figure.query(scope)) != (listed := _length(figure.listing(scope)))
    ]


def _length(rows: QuerySet[Any] | Collection[object]) -> int:
    # The rows are fetched, not counted: COUNT(*) would repeat what the figure itself asked.
    return len(list(rows))
