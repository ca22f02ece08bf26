"""`gongkai report check`: one report or thousands, checked and shown in the form asked for.

Reading, checking and writing are done elsewhere; here are the options, the progress, the exit code.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, TypeVar

from gongkai.site.cli.arguments import a_number, fail
from gongkai.site.cli.report_files import Selection, select
from gongkai.site.cli.wording import ChineseParser

if TYPE_CHECKING:
    from reportreader.batch import Checked
    from reportreader.verdict import Comparison

_DESCRIPTION = """核对已公布的年报：表内勾稽、跨年、汇总、格式与年度、正文与表，逐条说明依据、
哪一格、在文件的哪里、应为多少。给文件夹的，连同下级文件夹一起核对，按文件名次序输出。

退出码：0 全部相符，1 有错误或须核实的（如县级机关“规章”不为 0、正文与表不一致），
2 有文件打不开（其余文件照常核对，结果照常输出）。json 中每一处写明轻重（severity）。
空白不当作 0；看不清的写明“无法核对”，不猜。"""
_EXAMPLES = """\
  gongkai report check 2024年报.pdf
  gongkai report check 2024年报.pdf --previous 2023年报.pdf --format html --output 核对.html
  gongkai report check 全县汇总.docx --children 各机关/
  gongkai report check 年报/ --jobs 2 --format csv --output 核对.csv"""
_EVERY = 100  # files between two lines of progress where there is no terminal
_BINARY = {"xlsx"}
_OUTPUTS = {  # a module of reportreader.outputs for each format
    "table": "text",
    "json": "plain",
    "csv": "sheets",
    "xlsx": "workbook",
    "html": "page",
}
Item = TypeVar("Item")


def main(arguments: Sequence[str]) -> int:
    """Parses, selects, checks, prints."""
    given = _parser().parse_args(arguments)
    if given.format in _BINARY and given.output is None and sys.stdout.isatty():
        fail("xlsx 不能显示在屏幕上，请用 --output 指定文件")
    chosen = select(given.paths)
    _say_left_out(chosen)
    if not chosen.files:
        fail("没有找到要核对的文件")
    if len(chosen.files) > 1 and (given.previous or given.children):
        fail("--previous、--children 只能同一份年报一起使用")
    return _check(chosen.files, given)


def _parser() -> ChineseParser:
    parser = ChineseParser("gongkai report check", _DESCRIPTION, _EXAMPLES)
    parser.add_argument("paths", type=Path, nargs="+", metavar="文件或文件夹", help="年报")
    parser.add_argument("--previous", type=Path, metavar="文件", help="同一机关上一年度的年报")
    parser.add_argument(
        "--children", type=Path, metavar="文件夹", help="所辖机关的年报，用来核对汇总"
    )
    parser.add_argument(
        "--format",
        choices=tuple(_OUTPUTS),
        default="table",
        help="输出格式，默认 table；一份文件的 json 是一个对象，多份是数组",
    )
    parser.add_argument(
        "--output", type=Path, metavar="文件", help="写到文件（csv 带 BOM，便于表格软件打开）"
    )
    parser.add_argument("--jobs", type=_jobs, default=1, metavar="N", help="同时核对几份，默认 1")
    return parser


def _jobs(text: str) -> int:
    number = a_number(text)
    if not 1 <= number <= 64:
        raise argparse.ArgumentTypeError("应为 1 至 64")
    return number


def _say_left_out(chosen: Selection) -> None:
    if chosen.left_out:
        first = chosen.left_out[0].name
        count = len(chosen.left_out)
        print(f"文件夹中 {count} 个文件按后缀不是年报（如 {first}），未核对。", file=sys.stderr)


def _check(files: Sequence[Path], given: argparse.Namespace) -> int:
    from reportreader.batch import check_files

    comparison = _comparison(files[0], given)
    output = import_module(f"reportreader.outputs.{_OUTPUTS[given.format]}")
    tally = _Tally(unreadable=bool(comparison.unread))
    checked = check_files(files, output.render, jobs=given.jobs, comparison=comparison)
    with _destination(given, files) as out:
        output.write(tally.watch(_progress(checked, len(files))), out, several=len(files) > 1)
    return tally.code


def _comparison(file: Path, given: argparse.Namespace) -> Comparison:
    """Last year's report and those of the bodies below, opened; ends the command when last year's
    cannot be, since it was asked for."""
    from reportreader.batch import open_files, open_or_refuse
    from reportreader.verdict import Comparison, Unreadable

    previous = None if given.previous is None else open_or_refuse(given.previous)
    if isinstance(previous, Unreadable):
        fail(f"{previous.file}：打不开，{previous.reason}")
    if given.children is None:
        return Comparison(previous)
    if not given.children.is_dir():
        fail(f"{given.children}：不是文件夹，--children 须给出所辖机关年报所在的文件夹")
    own = {path.resolve() for path in (file, given.previous) if path is not None}
    inside = [path for path in select([given.children]).files if path.resolve() not in own]
    if not inside:
        fail(f"{given.children}：文件夹里没有年报")
    opened = list(open_files(inside, jobs=given.jobs))
    return Comparison(
        previous,
        tuple(one for one in opened if not isinstance(one, Unreadable)),
        tuple(f"{one.file}：打不开，{one.reason}" for one in opened if isinstance(one, Unreadable)),
    )


class _Tally:
    """What the exit code is made of; says on the way what could not be read, and why."""

    def __init__(self, *, unreadable: bool) -> None:
        self._unreadable = unreadable
        self._faults = False

    @property
    def code(self) -> int:
        """0 all holds, 1 faults of whatever weight, 2 a file that could not be opened."""
        return 2 if self._unreadable else int(self._faults)

    def watch(self, checked: Iterable[Checked[Any]]) -> Iterator[Checked[Any]]:
        """Passes everything on."""
        for one in checked:
            self._faults = self._faults or one.errors + one.warnings > 0
            if one.unreadable is not None:
                self._unreadable = True
                print(f"{one.file}：打不开，{one.unreadable}", file=sys.stderr)
            for message in one.messages:
                print(f"{one.file}：{message}", file=sys.stderr)
            yield one


def _progress(checked: Iterable[Item], total: int) -> Iterator[Item]:
    """Shows on stderr how far a batch has got; nothing for a single file."""
    if total == 1:
        yield from checked
    elif sys.stderr.isatty():
        yield from _bar(checked, total)
    else:
        for place, one in enumerate(checked, 1):
            yield one
            if place % _EVERY == 0 or (place == total and total >= _EVERY):
                print(f"已核对 {place:,} / {total:,}", file=sys.stderr)


def _bar(checked: Iterable[Item], total: int) -> Iterator[Item]:
    from rich.console import Console
    from rich.progress import track

    yield from track(checked, "核对年报", total=total, console=Console(stderr=True))


@contextmanager
def _destination(given: argparse.Namespace, files: Sequence[Path]) -> Iterator[IO[Any]]:
    """Where the result goes: a file, or stdout; bytes for a workbook, text for the rest."""
    binary = given.format in _BINARY
    if given.output is None:
        yield sys.stdout.buffer if binary else sys.stdout
        return
    if given.output.resolve() in {path.resolve() for path in files}:
        fail(f"{given.output}：是要核对的年报，不能写到这里")
    encoding = "utf-8-sig" if given.format == "csv" else "utf-8"
    try:
        with (
            given.output.open("wb")
            if binary
            else given.output.open("w", encoding=encoding, newline="")
        ) as out:
            yield out
    except OSError as error:
        fail(f"{given.output}：写不了（{error.strerror}）")
