"""`gongkai screen`: searches files for what must not go out, and shows it masked.

Reading and searching are done by screening; here are the options, the files of a folder, the
progress and the exit code. Nothing is changed and nothing is sent anywhere.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from gongkai.site.cli.arguments import a_date, add_format, fail, read_text, today
from gongkai.site.cli.wording import ChineseParser

if TYPE_CHECKING:
    from gongkai.site.cli.screen_output import Screened
    from screening.findings.word_lists import WordLists

_DESCRIPTION = """检查要公开的文件：个人信息、密级和内部标记、错敏词、法规名称、日期和文号、网址，
连同隐藏的行列和工作表、批注、修订、文件属性、内嵌文件。查到的遮盖后显示，不改文件，不联网。
PDF、DOCX、XLSX、ODS、OFD、网页、文本、CSV、ZIP 都能查；图片里的文字查不了，会写明“没有检查”。
给文件夹的，连同下级文件夹一起查。

退出码：0 没有必须处理和要答复的，1 有，2 有文件打不开（其余照常检查，结果照常输出）。"""
_EXAMPLES = """\
  gongkai screen 公示名单.xlsx
  gongkai screen 待发布/ --format json
  gongkai screen 通知.docx --words 本县错敏词.csv"""
_EVERY = 20  # files between two lines of progress where there is no terminal


def main(arguments: Sequence[str]) -> int:
    """Parses, reads, searches, prints."""
    given = _parser().parse_args(arguments)
    files = tuple(dict.fromkeys(_files(given.paths)))
    if not files:
        fail("没有找到要检查的文件")
    lists = _lists(given.words)
    from gongkai.site.cli.screen_output import as_json, as_text

    show = as_json if given.format == "json" else as_text
    screened = []
    for one in _progress(_screened(files, lists, given), len(files)):
        screened.append(one)
        if one.unread:
            print(f"{one.file}：打不开，{one.unread}", file=sys.stderr)
    print(show(screened))
    if any(one.unread for one in screened):
        return 2
    return int(any(one.grave for one in screened))


def _parser() -> ChineseParser:
    parser = ChineseParser("gongkai screen", _DESCRIPTION, _EXAMPLES)
    parser.add_argument("paths", type=Path, nargs="+", metavar="文件或文件夹", help="要公开的文件")
    parser.add_argument(
        "--words", type=Path, action="append", default=[], metavar="词表",
        help="另加错敏词表（TOML 或者 CSV），可多次",
    )  # fmt: skip
    add_format(parser)
    parser.add_argument(
        "--today", type=a_date, metavar="日期", help="按这一天判断法律法规是否有效，默认今天"
    )
    return parser


def _files(named: Sequence[Path]) -> Iterator[Path]:
    """Files as named, folders with all that lies in them but what is hidden."""
    for path in named:
        if not path.is_dir():
            yield path
            continue
        for place, folders, names in os.walk(path):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            yield from (Path(place, name) for name in sorted(names) if not name.startswith("."))


def _lists(paths: Sequence[Path]) -> WordLists:
    from screening.findings.word_lists import WordListError, built_in, read_csv, read_toml

    lists = built_in()
    for path in paths:
        read = read_csv if path.suffix.lower() == ".csv" else read_toml
        try:
            lists = lists.with_entries(read(read_text(path)))
        except WordListError as error:
            fail(f"{path}：{error}")
    return lists


def _screened(
    files: Sequence[Path], lists: WordLists, given: argparse.Namespace
) -> Iterator[Screened]:
    """Each file read in a child of its own, then searched."""
    from gongkai.site.cli.screen_output import Screened
    from screening.findings.search import screen
    from screening.passages import UnfitFileError
    from screening.sandbox import run_limited

    day = given.today or today()
    for path in files:
        try:
            extraction = run_limited("extract", _content(path), file_name=path.name)
        except OSError as error:
            yield Screened(str(path), unread=error.strerror or "读不出")
        except UnfitFileError as error:
            yield Screened(str(path), unread=error.reason)
        else:
            findings = screen(extraction, lists, today=day)
            yield Screened(str(path), extraction.carrier.label, findings, extraction.remarks)


def _content(path: Path) -> bytes:
    """The bytes of a file, never more than are looked at: the rest only shows it is too large."""
    from screening.limits import MAX_FILE_BYTES

    with path.open("rb") as file:
        return file.read(MAX_FILE_BYTES + 1)


def _progress(screened: Iterator[Screened], total: int) -> Iterator[Screened]:
    """Shows on stderr how far a batch has got; nothing for a single file."""
    if total > 1 and sys.stderr.isatty():
        from rich.console import Console
        from rich.progress import track

        yield from track(screened, "检查文件", total=total, console=Console(stderr=True))
        return
    for place, one in enumerate(screened, 1):
        yield one
        if total >= _EVERY and (place % _EVERY == 0 or place == total):
            print(f"已检查 {place:,} / {total:,}", file=sys.stderr)
