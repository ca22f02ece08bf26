"""Entry point of the command `gongkai`: finds the command, lets it parse and run.

Only the chosen command is imported, so that each starts fast and none needs the office.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module

COMMANDS: dict[str, str] = {
    "deadline": "算到期日：从起算日次日起数，逐日说明",
    "clock": "读一件申请的案卷，逐条说明期限怎样变化",
    "fee": "算信息处理费：按件或者按量，逐档列出",
    "outcome": "查办理结果：依据、须先证明什么、文书、救济、年报哪一行",
    "report": "读、核对已公布的年度报告：还原表格，逐条勾稽，指出哪格不对",
}


def run() -> None:
    """Exits with 0 done, 1 faults found, 2 wrong use, 3 a date that cannot be known yet."""
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        print("已中断。", file=sys.stderr)
        sys.exit(130)
    except BrokenPipeError:
        # The reader of our output (head, less) has gone; nothing is left to say to it.
        sys.stderr.close()
        sys.exit(141)


def main(arguments: Sequence[str]) -> int:
    """Runs one command and returns its exit code."""
    if not arguments or arguments[0] in ("-h", "--help"):
        print(overview())
        return 0
    name, *rest = arguments
    if name not in COMMANDS:
        print(f"没有命令“{name}”。可用的命令见 gongkai --help。", file=sys.stderr)
        return 2
    code: int = import_module(f"gongkai.site.cli.{name}").main(rest)
    return code


def overview() -> str:
    """The help page of the command as a whole."""
    width = max(len(name) for name in COMMANDS) + 2
    lines = [f"  {name:<{width}}{text}" for name, text in COMMANDS.items()]
    return "\n".join(
        [
            "用法：gongkai 命令 [选项]",
            "",
            "政府信息公开：期限、费用、办理结果，逐项说明依据。",
            "",
            "命令：",
            *lines,
            "",
            "某个命令的用法和示例：gongkai 命令 --help",
        ]
    )
