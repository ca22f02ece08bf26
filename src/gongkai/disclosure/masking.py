"""The words of a field with some of them masked: plain text by place, a body letter by letter.

A body is searched as its reader sees it, and masked in its source; where the two do not tell the
same letters in the same order, nothing is masked.
"""

from __future__ import annotations

import html as markup
import re
from collections.abc import Iterator, Sequence

from screening.findings.finding import Span
from screening.passages import Extraction, Layer

_TOKEN = re.compile(r'<(?:[^<>"]|"[^"]*")*>|&#?\w+;|.', re.DOTALL)

# A stretch of the source, and what comes in its place.
_Change = tuple[int, int, str]


def masked_words(
    text: str, extraction: Extraction, spans: Sequence[Span], *, html: bool
) -> str | None:
    """The text with the masks of these spans; None where a span has none, or the place of the words
    in the source is not certain."""
    if not spans or any(span.masked is None for span in spans):
        return None
    changes = _in_source(text, extraction, spans) if html else _plain(spans)
    if changes is None:
        return None
    for start, end, mask in sorted(changes, reverse=True):
        text = text[:start] + mask + text[end:]
    return text


def _plain(spans: Sequence[Span]) -> list[_Change]:
    return [(span.start, span.end, span.masked or "") for span in spans]


def _in_source(text: str, extraction: Extraction, spans: Sequence[Span]) -> list[_Change] | None:
    source = list(_letters(text))
    places: dict[tuple[int, int], int] = {}
    read: list[str] = []
    for number, passage in enumerate(extraction.passages):
        if passage.place.layer is not Layer.VISIBLE:
            continue
        for at, letter in enumerate(passage.text):
            if not letter.isspace():
                places[number, at] = len(read)
                read.append(letter)
    if read != [letter for letter, _, _ in source]:
        return None
    changes: list[_Change] = []
    for span in spans:
        stretch = [places.get((span.passage, at)) for at in range(span.start, span.end)]
        new = _masks(span, extraction)
        for place, mask in zip(stretch, new, strict=True):
            if place is not None:
                _, start, end = source[place]
                changes.append((start, end, markup.escape(mask)))
    return changes or None


def _masks(span: Span, extraction: Extraction) -> list[str]:
    """What stands in the place of each letter: the mask letter by letter where it is as long, else
    all of it in the place of the first."""
    mask, length = span.masked or "", span.end - span.start
    if len(mask) == length:
        return list(mask)
    words = extraction.passages[span.passage].text[span.start : span.end]
    first = next((at for at, letter in enumerate(words) if not letter.isspace()), 0)
    return [mask if at == first else "" for at in range(length)]


def _letters(text: str) -> Iterator[tuple[str, int, int]]:
    """The letters of a cleaned body as its reader sees them, each with its place in the source."""
    for token in _TOKEN.finditer(text):
        shown = token[0]
        if shown.startswith("<"):
            continue
        for letter in markup.unescape(shown) if shown.startswith("&") else shown:
            if not letter.isspace():
                yield letter, token.start(), token.end()
