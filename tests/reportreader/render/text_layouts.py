"""Plain text in the flattenings that copying, converting and scraping leave behind."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from unicodedata import normalize

from statute.reporting.cells import Figures
from tests.reportreader.render.layout import Layout, text_of
from tests.reportreader.render.printed import Part, PrintedCell, PrintedTable

# The radicals look like the characters they stand for; fonts of PDF printers mix them up.
_KANGXI = {ord(normalize("NFKC", chr(code))): chr(code) for code in range(0x2F00, 0x2FD6)}
_FULL_WIDTH = str.maketrans("0123456789.-", "０１２３４５６７８９．－")
_LONG_LABEL = 12


def _encoded(
    table: Callable[[PrintedTable], Iterable[str]], encoding: str = "utf-8"
) -> Callable[[Figures], bytes]:
    return lambda figures: text_of(figures, table).encode(encoding)


def _cells(table: PrintedTable) -> Iterator[PrintedCell]:
    return (cell for row in table.rows() for cell in row)


def _cell_per_line(table: PrintedTable) -> Iterator[str]:
    return (cell.text for cell in _cells(table) if cell.text)


def _spaced(table: PrintedTable) -> Iterator[str]:
    for row in table.rows():
        yield " ".join(cell.text for cell in row if cell.text)


def _without_headers(table: PrintedTable) -> Iterator[str]:
    for row in table.rows():
        texts = [cell.text for cell in row if cell.part is not Part.HEADER and cell.text]
        if texts:
            yield " ".join(texts)


def _barred(table: PrintedTable, blank: str = "") -> Iterator[str]:
    for row in table.rows():
        yield " | ".join(cell.text or blank for cell in row) + " |"


def _slashes(table: PrintedTable) -> Iterator[str]:
    return _barred(table, "/")


def _entities(table: PrintedTable) -> Iterator[str]:
    return _barred(table, "&nbsp;")


def _tabbed(table: PrintedTable) -> Iterator[str]:
    """Copied from a sheet: a tab between any two columns, spanned ones left empty."""
    for row in table.rows():
        texts = [""] * table.column_count
        for cell in row:
            texts[cell.column] = cell.text
        yield "\t".join(texts)


def _aligned(table: PrintedTable) -> Iterator[str]:
    """Columns held in place by spaces, as a converter draws a page in letters."""
    widths = [0] * table.column_count
    for cell in _cells(table):
        if cell.column_span == 1:
            widths[cell.column] = max(widths[cell.column], _width(cell.text) + 3)
    for row in table.rows():
        line = ""
        for cell in row:
            start = sum(widths[: cell.column])
            line += " " * max(start - _width(line), 2) + cell.text
        yield line.rstrip()


def _width(text: str) -> int:
    """Columns on a screen: two for a Chinese character."""
    return sum(2 if ord(character) > 0x2E7F else 1 for character in text)


def _bar_lines(table: PrintedTable) -> Iterator[str]:
    for cell in _cells(table):
        yield "|"
        yield cell.text


def _span_bars(table: PrintedTable) -> Iterator[str]:
    """A bar for every column a cell spans, as some browsers copy a table."""
    for row in table.rows():
        yield "".join(f"{cell.text} {'|' * cell.column_span} " for cell in row).rstrip()


def _repeated_headers(table: PrintedTable) -> Iterator[str]:
    lines = list(_barred(table))
    rows = table.rows()
    heads = [
        line
        for line, row in zip(lines, rows, strict=True)
        if all(cell.part is Part.HEADER for cell in row)
    ]
    for number, (line, row) in enumerate(zip(lines, rows, strict=True)):
        if table.name == "requests" and number > 3 and number % 8 == 0:
            yield from heads
        yield line
        if table.name == "proactive" and row[0].part is Part.LABEL and number == 3:
            yield heads[1]


def _glued(figures: Figures) -> bytes:
    """Everything of a table in one line, nothing between the cells."""
    text = text_of(figures, lambda table: ["".join(cell.text for cell in _cells(table))])
    return text.encode()


def _glued_to_labels(table: PrintedTable) -> Iterator[str]:
    """Figures keep their distance, but the next label follows its number: 0 0 02.其他法律…"""
    text = ""
    for cell in _cells(table):
        apart = " " if text and text[-1].isdigit() and cell.part is Part.VALUE else ""
        text += apart + cell.text
    yield text


def _paged(figures: Figures) -> bytes:
    """One cell a line, a page number every twenty lines, in the middle of labels too."""
    lines: list[str] = []
    for line in text_of(figures, _halved_labels).splitlines():
        lines.append(line)
        if len(lines) % 20 == 0:
            lines += [f"- {len(lines) // 20} -", "\f"]
    return "\n".join(lines).encode()


def _pages_glued(figures: Figures) -> bytes:
    """The number at the foot of a page runs into the first line of the next: - 3 -1 0 0 0 0 0 1."""
    lines = text_of(figures, _spaced).splitlines()
    for page, start in enumerate(range(13, len(lines), 13), start=1):
        lines[start] = f"- {page} -{lines[start]}"
    return "\n".join(lines).encode()


def _halved_labels(table: PrintedTable) -> Iterator[str]:
    for text in _cell_per_line(table):
        middle = len(text) // 2
        yield from (text[:middle], text[middle:]) if len(text) > _LONG_LABEL else (text,)


def _vertical(table: PrintedTable) -> Iterator[str]:
    for cell in _cells(table):
        if cell.part is Part.GROUP:
            yield from cell.text
        elif cell.text:
            yield cell.text


def _label_around_values(table: PrintedTable) -> Iterator[str]:
    """Long labels take two lines, and the figures stand at half their height."""
    for row in table.rows():
        *labels, last = [cell.text for cell in row if cell.part is not Part.VALUE] or [""]
        values = " ".join(cell.text for cell in row if cell.part is Part.VALUE and cell.text)
        if len(last) > _LONG_LABEL and values:
            middle = len(last) // 2
            yield " ".join([*labels, last[:middle]])
            yield values
            yield last[middle:]
        else:
            yield " ".join(part for part in (*labels, last, values) if part)


def _values_below(table: PrintedTable) -> Iterator[str]:
    """All labels of a table first, all figures after them: which belongs to which is lost."""
    yield from (cell.text for cell in _cells(table) if cell.part is not Part.VALUE)
    for row in table.rows():
        values = [cell.text for cell in row if cell.part is Part.VALUE and cell.text]
        if values:
            yield " ".join(values)


def _typing_errors(table: PrintedTable) -> Iterator[str]:
    """One character of each longer label wrong or missing, the way hands and OCR do it."""
    for row in table.rows():
        texts = []
        for cell in row:
            text = cell.text
            if cell.part is Part.LABEL and len(text) > 7:
                place = len(text) // 2 + 1
                text = text[:place] + ("" if cell.row % 2 else "某") + text[place + 1 :]
            texts.append(text)
        yield " | ".join(texts) + " |"


def _with_remarks(table: PrintedTable) -> Iterator[str]:
    for row in table.rows():
        texts = []
        for cell in row:
            remark = cell.part is Part.VALUE and cell.row % 3 == 0 and cell.text not in {"", "0"}
            texts.append(cell.text + "（含网上提交）" if remark else cell.text)
        yield " | ".join(texts) + " |"


def _full_width(table: PrintedTable) -> Iterator[str]:
    return (line.translate(_FULL_WIDTH) for line in _barred(table))


def _radicals(table: PrintedTable) -> Iterator[str]:
    return (line.translate(_KANGXI) for line in _barred(table))


def _minus_in_words(table: PrintedTable) -> Iterator[str]:
    return (re.sub(r"(?<![\d])-(?=\d)", "减", line) for line in _barred(table))


def _instructed(table: PrintedTable) -> Iterator[str]:
    yield "（填写说明：本表由各单位据实填写，没有的填“0”，填完后删去本说明。）"
    yield from _barred(table)
    yield "注：表中数据单位为件，由办公室汇总。"


def _mojibake(figures: Figures) -> bytes:
    """UTF-8 taken for Latin-1 and saved again as UTF-8."""
    return text_of(figures, _barred).encode().decode("latin-1").encode()


TEXT_LAYOUTS: tuple[Layout, ...] = (
    Layout(
        "one cell per line", ".txt", _encoded(_cell_per_line),
        keeps_blanks=False, loses="which cells were empty",
    ),
    Layout(
        "rows with spaces, blanks lost", ".txt", _encoded(_spaced),
        keeps_blanks=False, loses="which cells were empty",
    ),
    Layout("rows with tabs", ".txt", _encoded(_tabbed)),
    Layout(
        "columns held by spaces", ".txt", _encoded(_aligned),
        keeps_blanks=False, loses="which cells were empty",
    ),
    Layout(
        "page numbers glued to lines", ".txt", _pages_glued,
        keeps_blanks=False, loses="which cells were empty",
    ),
    Layout("rows with bars", ".txt", _encoded(_barred)),
    Layout("a bar on a line of its own", ".txt", _encoded(_bar_lines)),
    Layout("bars for spanned columns", ".txt", _encoded(_span_bars)),
    Layout("blanks as &nbsp;", ".txt", _encoded(_entities)),
    Layout("blanks as slashes", ".txt", _encoded(_slashes)),
    Layout(
        "glued digits", ".txt", _glued, lossless=False, rests_on_sums=True,
        loses="every border between cells",
    ),
    Layout(
        "labels glued to figures", ".txt", _encoded(_glued_to_labels), lossless=False,
        loses="where a figure ends and the number of the next label begins",
    ),
    Layout(
        "page breaks inside labels", ".txt", _paged,
        keeps_blanks=False, loses="which cells were empty",
    ),
    Layout(
        "vertical labels", ".txt", _encoded(_vertical),
        keeps_blanks=False, loses="which cells were empty",
    ),
    Layout(
        "figures between two halves of a label", ".txt", _encoded(_label_around_values),
        keeps_blanks=False, loses="which cells were empty",
    ),
    Layout(
        "all figures below all labels", ".txt", _encoded(_values_below), lossless=False,
        loses="which figures belong to which label",
    ),
    Layout("typing errors in labels", ".txt", _encoded(_typing_errors)),
    Layout("headers repeated", ".txt", _encoded(_repeated_headers)),
    Layout(
        "headers lost", ".txt", _encoded(_without_headers), lossless=False, keeps_blanks=False,
        loses="the columns of tables two and four, and which cells were empty",
    ),
    Layout("remarks inside cells", ".txt", _encoded(_with_remarks)),
    Layout("full-width digits", ".txt", _encoded(_full_width)),
    Layout("Kangxi radicals", ".txt", _encoded(_radicals)),
    Layout("mojibake", ".txt", _mojibake),
    Layout("minus in words", ".txt", _encoded(_minus_in_words)),
    Layout("instructions left in", ".txt", _encoded(_instructed)),
    Layout("GB 18030", ".txt", _encoded(_barred, "gb18030")),
    Layout("UTF-16", ".txt", _encoded(_barred, "utf-16")),
)  # fmt: skip
