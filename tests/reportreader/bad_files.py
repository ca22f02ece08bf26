"""Files that no reader should choke on: bombs, loops and lies, made of a few lines each."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Mapping
from hashlib import shake_256

CONTENT_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_MIB = 1024 * 1024


def docx(body: str | bytes, *, prologue: str = "", parts: Mapping[str, str] | None = None) -> bytes:
    """A DOCX of these block elements (prefix w:), with further parts of the package."""
    start = f'{prologue}<w:document xmlns:w="{WORD}"><w:body>'.encode()
    content = body.encode() if isinstance(body, str) else body
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", CONTENT_TYPES)
        archive.writestr("word/document.xml", start + content + b"</w:body></w:document>")
        for name, text in (parts or {}).items():
            archive.writestr(name, text)
    return buffer.getvalue()


def pdf(*objects: bytes) -> bytes:
    """A PDF of these objects, numbered from 1; the first is the catalogue."""
    out = bytearray(b"%PDF-1.7\n")
    offsets = []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\n" % (len(objects) + 1)
    out += b"startxref\n%d\n%%%%EOF\n" % start
    return bytes(out)


def stream(data: bytes, entries: bytes = b"") -> bytes:
    """A stream object as it stands."""
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), entries, data)


def one_page(content: bytes, *more: bytes, resources: bytes = b"<< >>") -> bytes:
    """A PDF of one page whose content is this object; `more` are numbered from 5."""
    return pdf(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources %s >>"
        % resources,
        content,
        *more,
    )


def deflated_zeros(size: int, fill: bytes = b"0 0 m\n") -> bytes:
    """Deflated repetitions of `fill`, `size` bytes unpacked, made without holding them."""
    packer = zlib.compressobj(9)
    block = fill * (_MIB // len(fill))
    pieces = [packer.compress(block) for _ in range(size // len(block))]
    return b"".join([*pieces, packer.flush()])


def docx_bomb() -> bytes:
    """256 MiB of spaces in the document part."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr("[Content_Types].xml", CONTENT_TYPES)
        with archive.open("word/document.xml", "w") as part:
            part.write(f'<w:document xmlns:w="{WORD}"><w:body>'.encode())
            for _ in range(256):
                part.write(b" " * _MIB)
            part.write(b"</w:body></w:document>")
    return buffer.getvalue()


def docx_of_many_elements() -> bytes:
    """Not much packed, not much unpacked, but a tree of four million nodes."""
    noise = shake_256(b"docx").hexdigest(500_000)
    return docx(f"<w:p><w:r><w:t>{noise}</w:t></w:r></w:p>{'<w:p/>' * 2_100_000}")


def docx_entity_bomb() -> bytes:
    """Entities that expand to a billion laughs."""
    levels = "".join(f'<!ENTITY l{level} "{f"&l{level - 1};" * 10}">' for level in range(1, 10))
    prologue = f'<!DOCTYPE d [<!ENTITY l0 "哈">{levels}]>'
    return docx("<w:p><w:r><w:t>&l9;</w:t></w:r></w:p>", prologue=prologue)


def docx_deeply_nested() -> bytes:
    """Tables in tables, five thousand deep."""
    depth = 5_000
    return docx("<w:tbl><w:tr><w:tc>" * depth + "</w:tc></w:tr></w:tbl>" * depth)


def docx_with_endless_spans() -> bytes:
    """Cells that claim to span a thousand million columns."""
    cell = '<w:tc><w:tcPr><w:gridSpan w:val="999999999"/></w:tcPr><w:p/></w:tc>'
    return docx(f"<w:tbl>{f'<w:tr>{cell * 50}</w:tr>' * 50}</w:tbl>")


def zip_of_zips() -> bytes:
    """A zip holding a zip holding a DOCX bomb."""
    data = docx_bomb()
    for _ in range(2):
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("report.docx", data)
        data = buffer.getvalue()
    return data


def pdf_bomb() -> bytes:
    """A page whose content unpacks to 256 MiB."""
    return one_page(stream(deflated_zeros(256 * _MIB), b"/Filter /FlateDecode"))


def pdf_bomb_in_layers() -> bytes:
    """Deflated twice: a few kilobytes for a quarter of a gigabyte."""
    packed = zlib.compress(deflated_zeros(256 * _MIB), 9)
    return one_page(stream(packed, b"/Filter [/FlateDecode /FlateDecode]"))


