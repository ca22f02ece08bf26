"""`gongkai deadline`: when a period ends, with every day explained."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from gongkai.site.cli.arguments import (
    a_date,
    a_number,
    add_calendar,
    add_format,
    fail,
    not_announced,
    print_json,
    read_calendar,
)
from gongkai.site.cli.day_lines import day_lines, days_as_data, summary_line
from gongkai.site.cli.wording import ChineseParser
from statute.calendars import Calendar, CalendarNotAnnouncedError
from statute.deadlines import Deadline, calendar_days, months, working_days

_DESCRIPTION = """算到期日：从起算日次日起数，逐日说明。
算不出（放假安排未公布）时以 3 退出，并说明是哪一年。"""
_EXAMPLES = """\
  gongkai deadline 2026-02-10 --days 20 --explain
  gongkai deadline 2026-12-20 --days 20 --provisional
  gongkai deadline 2026-03-02 --calendar-days 60
  gongkai deadline 2026-03-02 --months 6 --format json"""


def main(arguments: Sequence[str]) -> int:
    """Parses, counts, prints."""
    given = _parser().parse_args(arguments)
    as_json = given.format == "json"
    try:
        found = _count(given, read_calendar(given))
    except CalendarNotAnnouncedError as error:
        not_announced(error.year, str(error), as_json=as_json)
    except (ValueError, OverflowError) as error:
        fail(f"不能计算：{error}")
    if as_json:
        print_json(_data(found))
        return 0
    if given.explain:
        for line in day_lines(found):
            print(line)
    print(summary_line(found))
    return 0


def _parser() -> ChineseParser:
    parser = ChineseParser("gongkai deadline", _DESCRIPTION, _EXAMPLES)
    parser.add_argument("start", type=a_date, metavar="日期", help="起算日（收到之日），当日不计入")
    length = parser.add_mutually_exclusive_group(required=True)
    length.add_argument("--days", type=a_number, metavar="N", help="多少个工作日")
    length.add_argument(
        "--calendar-days", type=a_number, metavar="N", help="多少日（自然日），末日逢休假日顺延"
    )
    length.add_argument("--months", type=a_number, metavar="N", help="多少个月，末日逢休假日顺延")
    parser.add_argument("--explain", action="store_true", help="逐日说明计入或不计的理由")
    add_calendar(parser)
    add_format(parser)
    return parser


def _count(given: argparse.Namespace, calendar: Calendar) -> Deadline:
    if given.days is not None:
        return working_days(given.start, given.days, calendar)
    if given.calendar_days is not None:
        return calendar_days(given.start, given.calendar_days, calendar)
    return months(given.start, given.months, calendar)


def _data(found: Deadline) -> dict[str, object]:
    return {
        "due": found.due.isoformat(),
        "provisional": found.provisional,
        "rolled_from": found.rolled_from,
        "days": days_as_data(found),
    }
