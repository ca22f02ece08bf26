"""Figures that are opened: the list behind each of the sixteen, its value, its way of counting."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

import pytest
from django.urls import reverse
from pytest_django import Settings

from gongkai.accounts.roles import Role
from gongkai.agencies.models import Agency
from gongkai.disclosure.figures import procurement_fen
from gongkai.figures.registry import Scope, find, read, registered
from gongkai.office.views.registers.figures import COUNTED
from tests.gongkai.disclosure.chain import Chain, person
from tests.gongkai.disclosure.documents import (
    body,
    changes,
    draft_of,
    interprets,
    normative,
    office,
    other,
    published,
)
from tests.gongkai.office.registered import entered, of

pytestmark = pytest.mark.django_db

FIRST, LAST = date(2026, 1, 1), date(2026, 3, 31)
QUARTER = Scope(since=FIRST, until=LAST)
NAMES = sorted(one.name for one in registered() if one.name.startswith("disclosure."))


@pytest.fixture
def chain(settings: Settings) -> Chain:
    settings.GONGKAI_SECOND_FACTOR_REQUIRED = False
    return office()


def a_quarter(chain: Chain) -> None:
    """A little of everything that is counted, in two bodies."""
    there = second(chain)
    first = normative(chain, date(2026, 1, 5), 1)
    changes(chain, "repeals", date(2026, 2, 2), 2, first)
    interprets(chain, date(2026, 1, 6), first, "graphic")
    interprets(chain, date(2026, 1, 7), first)
    normative(there, date(2026, 3, 2), 3, details={"touches_public": True})
    for number, (where, fen, centralised) in enumerate(
        [(chain, 1_500_000, True), (there, 2_715_300, False)]
    ):
        on = date(2026, 2, 3 + number)
        details = {
            "stage": "result", "project": "采购", "supplier": "某公司", "amount_fen": fen,
            "decided_on": on.isoformat(), "centralised": centralised,
        }  # fmt: skip
        other(where, "procurement", on, details=details)
    other(there, "document", date(2026, 3, 3))
    people = [{"name": "白某", "office": "副局长", "act": "appoint"}]
    said = {"document": "云政干〔2026〕3号", "decided_on": "2026-01-20", "people": people}
    other(chain, "appointment", date(2026, 1, 20), details=said)
    published(chain, draft_of(chain, "document", date(2026, 1, 5)), date(2026, 3, 2))  # late
    draft_of(chain, "document", date(2026, 1, 8))  # overdue


def second(chain: Chain) -> Chain:
    return body(chain, "health")


def opened(chain: Chain, url: str) -> tuple[int, str]:
    """How many records a figure's address lists, and the heading."""
    answer = of(chain, "officer").get(url)
    assert answer.status_code == 200
    asked = answer.context["figure"]
    heading = f"{asked.figure.label}：{asked.words}"
    assert f"<h1>{heading}</h1>" in answer.content.decode()
    return answer.context["table"].page.paginator.count, heading


@pytest.mark.parametrize("name", NAMES)
def test_a_figure_opens_as_many_records_as_it_says(name: str, chain: Chain) -> None:
    a_quarter(chain)
    reading = read(name, QUARTER)
    listed, heading = opened(chain, reading.url)
    if find(name).counts:
        assert listed == reading.value
        assert heading.endswith(f"：{reading.value:,} {reading.figure.unit}")
    assert listed > 0, f"{name} has nothing to open in this quarter"


def test_a_sum_shows_its_sum_in_wan(chain: Chain) -> None:
    a_quarter(chain)
    listed, heading = opened(chain, read("disclosure.procurement_amount", QUARTER).url)
    assert (listed, procurement_fen(QUARTER)) == (2, 4_215_300)
    assert heading == "采购总金额：4.2153 万元"


def test_all_sixteen_say_how_they_are_counted() -> None:
    assert len(NAMES) == len(COUNTED) == 16
    assert {f"disclosure.{name}" for name in COUNTED} == set(NAMES)


def test_a_figure_is_cut_to_the_bodies_one_may_see(chain: Chain) -> None:
    a_quarter(chain)
    there = Agency.objects.get(code="health")
    outsider = entered(person("outsider", "外拟", Role.DRAFTER, there))
    url = read("disclosure.public", QUARTER).url
    answer = outsider.get(url)
    bodies = {row.line.record.agency_id for row in answer.context["lines"]}
    assert bodies == {there.pk}
    everything, _ = opened(chain, url)
    own, _ = opened(chain, f"{url}&agency={there.pk}")
    assert answer.context["figure"].value == own < everything
    # Asked for another body by its number: nothing, and the page says what it left out.
    foreign = outsider.get(f"{url}&agency={chain.agency.pk}")
    assert foreign.context["figure"].value == 0
    assert "只算您能看到的机关" in foreign.content.decode()
    assert list(foreign.context["lines"]) == []


def test_conditions_narrow_what_is_behind_a_figure_and_keep_it_open(chain: Chain) -> None:
    a_quarter(chain)
    url = read("disclosure.public", QUARTER).url
    page = of(chain, "officer").get(f"{url}&kind=procurement")
    assert page.context["table"].page.paginator.count == 2
    assert '<input type="hidden" name="figure" value="disclosure.public">' in page.content.decode()


@pytest.mark.parametrize("name", ["disclosure.nothing", "agencies.bodies", "x", "disclosure."])
def test_a_figure_that_is_not_there_is_said_to_be_so(name: str, chain: Chain) -> None:
    query = urlencode({"figure": name})
    answer = of(chain, "officer").get(f"{reverse('office:records')}?{query}")
    assert answer.status_code == 404
    assert "没有这个数字" in answer.content.decode()
    export = of(chain, "officer").get(f"{reverse('office:records_export')}?{query}&format=csv")
    assert export.status_code == 404


def test_a_wrong_date_or_body_in_the_address_is_left_aside(chain: Chain) -> None:
    a_quarter(chain)
    url = f"{reverse('office:records')}?figure=disclosure.public&since=gestern&agency=x"
    assert opened(chain, url)[0] == read("disclosure.public", Scope()).value
