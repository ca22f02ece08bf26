"""Prints the days of a period one by one: which counts as which number, which not, and why."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from statute.calendars import Day, DayKind
from statute.deadlines import Deadline
from statute.units import TimeUnit


def chinese_day(day: date) -> str:
    """2026-02-10（周二）."""
    return f"{day.isoformat()}（周{'一二三四五六日'[day.weekday()]}）"


def day_lines(deadline: Deadline) -> Iterator[str]:
    """One line a day, from the day after the start to the due date."""
    yield f"  {chinese_day(deadline.start)}  起算日，当日不计入"
    counted = 0
    for day in deadline.days:
        counted += day.counts
        yield f"  {chinese_day(day.date)}  {_what(day, counted, deadline)}"


def _what(day: Day, counted: int, deadline: Deadline) -> str:
    source = f"（{day.notice}）" if day.notice else ""
    if deadline.unit is not TimeUnit.WORKDAY:
        rolled = "" if day.counts or day.date < (deadline.rolled_from or day.date) else "，顺延"
        return f"{day.reason}{source}{rolled}"
    if day.counts:
        note = "" if day.reason == "工作日" else f"  {day.reason}{source}"
        return f"第 {counted:>2} 个工作日{note}"
    if day.kind is DayKind.SUSPENDED:
        return f"不计  {day.reason}"
    return f"不计  {day.reason}{source}"


def summary_line(deadline: Deadline) -> str:
    """The due date and how it came about, in one sentence."""
    mark = "（暂定：放假通知公布后可能变动）" if deadline.provisional else ""
    text = f"到期日 {chinese_day(deadline.due)}{mark}：{deadline.n} {deadline.unit.label}"
    if deadline.unit is TimeUnit.WORKDAY:
        return f"{text}，其间 {len(deadline.skipped)} 天不计"
    if deadline.rolled_from is not None:
        return f"{text}，末日 {chinese_day(deadline.rolled_from)} 是休假日，顺延到其后第一个工作日"
    return text


def days_as_data(deadline: Deadline) -> list[dict[str, object]]:
    """The same days for programs: date, number among the counted (or null), reason, notice."""
    rows: list[dict[str, object]] = []
    counted = 0
    for day in deadline.days:
        counted += day.counts
        rows.append(
            {
                "date": day.date.isoformat(),
                "counted": counted if day.counts else None,
                "reason": day.reason,
                "notice": day.notice,
            }
        )
    return rows
