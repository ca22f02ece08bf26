"""Markdown, as converters and OCR write it: barred tables, headings, and HTML tables in between.

Emphasis and links are not interpreted beyond taking their marks off.
"""

from __future__ import annotations

import re

from reportreader.document import Block, Document, Grid, GridCell, Line, Picture, Place
from reportreader.fronts.text import decode

# Two dashes at least, or a colon: a single dash in a cell is a blank.
_RULE = r"\s*(?::-+:?|-+:|-{2,})\s*"
_SEPARATOR = re.compile(rf"\|?(?:{_RULE}\|)*{_RULE}\|?")
_BAR = re.compile(r"(?<!\\)\|")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_PICTURE = re.compile(r"!\[[^\]]*\]\([^)]*\)|<img\b[^>]*>", re.IGNORECASE)
_HEADING = re.compile(r"^\s{0,3}(?:#{1,6}\s+|>\s?)")
_EMPHASIS = re.compile(r"\*\*|__|(?<!\\)`")
_HTML_TABLE = re.compile(r"<table\b.*?</table\s*>", re.IGNORECASE | re.DOTALL)


def read_markdown(data: bytes, name: str) -> Document:
    """Barred lines become grids, other lines stay lines; UnreadableError when it is no text."""
    text, remarks = decode(data, name)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    blocks: list[Block] = []
    position = 0
    for match in _HTML_TABLE.finditer(text):
        blocks.extend(_blocks(text[position : match.start()], text.count("\n", 0, position)))
        blocks.extend(_html_blocks(match[0], name))
        position = match.end()
    blocks.extend(_blocks(text[position:], text.count("\n", 0, position)))
    return Document("markdown", tuple(blocks), remarks=remarks)


def _html_blocks(markup: str, name: str) -> tuple[Block, ...]:
    from reportreader.fronts.html import read_html

    return read_html(markup.encode(), name).blocks


def _blocks(text: str, before: int) -> list[Block]:
    blocks: list[Block] = []
    rows: list[tuple[int, list[str]]] = []
    for number, line in enumerate(text.split("\n"), start=before + 1):
        stripped = line.strip()
        if stripped.startswith("|") and stripped.count("|") > 1:
            if not _SEPARATOR.fullmatch(stripped):
                rows.append((number, _cells(stripped)))
            continue
        if rows:
            blocks.append(_grid(rows))
            rows = []
        if _PICTURE.search(line):
            blocks.append(Picture(Place(line=number)))
        words = _PICTURE.sub("", line)
        blocks.append(Line(_plain(words), Place(line=number)))
    if rows:
        blocks.append(_grid(rows))
    return blocks


def _cells(line: str) -> list[str]:
    return [_plain(cell).strip() for cell in _BAR.split(line.strip("|"))]


def _plain(text: str) -> str:
    text = _HEADING.sub("", text, count=1)
    return _EMPHASIS.sub("", _BREAK.sub("\n", text)).replace("\\|", "|")


def _grid(rows: list[tuple[int, list[str]]]) -> Grid:
    cells = tuple(
        GridCell(text, row, column, place=Place(line=number, row=row + 1, column=column + 1))
        for row, (number, texts) in enumerate(rows)
        for column, text in enumerate(texts)
    )
    width = max(len(texts) for _, texts in rows)
    return Grid(cells, len(rows), width, Place(line=rows[0][0]))
