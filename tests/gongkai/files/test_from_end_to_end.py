"""The real screening, in its own process, behind the office's verbs: a text and a PDF, from the
upload to the gate."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from gongkai.files import contents, inspection, queries, services
from gongkai.files.errors import FileRefusedError, ReleaseRefusedError
from gongkai.files.models import Channel, StoredFile, Verdict
from screening.findings.finding import Severity
from statute.check_digits import resident_check_digit
from tests.gongkai.files.cases import AT, CASE, LATER, LATEST, SECOND, UPLOADER, taken

# Place code 339900 belongs to no county.
NUMBER = "33990019800101001" + resident_check_digit("33990019800101001")
PERSONAL = f"关于某某申请事项的答复\n申请人身份证号码：{NUMBER}。\n"
PLAIN = "关于耕地地力保护补贴发放情况的说明\n补贴按照确权面积发放，详见附件。\n"


def let_out(file: StoredFile) -> bytes:
    """What goes out of one file."""
    (out,) = services.release([file], to=Channel.WEB, by=SECOND, at=LATEST, subject=CASE)
    return out.content


def stripped(original: StoredFile) -> StoredFile:
    """Stripped and looked through."""
    file = services.strip(original, by=UPLOADER, at=LATER)
    assert services.screen(file, by=UPLOADER, at=LATER).failure == ""
    return file


@pytest.mark.usefixtures("home")
def test_a_clean_text_goes_out_and_its_words_with_it() -> None:
    file = stripped(taken(PLAIN))
    assert let_out(file).decode().split() == PLAIN.split()


@pytest.mark.usefixtures("home")
def test_a_number_of_a_person_keeps_a_text_in_the_house() -> None:
    file = stripped(taken(PERSONAL))
    with pytest.raises(ReleaseRefusedError, match="1处必须处理"):
        let_out(file)
    (judged,) = (one for one in queries.findings_of(file) if one.found.severity is Severity.MUST)
    assert NUMBER not in str(judged.found)
    services.decide(
        file,
        judged.found.key,
        verdict=Verdict.JUSTIFIED,
        reason="经本人书面同意公开",
        by=SECOND,
        at=LATEST,
    )
    assert NUMBER in let_out(file).decode()


@pytest.mark.usefixtures("home")
def test_the_same_words_have_another_key_under_another_owner() -> None:
    keys, again, others = (
        {one.key for one in inspection.searched(PERSONAL.encode(), key=key, at=AT)}
        for key in (b"1" * 32, b"1" * 32, b"2" * 32)
    )
    assert keys == again
    assert not keys & others
    assert all(keys)


def pdf(*lines: str) -> bytes:
    """A page of text; Latin, for which the standard fonts suffice."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(400, 300), invariant=True)
    canvas.setAuthor("Zhang San")
    for number, line in enumerate(lines):
        canvas.drawString(40, 250 - 30 * number, line)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


@pytest.mark.usefixtures("home")
def test_a_number_in_a_pdf_is_blackened_and_then_goes_out() -> None:
    original = taken(pdf("Reply", f"ID {NUMBER}", "end"))
    file = stripped(original)
    with pytest.raises(ReleaseRefusedError, match="1处必须处理"):
        let_out(file)
    box = {"page": 1, "box": [30, 60, 300, 90], "ground": "personal"}
    boxes = {"version": 1, "marks": [box]}
    draft = services.save_draft(original, boxes, version=0, by=UPLOADER, at=LATER)
    with pytest.raises(ReleaseRefusedError, match="还没有生成遮盖件"):
        let_out(file)
    black = services.redact(original, draft.instructions, by=UPLOADER, at=LATEST)
    services.screen(black, by=UPLOADER, at=LATEST)
    assert black.report["proof"]["holds"] is True
    for one in queries.findings_of(black):
        assert one.found.severity is not Severity.MUST
        if one.open:
            services.decide(
                black,
                one.found.key,
                verdict=Verdict.JUSTIFIED,
                reason="整页图片已经人工看过",
                by=SECOND,
                at=LATEST,
            )
    content = let_out(black)
    assert content.startswith(b"%PDF-")
    assert NUMBER.encode() not in content
    assert b"Zhang San" not in content
    assert contents.read(original) == pdf("Reply", f"ID {NUMBER}", "end")


@pytest.mark.usefixtures("home")
def test_boxes_that_miss_the_page_make_no_file() -> None:
    original = taken(pdf("Reply"))
    boxes = {"version": 1, "marks": [{"page": 2, "box": [0, 0, 9, 9], "ground": "personal"}]}
    with pytest.raises(FileRefusedError, match="没有第2页"):
        services.redact(original, boxes, by=UPLOADER, at=LATER)


@pytest.mark.parametrize("broken", [{}, {"version": 9}, {"version": 1, "marks": [{"page": 0}]}])
@pytest.mark.usefixtures("home")
def test_what_is_no_redaction_is_not_saved(broken: dict[str, object]) -> None:
    original = taken(pdf("Reply"))
    with pytest.raises(FileRefusedError):
        services.save_draft(original, broken, version=0, by=UPLOADER, at=LATER)


REFUSED = {
    "程序": b"\x7fELF" + bytes(100),
    "网页加图片头": b"\x89PNG\r\n\x1a\n<html><script>alert(1)</script></html>",
    "空压缩包": b"PK\x05\x06" + bytes(18),
    "残缺的 PDF": b"%PDF-1.7\n1 0 obj",
    "NUL 文本": "文字\0文字".encode(),
}


@pytest.mark.parametrize("content", REFUSED.values(), ids=REFUSED.keys())
def test_a_hostile_file_is_refused_with_a_reason(home: Path, content: bytes) -> None:
    with pytest.raises(FileRefusedError, match=r"^未予收存：."):
        taken(content)
    assert not (home / "files").exists()


def test_the_office_adds_words_and_what_was_screened_before_is_screened_anew(home: Path) -> None:
    file = stripped(taken(PLAIN))
    folder = home / "words"
    folder.mkdir()
    (folder / "本县.csv").write_text(
        "词,类别,级别,建议,例外\n确权面积,会议文件表述,严重,承包面积,\n", encoding="utf-8"
    )
    with pytest.raises(ReleaseRefusedError, match="词表已经更新"):
        let_out(file)
    services.screen(file, by=UPLOADER, at=LATEST)
    with pytest.raises(ReleaseRefusedError, match="1处必须处理"):
        let_out(file)
    (folder / "本县.csv").write_text("乱写", encoding="utf-8")
    with pytest.raises(ReleaseRefusedError, match="词表“本县"):
        let_out(file)
    with pytest.raises(FileRefusedError, match="不能用"):
        services.screen(file, by=UPLOADER, at=LATEST)
