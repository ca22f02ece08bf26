"""Plain text: a passage for each line, numbered as an editor numbers them."""

from __future__ import annotations

from screening.decoding import decode
from screening.embedded import Harvest
from screening.limits import MAX_PASSAGES
from screening.passages import Carrier, Extraction, Passage, Place, UnfitFileError


def harvest(data: bytes) -> Harvest:
    """The lines that say something. UnfitFileError for what is no text."""
    return Harvest(Extraction(Carrier.TEXT, lines_of(decode(data).text)))


def lines_of(text: str) -> tuple[Passage, ...]:
    """A passage for each line that is not blank."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    passages = tuple(
        Passage(line, Place(paragraph=number))
        for number, line in enumerate(lines, start=1)
        if line and not line.isspace()
    )
    if len(passages) > MAX_PASSAGES:
        raise UnfitFileError("文件内的文字段落过多，超过上限")
    return passages
