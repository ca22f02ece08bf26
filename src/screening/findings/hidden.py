"""Layers of a file that a reader does not see, each reported once with how much stands there.

What personal data stand in them is found by the other searches, which are graver there.
"""

from __future__ import annotations

from collections.abc import Iterator

from screening.findings.finding import Kind, Severity
from screening.findings.scene import Hit, Scene
from screening.passages import Layer
from statute.citations import cite

CUES: tuple[str, ...] = ()

# What nearly every file has and stripping takes away: worth a word, not an answer.
_USUAL = frozenset(
    {
        Layer.METADATA, Layer.ALT_TEXT, Layer.LINK, Layer.OUTLINE, Layer.FORMULA,
        Layer.DEFINED_NAME, Layer.VALIDATION,
    }
)  # fmt: skip
_RULE = cite("house_practice#脱敏不可逆")


def search(scene: Scene) -> Iterator[Hit]:
    """One hit for each hidden layer of each sheet and of each file inside."""
    groups: dict[tuple[object, ...], list[int]] = {}
    for index, passage in enumerate(scene.extraction.passages):
        place = passage.place
        if place.layer.hidden and place.layer is not Layer.FILE_NAME and passage.text.strip():
            groups.setdefault((place.layer, place.inside, place.sheet), []).append(index)
    for indexes in groups.values():
        first = scene.extraction.passages[indexes[0]]
        start, end = scene.stretch(indexes[0])
        many = f"，共{len(indexes)}处" if len(indexes) > 1 else ""
        yield Hit(
            Kind.HIDDEN_CONTENT,
            Severity.HINT if first.place.layer in _USUAL else Severity.ANSWER,
            start, end,
            says=f"有看不见的内容：{first.place.layer.label}{many}",
            suggestion="清除隐藏内容后再公开；确需保留的，改为可见", rule=_RULE,
            words=tuple(scene.extraction.passages[index].text for index in indexes),
        )  # fmt: skip
