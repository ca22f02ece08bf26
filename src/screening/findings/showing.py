"""What may be shown of the words around a finding, and a passage with its findings masked.

Everything personal that was found nearby is masked too, and so is any long number: an excerpt is
there to find the place, not to read it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from screening.findings.finding import Finding, Span
from screening.findings.joined import Joined
from screening.findings.scene import Hit

_AROUND = 30
_LONG_NUMBER = re.compile(r"[0-9０-９](?:[ \-]?[0-9０-９Xx]){8,}")
_KEPT = 3
_GAP = re.compile(r"[\s\x00]+")


class Shower:
    """Excerpts of one file. `hits` are all that were found, in order of their places."""

    def __init__(self, joined: Joined, hits: Sequence[Hit]) -> None:
        self._joined = joined
        self._text = joined.text
        self._masked = [hit for hit in hits if hit.masked is not None]
        self._starts = [hit.start for hit in self._masked]
        self._longest = max((hit.end - hit.start for hit in self._masked), default=0)

    def excerpt(self, hit: Hit) -> str:
        """At most 30 characters beside the words found, all personal numbers masked."""
        spare = max(_AROUND - (hit.end - hit.start), 12) // 2
        least, most = self._joined.bounds(hit.start)[0], self._joined.bounds(hit.end - 1)[1]
        first, last = max(least, hit.start - spare), min(most, hit.end + spare)
        if hit.masked is None:
            last = min(last, first + 2 * _AROUND)
        # Half a number would not be seen to be long.
        while least < first and hit.start - first < 2 * _AROUND and self._text[first].isdigit():
            first -= 1
        while last < most and last - hit.end < 2 * _AROUND and self._text[last - 1].isdigit():
            last += 1
        shown = _LONG_NUMBER.sub(_starred, self._shown(first, last))
        return _GAP.sub(" ", shown).strip()

    def _shown(self, first: int, last: int) -> str:
        parts, done = [], first
        place = bisect_left(self._starts, first - self._longest)
        while place < len(self._masked) and self._masked[place].start < last:
            hit = self._masked[place]
            place += 1
            if hit.end <= done:
                continue
            parts += [self._text[done : max(done, hit.start)], hit.masked or ""]
            done = hit.end
        return "".join([*parts, self._text[done : max(done, last)]])


def _starred(match: re.Match[str]) -> str:
    head, tail = match[0][:_KEPT], match[0][_KEPT:]
    return head + re.sub(r"[0-9０-９Xx]", "*", tail)


def spans(joined: Joined, hit: Hit) -> tuple[Span, ...]:
    """A hit as places in passages, what to write there cut to fit them.

    A mask as long as what it hides is cut where that is; a shorter or longer one stands whole in
    the first passage.
    """
    found: list[Span] = []
    fits = hit.masked is not None and len(hit.masked) == hit.end - hit.start
    for passage, start, end in joined.pieces(hit.start, hit.end):
        masked = hit.masked
        if masked is not None and fits:
            offset = _offset(joined, hit, passage, start)
            masked = masked[offset : offset + end - start]
        elif masked is not None and found:
            masked = ""
        found.append(Span(passage, start, end, masked))
    return tuple(found)


def _offset(joined: Joined, hit: Hit, passage: int, start: int) -> int:
    """Where in the hit the part in a passage begins."""
    piece = joined.piece(hit.start)
    while joined.order[piece] != passage:
        piece += 1
    return joined.starts[piece] + start - hit.start


def mask_passage(text: str, findings: Iterable[Finding], passage: int = 0) -> str:
    """The words of a passage with all that was found there masked.

    `passage` is its number in the extraction. Findings without a mask leave the words as they are.
    """
    places = sorted(
        (span for finding in findings for span in finding.spans
         if span.passage == passage and span.masked is not None),
        key=lambda span: (span.start, -span.end),
    )  # fmt: skip
    parts, done = [], 0
    for span in places:
        if span.start >= done:
            parts += [text[done : span.start], span.masked or ""]
            done = span.end
    return "".join([*parts, text[done:]])
