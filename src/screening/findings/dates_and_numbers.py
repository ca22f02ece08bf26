"""Document numbers and dates not written as GB/T 9704 has them, and days that do not exist.

Only forms are judged: whether a document of that number exists, or the day is the right one, is
not known here. Numbers of court cases, whose brackets are round, are left alone.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator

from screening.findings.finding import Kind, Severity
from screening.findings.scene import Hit, Scene
from statute.citations import cite

CUES = ("号", "月")

_NUMBER = re.compile(
    r"([\u4e00-\u9fff])([〔\[［(（【〈《{｛〖「])[ ]?((?:[1１][9９]|[2２][0０])[0-9０-９]{2})[ ]?"
    r"([〕\]］)）】〉》}｝〗」])[ ]?(第?)[ ]?([0-9０-９]{1,5})[ ]?号"
)
_DATE = re.compile(
    r"(?:([0-9０-９]{4})[ ]?年[ ]?)?([0-9０-９]{1,2})[ ]?月(?:[ ]?([0-9０-９]{1,2})[ ]?日)?"
)
_CHINESE_YEAR = re.compile(r"[一二][〇○零OＯ九0０][〇○零OＯ一二三四五六七八九0０]{2}年")
_NUMERIC = re.compile(
    r"((?:19|20)[0-9]{2})(?<![0-9.\-/]....)([-/])([0-9]{1,2})\2([0-9]{1,2})(?![0-9\-/])"
)
_MIXED = re.compile(r"[0-9][０-９]|[０-９][0-9]")
_FULL_WIDTH = tuple("０１２３４５６７８９")
_CLOSING = "〕]］)）】〉》}｝〗」"
_NUMBER_RULE = cite("gb9704#发文字号")
_DATE_RULE = cite("gb9704#成文日期")


def search(scene: Scene) -> Iterator[Hit]:
    """Numbers, dates in words, dates in digits, digits of two widths."""
    for sighting in scene.sightings["dates_and_numbers"]:
        if sighting.cue == "号":
            yield from _number(scene, sighting.end)
        else:
            yield from _date(scene, sighting.start)
    yield from _numeric_dates(scene)
    if any(digit in scene.squeezed.text for digit in _FULL_WIDTH):
        yield from _mixed_digits(scene)


def _number(scene: Scene, end: int) -> Iterator[Hit]:
    text = scene.squeezed.text
    closing = _before_ordinal(text, end - 2)
    if text[closing] not in _CLOSING:
        return
    match = _NUMBER.search(text, max(closing - 8, 0), end)
    if match is None or match.end() != end:
        return
    _, left, year, right, ordinal, number = match.groups()
    faults = [
        fault
        for fault, holds in (
            ("年份应当用六角括号〔〕", (left, right) != ("〔", "〕")),
            ("序号不加“第”", bool(ordinal)),
            ("序号不编虚位", number[0] in "0０"),
            ("应当用半角数字", not (year + number).isascii()),
        )
        if holds
    ]
    if faults:
        start, last = scene.squeezed.raw_span(match.start(2), match.end())
        yield Hit(
            Kind.DOCUMENT_NUMBER, Severity.ANSWER, start, last, says="，".join(faults),
            suggestion=f"改为“〔{int(year)}〕{int(number)}号”", rule=_NUMBER_RULE,
        )  # fmt: skip


def _before_ordinal(text: str, position: int) -> int:
    """Back over a number, 第 and spaces before 号: there the year is closed, or none stood."""
    while position > 0 and (text[position].isdigit() or text[position] in " 第"):
        position -= 1
    return position


def _date(scene: Scene, month_sign: int) -> Iterator[Hit]:
    text = scene.squeezed.text
    first = max(0, month_sign - 9)
    if text.find("年", first, month_sign) != -1:
        yield from _year_in_words(scene, month_sign)
    match = _DATE.search(text, first, month_sign + 7)
    while match is not None and match.end() <= month_sign:
        match = _DATE.search(text, match.end(), month_sign + 7)
    if match is None or match.start() > month_sign:
        return
    start, end = scene.squeezed.raw_span(*match.span())
    year, month, day = match.groups()
    if not _exists(year, month, day):
        yield Hit(
            Kind.DATE, Severity.ANSWER, start, end, says="没有这一天",
            suggestion="核对日期", rule=_DATE_RULE,
        )  # fmt: skip
    elif year and (month[0] in "0０" or (day or "1")[0] in "0０"):
        cell = scene.joined.passage(start).place.row > 0
        plain = f"{int(year)}年{int(month)}月" + (f"{int(day)}日" if day else "")
        yield Hit(
            Kind.DATE, Severity.HINT if cell else Severity.ANSWER, start, end,
            says="月、日不编虚位", suggestion=f"改为“{plain}”", rule=_DATE_RULE,
        )  # fmt: skip


def _exists(year: str | None, month: str, day: str | None) -> bool:
    """Whether there is such a day; of a month without year and day nothing is said."""
    if year is None and day is None:
        return True
    if not 1 <= int(month) <= 12:
        return False
    whole = int(year) if year and 1 <= int(year) <= 9999 else 2000
    return day is None or 1 <= int(day) <= monthrange(whole, int(month))[1]


def _year_in_words(scene: Scene, month_sign: int) -> Iterator[Hit]:
    match = _CHINESE_YEAR.search(scene.squeezed.text, max(0, month_sign - 10), month_sign)
    if match is None:
        return
    wrong = any(sign in match[0] for sign in "○OＯ0０")
    digits = scene.squeezed.text[match.end() : match.end() + 1].isdigit()
    if wrong or digits:
        start, end = scene.squeezed.raw_span(*match.span())
        says = "年份中的零应当写“〇”" if wrong else "年份用汉字，月日用数字"
        yield Hit(
            Kind.DIGITS, Severity.HINT, start, end, says=says,
            suggestion="成文日期用阿拉伯数字；用汉字的，零写“〇”", rule=_DATE_RULE,
        )  # fmt: skip


def _numeric_dates(scene: Scene) -> Iterator[Hit]:
    """Dates such as 2026-02-30."""
    for match in _NUMERIC.finditer(scene.joined.text):
        if not _exists(match[1], match[3], match[4]):
            yield Hit(
                Kind.DATE, Severity.ANSWER, match.start(), match.end(), says="没有这一天",
                suggestion="核对日期", rule=_DATE_RULE,
            )  # fmt: skip


def _mixed_digits(scene: Scene) -> Iterator[Hit]:
    text = scene.joined.text
    for match in _MIXED.finditer(text):
        yield Hit(
            Kind.DIGITS, Severity.HINT, match.start(), match.end(),
            says="同一个数里全角、半角数字混用", suggestion="统一用半角数字",
            rule=_DATE_RULE,
        )  # fmt: skip
