"""CSV: cells with row and column, so that a head which announces personal data is found."""

from __future__ import annotations

import csv
import io

from screening.decoding import decode
from screening.embedded import Harvest
from screening.extraction.text import lines_of
from screening.limits import MAX_PASSAGES
from screening.passages import Carrier, Extraction, Passage, Place, UnfitFileError
from screening.tabular import delimiter_of


def harvest(data: bytes) -> Harvest:
    """The cells that say something; lines, where the quotes are so broken that cells are none."""
    text = decode(data).text
    try:
        passages = _cells(text, delimiter_of(text) or ",")
    except csv.Error:
        passages = lines_of(text)
    return Harvest(Extraction(Carrier.CSV, passages))


def _cells(text: str, delimiter: str) -> tuple[Passage, ...]:
    found: list[Passage] = []
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    for row, cells in enumerate(rows, start=1):
        for column, cell in enumerate(cells, start=1):
            if cell.strip():
                found.append(Passage(cell, Place(table=1, row=row, column=column)))
        if len(found) > MAX_PASSAGES:
            raise UnfitFileError("文件内的文字段落过多，超过上限")
    return tuple(found)
