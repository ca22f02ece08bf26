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
    "screen": "查一份文件：个人信息、密级、错词、看不见的内容",
}

# Of the office: these need the extra `office`; Django is imported only once one of them runs.
OFFICE_COMMANDS: dict[str, str] = {
    "setup": "准备好一处安装：文件夹、密钥、数据表、第一批管理员",
    "serve": "启动网站，连同后台任务和定期任务",
    "worker": "做后台任务，直到被停止",
    "schedule": "到时间把定期任务放进队列，直到被停止",
    "agencies": "列出机关：代码、名称、种类、上级、是否主管部门",
    "trail": "核对或者导出留痕",
    "calendar": "录入放假通知，由第二人复核",
    "vault": "看主密钥，换主密钥",
    "import": "导入历年文件：清单（XLSX、CSV）和附件文件夹",
    "demo": "演示安装：办好一个虚构的县，列出登录名",
    "api-token": "发出、列出、收回 OA 系统的接口令牌",
}
# Commands whose name cannot be that of a module.
_MODULES = {"import": "import_records", "api-token": "api_token"}


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
    if name in COMMANDS:
        code: int = import_module(f"gongkai.site.cli.{name}").main(rest)
        return code
    if name in OFFICE_COMMANDS or name == "web":  # web is what `serve` starts
        return _office(name, rest)
    print(f"没有命令“{name}”。可用的命令见 gongkai --help。", file=sys.stderr)
    return 2


def _office(name: str, arguments: Sequence[str]) -> int:
    """Runs a command of the office, or says what is to be installed for it."""
    module = _MODULES.get(name, name)
    try:
        code: int = import_module(f"gongkai.site.commands.{module}").main(arguments)
    except ModuleNotFoundError as error:
        if error.name is None or error.name.startswith("gongkai"):
            raise
        print(f"缺少 {error.name}：这个命令需要安装 gongkai[office]。", file=sys.stderr)
        return 2
    return code


def overview() -> str:
    """The help page of the command as a whole."""
    width = max(len(name) for name in (*COMMANDS, *OFFICE_COMMANDS)) + 2
    lines = [f"  {name:<{width}}{text}" for name, text in COMMANDS.items()]
    office = [f"  {name:<{width}}{text}" for name, text in OFFICE_COMMANDS.items()]
    return "\n".join(
        [
            "用法：gongkai 命令 [选项]",
            "",
            "政府信息公开：期限、费用、办理结果，逐项说明依据。",
            "",
            "命令：",
            *lines,
            "",
            "办公系统：",
            *office,
            "",
            "某个命令的用法和示例：gongkai 命令 --help",
        ]
    )
