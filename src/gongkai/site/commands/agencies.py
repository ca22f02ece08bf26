"""`gongkai agencies`: the bodies of the county, one per line or as JSON."""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.site.cli.arguments import a_date, add_format, print_json
from gongkai.site.cli.wording import ChineseParser
from gongkai.site.commands.starting import start

_DESCRIPTION = "列出机关：代码、名称、种类、上级、是否主管部门（县政府办公室，只有一个）。"
_EXAMPLES = """\
  gongkai agencies
  gongkai agencies --on 2026-01-01 --format json"""


def main(arguments: Sequence[str]) -> int:
    """Prints all bodies, those of the past included unless a day is given."""
    parser = ChineseParser("gongkai agencies", _DESCRIPTION, _EXAMPLES)
    parser.add_argument("--on", type=a_date, metavar="日期", help="只列这一天存续的机关，默认全部")
    add_format(parser)
    given = parser.parse_args(arguments)
    start()
    from gongkai.agencies.models import AgencyKind
    from gongkai.agencies.queries import directory

    found = directory(given.on)
    if given.format == "json":
        print_json(found)
        return 0
    for one in found:
        supervising = "  主管部门" if one["supervising"] else ""
        parent = f"  上级 {one['parent']}" if one["parent"] else ""
        kind = AgencyKind(str(one["kind"])).label
        print(f"{one['code']}  {one['name']}  {kind}{parent}{supervising}")
    if not found:
        print("还没有机关。先运行 gongkai setup。")
    return 0
