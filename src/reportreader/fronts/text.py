"""Plain text in any encoding it may have come in, and the repair of text decoded wrongly before.

It makes lines; what stands in them is not looked at.
"""

from __future__ import annotations

import codecs

from reportreader.document import Document, Line, Place
from reportreader.errors import UnreadableError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Words of which every report has some; none of them survives a wrong decoding.
_TELLTALES = ("政府", "信息", "公开", "行政", "本年")
_SAMPLE = 4096


def read_text(data: bytes, name: str) -> Document:
    """Lines as they stand, numbered from 1; UnreadableError when the bytes are no text."""
    text, remarks = decode(data, name)
    lines = tuple(
        Line(line, Place(line=number)) for number, line in enumerate(_lines(text), start=1)
    )
    return Document("text", lines, remarks=remarks)


def _lines(text: str) -> list[str]:
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def decode(data: bytes, name: str, declared: str | None = None) -> tuple[str, tuple[str, ...]]:
    """The text of these bytes and what had to be done to it; UnreadableError for binary data."""
    decoded = _decoded(data, declared)
    if decoded is None:
        raise UnreadableError(name, "无法按任何常见编码读作文字")
    text = decoded.lstrip("\ufeff")
    if not text.strip("\x00 \r\n\t"):
        raise UnreadableError(name, "没有内容")
    if _sounds(text):
        return text, ()
    repaired = repair(text)
    if repaired is not None:
        return repaired, ("文字编码曾被误读（乱码），已还原",)
    return text, ()


def _decoded(data: bytes, declared: str | None) -> str | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    candidates = (_utf16_without_mark(data), "utf-8", declared, "gb18030", "big5")
    for encoding in filter(None, candidates):
        try:
            return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    # A text cut off inside a character, or with a few bytes spoilt, is still a text.
    for spoilt in ("utf-8", "gb18030"):
        text = data.decode(spoilt, errors="replace")
        if text.count("\ufffd") * 50 <= len(text):
            return text
    return None


def _utf16_without_mark(data: bytes) -> str | None:
    """UTF-16 shows zero bytes on one side of its ASCII; other encodings of text show none."""
    sample = data[:_SAMPLE]
    if len(sample) < 4 or b"\x00" not in sample:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    return "utf-16-le" if odd > even else "utf-16-be"


def _sounds(text: str) -> bool:
    return any(word in text for word in _TELLTALES)


def repair(text: str) -> str | None:
    """Text that was UTF-8 or GBK and was decoded as something else, decoded rightly; None when it
    was not that. Only repairs that lose nothing are made: a lost byte could have been a digit."""
    for wrong in ("latin-1", "cp1252", "gb18030"):
        try:
            data = _western(text) if wrong == "cp1252" else text.encode(wrong)
        except UnicodeEncodeError:
            continue
        for right in ("utf-8", "gb18030"):
            if right == wrong:
                continue
            try:
                candidate = data.decode(right)
            except UnicodeDecodeError:
                continue
            if _sounds(candidate):
                return candidate
    return None


def _western(text: str) -> bytes:
    """Back to bytes where Windows-1252 was used and its five undefined places passed through."""
    result = bytearray()
    for character in text:
        try:
            result += character.encode("cp1252")
        except UnicodeEncodeError:
            result += character.encode("latin-1")
    return bytes(result)
