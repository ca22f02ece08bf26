"""Reads the time-limit cell (公开时限) of a standard catalogue into numbers a clock can use.

Counts no days itself, and never guesses: what it cannot read stays as written, without a number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from statute.citations import cite
from statute.units import TimeUnit

TIMING_SOURCE = cite("catalogues_2019#时限")


class Base(StrEnum):
    """The event a limit counts from."""

    FORMED = "formed"
    CHANGED = "changed"
    MADE = "made"
    OBTAINED = "obtained"
    APPROVED = "approved"
    REPLIED = "replied"
    DETERMINED = "determined"
    SIGNED = "signed"
    DECIDED = "decided"


@dataclass(frozen=True, slots=True)
class Timing:
    """What a cell says: publish within `n` units of `bases`; keep on show for `display_min`.

    `n` 0 is 实时公开. `soft`: no number can be held against it (及时公开, or a text that was not
    understood; then `understood` is False). `standing`: kept public for good (长期公开).
    `quarter`: due in that quarter of every year. `text` is what was read, `written` what stands
    in the cell: they differ for 同上.
    """

    written: str
    text: str
    n: int | None = None
    unit: TimeUnit | None = None
    bases: tuple[Base, ...] = ()
    soft: bool = False
    standing: bool = False
    display_min: int | None = None
    display_unit: TimeUnit | None = None
    quarter: int | None = None

    @property
    def understood(self) -> bool:
        """Whether anything but the bare text was read."""
        return (
            self.n is not None
            or self.display_min is not None
            or self.quarter is not None
            or self.standing
            or _SOFT.search(_plain(self.text)) is not None
        )


_NUMBER = r"([0-9]{1,4}|[一二两三四五六七八九十百]{1,5})"
_UNIT = r"个?(工作日|自然日|日历日|日|天)"
_LIMIT = re.compile(rf"{_NUMBER}{_UNIT}(?:之内|以内|内)")
_DISPLAY = re.compile(
    rf"(?:公示|公告)(?:期限|时间|期)?(?:一般)?(?:不得少于|不少于|至少|为)?{_NUMBER}{_UNIT}(?!之?内|以内)"
)
_QUARTER = re.compile(r"每年第?([一二三四1-4])季度")
_IMMEDIATE = re.compile(r"实时")
_SOFT = re.compile(r"及时|按进展")
_STANDING = re.compile(r"永久|长期")
_SAME_AS_ABOVE = re.compile(r"[同如]上")

# The first expression that fits gives the events; the fuller ones stand first.
_BASES: tuple[tuple[re.Pattern[str], tuple[Base, ...]], ...] = (
    (re.compile(r"形成(?:或者?|、|/)变更"), (Base.FORMED, Base.CHANGED)),
    (re.compile(r"(?:制定|制作)(?:或者?|、|/)获取"), (Base.MADE, Base.OBTAINED)),
    (re.compile(r"变更"), (Base.CHANGED,)),
    (re.compile(r"形成"), (Base.FORMED,)),
    (re.compile(r"制定|制作"), (Base.MADE,)),
    (re.compile(r"获取"), (Base.OBTAINED,)),
    (re.compile(r"批复"), (Base.REPLIED,)),
    (re.compile(r"批准"), (Base.APPROVED,)),
    (re.compile(r"签订"), (Base.SIGNED,)),
    (re.compile(r"作出"), (Base.DECIDED,)),
    (re.compile(r"确定"), (Base.DETERMINED,)),
)

_FULL_WIDTH_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
_DIGITS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}


def parse_timing(text: str, previous: Timing | None = None) -> Timing:
    """The cell as a value; 同上 takes over what the row above says.

    Never raises: what is not understood comes back soft and without numbers, the text kept.
    """
    plain = _plain(text)
    if _SAME_AS_ABOVE.fullmatch(plain.rstrip("。；")):
        return (
            Timing(text, text, soft=True) if previous is None else replace(previous, written=text)
        )
    display = _DISPLAY.search(plain)
    rest = plain if display is None else plain[: display.start()] + plain[display.end() :]
    timing = _limit(text, rest)
    if display is not None:
        timing = replace(timing, display_min=_count(display[1]), display_unit=_unit(display[2]))
    hard = timing.n is not None or timing.display_min is not None or timing.quarter is not None
    return replace(timing, soft=not (hard or timing.standing))


def _limit(text: str, plain: str) -> Timing:
    """The part of a cell that says by when, or that it stays for good."""
    standing = _STANDING.search(plain) is not None
    limit = _LIMIT.search(plain)
    if limit is not None:
        before = plain[: limit.start()]
        bases = next((bases for form, bases in _BASES if form.search(before)), ())
        return Timing(text, text, _count(limit[1]), _unit(limit[2]), bases, standing=standing)
    if _IMMEDIATE.search(plain):
        return Timing(text, text, n=0, standing=standing)
    quarter = _QUARTER.search(plain)
    return Timing(
        text, text, standing=standing, quarter=None if quarter is None else _count(quarter[1])
    )


def _plain(text: str) -> str:
    return "".join(text.split()).translate(_FULL_WIDTH_DIGITS)


def _unit(word: str) -> TimeUnit:
    return TimeUnit.WORKDAY if word == "工作日" else TimeUnit.DAY


def _count(number: str) -> int:
    """20, 二十, 三十五, 一百二十 as an integer."""
    if number.isascii():
        return int(number)
    total, digit = 0, 0
    for letter in number:
        if letter in _DIGITS:
            digit = _DIGITS[letter]
        else:
            total += (digit or 1) * (10 if letter == "十" else 100)
            digit = 0
    return total + digit
