"""Reads the values of one row from what stands behind its label, borders lost or not.

It is told the row's width and whether the page runs digits together; it never looks at other rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from reportreader.draft import RowReading, from_solutions, unknown_row
from reportreader.numbers import Printed, read_cell
from reportreader.reading import How
from reportreader.solve import (
    Row,
    TooManyError,
    splits,
    splits_of_fragments,
    splits_with_totals,
)
from statute.reporting.cells import BLANK, UNKNOWN, Candidates, Cell, Gap, Number

WIDTH = 7  # table three: six kinds of applicant and 总计
_LONE_PAGE_NUMBER = 3  # digits at most


@dataclass(frozen=True, slots=True)
class Page:
    """How a text treats the borders between cells."""

    glued: bool = False  # digits run together, and stray spaces mean nothing


def from_cells(texts: Sequence[str], how: How = How.CELL) -> RowReading:
    """A row whose cells are all there, each in its border."""
    printed = [read_cell(text) for text in texts]
    cells = [one.value for one in printed]
    if any(one.closed for one in printed) and not _foots(cells):
        cells = [UNKNOWN if one.closed else one.value for one in printed]
    units = [one.unit for one in printed if one.unit]
    return RowReading(tuple(cells), how, unit=units[-1] if units else None)


def request_row(tokens: Sequence[str], page: Page) -> RowReading:
    """Table three's seven cells from the numbers and blank marks found behind a label."""
    printed = [read_cell(token) for token in tokens]
    clean = all(one.value is not UNKNOWN for one in printed)
    digits = "".join(tokens)
    if len(tokens) == WIDTH and clean and not page.glued:
        return RowReading(tuple(one.value for one in printed), How.POSITION)
    if not digits.isdecimal():
        lost = clean and len(tokens) < WIDTH and not page.glued
        return _lost(printed) if lost else _unclear(tokens)
    if len(tokens) == WIDTH and clean and _foots([one.value for one in printed]):
        return RowReading(tuple(one.value for one in printed), How.POSITION)
    if len(tokens) > WIDTH and not page.glued:
        return _without_stray(tokens)
    if len(digits) >= WIDTH and (page.glued or not clean or _looks_glued(tokens)):
        return _solved(tokens, printed, page, clean=clean)
    return _lost(printed) if clean and not page.glued else _too_short(tokens)


def _looks_glued(tokens: Sequence[str]) -> bool:
    return any(len(token) >= WIDTH for token in tokens)


def _solved(
    tokens: Sequence[str], printed: Sequence[Printed], page: Page, *, clean: bool
) -> RowReading:
    digits = "".join(tokens)
    half = len(digits) // 2
    if "0" not in digits and digits[:half] == digits[half:]:
        # As well one column and its total, the five between them left empty.
        return unknown_row(WIDTH, How.SOLVED, f"“{digits}”也可能只是一格和总计两个相同的数")
    try:
        solutions = (
            splits_with_totals(digits, 1, WIDTH)
            if page.glued
            else splits_of_fragments(tokens, WIDTH)
        )
    except TooManyError:
        return unknown_row(WIDTH, How.SOLVED, f"“{digits}”可分成的读法太多")
    if solutions:
        return from_solutions(solutions)
    if clean and len(tokens) == WIDTH:
        return RowReading(tuple(one.value for one in printed), How.POSITION)
    return unknown_row(
        WIDTH, How.SOLVED, f"“{' '.join(tokens)}”无论怎样分成 {WIDTH} 格，前六格之和都不等于总计"
    )


def _without_stray(tokens: Sequence[str]) -> RowReading:
    """One number too many: a page number in the row, or one number in two pieces. The sums say
    which, where only one such reading fits them."""
    problem = f"标签后有 {len(tokens)} 个数，应为 {WIDTH} 个"
    legible = all(read_cell(token).value is not UNKNOWN for token in tokens)
    if len(tokens) != WIDTH + 1 or not legible:
        return unknown_row(WIDTH, problem=problem)
    rows = {
        tuple(map(int, (*tokens[:place], *tokens[place + 1 :])))
        for place, token in enumerate(tokens)
        if len(token) <= _LONE_PAGE_NUMBER and int(token) > 0
    }
    rows |= {
        tuple(map(int, (*tokens[:place], tokens[place] + tokens[place + 1], *tokens[place + 2 :])))
        for place in range(WIDTH)
        if tokens[place] != "0"
    }
    fitting = [row for row in rows if _foots(row)]
    return from_solutions(fitting) if len(fitting) == 1 else unknown_row(WIDTH, problem=problem)


def _lost(printed: Sequence[Printed]) -> RowReading:
    """Blanks are lost, and with them the columns. The last number is the total when the others add
    up to it; one surviving number has no column at all."""
    numbers = [one.value for one in printed if not isinstance(one.value, Gap)]
    if not numbers:
        return RowReading((BLANK,) * WIDTH, How.POSITION)
    reading = unknown_row(WIDTH, How.POSITION)
    if len(numbers) == 1:
        return replace(reading, single=numbers[0])
    *parts, total = numbers
    if sum(parts) != total:
        return replace(reading, problem="空格丢失，各数之和又不等于末数，无法判断各数所在的列")
    cells: list[Cell] = [UNKNOWN] * (WIDTH - 1)
    # With two numbers there is one part, and it is the total: the row's figure is known.
    return RowReading((*cells, total), How.SOLVED, single=total if len(numbers) == 2 else None)


