"""Counts what is taken out of a file while it is taken out. It takes nothing out itself."""

from __future__ import annotations

from collections import Counter

from screening.passages import Layer
from screening.stripping.stripped import Removal

UNKNOWN = "不认识的内容"
_ORDER = {layer: number for number, layer in enumerate(Layer)}


class Tally:
    """How often what went, by layer and by the words for it."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[Layer, str]] = Counter()

    def add(self, layer: Layer, what: str = "", count: int = 1) -> None:
        """One more gone; without words, those of the layer."""
        if count > 0:
            self._counts[layer, what or layer.label] += count

    def take(self, removed: tuple[Removal, ...]) -> None:
        """Adds what another count holds, of a picture inside a document for instance."""
        for one in removed:
            self.add(one.layer, one.what, one.count)

    def removals(self) -> tuple[Removal, ...]:
        """The counts in the order of the layers, then as they came."""
        rows = sorted(self._counts.items(), key=lambda row: _ORDER[row[0][0]])
        return tuple(Removal(layer, count, what) for (layer, what), count in rows)
