"""`gongkai schedule`: enqueues what is due at its time until it is told to stop."""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.site.cli.wording import ChineseParser
from gongkai.site.commands.starting import start

_DESCRIPTION = """到时间把定期任务放进队列，直到收到 SIGTERM 或 Ctrl+C；多开一个也只放一次。
gongkai serve 已经自带一个。"""


def main(arguments: Sequence[str]) -> int:
    """Runs the scheduler loop in the main thread."""
    ChineseParser("gongkai schedule", _DESCRIPTION, "  gongkai schedule").parse_args(arguments)
    start()
    from gongkai.jobs import schedule
    from gongkai.jobs.worker import until_signalled

    schedule.run(until_signalled())
    return 0
