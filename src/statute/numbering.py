"""How the numbers and dates on documents are written: 发文字号, 告知书编号, 期号, 成文日期.

Draws no number and keeps no series, which the office does under a lock; numbers under which
documents are registered (索引号, 统一编号) stand in statute.register_numbers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from statute.citations import cite
from statute.errors import StatuteError

DOC_NUMBER_SOURCE = cite("gb9704#发文字号")
DATE_SOURCE = cite("gb9704#成文日期")


class NumberingError(StatuteError):
    """A number or date that is not written as it must be."""


@dataclass(frozen=True, slots=True)
class NumberFault:
    """What is wrong with a number or date, and how it should read where that is certain."""

    message: str
    suggestion: str | None


@dataclass(frozen=True, slots=True)
class DocNumber:
    """发文字号: code of the body (机关代字), year, number; NumberingError when impossible."""

    prefix: str
    year: int
    number: int

    def __post_init__(self) -> None:
        if _PREFIX.fullmatch(self.prefix) is None:
            raise NumberingError(f"机关代字应为 2 至 20 个汉字：{self.prefix}")
        if not 1900 <= self.year <= 2099 or self.number < 1:
            raise NumberingError(f"年份或者序号不对：{self.year} 年第 {self.number} 号")

    def __str__(self) -> str:
        return f"{self.prefix}〔{self.year}〕{self.number}号"


_PREFIX = re.compile(r"[\u4e00-\u9fa5]{2,20}")
_DOC_NUMBER = re.compile(r"([\u4e00-\u9fa5]{2,20})〔((?:19|20)[0-9]{2})〕([1-9][0-9]*)号")
_OPENING, _CLOSING = "〔[［(（【〖{「<《〈", "〕]］)）】〗}」>》〉"
# Anything a clerk may have meant as a document number, to say what is wrong with it.
_LOOSE = re.compile(
    rf"(?P<prefix>[^{re.escape(_OPENING)}0-9]*)(?P<open>[{re.escape(_OPENING)}])?"
    rf"(?P<year>[0-9]{{2,4}})(?P<year_word>年)?(?P<close>[{re.escape(_CLOSING)}])?"
    r"(?P<ordinal>第)?(?P<number>[0-9]{1,6})(?P<end>号)?"
)
_FULL_WIDTH_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")


def parse_doc_number(text: str) -> DocNumber:
    """A document number written exactly as GB/T 9704 7.2.5 has it; NumberingError otherwise."""
    match = _DOC_NUMBER.fullmatch(text)
    if match is None:
        raise NumberingError("；".join(fault.message for fault in doc_number_faults(text)))
    return DocNumber(match[1], int(match[2]), int(match[3]))


def doc_number_faults(text: str) -> tuple[NumberFault, ...]:
    """What is wrong with a document number; every fault carries the same corrected form, if any.

    Empty when the number is right.
    """
    if _DOC_NUMBER.fullmatch(text) is not None:
        return ()
    plain = "".join(text.split()).translate(_FULL_WIDTH_DIGITS)
    messages = [] if plain == text else ["发文字号中不留空格，数字用半角阿拉伯数字"]
    match = _LOOSE.fullmatch(plain)
    if match is None:
        return (NumberFault("发文字号应写作“机关代字〔年份〕序号号”", None),)
    messages += _loose_faults(match)
    try:
        corrected = str(DocNumber(match["prefix"], int(match["year"]), int(match["number"])))
    except NumberingError as error:
        messages.append(str(error))
        return tuple(NumberFault(message, None) for message in messages)
    return tuple(NumberFault(message, corrected) for message in messages)


def _loose_faults(match: re.Match[str]) -> list[str]:
    checks = (
        ((match["open"], match["close"]) != ("〔", "〕"), "年份应使用六角括号〔〕"),
        (match["year_word"] is not None, "年份后不加“年”字"),
        (match["ordinal"] is not None, "序号前不加“第”字"),
        (match["number"].startswith("0"), "序号不编虚位"),
        (match["end"] is None, "序号后应有“号”字"),
    )
    return [message for wrong, message in checks if wrong]


# --- letters and rectification notices --------------------------------------------------------

# Words between the body's code and the year of a letter; a body may use others.
LETTER_SERIES = ("公开", "公复", "信公开告")


def letter_number(
    agency_code: str, year: int, number: int, *, series: str = LETTER_SERIES[0]
) -> DocNumber:
    """The number of a letter to an applicant: 机关代字 + 公开 + 〔年份〕 + number."""
    return DocNumber(f"{agency_code}{series}", year, number)


@dataclass(frozen=True, slots=True)
class IssueNumber:
    """The number of a rectification notice, counted by issue: 政务公开整改通知书〔2020〕第4期."""

    title: str
    year: int
    issue: int

    def __str__(self) -> str:
        return f"{self.title}〔{self.year}〕第{self.issue}期"


_ISSUE = re.compile(r"([\u4e00-\u9fa5]{2,20})〔((?:19|20)[0-9]{2})〕第([1-9][0-9]*)期")


def parse_issue_number(text: str) -> IssueNumber:
    """An issue number as printed; NumberingError otherwise."""
    match = _ISSUE.fullmatch(text)
    if match is None:
        raise NumberingError(f"期号应写作“名称〔年份〕第N期”：{text}")
    return IssueNumber(match[1], int(match[2]), int(match[3]))


# --- dates ------------------------------------------------------------------------------------

_DATE = re.compile(r"([0-9]{4})年([1-9][0-9]?)月([1-9][0-9]?)日")
_LOOSE_DATE = re.compile(r"([0-9]{4})[年./-]([0-9]{1,2})[月./-]([0-9]{1,2})日?")


def date_text(day: date) -> str:
    """成文日期 in Arabic figures without noughts in front: 2021年1月29日."""
    return f"{day.year}年{day.month}月{day.day}日"


def parse_date_text(text: str) -> date:
    """A date written as GB/T 9704 has it; NumberingError otherwise."""
    match = _DATE.fullmatch(text)
    day = None if match is None else _day(match)
    if day is None:
        raise NumberingError("；".join(fault.message for fault in date_faults(text)))
    return day


def date_faults(text: str) -> tuple[NumberFault, ...]:
    """What is wrong with a written date, with the right form where it is certain."""
    plain = "".join(text.split()).translate(_FULL_WIDTH_DIGITS)
    match = _LOOSE_DATE.fullmatch(plain)
    if match is None:
        return (NumberFault(f"成文日期应用阿拉伯数字写作“2021年1月29日”：{text}", None),)
    day = _day(match)
    if day is None:
        return (NumberFault(f"没有这一天：{text}", None),)
    right = date_text(day)
    if right == text:
        return ()
    padded = match[2].startswith("0") or match[3].startswith("0")
    message = "成文日期的月、日不编虚位" if padded else "成文日期应用半角阿拉伯数字写全年、月、日"
    return (NumberFault(f"{message}：{text}", right),)


def _day(match: re.Match[str]) -> date | None:
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class TextFault:
    """A wrongly written number or date inside a text: its place and what should stand there."""

    start: int
    end: int
    suggestion: str


_IN_TEXT = re.compile(
    r"(?<=[\u4e00-\u9fa5])[〔\[［(（【](?P<docyear>(?:19|20)[0-9]{2})[〕\]］)）】]第?0{0,5}"
    r"(?P<docnumber>[1-9][0-9]{0,5})号"
    r"|(?<![0-9])(?P<year>(?:19|20)[0-9]{2})年(?P<month>0?[1-9]|1[0-2])月"
    r"(?P<day>0?[1-9]|[12][0-9]|3[01])日"
)


def text_faults(text: str) -> tuple[TextFault, ...]:
    """Document numbers with wrong brackets or noughts, and dates with noughts, in running text."""
    faults = []
    for match in _IN_TEXT.finditer(text):
        if match["docyear"]:
            right = f"〔{match['docyear']}〕{match['docnumber']}号"
        else:
            right = f"{match['year']}年{int(match['month'])}月{int(match['day'])}日"
        if right != match[0]:
            faults.append(TextFault(match.start(), match.end(), right))
    return tuple(faults)
