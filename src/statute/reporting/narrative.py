"""The written side of an annual report: its six parts, what each must state, title and sign-off.

It composes no report and reads no files: it says what belongs where and whether a text says it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from statute.citations import Citation, Mark, cite
from statute.dated import Period

PREAMBLE: Final = 0  # number under which the text before part one is kept


@dataclass(frozen=True, slots=True)
class Part:
    """One of the six parts: number, heading as printed, other spelling in use, table it holds."""

    number: int
    heading: str
    also: str | None = None
    table: str | None = None

    @property
    def headings(self) -> tuple[str, ...]:
        """Every spelling of the heading, the one of the form first."""
        return (self.heading,) if self.also is None else (self.heading, self.also)


PARTS: Final = (
    Part(1, "一、总体情况"),
    Part(2, "二、主动公开政府信息情况", table="表二"),
    Part(3, "三、收到和处理政府信息公开申请情况", table="表三"),
    Part(
        4,
        "四、政府信息公开行政复议、行政诉讼情况",
        "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况",
        table="表四",
    ),
    Part(5, "五、存在的主要问题及改进情况"),
    Part(6, "六、其他需要报告的事项"),
)


@dataclass(frozen=True, slots=True)
class Element:
    """Something a part must state; `cue` is a pattern by which a text is seen to state it.

    A cue that is met does not prove that the statement is complete; one that is not met means that
    a person should look. `years` are report years, first and last.
    """

    id: str
    part: int
    text: str
    cue: str
    source: Citation
    mark: Mark = Mark.VERIFIED
    years: tuple[int, int | None] = (2019, None)
    governments_only: bool = False

    def applies(self, year: int, *, government: bool) -> bool:
        """Whether a report for this year, by a government or another body, must state it."""
        first, last = self.years
        in_years = first <= year and (last is None or year <= last)
        return in_years and (government or not self.governments_only)


_FORM: Final = cite("report_form_2019#附件")
_NOTICE_2021: Final = cite("report_form_2021#总体情况")
_FEES: Final = cite("report_form_2021#信息处理费")
_LAW: Final = cite("regulations#50(4)")
_FROM_2021: Final = (2021, None)

ELEMENTS: Final = (
    Element("basis", PREAMBLE, "编制依据：条例与格式文号", "政府信息公开条例", _FORM),
    Element("composition", PREAMBLE, "报告的组成", "总体情况|组成|全文包括|由.{1,60}部分", _FORM),
    Element("period", PREAMBLE, "所列数据的统计期限", "1月1日.{0,12}12月31日", _FORM),
    Element("download", PREAMBLE, "电子版下载网址", "https?://|www[.]", _FORM),
    Element("address", PREAMBLE, "联系地址", "地址", _FORM),
    Element("postcode", PREAMBLE, "邮编", "邮编|邮政编码", _FORM),
    Element("phone", PREAMBLE, "电话", "电话", _FORM),
    Element("fax", PREAMBLE, "传真", "传真", _FORM),
    Element("proactive", 1, "主动公开", "主动公开", _NOTICE_2021, years=_FROM_2021),
    Element("on_request", 1, "依申请公开", "依申请公开", _NOTICE_2021, years=_FROM_2021),
    Element("management", 1, "政府信息管理", "信息管理", _NOTICE_2021, years=_FROM_2021),
    Element("platform", 1, "政府信息公开平台建设", "平台", _NOTICE_2021, years=_FROM_2021),
    Element("oversight", 1, "监督保障", "监督保障|监督", _NOTICE_2021, years=_FROM_2021),
    Element("assessment", 1, "工作考核", "考核", _LAW, governments_only=True),
    Element("social_evaluation", 1, "社会评议", "社会评议|评议", _LAW, governments_only=True),
    Element("accountability", 1, "责任追究结果", "责任追究|追责|问责", _LAW, governments_only=True),
    Element("problems", 5, "存在的主要问题", "问题|不足", _LAW),
    Element("improvements", 5, "改进情况", "改进|加强|下一步|完善|提升", _LAW),
    Element("fees", 6, "收取信息处理费情况", "收费|处理费", _FEES, Mark.MEMORY, _FROM_2021),
)


@dataclass(frozen=True, slots=True)
class Hint:
    """A customary limit that is shown, never enforced."""

    value: int
    text: str
    source: Citation
    in_force: Period
    mark: Mark = Mark.PRACTICE


# The day of the local document is not known to us, only its year: in force from the year's start.
OVERVIEW_LENGTH: Final = Hint(
    1000,
    "总体情况五方面合计原则上不超过 1000 字",
    cite("report_local_2025#篇幅"),
    Period(date(2025, 1, 1)),
)
COPY_THRESHOLD: Final = Hint(
    80,
    "两份年报文字相似达到 80% 的，提示雷同",
    cite("house_practice#雷同检测"),
    Period(date(2021, 9, 26)),
)
_SHORTEST_STATEMENT: Final = 10  # practice: nothing shorter names a problem and its remedy
_GRAM: Final = 5
_NOT_WORDS: Final = re.compile(r"[\W\d_]+")
_EMPTY_WORDS: Final = re.compile(r"(?:无|没有|暂无|略|空)*")
_FEE_WORDS: Final = re.compile("处理费|收费|收取.{0,12}费")


@dataclass(frozen=True, slots=True)
class FeeNumbers:
    """The four numbers of the fee statement: notices sent and their sum, pieces paid and their sum.

    Sums are in fen.
    """

    notices: int
    notified_fen: int
    paid: int
    collected_fen: int


def title(agency: str, year: int) -> str:
    """The title of a report: {机关}{年}年政府信息公开工作年度报告."""
    return f"{agency}{year}年政府信息公开工作年度报告"


def sign_off(agency: str, day: date) -> tuple[str, str]:
    """The two closing lines: the body's full name and the date, months and days without zeros."""
    return agency, f"{day.year}年{day.month}月{day.day}日"


