"""How what points to a person is written once it is public: 35*************123, 138****1234, 张某.

Works on characters only: that no text layer, hidden column or revision of a file keeps the
original is the duty of whoever writes the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from statute.citations import Citation, Mark, cite
from statute.dated import Period
from statute.identity import Finding, Kind

_ALWAYS = Period()
_STYLES_SOURCE = cite("house_practice#脱敏样式")


@dataclass(frozen=True, slots=True)
class MaskStyle:
    """Which letters and digits of a value stay: the first `head`, the last `tail`.

    Spaces and hyphens inside the value stay where they are and are not counted. With `hide_last`
    only so many at the end are hidden and everything before them stays.
    """

    id: str
    kind: Kind
    head: int
    tail: int
    hide_last: int | None = None
    mark: Mark = Mark.PRACTICE
    source: Citation = _STYLES_SOURCE
    in_force: Period = _ALWAYS


# The first style of a kind is the one used unless an office chooses another. For resident IDs
# the stricter of the two usual styles stands first; law.md names no national rule.
MASK_STYLES: tuple[MaskStyle, ...] = (
    MaskStyle("resident_id_2_3", Kind.RESIDENT_ID, 2, 3, mark=Mark.VERIFIED),
    MaskStyle("resident_id_6_4", Kind.RESIDENT_ID, 6, 4),
    MaskStyle("resident_id_birthday", Kind.RESIDENT_ID, 10, 4),  # month and day of birth hidden
    MaskStyle("old_resident_id_2_3", Kind.OLD_RESIDENT_ID, 2, 3),
    MaskStyle("mobile_3_4", Kind.MOBILE, 3, 4, mark=Mark.VERIFIED),
    MaskStyle("landline_last_4", Kind.LANDLINE, 0, 0, hide_last=4),
    MaskStyle("bank_card_last_4", Kind.BANK_CARD, 0, 4),
    MaskStyle("passport_2_2", Kind.PASSPORT, 2, 2),
    MaskStyle("hong_kong_macau_permit_2_2", Kind.HONG_KONG_MACAU_PERMIT, 2, 2),
    MaskStyle("taiwan_permit_2_2", Kind.TAIWAN_PERMIT, 2, 2),
    MaskStyle("military_id_3_2", Kind.MILITARY_ID, 3, 2),
    MaskStyle("plate_2_2", Kind.PLATE, 2, 2),
    MaskStyle("email_1", Kind.EMAIL, 1, 0),
    MaskStyle("social_account_1_1", Kind.SOCIAL_ACCOUNT, 1, 1),
)


def mask_style(style_id: str) -> MaskStyle:
    """The style called so; KeyError otherwise."""
    return {style.id: style for style in MASK_STYLES}[style_id]


def masks_on(day: date) -> dict[Kind, MaskStyle]:
    """The usual style of each kind on a day; credit codes have none, they name a body."""
    usual: dict[Kind, MaskStyle] = {}
    for style in MASK_STYLES:
        if style.in_force.covers(day):
            usual.setdefault(style.kind, style)
    return usual


def mask_value(value: str, style: MaskStyle) -> str:
    """One number or address masked; a value too short for the style is hidden altogether."""
    if style.kind is Kind.EMAIL and "@" in value:
        local, _, domain = value.rpartition("@")
        return f"{local[: style.head]}***@{domain}"  # three stars whatever the length
    places = [place for place, letter in enumerate(value) if letter.isalnum()]
    if style.hide_last is not None:
        hidden = places[-style.hide_last :]
    elif len(places) <= style.head + style.tail:
        hidden = places
    else:
        hidden = places[style.head : len(places) - style.tail]
    letters = list(value)
    for place in hidden:
        letters[place] = "*"
    return "".join(letters)


def mask_text(text: str, findings: Iterable[Finding], styles: Mapping[Kind, MaskStyle]) -> str:
    """A text with the findings masked; kinds without a style are left as they stand.

    The findings are those of `statute.identity.find` on this very text, all or a selection.
    """
    parts, done = [], 0
    for finding in sorted(findings, key=lambda found: found.start):
        style = styles.get(finding.kind)
        if style is None:
            continue
        parts += [text[done : finding.start], mask_value(text[finding.start : finding.end], style)]
        done = finding.end
    return "".join([*parts, text[done:]])


class NameStyle(StrEnum):
    """How a person's name is shortened, for minors, recipients of aid and parties to a case."""

    STAR = "*"  # 张*
    MOU = "某"  # 张某


