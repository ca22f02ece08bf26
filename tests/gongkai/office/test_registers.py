"""The register of records through the HTTP client: who sees which, by which conditions."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from gongkai.accounts.roles import Role
from gongkai.agencies.models import Agency
from gongkai.disclosure.figures import late_now
from gongkai.disclosure.models import Record
from gongkai.disclosure.registers import late_among, spellings
from gongkai.disclosure.services import drafting, publishing
from gongkai.figures.registry import Scope
from tests.gongkai.disclosure.chain import AT, Chain, drafted, person, public
from tests.gongkai.disclosure.documents import body, draft_of, interprets, normative, office
from tests.gongkai.office.registered import day_ago, entered, mixed, of, titles

pytestmark = pytest.mark.django_db

OTHERS = {"一份草稿", "在审的一份", "已通过的一份", "不公开的一份", "公开的一份"}


@pytest.fixture
def chain(settings: Settings) -> Chain:
    settings.GONGKAI_SECOND_FACTOR_REQUIRED = False
    return office()


def bureau(chain: Chain) -> Chain:
    """The same people in a department, and one drafter who serves nowhere else."""
    department = Agency.objects.exclude(supervising=True).filter(kind="department").first()
    assert department is not None
    return body(chain, department.code)


# --- who sees what ----------------------------------------------------------------------------


def test_a_drafter_sees_the_own_body_and_the_supervising_office_all(chain: Chain) -> None:
    there = bureau(chain)
    drafted(chain, title="县政府办的")
    drafting.draft(there.agency, "document", {"title": "部门的"}, by=there.actor("drafter"), at=AT)
    outsider = person("outsider", "外拟", Role.DRAFTER, there.agency)
    assert titles(entered(outsider)) == ["部门的"]
    assert set(titles(of(chain, "drafter"))) == {"部门的", "县政府办的"}


def test_who_has_no_duty_with_records_is_refused(chain: Chain) -> None:
    keeper = person("keeper", "管员", Role.AGENCY_ADMINISTRATOR, bureau(chain).agency)
    client = entered(keeper)
    assert client.get(reverse("office:records")).status_code == 403
    assert client.get(reverse("office:records_export") + "?format=csv").status_code == 403
    assert of(chain, "legal").get(reverse("office:records")).status_code == 200


# --- conditions -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?stage=draft", {"一份草稿"}),
        ("?stage=section", {"在审的一份"}),
        ("?stage=cleared", {"已通过的一份"}),
        ("?stage=settled", {"不公开的一份"}),
        ("?stage=public", {"公开的一份"}),
        ("?stage=withdrawn", set()),
        ("?shown=public", {"公开的一份"}),
        ("?shown=never", OTHERS - {"公开的一份"}),
        ("?attribute=withheld", {"不公开的一份"}),
        ("?q=一份 公开", {"不公开的一份", "公开的一份"}),
        ("?q=没有这个词", set()),
        ("?kind=document", OTHERS),
        ("?kind=normative", set()),
        ("?category=p20_15", OTHERS),
        ("?category=p20_01", set()),
        ("?mine=on", OTHERS),
        ("?formed_to=2026-03-05", OTHERS - {"一份草稿", "在审的一份"}),
        ("?formed_from=2026-03-06", {"一份草稿", "在审的一份"}),
        ("?published_from=2026-03-12&published_to=2026-03-12", {"公开的一份"}),
        ("?published_from=2026-03-13", set()),
        ("?stage=nonsense", OTHERS),
        ("?late=on", {"已通过的一份"}),
    ],
)
def test_a_condition_narrows_to_exactly_these(query: str, expected: set[str], chain: Chain) -> None:
    mixed(chain)
    assert set(titles(of(chain, "drafter"), query)) == expected


def test_conditions_hold_together_and_can_be_taken_off(chain: Chain) -> None:
    mixed(chain)
    client = of(chain, "officer")
    answer = client.get(reverse("office:records"), {"stage": "draft", "q": "草稿", "late": "on"})
    assert [one.label for one in answer.context["chips"]] == [
        "标题、文号、索引号：草稿",
        "走到哪一步：起草中",
        "只看逾期没公开的",
    ]
    without_late = answer.context["chips"][2].url
    assert "late" not in without_late
    assert "没有符合条件的信息" in answer.content.decode()
    assert titles(client, without_late) == ["一份草稿"]


def test_mine_are_those_one_wrote_in(chain: Chain) -> None:
    record = mixed(chain)["draft"]
    client = of(chain, "officer")
    assert titles(client, "?mine=on") == []
    drafting.edit(
        record.versions.get(), {"summary": "补一句"}, revision=record.revision,
        by=chain.actor("officer"), at=AT,
    )  # fmt: skip
    assert titles(client, "?mine=on") == ["一份草稿"]


@pytest.mark.parametrize(
    "typed",
    ["云政办发〔2026〕6号", "云政办发[2026]6号", "云政办发(2026)6号", "（2026）6号", "2026"],
)
def test_a_document_number_is_found_however_its_brackets_are_typed(
    typed: str, chain: Chain
) -> None:
    normative(chain, date(2026, 3, 5), 6, title="甲办法")
    normative(chain, date(2026, 3, 6), 16, title="乙办法")
    found = titles(of(chain, "drafter"), f"?q={typed}")
    assert set(found) == ({"甲办法"} if "6号" in typed else {"甲办法", "乙办法"})


def test_a_word_without_brackets_is_looked_for_as_it_is() -> None:
    assert spellings("供水") == ("供水",)
    assert spellings("【2026】") == ("〔2026〕", "[2026]", "(2026)", "（2026）")


@pytest.mark.parametrize("typed", ["5g基站", "5G基站", "基站"])
def test_latin_letters_are_found_in_either_case(typed: str, chain: Chain) -> None:
    drafted(chain, title="关于5G基站建设的通知")
    drafted(chain, title="关于公路建设的通知")
    assert titles(of(chain, "drafter"), f"?q={typed}") == ["关于5G基站建设的通知"]


def test_only_the_newest_words_are_found(chain: Chain) -> None:
    record = public(chain, title="旧标题")
    again = drafting.draft_again(record, by=chain.actor("drafter"), at=AT)
    revision = Record.objects.get(pk=record.pk).revision
    drafting.edit(again, {"title": "新标题"}, revision=revision, by=chain.actor("drafter"), at=AT)
    client = of(chain, "drafter")
    assert titles(client, "?q=旧标题") == []
    assert titles(client, "?q=新标题") == ["新标题"]
    page = client.get(reverse("office:records") + "?q=新标题").content.decode()
    assert "前一稿公开着" in page


# --- limits -----------------------------------------------------------------------------------


def test_late_is_what_the_figure_counts(chain: Chain) -> None:
    there = bureau(chain)
    mixed(chain)
    document = normative(chain, date(2026, 3, 5), 7)
    draft_of(there, "procurement", day_ago(90), details={
        "stage": "result", "decided_on": day_ago(60).isoformat(),
    })  # fmt: skip
    explains = draft_of(chain, "interpretation", day_ago(2))
    publishing.relate(
        explains.record, document, "interprets", by=chain.actor("drafter"), at=AT, forms=("text",)
    )
    interprets(chain, date(2026, 3, 6), document)
    today = timezone.localdate()
    by_figure = {version.record_id for version in late_now(Scope(as_of=today))}
    assert set(late_among(Record.objects.all(), today)) == by_figure
    assert explains.record_id in by_figure  # its time ran from the day of the document
    assert len(by_figure) == 3


def test_a_line_says_how_long_it_still_has_or_how_late_it_is(chain: Chain) -> None:
    mixed(chain)
    page = of(chain, "drafter").get(reverse("office:records") + "?shown=never").content.decode()
    assert "已逾期" in page
    year = "" if timezone.localdate().year == 2026 else "2026年"
    assert f"应于{year}4月2日 星期四" in page  # 20 working days from 5 March, 清明 not yet
    assert "最迟" in page
    assert "不主动公开" in page


# --- pages, order, queries --------------------------------------------------------------------


@pytest.mark.parametrize("more", [1, 50])
def test_the_list_asks_the_same_number_of_times(
    more: int, chain: Chain, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(more):
        drafted(chain, title=f"第{number}份", formed_on=day_ago(1))
    client = of(chain, "officer")
    titles(client)  # the session is touched once a minute
    with django_assert_num_queries(14):
        assert len(titles(client)) == min(more, 25)
    with django_assert_num_queries(14):
        titles(client, "?q=份&stage=draft&sort=-formed")


@pytest.mark.parametrize("sort", ["title", "-title", "formed", "-formed", "published", "kind"])
def test_every_order_lists_everything_once(sort: str, chain: Chain) -> None:
    mixed(chain)
    found = titles(of(chain, "drafter"), f"?sort={sort}")
    assert set(found) == OTHERS
    if sort.endswith("title"):
        assert found == sorted(OTHERS, reverse=sort.startswith("-"))


def test_pages_do_not_overlap(chain: Chain) -> None:
    for number in range(30):
        drafted(chain, title=f"第{number:02}份")
    client = of(chain, "drafter")
    first, second = titles(client, "?sort=title"), titles(client, "?sort=title&page=2")
    assert (len(first), len(second)) == (25, 5)
    assert set(first).isdisjoint(second)


def test_an_empty_register_says_where_to_begin(chain: Chain, client: Client) -> None:
    page = of(chain, "drafter").get(reverse("office:records")).content.decode()
    assert "还没有政府信息" in page
    assert reverse("office:record_new") in page
    signer = of(chain, "signer").get(reverse("office:records")).content.decode()
    assert "起草一条" not in signer
