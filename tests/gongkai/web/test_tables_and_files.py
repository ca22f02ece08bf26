"""Tables sort, page and go out as files; no cell of a file acts as a formula."""

from __future__ import annotations

import csv
import io
import json
from urllib.parse import parse_qs

import pytest
from django.http import HttpResponse, QueryDict
from django.test import RequestFactory
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from gongkai.agencies.models import Agency
from gongkai.agencies.services.founding import found_county
from gongkai.trail.actors import SYSTEM
from gongkai.web.exports import export, harmless
from gongkai.web.tables import Column, Table, exported
from tests.gongkai.office.staff import AT

COLUMNS: tuple[Column[Agency], ...] = (
    Column("name", "名称", lambda row: row.name, ("name",)),
    Column("code", "代码", lambda row: row.code, ("code",)),
)


def table(query: str = "", per_page: int = 4) -> Table[Agency]:
    """The county's bodies, four a page."""
    rows = Agency.objects.all()
    return Table(COLUMNS, rows, QueryDict(query), "机关", "个", per_page)


@pytest.fixture
def county(db: None) -> list[str]:
    """Codes of the demonstration county in order."""
    found_county(by=SYSTEM, at=AT, demonstration=True)
    return sorted(Agency.objects.values_list("code", flat=True))


def codes(found: Table[Agency]) -> list[str]:
    """Codes of the page as shown."""
    return [cells[1].text for cells in found.cells()]


def test_a_head_sorts_up_then_down_and_forgets_the_page(county: list[str]) -> None:
    head = table("sort=code&page=2").heads()[1]
    assert head.direction == "ascending"
    assert parse_qs(head.url[1:]) == {"sort": ["-code"]}
    assert codes(table("sort=-code")) == county[::-1][:4]
    assert table("sort=nonsense").heads()[1].direction == "none"


def test_pages_cover_every_row_once(county: list[str]) -> None:
    pages = -(-len(county) // 4)
    shown = [
        code for page in range(1, pages + 1) for code in codes(table(f"sort=code&page={page}"))
    ]
    assert shown == county
    assert codes(table("page=999&sort=code")) == codes(table(f"page={pages}&sort=code"))
    assert codes(table("page=x&sort=code")) == codes(table("page=1&sort=code"))


def test_the_pager_keeps_the_filter(county: list[str]) -> None:
    found = table("q=县&page=1")
    assert "q=" in found.next_url()
    assert found.previous_url() == ""
    assert [link.label for link in found.pages() if link.current] == ["1"]


@pytest.mark.parametrize("rows", [1, 3])
def test_a_page_asks_the_database_the_same_number_of_times(
    rows: int, county: list[str], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    chosen = Agency.objects.filter(code__in=county[:rows])
    with django_assert_num_queries(2):
        Table(COLUMNS, chosen, QueryDict("sort=code"), "机关").cells()


def test_an_export_holds_all_rows_not_the_page(county: list[str]) -> None:
    request = RequestFactory().get("/x", {"export": "csv"})
    answer = exported(request, table("export=csv&sort=code"), "机关")
    assert answer is not None
    lines = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [line[1] for line in lines] == ["代码", *county]
    assert exported(RequestFactory().get("/x"), table(), "机关") is None


PAYLOADS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", '=HYPERLINK("http://x")']


def active(answer: HttpResponse, form: str) -> int:
    """How many cells of a file a spreadsheet would take for a formula."""
    if form == "xlsx":
        sheet = load_workbook(io.BytesIO(answer.content)).active
        assert sheet is not None
        return sum(cell.data_type == "f" for row in sheet.iter_rows() for cell in row)
    cells = [c for r in csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))) for c in r]
    return sum(cell.startswith(("=", "+", "-", "@", "\t", "\r", "＝")) for cell in cells)


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_no_cell_of_a_file_is_a_formula(form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [[payload] for payload in PAYLOADS]
    guarded = active(export(form, "清单", ["名称"], lines), form)
    monkeypatch.setattr("gongkai.web.exports.harmless", lambda text: text)
    monkeypatch.setattr("gongkai.web.exports.TEXT", "f")
    bare = active(export(form, "清单", ["名称"], lines), form)
    print(f"{form}: {guarded} formula cells, without the guard {bare}")
    assert guarded == 0
    assert bare >= 5


def test_json_keeps_what_was_written() -> None:
    answer = export("json", "清单", ["名称"], [["=1+1"]])
    assert json.loads(answer.content) == [{"名称": "=1+1"}]
    assert "%E6%B8%85%E5%8D%95.json" in answer["Content-Disposition"]
    assert harmless("县政府") == "县政府"
