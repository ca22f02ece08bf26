"""The public shape of a reading, schema "report/1": plain values, ready for a JSON writer.

It decides nothing. Money stays Decimal until `dumps` prints its digits as they stood.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TypeAlias

from reportreader.document import Place
from reportreader.reading import Found, ProseFigure, Reading
from statute.reporting.cells import Cell, Table, cell_to_plain

SCHEMA = "report/1"

Plain: TypeAlias = "str | int | float | Decimal | Sequence[Plain] | Mapping[str, Plain] | None"


def to_json(reading: Reading) -> dict[str, Plain]:
    """The reading as plain values.

    Keys: schema, agency, year, edition, requests {row: 7 values} or None, requests_single
    {row: number}, disputes {id: value} or None, proactive {row: value or [values]} or None,
    units {row: "元", "万元" or None}, places {table: {row: [place]}}, prose, messages, format.
    """
    figures = reading.figures
    return {
        "schema": SCHEMA,
        "agency": figures.agency,
        "year": figures.year,
        "edition": figures.edition,
        "requests": _rows(figures.requests),
        "requests_single": dict(figures.requests_single),
        "disputes": None
        if figures.disputes is None
        else {cell: cell_to_plain(value) for cell, value in figures.disputes.items()},
        "proactive": None
        if figures.proactive is None
        else {row: _one_or_many(cells) for row, cells in figures.proactive.items()},
        "units": dict(figures.units),
        "places": _places(reading.found),
        "prose": [_prose(figure) for figure in reading.prose],
        "messages": [
            {"text": remark.text, "table": remark.table, "row": remark.row}
            for remark in reading.remarks
        ],
        "format": reading.format,
    }


def _rows(rows: Mapping[str, tuple[Cell, ...]] | None) -> dict[str, Plain] | None:
    if rows is None:
        return None
    return {row: [cell_to_plain(cell) for cell in cells] for row, cells in rows.items()}


def _one_or_many(cells: Sequence[Cell]) -> Plain:
    plain: list[Plain] = [cell_to_plain(cell) for cell in cells]
    return plain[0] if len(plain) == 1 else plain


def _places(found: Mapping[tuple[Table, str], tuple[Found, ...]]) -> dict[str, Plain]:
    tables: dict[str, dict[str, Plain]] = {}
    for (table, row), cells in found.items():
        tables.setdefault(table, {})[row] = [
            {**place_to_plain(cell.place), "how": cell.how} for cell in cells
        ]
    return dict(tables)


def place_to_plain(place: Place) -> dict[str, Plain]:
    """page, line, row, column and box; what the format lacks is left out."""
    plain: dict[str, Plain] = {
        name: value
        for name, value in (
            ("page", place.page),
            ("line", place.line),
            ("row", place.row),
            ("column", place.column),
        )
        if value is not None
    }
    if place.box is not None:
        plain["box"] = list(place.box)
    return plain


def _prose(figure: ProseFigure) -> dict[str, Plain]:
    return {
        "what": figure.what,
        "value": figure.value,
        "unit": figure.unit,
        "text": figure.text,
        "place": place_to_plain(figure.place),
        "speaks_of": figure.speaks_of,
        "own": figure.own,
    }


# The JSON writer prints floats in its own way; a decimal goes through it as a marked text instead.
_MARK = "\ue000"
_MARKED = re.compile(f'"{_MARK}(-?[0-9.]+){_MARK}"')


def dumps(plain: Plain, *, indent: int | None = 2) -> str:
    """JSON text; decimals with exactly the digits that were printed (0.50 stays 0.50)."""
    return _MARKED.sub(r"\1", json.dumps(_exact(plain), ensure_ascii=False, indent=indent))


def _exact(value: Plain) -> Plain:
    if isinstance(value, Decimal):
        return f"{_MARK}{value:f}{_MARK}"
    if isinstance(value, str):
        return value.replace(_MARK, "")
    if isinstance(value, Mapping):
        return {key: _exact(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_exact(item) for item in value]
    return value
