"""The fronts: each turns one file format into a Document of lines, grids and pictures.

They place what they find; what a line or a cell means is decided behind them.
"""

from __future__ import annotations

from collections.abc import Callable

from reportreader.document import Document
from reportreader.errors import UnreadableError
from reportreader.fronts.limits import MAX_TEXT_BYTES, MIB, check_size
from reportreader.fronts.sniff import Kind, sniff


def open_document(data: bytes, name: str) -> Document:
    """The document in these bytes, whatever its suffix claims; `name` is used in messages only
    and as a hint between Markdown and plain text.

    Raises UnreadableError, and nothing else, with one Chinese line for whoever handed it in.
    """
    check_size(data, name)
    kind = sniff(data, name)
    if kind not in {Kind.PDF, Kind.DOCX} and len(data) > MAX_TEXT_BYTES:
        raise UnreadableError(name, f"文字类文件过大，超过 {MAX_TEXT_BYTES // MIB} MB 的读取上限")
    return _front(kind)(data, name)


def _front(kind: Kind) -> Callable[[bytes, str], Document]:
    """Imported when needed: reading a text must not wait for the PDF libraries to load."""
    if kind is Kind.PDF:
        from reportreader.fronts.pdf import read_pdf

        return read_pdf
    if kind is Kind.DOCX:
        from reportreader.fronts.docx import read_docx

        return read_docx
    if kind is Kind.HTML:
        from reportreader.fronts.html import read_html

        return read_html
    if kind is Kind.MARKDOWN:
        from reportreader.fronts.markdown import read_markdown

        return read_markdown
    from reportreader.fronts.text import read_text

    return read_text
