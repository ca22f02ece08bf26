"""Reads a report: opens the file, fills the tables from grids and text, and says what is unsure.

It fills tables from tables only, and guesses nothing; checking is another module's matter.
"""

from __future__ import annotations

from pathlib import Path

from reportreader.choose import choose
from reportreader.document import Document, Grid, Picture
from reportreader.draft import GROUPS, Draft
from reportreader.flat import FlatText, flatten
from reportreader.flat_disputes import read_disputes
from reportreader.flat_proactive import read_proactive
from reportreader.flat_requests import read_requests
from reportreader.fronts import limits, open_document
from reportreader.grids import fill_from_grids
from reportreader.identity import identify
from reportreader.labels import PROACTIVE_ROWS, REQUEST_ROWS
from reportreader.normalise import letters, normalise
from reportreader.prose import figures_in
from reportreader.reading import Found, Reading, Remark
from reportreader.rows import Page
from reportreader.units import units_of
from reportreader.widths import edition_of
from statute.reporting.cells import Cell, Figures, Number, Table
from statute.reporting.editions import EDITIONS

_RESULTS = ("uphold", "correct", "other", "pending", "total")
_FEWEST_REQUEST_ROWS = 23


def read_file(path: Path) -> Reading:
    """The report in this file; UnreadableError, one Chinese line, when it cannot be opened."""
    return read_bytes(limits.read_file(path), path.name)


def read_bytes(data: bytes, name: str) -> Reading:
    """The report in these bytes; `name` is used in messages."""
    return read_document(open_document(data, name))


def read_document(document: Document) -> Reading:
    """The tables, sentences and doubts of a document that was opened."""
    flat = flatten(document)
    in_grids = _in_grids(document)
    draft = Draft(edition=edition_of(flat.han + letters(in_grids)))
    draft.remarks.extend(Remark(text) for text in document.remarks)
    unused = fill_from_grids(document, draft)
    if _wants_text(draft):
        flat = flatten(document, unused) if unused else flat
        _fill_from_text(flat, draft)
    choose(draft.requests)
    agency, year, title = identify(flat, document.metadata)
    if draft.edition is None and year is not None:
        draft.edition = next((form.id for form in EDITIONS if form.serves(year)), None)
    draft.units = units_of(draft.proactive, draft.edition, (flat.text, in_grids))
    _note_missing(document, draft)
    draft.problems()
    return Reading(
        figures=_figures(draft, agency, year),
        found=_found(draft),
        prose=figures_in(flat, agency, draft.in_text),
        remarks=tuple(draft.remarks),
        format=document.format,
        title=title,
    )


def _in_grids(document: Document) -> str:
    """All that stands in cells, for words sought anywhere in it."""
    return normalise(
        "\n".join(
            cell.text
            for block in document.blocks
            if isinstance(block, Grid)
            for cell in block.cells
            if not cell.text.isdecimal()
        )
    )


def _wants_text(draft: Draft) -> bool:
    return (
        len(draft.requests) < _FEWEST_REQUEST_ROWS
        or len(draft.disputes) < len(GROUPS)
        or not draft.proactive
    )


def _fill_from_text(flat: FlatText, draft: Draft) -> None:
    """What grids did not show; a row that a grid showed is not overwritten."""
    found = read_requests(flat) if len(draft.requests) < _FEWEST_REQUEST_ROWS else None
    table, page = found if found is not None else (None, Page())
    draft.add(draft.requests, table)
    draft.add(draft.proactive, read_proactive(flat, draft.edition, page))
    if not draft.disputes:
        draft.add(draft.disputes, read_disputes(flat, table.end if table else 0, page))


def _note_missing(document: Document, draft: Draft) -> None:
    pictures = any(isinstance(block, Picture) for block in document.blocks)
    reason = "（文件中有图片，表格可能是图片）" if pictures else ""
    for table, rows, name in (
        (Table.PROACTIVE, draft.proactive, "表二 主动公开政府信息情况"),
        (Table.REQUESTS, draft.requests, "表三 收到和处理政府信息公开申请情况"),
        (Table.DISPUTES, draft.disputes, "表四 行政复议、行政诉讼情况"),
    ):
        if not rows:
            draft.remarks.append(Remark(f"未见{name}{reason}", table))


def _figures(draft: Draft, agency: str | None, year: int | None) -> Figures:
    requests = {row: draft.requests[row].cells for row in REQUEST_ROWS if row in draft.requests}
    singles: dict[str, Number] = {
        row: reading.single
        for row in REQUEST_ROWS
        if (reading := draft.requests.get(row)) is not None and reading.single is not None
    }
    proactive = {
        row: draft.proactive[row].cells for row in PROACTIVE_ROWS if row in draft.proactive
    }
    disputes: dict[str, Cell] = {
        f"{group}_{result}": cell
        for group in GROUPS
        if group in draft.disputes
        for result, cell in zip(_RESULTS, draft.disputes[group].cells, strict=True)
    }
    return Figures(
        edition=draft.edition,
        year=year,
        requests=requests or None,
        disputes=disputes or None,
        proactive=proactive or None,
        requests_single=singles,
        units=draft.units,
        agency=agency,
    )


def _found(draft: Draft) -> dict[tuple[Table, str], tuple[Found, ...]]:
    return {
        (table, row): reading.found()
        for table, rows in (
            (Table.PROACTIVE, draft.proactive),
            (Table.REQUESTS, draft.requests),
            (Table.DISPUTES, draft.disputes),
        )
        for row, reading in rows.items()
    }
