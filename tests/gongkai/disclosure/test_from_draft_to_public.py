"""The way of a document through the office, as an office tells it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from gongkai.accounts import services as accounts
from gongkai.accounts.roles import Role
from gongkai.calendars.queries import calendar_for
from gongkai.disclosure.errors import DisclosureError, NotEntitledError, StaleError
from gongkai.disclosure.models import PublicAct, Reappraisal, Record, Version
from gongkai.disclosure.queries import missing_people, overdue, position_of, publication_due
from gongkai.disclosure.services import drafting, publishing, reappraising, reviewing
from gongkai.disclosure.steps import TO_DRAFTER, Step
from gongkai.jobs.models import OutboxRow
from gongkai.trail.actors import SYSTEM
from gongkai.trail.models import Row
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

pytestmark = pytest.mark.django_db


@pytest.fixture
def chain() -> Chain:
    return staffed()


def sentences() -> list[str]:
    rows = Row.objects.filter(event__startswith="disclosure.").order_by("pk")
    return [row.sentence for row in rows]


def test_four_steps_by_four_people_then_public(chain: Chain) -> None:
    record = public(chain)
    assert record.is_public
    assert record.published_at == LATER
    digest = record.versions.get().content_hash
    name = "云溪县人民政府办公室"
    title = "“云溪县农村供水工程管护办法”"
    assert sentences() == [
        f"{name}何拟起草{title}（其他文件，第1稿）",
        f"{name}何拟将{title}第1稿送审，公开属性主动公开，内容摘要{digest}",
        f"{name}吕初审科室初审通过{title}第1稿，内容摘要{digest}",
        f"{name}施保密保密审查通过{title}第1稿，内容摘要{digest}",
        f"{name}张公开公开工作机构审核通过{title}第1稿，内容摘要{digest}",
        f"{name}孔终审终审通过{title}第1稿，内容摘要{digest}",
        f"{name}孔终审使{title}第1稿取得公开许可（逐级审查）",
        f"{name}张公开发布{title}，内容摘要{digest}",
    ]


def test_nobody_reviews_what_he_drafted_not_even_with_the_duty(chain: Chain) -> None:
    version = submitted(chain)
    accounts.grant_role(
        chain.drafter, by=SYSTEM, at=AT, agency=chain.agency, role=Role.SECTION_REVIEWER
    )
    with pytest.raises(NotEntitledError, match="自己起草的内容"):
        reviewing.pass_step(
            version, Step.SECTION, digest=version.content_hash, by=chain.actor("drafter"), at=AT
        )


def test_whoever_changed_one_word_is_an_author(chain: Chain) -> None:
    version = drafted(chain)
    officer = chain.actor("officer")
    drafting.edit(version, {"summary": "改"}, revision=version.record.revision, by=officer, at=AT)
    version.refresh_from_db()
    record = Record.objects.get()
    drafting.submit(version, revision=record.revision, by=chain.actor("drafter"), at=AT)
    version.refresh_from_db()
    version = passed(chain, version, Step.SECTION, Step.SECRECY)
    with pytest.raises(NotEntitledError):
        passed(chain, version, Step.DISCLOSURE)


def test_steps_come_in_order(chain: Chain) -> None:
    version = submitted(chain)
    with pytest.raises(DisclosureError, match="现在应进行科室初审"):
        passed(chain, version, Step.FINAL)
    with pytest.raises(DisclosureError, match="这一步已经通过"):
        passed(chain, passed(chain, version, Step.SECTION), Step.SECTION)


def test_a_verdict_is_on_what_was_read(chain: Chain) -> None:
    version = submitted(chain)
    with pytest.raises(DisclosureError, match="不是现在的文稿"):
        reviewing.pass_step(
            version, Step.SECTION, digest="0" * 64, by=chain.actor("section"), at=AT
        )


def test_a_return_to_an_earlier_step_voids_what_came_after(chain: Chain) -> None:
    version = passed(chain, submitted(chain), Step.SECTION, Step.SECRECY, Step.DISCLOSURE)
    reviewing.return_version(
        version,
        Step.FINAL,
        back_to=Step.SECRECY,
        digest=version.content_hash,
        by=chain.actor("final"),
        at=AT,
        reason="附件没有审查",
    )
    position = position_of(version)
    assert [one.step for one in position.passed] == [Step.SECTION]
    assert position.next is Step.SECRECY
    version = passed(chain, version, Step.SECRECY, Step.DISCLOSURE, Step.FINAL)
    assert version.clearance.path == "standard"


def test_a_return_to_the_drafter_ends_the_version_and_a_new_one_starts(chain: Chain) -> None:
    version = passed(chain, submitted(chain), Step.SECTION)
    by, digest = chain.actor("secrecy"), version.content_hash
    reviewing.return_version(
        version, Step.SECRECY, back_to=TO_DRAFTER, digest=digest, by=by, at=AT, reason="有手机号"
    )
    with pytest.raises(DisclosureError, match="已退回起草人"):
        passed(chain, version, Step.SECRECY)
    again = drafting.draft_again(version.record, by=chain.actor("drafter"), at=AT)
    assert (again.number, again.title, again.submitted_at) == (2, version.title, None)


def test_what_nobody_can_determine_waits_for_the_answer(chain: Chain) -> None:
    version = passed(chain, submitted(chain), Step.SECTION)
    by, digest = chain.actor("secrecy"), version.content_hash
    referral = reviewing.refer(
        version, Step.SECRECY, to="secrecy", digest=digest, by=by, at=AT, reason="是否工作秘密"
    )
    with pytest.raises(DisclosureError, match="正在报请确定"):
        passed(chain, version, Step.SECRECY)
    reviewing.answer_referral(referral, answer="不属于工作秘密", by=by, at=AT)
    assert passed(chain, version, Step.SECRECY).reviews.count() == 3


def test_one_person_takes_two_steps_only_where_the_rule_lets_him(chain: Chain) -> None:
    accounts.grant_role(
        chain.section, by=SYSTEM, at=AT, agency=chain.agency, role=Role.DISCLOSURE_OFFICER
    )
    version = passed(chain, submitted(chain), Step.SECTION, Step.SECRECY)
    both = chain.actor("section")
    with pytest.raises(NotEntitledError, match="另一步骤"):
        reviewing.pass_step(version, Step.DISCLOSURE, digest=version.content_hash, by=both, at=AT)
    merged = [[Step.SECTION.value, Step.DISCLOSURE.value]]
    officer = chain.actor("officer")
    reviewing.set_rule(chain.agency, merged=merged, days_each=2, by=officer, at=AT)
    reviewing.pass_step(version, Step.DISCLOSURE, digest=version.content_hash, by=both, at=AT)
    with pytest.raises(DisclosureError, match="保密审查和终审"):
        reviewing.set_rule(
            chain.agency, merged=[["secrecy", "final"]], days_each=2, by=officer, at=AT
        )


def test_secrecy_and_final_never_meet_in_one_person_by_way_of_a_third_step(chain: Chain) -> None:
    merged = [["secrecy", "disclosure"], ["disclosure", "final"]]
    officer = chain.actor("officer")
    reviewing.set_rule(chain.agency, merged=merged, days_each=2, by=officer, at=AT)
    for role in (Role.DISCLOSURE_OFFICER, Role.FINAL_REVIEWER):
        accounts.grant_role(chain.secrecy, by=SYSTEM, at=AT, agency=chain.agency, role=role)
    version = passed(chain, submitted(chain), Step.SECTION, Step.SECRECY)
    all_three = chain.actor("secrecy")
    digest = version.content_hash
    reviewing.pass_step(version, Step.DISCLOSURE, digest=digest, by=all_three, at=AT)
    with pytest.raises(NotEntitledError):
        reviewing.pass_step(version, Step.FINAL, digest=digest, by=all_three, at=AT)


def test_an_emergency_goes_out_after_the_secrecy_review_and_a_third_persons_order(
    chain: Chain,
) -> None:
    version = submitted(chain, kind="emergency")
    officer = chain.actor("officer")
    order = reviewing.order_emergency(version, by=officer, at=AT, reason="水库泄洪预警")
    assert order.rest_due_on == date(2026, 3, 17)  # 12日星期四收：13、16、17日
    with pytest.raises(DisclosureError, match="须先通过保密审查"):
        reviewing.clear_in_emergency(version, by=officer, at=AT)
    version = passed(chain, version, Step.SECRECY)
    reviewing.clear_in_emergency(version, by=officer, at=AT)
    version = Version.objects.get(pk=version.pk)
    publishing.publish(version, by=officer, at=LATER)
    assert passed(chain, version, Step.SECTION, Step.DISCLOSURE, Step.FINAL).record.is_public


def test_cleared_in_an_emergency_and_sent_back_before_it_went_out_it_stays_inside(
    chain: Chain,
) -> None:
    officer = chain.actor("officer")
    kept, sent_back = (submitted(chain, kind="emergency", title=one) for one in ("留", "退"))
    for version in (kept, sent_back):
        reviewing.order_emergency(version, by=officer, at=AT, reason="水库泄洪预警")
        reviewing.clear_in_emergency(passed(chain, version, Step.SECRECY), by=officer, at=AT)
    reviewing.return_version(
        sent_back,
        Step.SECTION,
        back_to=TO_DRAFTER,
        digest=sent_back.content_hash,
        by=chain.actor("section"),
        at=AT,
        reason="数字有误",
    )
    with pytest.raises(DisclosureError, match="已被退回起草人，不能公开"):
        publishing.publish(Version.objects.get(pk=sent_back.pk), by=officer, at=LATER)
    assert not Record.objects.get(pk=sent_back.record_id).is_public
    assert publishing.publish(Version.objects.get(pk=kept.pk), by=officer, at=LATER).is_public


def test_a_normative_document_needs_its_legality_opinion(chain: Chain) -> None:
    version = drafted(chain, kind="normative")
    signer, drafter, legal = (chain.actor(name) for name in ("signer", "drafter", "legal"))

    def sign(number: str = "云政办发〔2026〕6号") -> Version:
        revision = Record.objects.get().revision
        on = date(2026, 3, 5)
        return drafting.sign(
            version, doc_no=number, formed_on=on, revision=revision, by=signer, at=AT
        )

    with pytest.raises(DisclosureError, match="合法性审核意见"):
        sign()
    drafting.give_opinion(
        version,
        number="云司合审〔2026〕3号",
        given_on=date(2026, 3, 2),
        lawful=True,
        opinion="合法",
        by=legal,
        at=AT,
    )
    with pytest.raises(DisclosureError, match="云政办发〔2026〕6号"):
        sign("云政办发[2026]06号")
    signed = sign()
    assert drafting.submission_faults(signed) == [("effective_on", "请填写施行日期")]
    drafting.edit(
        signed,
        {"effective_on": date(2026, 4, 10)},
        revision=Record.objects.get().revision,
        by=drafter,
        at=AT,
    )
    signed.refresh_from_db()
    drafting.submit(signed, revision=Record.objects.get().revision, by=drafter, at=AT)


def test_what_is_withheld_names_its_article_and_is_never_published(chain: Chain) -> None:
    version = drafted(chain, attribute="withheld")
    faults = [sentence for _, sentence in drafting.submission_faults(version)]
    assert faults == [
        "选择不予公开，须说明理由",
        "选择不予公开，须注明条例第十四条、第十五条、第十六条中的依据",
    ]
    version = passed(
        chain,
        submitted(
            chain,
            attribute="withheld",
            attribute_reason="征求意见的函，属过程性信息",
            grounds=["regulations#16.2"],
        ),
    )
    with pytest.raises(DisclosureError, match="公开属性是不予公开"):
        publishing.publish(version, by=chain.actor("officer"), at=LATER)


def test_a_stale_edit_is_refused(chain: Chain) -> None:
    version, by = drafted(chain), chain.actor("drafter")
    drafting.edit(version, {"title": "甲的标题"}, revision=1, by=by, at=AT)
    with pytest.raises(StaleError, match="您的文字还在"):
        drafting.edit(version, {"title": "乙的标题"}, revision=1, by=by, at=AT)
    version.refresh_from_db()
    assert version.title == "甲的标题"


def test_a_withdrawn_record_keeps_its_address_and_comes_back_as_restored(chain: Chain) -> None:
    record = public(chain)
    publishing.withdraw(record, reason="附件有误", by=chain.actor("final"), at=LATER)
    record.refresh_from_db()
    assert (record.is_public, record.published_at) == (False, LATER)
    assert Record.objects.ever_public().get() == record
    publishing.publish(record.versions.get(), by=chain.actor("officer"), at=LATER)
    assert [one.act for one in PublicAct.objects.all()] == ["publish", "withdraw", "restore"]


def test_a_new_version_replaces_what_is_public_only_once_it_is_cleared(chain: Chain) -> None:
    record = public(chain)
    drafter, officer = chain.actor("drafter"), chain.actor("officer")
    second = drafting.draft_again(record, by=drafter, at=LATER)
    record.refresh_from_db()
    changes = {"title": "新办法", "changed_on": date(2026, 3, 12)}
    drafting.edit(second, changes, revision=record.revision, by=drafter, at=LATER)
    second.refresh_from_db()
    record.refresh_from_db()
    second = drafting.submit(second, revision=record.revision, by=drafter, at=LATER)
    with pytest.raises(DisclosureError, match="没有通过审查"):
        publishing.publish(second, by=officer, at=LATER)
    assert Record.objects.public().get().versions.filter(clearance__isnull=False).count() == 1
    second = passed(chain, second)
    publishing.publish(second, by=officer, at=LATER + timedelta(days=1))
    record.refresh_from_db()
    assert record.published_at == LATER  # the first day it was public


def test_a_planned_publication_looks_again_before_it_publishes(chain: Chain) -> None:
    version = passed(chain, submitted(chain))
    moment = LATER + timedelta(days=1)
    planned = publishing.plan(version, moment, by=chain.actor("officer"), at=LATER)
    assert OutboxRow.objects.get(name="disclosure.publish").run_after == moment
    drafting.draft_again(version.record, by=chain.actor("drafter"), at=LATER)
    publishing.carry_out(planned, at=moment)
    planned.refresh_from_db()
    assert planned.outcome == "没有发布：计划以后又起草了新的一稿"
    assert not Record.objects.public().exists()


def test_the_twenty_working_days_run_from_the_day_it_was_formed(chain: Chain) -> None:
    version = drafted(chain)  # 成文 3月5日
    calendar = calendar_for(chain.agency, date(2026, 3, 5))
    due = publication_due(version, calendar)
    assert due is not None
    assert due.due == date(2026, 4, 2)
    assert overdue(date(2026, 4, 2), calendar, None) == []
    assert overdue(date(2026, 4, 3), calendar, None) == [version]


def test_procurement_has_two_working_days_and_a_budget_twenty_days(chain: Chain) -> None:
    calendar = calendar_for(chain.agency, date(2026, 3, 5))
    bought = publication_due(drafted(chain, kind="procurement"), calendar)
    budget = publication_due(drafted(chain, kind="department_budget"), calendar)
    assert bought is not None
    assert budget is not None
    assert (bought.due, budget.due) == (date(2026, 3, 9), date(2026, 3, 25))


def test_with_too_few_people_it_says_which_step_nobody_can_take(chain: Chain) -> None:
    assert missing_people(chain.agency, {str(chain.drafter.pk)}, AT) == ()
    assert missing_people(chain.agency, {str(chain.secrecy.pk)}, AT) == (Step.SECRECY,)
    person("second", "金保密", Role.SECRECY_REVIEWER, chain.agency)
    assert missing_people(chain.agency, {str(chain.secrecy.pk)}, AT) == ()


def test_what_is_not_public_is_reappraised_with_the_next_day(chain: Chain) -> None:
    version = passed(chain, submitted(chain, attribute="on_request", attribute_reason="内部管理"))
    made = reappraising.decide(
        version.record,
        Reappraisal.Decision.KEEP,
        reason="情况没有变化",
        next_on=date(2027, 2, 1),
        by=chain.actor("officer"),
        at=AT,
    )
    version.record.refresh_from_db()
    assert version.record.next_review_on == made.next_review_on == date(2027, 2, 1)
    assert made.due_on == date(2027, 3, 12)  # a year after the clearance
