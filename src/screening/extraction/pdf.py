"""Reads a PDF to its hidden corners: pages with sight of what is seen, structure, earlier states.

Words in pictures are not recognised, tables are given as lines; both are said where it matters.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import ExitStack, closing

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium

from screening.embedded import Harvest
from screening.extraction.pdf_cover import half_shown
from screening.extraction.pdf_frame import opened
from screening.extraction.pdf_guard import Checked, check, damage_refused
from screening.extraction.pdf_history import earlier_words, leftovers, tail
from screening.extraction.pdf_replacements import with_notes_open, without_replacements
from screening.extraction.pdf_sight import Seen, look
from screening.extraction.pdf_structure import Gleaned, glean
from screening.extraction.pdf_tree import grow, saved
from screening.extraction.pdf_words import lines, uncovered
from screening.passages import Carrier, Extraction, Layer, NotCovered, Passage, Place


def harvest(data: bytes) -> Harvest:
    """All words of a PDF with their places, and the files inside it.

    UnfitFileError for passwords, damage, and files beyond the limits.
    """
    checked = check(data)
    with damage_refused():
        return _harvest(checked, data)


def _harvest(checked: Checked, data: bytes) -> Harvest:
    gathered = Gleaned()
    for part in (_drawn, _noted, _kept):
        part(checked, gathered)
    gathered.passages += tail(data)
    if checked.was_encrypted:
        gathered.remarks.append("文件带有权限口令，处理后不再保留")
    extraction = Extraction(
        carrier=Carrier.PDF,
        passages=tuple(gathered.passages),
        not_covered=tuple(gathered.not_covered),
        pages=checked.pages,
        remarks=tuple(dict.fromkeys(gathered.remarks)),
    )
    return Harvest(extraction, tuple(gathered.embedded))


def _drawn(checked: Checked, gathered: Gleaned) -> None:
    """Page by page what is drawn."""
    spoken = without_replacements(checked.data)
    for number, (page, seen) in enumerate(pages_seen(spoken), start=1):
        gathered.passages += lines(seen, number)
        gathered.not_covered += uncovered(seen, number)
        for part in half_shown(page, seen.frame, seen.objects):
            place = Place(layer=Layer.UNDER_BOX, page=number, box=part.box)
            gathered.not_covered.append(NotCovered(place, part.reason))
        if seen.unpictured:
            gathered.remarks.append(f"第{number}页有文字用了文件里没有的字体，本机画不出来")


def pages_seen(data: bytes) -> Iterator[tuple[pypdfium2.PdfPage, Seen]]:
    """Each page with what is seen of it; a page is open until the next one is asked for."""
    layered = every_layer_on(data)
    with ExitStack() as stack:
        document = stack.enter_context(opened(data))
        other = stack.enter_context(opened(layered)) if layered else None
        for index in range(len(document)):
            with ExitStack() as leaf:
                page = leaf.enter_context(closing(document[index]))
                text = leaf.enter_context(closing(page.get_textpage()))

                def all_layers(index: int = index, leaf: ExitStack = leaf) -> object:
                    return None if other is None else leaf.enter_context(closing(other[index]))

                yield page, look(page, text, all_layers)


def every_layer_on(data: bytes) -> bytes | None:
    """The file with its optional layers switched on; None when it has none."""
    if b"/OC" not in data and b"/ObjStm" not in data:
        return None
    with pikepdf.open(io.BytesIO(data)) as pdf:
        if "/OCProperties" not in pdf.Root:
            return None
        del pdf.Root["/OCProperties"]
        return saved(pdf, packed=False)


def _noted(checked: Checked, gathered: Gleaned) -> None:
    """Words drawn by notes and fields, hidden ones too, which PDFium does not count to the page."""
    notes_open = with_notes_open(checked.data)
    if notes_open is None:
        return
    said = {passage.text for passage in gathered.passages}
    with opened(notes_open) as document:
        for index in range(len(document)):
            with closing(document[index]) as page:
                if pdfium.FPDFPage_GetAnnotCount(page) == 0:
                    continue
                pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY)
            with closing(document[index]) as page, closing(page.get_textpage()) as text:
                for line in text.get_text_range().splitlines():
                    if line.strip() and line.strip() not in said:
                        place = Place(layer=Layer.ANNOTATION, page=index + 1)
                        gathered.passages.append(Passage(line.strip(), place))


def _kept(checked: Checked, gathered: Gleaned) -> None:
    """Structure, and what is left of earlier states."""
    with pikepdf.open(io.BytesIO(checked.data)) as pdf:
        tree = grow(pdf)
        found = glean(tree)
        remains = leftovers(tree)
    gathered.passages += found.passages
    gathered.not_covered += found.not_covered
    gathered.embedded += found.embedded
    gathered.remarks += found.remarks
    known = {passage.text for passage in gathered.passages}
    for passages, not_covered in (remains, earlier_words(checked.data, known)):
        gathered.passages += passages
        gathered.not_covered += not_covered
