"""Table three out of running text, however it was flattened.

Two ways of standing are told apart: values behind their label (cell by cell, barred, glued), and
values beside it, as a page layout leaves them, above or in the middle of a label of many lines.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from reportreader.draft import RowReading, TextTable, unknown_row
from reportreader.flat import FlatText
from reportreader.flat_layout import rows_beside, stands_beside, value_lines
from reportreader.labels import FORMS, NUMERAL, REQUEST_ROWS, nearest
from reportreader.normalise import LETTER, letters
from reportreader.occurrences import Occurrence, chain, find, keys_of, pattern_of, weigh
from reportreader.rows import WIDTH, Page, cut_off, either, from_cells, request_row
from reportreader.stretches import Stretch, stretch_behind
from reportreader.tokens import tokens_of
from statute.reporting.cells import UNKNOWN

_ORDER = {row: number for number, row in enumerate(REQUEST_ROWS)}
_FORMS = {row: FORMS[row] for row in REQUEST_ROWS if row not in {"r_other_3", "r_sum", "r_other"}}
_KEYS = keys_of(_FORMS) | {"部分公开": ("r_partial", 0)}
_PATTERN = pattern_of(_KEYS)
_THREE = ("r_other_1", "r_other_2")
_SPECIAL = re.compile(
    r"(?P<r_other>六\s*[)\]]?\s*、?\s*(?P<word_r_other>其\s*[他它](?:\s*处\s*理)?))"
    r"|(?P<r_sum>七\s*[)\]]?\s*、?\s*(?P<word_r_sum>[总合]\s*[计汁]))"
    r"|(?P<r_other_3>3\s*[.、,)]?\s*(?P<word_r_other_3>其\s*[他它])(?!\s*[法处结]))"
)
_BARE = re.compile(r"(?:(?P<r_sum>[总合]\s*计)|(?P<r_other_3>其\s*[他它]))(?![\u3400-\u9fff])")
_SEVERAL = 3
_HEADER = ("勾稽关系", "申请人情况", "自然人")


def read_requests(flat: FlatText) -> tuple[TextTable, Page] | None:
    """The table and how it treats borders; None when no chain of labels with values stands in the
    text."""
    found = find(flat, _PATTERN, _KEYS, _FORMS, NUMERAL)
    if not found:
        return None
    found = sorted(found + _special(flat, found), key=lambda one: one.start)
    if any(one.row in _THREE and one.weight > 0 for one in found):
        found = [one for one in found if one.row != "r_other"]  # there it heads three rows
    table = chain(found, _ORDER)
    if not _is_table(flat, table):
        return None
    table = _with_misprints(flat, table)
    stretches = [
        stretch_behind(flat, one, table[index + 1].start if index + 1 < len(table) else None)
        for index, one in enumerate(table)
    ]
    page = Page(glued=_glued(stretches))
    lines = () if _regular(stretches) else value_lines(flat, table)
    if lines and stands_beside(table, lines):
        rows = rows_beside(flat, table, lines, page)
    elif any(stretch.tokens or stretch.cells for stretch in stretches):
        rows = _behind(flat, table, stretches, page)
    else:
        return None
    end = max([one.end for one in table] + [stretch.end for stretch in stretches])
    return TextTable(rows, table[0].start, end), page


def _special(flat: FlatText, found: Sequence[Occurrence]) -> list[Occurrence]:
    """Labels too short to be sought by their characters alone: 其他处理, 3.其他, 总计."""
    special: list[Occurrence] = []
    for match in _SPECIAL.finditer(flat.text):
        row = _outer(match)
        first = match.start("word_" + row)
        special.append(weigh(flat, row, first, match.end(), NUMERAL[row], whole=True))
    numbered = {one.row for one in special}
    three = any(one.row in _THREE for one in found)
    for match in _BARE.finditer(flat.text):
        row = str(match.lastgroup)
        inside = LETTER.match(flat.text, match.start() - 1) if match.start() else None
        if inside or row in numbered or (row == "r_other_3" and not three):
            continue
        special.append(weigh(flat, row, match.start(), match.end(), None, whole=False))
    return special


def _outer(match: re.Match[str]) -> str:
    return next(row for row in ("r_other", "r_sum", "r_other_3") if match[row] is not None)


def _is_table(flat: FlatText, table: Sequence[Occurrence]) -> bool:
    if len(table) < 2:
        return False
    names = {one.row for one in table}
    before = flat.han[: flat.han_index(table[0].first)]
    headed = any(words in before for words in _HEADER)
    return (headed or bool(names & {"a1", "a2"})) and sum(one.weight for one in table) >= 4


def _regular(stretches: Sequence[Stretch]) -> bool:
    """Whether every label is followed by exactly its seven values: nothing can stand beside."""
    return all(stretch.barred or len(stretch.tokens) == WIDTH for stretch in stretches)


def _glued(stretches: Sequence[Stretch]) -> bool:
    """Whether most rows have run together: seven digits in one piece, or numbers like 00."""
    filled = [stretch.tokens for stretch in stretches if stretch.tokens and not stretch.barred]
    run = [
        tokens
        for tokens in filled
        if any(
            token.isdecimal() and (len(token) >= WIDTH or (len(token) > 1 and token[0] == "0"))
            for token in tokens
        )
    ]
    return len(run) * 2 >= len(filled) and bool(run)


def _with_misprints(flat: FlatText, table: list[Occurrence]) -> list[Occurrence]:
    """Adds rows whose label is misprinted beyond recognition by its pieces, where a label of a
    missing row stands between two that were found."""
    result: list[Occurrence] = []
    end_of_all = len(flat.text)
    for index, one in enumerate(table):
        result.append(one)
        following = table[index + 1] if index + 1 < len(table) else None
        upper = _ORDER[following.row] if following else len(REQUEST_ROWS)
        missing = [
            row
            for row in REQUEST_ROWS[_ORDER[one.row] + 1 : upper]
            if len(FORMS[row]) >= 4 and row != "r_other"
        ]
        if missing:
            end = following.start if following else min(end_of_all, one.end + 4000)
            result.extend(_misprints(flat, one.end, end, missing))
    return result


_PIECE = re.compile(r"[^\d|]*[\u3400-\u9fff][^\d|]*")
_NOISE = re.compile(
    r"^三?、?(?:本年度办理结果)?(?:[一二三四五六]?(?:不予公开|无法提供|不予处理|其他处理))?"
)


def _misprints(flat: FlatText, start: int, end: int, missing: Sequence[str]) -> list[Occurrence]:
    found: list[Occurrence] = []
    left = list(missing)
    for match in _PIECE.finditer(flat.text, start, end):
        said = letters(match[0])
        said = _NOISE.sub("", said, count=1)
        row = nearest(said, tuple(left)) if 3 <= len(said) <= 45 else None
        if row is None:
            continue
        # The label is the end of the piece: what stood before it was a heading.
        first = flat.offset(max(0, flat.han_index(match.end()) - len(said)))
        found.append(weigh(flat, row, first, match.end(), NUMERAL.get(row), whole=True))
        left = left[left.index(row) + 1 :]
    return found


def _behind(
    flat: FlatText, table: Sequence[Occurrence], stretches: Sequence[Stretch], page: Page
) -> dict[str, RowReading]:
    """Rows by what follows each label; a block of values behind several labels is dealt out."""
    rows: dict[str, RowReading] = {}
    waiting: list[int] = []
    regular = all(_from_left(one.cells) for one in stretches if one.cells and not one.cut)
    astray = _astray(stretches)
    blanks_lost = not astray and not any(
        len(one.tokens) >= WIDTH and not one.barred for one in stretches
    )
    for index, stretch in enumerate(stretches):
        row = table[index].row
        if not stretch.tokens and not stretch.barred:
            waiting.append(index)
            rows[row] = _empty(flat, table[index], stretch, page, blanks_lost=blanks_lost)
            continue
        block = _dealt(stretch, len(waiting) + 1) if waiting else None
        if block is not None:
            for number, tokens in zip((*waiting, index), block, strict=True):
                rows[table[number].row] = _placed(request_row(tokens, page), flat, stretch)
        else:
            reading = _one(stretch, page, regular=regular)
            if astray and index + 1 == len(table):
                reading = unknown_row(WIDTH, problem="数字全在最后一行之后，无法判断归属")
            if index + 1 < len(table) and table[index + 1].lost_dot:
                reading = either(
                    reading, _one(_with_digit(stretch, table[index + 1]), page, regular=regular)
                )
            if len(stretch.tokens) > 2 and not stretch.barred and _skips(table, index):
                reading = _whole_or_unknown(reading)
            within = _row_within(flat, table[index])
            if within:
                reading = either(reading, request_row(within, page))
            rows[row] = _placed(reading, flat, stretch)
        waiting = []
    last = stretches[-1]
    if not last.tokens and (last.cut or table[-1].row != "a4"):
        del rows[table[-1].row]  # the text ends with this label: its row is not visible
    return rows


def _row_within(flat: FlatText, label: Occurrence) -> tuple[str, ...]:
    """A whole row of values standing inside a label, as a page layout leaves it between two of its
    lines: then the values behind the label may be those of the next row."""
    within = tuple(tokens_of(flat.text[label.first : label.end]))
    return within if sum(map(len, within)) >= WIDTH else ()


def _astray(stretches: Sequence[Stretch]) -> bool:
    """Whether the last label alone has numbers behind it: then they may be anyone's."""
    *before, last = stretches
    empty = sum(not one.tokens and not one.barred for one in before)
    return bool(last.tokens) and not last.barred and empty == len(before) >= _SEVERAL


