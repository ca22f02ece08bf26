"""What a file is, told by its content whatever its name says."""

from __future__ import annotations

import io
import zipfile

import pytest

from reportreader.errors import UnreadableError
from reportreader.fronts.sniff import Kind, sniff
from tests.reportreader.bad_files import docx

TEXT = "样例县2024年政府信息公开工作年度报告\n一、总体情况\n"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)


def archive(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as target:
        for name in names:
            target.writestr(name, "x")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        pytest.param(b"%PDF-1.4\n", "a.txt", Kind.PDF, id="a PDF called .txt"),
        pytest.param(b"\r\n\r\n%PDF-1.4\n", "a.pdf", Kind.PDF, id="a PDF after empty lines"),
        pytest.param(docx("<w:p/>"), "a.pdf", Kind.DOCX, id="a DOCX called .pdf"),
        pytest.param(b"<html><body>", "a.doc", Kind.HTML, id="a web page called .doc"),
        pytest.param("<TABLE><TR>".encode("utf-16"), "a", Kind.HTML, id="a web page in UTF-16"),
        pytest.param(b"# Report\n\ntext", "a.txt", Kind.MARKDOWN, id="headings of Markdown"),
        pytest.param(b"a|b\n---|---\n1|2\n", "a", Kind.MARKDOWN, id="a table of Markdown"),
        pytest.param(b"| a | b |\n", "a.md", Kind.MARKDOWN, id="bars in a file called .md"),
        pytest.param(b"| a | b |\n", "a.txt", Kind.TEXT, id="bars in a file called .txt"),
        pytest.param(TEXT.encode(), "a.html", Kind.TEXT, id="text called .html"),
        pytest.param(TEXT.encode("gb18030"), "a", Kind.TEXT, id="text in GB 18030"),
        pytest.param(TEXT.encode("utf-16"), "a", Kind.TEXT, id="text in UTF-16 with its mark"),
        pytest.param(TEXT.encode("utf-16-le"), "a", Kind.TEXT, id="text in UTF-16 without it"),
        pytest.param(TEXT.encode("utf-16-be"), "a", Kind.TEXT, id="the same, high byte first"),
        pytest.param(b"BM 2024\n", "a.txt", Kind.TEXT, id="text that begins like a picture"),
        pytest.param(TEXT.encode()[:-2], "a", Kind.TEXT, id="text cut inside a character"),
    ],
)
def test_kind_is_told_by_content(data: bytes, name: str, kind: Kind) -> None:
    assert sniff(data, name) is kind


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(b"\x89PNG\r\n\x1a\n\x00\x00", "图片（PNG）", id="a PNG picture"),
        pytest.param(b"\xff\xd8\xff\xe0\x00\x10JFIF\x00", "图片（JPEG）", id="a JPEG picture"),
        pytest.param(b"II*\x00\x08\x00\x00\x00", "图片（TIFF）", id="a TIFF scan"),
        pytest.param(b"RIFF\x00\x00\x00\x00WEBPVP8 ", "图片（WEBP）", id="a WEBP picture"),
        pytest.param(b"Rar!\x1a\x07\x00\xcf\x90", "压缩包（RAR）", id="a RAR archive"),
        pytest.param(b"{\\rtf1\\ansi", "RTF", id="an RTF document"),
        pytest.param(b"MZ\x90\x00\x03\x00\x00\x00", "可执行程序", id="a program"),
        pytest.param(
            OLE + "WordDocument".encode("utf-16-le"), "旧版 Word", id="a Word document of old"
        ),
        pytest.param(OLE + "Workbook".encode("utf-16-le"), "旧版 Excel", id="an old workbook"),
        pytest.param(OLE, "旧版 Office", id="an old file of unknown kind"),
        pytest.param(
            OLE + "EncryptedPackage".encode("utf-16-le"), "已加密", id="a DOCX with a password"
        ),
        pytest.param(archive("OFD.xml", "Doc_0/Document.xml"), "OFD", id="an OFD document"),
        pytest.param(archive("[Content_Types].xml", "xl/workbook.xml"), "Excel", id="a workbook"),
        pytest.param(
            archive("[Content_Types].xml", "ppt/presentation.xml"), "演示文稿", id="slides"
        ),
        pytest.param(archive("mimetype", "content.xml"), "OpenDocument", id="OpenDocument"),
        pytest.param(archive("report.docx"), "压缩包（ZIP）", id="a zip with a DOCX inside"),
        pytest.param(b"PK\x03\x04 cut off", "不完整", id="a zip cut off"),
        pytest.param(bytes(range(256)) * 40, "二进制", id="bytes of no format"),
        pytest.param(b"\x00" * 5000, "二进制", id="nothing but NUL"),
        pytest.param(
            b'<?xml version="1.0"?><?mso-application progid="Word.Document"?>',
            "Word 2003 XML",
            id="Word 2003 XML",
        ),
    ],
)
def test_what_no_front_reads_is_refused_with_its_reason(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableError) as refusal:
        sniff(data, "年报.pdf")
    assert reason in refusal.value.reason
    assert str(refusal.value).startswith("年报.pdf：")
    assert "\n" not in str(refusal.value)


def test_a_zip_of_very_many_files_is_refused() -> None:
    with pytest.raises(UnreadableError, match="文件过多"):
        sniff(archive(*(f"word/{number}" for number in range(10_001))), "a.docx")
