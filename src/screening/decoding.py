"""Bytes of a text file → words: UTF-8, UTF-16 with its mark, GB 18030; nothing is guessed further.

It refuses what is no text. What the words mean, and whether they are a table or a page, is told
elsewhere.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from screening.passages import UnfitFileError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_UTF_32 = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
# Tabs, line and page breaks, and the end mark of old systems stand in real texts.
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x19\x1b-\x1f\x7f]")
_TWO_LETTERS = re.compile(r"[\u0080-\u07ff]{2}")
_ONLY_CHINESE = re.compile(r"[\x00-\x7f\u2010-\u203b\u3000-\u301f\u4e00-\u9fff\uff00-\uffef]*")
_NO_TEXT = "内容不是文字，文件损坏或者是无法识别的格式"


@dataclass(frozen=True, slots=True)
class Decoded:
    """Words without their mark, and the encoding they stood in."""

    text: str
    encoding: str
    marked: bool


def decode(data: bytes) -> Decoded:
    """The words of a text file. UnfitFileError for NUL, control characters, other encodings."""
    if not data.startswith(_UTF_32):
        for mark, encoding in _MARKS:
            if data.startswith(mark):
                return _checked(data.removeprefix(mark), encoding, marked=True)
    if b"\0" in data:
        raise UnfitFileError(_NO_TEXT)
    try:
        decoded = _checked(data, "utf-8", marked=False)
    except UnicodeDecodeError:
        _refuse_broken_utf_8(data)
        return _checked(data, "gb18030", marked=False)
    return _told_from_gbk(data, decoded)


def _told_from_gbk(data: bytes, decoded: Decoded) -> Decoded:
    """A few words in GBK (通知, 联通) are UTF-8 as well: Latin or Arabic letters, none Chinese."""
    if (
        decoded.text.isascii()
        or max(decoded.text) >= "\u0800"
        or not _TWO_LETTERS.search(decoded.text)
    ):
        return decoded
    try:
        other = _checked(data, "gb18030", marked=False)
    except UnfitFileError:
        return decoded
    return other if _ONLY_CHINESE.fullmatch(other.text) else decoded


def _refuse_broken_utf_8(data: bytes) -> None:
    """UTF-8 with a few bad bytes may be read as GB 18030 too, but then every word is another."""
    text = data.decode("utf-8", "replace")
    losses = text.count("\ufffd")
    if losses * 20 <= sum(1 for character in text if ord(character) > 127):
        raise UnfitFileError("文字编码（UTF-8）有损坏，不能确定读到的文字就是原文")


def _checked(data: bytes, encoding: str, *, marked: bool) -> Decoded:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        if encoding == "utf-8" and not marked:
            raise
        raise UnfitFileError(_NO_TEXT) from None
    if _CONTROL.search(text):
        raise UnfitFileError(_NO_TEXT)
    return Decoded(text, encoding, marked)
