"""One holiday notice: which days are off, which weekend days are worked, and who says so.

A notice is stored as issued; which of several notices holds for a day is the calendar's question.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from statute.citations import Mark
from statute.errors import StatuteError


class NoticeError(StatuteError):
    """A holiday notice as entered contradicts itself; the message names the place."""


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """A day that a notice makes a day off (`working` False) or a working day (True)."""

    date: date
    working: bool
    name: str


@dataclass(frozen=True, slots=True)
class Notice:
    """A holiday notice of a year (全国年节及纪念日放假办法 art. 7: arranged by notice).

    `region` is empty for the whole country, otherwise an administrative division code such as
    513400; a local notice may add to the national one or override a day of it.
    """

    year: int
    number: str
    issued_on: date
    days: tuple[SpecialDay, ...]
    mark: Mark = Mark.VERIFIED
    number_mark: Mark = Mark.VERIFIED
    region: str = ""
    remark: str = ""

    def __post_init__(self) -> None:
        seen: dict[date, SpecialDay] = {}
        for special in self.days:
            before = seen.setdefault(special.date, special)
            if before.working != special.working:
                raise NoticeError(f"{self.name}：{special.date} 既放假又上班")
            if abs(special.date.year - self.year) > 1:
                raise NoticeError(f"{self.name}：{special.date} 不属于 {self.year} 年前后")

    @property
    def name(self) -> str:
        """How the notice is cited in an explanation: its number, or its title without one."""
        return self.number or f"关于{self.year}年部分节假日安排的通知"


def notices_from_toml(text: str, *, source: str) -> tuple[Notice, ...]:
    """Reads the notices of one year from TOML (docs/how-to/enter-a-holiday-notice.md).

    `source` names the file in errors. Raises NoticeError for anything missing or contradictory.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise NoticeError(f"{source}：不是有效的 TOML：{error}") from error
    year = data.get("year")
    if not isinstance(year, int):
        raise NoticeError(f"{source}：缺少整数 year（通知所属年度）")
    entries = data.get("notice")
    if not isinstance(entries, list) or not entries:
        raise NoticeError(f"{source}：至少要有一份 [[notice]]")
    return tuple(
        _notice(entry, year=year, source=f"{source} 第{position}份通知")
        for position, entry in enumerate(entries, start=1)
    )


def _notice(entry: Mapping[str, Any], *, year: int, source: str) -> Notice:
    mark = _mark(entry.get("mark", "verified"), source)
    days = (*_days_off(entry, source), *_days_worked(entry, source))
    if not days:
        raise NoticeError(f"{source}：没有写任何放假日或上班日")
    return Notice(
        year=year,
        number=str(entry.get("number", "")),
        issued_on=_date(entry.get("issued_on"), f"{source} issued_on"),
        days=tuple(sorted(days, key=lambda special: special.date)),
        mark=mark,
        number_mark=_mark(entry.get("number_mark", mark), source),
        region=str(entry.get("region", "")),
        remark=str(entry.get("remark", "")),
    )


def _days_off(entry: Mapping[str, Any], source: str) -> Iterator[SpecialDay]:
    for holiday in entry.get("holidays", []):
        name = holiday.get("name")
        if not name:
            raise NoticeError(f"{source}：有一个假期没有名称")
        for span in holiday.get("days", []):
            first = _date(span.get("first"), f"{source} {name} first")
            last = _date(span.get("last", first), f"{source} {name} last")
            if last < first or (last - first).days > 31:
                raise NoticeError(f"{source}：{name} 的起止日期不对：{first} 至 {last}")
            for offset in range((last - first).days + 1):
                yield SpecialDay(first + timedelta(days=offset), working=False, name=name)


def _days_worked(entry: Mapping[str, Any], source: str) -> Iterator[SpecialDay]:
    for worked in entry.get("working", []):
        yield SpecialDay(_date(worked, f"{source} working"), working=True, name="调休上班")


def _date(value: object, place: str) -> date:
    if type(value) is not date:
        raise NoticeError(f"{place}：应为日期（如 2026-10-01），读到 {value!r}")
    return value


def _mark(value: object, source: str) -> Mark:
    try:
        return Mark(str(value))
    except ValueError as error:
        raise NoticeError(f"{source}：mark 只能是 verified、memory 或 practice") from error
