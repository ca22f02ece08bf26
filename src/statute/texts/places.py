"""The values of an instrument and of its places, as the files of this folder state them.

Not for finding or writing out a citation: see statute.texts.anchors.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from statute.citations import Mark
from statute.dated import Period

_PARTLY = "凭记忆"  # the words by which a text confesses that a part of it was not seen


class InstrumentKind(StrEnum):
    """Rank and kind, in the order in which instruments are listed."""

    LAW = "law"
    REGULATION = "regulation"
    LOCAL_RULE = "local_rule"
    INTERPRETATION = "interpretation"
    CASE = "case"
    DOCUMENT = "document"
    STANDARD = "standard"
    PRACTICE = "practice"

    @property
    def label(self) -> str:
        """The kind in Chinese, as a heading."""
        return _KIND_LABELS[self]

    @property
    def is_numbered_by_article(self) -> bool:
        """Whether the title alone names it; the others are named with their document number."""
        return self in _BY_ARTICLE


_KIND_LABELS: Mapping[InstrumentKind, str] = MappingProxyType(
    {
        InstrumentKind.LAW: "法律",
        InstrumentKind.REGULATION: "行政法规和党内法规",
        InstrumentKind.LOCAL_RULE: "地方政府规章",
        InstrumentKind.INTERPRETATION: "司法解释",
        InstrumentKind.CASE: "指导案例",
        InstrumentKind.DOCUMENT: "规范性文件和其他文件",
        InstrumentKind.STANDARD: "国家标准",
        InstrumentKind.PRACTICE: "惯例和本软件的取值",
    }
)
_BY_ARTICLE = frozenset({InstrumentKind.LAW, InstrumentKind.REGULATION, InstrumentKind.LOCAL_RULE})


@dataclass(frozen=True, slots=True)
class Anchor:
    """One place of an instrument: an article, or a labelled part of a document without articles.

    `paragraphs` counts 款 and `items` maps a paragraph to its count of 项; None and an empty map
    say that they were not counted, and then no paragraph or item of it can be cited.
    `title` and `number` are set where the place is a document of its own (a yearly notice).
    """

    instrument: str
    article: str
    text: str
    mark: Mark
    paragraphs: int | None = None
    items: Mapping[int, int] = field(default_factory=lambda: MappingProxyType({}))
    label: str = ""
    source: str = ""
    title: str = ""
    number: str = ""

    @property
    def is_partly_from_memory(self) -> bool:
        """Whether a verified text says that a part of it was not seen."""
        return self.mark is Mark.VERIFIED and _PARTLY in self.text

    def has(self, paragraph: int | None, item: int | None) -> bool:
        """Whether the place has this paragraph and this item; None asks for neither."""
        if paragraph is not None and not 1 <= paragraph <= (self.paragraphs or 0):
            return False
        return item is None or 1 <= item <= self._items_of(paragraph)

    def _items_of(self, paragraph: int | None) -> int:
        """How many items; without a paragraph only when one paragraph alone has items."""
        if paragraph is not None:
            return self.items.get(paragraph, 0)
        return next(iter(self.items.values())) if len(self.items) == 1 else 0


@dataclass(frozen=True, slots=True)
class Instrument:
    """A law, document, case, standard or practice, with its places by their own label.

    `memory` names the fields of this head (title, number, in_force) that were not seen.
    """

    id: str
    kind: InstrumentKind
    title: str
    short: str
    number: str
    version: str
    in_force: Period
    mark: Mark
    memory: tuple[str, ...]
    note: str
    anchors: tuple[Anchor, ...]

    def find(self, article: str) -> Anchor | None:
        """The place of this label."""
        for place in self.anchors:
            if article == place.article:
                return place
        return None