def pdf_bomb_in_ascii() -> bytes:
    """Deflated, then dressed as hexadecimal digits."""
    packed = deflated_zeros(256 * _MIB).hex().encode() + b">"
    return one_page(stream(packed, b"/Filter [/ASCIIHexDecode /FlateDecode]"))


def pdf_bomb_with_false_end() -> bytes:
    """The word endstream stands inside the packed data, before the bomb."""
    packer = zlib.compressobj(9)
    stored = zlib.compressobj(0)
    head = stored.compress(b" endstream ") + stored.flush(zlib.Z_FULL_FLUSH)
    packer.compress(b" endstream ")
    packer.flush(zlib.Z_FULL_FLUSH)
    tail = packer.compress(b" " * (256 * _MIB)) + packer.flush()
    return one_page(stream(head + tail, b"/Filter /FlateDecode"))


def pdf_bomb_named_elsewhere() -> bytes:
    """The filter is named by another object, so that the stream itself does not show it."""
    packed = deflated_zeros(256 * _MIB)
    return one_page(stream(packed, b"/Filter 5 0 R"), b"/FlateDecode")


def pdf_bomb_far_from_its_name() -> bytes:
    """A dictionary so long that its beginning is out of sight."""
    packed = deflated_zeros(256 * _MIB)
    return one_page(stream(packed, b"/Filter /FlateDecode /X (" + b" " * 100_000 + b")"))


def pdf_bomb_called_a_picture() -> bytes:
    """The content of a page says that it is a picture."""
    packed = deflated_zeros(256 * _MIB)
    return one_page(stream(packed, b"/Filter /FlateDecode /Subtype /Image /Width 9 /Height 9"))


def pdf_of_many_streams() -> bytes:
    """Each stream modest, together more than any report needs."""
    packed = deflated_zeros(16 * _MIB, bytes(range(251)) * 2)
    modest = zlib.compress(zlib.decompress(packed), 1)
    return one_page(stream(b""), *[stream(modest, b"/Filter /FlateDecode")] * 40)


def pdf_of_endless_path() -> bytes:
    """One path of five million points, with noise against the measure of ratios."""
    noise = b"%" + shake_256(b"pdf").hexdigest(200_000).encode() + b"\n"
    content = zlib.compress(noise + b"0 0 m\n" * 5_000_000 + b"S")
    return one_page(stream(content, b"/Filter /FlateDecode"))


def pdf_claiming_endless_pages() -> bytes:
    """A page tree that says it holds two thousand million pages."""
    return pdf(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 2000000000 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
    )


def pdf_page_tree_loop() -> bytes:
    """A page tree that contains itself."""
    return pdf(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 /Parent 2 0 R >>",
    )


def pdf_form_laughs() -> bytes:
    """Form objects that draw the next one ten times, ten levels deep."""
    forms = []
    for level in range(10):
        entries = b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << "
        entries += b"/F %d 0 R >> >>" % (level + 6)
        content = b"/F Do " * 10 if level < 9 else b"0 0 m 5 5 l S " * 10
        forms.append(stream(content, entries))
    return one_page(stream(b"/F Do"), *forms, resources=b"<< /XObject << /F 5 0 R >> >>")


BOMBS: Mapping[str, Callable[[], bytes]] = {
    "bomb.docx": docx_bomb,
    "elements.docx": docx_of_many_elements,
    "entities.docx": docx_entity_bomb,
    "nested.docx": docx_deeply_nested,
    "spans.docx": docx_with_endless_spans,
    "zips.zip": zip_of_zips,
    "bomb.pdf": pdf_bomb,
    "layers.pdf": pdf_bomb_in_layers,
    "ascii.pdf": pdf_bomb_in_ascii,
    "false-end.pdf": pdf_bomb_with_false_end,
    "elsewhere.pdf": pdf_bomb_named_elsewhere,
    "far.pdf": pdf_bomb_far_from_its_name,
    "picture.pdf": pdf_bomb_called_a_picture,
    "many.pdf": pdf_of_many_streams,
    "path.pdf": pdf_of_endless_path,
    "endless.pdf": pdf_claiming_endless_pages,
    "loop.pdf": pdf_page_tree_loop,
    "laughs.pdf": pdf_form_laughs,
}
