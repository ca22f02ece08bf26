"""The pieces of a paragraph, each in its layer, brought into passages.

What somebody who accepts all revisions will read stands in one passage; what is not seen stands
beside it, a passage for each stretch.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from screening.passages import Layer

_WORD_END = re.compile(r"[0-9A-Za-z]{1,24}\Z")
_WORD_START = re.compile(r"[0-9A-Za-z]{1,24}")


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of one look; VISIBLE stands for the layer of the story they are in."""

    text: str
    layer: Layer = Layer.VISIBLE


def passages_of(pieces: Sequence[Piece], base: Layer) -> Iterator[tuple[Layer, str]]:
    """(layer, words): first the line as it will stand, then each stretch that is not seen.

    A line with insertions is an insertion as a whole: half a number says nothing.
    """
    layers = {piece.layer for piece in pieces}
    shown = "".join(
        piece.text for piece in pieces if piece.layer in (Layer.VISIBLE, Layer.INSERTED)
    )
    yield Layer.INSERTED if Layer.INSERTED in layers else base, shown
    if layers <= {Layer.VISIBLE, Layer.INSERTED}:
        return
    before = [piece for piece in pieces if piece.layer is not Layer.INSERTED]
    stretches = [
        (layer, "".join(piece.text for piece in group))
        for layer, group in groupby(before, key=lambda piece: piece.layer)
    ]
    for at, (layer, text) in enumerate(stretches):
        if layer is Layer.DELETED:
            yield layer, whole_word(stretches, at)
        elif layer is not Layer.VISIBLE:
            yield layer, text


def whole_word(stretches: Sequence[tuple[Layer, str]], at: int) -> str:
    """A deletion with the rest of the number or word it was cut from."""
    _, text = stretches[at]
    if at and text[:1].isalnum():
        end = _WORD_END.search(stretches[at - 1][1])
        text = (end[0] if end else "") + text
    if at + 1 < len(stretches) and text[-1:].isalnum():
        start = _WORD_START.match(stretches[at + 1][1])
        text += start[0] if start else ""
    return text
