"""The tables of a file: which head stands over a cell, and which heads announce personal data.

What a head means for publication is asked by screening.findings.table_heads.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from screening.findings.head_words import HeadWord, tidy, usual_head_words
from screening.passages import Passage, Place

_HEAD_ROWS = 6  # titles and notes may stand above the head
_LONGEST_HEAD = 40
_LEAST_DIGITS = 4  # of an ID, a card, a date, also when the rest is masked


@dataclass(slots=True)
class Table:
    """Cells that say something: (row, column) → index of the passage, and each column's in order.

    Of two passages in one cell the first stands for it.
    """

    cells: dict[tuple[int, int], int] = field(default_factory=dict)
    columns: dict[int, list[tuple[int, int]]] = field(default_factory=dict)
    _head_rows: dict[int, int] = field(default_factory=dict)
    _tops: dict[int, int | None] = field(default_factory=dict)

    def add(self, row: int, column: int, index: int) -> None:
        """Takes in a cell."""
        if self.cells.setdefault((row, column), index) == index:
            self.columns.setdefault(column, []).append((row, index))

    def head_rows(self) -> Mapping[int, int]:
        """The first rows that have cells, and how many they have."""
        if not self._head_rows:
            counts: dict[int, int] = {}
            for row, _ in self.cells:
                counts[row] = counts.get(row, 0) + 1
            self._head_rows = {row: counts[row] for row in sorted(counts)[:_HEAD_ROWS]}
        return self._head_rows

    def top(self, column: int, passages: Sequence[Passage]) -> int | None:
        """The first cell of a column that can be its head: in a row of several, few digits."""
        if column not in self._tops:
            rows = self.head_rows()
            self._tops[column] = next(
                (
                    index
                    for row, index in self.columns[column]
                    if rows.get(row, 0) > 1 and _is_head(passages[index].text)
                ),
                None,
            )
        return self._tops[column]


@dataclass(frozen=True, slots=True)
class Head:
    """A head that announces something, and the passages of its values, in order."""

    index: int
    meaning: HeadWord
    values: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Tables:
    """All tables of a file; cells of one sheet without a table number are one table."""

    passages: Sequence[Passage]
    tables: Mapping[tuple[object, ...], Table]
    heads: tuple[Head, ...]
    announced: Mapping[int, str]  # cells under a head that announces something, and that head

    def head(self, index: int) -> str:
        """The head over a cell with a colon, or ""; one that announces something comes first."""
        if index in self.announced:
            return self.announced[index]
        place = self.passages[index].place
        table = self.tables.get(_key(place))
        if table is None or place.column not in table.columns:
            return ""
        top = table.top(place.column, self.passages)
        return "" if top is None or top == index else f"{tidy(self.passages[top].text)}："


def tables_of(passages: Sequence[Passage], announcing: Collection[int]) -> Tables:
    """The tables, with heads sought only among the passages in which a head word was seen."""
    found: dict[tuple[object, ...], Table] = {}
    for index, passage in enumerate(passages):
        place = passage.place
        if place.row and place.column and not passage.text.isspace() and passage.text:
            key = _key(place)
            table = found.get(key)
            if table is None:
                table = found[key] = Table()
            table.add(place.row, place.column, index)
    heads = tuple(
        head
        for index in sorted(announcing)
        if (table := found.get(_key(passages[index].place))) is not None
        for head in _heads(table, index, passages, announcing)
    )
    announced = {
        value: f"{tidy(passages[head.index].text)}：" for head in heads for value in head.values
    }
    return Tables(passages, found, heads, announced)


def _key(place: Place) -> tuple[object, ...]:
    return place.inside, place.sheet, place.table


def _heads(
    table: Table, index: int, passages: Sequence[Passage], announcing: Collection[int]
) -> Iterator[Head]:
    """A head in the first rows with the cells below, or a label of a form with the cell beside.

    Beside a column's head stands another head; a label with nothing beside it is that of an empty
    form, unless it stands at the edge of the table.
    """
    place = passages[index].place
    meaning = usual_head_words().meaning(passages[index].text)
    if meaning is None or table.cells.get((place.row, place.column)) != index:
        return
    beside = table.cells.get((place.row, place.column + 1))
    values: list[int] = []
    if place.row in table.head_rows() and (
        beside is not None or place.column == max(table.columns)
    ):
        values = [other for row, other in table.columns[place.column] if row > place.row]
    values = _telling(values, meaning, passages, announcing)
    if not values and beside is not None:
        values = _telling([beside], meaning, passages, announcing)
    yield Head(index, meaning, tuple(values))


def _telling(
    cells: Sequence[int],
    meaning: HeadWord,
    passages: Sequence[Passage],
    announcing: Collection[int],
) -> list[int]:
    """The cells that can be values of a head, and are not heads themselves."""
    words = usual_head_words()
    return [
        cell
        for cell in cells
        if (cell not in announcing or words.meaning(passages[cell].text) is None)
        and (not meaning.digits or _digits(passages[cell].text) >= _LEAST_DIGITS)
    ]


def _is_head(text: str) -> bool:
    return len(text) <= _LONGEST_HEAD and _digits(text) < _LEAST_DIGITS


def _digits(text: str) -> int:
    return sum(map(str.isdigit, text))