def _too_short(tokens: Sequence[str]) -> RowReading:
    if not tokens:
        return RowReading((BLANK,) * WIDTH, How.POSITION)
    return unknown_row(WIDTH, problem=f"“{' '.join(tokens)}”不足 {WIDTH} 格，空格已丢失")


def _unclear(tokens: Sequence[str]) -> RowReading:
    return unknown_row(WIDTH, problem=f"“{' '.join(tokens)}”不是 {WIDTH} 个数")


def _foots(cells: Sequence[Number | Gap]) -> bool:
    if any(cell is UNKNOWN for cell in cells) or cells[-1] is BLANK:
        return False
    numbers = [0 if isinstance(cell, Gap) else cell for cell in cells]
    return sum(numbers[:-1]) == numbers[-1]


def cut_off(reading: RowReading, certain: int = 0) -> RowReading:
    """A row in which the text ends. Only a total that fits vouches for the last number; without
    it, the first `certain` cells stay and the rest is unknown. A row that begins with a blank may
    begin with padding instead, and then no cell is certain, sum or not."""
    padded = reading.cells[0] is BLANK
    if not padded and UNKNOWN not in reading.cells and _foots(list(map(_plain, reading.cells))):
        return reading
    kept = reading.cells[: 0 if padded else max(certain, 0)]
    cells = (*kept, *(UNKNOWN,) * (len(reading.cells) - len(kept)))
    return replace(
        reading, cells=cells, open=(), single=None, problem="文本在此行中断，末尾的数不可信"
    )


def either(first: RowReading, second: RowReading) -> RowReading:
    """Two ways of reading one row: the one whose sum holds; where both hold, the alternatives;
    where neither does, unknown."""
    if first.cells == second.cells:
        return first
    options = [one for one in (first, second) if one.open or _foots(list(map(_plain, one.cells)))]
    if len(options) == 1:
        return options[0]
    solutions: list[Row] = []
    for one in options:
        solutions.extend(one.open or (tuple(map(_whole, one.cells)),))
    if solutions:
        return from_solutions(tuple(dict.fromkeys(solutions)))
    return unknown_row(WIDTH, problem="末数的最后一位与下一行标签的序号无法分开")


def _whole(cell: Cell) -> int:
    return cell if isinstance(cell, int) else 0


def _plain(cell: Cell) -> Number | Gap:
    return UNKNOWN if isinstance(cell, Candidates) else cell


def dispute_cells(tokens: Sequence[str], groups: int, page: Page) -> list[RowReading] | None:
    """Table four: `groups` groups of five with a total each; None when nothing fits."""
    width = groups * 5
    printed = [read_cell(token).value for token in tokens]
    exact = len(tokens) == width and UNKNOWN not in printed
    digits = "".join(tokens)
    if exact and not (page.glued and digits.isdecimal() and len(digits) > width):
        return _in_groups(tuple(printed), How.POSITION)
    if not digits.isdecimal() or len(tokens) > len(digits) or len(digits) < width:
        return None
    # Numbers that are legible as they stand are not cut up because some of them are missing.
    if not page.glued and len(tokens) > groups and UNKNOWN not in printed:
        return None
    try:
        solutions = splits_with_totals(digits, groups, 5)
    except TooManyError:
        return None
    if not solutions:
        return _in_groups(tuple(printed), How.POSITION) if exact else None
    return _in_groups(from_solutions(solutions).cells, How.SOLVED)


def _in_groups(cells: tuple[Cell, ...], how: How) -> list[RowReading]:
    return [RowReading(cells[start : start + 5], how) for start in range(0, len(cells), 5)]


def proactive_row(tokens: Sequence[str], width: int, page: Page) -> RowReading:
    """Table two's cells: no sums bind them, so glued digits are decided only where one reading is
    possible at all."""
    printed = [read_cell(token) for token in tokens]
    clean = all(one.value is not UNKNOWN for one in printed)
    unit = next((one.unit for one in reversed(printed) if one.unit), None)
    if page.glued and any("-" in token or "减" in token for token in tokens[width == 1 :]):
        # Neither a sign nor a mark for a blank can be told from the other here.
        return unknown_row(width, problem=f"“{''.join(tokens)}”中的横线或减号无法判断属于哪一格")
    # Where digits run together, the spaces between them prove nothing.
    trusted = not page.glued or len("".join(tokens)) == width or width == 1
    if len(tokens) == width and clean and trusted:
        return RowReading(tuple(one.value for one in printed), How.POSITION, unit=unit)
    if not tokens:
        return RowReading((BLANK,) * width, How.POSITION)
    digits = "".join(tokens)
    if not digits.isdecimal() or (clean and not page.glued):
        return replace(
            unknown_row(width, problem=f"“{' '.join(tokens)}”不是 {width} 个数"), unit=unit
        )
    try:
        solutions = splits(digits, width)
    except TooManyError:
        solutions = ()
    if not solutions:
        return unknown_row(width, How.SOLVED, f"“{digits}”无法分成 {width} 格")
    return from_solutions(solutions)
