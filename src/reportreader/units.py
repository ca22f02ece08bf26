"""In which unit money is printed: beside the number, or else in the heading of its column.

Nothing is converted; a unit printed nowhere is None.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from reportreader.draft import RowReading

_HEADINGS = {
    "admin_fee": re.compile(r"收费金额\W{0,3}(?:单位)?\W{0,3}(万元|元)"),
    "central_purchase": re.compile(r"采购总?金额\W{0,3}(?:单位)?\W{0,3}(万元|元)"),
}


def units_of(
    rows: Mapping[str, RowReading], edition: str | None, texts: Sequence[str]
) -> dict[str, str | None]:
    """Row of table two → “元”, “万元” or None, for the rows that hold money in this edition.

    `texts` are what the document says, outside of grids and in them.
    """
    units: dict[str, str | None] = {}
    for row, heading in _HEADINGS.items():
        if row not in rows or (row == "admin_fee" and edition == "2019"):
            continue
        units[row] = rows[row].unit or _printed(heading, texts)
    return units


def _printed(heading: re.Pattern[str], texts: Sequence[str]) -> str | None:
    for text in texts:
        match = heading.search("".join(text.split()))
        if match is not None:
            return match[1]
    return None
