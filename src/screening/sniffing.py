"""What a file really is, told by its content alone; no name and no suffix is asked.

It accepts the carriers of `Carrier` and refuses everything else with a reason, above all files that
are two things at once. It does not read words.
"""

from __future__ import annotations

import re

from screening import ole
from screening.decoding import decode
from screening.limits import check_size
from screening.packages import carrier_of_package
from screening.passages import Carrier, UnfitFileError
from screening.pictures import PICTURES, check_picture
from screening.tabular import delimiter_of

# Beginnings of files that are not taken in, with what to tell the person who handed them in.
_REFUSED: tuple[tuple[bytes, str], ...] = (
    (b"GIF87a", "是 GIF 图片，请另存为 PNG 或者 JPEG"),
    (b"GIF89a", "是 GIF 图片，请另存为 PNG 或者 JPEG"),
    (b"BM", "是 BMP 图片，请另存为 PNG 或者 JPEG"),
    (b"Rar!\x1a\x07", "是 RAR 压缩包，请解压后逐个提交"),
    (b"7z\xbc\xaf\x27\x1c", "是 7z 压缩包，请解压后逐个提交"),
    (b"\x1f\x8b", "是 gzip 压缩包，请解压后逐个提交"),
    (b"BZh", "是 bzip2 压缩包，请解压后逐个提交"),
    (b"\xfd7zXZ\x00", "是 xz 压缩包，请解压后逐个提交"),
    (b"MSCF", "是 CAB 压缩包，请解压后逐个提交"),
    (b"{\\rtf", "是 RTF 文档，请另存为 DOCX 或者 PDF"),
    (b"MZ", "是可执行程序"),
    (b"\x7fELF", "是可执行程序"),
    (b"\xca\xfe\xba\xbe", "是可执行程序"),
    (b"\xcf\xfa\xed\xfe", "是可执行程序"),
    (b"\xce\xfa\xed\xfe", "是可执行程序"),
    (b"L\x00\x00\x00\x01\x14\x02\x00", "是快捷方式"),
    (b"#!", "是程序脚本"),
    (b"%!PS", "是 PostScript 文件，请转为 PDF"),
    (b"\x00\x00\x01\x00", "是图标文件"),
    (b"ID3", "是音频文件"),
    (b"OggS", "是音频文件"),
    (b"\x1aE\xdf\xa3", "是视频文件"),
    (b"FLV", "是视频文件"),
)
_REFUSED_INSIDE: tuple[tuple[int, bytes, str], ...] = (
    (4, b"ftypheic", "是 HEIC 图片，请另存为 JPEG"),
    (4, b"ftypmif1", "是 HEIC 图片，请另存为 JPEG"),
    (4, b"ftypavif", "是 AVIF 图片，请另存为 JPEG"),
    (4, b"ftyp", "是视频或者音频文件"),
    (8, b"WEBP", "是 WEBP 图片，请另存为 PNG 或者 JPEG"),
    (8, b"WAVE", "是音频文件"),
    (8, b"AVI ", "是视频文件"),
)
_OLD_OFFICE: tuple[tuple[str, Carrier], ...] = (
    ("WordDocument", Carrier.DOC),
    ("Workbook", Carrier.XLS),
    ("Book", Carrier.XLS),
)
_MACROS = frozenset({"_VBA_PROJECT_CUR", "Macros", "_VBA_PROJECT", "VBA"})

_EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!"
_PDF_WITHIN = 1024  # where readers of PDF still look for its beginning
_PDF_INSIDE = re.compile(rb"\d\s+obj\b|startxref")
_AFTER_PDF = re.compile(
    rb"PK\x03\x04|PK\x05\x06|<html|<script|<!doctype html|\x7fELF|^\s*MZ", re.IGNORECASE
)
_ZIP_END_BYTES = 22
_WINDOW = 4096
_PAGE = re.compile(
    r"<(?:!doctype\s+html|html|head|body|table|tbody|tr|td|div|p|br|meta|title|span|script|style"
    r"|iframe|img|a|h[1-6])\b",
    re.IGNORECASE,
)
_CHARSET = re.compile(r"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{1,40})", re.IGNORECASE)
_CHARSETS = {
    "utf-8": frozenset({"utf-8", "utf8"}),
    "gb18030": frozenset({"gb2312", "gbk", "gb18030"}),
}
_REFUSED_TEXTS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"<svg[\s>]", re.IGNORECASE), "是 SVG 图片，请另存为 PNG"),
    (re.compile(r"schemas\.microsoft\.com/office/word/2003|progid=\"(?:Word|Excel)\."),
     "是 Office 2003 XML 文档，请另存为 DOCX 或者 XLSX"),
    (re.compile(r"<office:document[\s>]"), "是单文件 OpenDocument 文档，请另存为 ODS 或者 DOCX"),
    (re.compile(r"^MIME-Version:", re.IGNORECASE | re.MULTILINE),
     "是网页归档或者邮件，请把正文和附件分别提交"),
    (re.compile(r"\A\s*<\?php|\A\s*<%"), "是程序脚本"),
)  # fmt: skip


