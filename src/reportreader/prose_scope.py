"""Whether a figure in a sentence counts what the report's tables count.

It compares nothing: it only says which figures may be compared, which may not, and which leave open
of whom they speak.
"""

from __future__ import annotations

import re
from enum import Enum

from reportreader.reading import ProseFigure
from statute.reporting.cells import Figures

# A part of the year, of the cases or of the bodies; or a figure said to be about, not exactly.
_PART = re.compile(r"其中|半年|季度|[\d一二三四五六七八九十]月|同比|增加|减少|增长|下降|累计|历年")
_ABOUT = re.compile(r"[余多][^\d]{1,2}$|约[^\d]{0,4}\d+[^\d]{1,2}$")
_OTHER_CASES = re.compile(r"案件|复议|诉讼|建议|提案|信访|热线|投诉")
_OFFICE = re.compile(r"我办|本办|[府政委]办(?:公[室厅])?")
_OFFICE_NAME = re.compile(r"办公[室厅]$")


class Scope(Enum):
    """What a figure speaks of, beside the tables."""

    SAME = "same"  # the reporting body as a whole, its whole year, an exact number
    OPEN = "open"  # perhaps the same: the sentence names nobody
    OTHER = "other"  # another office, some of the cases, a rounded number


def scope_of(figure: ProseFigure, figures: Figures) -> Scope:
    """What the figure speaks of.

    A government's report in which “我办” is counted speaks of an office within it. 受理 is also
    said of new requests and those carried in together: that sum is not the number of new ones.
    """
    text = figure.text
    if figure.own is False or _PART.search(text) or _ABOUT.search(text):
        return Scope.OTHER
    if figure.what.startswith("requests_") and _OTHER_CASES.search(text):
        return Scope.OTHER
    if figure.what == "requests_received" and figure.value == _in_hand(figures):
        return Scope.OTHER
    if figure.own is None:
        return Scope.OPEN
    whose, agency = figure.speaks_of or "", figures.agency or ""
    within = bool(_OFFICE.fullmatch(whose)) and bool(agency) and not _OFFICE_NAME.search(agency)
    return Scope.OTHER if within else Scope.SAME


def _in_hand(figures: Figures) -> int | None:
    new, carried = figures.request("a1", "total"), figures.request("a2", "total")
    if isinstance(new, int) and isinstance(carried, int) and carried:
        return new + carried
    return None