# Surnames of two characters that are common enough to meet; a missing one shows one character.
_COMPOUND_SURNAMES = frozenset(
    re.findall(
        "..",
        "欧阳太史端木上官司马东方独孤南宫万俟闻人夏侯诸葛尉迟公羊赫连澹台皇甫宗政"
        "濮阳公冶太叔申屠公孙慕容仲孙钟离长孙宇文司徒鲜于司空令狐呼延",
    )
)


def mask_name(name: str, style: NameStyle = NameStyle.STAR) -> str:
    """The surname and one sign for the rest, so that the length of the name is hidden too."""
    plain = "".join(name.split())
    surname = plain[:2] if len(plain) > 2 and plain[:2] in _COMPOUND_SURNAMES else plain[:1]
    return f"{surname}{style.value}"


_HAN = r"[\u4e00-\u9fff]"
_UPPER_LEVELS = tuple(
    re.compile(rf"{_HAN}{{1,12}}?(?:{suffixes})")
    for suffixes in ("省|自治区|特别行政区", "市|自治州|地区|盟", "自治县|县|区|市|旗")
)
_TOWNSHIP = re.compile(rf"{_HAN}{{1,12}}?(?:街道(?:办事处)?|镇|乡|苏木)")
NO_ADDRESS = "***"


def mask_address(address: str) -> str:
    """An address cut after its township or street office (乡镇、街道).

    Without one it is cut after the county or what stands above it; when not even that can be
    told, nothing is shown. A reading of names, not a gazetteer: it errs towards showing less.
    """
    plain = "".join(address.split())
    ends = [0]
    for level in _UPPER_LEVELS:
        match = level.match(plain, ends[-1])
        if match is not None:
            ends.append(match.end())
    deepest = ends[-1]
    township = _TOWNSHIP.match(plain, deepest)
    # 柳市镇, 新区街道: the name of a township may look like a city or district at first.
    if township is None and len(ends) > 1 and plain[deepest - 1] in "市区":
        beyond = _TOWNSHIP.match(plain, ends[-2])
        township = beyond if beyond is not None and beyond.end() > deepest else None
    return plain[: township.end()] if township else plain[:deepest] or NO_ADDRESS


@dataclass(frozen=True, slots=True)
class SensitiveHeading:
    """A column that should not be public: its place from 0, and what it would tell."""

    index: int
    about: str


# Columns that a provincial list has removed before publication; words matched inside a heading.
SENSITIVE_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "健康状况": ("健康", "病情", "疾病"),
    "残疾类别": ("残疾",),
    "病因": ("病因",),
    "财产": ("财产",),
    "社会关系": ("社会关系", "家庭成员"),
    "婚恋": ("婚姻", "婚恋", "婚否"),
    "计生、孕情": ("计生", "计划生育", "孕"),
    "出生日期": ("出生",),
    "生活经历": ("经历",),
}


def sensitive_headings(headings: Sequence[str]) -> tuple[SensitiveHeading, ...]:
    """The columns of a table whose headings name a private matter (regulations#15)."""
    return tuple(
        SensitiveHeading(index, about)
        for index, heading in enumerate(headings)
        for about, words in SENSITIVE_COLUMNS.items()
        if any(word in "".join(heading.split()) for word in words)
    )


# Where the law itself requires the name to be public, nothing is masked but the ID number.
MUST_BE_NAMED = ("行政处罚中的法人信息", "信用惩戒", "任前公示", "中标人")
