"""`gongkai fee`: the information processing fee, band by band."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from gongkai.site.cli.arguments import a_date, a_number, add_format, fail, print_json, today
from gongkai.site.cli.wording import ChineseParser
from statute.errors import StatuteError
from statute.fees import Assessment, PageBasis, PieceBasis, assess, choose_basis, yuan
from statute.texts.anchors import cited

_DESCRIPTION = """算信息处理费：按件或者按量，只能选一种；超额累进，逐档列出。
收不收由机关决定（条例第四十二条），这里只算可以收多少。"""
_EXAMPLES = """\
  gongkai fee --pieces 45
  gongkai fee --pages 250 --format json
  gongkai fee --pieces 3 --before 29"""


def main(arguments: Sequence[str]) -> int:
    """Parses, assesses, prints."""
    given = _parser().parse_args(arguments)
    try:
        found = _assessment(given.pieces, given.pages, given.before, given.date or today())
    except StatuteError as error:
        fail(str(error))
    if given.format == "json":
        print_json(_data(found))
    else:
        _show(found)
    return 0


def _parser() -> ChineseParser:
    parser = ChineseParser("gongkai fee", _DESCRIPTION, _EXAMPLES)
    parser.add_argument(
        "--pieces", type=a_number, metavar="N", help="同一申请人、同一自然月的件数（按件计收）"
    )
    parser.add_argument("--pages", type=a_number, metavar="N", help="一件申请的页数（按量计收）")
    parser.add_argument(
        "--before", type=a_number, default=0, metavar="N", help="按件时，本月此前已计的件数"
    )
    parser.add_argument("--date", type=a_date, metavar="日期", help="按哪一天的标准，默认今天")
    add_format(parser)
    return parser


def _assessment(pieces: int | None, pages: int | None, before: int, day: date) -> Assessment | None:
    """None where there is no piece to charge for: the law knows no request of nothing."""
    if pieces == 0 and pages is None:
        return None
    per_piece = None if pieces is None else PieceBasis(before=before, pieces=pieces)
    per_page = None if pages is None else PageBasis(pages)
    return assess(choose_basis(per_piece, per_page), on=day)


def _data(found: Assessment | None) -> dict[str, object]:
    lines = () if found is None else found.lines
    bands = [
        {
            "first": line.first,
            "last": line.last,
            "unit_fen": line.unit_fen,
            "amount_fen": line.amount_fen,
        }
        for line in lines
    ]
    return {"fen": 0 if found is None else found.amount_fen, "bands": bands}


def _show(found: Assessment | None) -> None:
    if found is None:
        print("没有申请，不收费。")
        return
    for line in found.lines:
        price = "免费" if line.unit_fen == 0 else f"{yuan(line.unit_fen)}/{found.unit}"
        print(f"  第 {line.first} 至 {line.last} {found.unit}：{price}，{yuan(line.amount_fen)}")
    print(f"{found.mode.label}，合计 {yuan(found.amount_fen)}。依据：{cited(found.source)}")
