"""How records are numbered: 索引号 when they are cleared, 统一编号 when they are signed.

It draws nothing (services.numbering does) and writes no number itself: templates are filled in by
the series of the body, whose forms statute.register_numbers knows.
"""

from __future__ import annotations

from gongkai.agencies.models import Agency, NumberSeries
from statute.register_numbers import RegLevel, RegNumber

INDEX_SERIES = "index"
REG_SERIES = "reg"


def reg_template(level: RegLevel, *, city: str = "", county: str = "") -> str:
    """The template of unified numbers for a series to be opened with: HCSD{department}-{YYYY}-…

    The letters are those of statute; its NumberingError where they make no number of that level.
    """
    first = str(RegNumber(level, "00", 2000, 1, city, county))
    letters = first.removesuffix("00-2000-0001")
    return f"{letters}{{department}}-{{YYYY}}-{{seq:04d}}"


def gives_reg_numbers(agency: Agency) -> bool:
    """Whether a body has unified numbers: it opened a series once. They are a local practice
    (`zhejiang_normative#县级统一编号`), so that a body without one signs without."""
    return NumberSeries.objects.filter(agency=agency, key=REG_SERIES).exists()
