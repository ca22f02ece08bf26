"""Finds the numbers and blank marks in running table text, with page marks and remarks taken out.

It cuts text into tokens; which row they belong to and what they mean is decided elsewhere.
"""

from __future__ import annotations

import re

from reportreader.normalise import normalise

# A page number between dashes opens or closes a line, or has glued itself to the next one.
_DASHED = re.compile(r"-+[^\S\n]?\d{1,4}[^\S\n]?-+")
_NUMBERED_PAGE = re.compile(r"第[^\S\n]*\d{1,4}[^\S\n]*页(?:[,/ ]*共[^\S\n]*\d{1,4}[^\S\n]*页)?")
_VALUES_FOLLOW = re.compile(r"[^\S\n]*[-/]|[^\S\n]+\d")
_REMARK = re.compile(
    r"[(\[〔【][^()\[\]〔〕【】]{0,80}[\u3400-\u9fff][^()\[\]〔〕【】]{0,80}[)\]〕】]"
)
_DATE = re.compile(r"\d{2,4}\s*年(?:\s*\d{1,2}\s*月)?(?:\s*\d{1,2}\s*日)?|\d{4}-\d{1,2}-\d{1,2}")
_TOKEN = re.compile(
    r"减\s?\d+|(?<![\d-])-\d+(?:\.\d+)?"
    r"|\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d*)?|\.?\d+(?:\.\d*)?|[/\\](?![/\\])|-+"
)
_MONEY = re.compile(
    r"减\s?\d+|(?<![\d-])-\d+(?:\.\d+)?"
    r"|(?:\d{1,3}(?:,\d{3})+(?!\d)|\.?\d+)(?:\.\d*)?(?:[^\S\n]*(?:万元|元))?|[/\\](?![/\\])|-+"
)


def without_page_marks(text: str) -> str:
    """Page numbers blanked out, every other character where it was."""
    text = _DASHED.sub(_page_mark, text)
    return _NUMBERED_PAGE.sub(_blank, text) if "页" in text else text


def _page_mark(match: re.Match[str]) -> str:
    text, start, end = match.string, match.start(), match.end()
    before = text[text.rfind("\n", 0, start) + 1 : start]
    after = text[end : end + 40].partition("\n")[0]
    opens = not before.strip() and not _VALUES_FOLLOW.match(after)
    closes = not after.strip() and before[-1:].isspace()
    return " " * len(match[0]) if opens or closes else match[0]


def without_remarks(text: str) -> str:
    """Bracketed remarks and dates blanked out, line ends and positions kept."""
    text = _REMARK.sub(_blank, text)
    return _DATE.sub(_blank, text)


def _blank(match: re.Match[str]) -> str:
    return "".join("\n" if character == "\n" else " " for character in match[0])


def tokens_of(text: str) -> list[str]:
    """Numbers and blank marks of a cell or line, in order."""
    return _TOKEN.findall(without_remarks(normalise(text)))


def matches_in(text: str, *, money: bool = False) -> list[re.Match[str]]:
    """The same with their positions, for text that is normalised already."""
    return list((_MONEY if money else _TOKEN).finditer(without_remarks(text)))
