"""What a file really is, told by its content; names and suffixes are only hints between texts.

It does not read reports: it names the front that can, or says in Chinese why none can.
"""

from __future__ import annotations

import io
import re
import zipfile
from enum import StrEnum
from pathlib import PurePath

from reportreader.errors import UnreadableError
from reportreader.fronts.limits import MAX_ZIP_ENTRIES


class Kind(StrEnum):
    """The fronts, by the name that Document.format carries."""

    PDF = "pdf"
    DOCX = "docx"
    HTML = "html"
    MARKDOWN = "markdown"
    TEXT = "text"


_HEAD = 4096
_PDF_WITHIN = 1024  # the header may stand behind a few stray bytes
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

# Beginnings of files that are no report, with what to tell the person who handed them in.
_REFUSED: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "是图片（PNG），没有文字可读"),
    (b"\xff\xd8\xff", "是图片（JPEG），没有文字可读"),
    (b"GIF87a", "是图片（GIF），没有文字可读"),
    (b"GIF89a", "是图片（GIF），没有文字可读"),
    (b"BM", "是图片（BMP），没有文字可读"),
    (b"II*\x00", "是图片（TIFF），没有文字可读"),
    (b"MM\x00*", "是图片（TIFF），没有文字可读"),
    (b"Rar!\x1a\x07", "是压缩包（RAR），请解压后再读"),
    (b"7z\xbc\xaf\x27\x1c", "是压缩包（7z），请解压后再读"),
    (b"\x1f\x8b", "是压缩包（gzip），请解压后再读"),
    (b"BZh", "是压缩包（bzip2），请解压后再读"),
    (b"\xfd7zXZ\x00", "是压缩包（xz），请解压后再读"),
    (b"{\\rtf", "是 RTF 文档，请另存为 DOCX 或 PDF 后再读"),
    (b"MZ", "是可执行程序，不是报告"),
    (b"\x7fELF", "是可执行程序，不是报告"),
)

_OLE_PARTS: tuple[tuple[str, str], ...] = (
    ("EncryptedPackage", "文件已加密，需要口令才能打开"),
    ("WordDocument", "是旧版 Word 文档（.doc），请另存为 DOCX 或 PDF 后再读"),
    ("Workbook", "是旧版 Excel 表格（.xls），请另存为 PDF 或网页后再读"),
    ("PowerPoint Document", "是旧版演示文稿（.ppt），不是报告"),
)

_HTML = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|table|tbody|tr|td|div|p|meta|span|h[1-6])\b",
    re.IGNORECASE,
)
_WORD_XML = re.compile(
    rb"progid\s*=\s*[\"']Word\.Document|schemas\.microsoft\.com/office/word/2003"
)
_MARKDOWN = re.compile(rb"^[ ]{0,3}(?:#{1,6}[ \t]+\S|\|?[ \t]*:?-{3,}:?[ \t]*\|)", re.MULTILINE)
_USUAL = re.compile(r"[\t\r\n\x20-\x7e\u2010-\u2027\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
_CONTROL = frozenset(range(32)) - frozenset(b"\t\n\r\f\x0b\x1a\x1b")


def sniff(data: bytes, name: str) -> Kind:
    """The kind of a file of at least one byte; UnreadableError in one line when no front fits."""
    head = data[:_HEAD]
    if b"%PDF-" in data[:_PDF_WITHIN]:
        return Kind.PDF
    if head.startswith(b"PK"):
        return _inside_zip(data, name)
    if head.startswith(_OLE):
        raise UnreadableError(name, _inside_ole(data))
    for beginning, reason in _REFUSED:
        # Some marks are letters, with which a text may begin just as well.
        if head.startswith(beginning) and not (beginning.isalnum() and _is_text(head)):
            raise UnreadableError(name, reason)
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        raise UnreadableError(name, "是图片（WEBP），没有文字可读")
    return _kind_of_text(data, name)


def _kind_of_text(data: bytes, name: str) -> Kind:
    if not _is_text(data):
        raise UnreadableError(name, "内容不是文字（疑为二进制文件），无法识别")
    # Without its NULs UTF-16 shows the same ASCII marks as every other encoding.
    head = data[:_HEAD].replace(b"\x00", b"")
    if _WORD_XML.search(head):
        raise UnreadableError(name, "是 Word 2003 XML 文档，请另存为 DOCX 或 PDF 后再读")
    if _HTML.search(head) or data.count(b"</td>") > 3:
        return Kind.HTML
    suffix = PurePath(name).suffix.lower()
    if suffix in {".md", ".markdown"} or _MARKDOWN.search(data):
        return Kind.MARKDOWN
    return Kind.TEXT


def _is_text(data: bytes) -> bool:
    """Whether bytes can be text in UTF-8, GB 18030 or UTF-16 (with its mark or without)."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    sample = data[: 16 * _HEAD]
    if b"\x00" in sample:
        return _is_unmarked_utf_16(sample)
    control = sum(sample.count(byte) for byte in _CONTROL)
    return control * 100 <= len(sample) and _decodes(sample)


def _is_unmarked_utf_16(sample: bytes) -> bool:
    """Chinese and ASCII characters nearly throughout, in one of the two byte orders."""
    for encoding in ("utf-16-le", "utf-16-be"):
        text = sample[: len(sample) // 2 * 2].decode(encoding, "replace")
        if text and len(_USUAL.findall(text)) * 10 >= len(text) * 9:
            return True
    return False


def _decodes(sample: bytes) -> bool:
    """UTF-8 or GB 18030 with few losses; a sample may end, and a file break, inside a character."""
    for encoding in ("utf-8", "gb18030"):
        text = sample.decode(encoding, "replace")
        if text.count("\ufffd") * 20 <= len(text):
            return True
    return False


def _inside_zip(data: bytes, name: str) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if len(archive.filelist) > MAX_ZIP_ENTRIES:
                raise UnreadableError(name, "压缩包内文件过多，不是报告")
            names = {info.filename for info in archive.filelist}
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, OverflowError):
        raise UnreadableError(name, "压缩结构损坏或文件不完整，无法打开") from None
    if "[Content_Types].xml" in names and any(part.startswith("word/") for part in names):
        return Kind.DOCX
    raise UnreadableError(name, _zip_reason(names))


def _zip_reason(names: set[str]) -> str:
    if "OFD.xml" in names:
        return "是 OFD 版式文件，本系统不读，请转为 PDF 后再读"
    if any(part.startswith("xl/") for part in names):
        return "是 Excel 表格（.xlsx），请另存为 PDF 或网页后再读"
    if any(part.startswith("ppt/") for part in names):
        return "是演示文稿（.pptx），不是报告"
    if "content.xml" in names:
        return "是 OpenDocument 文档，请另存为 DOCX 或 PDF 后再读"
    return "是压缩包（ZIP），请解压后再读"


def _inside_ole(data: bytes) -> str:
    # Directory entries hold their names in UTF-16; the directory may stand anywhere in the file.
    for part, reason in _OLE_PARTS:
        if part.encode("utf-16-le") in data:
            return reason
    return "是旧版 Office 文件，请另存为 DOCX 或 PDF 后再读"
