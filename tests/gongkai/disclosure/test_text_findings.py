"""What stands in the words of a record: found, masked, answered for, never let past while open."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from gongkai.disclosure.errors import DisclosureError, NotEntitledError, StaleError
from gongkai.disclosure.models import TextDecision, Version
from gongkai.disclosure.services import drafting
from gongkai.disclosure.services.answering import answer_finding, mask_finding
from gongkai.disclosure.text_findings import TextFinding, findings_in, text_findings
from gongkai.trail.actors import SYSTEM
from gongkai.trail.models import Row
from screening.findings.finding import Kind, Severity
from tests.gongkai.disclosure.chain import AT, Chain, drafted, passed, staffed
from tests.gongkai.disclosure.filed import NUMBER, fresh, sent_in

pytestmark = pytest.mark.django_db
MOBILE = "13800138000"
WRONG = "《中华人民共和国政府信息公开条列》"


@pytest.fixture
def chain() -> Chain:
    return staffed()


def only(version: Version, kind: Kind) -> TextFinding:
    (found,) = (one for one in text_findings(fresh(version)) if one.kind is kind)
    return found


def answered(
    chain: Chain, version: Version, found: TextFinding, who: str = "drafter", **more: Any
) -> TextDecision:
    given = {"verdict": "justified", "reason": "依法应当公开", **more}
    return answer_finding(fresh(version), found.id, by=chain.actor(who), at=AT, **given)


def masked(chain: Chain, version: Version, found: TextFinding) -> Version:
    now = fresh(version)
    by = chain.actor("drafter")
    return mask_finding(now, found.id, revision=now.record.revision, by=by, at=AT)


FOUND: dict[str, tuple[dict[str, Any], str, Kind, Severity, str]] = {
    "标题": ({"title": f"给{NUMBER}的答复"}, "title", Kind.RESIDENT_ID, Severity.MUST, ""),
    "概述": ({"summary": f"联系手机{MOBILE}"}, "summary", Kind.MOBILE, Severity.MUST, ""),
    "关键词": ({"keywords": f"供水 {NUMBER}"}, "keywords", Kind.RESIDENT_ID, Severity.MUST, ""),
    "正文的段": (
        {"body": f"<h2>一</h2><p>身份证号<strong>{NUMBER}</strong></p>"},
        *("body", Kind.RESIDENT_ID, Severity.MUST, "第2段"),
    ),
    "正文的格": (
        {"body": f"<table><tr><td>甲</td><td>{NUMBER}</td></tr></table>"},
        *("body", Kind.RESIDENT_ID, Severity.MUST, "第1个表第1行第2列"),
    ),
    "种类要素": (
        {"details": {"consultation_note": f"依照{WRONG}征求"}},
        *("details", Kind.LAW_NAME, Severity.ANSWER, "第1项"),
    ),
    "密级": ({"body": "<p>秘密★1年</p>"}, "body", Kind.SECRECY_MARK, Severity.MUST, "第1段"),
    "法名": (
        {"body": f"<p>依照{WRONG}</p>"}, "body", Kind.LAW_NAME, Severity.ANSWER, "第1段",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", FOUND, ids=str)
def test_what_is_found_is_named_with_its_place_and_stops_the_submission(
    chain: Chain, case: str
) -> None:
    words, field, kind, severity, where = FOUND[case]
    version = drafted(chain, **words)
    found = only(version, kind)
    assert (found.field, found.severity, found.where, found.open) == (field, severity, where, True)
    assert NUMBER not in str(found)
    with pytest.raises(DisclosureError, match=f"^{found.label}{where}：") as refused:
        sent_in(chain, version)
    assert refused.value.field == field
    assert NUMBER not in str(refused.value)


def test_what_is_not_to_be_public_may_hold_what_the_public_must_not_read(chain: Chain) -> None:
    version = drafted(
        chain, body=f"<p>身份证号{NUMBER}</p>", attribute="on_request", attribute_reason="涉及个人"
    )
    assert only(version, Kind.RESIDENT_ID).open
    version = passed(chain, sent_in(chain, version))
    again = drafting.draft_again(version.record, by=chain.actor("drafter"), at=AT)
    now = fresh(again)
    changes = {"attribute": "proactive", "attribute_reason": ""}
    by = chain.actor("drafter")
    drafting.edit(now, changes, revision=now.record.revision, by=by, at=AT)
    with pytest.raises(DisclosureError, match="居民身份证号码"):
        sent_in(chain, again)


def test_the_system_decides_about_nothing(chain: Chain) -> None:
    version = drafted(chain, body=f"<p>依照{WRONG}</p>")
    found = only(version, Kind.LAW_NAME)
    with pytest.raises(DisclosureError, match="须由工作人员"):
        answer_finding(
            version, found.id, verdict="justified", reason="照录原文的写法", by=SYSTEM, at=AT
        )


def test_words_without_anything_are_submitted(chain: Chain) -> None:
    version = drafted(
        chain, keywords="供水 管护", body='<p>见<a href="https://x.gov.cn">公告</a>。</p>'
    )
    assert text_findings(version) == ()
    sent_in(chain, version)


MASKED = {
    "标题": ({"title": f"给{NUMBER}的答复"}, "title", "给33*************017的答复"),
    "跨元素": (
        {"body": "<p>手机<em>138</em>0013<b>8000</b>&nbsp;&lt;止&gt;</p>"},
        "body",
        "<p>手机<em>138</em>****8000&nbsp;&lt;止&gt;</p>",
    ),
    "格": (
        {"body": f"<table><tbody><tr><td>甲</td><td>{NUMBER}</td></tr></tbody></table>"},
        "body",
        "<table><tbody><tr><td>甲</td><td>33*************017</td></tr></tbody></table>",
    ),
}


@pytest.mark.parametrize("case", MASKED, ids=str)
def test_one_act_writes_the_mask_and_nothing_else(chain: Chain, case: str) -> None:
    words, field, expected = MASKED[case]
    version = drafted(chain, **words)
    (found,) = (one for one in text_findings(version) if one.maskable)
    masked(chain, version, found)
    assert getattr(fresh(version), field) == expected
    assert all(not one.open for one in text_findings(fresh(version)))
    assert Row.objects.filter(event="disclosure.edited").count() == 1
    sent_in(chain, version)


def test_of_two_alike_the_one_asked_for_is_masked(chain: Chain) -> None:
    version = drafted(chain, body=f"<p>甲{NUMBER}</p><p>乙{NUMBER}</p>")
    second = text_findings(version)[1]
    assert second.where == "第2段"
    masked(chain, version, second)
    assert fresh(version).body == f"<p>甲{NUMBER}</p><p>乙33*************017</p>"


def test_what_has_no_mask_is_to_be_mended_by_hand(chain: Chain) -> None:
    version = drafted(chain, body=f"<p>依照{WRONG}</p>")
    with pytest.raises(DisclosureError, match="请直接在文字里改"):
        masked(chain, version, only(version, Kind.LAW_NAME))


def test_masking_over_somebody_elses_change_is_refused(chain: Chain) -> None:
    version = drafted(chain, title=f"给{NUMBER}的答复")
    found = only(version, Kind.RESIDENT_ID)
    with pytest.raises(StaleError):
        mask_finding(version, found.id, revision=99, by=chain.actor("drafter"), at=AT)


def test_a_reason_lets_an_ordinary_finding_stand_until_the_words_change(chain: Chain) -> None:
    version = drafted(chain, body=f"<p>原文误作{WRONG}，照录。</p>")
    found = only(version, Kind.LAW_NAME)
    decision = answered(chain, version, found, reason="照录原文，保留原来的写法")
    assert (decision.by_name, decision.key) == ("何拟", found.id)
    assert not only(version, Kind.LAW_NAME).open
    (row,) = Row.objects.filter(event="disclosure.finding_answered")
    assert row.sentence.endswith(
        "正文中的一处发现（法律法规名称或者文号）作“保留”处理，理由：照录原文，保留原来的写法"
    )
    now = fresh(version)
    changes = {"body": f"<p>应当依照{WRONG}办理。</p>"}
    by = chain.actor("drafter")
    drafting.edit(now, changes, revision=now.record.revision, by=by, at=AT)
    again = only(version, Kind.LAW_NAME)
    assert again.id != found.id
    assert again.open


def test_said_to_be_mended_it_counts_as_long_as_it_is_found(chain: Chain) -> None:
    version = drafted(chain, body=f"<p>依照{WRONG}</p>")
    answered(chain, version, only(version, Kind.LAW_NAME), verdict="fixed", reason="已经改正")
    assert only(version, Kind.LAW_NAME).open


def test_what_is_grave_stands_by_the_word_of_one_who_wrote_nothing(chain: Chain) -> None:
    version = drafted(chain, body=f"<p>公示手机{MOBILE}</p>")
    found = only(version, Kind.MOBILE)
    with pytest.raises(NotEntitledError, match="起草"):
        answered(chain, version, found, "drafter")
    with pytest.raises(NotEntitledError):
        answered(chain, version, found, "signer")
    answered(chain, version, found, "secrecy")
    assert not only(version, Kind.MOBILE).open
    passed(chain, sent_in(chain, version))


def test_who_writes_afterwards_has_not_stood_for_it(chain: Chain) -> None:
    version = drafted(chain, body=f"<p>公示手机{MOBILE}</p>")
    answered(chain, version, only(version, Kind.MOBILE), "officer")
    assert not only(version, Kind.MOBILE).open
    now = fresh(version)
    by = chain.actor("officer")
    drafting.edit(now, {"summary": "另写"}, revision=now.record.revision, by=by, at=AT)
    assert only(version, Kind.MOBILE).open


def test_no_reason_lets_a_mark_of_secrecy_stand(chain: Chain) -> None:
    version = drafted(chain, body="<p>机密★10年</p>")
    with pytest.raises(DisclosureError, match="须先经保密审查"):
        answered(chain, version, only(version, Kind.SECRECY_MARK), "secrecy")


@pytest.mark.parametrize("reason", ["", "短", f"本人{NUMBER}同意公开"], ids=["无", "短", "有号码"])
def test_a_reason_says_something_and_names_nobody(chain: Chain, reason: str) -> None:
    version = drafted(chain, body=f"<p>依照{WRONG}</p>")
    with pytest.raises(DisclosureError) as refused:
        answered(chain, version, only(version, Kind.LAW_NAME), reason=reason)
    assert refused.value.field == "reason"


def test_after_submission_nothing_is_decided(chain: Chain) -> None:
    version = drafted(chain, body=f"<p>依照{WRONG}</p>")
    found = only(version, Kind.LAW_NAME)
    answered(chain, version, found)
    version = sent_in(chain, version)
    with pytest.raises(DisclosureError, match="已经送审"):
        answered(chain, version, found)


def test_the_next_draft_keeps_what_was_decided_about_the_same_words(chain: Chain) -> None:
    version = drafted(chain, body=f"<p>依照{WRONG}</p>")
    answered(chain, version, only(version, Kind.LAW_NAME))
    version = passed(chain, sent_in(chain, version))
    again = drafting.draft_again(version.record, by=chain.actor("drafter"), at=AT)
    assert not only(again, Kind.LAW_NAME).open


def test_another_record_with_the_same_words_has_nothing_decided(chain: Chain) -> None:
    first, second = (drafted(chain, body=f"<p>依照{WRONG}</p>") for _ in range(2))
    answered(chain, first, only(first, Kind.LAW_NAME))
    assert only(first, Kind.LAW_NAME).id != only(second, Kind.LAW_NAME).id
    assert only(second, Kind.LAW_NAME).open


def test_words_not_saved_yet_are_searched_with_the_decisions_of_their_record(chain: Chain) -> None:
    version = drafted(chain, body=f"<p>依照{WRONG}</p>")
    answered(chain, version, only(version, Kind.LAW_NAME))
    typed = {"title": f"给{NUMBER}的答复", "body": f"<p>依照{WRONG}</p>"}
    found = findings_in(typed, record=version.record)
    assert [(one.field, one.open) for one in found] == [("title", True), ("body", False)]
    assert [one.open for one in findings_in(typed)] == [True, True]


def execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


_INSERT = """INSERT INTO disclosure_textdecision
    (version_id, field, key, kind, severity, verdict, reason, at, "by", by_name)
    SELECT id, 'body', 'k', 'mobile', {severity}, 'justified', {reason}, drafted_at, {by}, '某'
    FROM disclosure_version"""
BY_HAND = {
    "改": ("UPDATE disclosure_textdecision SET reason = '改过'", "只增不改"),
    "删": ("DELETE FROM disclosure_textdecision", "只增不删"),
    "无理由": (_INSERT.format(severity="'answer'", reason="''", by="'999'"), "reason"),
    "起草人保留": (_INSERT.format(severity="'must'", reason="'有'", by="drafted_by"), "起草人"),
}


@pytest.mark.parametrize("attack", BY_HAND, ids=str)
def test_by_hand_the_database_refuses(chain: Chain, attack: str) -> None:
    version = drafted(chain, body=f"<p>依照{WRONG}</p>")
    answered(chain, version, only(version, Kind.LAW_NAME))
    statement, why = BY_HAND[attack]
    with pytest.raises(IntegrityError, match=why), transaction.atomic():
        execute(statement)
    assert TextDecision.objects.get().reason == "依法应当公开"


def test_by_hand_nothing_is_decided_after_submission(chain: Chain) -> None:
    allowed = _INSERT.format(severity="'must'", reason="'有'", by="'999'")
    version = drafted(chain)
    execute(allowed)
    sent_in(chain, version)
    with pytest.raises(IntegrityError, match="没有送审"), transaction.atomic():
        execute(allowed)
