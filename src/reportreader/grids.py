"""Fills tables from grids: a row is known by its label, its cells by what stands behind the label.

Column headings decide nothing here: they are repeated, lost and invented too often.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from reportreader.document import Document, Grid, GridCell, Line, Place
from reportreader.draft import GROUPS, Draft, RowReading
from reportreader.labels import NUMERAL, REQUEST_ROWS, row_of_cell
from reportreader.normalise import LETTER, letters, normalise
from reportreader.reading import NOWHERE, How, Remark
from reportreader.rows import WIDTH, Page, cut_off, dispute_cells, from_cells, request_row
from reportreader.tokens import tokens_of
from reportreader.widths import width_of
from statute.reporting.cells import UNKNOWN, Table

_REQUEST_ROWS = frozenset(REQUEST_ROWS)
_VAGUE = {"r_other_3", "r_sum"}  # 其他, 总计: also the names of columns
_GROUP_WORDS = (("未经复议", "ld"), ("复议后起诉", "la"), ("行政复议", "rv"))
_DISPUTE_WORDS = re.compile("结果纠正")


def fill_from_grids(document: Document, draft: Draft) -> tuple[Grid, ...]:
    """Puts every row that a grid of the document shows into the draft; returns the grids that
    showed none, whose text may still be of use."""
    if not any(isinstance(block, Grid) for block in document.blocks):
        return ()
    unused: list[Grid] = []
    loose: list[tuple[str | None, RowReading]] = []
    group: str | None = None
    last = _last_cell(document)
    for block in document.blocks:
        if isinstance(block, Grid):
            disputes = _disputes(block, group, last)
            loose.extend(disputes)
            if not _labelled_rows(block, draft, last) and not disputes:
                unused.append(block)
        elif isinstance(block, Line) and len(block.text) < 60:
            group = _group_named(block.text) or group
    _place_disputes(loose, draft)
    return tuple(unused)


def _last_cell(document: Document) -> GridCell | None:
    """The last cell of a document that ends with a table: it may have been cut off there."""
    final = document.blocks[-1] if document.blocks else None
    return final.cells[-1] if isinstance(final, Grid) and final.cells else None


def _group_named(text: str) -> str | None:
    if "议" not in text:
        return None
    found = letters(text)
    return next((group for words, group in _GROUP_WORDS if words in found), None)


_Labelled = tuple[Sequence[GridCell], tuple[str, int]]


def _labelled_rows(grid: Grid, draft: Draft, last: GridCell | None) -> bool:
    rows, alone = _rows_of(grid)
    found = False
    for row, (name, at) in rows:
        after = row[at + 1 :]
        table = draft.requests if name in _REQUEST_ROWS else draft.proactive
        if name in table:
            _note_repetition(name, table, draft)
            continue
        if name in _REQUEST_ROWS:
            reading = _request(after, lambda: _value_columns(alone))
        else:
            reading = _proactive(after, width_of(name, draft.edition))
        if reading is not None:
            if after[-1] is last and name in _REQUEST_ROWS:
                reading = cut_off(reading, certain=min(len(after), WIDTH) - 1)
            elif after[-1] is last and not last.text:
                reading.cells = (*reading.cells[:-1], UNKNOWN)
            if any(cell.hidden for cell in after):
                draft.remarks.append(Remark("该行有隐藏的单元格，已读入", _table(name), name))
            table[name] = reading
            found = True
    return found


def _rows_of(grid: Grid) -> tuple[list[_Labelled], list[_Labelled]]:
    """Rows of the form with the name and place of their label; and those among them that have
    their line to themselves: only there do columns say anything."""
    rows: list[_Labelled] = []
    alone: list[_Labelled] = []
    for line in grid.rows():
        for row in _split(line):
            label = _label_at(row)
            if label is not None:
                rows.append((row, label))
                if len(row) == len(line):
                    alone.append((row, label))
    return rows, alone


def _split(row: Sequence[GridCell]) -> Iterator[Sequence[GridCell]]:
    """A line of the file may hold several rows of the form, run together: each begins where a
    label follows numbers, with the words of a group label before it."""
    start, numbers = 0, False
    for at, cell in enumerate(row):
        words = LETTER.search(cell.text) is not None
        if words and numbers and row_of_cell(cell.text) is not None:
            first = at
            while not _is_value(row[first - 1].text):
                first -= 1
            yield row[start:first]
            start, numbers = first, False
        numbers = numbers or _is_value(cell.text)
    yield row[start:]


def _is_value(text: str) -> bool:
    return bool(text) and LETTER.search(text) is None


def _note_repetition(name: str, table: dict[str, RowReading], draft: Draft) -> None:
    # A report may print a table twice; the first stands, and the reader is told.
    draft.remarks.append(Remark("该行出现不止一次，取第一次的读数", _table(name), name))


def _table(name: str) -> Table:
    return Table.REQUESTS if name in _REQUEST_ROWS else Table.PROACTIVE


def _label_at(row: Sequence[GridCell]) -> tuple[str, int] | None:
    """The last cell before the first number that is the label of a row."""
    found: tuple[str, int] | None = None
    for at, cell in enumerate(row):
        text = cell.text
        if not text or text.isdecimal():
            if found is not None and text:
                break
            continue
        name = row_of_cell(text)
        if name is not None:
            found = (name, at)
    if found is None or found[1] == len(row) - 1:
        return None
    after = row[found[1] + 1 :]
    if any(_is_number(cell.text) for cell in after):
        return found
    vague = found[0] in _VAGUE and not _numbered(row[found[1]].text, found[0])
    return None if vague or any(LETTER.search(cell.text) for cell in after) else found


@lru_cache(maxsize=4096)
def _is_words(text: str) -> bool:
    return LETTER.search(text) is not None and not _is_number(text)


@lru_cache(maxsize=4096)
def _is_number(text: str) -> bool:
    return any(character.isdecimal() for character in text) and not _looks_like_text(text)


def _looks_like_text(text: str) -> bool:
    found = LETTER.findall(text)
    return len(found) > 12 and "(" not in normalise(text)


def _numbered(text: str, name: str) -> bool:
    return normalise(text).strip().lstrip("(").startswith(NUMERAL[name])


def _request(after: Sequence[GridCell], columns: object) -> RowReading | None:
    cells = _seven(after, columns)
    if cells is not None:
        reading = from_cells([cell.text for cell in cells])
        reading.places = _places(cells)
        return reading
    tokens = [token for cell in after for token in tokens_of(cell.text)]
    if not tokens:
        return None
    reading = request_row(tokens, Page(glued=any(len(token) >= WIDTH for token in tokens)))
    reading.places = _places(after[:1])
    return reading


def _seven(after: Sequence[GridCell], columns: object) -> Sequence[GridCell] | None:
    """The seven value cells behind a label, where their positions are certain."""
    if len(after) == WIDTH:
        return after
    if len(after) > WIDTH:
        known = columns() if callable(columns) else None
        if known is not None:
            by_column = {cell.column: cell for cell in after}
            chosen = [by_column.get(column) for column in known]
            if all(cell is not None for cell in chosen):
                return [cell for cell in chosen if cell is not None]
    filled = [cell for cell in after if cell.text.strip()]
    return filled if len(filled) == WIDTH and len(after) > WIDTH else None


def _value_columns(
    rows: Sequence[_Labelled],
) -> tuple[int, ...] | None:
    """The seven columns that end with the last one ever filled, which is 总计: columns right of
    every label of this grid, and any before the seven must be empty throughout."""
    requests = [(row, at) for row, (name, at) in rows if name in _REQUEST_ROWS]
    if not requests:
        return None
    border = max(row[at].column + row[at].column_span for row, at in requests)
    behind = [cell for row, at in requests for cell in row[at + 1 :] if cell.column >= border]
    filled = {cell.column for cell in behind if cell.text.strip()}
    if not filled:
        return None
    every = sorted({cell.column for cell in behind if cell.column <= max(filled)})
    left, columns = every[:-WIDTH], tuple(every[-WIDTH:])
    return columns if len(columns) == WIDTH and not filled & set(left) else None


def _proactive(after: Sequence[GridCell], width: int) -> RowReading | None:
    cells = list(after)
    if len(cells) > width:
        filled = [cell for cell in cells if cell.text.strip()]
        # Padding stands behind the values; where it might stand before them, only a full
        # set counts.
        cells = filled if len(filled) == width else cells[:width]
        if len(filled) > width:
            cells = []
    if len(cells) != width:
        return RowReading((UNKNOWN,) * width, How.CELL, _places(after[:1]))
    reading = from_cells([cell.text for cell in cells])
    reading.places = _places(cells)
    if UNKNOWN in reading.cells and not any(_is_number(cell.text) for cell in cells):
        return None
    return reading


def _disputes(
    grid: Grid, group: str | None, last: GridCell | None
) -> list[tuple[str | None, RowReading]]:
    """Rows of results in this grid: fifteen cells, or five under the headings of one group."""
    found: list[tuple[str | None, RowReading]] = []
    headed = 0
    for row in grid.rows():
        cells = [cell for cell in row if not _is_words(cell.text)]
        if len(cells) != len(row):
            text = letters("".join(cell.text for cell in row))
            headed += len(_DISPUTE_WORDS.findall(text))
            group = _group_in_header(text) or group
        elif headed and cells:
            found.extend(_dispute_row(cells, group, 5 if headed == 1 else 15))
            if found and cells[-1] is last:
                found[-1] = found[-1][0], cut_off(found[-1][1], certain=4)
    return found


def _group_in_header(text: str) -> str | None:
    named = [group for words, group in _GROUP_WORDS if words in text]
    return named[0] if len(named) == 1 else None


def _dispute_row(
    row: Sequence[GridCell], group: str | None, width: int
) -> Iterable[tuple[str | None, RowReading]]:
    cells = list(row)
    while len(cells) > width and not cells[-1].text.strip():
        cells.pop()  # columns added to pad the page
    while len(cells) > width and not cells[0].text.strip():
        cells.pop(0)
    texts = [cell.text for cell in cells]
    if not any(text.strip() for text in texts):
        return
    if len(cells) == width:
        for start in range(0, width, 5):
            reading = from_cells(texts[start : start + 5])
            reading.places = _places(cells[start : start + 5])
            yield (group if width == 5 else GROUPS[start // 5]), reading
        return
    tokens = [token for text in texts for token in tokens_of(text)]
    page = Page(glued=len(cells) == 1)
    for name, reading in zip(GROUPS, dispute_cells(tokens, 3, page) or (), strict=False):
        reading.places = _places(cells[:1])
        yield name, reading


def _place_disputes(loose: Sequence[tuple[str | None, RowReading]], draft: Draft) -> None:
    """By the name above them; three groups without distinct names stand in the printed order."""
    names = [name for name, _ in loose]
    if len(loose) == len(GROUPS) and set(names) != set(GROUPS):
        names = list(GROUPS)
    for name, (_, reading) in zip(names, loose, strict=True):
        if name is not None:
            draft.disputes.setdefault(name, reading)


def _places(cells: Sequence[GridCell]) -> tuple[Place, ...]:
    return tuple(
        Place(row=cell.row + 1, column=cell.column + 1) if cell.place == NOWHERE else cell.place
        for cell in cells
    )
