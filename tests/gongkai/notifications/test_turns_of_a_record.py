"""On each turn of a record's way the right people are told, once, and it leads where they act."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from gongkai.accounts.models import User
from gongkai.accounts.queries import actor_for
from gongkai.accounts.roles import Role
from gongkai.accounts.services import grant_role, set_cover
from gongkai.disclosure.jobs import publish_as_planned
from gongkai.disclosure.models import Version
from gongkai.disclosure.services import drafting, publishing, reviewing
from gongkai.disclosure.services.reappraising import remind
from gongkai.disclosure.steps import TO_DRAFTER, Step
from gongkai.notifications.models import Message
from gongkai.trail.actors import SYSTEM, Actor
from tests.gongkai.disclosure.chain import (
    AT,
    LATER,
    Chain,
    drafted,
    passed,
    person,
    public,
    staffed,
    submitted,
)

TITLE = "云溪县农村供水工程管护办法"


@pytest.fixture
def chain(db: None) -> Chain:
    return staffed()


def told(kind: str) -> list[tuple[str, str]]:
    """Whom and what, in order."""
    found = Message.objects.filter(kind=kind).order_by("at", "person_id")
    return [(one.person.display_name, one.sentence) for one in found.select_related("person")]


def link_to(version: Version, page: str = "") -> str:
    return f"/office/records/{version.record.public_id}/{page}"


def test_a_draft_is_nobodys_business(chain: Chain) -> None:
    drafted(chain)
    assert not Message.objects.exists()


def test_submitting_tells_who_may_take_the_first_step(chain: Chain) -> None:
    version = submitted(chain)
    assert told("review_due") == [("吕初审", f"“{TITLE}”第1稿等您科室初审")]
    message = Message.objects.get()
    assert message.link == link_to(version, "review/")
    assert (message.agency_code, message.subject_name) == (chain.agency.code, TITLE)


def test_each_pass_tells_who_may_take_the_next_step(chain: Chain) -> None:
    passed(chain, submitted(chain))
    assert told("review_due") == [
        ("吕初审", f"“{TITLE}”第1稿等您科室初审"),
        ("施保密", f"“{TITLE}”第1稿等您保密审查"),
        ("张公开", f"“{TITLE}”第1稿等您公开工作机构审核"),
        ("孔终审", f"“{TITLE}”第1稿等您终审"),
    ]
    assert told("cleared") == [("张公开", f"“{TITLE}”通过全部审查，可以发布")]


def test_what_stays_back_is_cleared_and_not_to_be_published(chain: Chain) -> None:
    passed(chain, submitted(chain, attribute="on_request", attribute_reason="内部管理"))
    assert told("cleared") == [("张公开", f"“{TITLE}”通过全部审查，已经审定，不主动公开")]


def test_who_wrote_in_it_is_not_told_to_review_it(chain: Chain) -> None:
    second = person("second", "金初审", Role.SECTION_REVIEWER, chain.agency)
    writing = person("both", "郑兼写", Role.DRAFTER, chain.agency)
    person_also(writing, Role.SECTION_REVIEWER, chain)
    version = drafted(chain)
    by = actor(writing, chain)
    version = drafting.edit(
        version, {"summary": "改过"}, revision=version.record.revision, by=by, at=AT
    )
    version.record.refresh_from_db()
    drafting.submit(version, revision=version.record.revision, by=chain.actor("drafter"), at=AT)
    assert {name for name, _ in told("review_due")} == {"吕初审", second.display_name}


def test_who_took_another_step_is_not_told_of_this_one(chain: Chain) -> None:
    person_also(chain.section, Role.SECRECY_REVIEWER, chain)
    passed(chain, submitted(chain), Step.SECTION)
    assert [name for name, line in told("review_due") if "保密审查" in line] == ["施保密"]


def test_who_stands_in_for_an_absent_reviewer_is_told(chain: Chain) -> None:
    mate = person("mate", "金代办", Role.CASE_HANDLER, chain.agency)
    day = localdate(AT)
    set_cover(
        chain.section, mate, by=SYSTEM, at=AT, agency=chain.agency, starts_on=day, ends_on=day,
        reason="出差",
    )  # fmt: skip
    submitted(chain)
    assert {name for name, _ in told("review_due")} == {"吕初审", "金代办"}


def test_a_return_to_the_drafter_tells_the_authors_why(chain: Chain) -> None:
    version = submitted(chain)
    returned(chain, version, Step.SECTION, TO_DRAFTER)
    assert told("returned") == [("何拟", f"“{TITLE}”第1稿被退回修改，吕初审（科室初审）：写错了")]
    assert Message.objects.get(kind="returned").link == link_to(version)
    assert len(told("review_due")) == 1  # only the first


def test_a_return_to_a_step_tells_that_step_again(chain: Chain) -> None:
    version = passed(chain, submitted(chain), Step.SECTION, Step.SECRECY)
    returned(chain, version, Step.DISCLOSURE, Step.SECRECY)
    assert [name for name, _ in told("review_due")].count("施保密") == 2
    assert told("returned") == []


def test_a_question_tells_author_and_supervising_office_and_its_answer_the_asker(
    chain: Chain,
) -> None:
    version = passed(chain, submitted(chain), Step.SECTION)
    referral = reviewing.refer(
        version, Step.SECRECY, to="supervising", digest=version.content_hash,
        by=chain.actor("secrecy"), at=LATER, reason="供水点位能否公开",
    )  # fmt: skip
    line = f"“{TITLE}”不能确定能否公开，已报政府信息公开主管部门确定：供水点位能否公开"
    assert told("referred") == [("何拟", line), ("张公开", line)]
    later = LATER + timedelta(hours=1)
    reviewing.answer_referral(referral, answer="可以公开", by=chain.actor("secrecy"), at=later)
    assert told("review_due")[-1] == ("施保密", f"“{TITLE}”第1稿等您保密审查")


def test_an_emergency_tells_all_whose_verdict_is_missing_once(chain: Chain) -> None:
    version = passed(chain, submitted(chain), Step.SECTION)
    reviewing.order_emergency(version, by=chain.actor("final"), at=LATER, reason="山洪预警")
    line = f"“{TITLE}”应急缩短审查（孔终审决定），最迟3月17日补齐您这一步的审查"
    assert told("emergency") == [("施保密", line), ("张公开", line), ("孔终审", line)]
    before = len(told("review_due"))
    version = Version.objects.get(pk=version.pk)
    passed(chain, version, Step.SECRECY)
    assert len(told("review_due")) == before


def test_authors_are_told_what_the_public_sees(chain: Chain) -> None:
    record = public(chain)
    publishing.withdraw(record, reason="附件有误", by=chain.actor("officer"), at=LATER)
    assert told("published") == [
        ("何拟", f"“{TITLE}”已发布"),
        ("何拟", f"“{TITLE}”已撤回，原因：附件有误"),
    ]


def test_who_publishes_the_own_record_is_not_told_of_the_own_act(chain: Chain) -> None:
    person_also(chain.drafter, Role.DISCLOSURE_OFFICER, chain)
    version = passed(chain, submitted(chain))
    publishing.publish(version, by=chain.actor("drafter"), at=LATER)
    assert told("published") == []


def test_a_plan_that_was_not_carried_out_tells_who_planned_it(chain: Chain) -> None:
    version = passed(chain, submitted(chain))
    moment = LATER + timedelta(days=1)
    planned = publishing.plan(version, moment, by=chain.actor("officer"), at=LATER)
    drafting.draft_again(version.record, by=chain.actor("drafter"), at=LATER)
    publish_as_planned({"schedule": str(planned.pk)}, at=moment)
    line = f"您定时发布的“{TITLE}”没有发布：计划以后又起草了新的一稿"
    assert told("plan_failed") == [("张公开", line)]
    # Delivered twice, the job finds it ended and says nothing more.
    publish_as_planned({"schedule": str(planned.pk)}, at=moment + timedelta(minutes=1))
    assert len(told("plan_failed")) == 1


def test_a_plan_carried_out_or_cancelled_tells_its_planner_nothing(chain: Chain) -> None:
    version = passed(chain, submitted(chain))
    moment, by = LATER + timedelta(days=1), chain.actor("officer")
    cancelled = publishing.plan(version, moment, by=by, at=LATER)
    publishing.cancel_plan(cancelled, by=by, at=LATER)
    publish_as_planned({"schedule": str(cancelled.pk)}, at=moment)
    planned = publishing.plan(version, moment, by=by, at=LATER)
    publish_as_planned({"schedule": str(planned.pk)}, at=moment)
    assert told("plan_failed") == []
    assert told("published") == [("何拟", f"“{TITLE}”已发布")]


def test_a_plan_that_may_not_be_carried_out_ends_with_its_reason(chain: Chain) -> None:
    record = public(chain)
    version = record.versions.get()
    publishing.withdraw(record, reason="附件有误", by=chain.actor("officer"), at=LATER)
    moment, by = LATER + timedelta(days=1), chain.actor("officer")
    planned = publishing.plan(version, moment, by=by, at=LATER)
    publishing.publish(version, by=by, at=LATER)  # by hand, before the moment
    publish_as_planned({"schedule": str(planned.pk)}, at=moment)
    planned.refresh_from_db()
    assert planned.outcome == "没有发布：这一稿已经公开"
    assert told("plan_failed") == []  # it is public: nobody need do anything


def test_evaluations_that_come_up_are_told_to_the_officers_together(chain: Chain) -> None:
    for number in range(2):
        words = {"attribute": "on_request", "attribute_reason": "内部管理"}
        passed(chain, submitted(chain, title=f"第{number}件", **words))
    year_on = AT + timedelta(days=364)
    remind(chain.agency, at=year_on)
    remind(chain.agency, at=year_on)
    (found,) = told("reappraisal")
    assert found == ("张公开", f"{chain.agency.name}：2 件不公开的信息将到评估日期，请评估")
    remind(chain.agency, at=AT + timedelta(days=367))
    assert told("reappraisal")[-1][1].endswith("2 件已过评估日期，请评估")


def returned(chain: Chain, version: Version, step: Step, back_to: str) -> None:
    reviewing.return_version(
        version, step, back_to=back_to, digest=version.content_hash, by=chain.reviewers[step],
        at=LATER, reason="写错了",
    )  # fmt: skip


def person_also(user: User, role: Role, chain: Chain) -> None:
    """One more duty for somebody who has one."""
    grant_role(user, by=SYSTEM, at=AT, agency=chain.agency, role=role)


def actor(user: User, chain: Chain) -> Actor:
    return actor_for(user, chain.agency)
