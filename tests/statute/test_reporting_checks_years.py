"""The checks across years (X5, X7 to X9) and of plausibility (X10, form and year)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from statute.reporting.cells import (
    BLANK,
    UNKNOWN,
    AgencyKind,
    Candidates,
    Cell,
    Figures,
)
from statute.reporting.checks import (
    Beside,
    Status,
    check,
    kind_by_name,
)
from tests.statute.reporting_figures import (
    FAULT,
    HELD,
    OPEN,
    disputes,
    documents,
    of,
    request,
    small,
    statuses,
    table_three,
)


def test_what_was_carried_out_must_be_carried_in() -> None:
    last_year = replace(small(), year=2021, requests=table_three({"a4": "2 1 0 0 0 0 3"}))
    results = check(small(), Beside(previous=last_year))
    assert statuses(results, "X5") == [HELD, FAULT, HELD, HELD, HELD, HELD, FAULT]
    broken = of(results, "X5")[-1]
    assert broken.cells == (request("a4", "total", "上年"), request("a2", "total"))
    assert (broken.expected, broken.found) == (3, 2)


def test_a_first_year_has_nothing_to_carry_in_from() -> None:
    assert of(check(small()), "X5") == []


@pytest.mark.parametrize("year", [2020, 2022, None])
def test_a_report_of_another_year_is_not_compared(year: int | None) -> None:
    [only] = of(check(small(), Beside(previous=replace(small(), year=year))), "X5")
    assert only.status is OPEN
    assert "不相衔接" in only.note


def test_reports_without_tables_have_nothing_to_compare() -> None:
    previous = Figures(edition="2021", year=2021)
    results = check(Figures(edition="2021", year=2022), Beside(previous=previous))
    assert [one.rule.id for one in results] == ["V1"]


def test_cases_pending_last_year_must_come_up_again() -> None:
    last = Figures(
        edition="2021", year=2021, disputes=disputes("0 0 0 3 3", "0 0 0 1 1", "0 0 0 0 0")
    )
    this = Figures(
        edition="2021", year=2022, disputes=disputes("1 1 0 0 2", "1 0 0 0 1", "0 0 0 0 0")
    )
    results = of(check(this, Beside(previous=last)), "X7")
    assert [one.status for one in results] == [FAULT, HELD, HELD]
    assert (results[0].expected, results[0].found, results[0].difference) == (3, 2, -1)


@pytest.mark.parametrize(("in_force", "status"), [(22, HELD), (25, FAULT), (BLANK, OPEN)])
def test_documents_in_force_follow_from_last_years(in_force: Cell, status: Status) -> None:
    results = check(
        documents("2021", 2023, 5, 3, in_force),
        Beside(previous=documents("2021", 2022, 4, 0, 20)),
    )
    assert statuses(results, "X8") == [status]


def test_documents_are_not_compared_over_the_change_of_form() -> None:
    results = check(
        documents("2021", 2021, 5, 3, 22),
        Beside(previous=documents("2019", 2020, 28, 28, 226)),
    )
    assert of(results, "X8") == of(results, "X9") == []


@pytest.mark.parametrize(
    ("made", "published", "status"),
    [
        pytest.param(28, 28, HELD, id="as many as were made"),
        pytest.param(28, 30, OPEN, id="more than were made, from a stock the table does not show"),
        pytest.param(UNKNOWN, 30, OPEN, id="nobody knows how many were made"),
    ],
)
def test_documents_published_come_from_those_made_or_in_stock(
    made: Cell, published: Cell, status: Status
) -> None:
    assert statuses(check(documents("2019", 2020, made, published, 226)), "X9") == [status]


def test_the_public_total_grows_by_what_was_published() -> None:
    results = check(
        documents("2019", 2020, 28, 28, 226), Beside(previous=documents("2019", 2019, 9, 9, 200))
    )
    assert statuses(results, "X9") == [HELD, FAULT]
    assert of(results, "X9")[1].difference == -2


@pytest.mark.parametrize(
    ("delta", "now", "status"),
    [
        pytest.param(-1, 39, HELD, id="one item fewer"),
        pytest.param(2, 39, FAULT, id="two more announced, one fewer found"),
        pytest.param(UNKNOWN, 39, OPEN, id="a change nobody can read may be a decrease"),
        pytest.param(BLANK, 40, HELD, id="no change written"),
    ],
)
def test_items_continue_where_last_year_ended(delta: Cell, now: int, status: Status) -> None:
    last = Figures(edition="2019", year=2019, proactive={"penalty": (40, delta, 12)})
    this = Figures(edition="2019", year=2020, proactive={"penalty": (now, 0, 3)})
    assert statuses(check(this, Beside(previous=last)), "X9") == [status]


# Plausibility


@pytest.mark.parametrize(
    ("edition", "year", "status"),
    [
        ("2019", 2019, HELD),
        ("2019", 2020, HELD),
        ("2021", 2020, FAULT),
        ("2019", 2023, FAULT),
        ("2021", 2025, HELD),
        ("2021", 2018, OPEN),
    ],
)
def test_a_report_is_made_on_the_form_of_its_year(edition: str, year: int, status: Status) -> None:
    assert statuses(check(Figures(edition=edition, year=year)), "V1") == [status]


def test_a_report_whose_form_or_year_is_unknown_is_not_judged_by_it() -> None:
    assert check(Figures(year=2023)) == check(Figures(edition="2021")) == ()


def test_the_row_of_other_outcomes_of_the_wrong_form_is_named() -> None:
    rows: dict[str, tuple[Cell, ...]] = {"r_other": (0,) * 7}
    [new] = of(check(Figures(edition="2021", year=2024, requests=rows)), "V2")
    assert (new.status, new.note) == (FAULT, "2021 年版（六）其他处理应为 3 行")
    [old] = of(check(Figures(edition="2019", year=2020, requests=rows)), "V2")
    assert old.status is HELD
    assert of(check(Figures(requests=rows)), "V2") == []


RULES_ROWS = [
    pytest.param(AgencyKind.TOWNSHIP, (0, 0, 6), [FAULT], id="a town with six rules in force"),
    pytest.param(AgencyKind.COUNTY, (0, 0, BLANK), [HELD], id="a county with none and a blank"),
    pytest.param(AgencyKind.COUNTY_DEPARTMENT, (0, UNKNOWN, 0), [OPEN], id="a cell unread"),
    pytest.param(AgencyKind.CITY, (3, 5, 74), [], id="a city makes rules"),
    pytest.param(None, (1, 0, 1), [OPEN], id="a body of unknown kind with a rule"),
    pytest.param(None, (0, 0, 0), [HELD], id="a body of unknown kind without"),
    pytest.param(
        AgencyKind.TOWNSHIP, (Candidates((1, 11)), 0, 0), [FAULT], id="a rule in every reading"
    ),
    pytest.param(
        AgencyKind.TOWNSHIP, (Candidates((0, 1)), 0, 0), [OPEN], id="a rule in one reading"
    ),
]


@pytest.mark.parametrize(("kind", "cells", "expected"), RULES_ROWS)
def test_rules_are_made_by_cities_and_above(
    kind: AgencyKind | None, cells: tuple[Cell, ...], expected: list[Status]
) -> None:
    figures = Figures(edition="2021", year=2023, agency_kind=kind, proactive={"rules": cells})
    assert statuses(check(figures), "X10") == expected


def test_rules_on_an_unknown_form_are_not_judged() -> None:
    figures = Figures(agency_kind=AgencyKind.TOWNSHIP, proactive={"rules": (1, 1, 1)})
    assert of(check(figures), "X10") == []


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("某县某镇人民政府", AgencyKind.TOWNSHIP),
        ("某区某街道办事处", AgencyKind.TOWNSHIP),
        ("某县人民政府办公室", AgencyKind.COUNTY),
        ("某市某区人民政府", AgencyKind.COUNTY),
        ("某自治区人民政府", AgencyKind.PROVINCE),
        ("某县自然资源局", AgencyKind.COUNTY_DEPARTMENT),
        ("某市人民政府", None),
        ("", None),
    ],
)
def test_a_name_tells_the_kind_of_body_only_where_it_does(
    name: str, kind: AgencyKind | None
) -> None:
    assert kind_by_name(name) is kind


def test_the_name_stands_in_for_a_kind_that_was_not_given() -> None:
    figures = Figures(
        edition="2019", year=2023, agency="某县某镇人民政府", proactive={"rules": (1, 1, 1)}
    )
    assert statuses(check(figures), "X10") == [FAULT]
