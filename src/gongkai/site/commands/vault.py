"""`gongkai vault`: shows which master keys guard personal data, and changes to a new one."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from gongkai.site.cli.arguments import add_format, fail, print_json
from gongkai.site.cli.wording import ChineseParser
from gongkai.site.commands.starting import start

_DESCRIPTION = """看个人信息由哪些主密钥保护，或者换一把新的（轮换）。
轮换时网站可以照常运行；中断了再运行一次就接着做完。旧主密钥文件留着，等那时的备份都不要了再删。"""
_EXAMPLES = """\
  gongkai vault status
  gongkai vault rotate"""


def main(arguments: Sequence[str]) -> int:
    """status or rotate."""
    parser = ChineseParser("gongkai vault", _DESCRIPTION, _EXAMPLES)
    parser.add_argument("what", choices=("status", "rotate"), help="status 查看，rotate 轮换")
    add_format(parser)
    given = parser.parse_args(arguments)
    start()
    return _rotate(given) if given.what == "rotate" else _status(given)


def _status(given: argparse.Namespace) -> int:
    from gongkai.vault.queries import master_keys

    keys = master_keys()
    if given.format == "json":
        print_json(
            [
                {
                    "version": key.version,
                    "created_at": key.created_at.isoformat(),
                    "retired_at": key.retired_at.isoformat() if key.retired_at else None,
                    "data_keys": key.data_keys,
                }
                for key in keys
            ]
        )
        return 0
    for key in keys:
        state = "已停用" if key.retired_at else "使用中"
        print(f"主密钥第 {key.version} 版  {state}  保护 {key.data_keys} 个数据密钥")
    return 0


def _rotate(given: argparse.Namespace) -> int:
    from django.utils import timezone

    from gongkai.trail.actors import SYSTEM
    from gongkai.vault.errors import MasterKeyError
    from gongkai.vault.services.masters import rotate

    try:
        done = rotate(by=SYSTEM, at=timezone.now())
    except (MasterKeyError, OSError) as error:
        fail(f"没有轮换：{error}")
    if given.format == "json":
        print_json(
            {"version": done.version, "rewrapped": done.rewrapped, "remaining": done.remaining}
        )
    else:
        print(f"现由主密钥第 {done.version} 版保护；换了 {done.rewrapped} 个数据密钥的包装")
    return 0
