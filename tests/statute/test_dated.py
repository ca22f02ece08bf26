"""Rules with a life: inside it they answer, outside they refuse."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest

from statute.dated import Period, in_force_on
from statute.errors import NotInForceError


@dataclass(frozen=True, slots=True)
class Rule:
    name: str
    in_force: Period


OLD = Rule("old", Period(date(2019, 5, 15), date(2023, 12, 31)))
NEW = Rule("new", Period(date(2024, 1, 1)))


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2019, 5, 15), "old"),
        (date(2023, 12, 31), "old"),
        (date(2024, 1, 1), "new"),
        (date(2099, 1, 1), "new"),
    ],
)
def test_the_version_in_force_answers(day: date, name: str) -> None:
    assert in_force_on([OLD, NEW], day, what="复议").name == name


def test_a_day_before_all_versions_is_refused_by_name() -> None:
    with pytest.raises(NotInForceError, match="2019-05-14 没有施行中的规定：复议"):
        in_force_on([OLD, NEW], date(2019, 5, 14), what="复议")


def test_two_versions_of_one_day_are_a_fault_of_the_data() -> None:
    with pytest.raises(ValueError, match="两个版本同时施行"):
        in_force_on([OLD, Rule("twin", Period(date(2023, 1, 1)))], date(2023, 6, 1), what="复议")


def test_a_period_ending_before_it_begins_is_a_fault_of_the_data() -> None:
    with pytest.raises(ValueError, match="倒置"):
        Period(date(2024, 1, 1), date(2023, 1, 1))


def test_an_open_period_covers_every_day() -> None:
    assert Period().covers(date(1949, 10, 1))
