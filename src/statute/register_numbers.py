"""Numbers under which documents are registered: 索引号 by template, 统一编号 as in Zhejiang.

Draws no number: a template only writes and reads; the series is the office's.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from statute.citations import Mark, cite
from statute.numbering import NumberingError

_CODE = "[0-9A-Za-z]+"
_VARIABLES: Mapping[str, str] = MappingProxyType(
    {
        "org_code": f"{_CODE}(?:-{_CODE})*",
        "region": _CODE,
        "department": _CODE,
        "category": _CODE,
        "group": _CODE,
        "YYYY": "(?:19|20)[0-9]{2}",
        "MM": "(?:0[1-9]|1[0-2])",
        "date": "(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])",
    }
)
_FIELD = re.compile(r"\{([A-Za-z_]+)(?::0([1-9])d)?\}")


@dataclass(frozen=True, slots=True)
class IndexParts:
    """What an index number is made of; codes that a template does not use stay None."""

    formed_on: date
    seq: int
    org_code: str | None = None
    region: str | None = None
    department: str | None = None
    category: str | None = None
    group: str | None = None


@dataclass(frozen=True, slots=True)
class IndexTemplate:
    """A form of index number such as `{org_code}/{YYYY}-{seq:05d}`.

    Variables: org_code, region, department, category, group, YYYY, MM, date (YYYYMMDD) and seq,
    which must be there once; `:05d` fills it up with noughts. ValueError for anything else.
    """

    text: str
    mark: Mark = Mark.PRACTICE

    def __post_init__(self) -> None:
        names = [match[1] for match in _FIELD.finditer(self.text)]
        known = all(name == "seq" or name in _VARIABLES for name in names)
        padded = [match[1] for match in _FIELD.finditer(self.text) if match[2]]
        stray = re.search(r"[{}\s]", _FIELD.sub("", self.text))
        if not known or stray or len(set(names)) != len(names) or names.count("seq") != 1:
            raise ValueError(f"索引号模板写法不对：{self.text}")
        if padded not in ([], ["seq"]):
            raise ValueError(f"只有 seq 可以补足位数：{self.text}")

    def render(self, parts: IndexParts) -> str:
        """The number; NumberingError when a code is missing or written with other characters."""
        if parts.seq < 1:
            raise NumberingError(f"流水号从 1 开始：{parts.seq}")
        return _FIELD.sub(lambda match: _value(match, parts), self.text)

    def read(self, text: str) -> Mapping[str, str] | None:
        """The parts of a number written on this template, by variable; None when it is not."""
        match = re.fullmatch(self._pattern(), text)
        return None if match is None else match.groupdict()

    def _pattern(self) -> str:
        pattern, done = "", 0
        for field in _FIELD.finditer(self.text):
            name = field[1]
            shape = f"[0-9]{{{field[2] or 1},}}" if name == "seq" else _VARIABLES[name]
            pattern += re.escape(self.text[done : field.start()]) + f"(?P<{name}>{shape})"
            done = field.end()
        return pattern + re.escape(self.text[done:])


def _value(field: re.Match[str], parts: IndexParts) -> str:
    name = field[1]
    if name == "seq":
        return f"{parts.seq:0{int(field[2] or 1)}d}"
    day = parts.formed_on
    dates = {"YYYY": f"{day:%Y}", "MM": f"{day:%m}", "date": f"{day:%Y%m%d}"}
    if name in dates:
        return dates[name]
    code: str | None = getattr(parts, name)
    if code is None or re.fullmatch(_VARIABLES[name], code) is None:
        raise NumberingError(f"索引号缺少“{name}”或者其中有字母、数字以外的字符：{code}")
    return code


INDEX_SOURCE = cite("index_practice#模板")
DEFAULT_INDEX_TEMPLATE = IndexTemplate("{org_code}/{YYYY}-{seq:05d}")
# As seen on published pages: by year and month, and in six parts.
INDEX_TEMPLATES: Mapping[str, IndexTemplate] = MappingProxyType(
    {
        "year": DEFAULT_INDEX_TEMPLATE,
        "month": IndexTemplate("{org_code}/{YYYY}{MM}-{seq:05d}", mark=Mark.VERIFIED),
        "six_parts": IndexTemplate(
            "{region}-{department}-{category}-{group}-{date}-{seq}", mark=Mark.VERIFIED
        ),
    }
)


class RegLevel(StrEnum):
    """Whose normative document it is."""

    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"


# Letters of the cities: only 衢州 is seen in a published number.
CITY_LETTERS: Mapping[str, tuple[str, Mark]] = MappingProxyType(
    {
        "杭州": ("A", Mark.MEMORY),
        "宁波": ("B", Mark.MEMORY),
        "温州": ("C", Mark.MEMORY),
        "衢州": ("H", Mark.VERIFIED),
    }
)
# The two places of the department: the government itself, and its office.
REG_GOVERNMENT = ("00", Mark.MEMORY)
REG_GOVERNMENT_OFFICE = ("01", Mark.VERIFIED)
REG_SOURCES = {
    RegLevel.PROVINCE: cite("zhejiang_normative#省级统一编号"),
    RegLevel.CITY: cite("zhejiang_normative#市级统一编号"),
    RegLevel.COUNTY: cite("zhejiang_normative#县级统一编号"),
}


@dataclass(frozen=True, slots=True)
class RegNumber:
    """统一编号: four letters and the department, year, number: HCSD01-2023-0006.

    `city` is one letter, `county` two; the province has neither, a city no county.
    """

    level: RegLevel
    department: str
    year: int
    seq: int
    city: str = ""
    county: str = ""

    def __post_init__(self) -> None:
        if _REG.fullmatch(str(self)) is None or _reg_level(str(self)) is not self.level:
            raise NumberingError(f"统一编号的组成不对：{self}")

    def __str__(self) -> str:
        letters = {
            RegLevel.PROVINCE: "ZJSP",
            RegLevel.CITY: f"ZJ{self.city}C",
            RegLevel.COUNTY: f"{self.city}{self.county}D",
        }[self.level]
        return f"{letters}{self.department}-{self.year}-{self.seq:04d}"


_REG = re.compile(r"([A-Z]{4})([0-9]{2})-([0-9]{4})-([0-9]{4})")


def _reg_level(text: str) -> RegLevel | None:
    if text.startswith("ZJSP"):
        return RegLevel.PROVINCE
    if text.startswith("ZJ") and text[3] == "C":
        return RegLevel.CITY
    return RegLevel.COUNTY if text[3] == "D" else None


def parse_reg_number(text: str) -> RegNumber:
    """A unified number taken apart; NumberingError when its form or level is none known."""
    match = _REG.fullmatch(text)
    level = None if match is None else _reg_level(text)
    if match is None or level is None:
        raise NumberingError(f"统一编号应如 HCSD01-2023-0006：{text}")
    letters = match[1]
    city = {RegLevel.PROVINCE: "", RegLevel.CITY: letters[2], RegLevel.COUNTY: letters[0]}[level]
    county = letters[1:3] if level is RegLevel.COUNTY else ""
    return RegNumber(level, match[2], int(match[3]), int(match[4]), city, county)
