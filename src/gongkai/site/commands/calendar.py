"""`gongkai calendar import`: enters the notices of a file; a second person confirms them."""

from __future__ import annotations

import getpass
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from gongkai.site.cli.arguments import fail, read_text
from gongkai.site.cli.wording import ChineseParser
from gongkai.site.commands.starting import start

if TYPE_CHECKING:
    from gongkai.trail.actors import Actor

_DESCRIPTION = """录入文件里的放假通知（TOML）。录入后由另一个人在日历页面复核，复核前期限仍为暂定。
一个文件里的通知要么都录入，要么都不录入；已经有的不重复录入。"""
_EXAMPLES = """\
  gongkai calendar import 2027.toml
  gongkai calendar import 2027.toml --as wangfang"""


def main(arguments: Sequence[str]) -> int:
    """Enters the notices and says what became of each."""
    parser = ChineseParser("gongkai calendar", _DESCRIPTION, _EXAMPLES)
    parser.add_argument("what", choices=("import",), help="import 录入")
    parser.add_argument("file", type=Path, metavar="文件", help="放假通知文件（TOML）")
    parser.add_argument(
        "--as",
        dest="username",
        default="",
        metavar="登录名",
        help="录入人；此人不能再复核。不写则记为命令行，由任何有权的人复核",
    )
    given = parser.parse_args(arguments)
    text = read_text(given.file)
    start()
    return _import(text, given.file.name, given.username)


def _import(text: str, source: str, username: str) -> int:
    from django.utils import timezone

    from gongkai.calendars.errors import CalendarError
    from gongkai.calendars.services import import_notices
    from statute.calendars import NoticeError

    try:
        outcomes = import_notices(text, source=source, by=_actor(username), at=timezone.now())
    except (NoticeError, CalendarError) as error:
        fail(f"没有录入：{error}")
    for outcome in outcomes:
        print(outcome.text)
    return 0


def _actor(username: str) -> Actor:
    """The person named; otherwise whoever has the shell, named after the system's account."""
    from gongkai.accounts.models import User
    from gongkai.accounts.queries import actor_for
    from gongkai.trail.actors import Actor, ActorKind

    if not username:
        return Actor(ActorKind.SYSTEM, "command-line", f"命令行（{getpass.getuser()}）")
    user = User.objects.filter(username=username, is_active=True).first()
    if user is None:
        fail(f"没有可用的账号“{username}”")
    return actor_for(user)
