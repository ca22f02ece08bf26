"""What the county says: data files read once, texts turned into bodies of records."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from html import escape
from importlib.resources import files
from typing import Any


@cache
def read(name: str) -> dict[str, Any]:
    """A data file by its name without suffix."""
    path = files(__package__).joinpath("data", f"{name}.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


def body_of(text: str) -> str:
    """A text as a body: a line a paragraph, “# ” a heading, “| ” a row of a table, the first of
    them its head."""
    parts: list[str] = []
    table: list[str] = []
    for line in (*text.strip().splitlines(), ""):
        if line.startswith("|"):
            table.append(_row(line, "td" if table else "th"))
            continue
        if table:
            parts.append(f"<table><tbody>{''.join(table)}</tbody></table>")
            table = []
        if line.startswith("# "):
            parts.append(f"<h2>{escape(line[2:], quote=False)}</h2>")
        elif line.strip():
            parts.append(f"<p>{escape(line.strip(), quote=False)}</p>")
    return "".join(parts)


def _row(line: str, tag: str) -> str:
    cells = (cell.strip() for cell in line.strip().strip("|").split("|"))
    scope = ' scope="col"' if tag == "th" else ""
    return (
        "<tr>"
        + "".join(f"<{tag}{scope}>{escape(cell, quote=False)}</{tag}>" for cell in cells)
        + "</tr>"
    )


def dated(value: Any, formed: date) -> Any:
    """A value of the data with {formed} and {year} written out, at any depth."""
    if value == "{year}":
        return formed.year
    if isinstance(value, str):
        return value.replace("{formed}", formed.isoformat()).replace("{year}", str(formed.year))
    if isinstance(value, dict):
        return {name: dated(one, formed) for name, one in value.items()}
    if isinstance(value, list):
        return [dated(one, formed) for one in value]
    return value
