"""Table four out of running text: fifteen numbers behind their headings, in one run or in three.

The headings stand every way (downwards, across, scrambled by columns); only the numbers' count and
their three totals are relied on.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from reportreader.document import Place
from reportreader.draft import GROUPS, RowReading, TextTable, unknown_row
from reportreader.flat import FlatText
from reportreader.normalise import LETTER
from reportreader.rows import Page, cut_off, dispute_cells, from_cells
from reportreader.tokens import matches_in, without_remarks

_HEADED = re.compile("未经复议直接起诉|复议后起诉|尚未审结")
_END = re.compile(r"五\s*、\s*(?:政府信息公开工作)?(?:存在|主要|工作|改进)|六\s*、\s*其他需要")
_HEADING_REACH = 400  # characters of text that the headings of the table may take
_COUNTED = re.compile(r"\s*[件条起份宗个次年月日]")


@dataclass(slots=True)
class _Run:
    tokens: list[str]
    start: int
    end: int


def read_disputes(flat: FlatText, after: int, page: Page) -> TextTable | None:
    """The three groups of five, looked for behind offset `after`; None when there is no table."""
    heading = _HEADED.search(flat.han, flat.han_index(after))
    if heading is None:
        return None
    start = max(after, flat.offset(heading.start()) - _HEADING_REACH)
    end = _END.search(flat.text, start)
    stop = end.start() if end is not None else len(flat.text)
    words = _last_heading(flat, start, stop)
    barred = _barred(without_remarks(flat.text[words:stop]))
    if barred is not None:
        place = flat.place(words)
        groups = [from_cells(barred[begin : begin + 5]) for begin in (0, 5, 10)]
        if end is None:
            groups[-1] = cut_off(groups[-1], certain=4)
        return TextTable(_named(groups, [place] * 3), start, stop)
    runs = _runs(flat.text, start, stop)
    readings = _three(runs, page)
    if readings is not None:
        if not flat.text[runs[-1].end + start :].strip():
            readings[0][-1] = cut_off(readings[0][-1], certain=4)
        rows = _named(readings[0], [flat.place(offset) for offset in readings[1]])
        return TextTable(rows, start, runs[-1].end + start)
    if not runs:
        return None
    tokens = " ".join(runs[-1].tokens)
    problem = f"“{tokens}”无法分成三组各五格"
    unread = _named([unknown_row(5, problem=problem) for _ in GROUPS], [])
    return TextTable(unread, start, runs[-1].end + start)


def _named(groups: list[RowReading], places: Sequence[Place]) -> dict[str, RowReading]:
    for reading, place in zip(groups, places, strict=False):
        reading.places = (place,)
    return dict(zip(GROUPS, groups, strict=True))


def _last_heading(flat: FlatText, start: int, stop: int) -> int:
    """Offset behind the last word before the first bare run of numbers, or the start."""
    last = start
    for match in re.finditer(r"总\s*计|审\s*结", flat.text[start:stop]):
        last = start + match.end()
    return last


def _barred(text: str) -> list[str] | None:
    """Fifteen barred cells, blanks among them included, behind the last heading."""
    if "|" not in text:
        return None
    cells = [cell.strip() for cell in text.split("|")[1:]]
    while cells and not cells[-1]:
        cells.pop()
    if any(LETTER.search(cell) for cell in cells):
        return None
    filled = [cell for cell in cells if cell]
    if len(filled) == 15:
        return filled
    while len(cells) > 15 and not cells[0]:
        cells.pop(0)
    return cells if len(cells) == 15 else None


def _runs(text: str, start: int, stop: int) -> list[_Run]:
    """Runs of numbers with no word between them; numbers with a counter are a sentence's."""
    runs: list[_Run] = []
    segment = without_remarks(text[start:stop])
    for match in matches_in(segment):
        if not any(map(str.isdecimal, match[0])) and match[0] not in {"/", "-"}:
            continue
        if _COUNTED.match(segment, match.end()):
            continue
        between = segment[runs[-1].end : match.start()] if runs else ""
        if runs and not LETTER.search(between):
            runs[-1].tokens.append(match[0])
            runs[-1].end = match.end()
        else:
            runs.append(_Run([match[0]], match.start(), match.end()))
    for run in runs:
        run.start += start
    return [run for run in runs if any(any(map(str.isdecimal, token)) for token in run.tokens)]


def _three(runs: list[_Run], page: Page) -> tuple[list[RowReading], list[int]] | None:
    """The last run that makes fifteen cells, or three runs that make five each."""
    for run in reversed(runs):
        readings = dispute_cells(run.tokens, 3, page)
        if readings is not None:
            return readings, [run.start] * 3
    fives = [(found[0], run.start) for run in runs if (found := dispute_cells(run.tokens, 1, page))]
    if len(fives) == len(GROUPS):
        return [reading for reading, _ in fives], [start for _, start in fives]
    return None
