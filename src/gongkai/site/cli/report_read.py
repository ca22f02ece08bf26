"""`gongkai report read`: the tables of one report, as a terminal shows them or as JSON.

It says nothing on whether the figures are right.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from gongkai.site.cli.arguments import fail
from gongkai.site.cli.wording import ChineseParser

_DESCRIPTION = """还原一份年报：机关、年度、格式，三张表的每一格，正文中的数字。
看得清的是数，空着的是空，看不清的写“不明”，有几种读法的都列出，不猜。
文件能打开，退出码为 0；打不开为 2。读的时候注意到的问题写到标准错误输出。"""
_EXAMPLES = """\
  gongkai report read 2024年报.pdf
  gongkai report read 2024年报.html --format json"""


def main(arguments: Sequence[str]) -> int:
    """Parses, reads, prints."""
    parser = ChineseParser("gongkai report read", _DESCRIPTION, _EXAMPLES)
    parser.add_argument("file", type=Path, metavar="文件", help="年报文件")
    parser.add_argument(
        "--format", choices=("table", "json"), default="table", help="输出格式，默认 table"
    )
    given = parser.parse_args(arguments)
    return _read(given.file, as_json=given.format == "json")


def _read(path: Path, *, as_json: bool) -> int:
    from reportreader.batch import open_or_refuse
    from reportreader.interface import dumps, to_json
    from reportreader.outputs.text import reading_lines
    from reportreader.verdict import Unreadable

    report = open_or_refuse(path)
    if isinstance(report, Unreadable):
        fail(f"{report.file}：{report.reason}")
    reading = report.reading
    if as_json:
        print(dumps(to_json(reading)))
    else:
        print("\n".join(reading_lines(reading)))
    for remark in reading.remarks:
        print(f"{path}：{remark.text}", file=sys.stderr)
    return 0
