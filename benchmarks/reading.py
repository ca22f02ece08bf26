"""Reading and checking a report, against the library below it doing its own part alone.

HTML against lxml parsing the same bytes, PDF against pdfplumber finding the same tables, text
against one regular expression for each label of the form, forgiving what the reader forgives.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from functools import partial
from html import escape

import lxml.html
import pdfplumber
from tests.reportreader.render.figures import seeded_figures
from tests.reportreader.render.layout import text_of
from tests.reportreader.render.layouts import LAYOUTS
from tests.reportreader.render.printed import PrintedTable

from benchmarks.measuring import Ratio, interleaved
from reportreader.document import Document
from reportreader.fronts import open_document
from reportreader.located import Report
from reportreader.parts import parts_of
from reportreader.read import read_document
from reportreader.verdict import judge
from statute.reporting.cells import Figures
from statute.reporting.editions import EDITIONS

_FIGURES = seeded_figures("benchmark", edition="2021")
_BY_NAME = {layout.name: layout for layout in LAYOUTS}

# What word processors write around the text of every cell when a report is pasted into a portal.
_CELL = (
    '<td{spans} valign="center" style="width:52.7pt;padding:0.0pt 5.4pt 0.0pt 5.4pt;'
    "border-left:1.0pt solid windowtext;border-right:1.0pt solid windowtext;"
    'border-top:none;border-bottom:1.0pt solid windowtext;"><p class="MsoNormal" align="center" '
    'style="text-align:center;line-height:20.0pt;mso-line-height-rule:exactly;">'
    "<span style=\"mso-spacerun:'yes';font-family:仿宋_GB2312;font-size:10.5pt;"
    'mso-font-kerning:1.0pt;"><font face="仿宋_GB2312">{text}</font></span></p></td>'
)


def run() -> Iterator[Ratio | str]:
    """The figures of the reader."""
    yield from _html()
    yield from _pdf()
    yield from _text()


def _check(data: bytes, name: str) -> None:
    document: Document = open_document(data, name)
    judge(Report(name, read_document(document), parts_of(document)))


def _html() -> Iterator[Ratio | str]:
    page = _portal_page(_FIGURES)
    ours, lxmls = interleaved(
        25, lambda: _check(page, "a.html"), lambda: lxml.html.document_fromstring(page)
    )
    size = len(page) // 1024
    yield f"HTML as pasted into a portal, {size} KB: {ours * 1e3:.1f} ms, lxml {lxmls * 1e3:.1f} ms"
    yield Ratio("reading and checking such a page / lxml parsing it", ours / lxmls, 5)
    bare = _BY_NAME["HTML, clean"].render(_FIGURES)
    ours, lxmls = interleaved(
        25, lambda: _check(bare, "a.html"), lambda: lxml.html.document_fromstring(bare)
    )
    yield (
        f"the same tables without a portal's markup, {len(bare) // 1024} KB: "
        f"{ours * 1e3:.1f} ms, lxml {lxmls * 1e3:.2f} ms, {ours / lxmls:.1f} × "
        "(little to parse, as much to check)"
    )


def _pdf() -> Iterator[Ratio | str]:
    for name in ("PDF, ruled", "PDF, text only"):
        data = _BY_NAME[name].render(_FIGURES)
        ours, theirs = interleaved(9, partial(_check, data, "a.pdf"), partial(_tables, data))
        yield f"{name}: {ours * 1e3:.0f} ms, pdfplumber's tables alone {theirs * 1e3:.0f} ms"
        yield Ratio(f"reading and checking {name} / pdfplumber's tables", ours / theirs, 1.3)


def _tables(data: bytes) -> None:
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            page.extract_tables()


def _text() -> Iterator[Ratio | str]:
    labels = {
        label
        for edition in EDITIONS
        for label in (
            *(row.label for row in edition.requests),
            *(row.label for block in edition.proactive for row in block.rows),
        )
    }
    literal = [re.compile(_spaced(map(re.escape, label))) for label in sorted(labels)]
    tolerant = [re.compile(_with_a_typo(label)) for label in sorted(labels)]
    for name in ("rows with spaces, blanks lost", "glued digits"):
        data = _BY_NAME[name].render(_FIGURES)
        text = data.decode()
        ours, exact, forgiving = interleaved(
            25,
            partial(_check, data, "a.txt"),
            partial(_passes, literal, text),
            partial(_passes, tolerant, text),
        )
        yield (
            f"text, {name}: {ours * 1e3:.1f} ms; {len(literal)} labels as regular expressions "
            f"{exact * 1e3:.2f} ms as printed, {forgiving * 1e3:.1f} ms with one wrong character "
            f"allowed, as the reader allows; {ours / exact:.0f} × the former"
        )
        yield Ratio(
            f"reading and checking text, {name} / one such forgiving pass per label",
            ours / forgiving,
            10,
        )


def _spaced(characters: Iterable[str]) -> str:
    return r"[\s|]*".join(characters)


def _with_a_typo(label: str) -> str:
    """The label with any one of its characters replaced, and anything blank between them."""
    characters = [re.escape(character) for character in label]
    return "|".join(
        _spaced([*characters[:place], ".", *characters[place + 1 :]])
        for place in range(len(characters))
    )


def _passes(patterns: list[re.Pattern[str]], text: str) -> None:
    for pattern in patterns:
        pattern.findall(text)


def _portal_page(figures: Figures) -> bytes:
    """The report in the frame of a portal: navigation, styles, and a word processor's markup."""
    body = text_of(
        figures,
        _pasted_table,
        lambda text: (
            '<p class="MsoNormal" style="text-indent:32.0pt;line-height:28.0pt;"><span style="'
            f'font-family:仿宋_GB2312;font-size:16.0pt;">{escape(text)}</span></p>'
        ),
    )
    menu = "".join(
        f'<li class="nav-item"><a href="/col/col{n}/index.html" title="栏目{n}">栏目{n}</a></li>'
        for n in range(160)
    )
    style = "".join(f".c{n}{{margin:0;padding:{n}px;color:#333}}" for n in range(200))
    title = f"{figures.agency}{figures.year}年政府信息公开工作年度报告"
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title>'
        f"<style>{style}</style></head><body><ul>{menu}</ul><h1>{title}</h1>{body}"
        f"<ul>{menu}</ul></body></html>"
    ).encode()


def _pasted_table(table: PrintedTable) -> Iterator[str]:
    yield '<table class="MsoNormalTable" border="1" cellspacing="0">'
    for row in table.rows():
        yield "<tr>"
        for cell in row:
            down = f' rowspan="{cell.row_span}"' if cell.row_span > 1 else ""
            across = f' colspan="{cell.column_span}"' if cell.column_span > 1 else ""
            yield _CELL.format(spans=down + across, text=escape(cell.text))
        yield "</tr>"
    yield "</table>"
