"""How the numbers of each kind of series are written: templates, filled in and checked by statute.

It draws no number and keeps no state.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from gongkai.agencies.errors import AgencyError
from gongkai.agencies.models import Agency
from statute.errors import StatuteError
from statute.numbering import LETTER_SERIES, parse_doc_number, parse_issue_number
from statute.register_numbers import (
    DEFAULT_INDEX_TEMPLATE,
    IndexParts,
    IndexTemplate,
    parse_reg_number,
)


@dataclass(frozen=True, slots=True)
class SeriesKind:
    """A kind of number, the template it has unless another is chosen, and how it must read."""

    key: str
    label: str
    default: str
    check: Callable[[str], object] | None = None


@dataclass(frozen=True, slots=True)
class Filling:
    """What a template is filled with besides the agency's own codes."""

    seq: int
    formed_on: date
    category: str = ""
    group: str = ""


# Letters, documents, unified numbers and rectification notices are read back by statute, which
# knows their forms; index and case numbers have the freedom of their template.
SERIES_KINDS: Mapping[str, SeriesKind] = MappingProxyType(
    {
        kind.key: kind
        for kind in (
            SeriesKind(
                "letter",
                "告知书编号",
                f"{{letter_code}}{LETTER_SERIES[0]}〔{{YYYY}}〕{{seq}}号",
                parse_doc_number,
            ),
            SeriesKind(
                "document", "发文字号", "{letter_code}发〔{YYYY}〕{seq}号", parse_doc_number
            ),
            SeriesKind("index", "索引号", DEFAULT_INDEX_TEMPLATE.text),
            SeriesKind("case", "申请登记编号", "{org_code}-{YYYY}-{seq:05d}"),
            SeriesKind("reg", "统一编号", "", parse_reg_number),
            SeriesKind(
                "rectification",
                "整改通知书期号",
                "政务公开整改通知书〔{YYYY}〕第{seq}期",
                parse_issue_number,
            ),
        )
    }
)


def series_kind(key: str) -> SeriesKind:
    """The kind of a series: what stands before the dot of its key ("letter.答复").

    AgencyError for a kind that is not known.
    """
    kind, _, word = key.partition(".")
    if kind not in SERIES_KINDS or ("." in key and not word.strip()):
        raise AgencyError(f"没有这种编号：{key}", field="key")
    return SERIES_KINDS[kind]


def label_of(key: str) -> str:
    """The series in Chinese: 告知书编号, 告知书编号（答复）."""
    kind = series_kind(key)
    word = key.partition(".")[2]
    return f"{kind.label}（{word}）" if word else kind.label


def check_template(key: str, template: str, *, agency: Agency, year: int) -> None:
    """AgencyError where the template could not number a first document of that year."""
    write(key, template, agency=agency, filling=Filling(1, date(year, 1, 1), "A", "1"))


def write(key: str, template: str, *, agency: Agency, filling: Filling) -> str:
    """The number as it stands on the document.

    Variables: {letter_code} (机关代字), {org_code} (索引号机关代码, else the agency's code),
    {region}, {department}, {category}, {group}, {YYYY}, {MM}, {date}, {seq} or {seq:05d}.
    AgencyError where a code is missing or the result is not a number of this kind.
    """
    kind = series_kind(key)
    if not template:
        raise AgencyError(f"{kind.label}没有样式，请先启用编号序列并填写样式", field="template")
    if "{letter_code}" in template and not agency.letter_code:
        raise AgencyError(f"“{agency.name}”没有填写机关代字，不能编{kind.label}")
    text = template.replace("{letter_code}", agency.letter_code)
    parts = IndexParts(
        formed_on=filling.formed_on,
        seq=filling.seq,
        org_code=agency.index_code or agency.code,
        region=agency.region or None,
        department=agency.department_code or None,
        category=filling.category or None,
        group=filling.group or None,
    )
    try:
        number = IndexTemplate(text).render(parts)
        if kind.check is not None:
            kind.check(number)
    except (StatuteError, ValueError) as error:
        raise AgencyError(f"{kind.label}样式“{template}”：{error}", field="template") from error
    return number
