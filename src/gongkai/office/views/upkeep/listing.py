"""Lists whose rows are computed and not read from one table, drawn and exported like web.tables.

It orders and cuts what it is given; which rows somebody may see is decided before it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, QueryDict

from gongkai.web.exports import FORMATS, export
from gongkai.web.tables import PER_PAGE, Cell, Head, PageLink, address

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Field(Generic[Row]):
    """One column: as web.tables.Column, but sorted by a key of the row."""

    name: str
    label: str
    text: Callable[[Row], str]
    sort: Callable[[Row], Any] | None = None
    link: Callable[[Row], str] | None = None
    template: str = ""
    numeric: bool = False


@dataclass
class Listing(Generic[Row]):
    """A page of computed rows for the template of tables; without a wish they keep their order."""

    fields: Sequence[Field[Row]]
    rows: Sequence[Row]
    query: QueryDict
    caption: str
    noun: str = "件"
    per_page: int = PER_PAGE
    page: Page[Row] = field(init=False)

    def __post_init__(self) -> None:
        self.page = Paginator(self.ordered(), self.per_page).get_page(self.query.get("page"))

    def ordered(self) -> Sequence[Row]:
        """All rows in the order asked for."""
        chosen, down = self._sorting()
        if chosen is None or chosen.sort is None:
            return self.rows
        return sorted(self.rows, key=chosen.sort, reverse=down)

    def heads(self) -> list[Head]:
        """Heads in order, with what a press on them does."""
        chosen, down = self._sorting()
        heads = []
        for one in self.fields:
            mine = chosen is not None and chosen.name == one.name
            asked = f"-{one.name}" if mine and not down else one.name
            url = address(self.query, {"sort": asked, "page": ""}) if one.sort else ""
            direction = ("descending" if down else "ascending") if mine else "none"
            heads.append(Head(one.label, url, direction, one.numeric))
        return heads

    def cells(self) -> list[list[Cell[Any]]]:
        """The rows of this page as cells."""
        return [[_cell(one, row) for one in self.fields] for row in self.page]

    def pages(self) -> list[PageLink]:
        """The pager: first, last and the neighbours of the page one is on."""
        number = self.page.number
        shown = self.page.paginator.get_elided_page_range(number, on_each_side=2, on_ends=1)
        return [
            PageLink(str(one), self._at(one), one == number)
            if isinstance(one, int)
            else PageLink("…", "")
            for one in shown
        ]

    def previous_url(self) -> str:
        """The address of the page before, or ""."""
        return self._at(self.page.number - 1) if self.page.has_previous() else ""

    def next_url(self) -> str:
        """The address of the page after, or ""."""
        return self._at(self.page.number + 1) if self.page.has_next() else ""

    def exports(self) -> list[tuple[str, str]]:
        """Name and address of each file the list can be taken as."""
        return [(one.label, address(self.query, {"export": name})) for name, one in FORMATS.items()]

    def file(self, request: HttpRequest, name: str) -> HttpResponse | None:
        """The whole list as a file where the address asks for one; otherwise None."""
        form = request.GET.get("export", "")
        if form not in FORMATS:
            return None
        heads = [one.label for one in self.fields]
        lines = ([one.text(row) for one in self.fields] for row in self.ordered())
        return export(form, name, heads, lines)

    def _sorting(self) -> tuple[Field[Row] | None, bool]:
        asked = self.query.get("sort", "")
        found = [one for one in self.fields if one.sort and one.name == asked.removeprefix("-")]
        return (found[0], asked.startswith("-")) if found else (None, False)

    def _at(self, number: int) -> str:
        return address(self.query, {"page": str(number)})


def _cell(column: Field[Row], row: Row) -> Cell[Any]:
    url = column.link(row) if column.link else ""
    made: Any = row
    return Cell(column.label, column.text(row), url, column.template, column.numeric, made)
