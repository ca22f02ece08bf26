"""核对留痕导出包：python3 verify.py 包.zip [--anchor 编号:摘要 …]

This file is the whole verifier: the standard library, nothing of gongkai, no network. The
installation itself verifies with the same functions, and every exported bundle holds a copy.

What it proves: no row was changed, removed, inserted or moved inside a chain; the daily heads
follow one another. Against whoever may rewrite the whole database this proves nothing by itself:
cutting the tail or rebuilding everything is found only with an anchor, a head that was printed or
sent away earlier, and only for the rows that existed when it was taken.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import struct
import sys
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

ALGORITHMS = ("sha256", "sm3")
START = ""
_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
MASK = 0xFFFFFFFF


def digest(algorithm: str, data: bytes) -> str:
    """The hexadecimal digest; ValueError for an algorithm that is not on the list."""
    if algorithm == "sha256":
        return hashlib.sha256(data).hexdigest()
    if algorithm not in ALGORITHMS:
        raise ValueError(f"不认识的摘要算法：{algorithm}")
    if "sm3" not in hashlib.algorithms_available:
        return sm3(data)
    return hashlib.new(algorithm, data).hexdigest()


def _rotate(value: int, places: int) -> int:
    places %= 32
    return (value << places | value >> (32 - places)) & MASK


def _sm3_words(block: bytes) -> list[int]:
    words = list(struct.unpack(">16I", block))
    for j in range(16, 68):
        x = words[j - 16] ^ words[j - 9] ^ _rotate(words[j - 3], 15)
        mixed = x ^ _rotate(x, 15) ^ _rotate(x, 23)
        words.append(mixed ^ _rotate(words[j - 13], 7) ^ words[j - 6])
    return words


def _sm3_round(state: list[int], words: list[int], j: int) -> list[int]:
    a, b, c, d, e, f, g, h = state
    constant = 0x79CC4519 if j < 16 else 0x7A879D8A
    ss1 = _rotate((_rotate(a, 12) + e + _rotate(constant, j)) & MASK, 7)
    first = a ^ b ^ c if j < 16 else a & b | a & c | b & c
    second = e ^ f ^ g if j < 16 else e & f | ~e & g
    tt1 = (first + d + (ss1 ^ _rotate(a, 12)) + (words[j] ^ words[j + 4])) & MASK
    tt2 = (second + h + ss1 + words[j]) & MASK
    turned = (tt2 ^ _rotate(tt2, 9) ^ _rotate(tt2, 17)) & MASK
    return [tt1, a, _rotate(b, 9), c, turned, e, _rotate(f, 19), g]


def sm3(data: bytes) -> str:
    """SM3 (GB/T 32905-2016) in Python, for machines whose OpenSSL lacks it."""
    state = [
        *(0x7380166F, 0x4914B2B9, 0x172442D7, 0xDA8A0600),
        *(0xA96F30BC, 0x163138AA, 0xE38DEE4D, 0xB0FB0E4E),
    ]
    padding = b"\x80" + b"\0" * ((55 - len(data)) % 64) + struct.pack(">Q", 8 * len(data))
    message = data + padding
    for start in range(0, len(message), 64):
        words = _sm3_words(message[start : start + 64])
        before = state
        for j in range(64):
            state = _sm3_round(state, words, j)
        state = [old ^ state[place] for place, old in enumerate(before)]
    return struct.pack(">8I", *state).hex()


def canonical(value: Mapping[str, Any]) -> bytes:
    """The one spelling of a row or head that is hashed: JSON, keys sorted, no blanks, UTF-8."""
    return _ENCODER.encode(value).encode("utf-8")


def hash_of(value: Mapping[str, Any]) -> str:
    """The digest of a row or head without its own `hash`, by the algorithm that it names."""
    content = {name: item for name, item in value.items() if name != "hash"}
    return digest(str(value["algorithm"]), canonical(content))


@dataclass(frozen=True)
class Finding:
    """One fault: where, and what is wrong."""

    place: str
    fault: str

    def __str__(self) -> str:
        return f"{self.place}：{self.fault}"


@dataclass
class Result:
    """What was looked at and what was found."""

    rows: int = 0
    chains: int = 0
    heads: int = 0
    anchors: int = 0
    findings: list[Finding] = field(default_factory=list)

    def add(self, place: str, fault: str) -> None:
        """Notes a fault."""
        self.findings.append(Finding(place, fault))

    @property
    def sound(self) -> bool:
        """True where nothing was found."""
        return not self.findings


def chain_name(agency: str) -> str:
    """How a chain is called in a finding."""
    return f"机关 {agency} 的留痕链" if agency else "本系统的留痕链"


@dataclass
class Chains:
    """Walks rows in order of chain and sequence, and remembers the hashes that heads quote."""

    result: Result
    quoted: Mapping[str, frozenset[int]]
    ends: dict[str, tuple[int, str]] = field(default_factory=dict)
    hashes: dict[tuple[str, int], str] = field(default_factory=dict)

    def walk(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Checks every row against itself and against the one before it."""
        for row in rows:
            self._row(row)
        self.result.chains = len(self.ends)

    def _row(self, row: Mapping[str, Any]) -> None:
        agency, sequence = row["agency"], row["sequence"]
        length, previous = self.ends.get(agency, (0, START))
        place = f"{chain_name(agency)}第 {sequence} 条"
        if sequence != length + 1:
            self.result.add(place, f"序号不连续，前一条是第 {length} 条")
        if row["previous"] != previous:
            self.result.add(place, "与前一条的摘要不衔接")
        if hash_of(row) != row["hash"]:
            self.result.add(place, "内容与摘要不符")
        self.result.rows += 1
        self.ends[agency] = (sequence, row["hash"])
        if sequence in self.quoted.get(agency, frozenset()):
            self.hashes[agency, sequence] = row["hash"]

    def reach(self, agency: str, length: int, head: str) -> bool:
        """Whether the chain has a row of this number with this hash."""
        return self.hashes.get((agency, length)) == head


