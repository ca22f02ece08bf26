"""Lists as files: XLSX, CSV and JSON, in which no cell can act as a formula.

It writes what it is given; who may take a list away is decided before it.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from urllib.parse import quote

from django.http import HttpResponse
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, WriteOnlyCell
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

# What openpyxl calls a cell of text, whatever the text begins with.
TEXT = "s"
Lines = Iterable[Sequence[str]]
# What a list is and how it came about, as label and words: on a sheet of its own in XLSX. CSV and
# JSON have none, so that a machine that reads them meets nothing but rows.
Notes = Sequence[tuple[str, str]]

# A spreadsheet takes a cell beginning with one of these for a formula, or strips what stands first.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@dataclass(frozen=True, slots=True)
class Format:
    """A file type: its name on the screen, its media type, and who writes it."""

    label: str
    media_type: str
    write: Callable[[Sequence[str], Lines, Notes], bytes]


def harmless(text: str) -> str:
    """A cell that no spreadsheet takes for a formula: an apostrophe is put before it."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def _csv(heads: Sequence[str], lines: Lines, _notes: Notes) -> bytes:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(heads)
    writer.writerows([harmless(text) for text in line] for line in lines)
    return b"\xef\xbb\xbf" + stream.getvalue().encode()  # Excel reads UTF-8 only with this mark


def _json(heads: Sequence[str], lines: Lines, _notes: Notes) -> bytes:
    rows = [dict(zip(heads, line, strict=True)) for line in lines]
    return json.dumps(rows, ensure_ascii=False, indent=1).encode()


def _xlsx(heads: Sequence[str], lines: Lines, notes: Notes) -> bytes:
    book = Workbook(write_only=True)
    _fill(book.create_sheet("清单"), chain([heads], lines))
    if notes:
        _fill(book.create_sheet("说明"), notes)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _fill(sheet: WriteOnlyWorksheet, lines: Lines) -> None:
    for line in lines:
        cells = []
        for text in line:
            cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", text))
            cell.data_type = TEXT
            cells.append(cell)
        sheet.append(cells)


FORMATS: dict[str, Format] = {
    "xlsx": Format(
        "XLSX", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _xlsx
    ),
    "csv": Format("CSV", "text/csv; charset=utf-8", _csv),
    "json": Format("JSON", "application/json", _json),
}


def export(
    form: str, name: str, heads: Sequence[str], lines: Lines, notes: Notes = ()
) -> HttpResponse:
    """A list as a download named in Chinese."""
    chosen = FORMATS[form]
    response = HttpResponse(chosen.write(heads, lines, notes), content_type=chosen.media_type)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}.{form}"
    return response
