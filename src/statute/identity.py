"""Recognises numbers that point to a person or a body: ID cards, credit codes, phones, cards …

Decides nothing about publication and hides nothing itself: see statute.masking. Text is never
kept, a finding holds only its place. Time is linear in the length of the text: every pattern is
bounded and every search starts from a fixed point.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from statute.check_digits import (
    CREDIT_SHAPE,
    RESIDENT_SHAPE,
    fold,
    is_credit_code,
    is_old_resident_id,
    is_resident_id,
    passes_luhn,
)
from statute.citations import cite

# Why they are looked for: privacy of third parties, and sensitive personal information.
SOURCES = (cite("regulations#15"), cite("personal_information_law#28"))


class Kind(StrEnum):
    """What a number or address is."""

    RESIDENT_ID = "resident_id"
    OLD_RESIDENT_ID = "old_resident_id"
    CREDIT_CODE = "credit_code"
    MOBILE = "mobile"
    LANDLINE = "landline"
    BANK_CARD = "bank_card"
    PASSPORT = "passport"
    HONG_KONG_MACAU_PERMIT = "hong_kong_macau_permit"
    TAIWAN_PERMIT = "taiwan_permit"
    MILITARY_ID = "military_id"
    PLATE = "plate"
    EMAIL = "email"
    SOCIAL_ACCOUNT = "social_account"

    @property
    def label(self) -> str:
        """The kind in Chinese."""
        return _LABELS[self]

    @property
    def personal(self) -> bool:
        """Whether it points to a person; a credit code names a body and is not masked."""
        return self is not Kind.CREDIT_CODE


_LABELS = {
    Kind.RESIDENT_ID: "居民身份证号码",
    Kind.OLD_RESIDENT_ID: "居民身份证号码（15位）",
    Kind.CREDIT_CODE: "统一社会信用代码",
    Kind.MOBILE: "手机号码",
    Kind.LANDLINE: "固定电话",
    Kind.BANK_CARD: "银行卡号或者账号",
    Kind.PASSPORT: "护照号码",
    Kind.HONG_KONG_MACAU_PERMIT: "港澳通行证件号码",
    Kind.TAIWAN_PERMIT: "台湾通行证件号码",
    Kind.MILITARY_ID: "军人证件号码",
    Kind.PLATE: "机动车号牌",
    Kind.EMAIL: "电子邮箱",
    Kind.SOCIAL_ACCOUNT: "社交账号",
}


class Certainty(StrEnum):
    """Certain: the form admits no other reading, or the check digit agrees; else suspected."""

    CERTAIN = "certain"
    SUSPECTED = "suspected"


@dataclass(frozen=True, slots=True)
class Finding:
    """A place in the text given to `find`: `text[start:end]`, separators inside included."""

    kind: Kind
    start: int
    end: int
    certainty: Certainty


@dataclass(frozen=True, slots=True)
class _Span:
    kind: Kind
    start: int
    end: int
    certain: bool


def find(text: str) -> tuple[Finding, ...]:
    """Every number or address of `Kind` in a text, in order, none overlapping another.

    Full-width characters, invisible characters and spacing inside a number do not hide it.
    Where two readings overlap, the one first in `_SCANNERS` stands.
    """
    folded, origin = fold(text)
    taken = bytearray(len(folded))
    findings = []
    for scanner in _SCANNERS:
        for span in scanner(folded):
            if taken.find(1, span.start, span.end) != -1:
                continue
            taken[span.start : span.end] = b"\x01" * (span.end - span.start)
            certainty = Certainty.CERTAIN if span.certain else Certainty.SUSPECTED
            start, end = origin[span.start], origin[span.end - 1] + 1
            findings.append(Finding(span.kind, start, end, certainty))
    return tuple(sorted(findings, key=lambda finding: finding.start))


_LOOK_BACK = 12  # characters before a number in which a heading like 身份证号码： may stand


def _named(text: str, start: int, words: Iterable[str]) -> bool:
    before = text[max(0, start - _LOOK_BACK) : start]
    return any(word in before for word in words)


_LOCAL_LETTERS = re.compile(r"[A-Za-z0-9._%+-]{1,64}$")
_DOMAIN = re.compile(r"(?:[A-Za-z0-9][A-Za-z0-9-]{0,62}\.){1,5}[A-Za-z]{2,10}(?![A-Za-z0-9-])")


def _emails(text: str) -> Iterator[_Span]:
    at = text.find("@")
    while at != -1:
        first = max(0, at - 64)
        local = _LOCAL_LETTERS.search(text[first:at]) if at > first else None
        domain = _DOMAIN.match(text, at + 1)
        if local is not None and domain is not None:
            yield _Span(Kind.EMAIL, first + local.start(), domain.end(), certain=True)
        at = text.find("@", at + 1)


_EIGHTEEN = re.compile(
    r"(?<![0-9])[0-9]{17}[0-9Xx](?![0-9])|(?<![0-9A-Za-z])[0-9A-Za-z]{18}(?![0-9A-Za-z])"
)


def _eighteen(text: str) -> Iterator[_Span]:
    """ID numbers and credit codes written without gaps, told from each other."""
    for match in _EIGHTEEN.finditer(text):
        judged = _judge_eighteen(match[0].upper())
        if judged is not None:
            kind, certain = judged
            yield _Span(kind, match.start(), match.end(), certain)


def _judge_eighteen(value: str) -> tuple[Kind, bool] | None:
    """In doubt it is a person's: a wrong credit code costs a look, a leaked ID cannot be undone."""
    if is_resident_id(value):
        return Kind.RESIDENT_ID, not is_credit_code(value)
    if RESIDENT_SHAPE.fullmatch(value):
        return Kind.RESIDENT_ID, False
    if is_credit_code(value):
        return Kind.CREDIT_CODE, True
    if CREDIT_SHAPE.fullmatch(value) and not value.isdigit():
        return Kind.CREDIT_CODE, False
    return None


