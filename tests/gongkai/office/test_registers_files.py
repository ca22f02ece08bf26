"""The register as a file: all rows of the list, what it says besides, and no formula in it."""

from __future__ import annotations

import csv
import io

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries, Settings

from gongkai.accounts.roles import Role
from gongkai.agencies.models import Agency
from tests.gongkai.disclosure.chain import Chain, drafted, person
from tests.gongkai.disclosure.documents import office
from tests.gongkai.office.registered import day_ago, entered, mixed, of

pytestmark = pytest.mark.django_db


@pytest.fixture
def chain(settings: Settings) -> Chain:
    settings.GONGKAI_SECOND_FACTOR_REQUIRED = False
    return office()


def taken(client: Client, query: str) -> bytes:
    """The file that an address gives."""
    answer = client.get(reverse("office:records_export") + query)
    assert answer.status_code == 200
    assert "attachment" in answer["Content-Disposition"]
    return answer.content


def rows_of(content: bytes) -> list[dict[str, str]]:
    """The rows of a CSV by their heads."""
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def test_a_file_holds_every_row_of_the_list_and_not_the_page(chain: Chain) -> None:
    for number in range(30):
        drafted(chain, title=f"第{number:02}份")
    client = of(chain, "drafter")
    rows = rows_of(taken(client, "?q=份&sort=title&page=2&format=csv"))
    assert [row["标题"] for row in rows] == [f"第{number:02}份" for number in range(30)]
    assert len(rows_of(taken(client, "?q=第07&format=csv"))) == 1


def test_a_row_says_what_the_screen_says_and_more(chain: Chain) -> None:
    mixed(chain)
    rows = {row["标题"]: row for row in rows_of(taken(of(chain, "officer"), "?format=csv"))}
    late = rows["已通过的一份"]
    assert (late["走到哪一步"], late["最迟公开日期"], late["逾期"]) == (
        "已通过，等发布",
        "2026-04-02",
        "是",
    )
    assert rows["公开的一份"]["发布日期"] == "2026-03-12 10:00"
    assert rows["公开的一份"]["首次公开日期"] == "2026-03-12"
    assert rows["公开的一份"]["现在公开"] == "是"
    assert (rows["不公开的一份"]["公开属性"], rows["不公开的一份"]["逾期"]) == ("不予公开", "")
    assert rows["一份草稿"]["起草人"] == "何拟"


def test_a_workbook_names_its_conditions_its_time_and_its_maker(chain: Chain) -> None:
    mixed(chain)
    content = taken(of(chain, "officer"), "?stage=draft&late=&q=草稿&format=xlsx")
    book = load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["清单", "说明"]
    notes = {str(row[0]): str(row[1]) for row in book["说明"].iter_rows(values_only=True)}
    assert notes["走到哪一步"] == "起草中"
    assert notes["标题、文号、索引号"] == "草稿"
    assert notes["条数"] == "1"
    assert notes["导出人"] == "张公开"
    assert notes["导出时间"].startswith("20")
    assert "条件" not in notes
    plain = load_workbook(io.BytesIO(taken(of(chain, "officer"), "?format=xlsx")))
    labels = [row[0] for row in plain["说明"].iter_rows(values_only=True)]
    assert labels == ["清单", "条数", "导出时间", "导出人", "条件"]


def test_a_file_of_a_figure_says_which_and_how_it_is_counted(chain: Chain) -> None:
    mixed(chain)
    query = "?figure=disclosure.public&as_of=2026-03-31&format=xlsx"
    book = load_workbook(io.BytesIO(taken(of(chain, "officer"), query)))
    notes = {str(row[0]): str(row[1]) for row in book["说明"].iter_rows(values_only=True)}
    assert notes["数字"] == "公开的政府信息 1 条"
    assert notes["期间"] == "截至2026年3月31日"
    assert "最近一次没有撤回" in notes["怎么数的"]
    assert book["清单"].max_row == 2


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "＝"])
def test_no_title_acts_as_a_formula(start: str, chain: Chain) -> None:
    drafted(chain, title=f"{start}cmd|'/c calc'!A1")
    client = of(chain, "drafter")
    (row,) = rows_of(taken(client, "?format=csv"))
    assert row["标题"].startswith(f"'{start}")
    book = load_workbook(io.BytesIO(taken(client, "?format=xlsx")))
    assert book["清单"]["A2"].data_type == "s"


def test_what_one_may_not_see_is_in_no_file(chain: Chain) -> None:
    mixed(chain)
    department = Agency.objects.get(code="health")
    outsider = entered(person("outsider", "外拟", Role.DRAFTER, department))
    assert rows_of(taken(outsider, "?format=csv")) == []
    office_code = chain.agency.code
    assert rows_of(taken(outsider, f"?body={office_code}&format=csv")) == []
    assert len(rows_of(taken(of(chain, "drafter"), f"?body={office_code}&format=csv"))) == 5


def test_too_long_a_list_is_refused_with_its_length_and_not_cut(
    chain: Chain, monkeypatch: pytest.MonkeyPatch
) -> None:
    mixed(chain)
    client = of(chain, "drafter")
    monkeypatch.setattr("gongkai.office.views.registers.listing.MOST_EXPORTED", 4)
    answer = client.get(reverse("office:records_export") + "?format=xlsx&q=一份")
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("office:records") + "?q=")
    (said,) = [str(one) for one in get_messages(answer.wsgi_request)]
    assert "清单有 5 条，一次最多 4 条" in said
    monkeypatch.setattr("gongkai.office.views.registers.listing.MOST_EXPORTED", 5)
    assert len(rows_of(taken(client, "?format=csv&q=一份"))) == 5


def test_an_unknown_kind_of_file_leads_back(chain: Chain) -> None:
    answer = of(chain, "drafter").get(reverse("office:records_export") + "?format=exe")
    assert answer.status_code == 302


@pytest.mark.parametrize("more", [1, 50])
def test_a_file_asks_the_same_number_of_times(
    more: int, chain: Chain, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(more):
        drafted(chain, title=f"第{number}份", formed_on=day_ago(1))
    client = of(chain, "officer")
    taken(client, "?format=csv")  # the session is touched once a minute
    with django_assert_num_queries(10):
        assert len(rows_of(taken(client, "?format=csv"))) == more
