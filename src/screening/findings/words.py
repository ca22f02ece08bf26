"""Wrong and sensitive words of the lists, each outside the phrases in which it is right.

Where words overlap the longer stands. Gaps inside a word do not hide it; look-alikes do.
"""

from __future__ import annotations

from collections.abc import Iterator

from screening.findings.finding import Kind
from screening.findings.scene import Hit, Scene
from statute.citations import cite

_RULE = cite("house_practice#错敏词")


def search(scene: Scene) -> Iterator[Hit]:
    """Every word of the lists."""
    entries = {entry.word: entry for entry in scene.lists.entries}
    seen = scene.sightings["words"]
    phrases = {(sighting.cue, sighting.start) for sighting in seen}
    wrong = [sighting for sighting in seen if sighting.cue in entries]
    wrong.sort(key=lambda sighting: (sighting.start, sighting.start - sighting.end))
    end = 0
    for sighting in wrong:
        entry = entries[sighting.cue]
        if sighting.start < end or any(
            (phrase, sighting.start - offset) in phrases
            for phrase in entry.right_in
            for offset in _offsets(phrase, entry.word)
        ):
            continue
        end = sighting.end
        start, last = scene.squeezed.raw_span(sighting.start, sighting.end)
        yield Hit(
            Kind.WORD, entry.severity, start, last,
            says=f"{entry.category.label}：“{entry.word}”",
            suggestion=_suggestion(entry.suggestion), rule=_RULE,
        )  # fmt: skip


def _offsets(phrase: str, word: str) -> Iterator[int]:
    """Where the word stands in a phrase in which it is right."""
    at = phrase.find(word)
    while at != -1:
        yield at
        at = phrase.find(word, at + 1)


def _suggestion(words: str) -> str:
    if not words:
        return "核对用词"
    return words if words.startswith(("删", "按", "核", "不对外")) else f"改为“{words}”"
