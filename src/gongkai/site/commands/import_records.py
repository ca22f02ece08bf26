"""`gongkai import`: brings in a list of old documents with its files; two others review it."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from gongkai.site.cli.arguments import fail
from gongkai.site.cli.wording import ChineseParser
from gongkai.site.commands.starting import start

if TYPE_CHECKING:
    from gongkai.agencies.models import Agency
    from gongkai.disclosure.imports.checking import Report
    from gongkai.trail.actors import Actor

_DESCRIPTION = """导入历年文件：清单（.xlsx，或 UTF-8、GB18030 编码的 .csv）和附件文件夹。
有一处问题就一条也不导入，逐行说明，以 1 退出；--dry-run 只检查，什么也不改。
导入后由导入人以外的两人作保密审查和终审，通过以前一条也不公开。中断了再运行一次，接着做。"""
_EXAMPLES = """\
  gongkai import 文件.xlsx --folder 附件 --agency 11330399X --as zhangsan --dry-run
  gongkai import 文件.xlsx --folder 附件 --agency 11330399X --as zhangsan --source 县政府网站旧版"""


def main(arguments: Sequence[str]) -> int:
    """Checks the list, and brings it in unless it is only to be checked."""
    given = _parser().parse_args(arguments)
    if given.folder is not None and not given.folder.is_dir():
        fail(f"{given.folder}：没有这个文件夹")
    start()
    agency, actor = _who(given.agency, given.username)
    return _check(given, agency, actor) if given.dry_run else _import(given, agency, actor)


def _parser() -> ChineseParser:
    parser = ChineseParser("gongkai import", _DESCRIPTION, _EXAMPLES)
    parser.add_argument("file", type=Path, metavar="清单", help="清单文件")
    parser.add_argument("--folder", type=Path, metavar="文件夹", help="附件所在的文件夹")
    parser.add_argument("--agency", required=True, metavar="代码", help="机关代码")
    parser.add_argument(
        "--as", dest="username", required=True, metavar="登录名", help="导入人，不能再审查这一批"
    )
    parser.add_argument("--label", default="", metavar="名称", help="批次名称，默认为清单文件名")
    parser.add_argument(
        "--source", default="", metavar="来源", help="首次公开的来源，随首次公开日期显示"
    )
    parser.add_argument("--dry-run", action="store_true", help="只检查，不导入")
    return parser


def _who(code: str, username: str) -> tuple[Agency, Actor]:
    """The body and the person named; whether he may is the verb's business."""
    from gongkai.accounts.models import User
    from gongkai.accounts.queries import actor_for
    from gongkai.agencies.models import Agency

    agency = Agency.objects.filter(code=code).first()
    if agency is None:
        fail(f"没有代码为“{code}”的机关。机关代码见 gongkai agencies。")
    user = User.objects.filter(username=username, is_active=True).first()
    if user is None:
        fail(f"没有可用的账号“{username}”")
    return agency, actor_for(user, agency)


def _check(given: argparse.Namespace, agency: Agency, actor: Actor) -> int:
    from django.utils import timezone

    from gongkai.disclosure import policies
    from gongkai.disclosure.errors import NotEntitledError
    from gongkai.disclosure.imports.checking import examine
    from gongkai.disclosure.imports.reading import SheetError
    from gongkai.disclosure.services.entitlement import authorise_in

    now = timezone.now()
    try:
        authorise_in(actor, policies.IMPORT, agency, at=now)
        today = timezone.localdate(now)
        report = examine(given.file, folder=given.folder, agency=agency, today=today)
    except SheetError as error:
        fail(f"{given.file}：{error}")
    except NotEntitledError as error:
        fail(str(error))
    _tell(report)
    if report.faults:
        return 1
    print(f"共{report.total}行，没有问题。没有导入：这次只检查。")
    return 0


def _import(given: argparse.Namespace, agency: Agency, actor: Actor) -> int:
    from django.utils import timezone

    from gongkai.disclosure.errors import DisclosureError
    from gongkai.disclosure.imports.reading import SheetError
    from gongkai.disclosure.services.importing import ListFaultsError, import_batch

    try:
        with _progress() as progress:
            batch = import_batch(
                agency,
                given.file,
                folder=given.folder,
                label=given.label or given.file.stem,
                source=given.source or given.file.name,
                by=actor,
                at=timezone.now(),
                progress=progress,
            )
    except ListFaultsError as error:
        _tell(error.report)
        print(error, file=sys.stderr)
        return 1
    except SheetError as error:
        fail(f"{given.file}：{error}")
    except DisclosureError as error:
        fail(f"没有导入完：{error}")
    rows = batch.items.count()
    print(f"已导入{rows}条，批次“{batch.label}”（{batch.pk}号）。请核对后送审，由另外两人审查。")
    return 0


def _tell(report: Report) -> None:
    """Faults on stdout, one to a line, to be kept in a file; things to look at on stderr."""
    for notice in report.notices:
        print(f"请留意：{notice}", file=sys.stderr)
    for fault in report.faults:
        print(fault.text)
    if report.faults:
        bad = len({one.row for one in report.faults})
        print(f"共{report.total}行，{bad}行有问题，{len(report.faults)}处。", file=sys.stderr)


@contextmanager
def _progress() -> Iterator[Callable[[int, int], object]]:
    """A bar on a terminal; elsewhere nothing until the end."""
    if not sys.stderr.isatty():
        yield lambda _done, _total: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True)) as bar:
        task = bar.add_task("导入", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
