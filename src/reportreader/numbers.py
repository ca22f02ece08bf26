"""Reads what stands in one cell: a number, a blank, a unit of money, a remark beside the number.

It reads bounded cells; digits that ran together over several cells are solve's matter.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from reportreader.normalise import normalise
from statute.reporting.cells import BLANK, UNKNOWN, Gap, Number

_BLANK = re.compile(r"[\s/\\|-]*")
_REMARK = re.compile(r"[(\[〔【][^()\[\]〔〕【】]*[)\]〕】]")
_NUMBER = re.compile(
    r"(?P<sign>[-+]|减少?|增加?|负)?\s*(?P<digits>\d{1,3}(?:,\d{3})+|\d+)(?P<fraction>\.\d+)?"
    r"\s*(?P<unit>万元|亿元|元|件|项|个|条|份|宗|起|次)?[。;,]?"
)
_SPACED_DIGITS = re.compile(r"\d+(?: +\d+)+")
_MINUS = {"-", "减", "减少", "负"}


class Printed(NamedTuple):
    """One cell as printed: its value, the unit of money beside it, and whether spaces inside the
    digits were closed to read it (then only a matching sum vouches for it)."""

    value: Number | Gap
    unit: str | None = None
    closed: bool = False


_EMPTY = Printed(BLANK)
_ILLEGIBLE = Printed(UNKNOWN)


@lru_cache(maxsize=16384)
def read_cell(text: str) -> Printed:
    """Value and unit of one cell; UNKNOWN when something stands there that is no single number.

    “/” and dashes are blanks; 减1 is -1; remarks in brackets and counters (件、项) are passed over.
    """
    if text.isdecimal() and text.isascii():
        return Printed(int(text)) if _well_formed(text) else _ILLEGIBLE
    text = normalise(text).strip()
    if _BLANK.fullmatch(text):
        return _EMPTY
    match = _NUMBER.fullmatch(text)
    if match is None:
        text = _REMARK.sub("", text).strip()
        match = _NUMBER.fullmatch(text)
    if match is not None:
        return _printed(match, closed=False)
    if _SPACED_DIGITS.fullmatch(text):
        joined = re.sub(r"\s", "", text)
        return Printed(int(joined), closed=True) if _well_formed(joined) else _ILLEGIBLE
    return _ILLEGIBLE


def _printed(match: re.Match[str], *, closed: bool) -> Printed:
    digits = match["digits"].replace(",", "")
    unit = match["unit"] if match["unit"] in {"元", "万元"} else None
    if not _well_formed(digits) or match["unit"] == "亿元":
        return _ILLEGIBLE
    value: Number = Decimal(digits + match["fraction"]) if match["fraction"] else int(digits)
    return Printed(-value if match["sign"] in _MINUS else value, unit, closed)


def _well_formed(digits: str) -> bool:
    """Nobody prints 007; digits beyond any count are several cells run together."""
    return digits == "0" or (digits[0] != "0" and len(digits) <= 15)
