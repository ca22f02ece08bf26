"""Verifies the chains in the database with the same functions as the offline verifier.

Rows are read before the ends of the chains, so that whatever is recorded meanwhile is no fault;
nothing is locked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from gongkai.trail import verifier
from gongkai.trail.models import COLUMNS, Chain, DailyHead, Row, line_of

_BATCH = 5_000


def verify(*, anchors: Mapping[int, str] | None = None) -> verifier.Result:
    """Every chain, every head, and the heads kept outside: number → digest as printed.

    Without anchors, a cut tail and a chain rebuilt as a whole with its heads are not found.
    """
    result = verifier.Result()
    heads = head_lines()
    quoted = verifier.quoted_in(heads)
    chains = verifier.Chains(result, quoted)
    before = dict(Chain.objects.values_list("agency_code", "length"))
    chains.walk(row_lines())
    _compare_ends(result, chains, before)
    verifier.check_heads(result, heads, chains)
    verifier.check_anchors(result, heads, anchors or {})
    return result


def head_lines() -> list[dict[str, Any]]:
    """All heads as they stand in a bundle, the first first."""
    heads = DailyHead.objects.order_by("number")
    return [{**head.content(), "hash": head.hash} for head in heads]


def row_lines(agency_codes: frozenset[str] | None = None) -> Iterator[dict[str, Any]]:
    """All rows as they stand in a bundle, chain by chain, read in portions."""
    rows = Row.objects.order_by("agency_code", "sequence")
    if agency_codes is not None:
        rows = rows.of_agencies(agency_codes)
    for values in rows.values_list(*COLUMNS, "hash").iterator(chunk_size=_BATCH):
        line = line_of(values)
        line["hash"] = values[-1]
        yield line


def _compare_ends(
    result: verifier.Result, chains: verifier.Chains, before: Mapping[str, int]
) -> None:
    """Each chain must reach at least where it ended before it was read, and at most where it ends
    now; where nothing was recorded meanwhile, the last hash must be the chain's."""
    ends = {chain.agency_code: chain for chain in Chain.objects.all()}
    for agency in sorted(ends.keys() | chains.ends.keys()):
        length, last = chains.ends.get(agency, (0, verifier.START))
        end = ends.get(agency)
        place = verifier.chain_name(agency)
        if end is None or length > end.length:
            result.add(place, f"有 {length} 条，多于登记的条数")
        elif length < before.get(agency, 0):
            result.add(place, f"应有 {before[agency]} 条，只有 {length} 条")
        elif length == end.length and last != end.head:
            result.add(place, "末条与登记的摘要不符")