def _with_digit(stretch: Stretch, following: Occurrence) -> Stretch:
    """The same with the next label's numeral read as a value, or as the last digit of one."""
    digit = NUMERAL[following.row]
    if stretch.tokens and following.start == stretch.end:
        return replace(stretch, tokens=(*stretch.tokens[:-1], stretch.tokens[-1] + digit))
    return replace(stretch, tokens=(*stretch.tokens, digit))


def _skips(table: Sequence[Occurrence], index: int) -> bool:
    """Whether a row of the form is missing between this label and the next."""
    if index + 1 == len(table):
        return False
    absent = {"r_other"} if any(one.row in _THREE for one in table) else {*_THREE, "r_other_3"}
    between = REQUEST_ROWS[_ORDER[table[index].row] + 1 : _ORDER[table[index + 1].row]]
    return any(row not in absent for row in between)


def _whole_or_unknown(reading: RowReading) -> RowReading:
    """A total read where blanks are lost is doubtful when the next row's label is missing: some
    of the numbers may be that row's."""
    return unknown_row(WIDTH) if UNKNOWN in reading.cells else reading


def _empty(
    flat: FlatText, label: Occurrence, stretch: Stretch, page: Page, *, blanks_lost: bool
) -> RowReading:
    """No values behind a label: blank where blanks leave no trace. Where other rows print every
    cell, where words intervene or a number stands inside the label, nothing can be told."""
    inside = any(map(str.isdecimal, flat.text[label.first : label.end]))
    if stretch.foreign or inside or not blanks_lost or page.glued:
        return unknown_row(WIDTH, problem="标签后没有数字，无法判断是空白还是丢失")
    return request_row((), page)


