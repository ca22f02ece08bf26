"""HTML and Markdown, clean and as portals and converters really write them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html import escape

from statute.reporting.cells import Figures
from tests.reportreader.render.layout import Layout, text_of
from tests.reportreader.render.printed import Part, PrintedTable, printed_rows

_WIDE = 3  # columns of the grid for each column of the form


def _page(figures: Figures, table: Callable[[PrintedTable], Iterator[str]]) -> bytes:
    title = f"{figures.agency}{figures.year}年政府信息公开工作年度报告"
    body = text_of(figures, table, lambda text: f"<p>{escape(text)}</p>")
    head = f'<head><meta charset="utf-8"><title>{title}</title></head>'
    return f"<!DOCTYPE html>\n<html>{head}\n<body>\n{body}</body></html>\n".encode()


def _span(name: str, size: int) -> str:
    return f' {name}="{size}"' if size > 1 else ""


def _clean_table(table: PrintedTable) -> Iterator[str]:
    yield "<table>"
    for row in table.rows():
        yield "<tr>"
        for cell in row:
            spans = _span("rowspan", cell.row_span) + _span("colspan", cell.column_span)
            yield f"<td{spans}>{escape(cell.text) or '&nbsp;'}</td>"
        yield "</tr>"
    yield "</table>"


def _malformed_table(table: PrintedTable) -> Iterator[str]:
    """Tags left open, spans that are zero, not numbers, or reach beyond the table."""
    yield '<table border=1 width="100%"><tbody>'
    for row in table.rows():
        yield "<tr>"
        for cell in row:
            down = f' rowspan="{cell.row_span}"'
            if cell.part is Part.GROUP and cell.row + cell.row_span >= table.row_count - 1:
                down = ' rowspan="99"' if table.name == "proactive" else down
            across = f" colspan={cell.column_span}px" if cell.column_span > 1 else ' colspan="0"'
            yield f"<td{down}{across}><p><span>{escape(cell.text)}</span>"
    yield "</table>"


def _wide_table(table: PrintedTable) -> Iterator[str]:
    """A spreadsheet saved as a page: every column is three, and empty ones stand at the edge."""
    yield '<table style="border-collapse:collapse">'
    yield "<tr>" + "<td></td>" * (table.column_count * _WIDE + 2) + "</tr>"
    for row in table.rows():
        yield "<tr><td></td>"
        for cell in row:
            spans = _span("rowspan", cell.row_span) + _span("colspan", cell.column_span * _WIDE)
            yield f"<td{spans}>{escape(cell.text)}</td>"
        yield "<td></td></tr>"
    yield "</table>"


def _framed_table(table: PrintedTable) -> Iterator[str]:
    """The table inside a cell of another that only lays out the page."""
    yield "<table><tr><td>"
    yield from _clean_table(table)
    yield "</td></tr></table>"


def _picture(table: PrintedTable) -> Iterator[str]:
    yield f'<p><img src="{table.name}.png" alt=""></p>'


def _html_in_markdown(figures: Figures) -> bytes:
    """Markdown of a recogniser of scans: headings in Markdown, tables in HTML on one line."""

    def table(printed: PrintedTable) -> Iterator[str]:
        yield "".join(_clean_table(printed))
        yield ""

    return text_of(figures, table, lambda text: f"# {text}\n").encode()


def _exploded(figures: Figures) -> bytes:
    """Markdown of a PDF converter: merged cells exploded, labels broken by <br>."""

    def table(printed: PrintedTable) -> Iterator[str]:
        for row in printed.rows():
            texts = [""] * printed.column_count
            for cell in row:
                middle = len(cell.text) // 2
                broken = len(cell.text) > 14
                texts[cell.column] = (
                    f"{cell.text[:middle]}<br>{cell.text[middle:]}" if broken else cell.text
                )
            yield f"| {' | '.join(texts)} |"
        yield ""

    return text_of(figures, table).encode()


def _invented_headers(figures: Figures) -> bytes:
    """Markdown of a language model: a table for every few rows, under headers it made up."""

    def table(printed: PrintedTable) -> Iterator[str]:
        if printed.name == "requests":
            return _split_requests(printed, [row.id for row in printed_rows(figures)])
        return _split_disputes(printed) if printed.name == "disputes" else _piped(printed)

    return text_of(figures, table, lambda text: f"## {text}\n").encode()


def _split_requests(printed: PrintedTable, names: list[str]) -> Iterator[str]:
    for name, row in zip(names, printed.rows()[3:], strict=True):
        if name in {"a1", "r_grant", "r_deny_1", "r_unable_1", "r_ignore_1", "a4"}:
            header = ["类别", *(f"数据{index}" for index in range(1, 7)), "总计"]
            if name == "a4":
                header = ["项目", "本年新收件数", "予以公开", "部分公开", "不予公开"]
                header += ["无法提供", "结转下年度", "总计"]
            yield ""
            yield f"| {' | '.join(header)} |"
            yield _rule(8)
        texts = [cell.text for cell in row if cell.part is not Part.GROUP]
        yield f"| {' | '.join(texts)} |"
    yield ""


def _split_disputes(printed: PrintedTable) -> Iterator[str]:
    values = [cell.text for cell in printed.rows()[-1]]
    titles = ("行政复议", "行政诉讼（未经复议直接起诉）", "行政诉讼（复议后起诉）")
    for number, title in enumerate(titles):
        yield f"### {title}"
        yield "| 结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 |"
        yield _rule(5)
        yield f"| {' | '.join(values[number * 5 : number * 5 + 5])} |"
        yield ""


def _rule(width: int) -> str:
    return "|" + "---|" * width


def _piped(printed: PrintedTable) -> Iterator[str]:
    """A Markdown table for every block of table two."""
    for cells in printed.rows():
        if len(cells) == 1:
            yield ""
            yield f"### {cells[0].text}"
        else:
            yield f"| {' | '.join(cell.text for cell in cells)} |"
            if cells[0].part is Part.HEADER:
                yield _rule(len(cells))
    yield ""


MARKUP_LAYOUTS: tuple[Layout, ...] = (
    Layout("HTML, clean", ".html", lambda figures: _page(figures, _clean_table)),
    Layout("HTML, malformed spans", ".html", lambda figures: _page(figures, _malformed_table)),
    Layout("HTML, wide grid", ".html", lambda figures: _page(figures, _wide_table)),
    Layout("HTML, table in a table", ".html", lambda figures: _page(figures, _framed_table)),
    Layout(
        "HTML, tables as images", ".html", lambda figures: _page(figures, _picture),
        lossless=False, shows_tables=False, loses="the tables",
    ),
    Layout("Markdown, tables in HTML", ".md", _html_in_markdown),
    Layout("Markdown, exploded cells", ".md", _exploded),
    Layout("Markdown, invented headers", ".md", _invented_headers),
)  # fmt: skip
