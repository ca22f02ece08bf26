"""The viewer's questions: by person, subject, agency, event and period; page by page."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from gongkai.trail import queries
from gongkai.trail.actors import Subject
from gongkai.trail.queries import Filter, page, rows
from gongkai.trail.services import record
from tests.gongkai.trail.recording import AT, OTHER, decide

pytestmark = pytest.mark.django_db
DAY = 24 * 60


@pytest.fixture
def trail() -> None:
    decide(1)
    decide(2, by=OTHER, code="YX002", minutes=DAY)
    decide(1, by=OTHER, code="YX002", minutes=2 * DAY)
    user = Subject("user", "7", "李明")
    record("test.told", by=OTHER, at=AT, subject=user, sealed={"applicant": b"x"})


@pytest.mark.usefixtures("trail")
@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        pytest.param({}, ["7", "1", "2", "1"], id="everything, the latest first"),
        pytest.param({"agency_codes": frozenset({"YX002"})}, ["1", "2"], id="one agency"),
        pytest.param({"agency_codes": frozenset()}, [], id="no agency, nothing"),
        pytest.param({"agency_codes": frozenset({""})}, ["7"], id="the installation"),
        pytest.param({"person": "7"}, ["7", "1"], id="what he did and what was done to him"),
        pytest.param({"subject_kind": "case"}, ["1", "2", "1"], id="a kind of subject"),
        pytest.param({"subject_kind": "case", "subject_id": "2"}, ["2"], id="one subject"),
        pytest.param({"event": "test.told"}, ["7"], id="an event"),
        pytest.param({"since": date(2026, 3, 3)}, ["1", "2"], id="from a day on"),
        pytest.param({"until": date(2026, 3, 2)}, ["7", "1"], id="up to a day, included"),
        pytest.param(
            {"since": date(2026, 3, 3), "until": date(2026, 3, 3)}, ["2"], id="one local day"
        ),
    ],
)
def test_a_filter_gives_the_exact_rows(asked: dict[str, Any], expected: list[str]) -> None:
    assert [row.subject_id for row in rows(Filter(**asked))] == expected


@pytest.mark.parametrize("count", [1, 3, 7])
def test_a_page_is_one_query_and_pages_join_without_gap(
    count: int, django_assert_num_queries: Any
) -> None:
    made = [decide(number).pk for number in range(count)]
    seen: list[int] = []
    older: int | None = None
    while True:
        with django_assert_num_queries(1):
            shown = page(Filter(), before=older, size=3)
            assert [row.sentence for row in shown.rows]
        seen += [row.pk for row in shown.rows]
        if (older := shown.older) is None:
            break
    assert seen == made[::-1]


@pytest.mark.usefixtures("trail")
def test_the_history_of_a_thing_is_in_the_order_of_events() -> None:
    assert [row.agency_code for row in queries.history("case", "1")] == ["YX001", "YX002"]
    assert list(queries.agencies()) == ["", "YX001", "YX002"]
    assert queries.heads() == []