_GROUP = re.compile(r"(?<![0-9A-Za-z])(?:[0-9]{1,18}[Xx]?|[0-9]{19}|[Xx])(?![0-9A-Za-z])")
_GAP = re.compile(r"[ \t-]{1,3}|[ \t]{0,3}\n[ \t]{0,3}")
_LENGTHS = frozenset((11, 16, 17, 18, 19))  # mobiles, cards, IDs
_LONGEST = max(_LENGTHS)


def _spaced(text: str) -> Iterator[_Span]:
    """ID numbers, cards and mobiles written in groups: 3303 9919 …, 138-1234-5678, one per box."""
    groups = [(match.start(), match.end()) for match in _GROUP.finditer(text)]
    linked = [
        _GAP.fullmatch(text, end, start) is not None for (_, end), (start, _) in pairwise(groups)
    ]
    for first, last in _chains(groups, linked):
        parts = [text[start:end] for start, end in groups[first : last + 1]]
        before = first > 0 and linked[first - 1]
        after = last < len(linked) and linked[last]
        start, end = groups[first][0], groups[last][1]
        judged = _judge_groups(parts, alone=not (before or after), broken="\n" in text[start:end])
        if judged is not None:
            yield _Span(judged[0], start, end, judged[1])


def _chains(groups: Sequence[tuple[int, int]], linked: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """First and last of every run of linked groups whose letters together make a likely length."""
    sizes = [end - start for start, end in groups]
    for first in range(len(linked)):
        length, last = sizes[first], first
        while last < len(linked) and linked[last] and length < _LONGEST:
            last += 1
            length += sizes[last]
            if length in _LENGTHS:
                yield first, last


def _judge_groups(parts: Sequence[str], *, alone: bool, broken: bool) -> tuple[Kind, bool] | None:
    """`alone`: no other number stands beside them; `broken`: they run over the end of a line."""
    value = "".join(parts).upper()
    if is_resident_id(value):
        return Kind.RESIDENT_ID, alone and not broken
    if broken:
        return None
    if alone and RESIDENT_SHAPE.fullmatch(value):
        return Kind.RESIDENT_ID, False
    sizes = tuple(map(len, parts))
    if sizes[:4] == (4, 4, 4, 4) and value.isdigit() and passes_luhn(value):
        return Kind.BANK_CARD, alone and value.startswith("62")
    if _MOBILE_SHAPE.fullmatch(value) and min(sizes) >= 3:
        return Kind.MOBILE, alone and sizes == (3, 4, 4)
    return None


_CARD = re.compile(r"(?<![0-9])[0-9]{16,19}(?![0-9])")
_CARD_WORDS = ("卡号", "账号", "帐号", "账户", "银行卡", "一卡通", "社保卡")


def _cards(text: str) -> Iterator[_Span]:
    for match in _CARD.finditer(text):
        named = _named(text, match.start(), _CARD_WORDS)
        checked = passes_luhn(match[0])
        if checked or named:
            certain = checked and (named or match[0].startswith("62"))
            yield _Span(Kind.BANK_CARD, match.start(), match.end(), certain)


_FIFTEEN = re.compile(r"(?<![0-9A-Za-z])[0-9]{15}(?![0-9A-Za-z])")


def _old_ids(text: str) -> Iterator[_Span]:
    for match in _FIFTEEN.finditer(text):
        if is_old_resident_id(match[0]):
            certain = _named(text, match.start(), ("身份证",))
            yield _Span(Kind.OLD_RESIDENT_ID, match.start(), match.end(), certain)


_MOBILE_SHAPE = re.compile(r"1[3-9][0-9]{9}")
_MOBILE = re.compile(r"(?<![0-9])(?:(?:00)?86)?(1[3-9][0-9]{9})(?![0-9])")
_FRACTION = re.compile(r"\.[0-9]")
_WHOLE = re.compile(r"[0-9]\.")


def _mobiles(text: str) -> Iterator[_Span]:
    for match in _MOBILE.finditer(text):
        start, end = match.span(1)
        # 13812345678.50 and 0.13812345678 are amounts rather than telephones.
        amount = _FRACTION.match(text, end) or _WHOLE.match(text, max(0, start - 2))
        yield _Span(Kind.MOBILE, start, end, not amount)


_LANDLINE = re.compile(r"(?<![0-9A-Za-z])\(?0[0-9]{2,3}(?:\) ?|-| )?[0-9]{7,8}(?![0-9A-Za-z])")
_AREA = re.compile(r"\(?(?:010|02[0-9]|0[3-9][0-9]{2})[) -]")


def _landlines(text: str) -> Iterator[_Span]:
    for match in _LANDLINE.finditer(text):
        certain = _AREA.match(match[0]) is not None
        yield _Span(Kind.LANDLINE, match.start(), match.end(), certain)


def _bounded(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![0-9A-Za-z])(?:{pattern})(?![0-9A-Za-z])")


# Kind, form, words that make it certain, and whether it is worth reporting without them.
_DOCUMENTS = (
    (Kind.PASSPORT, _bounded("[DEGPS][0-9]{8}|[DEGPS][A-Z][0-9]{7}"), ("护照",), True),
    (
        Kind.HONG_KONG_MACAU_PERMIT,
        _bounded("[HM][0-9]{8}(?:[0-9]{2})?|[CW][0-9]{8}|C[A-Z][0-9]{7}"),
        ("通行证", "港澳", "回乡证"),
        True,
    ),
    (Kind.TAIWAN_PERMIT, _bounded("[TL][0-9]{8}"), ("通行证", "台胞证", "台湾"), True),
    (Kind.TAIWAN_PERMIT, _bounded("[0-9]{8}(?:[0-9]{2})?"), ("台胞证", "来往大陆通行证"), False),
    (
        Kind.MILITARY_ID,
        re.compile(r"[\u4e00-\u9fff]字第?[0-9]{6,8}号?"),
        ("军官证", "士官证", "士兵证", "文职干部证"),
        False,
    ),
)


def _documents(text: str) -> Iterator[_Span]:
    for kind, pattern, words, unnamed in _DOCUMENTS:
        for match in pattern.finditer(text):
            named = _named(text, match.start(), words)
            if named or unnamed:
                yield _Span(kind, match.start(), match.end(), named)


# 浙C12345, 浙CD12345 (new energy), 浙C1234警
_PLATE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][·• ]?"
    r"(?=[A-HJ-NP-Z]{0,5}[0-9])"
    r"(?:[A-HJ-NP-Z0-9]{5,6}|[A-HJ-NP-Z0-9]{4}[挂学警港澳])(?![0-9A-Za-z])"
)


def _plates(text: str) -> Iterator[_Span]:
    for match in _PLATE.finditer(text):
        yield _Span(Kind.PLATE, match.start(), match.end(), certain=True)


_SOCIAL = re.compile(
    r"(?:QQ|qq)号?码?[: ]{0,2}([1-9][0-9]{4,10})(?![0-9])"
    r"|微信号?[: ]{1,2}([A-Za-z][A-Za-z0-9_-]{5,19})(?![A-Za-z0-9_-])"
)


def _social_accounts(text: str) -> Iterator[_Span]:
    for match in _SOCIAL.finditer(text):
        start, end = match.span(match.lastindex or 0)
        yield _Span(Kind.SOCIAL_ACCOUNT, start, end, certain=True)


_SCANNERS = (
    _emails,
    _eighteen,
    _spaced,
    _cards,
    _old_ids,
    _social_accounts,
    _mobiles,
    _landlines,
    _documents,
    _plates,
)
