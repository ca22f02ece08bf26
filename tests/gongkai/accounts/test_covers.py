"""Absence cover: dated, in the own name, one step deep."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction

from gongkai.accounts import services
from gongkai.accounts.errors import AccountRefusedError, NotEntitledError
from gongkai.accounts.models import Cover, User
from gongkai.accounts.queries import actor_for, covered_by, roles_of
from gongkai.accounts.roles import Role
from gongkai.agencies.models import Agency
from gongkai.trail.actors import SYSTEM, Actor
from gongkai.trail.models import Row
from tests.gongkai.accounts.conftest import Places
from tests.gongkai.accounts.people import clerk

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=SHANGHAI)
FIRST, LAST = date(2026, 3, 2), date(2026, 3, 6)


def cover(
    absent: User,
    other: User,
    agency: Agency,
    *,
    by: Actor = SYSTEM,
    days: tuple[date, date] = (FIRST, LAST),
) -> Cover:
    return services.set_cover(
        absent,
        other,
        by=by,
        at=NOON,
        agency=agency,
        starts_on=days[0],
        ends_on=days[1],
        reason="出差",
    )


def held(user: User, at: datetime) -> set[tuple[Role, bool]]:
    return {(one.role, one.covering is not None) for one in roles_of(user, at)}


@pytest.mark.parametrize(
    ("day", "covers"),
    [
        pytest.param(1, False, id="not the day before"),
        pytest.param(2, True, id="on the first day"),
        pytest.param(6, True, id="on the last day"),
        pytest.param(7, False, id="not the day after"),
    ],
)
def test_a_cover_holds_the_duties_of_the_absent_on_its_days(
    places: Places, day: int, covers: bool
) -> None:
    absent = clerk("absent", places.farming, Role.SIGNER, Role.AGENCY_ADMINISTRATOR)
    other = clerk("other", places.farming, Role.DRAFTER)
    cover(absent, other, places.farming)
    at = NOON.replace(day=day)
    expected = {(Role.DRAFTER, False)} | ({(Role.SIGNER, True)} if covers else set())
    assert held(other, at) == expected


def test_a_cover_acts_in_the_own_name_marked_as_cover(places: Places) -> None:
    absent = clerk("absent", places.farming, Role.SIGNER)
    other = clerk("other", places.farming, Role.DRAFTER)
    cover(absent, other, places.farming)
    assert covered_by(other, places.farming, Role.SIGNER, NOON) == absent
    assert covered_by(other, places.farming, Role.DRAFTER, NOON) is None
    actor = actor_for(other, places.farming, covering=absent)
    assert (actor.id, actor.name, actor.agency_code) == (
        str(other.pk),
        "other（代absent）",
        "nongye",
    )


def test_a_cover_is_not_passed_on(places: Places) -> None:
    first = clerk("first", places.farming, Role.SIGNER)
    second = clerk("second", places.farming, Role.DRAFTER)
    third = clerk("third", places.farming, Role.CASE_HANDLER)
    cover(first, second, places.farming)
    cover(second, third, places.farming)
    assert held(third, NOON) == {(Role.CASE_HANDLER, False), (Role.DRAFTER, True)}


def test_a_cancelled_cover_ends_at_once(places: Places) -> None:
    absent = clerk("absent", places.farming, Role.SIGNER)
    other = clerk("other", places.farming, Role.DRAFTER)
    one = cover(absent, other, places.farming)
    services.cancel_cover(one, by=SYSTEM, at=NOON)
    assert held(other, NOON) == {(Role.DRAFTER, False)}
    with pytest.raises(AccountRefusedError, match="已经取消"):
        services.cancel_cover(one, by=SYSTEM, at=NOON)
    told = Row.objects.filter(event__startswith="accounts.cover").order_by("sequence")
    assert [row.sentence for row in told] == [
        "系统设定自2026-03-02至2026-03-06由“other”在云溪县农业农村局代理“absent”",
        "系统取消“other”在云溪县农业农村局对“absent”的代理",
    ]


def test_a_disabled_absent_person_lends_nothing(places: Places) -> None:
    absent = clerk("absent", places.farming, Role.SIGNER)
    other = clerk("other", places.farming, Role.DRAFTER)
    cover(absent, other, places.farming)
    services.disable_user(absent, by=SYSTEM, at=NOON, reason="离职手续")
    assert held(other, NOON) == {(Role.DRAFTER, False)}


def test_one_may_set_a_cover_for_oneself_but_not_for_a_colleague(places: Places) -> None:
    absent = clerk("absent", places.farming, Role.SIGNER)
    other = clerk("other", places.farming, Role.DRAFTER)
    with pytest.raises(NotEntitledError):
        cover(absent, other, places.farming, by=actor_for(other))
    assert cover(absent, other, places.farming, by=actor_for(absent)).set_by == "absent"


@pytest.mark.parametrize(
    ("days", "said"),
    [
        pytest.param((LAST, FIRST), "早于", id="ends before it starts"),
        pytest.param((date(2026, 2, 1), date(2026, 3, 1)), "已经过去", id="in the past"),
    ],
)
def test_days_that_make_no_sense_are_refused(
    places: Places, days: tuple[date, date], said: str
) -> None:
    absent = clerk("absent", places.farming, Role.SIGNER)
    other = clerk("other", places.farming, Role.DRAFTER)
    with pytest.raises(AccountRefusedError, match=said):
        cover(absent, other, places.farming, days=days)


def test_nobody_covers_himself_strangers_or_someone_already_covered(places: Places) -> None:
    absent = clerk("absent", places.farming, Role.SIGNER)
    other = clerk("other", places.farming, Role.DRAFTER)
    stranger = clerk("stranger", places.housing, Role.DRAFTER)
    with pytest.raises(AccountRefusedError, match="本人代理本人"):
        cover(absent, absent, places.farming)
    with pytest.raises(AccountRefusedError, match="没有角色"):
        cover(absent, stranger, places.farming)
    one = cover(absent, other, places.farming)
    with pytest.raises(AccountRefusedError, match="已有代理人"):
        cover(absent, other, places.farming, days=(LAST, LAST))
    one.pk, one.standing_in = None, absent
    with pytest.raises(IntegrityError), transaction.atomic():
        one.save(force_insert=True)
