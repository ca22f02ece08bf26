"""The demonstration county on awkward days: it fills on any, and the same work waits in it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import time_machine
from django.utils.timezone import localdate, now
from pytest_django import DjangoDbBlocker

from gongkai.disclosure.interpretations import owing
from gongkai.disclosure.models import EmergencyOrder, PublicAct, Record, Schedule
from gongkai.disclosure.normative import expiring
from gongkai.disclosure.pages import pages_to_look_at
from gongkai.disclosure.reappraisals import tasks
from gongkai.figures.registry import Scope, value
from gongkai.site.demonstration.content import body_of, dated
from gongkai.site.demonstration.days import Agenda, Days
from gongkai.trail.models import Row
from tests.gongkai.site.county import filled

DAYS = {
    "2026-12-31": "the last day of a year whose successor has no notice yet",
    "2027-01-04": "the first working day of such a year",
    "2027-02-06": "a Saturday before the spring festival",
}


@pytest.mark.once
@pytest.mark.heavy
@pytest.mark.parametrize("day", DAYS)
def test_the_county_fills_on_any_day(
    day: str, django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path: Path
) -> None:
    noon = datetime.fromisoformat(day).replace(hour=4, tzinfo=UTC)
    with time_machine.travel(noon, tick=True), filled(django_db_blocker, tmp_path, now()):
        today = localdate()
        assert today == date.fromisoformat(day)
        # Batches 198 + 122 + 9 + 6, two pages for 31 bodies but one guide, 58 of the work of now.
        assert Record.objects.count() == 335 + 61 + 58
        assert value("disclosure.normative_in_force", of_2020()) == 226
        assert value("disclosure.published_late", Scope()) == 2
        assert [one.days_left for one in expiring(today, None)] == [24, 62]
        assert sorted(one.late for one in owing(today, None)) == [False, True]
        assert len(tasks(today, None)) == 1
        assert len(pages_to_look_at(today, None)) == 5
        late, running = EmergencyOrder.objects.order_by("rest_due_on")
        assert late.rest_due_on < today <= running.rest_due_on
        assert Schedule.objects.get().at > now()
        # Nothing is dated ahead of the day, and something happened on the last working day.
        last = Row.objects.filter(agency_code="gov-office").latest("at").at
        assert localdate(last) == Days(today).ago(1)
        assert PublicAct.objects.filter(at__gt=now()).count() == 0


def of_2020() -> Scope:
    return Scope(None, date(2020, 1, 1), date(2020, 12, 31), date(2020, 12, 31))


# --- days and texts by themselves ---------------------------------------------------------------


@pytest.mark.django_db
def test_days_are_counted_back_in_working_days() -> None:
    """Around the national day of 2025: 1 to 8 October off, 28 September and 11 October worked."""
    days = Days(date(2025, 10, 12))
    assert [days.ago(n) for n in (1, 2, 3, 4, 5)] == [
        date(2025, 10, 11),
        date(2025, 10, 10),
        date(2025, 10, 9),
        date(2025, 9, 30),
        date(2025, 9, 29),
    ]
    assert localdate(Days(date(2025, 9, 30)).next_morning()) == date(2025, 10, 9)


@pytest.mark.django_db
def test_moments_run_from_one_day_to_another_each_after_the_one_before() -> None:
    moments = Days(date(2025, 9, 20)).moments(5, 1, 9, shift=3)
    assert moments == sorted(set(moments))
    assert (localdate(moments[0]), localdate(moments[-1])) == (
        date(2025, 9, 15),
        date(2025, 9, 19),
    )


@pytest.mark.django_db
def test_acts_of_all_bodies_are_done_in_the_order_of_time() -> None:
    agenda = Agenda(Days(date(2025, 9, 20)))
    done: list[str] = []
    agenda.add(2, 1, lambda _: done.append("second"), lambda _: done.append("fourth"))
    agenda.add(3, 1, lambda _: done.append("first"), lambda _: done.append("third"), shift=-1)
    agenda.carry_out(lambda _done, _total: None)
    assert done == ["first", "second", "third", "fourth"]


def test_a_text_becomes_headings_paragraphs_and_tables() -> None:
    text = "\n前言\n# 一、表\n| 甲 | 乙 |\n| 1 < 2 | 3 |\n结尾\n"
    assert body_of(text) == (
        "<p>前言</p><h2>一、表</h2><table><tbody>"
        '<tr><th scope="col">甲</th><th scope="col">乙</th></tr>'
        "<tr><td>1 &lt; 2</td><td>3</td></tr></tbody></table><p>结尾</p>"
    )


def test_days_are_written_into_the_data_at_any_depth() -> None:
    said = {"on": "{formed}", "year": "{year}", "rows": [{"no": "〔{year}〕3号"}], "n": 3}
    assert dated(said, date(2026, 3, 5)) == {
        "on": "2026-03-05",
        "year": 2026,
        "rows": [{"no": "〔2026〕3号"}],
        "n": 3,
    }
