"""Provisional days of a year whose holiday notice is missing: statutory days only, marked so.

The direction of the error: no bridge days and no make-up weekend days are assumed, so a real
notice can move a date either way by a few days (calendars.md 4, practice, never final).
"""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

from statute.calendars.notices import SpecialDay


def estimated_years(first: int) -> list[int]:
    """Years from `first` on, without a gap, for which festival dates are on file."""
    years: list[int] = []
    year = first
    while str(year) in _festivals():
        years.append(year)
        year += 1
    return years


def estimated_days(year: int, first: int) -> tuple[SpecialDay, ...]:
    """Days off of an unannounced year: statutory days of the 2024 rules (`holiday_rules_2024#2`),
    and for each that falls on a weekend or on another statutory day the next free working day
    (`holiday_rules_2024#6`). Empty for years before `first`, which have a notice."""
    if year < first:
        return ()
    off: dict[date, SpecialDay] = {}
    owed: list[tuple[date, str]] = []
    for day, name in _statutory_days(year):
        if day.weekday() >= 5 or day in off:
            owed.append((day, name))
        off.setdefault(day, SpecialDay(day, working=False, name=name))
    for day, name in owed:
        substitute = day
        while substitute in off or substitute.weekday() >= 5:
            substitute += timedelta(days=1)
        off[substitute] = SpecialDay(substitute, working=False, name=f"{name}补假")
    return tuple(off[day] for day in sorted(off))


def _statutory_days(year: int) -> list[tuple[date, str]]:
    """The 13 days of the 2024 rules: 元旦1 春节4 清明1 劳动节2 端午1 中秋1 国庆3."""
    festival = _festivals()[str(year)]
    new_year = festival["new_year"]
    days = [(date(year, 1, 1), "元旦")]
    days += [(new_year + timedelta(days=offset), "春节") for offset in (-1, 0, 1, 2)]
    days += [(festival["qingming"], "清明节")]
    days += [(date(year, 5, 1), "劳动节"), (date(year, 5, 2), "劳动节")]
    days += [(festival["dragon_boat"], "端午节"), (festival["mid_autumn"], "中秋节")]
    days += [(date(year, 10, number), "国庆节") for number in (1, 2, 3)]
    return sorted(days)


@cache
def _festivals() -> dict[str, dict[str, date]]:
    text = files("statute.calendars").joinpath("festivals.toml").read_text(encoding="utf-8")
    return {
        year: {name: day for name, day in table.items() if name != "mark"}
        for year, table in tomllib.loads(text).items()
    }
