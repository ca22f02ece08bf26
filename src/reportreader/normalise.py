"""Brings printed text to one form: full-width digits, Kangxi radicals, odd spaces, footnote marks.

It changes how characters are written, never what they say; encodings are the text front's matter.
"""

from __future__ import annotations

import re
import unicodedata

# NFKC maps the Kangxi block itself; of the supplement block, which PDF fonts use in the same way,
# it maps next to nothing. These are the ones whose modern form is the same character.
_RADICALS = {
    "⺓": "幺", "⺟": "母", "⺠": "民", "⺩": "王", "⺫": "目", "⺬": "示", "⺮": "竹", "⻄": "西",
    "⻅": "见", "⻆": "角", "⻉": "贝", "⻋": "车", "⻑": "长", "⻒": "长", "⻓": "长", "⻔": "门",
    "⻘": "青", "⻙": "韦", "⻚": "页", "⻛": "风", "⻜": "飞", "⻝": "食", "⻢": "马", "⻣": "骨",
    "⻤": "鬼", "⻥": "鱼", "⻦": "鸟", "⻧": "卤", "⻨": "麦", "⻩": "黄", "⻬": "齐", "⻮": "齿",
    "⻰": "龙", "⻳": "龟", "⺎": "兀", "⺝": "月", "⺼": "肉", "⻊": "足", "⻌": "辶",
}  # fmt: skip
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f\u202a\u202c"
# Footnote marks: NFKC would turn “3①” into 31.
_MARKS = "".join(map(chr, (*range(0x2460, 0x2474), *range(0x2776, 0x2780)))) + "⁰¹²³⁴⁵⁶⁷⁸⁹"
_SPACES = "\u00a0\u3000\u2002\u2003\u2009\u202f\u2007"
_BARS = "｜│┃丨∣"
_DASHES = "−－–—―─━"

_REPLACED: dict[str, str] = {
    **_RADICALS,
    **dict.fromkeys(_INVISIBLE, ""),
    **dict.fromkeys(_MARKS, ""),
    **dict.fromkeys(_SPACES, " "),
    **dict.fromkeys(_BARS, "|"),
    **dict.fromkeys(_DASHES, "-"),
    "\f": "\n",
    "\v": "\n",
    "\x00": "",
}
_ODD = re.compile("[" + "".join(map(re.escape, _REPLACED)) + "]")
# The full-width marks of every sentence; replacing them first leaves NFKC little to do.
_COMMON = (("，", ","), ("（", "("), ("）", ")"), ("：", ":"), ("；", ";"))
# What NFKC may change in a report: compatibility forms, full-width forms, Kangxi radicals.
_COMPATIBLE = re.compile(
    "[\u00a8-\u00be\u2024-\u2026\u2100-\u218f\u2f00-\u2fdf\u3130-\u318f\u3200-\u33ff"
    "\uf900-\ufaff\ufb00-\ufb06\ufe30-\ufe6b\uff01-\uffee\U0002f800-\U0002fa1f]+"
)
_ENTITY = re.compile(r"&(?:nbsp|ensp|emsp|#160|#xa0);?", re.IGNORECASE)
_LETTER = "\u3400-\u9fff"
LETTERS = re.compile(f"[{_LETTER}]+")
LETTER = re.compile(f"[{_LETTER}]")
_NOT_LETTER = re.compile(f"[^{_LETTER}]+")


def normalise(text: str) -> str:
    """The same text in half-width forms; line ends stay, so that lines keep their numbers."""
    if "&" in text:
        text = _ENTITY.sub(" ", text)
    text = _ODD.sub(_replaced, text)
    if text.isascii():
        return text
    for full, half in _COMMON:
        text = text.replace(full, half)
    return _COMPATIBLE.sub(_compatible, text)


def _replaced(match: re.Match[str]) -> str:
    return _REPLACED[match[0]]


def _compatible(match: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", match[0])


def letters(text: str) -> str:
    """Only the Chinese characters, in order: what a label says without its spaces and marks."""
    return _NOT_LETTER.sub("", text)
