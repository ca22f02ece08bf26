"""Pairs labels and lines of values as a page layout leaves them: side by side, above, inside.

It is used only where values demonstrably do not follow their labels.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from reportreader.draft import RowReading, unknown_row
from reportreader.flat import FlatText
from reportreader.normalise import letters
from reportreader.numbers import read_cell
from reportreader.occurrences import Occurrence
from reportreader.rows import WIDTH, Page, cut_off, request_row
from reportreader.tokens import tokens_of
from statute.reporting.cells import UNKNOWN

_LABEL_NUMERAL = re.compile(r"\d[^\S\n]?[.、,](?=[^\S\n]?[\u3400-\u9fff])")
_LINES_BEFORE = 4
_WORDS_END_TABLE = 6


@dataclass(frozen=True, slots=True)
class ValueLine:
    """A line with numbers: its extent, where its numbers begin, and they themselves."""

    start: int
    end: int
    offset: int
    tokens: tuple[str, ...]

    @property
    def full(self) -> bool:
        """Whether it is a whole row by itself."""
        return len(self.tokens) == WIDTH and all(
            read_cell(token).value is not UNKNOWN for token in self.tokens
        )


def value_lines(flat: FlatText, table: Sequence[Occurrence]) -> tuple[ValueLine, ...]:
    """Lines of numbers from just above the first label to the end of the table."""
    marks = [(one.start, one.first) for one in table]
    first = max(0, flat.line_number(table[0].start) - _LINES_BEFORE)
    last_label = flat.line_number(table[-1].end)
    lines: list[ValueLine] = []
    for number in range(first, len(flat.starts)):
        start = flat.starts[number]
        end = flat.starts[number + 1] - 1 if number + 1 < len(flat.starts) else len(flat.text)
        line = flat.text[start:end]
        if number > last_label and len(letters(line)) >= _WORDS_END_TABLE:
            break
        for mark, stop in marks:
            if start <= mark < end:
                line = line[: mark - start] + " " * (stop - mark) + line[stop - start :]
        line = _LABEL_NUMERAL.sub(lambda match: " " * len(match[0]), line)
        tokens = tuple(tokens_of(line))
        if len(tokens) == WIDTH or any(any(map(str.isdecimal, token)) for token in tokens):
            offset = start + line.find(tokens[0])
            lines.append(ValueLine(start, end, offset, tokens))
    return tuple(lines)


def stands_beside(table: Sequence[Occurrence], lines: Sequence[ValueLine]) -> bool:
    """Whether full rows of values stand inside labels, above the first, or two behind one."""
    full = [line for line in lines if line.full]
    if any(line.end <= table[0].first for line in full):
        return True
    for index, one in enumerate(table):
        until = table[index + 1].start if index + 1 < len(table) else None
        if any(one.first < line.offset < one.end for line in lines if len(line.tokens) > 1):
            return True
        behind = [
            line
            for line in full
            if line.offset >= one.end and (until is None or line.offset < until)
        ]
        if len(behind) > 1:
            return True
    return False


def rows_beside(
    flat: FlatText, table: Sequence[Occurrence], lines: Sequence[ValueLine], page: Page
) -> dict[str, RowReading]:
    """Each line of values goes to the label on it or around it; the labels and lines left between
    two such pairs belong together in order where they are as many, and are unknown otherwise."""
    owned = _owned(table, lines)
    blanks_lost = not any(line.full for line in lines)
    rows: dict[str, RowReading] = {}
    labels: list[int] = []
    next_line = 0
    for index in range(len(table) + 1):
        if index < len(table) and index not in owned:
            labels.append(index)
            continue
        limit = owned[index] if index < len(table) else len(lines)
        loose = [line for line in lines[next_line:limit] if len(line.tokens) > 1]
        readings = _in_order(flat, labels, loose, page, blanks_lost=blanks_lost)
        for label, reading in zip(labels, readings, strict=True):
            rows[table[label].row] = reading
        if index < len(table):
            rows[table[index].row] = _row(flat, lines[limit], page)
        labels, next_line = [], limit + 1
    last = table[-1]
    if not rows[last.row].places and (last.row != "a4" or not flat.text[last.end :].strip()):
        del rows[last.row]  # the text ends with this label: its row is not visible
    return rows


def _owned(table: Sequence[Occurrence], lines: Sequence[ValueLine]) -> dict[int, int]:
    """Label → its line, for lines that a label stands on (last before the numbers) or around."""
    owned: dict[int, int] = {}
    least = 0
    for index, one in enumerate(table):
        for number in range(least, len(lines)):
            line = lines[number]
            if line.start >= one.end:
                break
            following = table[index + 1] if index + 1 < len(table) else None
            if following is not None and following.first < line.offset:
                break  # of two labels before the numbers, the nearer one has them
            if line.end > one.first and one.first < line.offset:
                owned[index] = number
                least = number + 1
                break
    return owned


def _in_order(
    flat: FlatText,
    labels: Sequence[int],
    loose: Sequence[ValueLine],
    page: Page,
    *,
    blanks_lost: bool,
) -> list[RowReading]:
    if len(labels) == len(loose):
        return [_row(flat, line, page) for line in loose]
    if not loose and blanks_lost:
        return [request_row((), page) for _ in labels]
    problem = f"{len(labels)} 个行标签与 {len(loose)} 行数字对不上，无法判断归属"
    return [unknown_row(WIDTH, problem=problem) for _ in labels]


def _row(flat: FlatText, line: ValueLine, page: Page) -> RowReading:
    reading = request_row(line.tokens, page)
    if not flat.text[line.end :].strip():
        reading = cut_off(reading)
    reading.places = (flat.place(line.offset),)
    return reading
