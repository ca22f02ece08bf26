"""`gongkai outcome`: the outcomes of an application, their articles, proofs, letters, remedies."""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.site.cli.arguments import add_format, fail, print_json
from gongkai.site.cli.wording import ChineseParser
from statute.citations import Mark
from statute.errors import StatuteError
from statute.letters import letter_kind
from statute.outcomes import OUTCOMES, Outcome, RemedyKind, outcome
from statute.reporting.editions import EDITIONS
from statute.texts.anchors import cited

_DESCRIPTION = "查办理结果：依据、须先证明什么、用什么文书、救济、计入年报哪一行。"
_EXAMPLES = """\
  gongkai outcome
  gongkai outcome unable_not_exist
  gongkai outcome partial --format json"""

_REMEDIES = {
    RemedyKind.REVIEW_FIRST: "先申请行政复议，对复议决定不服再起诉（复议前置）",
    RemedyKind.FREE_CHOICE: "可以申请行政复议，也可以直接起诉",
    RemedyKind.NONE: "不写救济",
    RemedyKind.BY_GROUNDS: "不公开部分依第十四至十六条的，复议前置；否则可以复议，也可以直接起诉",
}


def main(arguments: Sequence[str]) -> int:
    """Prints one outcome, or the list of all."""
    parser = ChineseParser("gongkai outcome", _DESCRIPTION, _EXAMPLES)
    parser.add_argument("code", nargs="?", metavar="代码", help="办理结果代码；不写则列出全部")
    add_format(parser)
    given = parser.parse_args(arguments)
    as_json = given.format == "json"
    if given.code is None:
        _list(as_json=as_json)
        return 0
    try:
        found = outcome(given.code)
    except StatuteError as error:
        fail(f"{error}。可用的代码见 gongkai outcome。")
    if as_json:
        print_json(_data(found))
    else:
        _show(found)
    return 0


def _list(*, as_json: bool) -> None:
    if as_json:
        print_json([_data(found) for found in OUTCOMES.values()])
        return
    for found in OUTCOMES.values():
        print(f"{found.code:<22}{found.label}")
    print(f"共 {len(OUTCOMES)} 种；逐项说明见 gongkai outcome 代码")


def _show(found: Outcome) -> None:
    print(f"{found.label}（{found.code}）{_mark(found.mark)}")
    print("依据：" + "；".join(cited(citation) for citation in found.citations))
    print("须先证明：" + ("" if found.requires else "无"))
    for needed in found.requires:
        print(f"  · {needed.what_to_do}（{cited(needed.citation)}）{_mark(needed.mark)}")
    print("文书：" + "、".join(f"{letter_kind(kind).title}" for kind in found.letters))
    print(f"救济：{_REMEDIES[found.remedy]}{_mark(found.remedy_mark)}")
    for edition in EDITIONS:
        row = next(row for row in edition.requests if row.id == found.rows[edition.id])
        group = "" if row.group is None else f"{row.group} "
        print(f"年报（{edition.id} 格式）：{group}{row.label}")


def _mark(mark: Mark) -> str:
    return {Mark.VERIFIED: "", Mark.MEMORY: "【凭记忆，待核】", Mark.PRACTICE: "【实务做法】"}[mark]


def _data(found: Outcome) -> dict[str, object]:
    return {
        "code": found.code,
        "label": found.label,
        "articles": [citation.short for citation in found.citations],
        "requires": [
            {"proofs": list(needed.proofs), "what_to_do": needed.what_to_do}
            for needed in found.requires
        ],
        "letters": list(found.letters),
        "remedy": found.remedy.value,
        "rows": dict(found.rows),
        "mark": found.mark.value,
    }
