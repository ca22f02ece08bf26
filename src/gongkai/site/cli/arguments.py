"""Reads what users type: dates, numbers, formats, notice files; wrong input ends with exit 2.

Nothing here knows the law; a date is only a date.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import unicodedata
from datetime import date, datetime
from pathlib import Path
from typing import NoReturn
from zoneinfo import ZoneInfo

from gongkai.site.cli.wording import ChineseParser
from statute.calendars import Calendar, NoticeError, national_calendar, notices_from_toml

_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")


def fail(message: str, code: int = 2) -> NoReturn:
    """Prints a message for the user on stderr and ends the command."""
    print(message, file=sys.stderr)
    sys.exit(code)


def a_date(text: str) -> date:
    """A date as people write it: 2026-02-10, 2026/2/10, 2026年2月10日, full-width digits too."""
    match = _DATE.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if match is None:
        raise argparse.ArgumentTypeError(f"日期写法不对“{text}”，应如 2026-02-10")
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        raise argparse.ArgumentTypeError(f"没有这一天“{text}”") from None


def a_number(text: str) -> int:
    """A whole number; its size is the law's business."""
    try:
        return int(unicodedata.normalize("NFKC", text))
    except ValueError:
        raise argparse.ArgumentTypeError(f"应为整数，读到“{text}”") from None


def add_format(parser: ChineseParser) -> None:
    """--format text|json."""
    parser.add_argument(
        "--format", choices=("text", "json"), default="text", help="输出格式，默认 text"
    )


def add_calendar(parser: ChineseParser) -> None:
    """--provisional, --notice, --region: which calendar the dates are counted on."""
    parser.add_argument(
        "--provisional",
        action="store_true",
        help="放假安排未公布的年份按法定节日推算，标明暂定",
    )
    parser.add_argument(
        "--notice",
        type=Path,
        action="append",
        default=[],
        metavar="文件",
        help="另加放假通知文件（TOML），可多次",
    )
    parser.add_argument(
        "--region", default="", metavar="代码", help="行政区划代码，用于地方放假通知"
    )


def today() -> date:
    """Today by Beijing time, in which all dates of the law are."""
    return datetime.now(ZoneInfo("Asia/Shanghai")).date()


def read_calendar(arguments: argparse.Namespace) -> Calendar:
    """The national calendar with the user's notices added, with estimates if asked for."""
    calendar = national_calendar()
    for path in arguments.notice:
        try:
            notices = notices_from_toml(read_text(path), source=path.name)
        except NoticeError as error:
            fail(str(error))
        calendar = calendar.with_notices(notices, region=arguments.region)
    return calendar.with_estimates() if arguments.provisional else calendar


def read_text(path: Path) -> str:
    """A UTF-8 text file; ends the command when it cannot be read."""
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        fail(f"{path}：打不开（{error.strerror}）")
    except UnicodeDecodeError as error:
        fail(f"{path}：不是 UTF-8 文本（第 {error.start + 1} 字节）")


def print_json(value: object) -> None:
    """One JSON document on stdout, dates as YYYY-MM-DD, Chinese as it is."""
    print(json.dumps(value, ensure_ascii=False, indent=2, default=str))


def not_announced(year: int, message: str, *, as_json: bool) -> NoReturn:
    """Ends a command whose date falls into a year without a holiday notice: exit 3."""
    if as_json:
        print_json({"due": None, "not_announced": year})
    fail(f"{message}。可加 --provisional 暂定，或用 --notice 提供通知。", code=3)
