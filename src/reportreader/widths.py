"""How many value columns the rows of table two have, edition by edition, and which edition it is.

The edition is what the tables show; the year of the report decides only where there are none.
"""

from __future__ import annotations

import re

from statute.reporting.editions import EDITIONS

_WIDTHS: dict[tuple[str, str], int] = {
    (form.id, row): len(columns)
    for form in EDITIONS
    for row, (_, columns) in form.proactive_rows.items()
}
# Words that only the one form prints; a few are enough, whichever survived.
_OF_2021 = re.compile("本年制发件数|本年废止件数|现行有效件数|本年收费金额|本年处理决定数量")
_OF_2019 = re.compile(
    "上一年项目数量|本年增减|本年新制作数量|本年新公开数量|对外公开总数量|采购项目数量?|采购总金额"
    "|其他对外管理服务事项|第二十条第九项"
)


def width_of(row: str, edition: str | None) -> int:
    """How many value columns a row of table two has in this edition, or in the one that has it."""
    for wanted in (edition, "2021", "2019"):
        width = _WIDTHS.get((str(wanted), row))
        if width is not None:
            return width
    raise KeyError(row)


def edition_of(han: str) -> str | None:
    """The form whose own words stand in the text (its Chinese characters), by majority."""
    new, old = len(_OF_2021.findall(han)), len(_OF_2019.findall(han))
    if new == old:
        return None
    return "2021" if new > old else "2019"
