"""Files of a record from the upload to the public: stopped with the place named, cleaned, reviewed,
let out with the record, and never without it."""

from __future__ import annotations

import io
from datetime import timedelta
from pathlib import Path

import pytest

from gongkai.disclosure.attachments import Attachment, attachments_of
from gongkai.disclosure.errors import DisclosureError, NotReleasedError, StaleError
from gongkai.disclosure.models import Schedule, Version
from gongkai.disclosure.services import attaching, drafting, reviewing
from gongkai.disclosure.services.publishing import carry_out, plan, publish
from gongkai.disclosure.steps import Step
from gongkai.disclosure.verification import faults
from gongkai.files import contents, services
from gongkai.files.models import Channel, Release, Role, StoredFile, Verdict
from gongkai.files.queries import findings_of
from gongkai.trail.models import Row
from gongkai.trail.verification import verify
from screening.findings.finding import Severity
from tests.gongkai.disclosure.chain import AT, LATER, Chain, drafted, passed, staffed
from tests.gongkai.disclosure.filed import (
    NUMBER,
    PLAIN,
    attached,
    cleared_with_a_file,
    fresh,
    outgoing,
    pdf,
    public_record,
    sent_in,
    settled,
    sheet,
    spoilt,
    with_a_file,
)

pytestmark = pytest.mark.usefixtures("home")


@pytest.fixture
def chain(home: Path) -> Chain:
    return staffed()


def the_one(version: Version) -> Attachment:
    (found,) = attachments_of(fresh(version))
    return found


def told(event: str) -> list[str]:
    return [row.sentence for row in Row.objects.filter(event=event).order_by("pk")]


def test_a_number_in_a_hidden_column_stops_then_is_cleaned_reviewed_and_public(
    chain: Chain,
) -> None:
    version = drafted(chain)
    attached(chain, version, sheet(hidden=NUMBER), "花名册.xlsx")
    stopped = the_one(version)
    assert (stopped.kind, stopped.must, stopped.answer, stopped.settled) == ("XLSX", 1, 1, False)
    assert stopped.obstacles[0] == (
        "附件“花名册.xlsx”工作表“名单” C14（隐藏列）有居民身份证号码，"
        "清理件里已经去掉，请核对后点“采用清理件”，或者改好以后重新上传"
    )
    with pytest.raises(DisclosureError, match=r"花名册.*C14（隐藏列）有居民身份证号码") as refused:
        sent_in(chain, version)
    assert refused.value.field == "files"

    version = sent_in(chain, settled(chain, version))
    assert the_one(version).ready
    record = publish(passed(chain, version), by=chain.actor("officer"), at=LATER)
    assert record.is_public
    (release,) = Release.objects.all()
    (item,) = release.items.all()
    (entry,) = fresh(version).files
    assert release.channel == Channel.WEB
    assert (str(item.file_id), item.sha256) == (entry["file"], entry["sha256"])
    assert NUMBER.encode() not in contents.read(item.file)
    assert item.file.role == Role.STRIPPED
    assert faults() == []
    assert verify().findings == []


def test_a_clean_file_is_settled_at_once_and_bound_by_the_hash(chain: Chain) -> None:
    version = with_a_file(chain)
    assert the_one(version).ready
    file = outgoing(version)
    (entry,) = version.files
    assert entry == {
        "file": str(file.pk),
        "original": str(file.original_id),
        "sha256": file.sha256,
        "name": "说明.txt",
        "size": file.size,
        "media_type": "text/plain",
    }
    before = sent_in(chain, version).content_hash
    other = sent_in(chain, with_a_file(chain, PLAIN + "另有补助。")).content_hash
    assert before != other


def test_what_is_seen_by_everybody_is_to_be_mended_in_the_file(chain: Chain) -> None:
    version = drafted(chain)
    attached(chain, version, sheet(shown=NUMBER), "名单.xlsx")
    settled(chain, version)
    (sentence,) = the_one(version).obstacles
    assert sentence == "附件“名单.xlsx”工作表“名单” B14有居民身份证号码，请改好以后重新上传"
    with pytest.raises(DisclosureError, match="B14"):
        sent_in(chain, version)


def test_what_stands_in_a_pdf_is_blackened_then_settled_and_the_one_who_did_it_is_an_author(
    chain: Chain,
) -> None:
    version = drafted(chain)
    attached(chain, version, pdf(f"ID {NUMBER}"), "答复.pdf")
    assert "第1页有居民身份证号码，请遮盖，或者改好以后重新上传" in the_one(version).obstacles[0]
    officer = chain.actor("officer")
    original = the_one(version).original
    marks = [{"page": 1, "box": [30.0, 30.0, 380.0, 70.0], "ground": "regulations#15"}]
    made = {"version": 1, "keep_elsewhere": False, "marks": marks}
    services.redact(original, made, by=officer, at=AT + timedelta(minutes=1))
    version = settled(chain, version)
    assert outgoing(version).role == Role.REDACTED
    (picture,) = the_one(version).open_findings
    (sentence,) = the_one(version).obstacles
    assert sentence == (
        "附件“答复.pdf”第1页：本页是图片，没有文字可读；图片中的文字没有检查，"
        "请由人查看，再写明看到了什么"
    )
    services.decide(
        outgoing(version), picture.found.key, verdict=Verdict.JUSTIFIED,
        reason="已逐页看过，没有个人信息", by=chain.actor("drafter"), at=AT,
    )  # fmt: skip
    assert the_one(version).ready
    version = sent_in(chain, version)
    for step in (Step.SECTION, Step.SECRECY):
        passed(chain, version, step)
    with pytest.raises(DisclosureError, match="起草"):
        passed(chain, version, Step.DISCLOSURE)


