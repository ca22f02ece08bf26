"""Figures in sentences: what each counts, in which unit, where it stands and of whom it speaks.

It fills no table. A sentence about one's own documents or another office is told apart by the words
before its figure, and left undecided where there are none.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from decimal import Decimal

from reportreader.flat import FlatText
from reportreader.reading import ProseFigure

_COUNT = r"(?P<value>\d[\d,]*(?:\.\d+)?)余?多?(?P<unit>件|条|份|起|宗|个|次|项|万元|元)"
_GAP = r"[^。;\d]{0,16}?"
# (what is counted, the words before its figure); the first that fits is taken.
_SUBJECTS: tuple[tuple[str, str], ...] = (
    ("requests_carried_in", rf"上年(?:度)?结转{_GAP}"),
    ("requests_carried_out", rf"(?:结转(?:至|到)?下一?年(?:度)?|顺延到下年度){_GAP}"),
    (
        "requests_received",
        r"(?:共?收到|受理|接收|新收)[^。;\d]{0,30}?(?:申请|依申请公开)[^。;,、\d]{0,10}",
    ),
    ("requests_received", r"依申请公开[^。;,\d]{0,6}(?:收到|受理)[^。;,\d]{0,4}"),
    ("requests_decided", r"(?:办结|答复|共?办理)(?:(?!案件|建议|提案)[^。;,、\d]){0,12}"),
    ("requests_granted", r"予以公开(?!及)[^。;,、\d]{0,4}"),
    ("requests_partial", r"(?<!及)部分公开[^。;,、\d]{0,4}"),
    ("reviews_corrected", r"复议[^。;\d]{0,12}纠正[^。;,、\d]{0,4}"),
    ("reviews", r"行政复议(?:案件)?[^。;,、\d]{0,6}"),
    ("suits", r"(?:行政诉讼(?:案件)?|涉及诉讼)[^。;,、\d]{0,6}"),
    ("norm_docs_in_force", r"现行有效[^。;,、\d]{0,4}规范性文件[^。;,、\d]{0,4}"),
    (
        "norm_docs_made",
        r"(?:制发|发布|公开|制定|出台)(?:(?!现行|废止)[^。;,\d]){0,16}规范性文件[^。;,、\d]{0,4}",
    ),
    ("norm_docs_repealed", r"(?:废止|失效)[^。;,、\d]{0,8}规范性文件[^。;,、\d]{0,4}"),
    ("rules_made", r"(?:制定|制发|公开)[^。;,\d]{0,8}规章[^。;,、\d]{0,2}"),
    ("interpretations", r"解读[^。;,、\d]{0,10}"),
    ("licenses", r"行政许可[^。;,、\d]{0,6}"),
    ("penalties", r"行政处罚[^。;,、\d]{0,6}"),
    ("coercions", r"行政强制[^。;,、\d]{0,6}"),
    ("procurement", r"(?:政府)?采购[^。;,\d]{0,12}"),
    ("fees_charged", r"信息处理费[^。;,、\d]{0,6}"),
    ("records_published", r"公开[^。;,\d]{0,10}信息(?!处理费)[^。;,、\d]{0,4}"),
)
_BEFORE = re.compile(
    "(?:"
    + "|".join(f"(?P<s{number}>{words})" for number, (_, words) in enumerate(_SUBJECTS))
    + r")\Z"
)
_FIGURE = re.compile(_COUNT)
# 共收到8份政府信息公开申请: the noun stands behind the figure.
_RECEIVED = re.compile(r"(?:收到|受理|接收|新收)[^。;,\d]{0,6}\Z")
_REQUESTS_BEHIND = re.compile(r"(?:政府)?信息公开(?:的)?申请")
_MONEY = {"元", "万元"}
_OF_MONEY = {"fees_charged", "procurement"}
_REACH = 48  # characters before a figure among which its subject is sought
_WHO = re.compile(
    r"本机关|本办|我[局办县市区镇乡委厅街道]{1,2}|全[市区县镇乡省州旗]|[县市区州]府办|本[市区县镇乡局]"
    r"|(?<!按照)(?<!根据)[省市县区州]?(?:人民)?政府办(?:公[室厅])?(?![^,。;]{0,6}(?:要求|部署|通知|安排|印发))"
    r"|[\u3400-\u9fff]{2,6}局"
)
_OWN = re.compile(r"本机关|本[办市区县镇乡局]|我[局办县市区镇乡委厅街道]{1,2}")
_AREA = re.compile(r"全[市区县镇乡省州旗]")
_EXCERPT = 40
_SOMETHING = re.compile(r"[^\n]+")


def figures_in(
    flat: FlatText, agency: str | None, tables: Sequence[tuple[int, int]] = ()
) -> tuple[ProseFigure, ...]:
    """Every figure of a known subject in the running text, in order; `tables` are the stretches of
    the text (offsets) that were read as tables."""
    text, starts, numbers = _joined(flat, tables)
    found: list[ProseFigure] = []
    position = 0
    for figure in _FIGURE.finditer(text):
        begin = max(position, figure.start() - _REACH)
        position = figure.end()
        window = text[begin : figure.start()]
        behind = _REQUESTS_BEHIND.match(text, figure.end())
        subject = _RECEIVED.search(window) if behind else _BEFORE.search(window)
        if subject is None:
            continue
        what = "requests_received" if behind else _named(subject)
        if (figure["unit"] in _MONEY) != (what in _OF_MONEY) and what != "procurement":
            continue
        number = numbers[bisect_right(starts, figure.start()) - 1]
        speaks_of = _speaks_of(text, begin + subject.start(), figure.start())
        found.append(
            ProseFigure(
                what,
                _number(figure["value"]),
                figure["unit"],
                text[max(0, begin + subject.start() - 6) : figure.end()][-_EXCERPT:],
                flat.places[number],
                speaks_of,
                _is_own(speaks_of, agency),
            )
        )
    return tuple(found)


def _named(subject: re.Match[str]) -> str:
    return _SUBJECTS[int(str(subject.lastgroup)[1:])][0]


def _joined(flat: FlatText, tables: Sequence[tuple[int, int]]) -> tuple[str, list[int], list[int]]:
    """Sentences run on over line ends; spaces between characters mean nothing. With the text, where
    in it each line begins and which line of the file that is."""
    outside = flat.text
    for begin, end in sorted(tables, reverse=True):
        outside = outside[:begin] + _SOMETHING.sub("。", outside[begin:end]) + outside[end:]
    pieces: list[str] = []
    starts: list[int] = []
    numbers: list[int] = []
    length = 0
    for number, line in enumerate(outside.split("\n")):
        text = "".join(line.split())
        if not text:
            continue
        if "|" in text or text.isdecimal():
            text = "。"
        starts.append(length)
        numbers.append(number)
        pieces.append(text)
        length += len(text)
    return "".join(pieces), starts, numbers


def _number(digits: str) -> int | Decimal:
    digits = digits.replace(",", "")
    return Decimal(digits) if "." in digits else int(digits)


def _speaks_of(text: str, start: int, end: int) -> str | None:
    """The last body named in the sentence before the figure."""
    begin = max(text.rfind(mark, 0, start) for mark in "。;") + 1
    named = [match[0] for match in _WHO.finditer(text, max(begin, start - 60), end)]
    return named[-1] if named else None


def _is_own(speaks_of: str | None, agency: str | None) -> bool | None:
    """Whether that is the reporting body: a government reports for its whole area, an office for
    itself."""
    if speaks_of is None:
        return None
    government = agency is not None and not agency.endswith(("局", "办公室", "办公厅", "委员会"))
    if _OWN.fullmatch(speaks_of):
        return True
    if _AREA.fullmatch(speaks_of):
        return government or None
    if agency is None:
        return None
    if "府办" in speaks_of:
        return agency.endswith(("办公室", "办公厅"))
    return agency.endswith(speaks_of)
