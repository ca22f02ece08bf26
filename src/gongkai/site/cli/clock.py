"""`gongkai clock`: a docket in, the explained clock out."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from gongkai.site.cli.arguments import (
    a_date,
    add_calendar,
    add_format,
    fail,
    not_announced,
    print_json,
    read_calendar,
    read_text,
)
from gongkai.site.cli.case_file import CaseFile, CaseFileError, read_case
from gongkai.site.cli.day_lines import chinese_day, day_lines, days_as_data, summary_line
from gongkai.site.cli.wording import ChineseParser
from statute.calendars import Calendar, CalendarNotAnnouncedError
from statute.clock import clock, days_left
from statute.clock_steps import ClockStep, clock_steps
from statute.clock_values import WAITING_LABELS, Clock
from statute.docket import Docket
from statute.errors import StatuteError
from statute.texts.anchors import brief
from statute.workflow import STATE_LABELS, RefusedError, state_of

_DESCRIPTION = """读一件申请的案卷，逐条说明期限怎样变化，算出到期日。
案卷中有违反规定的步骤时以 1 退出，文件有误以 2 退出，日期尚不能知道以 3 退出。"""
_EXAMPLES = """\
  gongkai clock examples/case.yaml
  gongkai clock examples/case.yaml --on 2026-04-10 --format json"""


def main(arguments: Sequence[str]) -> int:
    """Parses, reads the docket, prints the clock."""
    given = _parser().parse_args(arguments)
    as_json = given.format == "json"
    try:
        return _run(given, as_json=as_json)
    except CalendarNotAnnouncedError as error:
        not_announced(error.year, str(error), as_json=as_json)
    except (CaseFileError, StatuteError, ValueError) as error:
        fail(str(error))


def _parser() -> ChineseParser:
    parser = ChineseParser("gongkai clock", _DESCRIPTION, _EXAMPLES)
    parser.add_argument("case", type=Path, metavar="案卷文件", help="YAML 写的案卷，见 examples/")
    parser.add_argument("--on", type=a_date, metavar="日期", help="到这一天还剩几个工作日")
    add_calendar(parser)
    add_format(parser)
    return parser


def _run(given: argparse.Namespace, *, as_json: bool) -> int:
    calendar = read_calendar(given)
    file = read_case(read_text(given.case), given.case.name)
    reading = clock(file.docket, calendar)
    steps = clock_steps(file.docket, calendar)
    standing, lawful = _standing(file.docket)
    if as_json:
        left = None if given.on is None else days_left(reading, given.on, calendar)
        print_json(_data(reading, steps, standing, left))
    else:
        _print(file, reading, steps, standing)
        _print_left(reading, given.on, calendar)
    return 0 if lawful and not reading.breaches else 1


def _standing(docket: Docket) -> tuple[str, bool]:
    """The state in Chinese, or why the docket is not possible."""
    try:
        return STATE_LABELS[state_of(docket)], True
    except RefusedError as error:
        return f"案卷不合流程：{error}", False


def _print(file: CaseFile, reading: Clock, steps: tuple[ClockStep, ...], standing: str) -> None:
    if file.subject:
        print(file.subject)
    shown: date | None = None
    for step in steps:
        source = "" if step.citation is None else f"〔{brief(step.citation)}〕"
        print(f"{step.on}  {step.text}{source}")
        for breach in step.breaches:
            print(f"            ✗ {breach}")
        if step.due is not None and step.due != shown:
            print(f"            到期日 {step.due}")
        shown = step.due
    print()
    print(f"现状：{standing}")
    for waiting in reading.waiting:
        print(f"      {WAITING_LABELS[waiting]}")
    for inner in reading.inner_dates:
        print(f"      {inner.name} {chinese_day(inner.due)}〔{brief(inner.citation)}〕")
    print(f"      尚可延长 {reading.extension_left} 个工作日")
    _print_days(reading)


def _print_days(reading: Clock) -> None:
    if reading.deadline is not None:
        print()
        for line in day_lines(reading.deadline):
            print(line)
        print(summary_line(reading.deadline))
    elif reading.due is not None:
        print(f"到期日 {chinese_day(reading.due)}：按告知的延迟答复日期")
    else:
        print("到期日：期限没有在计算（或还不能知道），见上")


def _print_left(reading: Clock, day: date | None, calendar: Calendar) -> None:
    if day is None:
        return
    left = days_left(reading, day, calendar)
    if left is None:
        print(f"{chinese_day(day)}：期限没有在计算")
    elif left < 0:
        print(f"{chinese_day(day)}：已逾期 {-left} 个工作日")
    else:
        print(f"{chinese_day(day)}：还剩 {left} 个工作日")


def _data(
    reading: Clock, steps: tuple[ClockStep, ...], standing: str, left: int | None
) -> dict[str, object]:
    return {
        "received_on": reading.received_on,
        "due": reading.due,
        "provisional": reading.provisional,
        "state": standing,
        "waiting": list(reading.waiting),
        "extension_left": reading.extension_left,
        "stopped_on": reading.stopped_on,
        "on_time": reading.on_time,
        "days_late": reading.days_late,
        "days_left": left,
        "inner_dates": [{"name": i.name, "due": i.due} for i in reading.inner_dates],
        "breaches": [
            {"on": b.on, "text": b.text, "article": b.citation.short} for b in reading.breaches
        ],
        "steps": [{"on": s.on, "text": s.text, "due": s.due} for s in steps],
        "days": [] if reading.deadline is None else days_as_data(reading.deadline),
    }