def _dealt(stretch: Stretch, labels: int) -> list[tuple[str, ...]] | None:
    """The values of several labels in one block behind the last of them, row by row."""
    if len(stretch.tokens) != WIDTH * labels:
        return None
    return [stretch.tokens[start : start + WIDTH] for start in range(0, len(stretch.tokens), WIDTH)]


def _one(stretch: Stretch, page: Page, *, regular: bool) -> RowReading:
    cells = stretch.cells
    if cells is None:
        reading = request_row(stretch.tokens, page)
        return cut_off(reading) if stretch.cut else reading
    seven = _seven(cells)
    if seven is not None:
        reading = from_cells(seven)
        return cut_off(reading, certain=WIDTH - 1) if stretch.cut else reading
    filled = [cell for cell in cells if cell]
    if not filled:
        return request_row((), page) if cells else unknown_row(WIDTH)
    if stretch.cut:
        # Never shifted: what bars place from the left stays there, the rest is unknown.
        whole = from_cells([*cells, *[""] * WIDTH][:WIDTH])
        return cut_off(whole, certain=min(len(cells), WIDTH) - 1 if regular else 0)
    return request_row([token for cell in filled for token in tokens_of(cell)], page)


def _from_left(cells: Sequence[str]) -> bool:
    """Whether the first cell behind the label is the first column; the total is never blank."""
    return len(cells) >= WIDTH and bool(cells[WIDTH - 1]) and not any(cells[WIDTH:])


def _seven(cells: Sequence[str]) -> Sequence[str] | None:
    """The seven cells of a barred row, where the bars leave no doubt which they are."""
    if _from_left(cells):
        return cells[:WIDTH]
    if len(cells) > WIDTH and cells[-1] and not any(cells[:-WIDTH]):
        return cells[-WIDTH:]  # the bars of a label that spans columns stand before them
    filled = [cell for cell in cells if cell]
    return filled if len(filled) == WIDTH else None


def _placed(reading: RowReading, flat: FlatText, stretch: Stretch) -> RowReading:
    offsets = stretch.offsets[: len(reading.cells)]
    reading.places = tuple(flat.place(offset) for offset in offsets)
    return reading
