"""PDF files that must be looked at with care: enciphered, overloaded, drawn by forms, damaged."""

from __future__ import annotations

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption

from reportreader.errors import UnreadableError
from tests.reportreader.bad_files import one_page, stream
from tests.reportreader.test_pdf_front import box, canvas, grids, lines, read, saved, texts


def test_a_password_to_open_is_refused() -> None:
    page, buffer = canvas(encrypt=StandardEncryption("secret", ownerPassword="owner"))
    page.drawString(50, 700, "甲")
    with pytest.raises(UnreadableError, match="已加密，需要口令"):
        saved(page, buffer)


def test_a_password_against_printing_only_does_not_keep_from_reading() -> None:
    page, buffer = canvas(encrypt=StandardEncryption("", ownerPassword="owner", canPrint=0))
    box(page, 50, 100, "规章")
    box(page, 130, 100, "7")
    assert texts(grids(saved(page, buffer))[0]) == [["规章", "7"]]


def test_rulings_that_cannot_be_followed_leave_the_text(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ValueError("damage inside")

    monkeypatch.setattr("reportreader.fronts.pdf.trace", broken)
    page, buffer = canvas()
    page.setFont("Helvetica", 10)
    box(page, 50, 100, "A")
    box(page, 130, 100, "7")
    document = saved(page, buffer)
    assert lines(document) == ["A  7"]
    assert document.remarks == ("第 1 页的表格线无法辨认，只读出文字",)


def test_a_page_drawn_like_a_map_gives_its_text_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reportreader.fronts.pdf_survey.MAX_PAGE_OBJECTS", 3)
    page, buffer = canvas()
    page.setFont("Helvetica", 10)
    box(page, 50, 100, "A")
    box(page, 130, 100, "7")
    document = saved(page, buffer)
    assert lines(document) == ["A  7"]
    assert document.remarks == ("第 1 页的表格线无法辨认，只读出文字",)


def test_content_too_long_to_trace_gives_its_text_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reportreader.fronts.pdf.MAX_TRACED_BYTES", 10)
    page, buffer = canvas()
    page.setFont("Helvetica", 10)
    box(page, 50, 100, "A")
    box(page, 130, 100, "7")
    assert lines(saved(page, buffer)) == ["A  7"]


def test_a_page_of_absurdly_many_characters_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reportreader.fronts.pdf_text.MAX_PAGE_GLYPHS", 3)
    page, buffer = canvas()
    page.setFont("Helvetica", 10)
    page.drawString(50, 700, "ABCD")
    with pytest.raises(UnreadableError, match="文字过多"):
        saved(page, buffer)


def test_forms_drawn_by_forms_are_read_when_they_are_few() -> None:
    helvetica = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    resources = b"<< /XObject << /A 5 0 R >> /Font << /F 7 0 R >> >>"
    form = b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources "
    outer = stream(b"/B Do", form + b"<< /XObject << /B 6 0 R >> >>")
    inner = stream(b"BT /F 10 Tf 50 700 Td (A 7) Tj ET", form + b"<< /Font << /F 7 0 R >> >>")
    document = read(one_page(stream(b"/A Do"), outer, inner, helvetica, resources=resources))
    assert lines(document) == ["A 7"]


def test_enciphered_streams_are_measured_once_deciphered(monkeypatch: pytest.MonkeyPatch) -> None:
    page, buffer = canvas(encrypt=StandardEncryption("", ownerPassword="owner"))
    page.setPageCompression(1)
    page.setFont("Helvetica", 10)
    for number in range(50):
        page.drawString(50, 700 - 5 * number, "AAAA")
    page.save()
    assert lines(read(buffer.getvalue()))[:1] == ["AAAA"]
    monkeypatch.setattr("reportreader.fronts.pdf_guard.MAX_PDF_STREAM_BYTES", 100)
    with pytest.raises(UnreadableError, match="压缩炸弹"):
        read(buffer.getvalue())


def test_an_enciphered_file_that_cannot_be_measured_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(*_: object) -> None:
        raise ValueError("damage inside")

    monkeypatch.setattr("reportreader.fronts.pdf.check_resolved_streams", broken)
    page, buffer = canvas(encrypt=StandardEncryption("", ownerPassword="owner"))
    page.drawString(50, 700, "A")
    with pytest.raises(UnreadableError, match="内部结构异常"):
        saved(page, buffer)
