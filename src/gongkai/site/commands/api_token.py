"""`gongkai api-token`: gives a body's OA system a token, lists tokens, takes one back."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from gongkai.site.cli.arguments import a_number, add_format, fail, print_json
from gongkai.site.cli.wording import ChineseParser
from gongkai.site.commands.starting import start

if TYPE_CHECKING:
    from gongkai.accounts.models import User
    from gongkai.agencies.models import Agency
    from gongkai.api.models import Token

_DESCRIPTION = """OA 系统的接口令牌。create 发出一个，list 列出，revoke 收回。
令牌属于一个机关和它的一名拟稿人：送来的文稿由他负责，他是起草人，不能审查这些文稿。
令牌只在发出时显示一次，任何地方都不保存；丢了就收回，再发一个。
由机关管理员或者系统管理员（--as）办理，留痕。"""
_EXAMPLES = """\
  gongkai api-token create --agency 11330399X --user zhangsan --label 协同办公系统 --as lisi
  gongkai api-token list --agency 11330399X
  gongkai api-token revoke --prefix 3f9c0a1b2d --reason 换了系统 --as lisi"""
_NEEDED = {
    "create": ("agency", "user", "label", "as_"),
    "list": (),
    "revoke": ("prefix", "reason", "as_"),
}
_NAMES = {"as_": "--as"}


def main(arguments: Sequence[str]) -> int:
    """create, list or revoke."""
    given = _parser().parse_args(arguments)
    missing = [one for one in _NEEDED[given.what] if not getattr(given, one)]
    if missing:
        names = "、".join(_NAMES.get(one, f"--{one}") for one in missing)
        fail(f"缺少：{names}。用法见 gongkai api-token --help。")
    start()
    return {"create": _create, "list": _list, "revoke": _revoke}[given.what](given)


def _parser() -> ChineseParser:
    parser = ChineseParser("gongkai api-token", _DESCRIPTION, _EXAMPLES)
    parser.add_argument("what", choices=tuple(_NEEDED), help="create 发出，list 列出，revoke 收回")
    parser.add_argument("--agency", default="", metavar="代码", help="机关代码")
    parser.add_argument("--user", default="", metavar="登录名", help="对送来的文稿负责的拟稿人")
    parser.add_argument("--label", default="", metavar="名称", help="对接的系统叫什么")
    parser.add_argument(
        "--days", type=a_number, default=365, metavar="天数", help="有效期，默认365"
    )
    parser.add_argument("--prefix", default="", metavar="编号", help="令牌编号，见 list")
    parser.add_argument("--reason", default="", metavar="理由", help="为什么收回")
    parser.add_argument("--as", dest="as_", default="", metavar="登录名", help="办理的管理员")
    add_format(parser)
    return parser


def _create(given: argparse.Namespace) -> int:
    from django.utils import timezone

    from gongkai.accounts.errors import NotEntitledError
    from gongkai.accounts.queries import actor_for
    from gongkai.api.errors import TokenRefusedError
    from gongkai.api.services.tokens import issue

    agency, user, by = _agency(given.agency), _person(given.user), _person(given.as_)
    try:
        token, secret = issue(
            agency,
            user,
            label=given.label,
            days=given.days,
            by=actor_for(by, agency),
            at=timezone.now(),
        )
    except (TokenRefusedError, NotEntitledError) as error:
        fail(str(error))
    day = timezone.localdate(token.expires_at)
    print(secret.shown)
    print(f"已给{agency.name}的“{token.label}”发出令牌{token.prefix}，有效至{day}。")
    print("上面一行就是令牌，只显示这一次，请马上填进对接的系统。")
    return 0


def _list(given: argparse.Namespace) -> int:
    from django.utils import timezone

    from gongkai.api.models import Token

    found = Token.objects.select_related("agency", "user")
    if given.agency:
        found = found.filter(agency=_agency(given.agency))
    rows = [_row(one) for one in found]
    if given.format == "json":
        print_json(rows)
        return 0
    for one in rows:
        used = one["last_used"] or "从未使用"
        print(
            f"{one['prefix']}  {one['agency']}  {one['label']}  {one['user']}  {one['state']}  "
            f"至{one['expires']}  最近使用：{used}"
        )
    if not rows:
        print(f"到{timezone.localdate()}为止没有令牌。发出一个：gongkai api-token create --help")
    return 0


def _row(token: Token) -> dict[str, str]:
    from django.utils import timezone

    state = "有效" if token.expires_at > timezone.now() else "已过期"
    used = token.last_used_at
    return {
        "prefix": token.prefix,
        "agency": token.agency.name,
        "label": token.label,
        "user": token.user.display_name,
        "state": state if token.revoked_at is None else "已收回",
        "expires": f"{timezone.localdate(token.expires_at)}",
        "last_used": "" if used is None else f"{timezone.localtime(used):%Y-%m-%d %H:%M}",
    }


def _revoke(given: argparse.Namespace) -> int:
    from django.utils import timezone

    from gongkai.accounts.errors import NotEntitledError
    from gongkai.accounts.queries import actor_for
    from gongkai.api.errors import TokenRefusedError
    from gongkai.api.models import Token
    from gongkai.api.services.tokens import revoke

    token = Token.objects.select_related("agency").filter(prefix=given.prefix).first()
    if token is None:
        fail(f"没有编号为“{given.prefix}”的令牌。编号见 gongkai api-token list。")
    by = actor_for(_person(given.as_), token.agency)
    try:
        revoke(token, reason=given.reason, by=by, at=timezone.now())
    except (TokenRefusedError, NotEntitledError) as error:
        fail(str(error))
    print(f"已收回“{token.label}”的令牌{token.prefix}，下一次请求就进不来。")
    return 0


def _agency(code: str) -> Agency:
    from gongkai.agencies.models import Agency

    found = Agency.objects.filter(code=code).first()
    if found is None:
        fail(f"没有代码为“{code}”的机关。机关代码见 gongkai agencies。")
    return found


def _person(username: str) -> User:
    from gongkai.accounts.models import User

    found = User.objects.filter(username=username, is_active=True).first()
    if found is None:
        fail(f"没有可用的账号“{username}”")
    return found
