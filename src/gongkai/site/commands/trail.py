"""`gongkai trail`: verifies the chains of the trail, and takes the trail out of the database."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from gongkai.site.cli.arguments import add_format, fail, print_json
from gongkai.site.cli.wording import ChineseParser
from gongkai.site.commands.starting import start
from gongkai.trail import verifier

_DESCRIPTION = """核对留痕：每条的摘要、每条链的衔接、每日总摘要；发现问题时以 1 退出。
末尾被截去，或者整条链连同总摘要重造的，要对照平日打印留存的总摘要（--anchor）才能发现。"""
_EXAMPLES = """\
  gongkai trail verify
  gongkai trail verify --anchor 12:3f9c… --format json
  gongkai trail export 留痕.zip"""


def main(arguments: Sequence[str]) -> int:
    """verify or export."""
    given = _parser().parse_args(arguments)
    if given.what == "export":
        if given.file is None:
            fail("缺少：导出文件。用法见 gongkai trail --help。")
        return _export(given.file)
    return _verify(given)


def _parser() -> ChineseParser:
    parser = ChineseParser("gongkai trail", _DESCRIPTION, _EXAMPLES)
    parser.add_argument("what", choices=("verify", "export"), help="verify 核对，export 导出")
    parser.add_argument("file", nargs="?", type=Path, metavar="文件", help="导出到哪个文件")
    parser.add_argument(
        "--anchor",
        type=_an_anchor,
        action="append",
        default=[],
        metavar="编号:摘要",
        help="打印留存的总摘要，可多次",
    )
    add_format(parser)
    return parser


def _an_anchor(text: str) -> tuple[int, str]:
    try:
        return verifier.read_anchor(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"应为 编号:摘要，读到“{text}”") from error


def _verify(given: argparse.Namespace) -> int:
    """Verifies a damaged database too: its missing triggers are a finding, not an obstacle."""
    start(prepared=False)
    from django.db import Error

    from gongkai.site.readiness import differing_triggers
    from gongkai.trail.verification import verify

    try:
        result = verify(anchors=dict(given.anchor))
        for name in differing_triggers():
            result.add(f"触发器 {name}", "与清单不符，缺失、被改或被停用")
    except Error as error:
        fail(f"数据库读不了（{type(error).__name__}），或者还没有准备好：先运行 gongkai setup。")
    if given.format == "json":
        print_json(
            {
                "sound": result.sound,
                "rows": result.rows,
                "chains": result.chains,
                "heads": result.heads,
                "anchors": result.anchors,
                "findings": [{"place": one.place, "fault": one.fault} for one in result.findings],
            }
        )
    else:
        for one in result.findings:
            print(f"{one.place}：{one.fault}")
        verdict = "完好" if result.sound else f"发现 {len(result.findings)} 处问题"
        print(
            f"留痕{verdict}：{result.rows} 条，{result.chains} 条链，{result.heads} 个总摘要，"
            f"对照 {result.anchors} 个留存的总摘要"
        )
    return 0 if result.sound else 1


def _export(path: Path) -> int:
    start()
    from gongkai.trail.bundles import write

    try:
        count = write(path)
    except OSError as error:
        fail(f"{path}：写不了（{error.strerror}）")
    print(f"已导出 {count} 条留痕：{path}。核对办法见包内“说明.txt”。")
    return 0
