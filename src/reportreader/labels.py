"""Recognises the printed labels of the form's rows, tolerant of spaces, marks and misprints.

It knows what rows are called in both editions; where their figures stand is found elsewhere.
"""

from __future__ import annotations

import re
from functools import lru_cache

from reportreader.normalise import letters, normalise
from statute.reporting.edition_2019 import EDITION_2019
from statute.reporting.edition_2021 import EDITION_2021
from statute.reporting.editions import EDITIONS

_NUMERALS = "一二三四五六七八九十"
_LEADING = re.compile(f"[{_NUMERALS}]")
# A heading cell printed together with the label of its first row.
_GROUP_PREFIX = re.compile(
    r"(?:三?本年度办理结果)?(?:[一二三四五六]?(?:不予公开|无法提供|不予处理|其他处理))?"
)
_NUMBERING = re.compile(r"\s*[（(]?\s*([一二三四五六七八九]|\d)\s*[)）]?\s*[.、．,，]?")

REQUEST_ROWS: tuple[str, ...] = (
    *(row.id for row in EDITION_2019.requests if row.id not in {"r_sum", "a4"}),
    *(row.id for row in EDITION_2021.requests if row.id.startswith("r_other_")),
    "r_sum",
    "a4",
)
"""Rows of table three in printed order, （六） both in one row and in three."""

PROACTIVE_ROWS: tuple[str, ...] = tuple(EDITION_2019.proactive_rows)
"""Rows of table two in printed order; the 2021 form has some of them."""


def _printed_labels() -> dict[str, str]:
    labels = {row.id: row.label for form in EDITIONS for row in form.requests}
    for form in EDITIONS:
        labels |= {row.id: row.label for row, _ in form.proactive_rows.values()}
    return labels


_LABELS = _printed_labels()

NUMERAL: dict[str, str] = {
    row: match[1] for row, label in _LABELS.items() if (match := _NUMBERING.match(label))
}
"""Row → the numeral printed before its label, where it has one."""

FORMS: dict[str, str] = {
    row: letters(_NUMBERING.sub("", normalise(label), count=1) if row in NUMERAL else label)
    for row, label in _LABELS.items()
}
"""Row → the Chinese characters of its label, without the numeral."""

_ALIASES: dict[str, str] = {
    "部分公开": "r_partial",
    "二部分公开": "r_partial",
    "规范性文件": "norm_docs",
    "行政规范性文件": "norm_docs",
    "六其他": "r_other",
    "其它": "r_other_3",
    "结转下年度继续办理数量": "a4",
}


def _exact() -> dict[str, str]:
    table = dict(_ALIASES)
    for row, form in FORMS.items():
        table[form] = row
        if row in NUMERAL:
            table[NUMERAL[row] + form] = row
    return table


_EXACT = _exact()
_SHORTEST_FOR_MISPRINTS = 4


@lru_cache(maxsize=8192)
def row_of_cell(text: str) -> str | None:
    """The row whose label this whole cell is; None for anything else, sentences included."""
    found = letters(text) if text.isprintable() else letters(normalise(text))
    if not found:
        return None
    row = _EXACT.get(found)
    if row is None:
        found = letters(normalise(text))
        row = _EXACT.get(found)
    if row is None and len(found) <= 60:
        bare = _GROUP_PREFIX.sub("", found, count=1)
        row = _EXACT.get(bare) or nearest(bare)
    return row


@lru_cache(maxsize=8192)
def nearest(found: str, among: tuple[str, ...] | None = None) -> str | None:
    """The one row whose label these characters misprint: at most a third of them wrong, and no
    other row as near. Short labels must be exact but for one character."""
    bare = found[1:] if _LEADING.match(found) else found
    if len(bare) < _SHORTEST_FOR_MISPRINTS:
        return None
    best: tuple[int, str | None] = (len(bare), None)
    for row in FORMS if among is None else among:
        form = FORMS[row]
        limit = min(max(1, len(form) // 3), best[0])
        if len(form) < _SHORTEST_FOR_MISPRINTS or abs(len(form) - len(bare)) > limit:
            continue
        wrong = edit_distance(bare, form, limit)
        if wrong is None or wrong > limit:
            continue
        best = (wrong, None if wrong == best[0] and best[1] != row else row)
    return best[1]


def edit_distance(left: str, right: str, limit: int) -> int | None:
    """Insertions, deletions and replacements between two texts; None beyond the limit."""
    if abs(len(left) - len(right)) > limit:
        return None
    previous = list(range(len(right) + 1))
    for row, character in enumerate(left, 1):
        current = [row]
        for column, other in enumerate(right, 1):
            current.append(
                min(
                    previous[column] + 1,
                    current[column - 1] + 1,
                    previous[column - 1] + (character != other),
                )
            )
        if min(current) > limit:
            return None
        previous = current
    return previous[-1] if previous[-1] <= limit else None
