"""`gongkai report`: reads a published annual report, or checks one or many.

Only the chosen one of the two is imported.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module

_SUBCOMMANDS = {
    "read": "还原一份年报的三张表和正文中的数字，只读不判",
    "check": "核对一份或一批年报，指出哪一格不对、应为多少",
}


def main(arguments: Sequence[str]) -> int:
    """Runs `read` or `check` and returns its exit code."""
    if not arguments or arguments[0] in ("-h", "--help"):
        print(_overview())
        return 0
    name, *rest = arguments
    if name not in _SUBCOMMANDS:
        print(f"没有“report {name}”。可用的见 gongkai report --help。", file=sys.stderr)
        return 2
    code: int = import_module(f"gongkai.site.cli.report_{name}").main(rest)
    return code


def _overview() -> str:
    lines = [f"  {name:<7}{text}" for name, text in _SUBCOMMANDS.items()]
    return "\n".join(
        [
            "用法：gongkai report read|check 文件 [选项]",
            "",
            "政府信息公开工作年度报告：PDF、DOCX、HTML、Markdown、纯文本都能读。",
            "",
            *lines,
            "",
            "示例：",
            "  gongkai report check 年报.pdf",
            "  gongkai report read 年报.pdf --format json",
            "",
            "选项：gongkai report read --help，gongkai report check --help",
        ]
    )
