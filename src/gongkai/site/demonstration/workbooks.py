"""Workbooks that the county attaches to its drafts, some with a column that is hidden."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

from openpyxl import Workbook
from openpyxl.utils import get_column_letter


def workbook(words: Mapping[str, Any]) -> io.BytesIO:
    """A sheet of rows, the first its heads; `hidden` is the head of a column not shown."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = words["sheet"]
    for row in words["rows"]:
        sheet.append(row)
    if hidden := words.get("hidden"):
        letter = get_column_letter(words["rows"][0].index(hidden) + 1)
        sheet.column_dimensions[letter].hidden = True
    stream = io.BytesIO()
    book.save(stream)
    stream.seek(0)
    return stream
