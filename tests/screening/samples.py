"""One clean, ordinary file of each carrier, written here part by part; and the pens they need.

Hostile files are made of these by one change; flips of bytes start from them.
"""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from screening.passages import Carrier

WORDS = "城北县人民政府办公室关于印发工作要点的通知"
XML = '<?xml version="1.0" encoding="UTF-8"?>'

Parts = Mapping[str, bytes]

_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml."
_CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"
_OFD = "http://www.ofdspec.org/2016"
_ODF = "urn:oasis:names:tc:opendocument:xmlns:"


def zipped(parts: Parts | Iterable[tuple[str, bytes]], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip with these entries in this order; `mimetype` is stored, as its rule asks."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in parts.items() if isinstance(parts, Mapping) else parts:
            info = zipfile.ZipInfo(name, (2026, 1, 5, 9, 0, 0))
            info.compress_type = zipfile.ZIP_STORED if name == "mimetype" else method
            archive.writestr(info, content)
    return stream.getvalue()


def content_types(main: str, kind: str, more: str = "") -> bytes:
    """`[Content_Types].xml` with one main part."""
    return (
        f'{XML}<Types xmlns="{_TYPES}"><Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/{main}" ContentType="{kind}"/>{more}</Types>'
    ).encode()


def relations(*targets: tuple[str, str]) -> bytes:
    """A `.rels` part of (last word of the type, target)."""
    rows = "".join(
        f'<Relationship Id="r{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, start=1)
    )
    return f'{XML}<Relationships xmlns="{_RELATIONS}">{rows}</Relationships>'.encode()


def docx_parts(
    words: str = WORDS, kind: str = f"{_WORD_TYPE}document.main+xml"
) -> dict[str, bytes]:
    """A letter of one paragraph and a table of one row, with header, notes, comments, styles."""
    paragraph = f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>"
    cells = "".join(f"<w:tc><w:p><w:r><w:t>{cell}</w:t></w:r></w:p></w:tc>" for cell in "甲乙")

    def part(root: str, inside: str) -> bytes:
        return f'{XML}<w:{root} xmlns:w="{_WORD}">{inside}</w:{root}>'.encode()

    return {
        "[Content_Types].xml": content_types("word/document.xml", kind),
        "_rels/.rels": relations(("officeDocument", "word/document.xml")),
        "word/document.xml": part(
            "document", f"<w:body>{paragraph}<w:tbl><w:tr>{cells}</w:tr></w:tbl></w:body>"
        ),
        "word/_rels/document.xml.rels": relations(
            ("styles", "styles.xml"), ("header", "header1.xml"), ("footnotes", "footnotes.xml"),
            ("comments", "comments.xml"),
        ),
        "word/styles.xml": part("styles", '<w:style w:styleId="a"/>'),
        "word/header1.xml": part("hdr", "<w:p><w:r><w:t>页眉</w:t></w:r></w:p>"),
        "word/footnotes.xml": part("footnotes", ""),
        "word/comments.xml": part("comments", ""),
    }  # fmt: skip


def xlsx_parts(words: str = WORDS, kind: str = f"{_SHEET_TYPE}sheet.main+xml") -> dict[str, bytes]:
    """A workbook of one sheet with a text and a number."""
    return {
        "[Content_Types].xml": content_types("xl/workbook.xml", kind),
        "_rels/.rels": relations(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": (
            f'{XML}<workbook xmlns="{_SHEET}" xmlns:r="{_OFFICE}"><sheets>'
            '<sheet name="汇总" sheetId="1" r:id="r1"/></sheets></workbook>'
        ).encode(),
        "xl/_rels/workbook.xml.rels": relations(
            ("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "sharedStrings.xml"),
            ("styles", "styles.xml"),
        ),
        "xl/worksheets/sheet1.xml": (
            f'{XML}<worksheet xmlns="{_SHEET}"><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c>'
            '<c r="B1"><v>28</v></c></row></sheetData></worksheet>'
        ).encode(),
        "xl/sharedStrings.xml": (
            f'{XML}<sst xmlns="{_SHEET}" count="1"><si><t>{words}</t></si></sst>'
        ).encode(),
        "xl/styles.xml": f'{XML}<styleSheet xmlns="{_SHEET}"/>'.encode(),
    }  # fmt: skip


def ods_parts(words: str = WORDS) -> dict[str, bytes]:
    """A sheet of one cell, with styles, properties and manifest."""
    spaces = " ".join(
        f'xmlns:{name}="{_ODF}{uri}:1.0"'
        for name, uri in (
            ("office", "office"), ("table", "table"), ("text", "text"), ("style", "style"),
            ("meta", "meta"),
        )
    )  # fmt: skip
    return {
        "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": (
            f"{XML}<office:document-content {spaces}><office:body><office:spreadsheet>"
            '<table:table table:name="汇总"><table:table-row><table:table-cell '
            f'office:value-type="string"><text:p>{words}</text:p></table:table-cell>'
            "</table:table-row></table:table></office:spreadsheet></office:body>"
            "</office:document-content>"
        ).encode(),
        "styles.xml": f"{XML}<office:document-styles {spaces}/>".encode(),
        "meta.xml": f"{XML}<office:document-meta {spaces}/>".encode(),
        "META-INF/manifest.xml": (
            f'{XML}<manifest:manifest xmlns:manifest="{_ODF}manifest:1.0"/>'
        ).encode(),
    }


def ofd_parts(words: str = WORDS) -> dict[str, bytes]:
    """A page of one line."""
    deltas = " ".join("4" for _ in words[1:])
    return {
        "OFD.xml": (
            f'{XML}<ofd:OFD xmlns:ofd="{_OFD}" Version="1.0" DocType="OFD"><ofd:DocBody>'
            "<ofd:DocInfo><ofd:DocID>00000000000000000000000000000001</ofd:DocID></ofd:DocInfo>"
            "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
        ).encode(),
        "Doc_0/Document.xml": (
            f'{XML}<ofd:Document xmlns:ofd="{_OFD}"><ofd:CommonData>'
            "<ofd:MaxUnitID>9</ofd:MaxUnitID>"
            "<ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
            '</ofd:CommonData><ofd:Pages><ofd:Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/>'
            "</ofd:Pages></ofd:Document>"
        ).encode(),
        "Doc_0/Pages/Page_0/Content.xml": (
            f'{XML}<ofd:Page xmlns:ofd="{_OFD}"><ofd:Content><ofd:Layer ID="2" Type="Body">'
            '<ofd:TextObject ID="3" Boundary="20 20 160 6" Font="4" Size="4">'
            f'<ofd:TextCode X="0" Y="4" DeltaX="{deltas}">{words}</ofd:TextCode>'
            "</ofd:TextObject></ofd:Layer></ofd:Content></ofd:Page>"
        ).encode(),
    }


PACKAGES: dict[str, Callable[[], dict[str, bytes]]] = {
    "docx": docx_parts,
    "xlsx": xlsx_parts,
    "ods": ods_parts,
    "ofd": ofd_parts,
    "zip": lambda: {
        "目录/通知.txt": WORDS.encode(),
        "附件/名单.csv": "序号,单位\n1,城北县\n".encode(),
    },
}
MAIN_PARTS = {
    "docx": "word/document.xml",
    "xlsx": "xl/workbook.xml",
    "ods": "content.xml",
    "ofd": "OFD.xml",
}


def package(kind: str) -> bytes:
    """A clean package of this kind."""
    return zipped(PACKAGES[kind]())


def pdf(pages: int = 1) -> bytes:
    """Pages with one line each; ReportLab's own fonts know no Chinese."""
    stream = io.BytesIO()
    canvas = Canvas(stream, invariant=1)
    for number in range(1, pages + 1):
        canvas.drawString(72, 720, f"Notice {number} of the county office")
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def picture(form: str, size: tuple[int, int] = (40, 30), **options: Any) -> bytes:
    """A small picture with a run of greys in it."""
    stream = io.BytesIO()
    image = Image.linear_gradient("L").resize(size).convert("RGB")
    image.save(stream, form, **options)
    return stream.getvalue()


def old_office(*names: str) -> bytes:
    """An OLE file whose root holds streams of these names: header, table, directory, no content.

    The names stand as one chain of siblings, to the right.
    """
    header = bytearray(512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<HHHHH", header, 24, 0x3E, 3, 0xFFFE, 9, 6)
    sectors = -(-(len(names) + 1) // 4)
    struct.pack_into("<IIIIIIIII", header, 40, 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    struct.pack_into("<109I", header, 76, 0, *[0xFFFFFFFF] * 108)
    table = [0xFFFFFFFD, *range(2, sectors + 1), 0xFFFFFFFE]
    table += [0xFFFFFFFF] * (128 - len(table))
    entries = [_entry("Root Entry", 5, 0xFFFFFFFF, 1 if names else 0xFFFFFFFF)]
    for number, name in enumerate(names, start=1):
        right = number + 1 if number < len(names) else 0xFFFFFFFF
        entries.append(_entry(name, 2, right, 0xFFFFFFFF))
    directory = b"".join(entries).ljust(sectors * 512, b"\0")
    return bytes(header) + struct.pack("<128I", *table) + directory


def _entry(name: str, kind: int, right: int, child: int) -> bytes:
    raw = name.encode("utf-16-le")
    entry = bytearray(128)
    entry[: len(raw)] = raw
    struct.pack_into("<HBB3I", entry, 64, len(raw) + 2, kind, 1, 0xFFFFFFFF, right, child)
    return bytes(entry)


SAMPLES: dict[Carrier, Callable[[], bytes]] = {
    Carrier.PDF: lambda: pdf(2),
    Carrier.DOCX: lambda: package("docx"),
    Carrier.XLSX: lambda: package("xlsx"),
    Carrier.ODS: lambda: package("ods"),
    Carrier.OFD: lambda: package("ofd"),
    Carrier.PNG: lambda: picture("PNG"),
    Carrier.JPEG: lambda: picture("JPEG"),
    Carrier.TIFF: lambda: picture("TIFF"),
    Carrier.TEXT: f"{WORDS}\n\n各乡镇人民政府：\n".encode,
    Carrier.CSV: "序号,单位\n1,城北县\n2,城南县\n".encode,
    Carrier.HTML: (
        f'<!doctype html><html><head><meta charset="utf-8"><title>{WORDS}</title></head>'
        "<body><h1>通知</h1><table><tr><td>甲</td><td>乙</td></tr></table></body></html>"
    ).encode,
    Carrier.ZIP: lambda: package("zip"),
    Carrier.DOC: lambda: old_office("WordDocument", "1Table"),
    Carrier.XLS: lambda: old_office("Workbook"),
}