def test_a_second_person_may_let_a_finding_stand_in_a_file(chain: Chain) -> None:
    version = drafted(chain)
    attached(chain, version, f"公示联系人证件号码：{NUMBER}。", "公示.txt")
    version = settled(chain, version)
    (grave,) = (
        one for one in findings_of(outgoing(version)) if one.found.severity is Severity.MUST
    )
    services.decide(
        outgoing(version), grave.found.key, verdict=Verdict.JUSTIFIED, reason="依法应当公示",
        by=chain.actor("officer"), at=AT,
    )  # fmt: skip
    assert the_one(version).ready
    sent_in(chain, version)


def test_nothing_changes_after_submission(chain: Chain) -> None:
    version = sent_in(chain, with_a_file(chain))
    file = outgoing(version)
    by, revision = chain.actor("drafter"), fresh(version).record.revision
    for verb in (
        lambda: attached(chain, version, PLAIN + "二"),
        lambda: settled(chain, version),
        lambda: attaching.detach(version, file.pk, revision=revision, by=by, at=AT),
    ):
        with pytest.raises(DisclosureError, match="已经送审"):
            verb()
    assert fresh(version).files == version.files


def test_a_file_cleaned_anew_after_the_review_keeps_the_record_in_the_house(chain: Chain) -> None:
    version = cleared_with_a_file(chain)
    officer = chain.actor("officer")
    original = StoredFile.objects.get(pk=fresh(version).files[0]["original"])
    services.strip(original, by=officer, at=LATER)
    with pytest.raises(NotReleasedError, match="另有更新的清理件"):
        publish(version, by=officer, at=LATER)
    assert not public_record(version).is_public
    assert Release.objects.count() == 0
    (sentence,) = told("disclosure.not_published")
    assert "未予放行" in sentence
    assert publish(cleared_with_a_file(chain, PLAIN + "三"), by=officer, at=LATER).is_public


def test_bytes_changed_on_the_disk_after_the_review_are_not_published(chain: Chain) -> None:
    version, whole = cleared_with_a_file(chain), cleared_with_a_file(chain, PLAIN + "四")
    spoilt(outgoing(version))
    by = chain.actor("officer")
    with pytest.raises(NotReleasedError, match="已被改动"):
        publish(version, by=by, at=LATER)
    assert not public_record(version).is_public
    assert publish(whole, by=by, at=LATER).is_public
    assert faults() == []


def test_bytes_changed_after_publication_are_found_at_night(chain: Chain) -> None:
    version = cleared_with_a_file(chain)
    publish(version, by=chain.actor("officer"), at=LATER)
    assert faults() == []
    spoilt(outgoing(version))
    (fault,) = faults()
    assert fault.record == str(version.record.public_id)
    assert "在磁盘上读不出来" in fault.sentence


def test_a_plan_ends_with_a_sentence_where_the_gate_stays_shut(chain: Chain) -> None:
    by = chain.actor("officer")
    version, whole = cleared_with_a_file(chain), cleared_with_a_file(chain, PLAIN + "五")
    moment = LATER + timedelta(days=1)
    plans = [plan(one, moment, by=by, at=LATER) for one in (version, whole)]
    spoilt(outgoing(version))
    stopped, done = (carry_out(one, at=moment) for one in plans)
    assert stopped.outcome.startswith("没有公开，附件不能发出：")
    assert done.outcome == "已发布"
    assert [public_record(one).is_public for one in (version, whole)] == [False, True]
    assert Schedule.objects.filter(done_at__isnull=True).count() == 0


def test_an_emergency_lets_no_file_past_the_gate(chain: Chain) -> None:
    by = chain.actor("officer")
    results = []
    for number, spoil in enumerate((True, False)):
        version = sent_in(chain, with_a_file(chain, f"{PLAIN}第{number}次。"))
        reviewing.order_emergency(version, by=by, at=AT, reason="预警")
        passed(chain, version, Step.SECRECY)
        reviewing.clear_in_emergency(version, by=by, at=AT)
        if spoil:
            spoilt(outgoing(version))
            with pytest.raises(NotReleasedError):
                publish(version, by=by, at=LATER)
        else:
            publish(version, by=by, at=LATER)
        results.append(public_record(version).is_public)
    assert results == [False, True]


