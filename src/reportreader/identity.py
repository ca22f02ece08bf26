"""Whose report it is and for which year: from title, signature, metadata and the stated period.

It guesses from nothing else: a file name is no evidence, and without evidence both stay None.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from reportreader.flat import FlatText
from reportreader.normalise import normalise

_NAME = r"[\u3400-\u9fff·、()]{2,40}?"
_YEAR = r"(?P<year>20[12]\d)\s*年?\s*(?:度)?"
_TITLE = re.compile(
    rf"(?P<agency>{_NAME})?\s*(?:关于)?\s*{_YEAR}\s*(?:年度)?\s*(?:的)?\s*"
    r"(?:政\s*府\s*信\s*息\s*公\s*开|政\s*务\s*公\s*开)\s*(?:工作)?\s*(?:情况)?\s*(?:的)?\s*(?:年\s*度)?\s*(?:报\s*告|年\s*报)"
)
_PERIOD = re.compile(
    r"(?:期限|时限|时间段|时间|期间)[^。\d]{0,12}(20[12]\d)\s*年\s*1\s*月\s*1\s*日"
)
_STATED = re.compile(r"(20[12]\d)\s*年度?\s*(?:政府信息公开|政务公开)")
_MENTIONED = re.compile(r"(20[12]\d)\s*年")
_FIELD = re.compile(r"^(?P<key>标题|发布机构|发布单位|公开机构|信息来源)\s*:\s*(?P<value>\S.*)$")
_COMPILED_BY = re.compile(
    r"本(?:年度)?报告由(?P<agency>[\u3400-\u9fff]{4,30}?)(?:根据|按照|依据|编制)"
)
_BODY = re.compile(
    r"[\u3400-\u9fff]{2,30}(?:人民政府(?:办公[室厅])?|管委会|管理委员会|街道办事处|委员会|局|厅|办公室|街道|镇|乡)$"
)
_DATE_LINE = re.compile(r"\(?20\d\d\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日\)?")
_LEAD = re.compile(r"^(?:.*(?:首页|位置)[^\u3400-\u9fff]*|[\u3400-\u9fff]{2,8}网站?[-_])")
_OPENING = 60  # lines among which the title stands
_CLOSING = 12  # lines among which the signature stands


class Identity(NamedTuple):
    """Agency as printed, report year, and the title line the two were taken from."""

    agency: str | None
    year: int | None
    title: str | None


def identify(flat: FlatText, metadata: Mapping[str, str]) -> Identity:
    """Agency, year and title of a report, each None where neither text nor metadata say."""
    lines = [stripped for line in flat.lines() if (stripped := line.strip())]
    title = metadata.get("title")
    opening = [line[:400] for line in lines[:_OPENING]]
    if title:
        opening.insert(0, normalise(title))
    agency, year, said = _from_title(opening)
    return Identity(
        agency
        or _signed(lines)
        or _compiled_by("".join(opening))
        or _published_by(lines, metadata),
        year or _period(flat.text),
        said,
    )


def _from_title(lines: Sequence[str]) -> tuple[str | None, int | None, str | None]:
    year: int | None = None
    title: str | None = None
    for number, line in enumerate(lines):
        field = _FIELD.match(line)
        said = field["value"] if field and field["key"] == "标题" else line
        match = _TITLE.search(said)
        if match is None or match.end() > 80:
            continue
        title = title or match[0].strip()
        year = year or int(match["year"])
        agency = _agency(match["agency"]) or _line_above(lines, number, match)
        if agency is not None:
            return agency, year, title
    return None, year, title


def _agency(text: str | None) -> str | None:
    if text is None:
        return None
    text = re.sub(r"\s", "", _LEAD.sub("", text)).strip("、()·")
    if len(text) < 3 or re.search("公布|发布|现将|根据|本[局办级]|我[局办县市区]|年报|年度", text):
        return None
    return text


def _line_above(lines: Sequence[str], number: int, match: re.Match[str]) -> str | None:
    """A title set in two lines: the body, then the year and the words."""
    if number == 0 or match.start() > 2:
        return None
    above = lines[number - 1].lstrip("# ").strip()
    return above if _BODY.fullmatch(above) else None


def _signed(lines: Sequence[str]) -> str | None:
    """The body named above the date at the end."""
    closing = lines[-_CLOSING:]
    for number, line in enumerate(closing):
        if number and _DATE_LINE.fullmatch(line) and _BODY.fullmatch(closing[number - 1]):
            return closing[number - 1]
    return None


def _compiled_by(opening: str) -> str | None:
    match = _COMPILED_BY.search(re.sub(r"\s", "", opening))
    return match["agency"] if match else None


def _published_by(lines: Sequence[str], metadata: Mapping[str, str]) -> str | None:
    for line in lines[:_OPENING]:
        field = _FIELD.match(line)
        if field is not None and field["key"] != "标题":
            return str(field["value"]).strip()
    return metadata.get("agency") or metadata.get("source")


def _period(text: str) -> int | None:
    """The year whose figures are counted; failing that, the year of which the text speaks most."""
    for pattern in (_PERIOD, _STATED):
        match = pattern.search(text)
        if match is not None:
            return int(match[1])
    mentioned = Counter(_MENTIONED.findall(text[:4000]))
    if not mentioned:
        return None
    (year, times), *others = mentioned.most_common(2)
    return None if others and others[0][1] == times else int(year)
