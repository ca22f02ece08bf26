"""The review desk and the screen of one version: who sees what, verdicts, and their refusals."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from gongkai.accounts.models import RoleGrant
from gongkai.accounts.roles import Role
from gongkai.accounts.services import grant_role, revoke_role
from gongkai.disclosure.models import Clearance, Record, Review, Version
from gongkai.disclosure.services import drafting
from gongkai.disclosure.steps import TO_DRAFTER, Step
from gongkai.trail.actors import SYSTEM
from tests.gongkai.disclosure.chain import Chain, passed
from tests.gongkai.disclosure.documents import LONG_AGO
from tests.gongkai.office.staff import signed_in
from tests.gongkai.office.upkeep import NOW, Desk, staffed_desk

BODY = "<p>第一条　管护经费由财政分担。</p><p>第二条　自六十日内办理。</p>"


@pytest.fixture
def desk(db: None, settings: Settings) -> Iterator[Desk]:
    settings.GONGKAI_SECOND_FACTOR_REQUIRED = False
    with time_machine.travel(NOW):
        yield staffed_desk()


@pytest.fixture
def chain(desk: Desk) -> Chain:
    return desk.chain


def submitted(
    chain: Chain, title: str = "供水管护通知", days_ago: int = 0, body: str = BODY
) -> Version:
    """A version that was put to review some days ago."""
    at = timezone.now() - timedelta(days=days_ago)
    by = chain.actor("drafter")
    words = {"title": title, "body": body, "formed_on": date(2026, 3, 5)}
    version = drafting.draft(chain.agency, "document", words, by=by, at=at)
    return drafting.submit(version, revision=version.record.revision, by=by, at=at)


def pk(version: Version) -> str:
    return str(version.record.public_id)


def test_it_shows_what_waits_for_this_person_and_for_the_others(desk: Desk, chain: Chain) -> None:
    submitted(chain)
    mine = desk.page("section", "review_desk")
    assert "1 件等您审查" in mine
    assert "供水管护通知" in mine
    theirs = desk.page("secrecy", "review_desk")
    assert "没有等您审查的文稿" in theirs
    assert "在等别人　1" in theirs
    assert "供水管护通知" not in signed_in(desk.stranger).get("/office/review/").content.decode()


def test_what_is_late_says_so(desk: Desk, chain: Chain) -> None:
    submitted(chain, "早就该审的", days_ago=30)
    submitted(chain, "今天送来的")
    page = desk.page("section", "review_desk")
    assert "1 件已逾期" in page
    assert page.index("早就该审的") < page.index("今天送来的")


def test_the_number_of_queries_does_not_grow(desk: Desk, chain: Chain) -> None:
    client, counts = desk.client("section"), []
    for number in (1, 11):
        while Record.objects.count() < number:
            submitted(chain, f"第{Record.objects.count()}件")
            passed(chain, submitted(chain, f"已通过的第{Record.objects.count()}件"))
        client.get(reverse("office:review_desk"))
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(reverse("office:review_desk")).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1], counts


def test_passing_leads_to_the_next_one_that_waits(desk: Desk, chain: Chain) -> None:
    first, second, third = (submitted(chain, f"第{n}件") for n in (1, 2, 3))
    client = desk.client("section")
    for version, target in ((first, second), (second, third), (third, None)):
        answer = client.post(
            reverse("office:review_pass", args=[pk(version)]), {"digest": version.content_hash}
        )
        wanted = "review_desk" if target is None else "review"
        args = [] if target is None else [pk(target)]
        assert answer.headers["Location"] == reverse(f"office:{wanted}", args=args)
    assert Review.objects.filter(step=Step.SECTION, verdict="pass").count() == 3


def test_nobody_passes_what_he_wrote_and_nobody_takes_both_separate_steps(
    desk: Desk, chain: Chain
) -> None:
    role = Role.SECTION_REVIEWER
    for one in (chain.drafter, chain.final):
        grant_role(one, by=SYSTEM, at=LONG_AGO, agency=chain.agency, role=role)
    version = submitted(chain)
    assert desk.post("drafter", "review_pass", pk(version), digest=version.content_hash) == 403
    assert desk.post("secrecy", "review_pass", pk(version), digest=version.content_hash) == 403
    assert not Review.objects.exists()
    assert desk.post("section", "review_pass", pk(version), digest=version.content_hash) == 302
    assert desk.post("section", "review_pass", pk(version), digest=version.content_hash) == 403
    assert Review.objects.count() == 1


def test_a_stale_digest_is_refused_with_a_sentence(desk: Desk, chain: Chain) -> None:
    version, client = submitted(chain), desk.client("section")
    url = reverse("office:review_pass", args=[pk(version)])
    answer = client.post(url, {"digest": "0" * 64}, follow=True)
    assert "您看的不是现在的文稿，请重新打开" in answer.content.decode()
    assert not Review.objects.exists()
    client.post(url, {"digest": version.content_hash})
    assert Review.objects.count() == 1


def test_a_return_keeps_its_reason_and_the_next_draft_shows_what_changed(
    desk: Desk, chain: Chain
) -> None:
    version = submitted(chain)
    said = {"digest": version.content_hash, "back_to": TO_DRAFTER}
    assert desk.post("section", "review_return", pk(version), **said, reason="") == 422
    assert desk.post("section", "review_return", pk(version), **said, reason="期限写错") == 302
    assert Review.objects.get().reason == "期限写错"
    record, by, at = Record.objects.get(), chain.actor("drafter"), timezone.now()
    again = drafting.draft_again(record, by=by, at=at)
    again = drafting.edit(
        again, {"title": "供水管护的通知", "body": BODY.replace("六十", "九十")},
        revision=Record.objects.get().revision, by=by, at=at,
    )  # fmt: skip
    drafting.submit(again, revision=Record.objects.get().revision, by=by, at=at)
    page = desk.page("section", "review", pk(version))
    assert "上一稿（没有通过）第1稿相比" in page
    assert "改了 1 处" in page
    assert "<del>供水管护通知</del>" in page
    for view in ("new", "both"):
        assert "自九十日内办理" in desk.page(
            "section", "review", pk(version), query=f"?view={view}"
        )


def test_a_return_may_go_to_an_earlier_step_which_is_taken_again(desk: Desk, chain: Chain) -> None:
    version = passed(chain, submitted(chain), Step.SECTION)
    said = {"digest": version.content_hash, "back_to": "section", "reason": "请再看第二条"}
    assert desk.post("secrecy", "review_return", pk(version), **said) == 302
    page = desk.page("section", "review", pk(version))
    assert "科室初审　要重做" in page
    assert "轮到您：科室初审" in page


def test_a_question_stops_the_review_until_its_answer_is_on_file(desk: Desk, chain: Chain) -> None:
    version = submitted(chain)
    said = {"digest": version.content_hash, "to": "secrecy", "reason": "坐标能不能公开"}
    assert desk.post("section", "review_refer", pk(version), **said) == 302
    assert desk.post("section", "review_pass", pk(version), digest=version.content_hash) == 403
    assert "报请确定，等答复　1" in desk.page("section", "review_desk")
    assert desk.post("secrecy", "referral_answer", pk(version), answer="可以") == 403
    assert desk.post("section", "referral_answer", pk(version), answer="可以公开") == 302
    assert desk.post("section", "review_pass", pk(version), digest=version.content_hash) == 302


def test_one_person_passes_two_steps_only_where_the_rule_merges_them(
    desk: Desk, chain: Chain
) -> None:
    role = Role.SECRECY_REVIEWER
    grant_role(chain.section, by=SYSTEM, at=LONG_AGO, agency=chain.agency, role=role)
    first = submitted(chain, "没有合并")
    said = {"digest": first.content_hash, "together": "on"}
    assert desk.post("section", "review_pass", pk(first), **said) == 302
    assert first.reviews.count() == 1
    rule = {"agency": chain.agency.code, "merged": ["section+secrecy"], "days_each": 3}
    assert desk.post("section", "review_rule", **rule) == 403
    assert desk.post("officer", "review_rule", **rule) == 302
    second = submitted(chain, "可以合并", body="<p>正文二。</p>")
    assert "同时通过保密审查" in desk.page("section", "review", pk(second))
    said = {"digest": second.content_hash, "together": "on"}
    assert desk.post("section", "review_pass", pk(second), **said) == 302
    assert second.reviews.count() == 2


def test_an_emergency_says_until_when_the_rest_must_follow(desk: Desk, chain: Chain) -> None:
    version = submitted(chain, "暴雨红色预警")
    assert desk.post("section", "record_emergency", pk(version), reason="暴雨") == 403
    assert desk.post("final", "record_emergency", pk(version), reason="暴雨红色预警") == 302
    assert "应急公开：孔终审决定缩短审查" in desk.page("section", "review", pk(version))
    assert desk.post("officer", "record_emergency_clear", pk(version)) == 422
    assert not Clearance.objects.exists()
    assert desk.post("secrecy", "review_pass", pk(version), digest=version.content_hash) == 302
    assert desk.post("officer", "record_emergency_clear", pk(version)) == 302
    assert Clearance.objects.count() == 1


def test_a_finding_goes_into_the_reason_of_a_return(desk: Desk, chain: Chain) -> None:
    by, at = chain.actor("drafter"), timezone.now()
    words = {"title": "救助名单", "body": "<p>身份证号 11010519491231002X。</p>"}
    words |= {"attribute": "on_request", "attribute_reason": "涉及个人隐私"}
    content = {**words, "formed_on": date(2026, 3, 5)}
    version = drafting.draft(chain.agency, "document", content, by=by, at=at)
    version = drafting.submit(version, revision=version.record.revision, by=by, at=at)
    page = desk.page("section", "review", pk(version))
    assert "居民身份证号码" in page
    assert "写进退回意见" in page
    query = f"?finding=every&digest={version.content_hash}"
    asked = desk.page("section", "review_return", pk(version), query=query)
    assert "正文第1段：居民身份证号码" in asked
    assert "11010519491231002X" not in asked
    assert "居民身份证号码" not in desk.page("section", "review_return", pk(version))
    assert "写进退回意见" not in desk.page("secrecy", "review", pk(version))


def test_a_body_without_reviewers_is_told_what_is_missing(desk: Desk, chain: Chain) -> None:
    version = submitted(chain)
    assert "没有人能办" not in desk.page("section", "review", pk(version))
    revoke_role(
        RoleGrant.objects.get(user=chain.final, role=Role.FINAL_REVIEWER),
        by=SYSTEM,
        at=timezone.now(),
    )
    assert "没有人能办：终审" in desk.page("section", "review", pk(version))


def test_what_another_body_has_is_not_there(desk: Desk, chain: Chain) -> None:
    version, client = submitted(chain), signed_in(desk.stranger)
    assert client.get(reverse("office:review", args=[pk(version)])).status_code == 404
    for name in ("review_pass", "review_return", "record_publish", "record_withdraw"):
        assert client.post(reverse(f"office:{name}", args=[pk(version)])).status_code == 404, name
    assert desk.post("section", "review_return", pk(version)) == 422
