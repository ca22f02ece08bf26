"""Words as a file's extraction, screened on a fixed day: the short way for tests of searches."""

from __future__ import annotations

from datetime import date

from screening.findings.finding import Finding, Kind, Severity
from screening.findings.search import screen
from screening.findings.word_lists import WordLists
from screening.passages import Carrier, Extraction, Layer, Passage, Place

TODAY = date(2026, 11, 1)
MUST, ANSWER, HINT = Severity.MUST, Severity.ANSWER, Severity.HINT


def lines(*texts: str, layer: Layer = Layer.VISIBLE) -> Extraction:
    """Lines of a text file."""
    return Extraction(
        Carrier.TEXT,
        tuple(
            Passage(text, Place(layer=layer, paragraph=number))
            for number, text in enumerate(texts, start=1)
        ),
    )


def rows(*texts: tuple[str, ...]) -> Extraction:
    """A table; empty cells are left out, as extractors leave them out."""
    return Extraction(
        Carrier.DOCX,
        tuple(
            Passage(cell, Place(table=1, row=row, column=column))
            for row, cells in enumerate(texts, start=1)
            for column, cell in enumerate(cells, start=1)
            if cell
        ),
    )


def findings(
    extraction: Extraction, lists: WordLists | None = None, *, today: date = TODAY
) -> tuple[Finding, ...]:
    """Screened on the fixed day."""
    return screen(extraction, lists, today=today)


def words(extraction: Extraction, finding: Finding) -> str:
    """The words found, as they stand."""
    return "".join(
        extraction.passages[span.passage].text[span.start : span.end] for span in finding.spans
    )


def told(
    extraction: Extraction, lists: WordLists | None = None, *, today: date = TODAY
) -> list[tuple[Kind, Severity, str]]:
    """Kind, severity and words of every finding."""
    return [
        (finding.kind, finding.severity, words(extraction, finding))
        for finding in findings(extraction, lists, today=today)
    ]
