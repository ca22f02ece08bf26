"""Stripping, blackening, drafts, decisions, sealing: what is noted, what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from gongkai.files import contents, queries, services
from gongkai.files.errors import FileRefusedError, StaleDraftError
from gongkai.files.models import Role, Screening, State, StoredFile, Verdict
from gongkai.jobs.models import OutboxRow
from gongkai.jobs.running import Ran, run_next
from gongkai.trail.actors import SYSTEM
from screening.findings.finding import Severity
from screening.passages import Carrier
from tests.gongkai.files.cases import (
    AT,
    CASE,
    LATER,
    LATEST,
    OTHER_CASE,
    SECOND,
    TEXT,
    UPLOADER,
    taken,
    told,
)
from tests.gongkai.files.pipeline import ANSWER, HINT, MUST, Pipeline

MARKS = {"marks": [{"page": 1}, {"page": 2}]}


def stripped(file: StoredFile) -> StoredFile:
    return services.strip(file, by=UPLOADER, at=LATER)


def test_stripping_makes_a_new_file_and_seals_the_original(pipeline: Pipeline) -> None:
    original = taken()
    file = stripped(original)
    original.refresh_from_db()
    assert original.state == State.SEALED
    assert contents.read(original) == TEXT.encode()
    assert (file.role, file.state, file.number) == (Role.STRIPPED, State.READY, original.number)
    assert (file.parent, file.original) == (original, original)
    assert file.report == {
        "removed": [
            {"layer": "comment", "label": "批注", "count": 2},
            {"layer": "metadata", "label": "文件属性", "count": 1},
        ]
    }
    (sentence,) = told("files.stripped")
    assert sentence == (
        "云溪县农业农村局承办人甲清理附件1（原件）得附件1（清理件），"
        f"去除批注2处、文件属性1处，摘要{file.sha256}"
    )
    assert told("files.sealed") == ["云溪县农业农村局承办人甲封存附件1（原件），此后查看须写明理由"]


def test_a_file_can_be_stripped_again_and_blackened_after(pipeline: Pipeline) -> None:
    pipeline.carrier = Carrier.PDF
    original = taken()
    first, second = stripped(original), stripped(original)
    assert first.pk != second.pk
    black = services.redact(second, MARKS, by=UPLOADER, at=LATEST)
    assert (black.role, black.parent, black.original) == (Role.REDACTED, second, original)
    assert black.report["instructions"] == MARKS
    assert "共遮盖2处" in told("files.redacted")[0]
    with pytest.raises(FileRefusedError, match="不能再作"):
        services.strip(black, by=UPLOADER, at=LATEST)
    with pytest.raises(FileRefusedError, match="不能再作"):
        services.redact(black, MARKS, by=UPLOADER, at=LATEST)


def test_what_cannot_be_stripped_leaves_nothing(pipeline: Pipeline) -> None:
    original = taken()
    pipeline.unfit = "清理后仍有隐藏内容"
    with pytest.raises(FileRefusedError, match="清理后仍有隐藏内容"):
        stripped(original)
    original.refresh_from_db()
    assert original.state == State.READY
    assert StoredFile.objects.count() == 1


def test_an_old_format_is_taken_in_only_where_it_can_be_converted(pipeline: Pipeline) -> None:
    pipeline.carrier = Carrier.DOC
    with pytest.raises(FileRefusedError, match="另存为新格式"):
        taken()
    pipeline.converter = True
    original = taken()
    file = services.convert(original, by=UPLOADER, at=LATER)
    original.refresh_from_db()
    assert (file.role, file.carrier, original.state) == (Role.CONVERTED, "docx", State.SEALED)
    pipeline.carrier = Carrier.DOCX
    assert stripped(file).original == original
    assert len(told("files.converted")) == 1


def test_only_a_pdf_is_blackened(pipeline: Pipeline) -> None:
    with pytest.raises(FileRefusedError, match="只有 PDF"):
        services.redact(taken(), MARKS, by=UPLOADER, at=LATER)


def test_a_draft_is_saved_over_the_version_seen_and_over_no_other(pipeline: Pipeline) -> None:
    with pytest.raises(FileRefusedError, match="不能遮盖"):
        services.save_draft(taken("文字"), MARKS, version=0, by=UPLOADER, at=LATER)
    pipeline.carrier = Carrier.PDF
    file = taken()

    def save(version: int, marks: int = 1) -> int:
        given = {"marks": [{"page": page} for page in range(marks)]}
        return services.save_draft(file, given, version=version, by=UPLOADER, at=LATER).version

    assert [save(0), save(1, 2), save(2, 3)] == [1, 2, 3]
    for stale in (0, 1, 2, 9):
        with pytest.raises(StaleDraftError) as refusal:
            save(stale)
        assert refusal.value.version == 3
    draft = queries.draft_of(file)
    assert draft is not None
    assert (draft.version, len(draft.instructions["marks"])) == (3, 3)
    with pytest.raises(FileRefusedError, match="不是遮盖方案"):
        services.save_draft(file, {}, version=3, by=UPLOADER, at=LATER)


def test_the_last_look_counts_and_is_kept_as_ciphertext(pipeline: Pipeline) -> None:
    file = taken()
    pipeline.found = (MUST, ANSWER, HINT)
    row = services.screen(file, by=UPLOADER, at=AT)
    assert (row.must, row.answer, row.hint, row.not_covered) == (1, 1, 1, 1)
    assert "身份证".encode() not in bytes(Screening.objects.get().findings)
    assert [one.found for one in queries.findings_of(file)] == [MUST, ANSWER, HINT]
    assert [one.open for one in queries.findings_of(file)] == [True, True, False]
    pipeline.found = (HINT,)
    services.screen(file, by=UPLOADER, at=LATER)
    assert [one.found for one in queries.findings_of(file)] == [HINT]
    assert told("files.screened")[0] == (
        "云溪县农业农村局承办人甲检查附件1（原件）：必须处理1处，要答复1处，建议1处，"
        "没有检查到的部分1处"
    )


def test_findings_of_one_look_cannot_be_put_into_another(pipeline: Pipeline) -> None:
    file, other = taken(), taken("另一份")
    pipeline.found = (MUST,)
    row = services.screen(file, by=UPLOADER, at=AT)
    Screening.objects.create(
        file=other,
        sha256=other.sha256,
        lists_version=row.lists_version,
        findings=row.findings,
        must=0,
        answer=0,
        hint=0,
        not_covered=0,
        at=AT,
    )
    with pytest.raises(Exception, match="密文"):
        queries.findings_of(other)


@pytest.mark.parametrize(
    ("reason", "word"),
    [("看过", "至少"), ("理" * 201, "至多"), ("本人电话13800138000可以公开", "个人信息")],
)
def test_a_decision_needs_a_reason_that_may_be_kept(
    pipeline: Pipeline, reason: str, word: str
) -> None:
    file = taken()
    pipeline.found = (ANSWER,)
    services.screen(file, by=UPLOADER, at=AT)
    with pytest.raises(FileRefusedError, match=word):
        services.decide(
            file, ANSWER.key, verdict=Verdict.JUSTIFIED, reason=reason, by=SECOND, at=AT
        )


def test_only_what_was_found_is_decided_about_and_only_by_people(pipeline: Pipeline) -> None:
    file = taken()
    pipeline.found = (ANSWER,)
    services.screen(file, by=UPLOADER, at=AT)
    why = "图片已经人工看过"
    with pytest.raises(FileRefusedError, match="没有这一处"):
        services.decide(file, "zz", verdict=Verdict.FIXED, reason=why, by=SECOND, at=AT)
    with pytest.raises(FileRefusedError, match="工作人员"):
        services.decide(file, ANSWER.key, verdict=Verdict.FIXED, reason=why, by=SYSTEM, at=AT)


def test_a_grave_mark_of_secrecy_is_justified_by_nobody(pipeline: Pipeline) -> None:
    file = taken()
    pipeline.found = (replace(MUST, answerable=False),)
    services.screen(file, by=UPLOADER, at=AT)
    with pytest.raises(FileRefusedError, match="保密审查"):
        services.decide(
            file,
            MUST.key,
            verdict=Verdict.JUSTIFIED,
            reason="已经解密可以公开",
            by=SECOND,
            at=AT,
        )


def test_a_decision_on_the_original_holds_for_what_is_made_from_it(pipeline: Pipeline) -> None:
    original = taken()
    pipeline.found = (ANSWER,)
    services.screen(original, by=UPLOADER, at=AT)
    services.decide(
        original,
        ANSWER.key,
        verdict=Verdict.JUSTIFIED,
        reason="图片已经人工看过",
        by=SECOND,
        at=AT,
    )
    file = stripped(original)
    services.screen(file, by=UPLOADER, at=LATER)
    assert [one.open for one in queries.findings_of(file)] == [False]
    other = taken("另一份")
    services.screen(other, by=UPLOADER, at=LATER)
    assert [one.open for one in queries.findings_of(other)] == [True]


def test_new_files_are_looked_through_in_the_background(pipeline: Pipeline) -> None:
    pipeline.found = (MUST,)
    file = stripped(taken())
    later = LATEST + timedelta(hours=1)
    while run_next(worker="w", clock=lambda: later) is not Ran.NOTHING:
        pass
    assert set(OutboxRow.objects.values_list("state", flat=True)) == {"done"}
    (standing,) = [one for one in queries.files_of(CASE) if one.file == file]
    assert standing.open_count(Severity.MUST) == 1
    assert standing.screening is not None
    assert standing.screening.by_name == "系统"


def test_a_file_that_cannot_be_read_through_is_said_to_be_so(pipeline: Pipeline) -> None:
    file = taken()
    pipeline.unfit = "文件损坏"
    row = services.screen(file, by=UPLOADER, at=AT)
    assert row.failure == "文件损坏"
    assert queries.findings_of(file) == ()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_an_owners_files_asks_the_same_for_one_and_for_three(
    pipeline: Pipeline, count: int, django_assert_num_queries: object
) -> None:
    pipeline.found = (MUST, ANSWER)
    for number in range(count):
        services.screen(taken(f"文件{number}"), by=UPLOADER, at=AT)
    taken("别人的", owner=OTHER_CASE)
    assert callable(django_assert_num_queries)
    with django_assert_num_queries(6):
        listed = queries.files_of(CASE)
    assert [one.file.number for one in listed] == list(range(1, count + 1))
    assert all(one.open_count(Severity.MUST) == 1 for one in listed)


def test_two_uploads_of_one_number_are_refused_by_the_database(pipeline: Pipeline) -> None:
    file = taken()
    file.pk, file.sha256, file.stored_as = None, "a" * 64, "b" * 64
    with pytest.raises(IntegrityError), transaction.atomic():
        StoredFile(
            **{
                field.attname: getattr(file, field.attname)
                for field in StoredFile._meta.concrete_fields
                if field.attname != "id"
            }
        ).save(force_insert=True)
