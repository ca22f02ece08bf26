"""Work is taken by who may do it, by one at a time, and nobody is locked out by it."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction
from pytest_django import DjangoAssertNumQueries

from gongkai.accounts.queries import actor_for
from gongkai.accounts.roles import Role
from gongkai.claims.errors import ClaimError
from gongkai.claims.models import Claim
from gongkai.claims.queries import claim_of, claims_of
from gongkai.disclosure.claiming import PUBLISH, matter_of
from gongkai.disclosure.errors import DisclosureError, NotEntitledError
from gongkai.disclosure.models import Version
from gongkai.disclosure.queries import position_of
from gongkai.disclosure.services import claiming, reviewing
from gongkai.disclosure.steps import Step
from gongkai.trail.actors import Actor
from gongkai.trail.models import Row
from tests.gongkai.disclosure.chain import AT, Chain, passed, person, staffed, submitted

pytestmark = pytest.mark.django_db


@pytest.fixture
def chain() -> Chain:
    return staffed()


@pytest.fixture
def version(chain: Chain) -> Version:
    return submitted(chain)


@pytest.fixture
def second(chain: Chain) -> Actor:
    """Another person with the duty of the first step."""
    user = person("second", "金科长", Role.SECTION_REVIEWER, chain.agency)
    return actor_for(user, chain.agency)


def sentences() -> list[str]:
    return [row.sentence for row in Row.objects.filter(event__startswith="claims.").order_by("pk")]


def test_the_first_takes_it_and_the_second_is_told_who_has_it(
    chain: Chain, version: Version, second: Actor
) -> None:
    first = chain.actor("section")
    claim = claiming.claim_work(version, Step.SECTION, by=first, at=AT)
    assert (claim.person_name, claim.occasion) == (first.name, "1.section")
    with pytest.raises(ClaimError, match=f"{first.name}已经认领"):
        claiming.claim_work(version, Step.SECTION, by=second, at=AT)
    # Taken twice by the same person, it stays one claim.
    assert claiming.claim_work(version, Step.SECTION, by=first, at=AT).pk == claim.pk
    assert sentences() == [
        "云溪县人民政府办公室吕初审认领“云溪县农村供水工程管护办法”的第1稿科室初审"
    ]


def test_a_claim_keeps_nobody_from_the_act(chain: Chain, version: Version, second: Actor) -> None:
    claiming.claim_work(version, Step.SECTION, by=chain.actor("section"), at=AT)
    reviewing.pass_step(version, Step.SECTION, digest=version.content_hash, by=second, at=AT)
    assert position_of(version).next is Step.SECRECY


def test_it_is_given_back_with_a_reason_and_by_nobody_else(
    chain: Chain, version: Version, second: Actor
) -> None:
    first = chain.actor("section")
    claiming.claim_work(version, Step.SECTION, by=first, at=AT)
    with pytest.raises(ClaimError, match="不是您认领的"):
        claiming.give_work_back(version, Step.SECTION, reason="我来", by=second, at=AT)
    with pytest.raises(ClaimError, match="请写明原因"):
        claiming.give_work_back(version, Step.SECTION, reason="  ", by=first, at=AT)
    claiming.give_work_back(version, Step.SECTION, reason="明天出差", by=first, at=AT)
    assert claim_of(matter_of(version, Step.SECTION)) is None
    taken = claiming.claim_work(version, Step.SECTION, by=second, at=AT)
    assert taken.person == second.id


def test_a_colleague_takes_over_with_a_reason(
    chain: Chain, version: Version, second: Actor
) -> None:
    first = chain.actor("section")
    with pytest.raises(ClaimError, match="没有别人认领"):
        claiming.take_work_over(version, Step.SECTION, reason="他在休假", by=second, at=AT)
    claiming.claim_work(version, Step.SECTION, by=first, at=AT)
    claiming.take_work_over(version, Step.SECTION, reason="他在休假", by=second, at=AT)
    standing = claim_of(matter_of(version, Step.SECTION))
    assert standing is not None
    assert standing.person == second.id
    assert Claim.objects.count() == 2
    assert sentences()[-1] == (
        "云溪县人民政府办公室金科长接替吕初审办理“云溪县农村供水工程管护办法”的第1稿科室初审，"
        "原因：他在休假"
    )


def test_only_who_may_do_it_may_take_it(chain: Chain, version: Version) -> None:
    for who in ("drafter", "secrecy", "officer", "final"):
        with pytest.raises(NotEntitledError):
            claiming.claim_work(version, Step.SECTION, by=chain.actor(who), at=AT)
    taken = claiming.claim_work(version, Step.SECTION, by=chain.actor("section"), at=AT)
    assert taken.ended_at is None


def test_what_does_not_wait_is_not_taken(chain: Chain, version: Version) -> None:
    with pytest.raises(DisclosureError, match="没有轮到"):
        claiming.claim_work(version, Step.SECRECY, by=chain.actor("secrecy"), at=AT)
    with pytest.raises(DisclosureError, match="不等发布"):
        claiming.claim_work(version, PUBLISH, by=chain.actor("officer"), at=AT)
    with pytest.raises(DisclosureError, match="没有这个环节"):
        claiming.claim_work(version, "dinner", by=chain.actor("officer"), at=AT)
    cleared = passed(chain, version)
    taken = claiming.claim_work(cleared, PUBLISH, by=chain.actor("officer"), at=AT)
    assert taken.occasion == "1.publish"


def test_many_are_looked_up_in_one_query(
    chain: Chain,
    version: Version,
    second: Actor,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    other = submitted(chain, title="关于另一件事的通知")
    claiming.claim_work(other, Step.SECTION, by=second, at=AT)
    asked = [matter_of(one, Step.SECTION) for one in (version, other)]
    with django_assert_num_queries(1):
        found = claims_of(asked)
    assert list(found) == [asked[1].key]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE claims_claim SET person = '7'",
        "UPDATE claims_claim SET matter_id = 'x'",
        "DELETE FROM claims_claim",
        (
            "INSERT INTO claims_claim (matter_kind, matter_id, label, agency_code, occasion, "
            "occasion_label, person, person_name, taken_at, ended_by, ended_by_name, reason) "
            "SELECT matter_kind, matter_id, label, agency_code, occasion, occasion_label, "
            "'7', 'x', taken_at, '', '', '' FROM claims_claim"
        ),
    ],
)
def test_by_hand_a_claim_is_neither_moved_nor_doubled(
    chain: Chain, version: Version, statement: str
) -> None:
    claiming.claim_work(version, Step.SECTION, by=chain.actor("section"), at=AT)
    with (
        pytest.raises(DatabaseError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert Claim.objects.get().person == chain.actor("section").id
