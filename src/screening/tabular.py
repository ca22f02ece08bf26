"""Whether lines of text are a table, and what stands between its cells."""

from __future__ import annotations

import csv

_WINDOW = 4096
_DELIMITERS = (",", "\t", ";")


def delimiter_of(text: str) -> str:
    """The sign between cells when the first lines all have the same number of them, else "".

    Chinese prose has its own comma (，); a stray "," does not make its lines equally wide.
    """
    head = text[:_WINDOW]
    lines = [line for line in head.splitlines() if line.strip()]
    if len(head) < len(text):
        lines = lines[:-1]  # cut somewhere in the middle
    for delimiter in _DELIMITERS:
        try:
            widths = {len(row) for row in csv.reader(lines, delimiter=delimiter)}
        except csv.Error:
            continue
        if len(lines) > 1 and len(widths) == 1 and widths.pop() > 1:
            return delimiter
    return ""
