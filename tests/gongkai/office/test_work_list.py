"""What waits for whom stands on the work list, by limit, with its claim; counts are its rows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from gongkai.accounts.queries import standing_of
from gongkai.accounts.roles import Role
from gongkai.accounts.services import change_password, set_cover
from gongkai.claims.models import Claim
from gongkai.disclosure.claiming import PUBLISH
from gongkai.disclosure.models import Record, Version
from gongkai.disclosure.services import claiming, reviewing
from gongkai.disclosure.steps import TO_DRAFTER, Step
from gongkai.figures.registry import Scope, value
from gongkai.office.views.work_list import all_items
from gongkai.office.work.items import Item, Nearness
from gongkai.trail.actors import SYSTEM
from tests.gongkai.disclosure.chain import AT, Chain, drafted, passed, person, submitted
from tests.gongkai.disclosure.documents import LONG_AGO
from tests.gongkai.office.staff import SIGN_IN_WITH, signed_in
from tests.gongkai.office.upkeep import Desk, staffed_desk

# What was submitted on 12 March is late by then, and so is its publication (2 April).
LATE = datetime(2026, 4, 8, 1, 0, tzinfo=UTC)


@pytest.fixture
def desk(db: None, settings: Settings) -> Iterator[Desk]:
    settings.GONGKAI_SECOND_FACTOR_REQUIRED = False
    with time_machine.travel(LATE):
        yield staffed_desk()


@pytest.fixture
def chain(desk: Desk) -> Chain:
    return desk.chain


def shown(desk: Desk, who: str, **query: str) -> dict[str, list[Item]]:
    """Items of a person's list by group."""
    answer = desk.client(who).get(reverse("office:work_list"), query)
    assert answer.status_code == 200
    groups = answer.context["groups"]
    assert answer.context["total"] == sum(len(one.items) for one in groups)
    return {one.nearness: list(one.items) for one in groups}


def titles(desk: Desk, who: str, **query: str) -> list[str]:
    return [one.title for items in shown(desk, who, **query).values() for one in items]


def test_a_submitted_record_waits_for_its_next_reviewer_and_for_nobody_else(
    desk: Desk, chain: Chain
) -> None:
    version = submitted(chain)
    assert titles(desk, "section") == [version.title]
    for other in ("drafter", "secrecy", "officer", "final", "legal"):
        assert titles(desk, other) == [], other
    # In the whole office they see it, and for whom it waits.
    (item,) = shown(desk, "final", scope="all")[Nearness.OTHERS]
    assert (item.title, item.others) == (version.title, "科室初审")
    passed(chain, version, Step.SECTION)
    assert titles(desk, "section") == []
    assert titles(desk, "secrecy") == [version.title]


def test_it_says_why_it_is_late_and_since_when(desk: Desk, chain: Chain) -> None:
    version = submitted(chain)  # long ago: its two working days are over
    (item,) = shown(desk, "section")[Nearness.OVERDUE]
    assert item.limit is not None
    assert item.limit.headline.startswith("已逾期")
    assert "2026-03-12起" in item.detail
    assert item.act.label == "审查"
    assert item.act.url == reverse("office:review", args=[version.record.public_id])


def test_what_came_back_and_what_is_unfinished_waits_for_its_drafter(
    desk: Desk, chain: Chain
) -> None:
    draft = drafted(chain, title="没有写完的通知")
    back = submitted(chain, title="退回来的通知")
    reviewing.return_version(
        back, Step.SECTION, back_to=TO_DRAFTER, digest=back.content_hash,
        by=chain.actor("section"), at=AT, reason="标题太长",
    )  # fmt: skip
    items = [one for group in shown(desk, "drafter").values() for one in group]
    acts = {one.title: one.act.label for one in items}
    assert acts == {draft.title: "接着写", back.title: "看退回意见"}
    assert titles(desk, "section") == []


def test_what_is_cleared_waits_for_the_disclosure_office(desk: Desk, chain: Chain) -> None:
    version = passed(chain, submitted(chain))
    items = [one for group in shown(desk, "officer").values() for one in group]
    assert [(one.title, one.act.label) for one in items] == [(version.title, "发布")]
    assert titles(desk, "section") == []


