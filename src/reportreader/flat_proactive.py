"""Table two out of running text: its labels are everyday words, so the article headings hold it.

Without “第二十条第（N）项” or “信息内容” among them, the same words are a sentence, not a table.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from reportreader.draft import RowReading, TextTable, unknown_row
from reportreader.flat import FlatText
from reportreader.labels import FORMS, PROACTIVE_ROWS, nearest
from reportreader.normalise import letters
from reportreader.occurrences import Occurrence, chain, weigh
from reportreader.rows import Page, from_cells, proactive_row
from reportreader.stretches import Stretch, stretch_behind
from reportreader.widths import width_of
from statute.reporting.cells import UNKNOWN

_ANCHORS = {
    "一": "b20_1", "五": "b20_5", "六": "b20_6", "八": "b20_8", "九": "b20_9",
}  # fmt: skip
_SEQUENCE = (
    "b20_1", "rules", "norm_docs", "b20_5", "license", "other_service", "b20_6", "penalty",
    "coercion", "b20_8", "admin_fee", "b20_9", "central_purchase",
)  # fmt: skip
_ORDER = {name: number for number, name in enumerate(_SEQUENCE)}
_WORDS = {**{FORMS[row]: row for row in PROACTIVE_ROWS}, "规范性文件": "norm_docs"}
_PATTERN = re.compile(
    "第二十条第?([一五六八九])项|" + "|".join(sorted(_WORDS, key=len, reverse=True))
)
_MONEY = {"admin_fee", "central_purchase"}
_ENDS = re.compile(r"三\s*、?\s*收到和处理|本列数据|四\s*、[^\n]{0,10}行政复议|申请人情况")
_PIECE = re.compile(r"[^\d|\n]*[\u3400-\u9fff][^\d|\n]*")


def read_proactive(flat: FlatText, edition: str | None, page: Page) -> TextTable | None:
    """The rows found, or None when there is no such table in the text."""
    found = _labels(flat)
    table = chain(found, _ORDER)
    anchors = sum(one.row.startswith("b20") for one in table)
    if not anchors or len(table) == anchors:
        return None
    table = _with_misprints(flat, table)
    rows: dict[str, RowReading] = {}
    stretches = _stretches(flat, table)
    page = Page(glued=page.glued or _runs_together(stretches))
    for one, stretch in stretches:
        if stretch.foreign or (stretch.cut and not stretch.tokens):
            continue
        width = width_of(one.row, edition)
        rows[one.row] = _row(stretch, width, page)
        if stretch.cut and flat.text[-1:].isdecimal():
            # The text breaks off in a number, and no sum says whether it is whole.
            rows[one.row].cells = (*rows[one.row].cells[:-1], UNKNOWN)
        offsets = stretch.offsets[:width]
        rows[one.row].places = tuple(flat.place(offset) for offset in offsets)
    if any(len(stretch.tokens) > width_of(one.row, edition) for one, stretch in stretches):
        # Values of some row stand behind another: where nothing stands, nothing can be told.
        for one, stretch in stretches:
            if not stretch.tokens and stretch.cells is None and one.row in rows:
                rows[one.row] = unknown_row(width_of(one.row, edition))
    if not any(stretch.tokens for _, stretch in stretches):
        return None
    return TextTable(rows, table[0].start, max(stretch.end for _, stretch in stretches))


def _labels(flat: FlatText) -> list[Occurrence]:
    found: list[Occurrence] = []
    for match in _PATTERN.finditer(flat.han):
        first, end = flat.offset(match.start()), flat.offset(match.end() - 1) + 1
        if match[1]:
            found.append(Occurrence(_ANCHORS[match[1]], first, first, end, 3))
            continue
        one = weigh(flat, _WORDS[match[0]], first, end, None, whole=False)
        if one.weight > 0 or _alone(flat, first, end):
            found.append(Occurrence(one.row, first, first, end, max(one.weight, 0) + 1))
    return found


def _alone(flat: FlatText, first: int, end: int) -> bool:
    """Whether the label is all there is on its line, as where every value was blank and lost."""
    number = flat.line_number(first)
    start = flat.starts[number]
    stop = flat.text.find("\n", end)
    line = flat.text[start : stop if stop >= 0 else len(flat.text)]
    return line.strip(" |\t") == flat.text[first:end].strip()


def _stretches(flat: FlatText, table: Sequence[Occurrence]) -> list[tuple[Occurrence, Stretch]]:
    result = []
    for index, one in enumerate(table):
        if one.row.startswith("b20"):
            continue
        until = table[index + 1].start if index + 1 < len(table) else None
        if until is None and _ENDS.search(flat.text, one.end) is not None:
            until = _end_behind(flat, one.end)
        result.append((one, stretch_behind(flat, one, until, money=one.row in _MONEY)))
    return result


def _end_behind(flat: FlatText, offset: int) -> int:
    """Where the next part of the report begins, or the text ends."""
    end = _ENDS.search(flat.text, offset)
    return len(flat.text) if end is None else end.start()


def _runs_together(stretches: Sequence[tuple[Occurrence, Stretch]]) -> bool:
    """A number such as 000 is three cells, and then so are the other rows."""
    return any(
        len(token) > 1 and token.isdecimal() and token[0] == "0"
        for _, stretch in stretches
        for token in stretch.tokens
    )


def _row(stretch: Stretch, width: int, page: Page) -> RowReading:
    if stretch.cells is None:
        return proactive_row(stretch.tokens, width, page)
    cells = stretch.cells
    filled = [cell for cell in cells if cell]
    if len(cells) >= width and not any(cells[width:]):
        return from_cells(cells[:width])
    if len(filled) == width:
        return from_cells(filled)
    if not filled:
        return from_cells([""] * width)
    return unknown_row(width, problem=f"“{' '.join(filled)}”不是 {width} 个数")


def _with_misprints(flat: FlatText, table: list[Occurrence]) -> list[Occurrence]:
    """Adds rows whose label is misprinted, by the pieces between two labels that were found."""
    result: list[Occurrence] = []
    for index, one in enumerate(table):
        result.append(one)
        upper = _ORDER[table[index + 1].row] if index + 1 < len(table) else len(_SEQUENCE)
        missing = [
            row
            for row in _SEQUENCE[_ORDER[one.row] + 1 : upper]
            if not row.startswith("b20") and len(FORMS[row]) >= 4
        ]
        if not missing:
            continue
        until = table[index + 1].start if index + 1 < len(table) else _end_behind(flat, one.end)
        for match in _PIECE.finditer(flat.text, one.end, until):
            row = nearest(letters(match[0]), tuple(missing))
            if row is not None:
                first = match.start() + len(match[0]) - len(match[0].lstrip())
                result.append(Occurrence(row, first, first, match.end(), 1))
                missing = missing[missing.index(row) + 1 :]
    return result
