"""Parses XML of parts of a file without following anything it asks for.

No document type, so no entities; no network; depth and text as limited by libxml2 (256 levels,
10 MB of text). It does not know what the elements mean.
"""

from __future__ import annotations

import re

from lxml import etree

from screening.limits import MAX_XML_BYTES, MAX_XML_TAGS
from screening.passages import UnfitFileError

# Others write "<" in bytes of their own (UTF-7), so that a search for "<!DOCTYPE" passes it by.
_ENCODINGS = frozenset({"utf-8", "utf-16", "gb2312", "gbk", "gb18030", "us-ascii", "iso-8859-1"})
_DECLARED = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([^\"']{1,40})[\"']")
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_OPENED = re.compile(r"<!--|<\?(?!xml[ \t\r\n])")


def parse_xml(data: bytes) -> etree._Element:
    """The root element, without comments and processing instructions (see `asides`).

    UnfitFileError for what is no XML, too large, too deep, or brings a document type.
    """
    if len(data) > MAX_XML_BYTES or data.count(b"<") > MAX_XML_TAGS:
        raise UnfitFileError("文件的一个部分过大，超过上限")
    refuse_document_type(data)
    try:
        # A parser of its own each time: one that met an error may carry it into the next file.
        root = etree.fromstring(data, _parser())
    except (etree.LxmlError, ValueError):
        raise UnfitFileError("文件内部的 XML 损坏或者嵌套过深，无法读取") from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnfitFileError(_DOCUMENT_TYPE)
    return root


def asides(data: bytes) -> tuple[str, ...]:
    """Comments and processing instructions: words that no program shows."""
    if b"<!--" not in data and data.count(b"<?") <= 1 and not data.startswith(_MARKS[1:]):
        return ()
    text = data.decode("utf-16" if data.startswith(_MARKS[1:]) else "utf-8", "replace")
    found: list[str] = []
    end = 0
    while opened := _OPENED.search(text, end):
        end = text.find("-->" if opened[0] == "<!--" else "?>", opened.end())
        if end < 0:
            break
        found.append(text[opened.end() : end].strip())
    return tuple(words for words in found if words)


_DOCUMENT_TYPE = "文件内部的 XML 带有文档类型定义（DTD），不予读取"


def refuse_document_type(data: bytes) -> None:
    """UnfitFileError for `<!DOCTYPE` or `<!ENTITY`, and for encodings that could hide them."""
    plain = data.replace(b"\0", b"") if data[:2] in _MARKS or b"\0" in data[:4] else data
    head = plain[:512]
    for mark in _MARKS:
        head = head.removeprefix(mark)
    declared = _DECLARED.match(head)
    if declared and declared[1].decode("ascii", "replace").lower() not in _ENCODINGS:
        raise UnfitFileError("文件内部的 XML 使用了不支持的编码")
    if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain:
        raise UnfitFileError(_DOCUMENT_TYPE)


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