def test_words_added_to_the_lists_after_the_review_are_looked_for_before_publication(
    chain: Chain, home: Path
) -> None:
    version, other = cleared_with_a_file(chain), cleared_with_a_file(chain, "另一份说明。")
    words = home / "home" / "words"
    words.mkdir()
    (words / "本机关.csv").write_text("词,类别,级别,建议\n受益户,错别字,一般,受益农户\n")
    by = chain.actor("officer")
    with pytest.raises(NotReleasedError, match="1处要答复的发现"):
        publish(version, by=by, at=LATER)
    assert publish(other, by=by, at=LATER).is_public


def test_the_next_draft_starts_with_the_files_of_the_last(chain: Chain) -> None:
    version = cleared_with_a_file(chain)
    publish(version, by=chain.actor("officer"), at=LATER)
    again = drafting.draft_again(version.record, by=chain.actor("drafter"), at=LATER)
    assert again.files == version.files
    assert the_one(again).ready


def test_a_file_taken_off_does_not_go_out(chain: Chain) -> None:
    version = with_a_file(chain)
    attached(chain, version, "第二份说明。", "二.txt")
    first, second = attachments_of(fresh(version))
    by, revision = chain.actor("drafter"), fresh(version).record.revision
    attaching.detach(version, first.original.pk, revision=revision, by=by, at=AT)
    assert [one.name for one in attachments_of(fresh(version))] == ["二.txt"]
    publish(passed(chain, sent_in(chain, version)), by=chain.actor("officer"), at=LATER)
    (release,) = Release.objects.all()
    assert [item.file_id for item in release.items.all()] == [
        second.outgoing and second.outgoing.pk
    ]
    with pytest.raises(DisclosureError, match="没有这个附件"):
        attaching.detach(drafted(chain), first.original.pk, revision=1, by=by, at=AT)


def test_refused_files_say_why_and_leave_the_draft_as_it_was(chain: Chain) -> None:
    version = with_a_file(chain)
    before = fresh(version).files
    for content, name, why in (
        (b"", "空.txt", "文件是空的"),
        (b"%PDF-1.7 broken", "坏.pdf", "未予收存"),
        (PLAIN, "同样的.txt", "已经附上"),
    ):
        with pytest.raises(DisclosureError, match=why) as refused:
            attached(chain, version, content, name)
        assert refused.value.field == "files"
    assert fresh(version).files == before


def test_who_did_not_see_the_last_change_is_told(chain: Chain) -> None:
    version = with_a_file(chain)
    by = chain.actor("drafter")
    with pytest.raises(StaleError):
        attaching.attach(version, io.BytesIO(b"x"), name="x.txt", revision=1, by=by, at=AT)
    with pytest.raises(DisclosureError, match="无权办理"):
        attaching.attach(
            version, io.BytesIO(b"x"), name="x.txt", revision=fresh(version).record.revision,
            by=chain.actor("secrecy"), at=AT,
        )  # fmt: skip


def test_files_cannot_be_written_by_an_edit(chain: Chain) -> None:
    forged = [{"file": "", "name": "假.pdf", "sha256": "0" * 64, "size": 1}]
    by = chain.actor("drafter")
    with pytest.raises(DisclosureError, match="不能这样改：files"):
        drafted(chain, files=forged)
    version = drafted(chain)
    with pytest.raises(DisclosureError, match="不能这样改：files"):
        drafting.edit(version, {"files": forged}, revision=1, by=by, at=AT)


def test_what_the_database_owner_puts_into_a_version_is_not_submitted(chain: Chain) -> None:
    version = with_a_file(chain)
    foreign = outgoing(with_a_file(chain, "别的信息的附件。"))
    (entry,) = version.files
    for forged in (
        {"name": "没有登记.pdf", "sha256": "0" * 64, "size": 1},
        {**entry, "sha256": "0" * 64},
        {**entry, "file": str(foreign.pk), "original": str(foreign.original_id)},
        {**entry, "file": entry["original"]},
    ):
        Version.objects.filter(pk=version.pk).update(files=[forged])
        with pytest.raises(DisclosureError):
            sent_in(chain, version)
    Version.objects.filter(pk=version.pk).update(files=[entry])
    sent_in(chain, version)


def test_the_trail_and_the_log_hold_neither_number_nor_name(
    chain: Chain, caplog: pytest.LogCaptureFixture
) -> None:
    version = drafted(chain, title=f"关于{NUMBER}的通知")
    attached(chain, version, sheet(hidden=NUMBER), "张某身份证.xlsx")
    settled(chain, version)
    with pytest.raises(DisclosureError):
        sent_in(chain, version)
    everything = " ".join(
        f"{row.sentence} {row.facts} {row.subject_label}" for row in Row.objects.all()
    )
    assert "附上文件" in everything
    assert NUMBER not in everything + caplog.text
    assert "张某" not in everything + caplog.text
