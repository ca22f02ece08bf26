"""`gongkai demo`: fills the demonstration county and prints who can sign in."""

from __future__ import annotations

import os
from collections.abc import Sequence
from itertools import groupby

from gongkai.site.cli.arguments import fail
from gongkai.site.cli.wording import ChineseParser
from gongkai.site.commands.serve import gongkai
from gongkai.site.commands.starting import start
from gongkai.site.environment import environment

_DESCRIPTION = """在演示安装里办好一个虚构的县：机关、人员、历年文件、走到每一步的工作。
只在设了 GONGKAI_DEMONSTRATION=1、用 gongkai setup --demonstration 准备好的安装里办；
已经办好的不再动，只列出登录名。"""
_EXAMPLES = """\
  GONGKAI_DEMONSTRATION=1 gongkai demo
  GONGKAI_DEMONSTRATION=1 gongkai demo --reset"""


def main(arguments: Sequence[str]) -> int:
    """Fills the county unless it is there, and lists the logins."""
    parser = ChineseParser("gongkai demo", _DESCRIPTION, _EXAMPLES)
    parser.add_argument("--reset", action="store_true", help="先清空这里的演示数据，另建一个数据库")
    given = parser.parse_args(arguments)
    if not environment().demonstration:
        fail("这里不是演示安装（没有设 GONGKAI_DEMONSTRATION=1），什么也没有改。")
    if given.reset:
        return _renew()
    start()
    _fill()
    _list_logins()
    return 0


def _renew() -> int:
    """Empties as the owner of the tables; the rest is done by commands of their own."""
    start(owner=True, prepared=False)
    from gongkai.site.demonstration.resetting import NotEmptiedError, empty

    try:
        empty()
    except NotEmptiedError as error:
        fail(f"{error}。")
    print("已清空，重新准备。", flush=True)
    ready = _run("setup", "--demonstration")
    return ready or _run("demo")


def _run(*command: str) -> int:
    """A command of ours, run to its end."""
    program = gongkai(*command)
    _, status = os.waitpid(os.posix_spawn(program[0], program, os.environ), 0)
    return os.waitstatus_to_exitcode(status)


def _fill() -> None:
    from django.utils import timezone

    from gongkai.site.demonstration.filling import UnfitInstallationError, fill, is_filled

    if is_filled():
        print("演示县已经在这里，没有改动。要另建一个，用 gongkai demo --reset。")
        return
    try:
        fill(at=timezone.now(), say=lambda text: print(text, flush=True))
    except UnfitInstallationError as error:
        fail(f"{error}。")


def _list_logins() -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table

    from gongkai.site.demonstration.logins import logins

    console = Console()
    for body, people in groupby(logins(), key=lambda one: one.body):
        table = Table(title=body, title_justify="left", box=box.SIMPLE)
        # What is copied stays in one piece on a narrow terminal.
        for head in ("姓名", "登录名", "口令"):
            table.add_column(head, no_wrap=True)
        for head in ("职责", "先试什么"):
            table.add_column(head, overflow="fold")
        for one in people:
            table.add_row(one.name, one.username, one.password, one.duty, one.hint)
        console.print(table)
    where = environment().origin
    print(f"演示系统，机关、人员和事项均为虚构。地址：{where}/office/")
    if environment().second_factor:
        print("登录后须绑定一次性验证码；只是试用的，可以设 GONGKAI_SECOND_FACTOR=0。")
