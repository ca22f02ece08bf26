"""The trail outside the database: a bundle that verifies itself, and the sheet of a daily head.

It writes no files but the bundle it is asked for; who may export is for the caller to say.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from django.utils import timezone

from gongkai.trail import events, verifier
from gongkai.trail.models import Chain, DailyHead
from gongkai.trail.verification import head_lines, row_lines

_EPOCH = (1980, 1, 1, 0, 0, 0)
_README = """政府信息公开系统留痕导出包

rows.jsonl      留痕，一行一条，按机关、序号排列；sealed 为密文
heads.jsonl     每日总摘要
chains.json     导出时各链的条数和末条摘要
sentences.json  各事件的句子
verify.py       核对程序，只需 Python 3.8 以上，不联网

核对：python3 verify.py 本包.zip --anchor 编号:摘要
“编号:摘要”取自平日打印留存的总摘要。不提供时，末尾被截去或者整体重造的，查不出来。
"""


def write(target: Path | IO[bytes], *, agency_codes: frozenset[str] | None = None) -> int:
    """Writes a bundle of all chains, or of some; returns the number of rows."""
    chains = {chain.agency_code: (chain.length, chain.head) for chain in Chain.objects.all()}
    left_out = set() if agency_codes is None else chains.keys() - agency_codes
    included = {code: end for code, end in chains.items() if code not in left_out}
    lengths = {code: end[0] for code, end in included.items()}
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as bundle:
        count = _write_rows(bundle, lengths)
        known = (head for head in head_lines() if _covered(head, chains))
        _write_text(bundle, "heads.jsonl", "".join(map(_line, known)))
        ends = {"included": included, "left_out": sorted(left_out)}
        _write_text(bundle, "chains.json", _line(ends))
        sentences = {event.name: event.sentence for event in events.registered()}
        _write_text(bundle, "sentences.json", _line(sentences))
        _write_text(bundle, "verify.py", Path(verifier.__file__).read_text(encoding="utf-8"))
        _write_text(bundle, "说明.txt", _README)
    return count


def head_sheet(head: DailyHead) -> str:
    """The page to print and keep outside: number, time, digest in groups of eight, chains."""
    groups = " ".join(head.hash[start : start + 8] for start in range(0, len(head.hash), 8))
    taken = timezone.localtime(head.taken_at).strftime("%Y年%m月%d日 %H:%M:%S")
    lines = [
        "政府信息公开系统留痕总摘要",
        "",
        f"编号：{head.number}",
        f"时间：{taken}",
        f"算法：{head.algorithm.upper()}",
        f"摘要：{groups}",
        "",
        f"各链（{len(head.chains)} 条）：",
        *_chain_lines(head),
        "",
        "打印后由本系统以外的人员保管。核对时输入：",
        f"gongkai trail verify --anchor {head.number}:{head.hash}",
    ]
    return "\n".join(lines) + "\n"


def sheet_name(head: DailyHead) -> str:
    """The file name of the sheet."""
    return f"{head.number:06d}-{head.day.isoformat()}.txt"


def _chain_lines(head: DailyHead) -> Iterable[str]:
    for agency, (length, last) in sorted(head.chains.items()):
        yield f"  {agency or '本系统'}  {length} 条  {str(last)[:16]}"


def _write_rows(bundle: zipfile.ZipFile, lengths: dict[str, int]) -> int:
    # Rows recorded since the ends were read are left to the next bundle.
    count = 0
    with bundle.open(_member("rows.jsonl"), "w", force_zip64=True) as target:
        for line in row_lines(frozenset(lengths)):
            if line["sequence"] <= lengths[line["agency"]]:
                target.write(_line(line).encode("utf-8"))
                count += 1
    return count


def _covered(head: dict[str, Any], chains: dict[str, tuple[int, str]]) -> bool:
    """False for a head taken since the ends were read."""
    return all(
        agency in chains and length <= chains[agency][0]
        for agency, (length, _) in head["chains"].items()
    )


def _write_text(bundle: zipfile.ZipFile, name: str, text: str) -> None:
    bundle.writestr(_member(name), text.encode("utf-8"))


def _member(name: str) -> zipfile.ZipInfo:
    # The same trail gives the same bytes: no time of packing inside.
    member = zipfile.ZipInfo(name, _EPOCH)
    member.compress_type = zipfile.ZIP_DEFLATED
    member.external_attr = 0o644 << 16
    return member


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True) + "\n"


def file_name(at: datetime) -> str:
    """The file name of a bundle made at this moment."""
    return f"trail-{timezone.localtime(at):%Y%m%d-%H%M%S}.zip"
