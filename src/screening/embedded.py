"""What an extractor gives: the words of a file, and the files found inside it."""

from __future__ import annotations

from dataclasses import dataclass

from screening.passages import Extraction


@dataclass(frozen=True, slots=True)
class Embedded:
    """A file inside a file, by its name there; it is read like any other."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Harvest:
    """Words and embedded files of one file, not yet of the files inside it."""

    extraction: Extraction
    embedded: tuple[Embedded, ...] = ()