def test_taken_by_one_it_leaves_the_list_of_the_others(desk: Desk, chain: Chain) -> None:
    version = submitted(chain)
    second = person("second", "金科长", Role.SECTION_REVIEWER, chain.agency, LONG_AGO)
    colleague = signed_in(change_password(second, SIGN_IN_WITH, by=SYSTEM, at=timezone.now()))
    claim = reverse("office:work_claim", args=[version.record.public_id, "1.section"])
    assert "个工作日没有人认领" in desk.page("section", "work_list")
    assert desk.client("section").post(claim).status_code == 302
    (item,) = shown(desk, "section")[Nearness.OVERDUE]
    assert item.claimed_by_me
    answer = colleague.get(reverse("office:work_list"))
    assert answer.context["total"] == 0
    answer = colleague.get(reverse("office:work_list"), {"scope": "all"})
    assert "吕初审" in answer.content.decode()
    # He is told who has it, and may take it over with a reason.
    said = colleague.post(claim, follow=True).content.decode()
    assert "吕初审已经认领" in said
    over = reverse("office:work_take_over", args=[version.record.public_id, "1.section"])
    assert "请写明原因" in colleague.post(over, {"reason": ""}, follow=True).content.decode()
    colleague.post(over, {"reason": "他今天请假"})
    assert Claim.objects.standing().get().person == str(second.pk)


def test_who_may_not_do_it_cannot_take_it(desk: Desk, chain: Chain) -> None:
    version = submitted(chain)
    address = reverse("office:work_claim", args=[version.record.public_id, "1.section"])
    said = desk.client("drafter").post(address, follow=True).content.decode()
    assert "没有办成：无权办理" in said
    assert signed_in(desk.stranger).post(address).status_code == 404
    wrong = reverse("office:work_claim", args=[version.record.public_id, "7.section"])
    assert desk.client("section").post(wrong).status_code == 404
    assert not Claim.objects.exists()


def test_in_somebodys_absence_his_work_stands_on_the_list_of_his_cover(
    desk: Desk, chain: Chain
) -> None:
    version = submitted(chain)
    second = person("second", "金科长", Role.DRAFTER, chain.agency, LONG_AGO)
    change_password(second, SIGN_IN_WITH, by=SYSTEM, at=timezone.now())
    client, address = signed_in(second), reverse("office:work_list")
    assert client.get(address).context["total"] == 0
    today = timezone.localdate()
    set_cover(
        chain.section, second, by=SYSTEM, at=timezone.now(), agency=chain.agency,
        starts_on=today, ends_on=today + timedelta(days=1), reason="出差",
    )  # fmt: skip
    answer = client.get(address)
    assert [one.title for group in answer.context["groups"] for one in group.items] == [
        version.title
    ]
    assert "（代）" in answer.content.decode()


def test_counts_equal_the_registered_figures(desk: Desk, chain: Chain) -> None:
    drafted(chain, title="过了期限的未完件")
    submitted(chain, title="过了期限的在审件")
    passed(chain, submitted(chain, title="过了期限的待发件"))
    late = value("disclosure.overdue", Scope(frozenset({chain.agency.pk}), None, None))
    assert late == 3
    at = timezone.now()
    people = (chain.drafter, chain.section, chain.officer)
    rows = {one.title for user in people for one in all_items(standing_of(user, at), at)}
    assert rows >= {"过了期限的未完件", "过了期限的在审件", "过了期限的待发件"}
    page = desk.client("officer").get(reverse("office:work_list"), {"scope": "all"})
    scopes = {one.name: one.number for one in page.context["scopes"]}
    assert scopes["all"] == page.context["total"] == len(titles(desk, "officer", scope="all"))
    assert scopes["mine"] == len(titles(desk, "officer"))


def test_filters_narrow_and_an_empty_result_leads_on(desk: Desk, chain: Chain) -> None:
    submitted(chain, title="关于路灯的通知")
    submitted(chain, title="关于公交的通知")
    assert titles(desk, "section", words="路灯") == ["关于路灯的通知"]
    assert len(titles(desk, "section", kind="审查")) == 2
    answer = desk.client("section").get(reverse("office:work_list"), {"words": "不存在"})
    assert "没有符合条件的事" in answer.content.decode()


@pytest.mark.parametrize("number", [1, 30])
def test_it_asks_the_same_number_of_times_for_one_and_for_many(
    number: int, desk: Desk, chain: Chain, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for at in range(number):
        submitted(chain, title=f"第{at}件")
        drafted(chain, title=f"草稿{at}")
        cleared = passed(chain, submitted(chain, title=f"待发布{at}"))
        claiming.claim_work(cleared, PUBLISH, by=chain.actor("officer"), at=AT)
    client = desk.client("officer")
    client.get(reverse("office:work_list"))
    with django_assert_num_queries(QUERIES):
        answer = client.get(reverse("office:work_list"), {"scope": "all"})
    assert answer.context["total"] == 2 * number
    assert Record.objects.count() == 3 * number
    assert Version.objects.count() == 3 * number


QUERIES = 40