def period_text(year: int) -> str:
    """The statistical period as the preamble states it."""
    return f"自{year}年1月1日起至12月31日止"


def fee_paragraph(year: int, fees: FeeNumbers) -> str:
    """The fee statement of part six; nothing collected is stated as 0, never left out.

    ValueError for negative numbers. The wording is ours, the four numbers are the form's.
    """
    if min(fees.notices, fees.notified_fen, fees.paid, fees.collected_fen) < 0:
        raise ValueError(f"信息处理费情况不能有负数：{fees}")
    return (
        f"{year}年，发出信息处理费收费通知{fees.notices}件，通知金额共计{_yuan(fees.notified_fen)}元；"
        f"实际收取{fees.paid}件，实际收取信息处理费共计{_yuan(fees.collected_fen)}元。"
    )


def required_elements(year: int, *, government: bool) -> tuple[Element, ...]:
    """What a report for this year must state, in the order of its parts (条例 50, 〔2021〕30号)."""
    return tuple(one for one in ELEMENTS if one.applies(year, government=government))


def missing_elements(
    texts: Mapping[int, str], year: int, *, government: bool
) -> tuple[Element, ...]:
    """The required elements whose cue is not met in the text of their part.

    `texts` maps a part's number (0 for the preamble) to its text; a part that was not read is left
    out of the mapping, and nothing is said to be missing from it.
    """
    return tuple(
        one
        for one in required_elements(year, government=government)
        if one.part in texts and not re.search(one.cue, _compact(texts[one.part]))
    )


def over_length(overview: str) -> int:
    """By how many characters part one exceeds the customary length; 0 when it does not."""
    return max(0, len(_compact(overview)) - OVERVIEW_LENGTH.value)


def mentions_fees(text: str) -> bool:
    """Whether part six speaks of fees at all, be it that none were collected."""
    return _FEE_WORDS.search(_compact(text)) is not None


def says_nothing(text: str) -> bool:
    """Whether a part is empty, says only “无”, or is too short to state anything."""
    words = _NOT_WORDS.sub("", text)
    return len(words) < _SHORTEST_STATEMENT or _EMPTY_WORDS.fullmatch(words) is not None


def similarity(one: str, other: str) -> float:
    """How much two texts share, 0 to 1: common runs of five characters among all such runs.

    Digits, spaces and punctuation do not count, so last year's text with new figures is alike. Time
    grows with the length of the texts, not with its square. Texts too short to compare give 0.
    """
    left, right = _runs(one), _runs(other)
    if not left or not right:
        return 0.0
    return len(left & right) / len(left | right)


def _runs(text: str) -> frozenset[str]:
    words = _NOT_WORDS.sub("", text)
    return frozenset(words[start : start + _GRAM] for start in range(len(words) - _GRAM + 1))


def _compact(text: str) -> str:
    return "".join(text.split())


def _yuan(fen: int) -> str:
    whole, rest = divmod(fen, 100)
    return str(whole) if rest == 0 else f"{whole}.{rest:02d}"
