"""`gongkai serve`: the web server, with a worker and the schedule beside it."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Sequence
from contextlib import closing

from gongkai.site.cli.arguments import a_number
from gongkai.site.cli.wording import ChineseParser
from gongkai.site.commands.children import Child, supervise
from gongkai.site.commands.web import HOST
from gongkai.site.environment import environment

_DESCRIPTION = """启动网站，连同后台任务和定期任务；按 Ctrl+C 或发 SIGTERM 停止，停时不留子进程。
只在本机可访问；对外由 nginx 之类的反向代理接入，见 docs/operations/serving.md。"""
_EXAMPLES = """\
  gongkai serve
  gongkai serve --port 8080 --no-worker"""


def main(arguments: Sequence[str]) -> int:
    """Starts the web server and, once it answers, the others; one signal ends them all."""
    parser = ChineseParser("gongkai serve", _DESCRIPTION, _EXAMPLES)
    parser.add_argument("--port", type=a_number, default=8000, metavar="N", help="端口，默认 8000")
    parser.add_argument(
        "--no-worker", action="store_true", help="不带后台任务和定期任务（它们另外运行）"
    )
    given = parser.parse_args(arguments)
    address = f"http://{HOST}:{given.port}"
    os.environ.setdefault("GONGKAI_ORIGIN", address)
    fault = port_fault(given.port)
    if fault:
        print(fault, file=sys.stderr)
        return 2
    return supervise(
        Child("网站", gongkai("web", str(given.port))),
        () if given.no_worker else background(),
        ready=lambda: _answers(given.port),
        announce=lambda: print(f"已启动：{address}（按 Ctrl+C 停止）", flush=True),
    )


def gongkai(*command: str) -> tuple[str, ...]:
    """A command of ours as a process of its own."""
    return (sys.executable, "-m", "gongkai.site.cli", *command)


def background() -> tuple[Child, ...]:
    """The schedule, and a worker on the database or, where Redis is set up, dispatcher and worker
    on Redis."""
    schedule = Child("定期任务", gongkai("schedule"))
    if not environment().redis_url:
        return (schedule, Child("后台任务", gongkai("worker")))
    dispatcher = Child("任务分派", gongkai("worker", "--by", "dispatch"))
    return (schedule, dispatcher, Child("后台任务", gongkai("worker", "--by", "redis")))


def port_fault(port: int) -> str:
    """Why nobody can listen there, or nothing."""
    if not 1 <= port <= 65535:
        return f"没有这个端口：{port}。应为 1 至 65535。"
    with closing(socket.socket()) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            return f"端口 {port} 不能用（{error.strerror}）。用 --port 换一个。"
    return ""


def _answers(port: int) -> bool:
    try:
        with closing(socket.create_connection((HOST, port), timeout=1)):
            return True
    except OSError:
        return False