def sniff(data: bytes) -> Carrier:
    """The carrier of a file; UnfitFileError with the reason when it is not taken in."""
    check_size(data)
    if _EICAR in data[:_WINDOW]:
        raise UnfitFileError("是防病毒软件的测试文件")
    if data.startswith(b"PK\x03\x04"):
        return carrier_of_package(data)
    if data.startswith(b"PK\x05\x06"):
        raise UnfitFileError("是空的压缩包")
    refuse_hidden_package(data)
    if data.startswith(b"%PDF-"):
        _check_after_pdf(data)
        return Carrier.PDF
    refuse_hidden_pdf(data)
    if data.startswith(ole.MARK):
        return _old_office(data)
    for mark, carrier in PICTURES:
        if data.startswith(mark):
            check_picture(data, carrier)
            return carrier
    _refuse_known(data)
    return _carrier_of_text(data)


def refuse_hidden_package(data: bytes) -> None:
    """UnfitFileError for a zip behind something else: zip programs find it from the end."""
    end = data.rfind(b"PK\x05\x06", max(0, len(data) - 65_557))
    if end < 0 or end + _ZIP_END_BYTES > len(data):
        return
    comment = int.from_bytes(data[end + 20 : end + 22], "little")
    if end + _ZIP_END_BYTES + comment == len(data):
        raise UnfitFileError("文件后面接有压缩包，疑为伪装的文件")


def refuse_hidden_pdf(data: bytes) -> None:
    """UnfitFileError for a PDF that begins within what readers search, but not at the start."""
    if b"%PDF-" in data[:_PDF_WITHIN] and _PDF_INSIDE.search(data):
        raise UnfitFileError("PDF 的前面有其他内容，疑为伪装的文件")


def _check_after_pdf(data: bytes) -> None:
    end = data.rfind(b"%%EOF")
    if end >= 0 and _AFTER_PDF.search(data, end):
        raise UnfitFileError("PDF 的后面接有其他内容，疑为伪装的文件")


def _old_office(data: bytes) -> Carrier:
    top, anywhere = ole.names(data)
    if "EncryptedPackage" in top:
        raise UnfitFileError("文件已加密，需要口令才能打开")
    found = {carrier for name, carrier in _OLD_OFFICE if name in top}
    if len(found) != 1:
        raise UnfitFileError("是旧版 Office 的其他文件，请另存为 DOCX、XLSX 或者 PDF")
    if anywhere & _MACROS:
        raise UnfitFileError("文件带有宏，请另存为不带宏的格式")
    return found.pop()


def _refuse_known(data: bytes) -> None:
    for mark, reason in _REFUSED:
        # Some marks are letters, with which a text may begin just as well.
        if data.startswith(mark) and not (mark.isalnum() and _is_text(data)):
            raise UnfitFileError(reason)
    for offset, mark, reason in _REFUSED_INSIDE:
        if data[offset : offset + len(mark)] == mark and not _is_text(data):
            raise UnfitFileError(reason)


def _is_text(data: bytes) -> bool:
    try:
        decode(data)
    except UnfitFileError:
        return False
    return True


def _carrier_of_text(data: bytes) -> Carrier:
    decoded = decode(data)
    text = decoded.text
    if not text.strip():
        raise UnfitFileError("文件没有内容")
    head = text[:_WINDOW]
    for pattern, reason in _REFUSED_TEXTS:
        if pattern.search(head):
            raise UnfitFileError(reason)
    if _PAGE.search(head) or text.lower().count("</td>") > 3:
        _check_charset(head, decoded.encoding)
        return Carrier.HTML
    if head.lstrip().startswith("<?xml"):
        raise UnfitFileError("是 XML 数据文件，请另存为 XLSX、DOCX 或者 PDF")
    return Carrier.CSV if delimiter_of(text) else Carrier.TEXT


def _check_charset(head: str, encoding: str) -> None:
    """A browser believes the page; if the page names another encoding, it shows other words."""
    declared = _CHARSET.search(head)
    allowed = _CHARSETS.get(encoding)
    if declared and allowed and declared[1].lower() not in allowed:
        raise UnfitFileError("网页标明的编码和实际编码不一致")
