"""`gongkai worker`: does background work until it is told to stop."""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.site.cli.arguments import fail
from gongkai.site.cli.wording import ChineseParser
from gongkai.site.commands.starting import start
from gongkai.site.environment import environment

_DESCRIPTION = """做后台任务，直到收到 SIGTERM 或 Ctrl+C；手上的一件做完才停。可以同时开几个。
gongkai serve 已经自带所需的，不必另开。"""
_EXAMPLES = """\
  gongkai worker
  gongkai worker --by dispatch        （配了 Redis 时：把任务分派给 Redis，全站开一个即可）
  gongkai worker --by redis           （配了 Redis 时：做分派来的任务，可在几台机器上开）"""


def main(arguments: Sequence[str]) -> int:
    """Runs the chosen loop in the main thread."""
    parser = ChineseParser("gongkai worker", _DESCRIPTION, _EXAMPLES)
    parser.add_argument(
        "--by",
        choices=("database", "dispatch", "redis"),
        default="database",
        help="任务从哪里取，默认直接从数据库取",
    )
    given = parser.parse_args(arguments)
    if given.by != "database" and not environment().redis_url:
        fail("没有设置 GONGKAI_REDIS_URL，不能用 Redis。")
    start()
    from gongkai.jobs import worker

    if given.by == "database":
        worker.run(worker.until_signalled())
        return 0
    from gongkai.jobs import redis_workers

    if given.by == "dispatch":
        redis_workers.run_dispatcher(worker.until_signalled())
    else:
        redis_workers.run_redis_worker()
    return 0
