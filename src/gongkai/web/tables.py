"""Tables that sort, page and export one list: columns declared once, for screen and for file.

It orders and cuts what it is given; which rows somebody may see is decided before it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict

from gongkai.web.exports import FORMATS, export

Row = TypeVar("Row", bound=Model)
PER_PAGE = 25


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """One column: its name in addresses, its head, the text of a cell, the fields it sorts by.

    `link` makes the cell a link to the row; `template` draws richer cells with `row` and `text`.
    """

    name: str
    label: str
    text: Callable[[Row], str]
    sort: tuple[str, ...] = ()
    link: Callable[[Row], str] | None = None
    template: str = ""
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class Head:
    """A column's head with the address that sorts by it, or "" where it does not sort."""

    label: str
    url: str
    direction: str
    numeric: bool


@dataclass(frozen=True, slots=True)
class Cell(Generic[Row]):
    """A cell ready to draw."""

    label: str
    text: str
    url: str
    template: str
    numeric: bool
    row: Row


@dataclass(frozen=True, slots=True)
class PageLink:
    """A page number of the pager; an empty address is a gap or the page one is on."""

    label: str
    url: str
    current: bool = False


@dataclass
class Table(Generic[Row]):
    """A sorted page of a list. `caption` says what the table holds; `noun` counts it (件, 个)."""

    columns: Sequence[Column[Row]]
    rows: QuerySet[Row]
    query: QueryDict
    caption: str
    noun: str = "条"
    per_page: int = PER_PAGE
    page: Page[Row] = field(init=False)

    def __post_init__(self) -> None:
        ordered = self.ordered()
        self.page = Paginator(ordered, self.per_page).get_page(self.query.get("page"))

    def ordered(self) -> QuerySet[Row]:
        """All rows in the order asked for; the primary key last, so that pages never overlap."""
        column, down = self._sorting()
        if column is None:
            return self.rows if self.rows.ordered else self.rows.order_by("pk")
        sign = "-" if down else ""
        return self.rows.order_by(*(f"{sign}{name}" for name in column.sort), "pk")

    def heads(self) -> list[Head]:
        """Heads in order, with what a press on them does."""
        return [self._head(column) for column in self.columns]

    def cells(self) -> list[list[Cell[Row]]]:
        """The rows of this page as cells."""
        return [[self._cell(column, row) for column in self.columns] for row in self.page]

    def pages(self) -> list[PageLink]:
        """The pager: first, last and the neighbours of the page one is on."""
        paginator, number = self.page.paginator, self.page.number
        return [
            PageLink(str(page), self._address(page=str(page)), page == number)
            if isinstance(page, int)
            else PageLink("…", "")
            for page in paginator.get_elided_page_range(number, on_each_side=2, on_ends=1)
        ]

    def previous_url(self) -> str:
        """The address of the page before, or ""."""
        if not self.page.has_previous():
            return ""
        return self._address(page=str(self.page.previous_page_number()))

    def next_url(self) -> str:
        """The address of the page after, or ""."""
        if not self.page.has_next():
            return ""
        return self._address(page=str(self.page.next_page_number()))

    def exports(self) -> list[tuple[str, str]]:
        """Name and address of each file the list can be taken as."""
        return [(form.label, self._address(export=name)) for name, form in FORMATS.items()]

    def _sorting(self) -> tuple[Column[Row] | None, bool]:
        asked = self.query.get("sort", "")
        found = [c for c in self.columns if c.sort and c.name == asked.removeprefix("-")]
        return (found[0], asked.startswith("-")) if found else (None, False)

    def _head(self, column: Column[Row]) -> Head:
        if not column.sort:
            return Head(column.label, "", "", column.numeric)
        current, down = self._sorting()
        mine = current is not None and current.name == column.name
        asked = f"-{column.name}" if mine and not down else column.name
        direction = ("descending" if down else "ascending") if mine else "none"
        return Head(column.label, self._address(sort=asked, page=""), direction, column.numeric)

    def _cell(self, column: Column[Row], row: Row) -> Cell[Row]:
        url = column.link(row) if column.link else ""
        return Cell(column.label, column.text(row), url, column.template, column.numeric, row)

    def _address(self, **changes: str) -> str:
        return address(self.query, changes)


def address(query: QueryDict, changes: Mapping[str, str]) -> str:
    """The present address with some parameters changed; an empty one is left out."""
    kept = [
        (name, value)
        for name, values in query.lists()
        if name not in changes and name != "export"
        for value in values
        if value
    ]
    changed = [(name, value) for name, value in changes.items() if value]
    return f"?{urlencode([*kept, *changed])}"


def exported(request: HttpRequest, table: Table[Any], name: str) -> HttpResponse | None:
    """The whole list as a file where the address asks for one; otherwise None."""
    form = request.GET.get("export", "")
    if form not in FORMATS:
        return None
    heads = [column.label for column in table.columns]
    lines = (
        [column.text(row) for column in table.columns]
        for row in table.ordered().iterator(chunk_size=500)
    )
    return export(form, name, heads, lines)