def quoted_in(heads: Iterable[Mapping[str, Any]]) -> dict[str, frozenset[int]]:
    """For each chain the sequence numbers whose hashes the heads quote."""
    numbers: dict[str, set[int]] = {}
    for head in heads:
        for agency, (length, _) in head["chains"].items():
            numbers.setdefault(agency, set()).add(length)
    return {agency: frozenset(found) for agency, found in numbers.items()}


def check_heads(
    result: Result,
    heads: Iterable[Mapping[str, Any]],
    chains: Chains,
    *,
    absent: frozenset[str] = frozenset(),
) -> None:
    """Checks that heads follow one another and that the rows they quote are there; chains that a
    bundle leaves out (`absent`) are taken on the head's word."""
    number, previous = 0, START
    for head in heads:
        place = f"第 {head['number']} 号总摘要"
        if head["number"] != number + 1 or head["previous"] != previous:
            result.add(place, "与前一号不衔接")
        if hash_of(head) != head["hash"]:
            result.add(place, "内容与摘要不符")
        for agency, (length, quoted) in head["chains"].items():
            if agency not in absent and not chains.reach(agency, length, quoted):
                result.add(place, f"{chain_name(agency)}第 {length} 条缺失或者已被改动")
        number, previous = head["number"], head["hash"]
        result.heads += 1


def check_anchors(
    result: Result, heads: Iterable[Mapping[str, Any]], anchors: Mapping[int, str]
) -> None:
    """Compares the heads with those that were printed or sent away."""
    known = {head["number"]: head["hash"] for head in heads}
    for number, printed in sorted(anchors.items()):
        result.anchors += 1
        if known.get(number) != printed:
            result.add(f"第 {number} 号总摘要", "与留存在外的摘要不符")


def read_anchor(text: str) -> tuple[int, str]:
    """Reads "12:4f0c …" as printed: blanks in the digest do not matter."""
    number, _, printed = text.partition(":")
    return int(number), "".join(printed.split()).lower()


def _lines(bundle: zipfile.ZipFile, name: str) -> Iterator[dict[str, Any]]:
    with bundle.open(name) as lines:
        for line in lines:
            yield json.loads(line)


def verify_bundle(path: str, anchors: Mapping[int, str]) -> Result:
    """Checks a bundle on disk."""
    result = Result()
    with zipfile.ZipFile(path) as bundle:
        heads = list(_lines(bundle, "heads.jsonl"))
        ends = json.loads(bundle.read("chains.json"))
        chains = Chains(result, quoted_in(heads))
        chains.walk(_lines(bundle, "rows.jsonl"))
    for agency, end in ends["included"].items():
        if chains.ends.get(agency, (0, START)) != tuple(end):
            result.add(chain_name(agency), f"导出时有 {end[0]} 条，与包中不符")
    for agency in chains.ends.keys() - ends["included"].keys():
        result.add(chain_name(agency), "导出清单上没有这条链")
    check_heads(result, heads, chains, absent=frozenset(ends["left_out"]))
    check_anchors(result, heads, anchors)
    return result


def report(result: Result) -> str:
    """What was checked, in Chinese, each fault on its line."""
    lines = [f"✗ {finding}" for finding in result.findings]
    lines.append(
        f"已核对 {result.chains} 条链、{result.rows} 条记录、{result.heads} 号总摘要、"
        f"{result.anchors} 个留存在外的摘要；发现 {len(result.findings)} 处问题。"
    )
    if result.sound and not result.anchors:
        lines.append("提示：未提供留存在外的摘要，末尾被截去或者整体重造的，查不出来。")
    return "\n".join(lines)


def main(arguments: list[str]) -> int:
    """0 sound, 1 faults found, 2 wrong use."""
    parser = argparse.ArgumentParser(description="核对留痕导出包")
    parser.add_argument("bundle", metavar="包.zip")
    parser.add_argument(
        "--anchor", action="append", default=[], metavar="编号:摘要", help="打印留存的总摘要"
    )
    options = parser.parse_args(arguments)
    try:
        anchors = dict(read_anchor(text) for text in options.anchor)
        result = verify_bundle(options.bundle, anchors)
    except (OSError, ValueError, KeyError, zipfile.BadZipFile) as error:
        print(f"不能核对：{error}", file=sys.stderr)
        return 2
    print(report(result))
    return 0 if result.sound else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
