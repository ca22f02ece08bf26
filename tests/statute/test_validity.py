"""Whether a document holds, day by day around every change; documents are made up."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from statute.citations import Mark
from statute.validity import (
    EXPIRY_WARNINGS_MARK,
    NORMATIVE_RULES,
    NOT_NORMATIVE,
    Change,
    CleanupResult,
    Criterion,
    NormativeDocument,
    Relation,
    Validity,
    ValidityError,
    check_change,
    document_validity,
    expiry_warning,
    is_normative,
    validity_on,
)

START = date(2021, 3, 1)
END = date(2026, 2, 28)
DAY = date(2024, 6, 1)
ONE = timedelta(days=1)


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (date(2021, 2, 28), Validity.UPCOMING),
        (date(2021, 3, 1), Validity.IN_FORCE),
        (date(2026, 2, 28), Validity.IN_FORCE),
        (date(2026, 3, 1), Validity.EXPIRED),
    ],
    ids=["the day before", "the first day", "the last day", "the day after"],
)
def test_a_document_holds_from_its_first_day_to_its_last(day: date, state: Validity) -> None:
    assert validity_on(day, START, END, ()) is state


def test_a_document_without_an_end_holds_on() -> None:
    assert validity_on(date(2099, 1, 1), START, None, ()) is Validity.IN_FORCE


@pytest.mark.parametrize(
    ("relation", "state", "holds"),
    [
        (Relation.AMENDS, Validity.AMENDED, True),
        (Relation.PARTLY_REPEALS, Validity.PARTLY_REPEALED, True),
        (Relation.REPEALS, Validity.REPEALED, False),
        (Relation.SUPERSEDES, Validity.SUPERSEDED, False),
        (Relation.DECLARES_EXPIRED, Validity.EXPIRED, False),
    ],
    ids=lambda value: value.label if isinstance(value, Relation) else "",
)
def test_a_change_counts_from_its_own_day(
    relation: Relation, state: Validity, *, holds: bool
) -> None:
    events = (Change(relation, DAY, by="新办法"),)
    assert validity_on(DAY - ONE, START, END, events) is Validity.IN_FORCE
    assert validity_on(DAY, START, END, events) is state
    assert state.holds is holds


@pytest.mark.parametrize(
    ("events", "state"),
    [
        (
            (Change(Relation.AMENDS, DAY), Change(Relation.PARTLY_REPEALS, DAY - ONE)),
            Validity.PARTLY_REPEALED,
        ),
        ((Change(Relation.AMENDS, DAY), Change(Relation.REPEALS, DAY)), Validity.REPEALED),
        ((Change(Relation.REPEALS, DAY), Change(Relation.SUPERSEDES, DAY)), Validity.SUPERSEDED),
        (
            (Change(Relation.SUPERSEDES, DAY), Change(Relation.REPEALS, DAY - ONE)),
            Validity.REPEALED,
        ),
        ((Change(Relation.REPEALS, date(2022, 1, 1)),), Validity.REPEALED),
    ],
    ids=[
        "a part that holds no more outweighs an amendment",
        "an end outweighs a change",
        "the successor is named",
        "the first end stands",
        "long ago",
    ],
)
def test_several_changes_give_one_state(events: tuple[Change, ...], state: Validity) -> None:
    assert validity_on(DAY, START, END, events) is state


def test_what_has_expired_is_not_repealed_again() -> None:
    events = (Change(Relation.REPEALS, date(2026, 6, 1)),)
    assert validity_on(date(2026, 7, 1), START, END, events) is Validity.EXPIRED


def test_a_document_ended_before_its_first_day_never_held() -> None:
    events = (Change(Relation.SUPERSEDES, date(2021, 2, 1)),)
    assert validity_on(date(2021, 1, 31), START, None, events) is Validity.UPCOMING
    assert validity_on(date(2021, 3, 1), START, None, events) is Validity.SUPERSEDED


@settings(max_examples=100, deadline=None)
@given(
    days=st.lists(st.integers(-100, 3000), max_size=4),
    relations=st.lists(st.sampled_from(Relation), min_size=4, max_size=4),
    offset=st.integers(-200, 3000),
)
def test_what_has_ended_never_holds_again(
    days: list[int], relations: list[Relation], offset: int
) -> None:
    events = tuple(
        Change(relation, START + timedelta(days=day))
        for day, relation in zip(days, relations, strict=False)
    )
    day = START + timedelta(days=offset)
    today = validity_on(day, START, END, events)
    tomorrow = validity_on(day + ONE, START, END, events)
    ended = {Validity.REPEALED, Validity.EXPIRED, Validity.SUPERSEDED}
    assert today not in ended or tomorrow is today


def test_a_document_carries_its_changes() -> None:
    document = NormativeDocument("甲", START, END, (Change(Relation.AMENDS, DAY),))
    assert document_validity(document, DAY) is Validity.AMENDED


def test_a_last_day_before_the_first_is_refused() -> None:
    with pytest.raises(ValidityError, match="早于施行日期"):
        NormativeDocument("甲", START, START - ONE)
    assert document_validity(NormativeDocument("甲", START, START), START) is Validity.IN_FORCE


def test_a_document_may_be_changed_while_it_holds_or_before() -> None:
    document = NormativeDocument("甲", START, END)
    check_change(document, Change(Relation.AMENDS, DAY, by="乙"))
    check_change(document, Change(Relation.REPEALS, START - ONE, by="乙"))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (Change(Relation.REPEALS, DAY, by="甲"), "文件不能废止自己：甲"),
        (Change(Relation.AMENDS, END + ONE, by="乙"), "2026-03-01 该文件已失效，不能再修改：甲"),
    ],
    ids=["by itself", "after its end"],
)
def test_an_impossible_change_is_refused(change: Change, said: str) -> None:
    with pytest.raises(ValidityError, match=said):
        check_change(NormativeDocument("甲", START, END), change)


def test_the_states_are_labelled_for_readers() -> None:
    assert [state.label for state in Validity] == [
        "尚未施行",
        "有效",
        "已被修改（有效）",
        "部分废止或者失效",
        "废止",
        "失效",
        "被替代",
    ]


@pytest.mark.parametrize(
    ("day", "warned"),
    [
        (END - timedelta(days=91), None),
        (END - timedelta(days=90), 90),
        (END - timedelta(days=31), 90),
        (END - timedelta(days=30), 30),
        (END, 30),
        (END + ONE, None),
    ],
    ids=["91 days", "90 days", "31 days", "30 days", "the last day", "the day after"],
)
def test_the_office_is_warned_before_a_document_expires(day: date, warned: int | None) -> None:
    assert expiry_warning(day, END) == warned
    assert expiry_warning(day, None) is None
    assert EXPIRY_WARNINGS_MARK is Mark.PRACTICE


def test_a_normative_document_meets_all_six_criteria() -> None:
    assert is_normative(list(Criterion))
    for missing in Criterion:
        assert not is_normative([each for each in Criterion if each is not missing])
    assert Criterion.REPEATEDLY_APPLIED.label == "在一定期限内反复适用"
    assert NOT_NORMATIVE == ("内部工作制度", "人事任免", "请示、报告")


def test_a_clean_up_keeps_amends_repeals_or_lets_expire() -> None:
    assert [result.label for result in CleanupResult] == ["继续有效", "修改", "废止", "失效"]


@pytest.mark.parametrize(
    ("rule", "least", "most", "unit", "mark"),
    [
        ("consultation", 30, None, "日", Mark.VERIFIED),
        ("legality_review", 5, 15, "工作日", Mark.MEMORY),
        ("filing_council", None, 30, "日", Mark.VERIFIED),
        ("filing_zhejiang", None, 15, "日", Mark.MEMORY),
        ("cleanup", None, 2, "年", Mark.MEMORY),
    ],
    ids=lambda value: value if isinstance(value, str) and "_" in value else "",
)
def test_a_duty_keeps_its_numbers_and_its_mark(
    rule: str, least: int | None, most: int | None, unit: str, mark: Mark
) -> None:
    found = NORMATIVE_RULES[rule]
    assert (found.least, found.most, found.unit, found.mark) == (least, most, unit, mark)
