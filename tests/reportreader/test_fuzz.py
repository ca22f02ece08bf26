"""Damage of any kind, byte for byte: the reader answers or refuses, and never breaks."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from reportreader.errors import UnreadableError
from reportreader.read import read_bytes
from reportreader.reading import Reading
from tests.reportreader.bad_files import WORD, docx, one_page, stream
from tests.reportreader.render.figures import seeded_figures
from tests.reportreader.render.layouts import LAYOUTS

BY_NAME = {layout.name: layout for layout in LAYOUTS}
FIGURES = seeded_figures("fuzz", edition="2021")
TEXT = BY_NAME["rows with bars"].render(FIGURES)
HTML = BY_NAME["HTML, clean"].render(FIGURES)
MARKDOWN = BY_NAME["Markdown, exploded cells"].render(FIGURES)
PAGE = (
    b"50 700 80 20 re S 130 700 80 20 re S q 1 0 0 1 0 0 cm BT /F 10 Tf 55 706 Td (A) Tj "
    b"80 0 Td (12) Tj ET Q 0 0 10 10 re f"
)
HELVETICA = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
PLAIN_PDF = one_page(stream(PAGE), HELVETICA, resources=b"<< /Font << /F 5 0 R >> >>")
DOCUMENT_XML = (
    f'<w:document xmlns:w="{WORD}"><w:body><w:p><w:r><w:t>规章</w:t></w:r></w:p><w:tbl><w:tr>'
    '<w:tc><w:tcPr><w:gridSpan w:val="2"/><w:vMerge w:val="restart"/></w:tcPr><w:p/></w:tc>'
    "<w:tc><w:p><w:r><w:t>3</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:body></w:document>"
).encode()
WELL_CHOSEN = [b"", b"\x00", b"\xff", b"<", b">", b"0", b"-1", b"99999999999", b"/", b"\n", b"obj"]

ordinary = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@dataclass(frozen=True, slots=True)
class Change:
    """At a place between 0 and 1, so many bytes are replaced by others."""

    place: float
    length: int
    by: bytes

    def apply(self, data: bytes) -> bytes:
        start = int(self.place * len(data))
        return data[:start] + self.by + data[start + self.length :]


changes = st.lists(
    st.builds(
        Change,
        place=st.floats(0, 1),
        length=st.sampled_from((0, 1, 1, 1, 2, 5, 40, 1000)),
        by=st.one_of(st.sampled_from(WELL_CHOSEN), st.binary(max_size=8)),
    ),
    min_size=1,
    max_size=12,
)


def changed(data: bytes, by: list[Change]) -> bytes:
    for change in by:
        data = change.apply(data)
    return data


def outcome_of(data: bytes, name: str) -> Reading | str:
    """What was read, or the message; whatever else is raised fails the test."""
    try:
        return read_bytes(data, name)
    except UnreadableError as error:
        return str(error)


def reads_or_refuses(data: bytes, name: str) -> None:
    outcome = outcome_of(data, name)
    if isinstance(outcome, str):
        assert outcome.startswith(f"{name}：")
        assert "\n" not in outcome
    else:
        assert outcome.format in {"text", "html", "markdown", "docx", "pdf"}


def compressed_pdf() -> bytes:
    buffer = io.BytesIO()
    page = Canvas(buffer, invariant=1, pageCompression=1)
    for row in range(3):
        for column in range(4):
            page.rect(50 + 80 * column, 700 - 20 * row, 80, 20)
            page.drawString(55 + 80 * column, 705 - 20 * row, str(row * column))
    page.save()
    return buffer.getvalue()


COMPRESSED_PDF = compressed_pdf()


def packed(document: bytes) -> bytes:
    buffer = io.BytesIO(docx("<w:p/>"))
    with zipfile.ZipFile(buffer) as old:
        types = old.read("[Content_Types].xml")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", types)
        archive.writestr("word/document.xml", document)
    return buffer.getvalue()


@ordinary
@given(by=changes)
def test_damaged_text(by: list[Change]) -> None:
    reads_or_refuses(changed(TEXT, by), "a.txt")


@ordinary
@given(by=changes)
def test_damaged_html(by: list[Change]) -> None:
    reads_or_refuses(changed(HTML, by), "a.html")


@ordinary
@given(by=changes)
def test_damaged_markdown(by: list[Change]) -> None:
    reads_or_refuses(changed(MARKDOWN, by), "a.md")


@ordinary
@given(data=st.binary(min_size=1, max_size=400))
@example(b"\xff\xfe")
@example(b"\xfe\xff\x00")
@example(b"PK\x03\x04")
@example(b"%PDF-")
@example(b"<html")
@example(b"|---|")
def test_any_bytes(data: bytes) -> None:
    reads_or_refuses(data, "a")


@ordinary
@given(text=st.text(min_size=1, max_size=400))
def test_any_text(text: str) -> None:
    reads_or_refuses(text.encode("utf-8", "surrogatepass"), "a.txt")


@ordinary
@given(by=changes)
def test_damaged_package_of_a_docx(by: list[Change]) -> None:
    reads_or_refuses(changed(packed(DOCUMENT_XML), by), "a.docx")


@ordinary
@given(by=changes)
def test_damaged_document_part_of_a_docx(by: list[Change]) -> None:
    reads_or_refuses(packed(changed(DOCUMENT_XML, by)), "a.docx")


@ordinary
@given(by=changes)
def test_damaged_pdf(by: list[Change]) -> None:
    reads_or_refuses(changed(PLAIN_PDF, by), "a.pdf")


@ordinary
@given(by=changes)
def test_damaged_pdf_with_packed_streams(by: list[Change]) -> None:
    reads_or_refuses(changed(COMPRESSED_PDF, by), "a.pdf")


@ordinary
@given(by=changes)
def test_damaged_drawing_operators_of_a_pdf(by: list[Change]) -> None:
    content = stream(changed(PAGE, by))
    data = one_page(content, HELVETICA, resources=b"<< /Font << /F 5 0 R >> >>")
    reads_or_refuses(data, "a.pdf")


def test_the_undamaged_files_are_read() -> None:
    for data, name in (
        (TEXT, "a.txt"),
        (HTML, "a.html"),
        (MARKDOWN, "a.md"),
        (packed(DOCUMENT_XML), "a.docx"),
        (PLAIN_PDF, "a.pdf"),
        (COMPRESSED_PDF, "a.pdf"),
    ):
        assert read_bytes(data, name).format
