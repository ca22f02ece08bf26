"""Proves of a blackened PDF that nothing under the boxes is left, or says what is.

It trusts nothing of how the file was made: it opens the finished bytes, and searches them. The
words under the boxes are read from the original for the search and are not kept.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium

from screening.extraction.pdf import harvest
from screening.extraction.pdf_frame import frame, opened, picture
from screening.extraction.pdf_guard import check, damage_refused
from screening.extraction.pdf_tree import indirect, is_one, strings
from screening.passages import Box, Layer, UnfitFileError
from screening.redaction.instructions import Instructions
from screening.redaction.places import plain, texts_under

_SCALE = 2.0  # pixels to the point
_BLACK = 64  # of 255, beside edges packed as JPEG
_EDGE = 1  # pixels
_LEAST_BYTES = 5  # shorter byte strings stand in any file
_LEAST_IN_DATA = 8  # in fonts and pictures, megabytes of numbers
_ALLOWED = frozenset({Layer.LINK})  # addresses anybody may see, written anew


@dataclass(frozen=True, slots=True)
class Proof:
    """Whether the boxes are gone for good; if not, why, in Chinese and without their words."""

    holds: bool
    reasons: tuple[str, ...]
    pages: tuple[int, ...]
    places: int
    words: int
    before_sha256: str
    after_sha256: str


@dataclass(frozen=True, slots=True)
class _Case:
    before: bytes
    after: bytes
    instructions: Instructions
    words: tuple[str, ...]  # as compared
    stated: tuple[str, ...]  # as they stood


def prove(before: bytes, after: bytes, instructions: Instructions) -> Proof:
    """Every check on the finished bytes; one that cannot be made counts against them."""
    reasons: list[str] = []
    words: tuple[str, ...] = ()
    try:
        stated = _lines_under(before, instructions)
        words = tuple(sorted({plain(line) for line in stated}))
        case = _Case(before, after, instructions, words, stated)
        check(after)
        with damage_refused():
            for examine in CHECKS.values():
                reasons += examine(case)
    except UnfitFileError as error:
        reasons.append(f"检验没有完成：{error.reason}")
    return Proof(
        holds=not reasons,
        reasons=tuple(dict.fromkeys(reasons)),
        pages=tuple(instructions.by_page()),
        places=len(instructions.marks),
        words=len(words),
        before_sha256=hashlib.sha256(before).hexdigest(),
        after_sha256=hashlib.sha256(after).hexdigest(),
    )


def _lines_under(before: bytes, instructions: Instructions) -> tuple[str, ...]:
    """What stands under the boxes, line by line; a single letter proves nothing by its absence."""
    under = texts_under(before, instructions.marks)
    lines = {line.strip() for text in under for line in text.split("\n")}
    return tuple(sorted(line for line in lines if len(plain(line)) > 1))


def pages_are_pictures(case: _Case) -> Iterator[str]:
    """A touched page draws one picture, has no text and carries no notes."""
    with opened(case.after) as document:
        for number in case.instructions.by_page():
            if number > len(document):
                yield f"第{number}页不见了"
                continue
            with closing(document[number - 1]) as page, closing(page.get_textpage()) as text:
                kinds = [item.type for item in page.get_objects(max_depth=8)]
                if text.count_chars() or pdfium.FPDF_PAGEOBJ_TEXT in kinds:
                    yield f"第{number}页还有文字"
                if kinds != [pdfium.FPDF_PAGEOBJ_IMAGE]:
                    yield f"第{number}页不是一整张图片"
                if pdfium.FPDFPage_GetAnnotCount(page):
                    yield f"第{number}页还有注释"


def boxes_are_black(case: _Case) -> Iterator[str]:
    """Every pixel of every box is black."""
    with opened(case.after) as document:
        for number, boxes in case.instructions.by_page().items():
            if number <= len(document):
                with closing(document[number - 1]) as page:
                    if not all(_is_black(page, boxes)):
                        yield f"第{number}页有一处没有涂黑"


def _is_black(page: pypdfium2.PdfPage, boxes: tuple[Box, ...]) -> Iterator[bool]:
    view, image = frame(page), picture(page, _SCALE, gray=True)
    across, down = image.width / view.width, image.height / view.height
    for box in boxes:
        left, top = int(max(box.left, 0) * across) + _EDGE, int(max(box.top, 0) * down) + _EDGE
        right = min(int(box.right * across) - _EDGE, image.width - _EDGE)
        bottom = min(int(box.bottom * down) - _EDGE, image.height - _EDGE)
        inside = (left, top, max(right, left + 1), max(bottom, top + 1))
        lightest = image.crop(inside).getextrema()[1]
        yield isinstance(lightest, (int, float)) and lightest <= _BLACK


def words_are_gone_from_pages(case: _Case) -> Iterator[str]:
    """The marked words stand on no other page, unless it was said that they may."""
    if case.instructions.keep_elsewhere:
        return
    with opened(case.after) as document:
        for index in range(len(document)):
            with closing(document[index]) as page, closing(page.get_textpage()) as text:
                words = plain(text.get_text_range())
            if any(word in words for word in case.words):
                yield f"第{index + 1}页还有涂黑的文字没有标出"


def words_are_gone_from_bytes(case: _Case) -> Iterator[str]:
    """The marked words stand in no stream, string or byte of the file, in any way of writing."""
    forms = {form for word in (*case.words, *case.stated) for form in written(word)}
    with pikepdf.open(io.BytesIO(case.after)) as pdf:
        drawing = _drawing_streams(pdf) if case.instructions.keep_elsewhere else set()
        for item in indirect(pdf):
            where = f"对象 {item.objgen[0]}"
            words = plain("\n".join(text for _, text in strings(item)))
            if any(word in words for word in case.words):
                yield f"{where}里还有涂黑的文字"
            if isinstance(item, pikepdf.Stream) and item.objgen not in drawing:
                least, data = _searched(item)
                if any(form in data for form in forms if len(form) >= least):
                    yield f"{where}的数据里还有涂黑的文字"
    if any(form in case.after for form in forms if len(form) >= _LEAST_IN_DATA):
        yield "文件的字节里还有涂黑的文字"


def written(word: str) -> Iterator[bytes]:
    """The ways in which a PDF may write a word: plain, in two bytes, as hexadecimal digits."""
    for encoding in ("utf-8", "utf-16-be", "utf-16-le", "gb18030", "latin-1"):
        try:
            form = word.encode(encoding)
        except UnicodeEncodeError:
            continue
        if len(form) < _LEAST_BYTES and word.isascii():
            continue
        yield form
        yield form.hex().encode("ascii")
        yield form.hex().upper().encode("ascii")


def _searched(stream: pikepdf.Stream) -> tuple[int, bytes]:
    """How long a form must be to mean something there, and the bytes to search."""
    if is_one(stream, "/Subtype", "/Image"):
        return _LEAST_IN_DATA, stream.read_raw_bytes()
    binary = any(key in stream for key in ("/Length1", "/Length2", "/Length3"))
    return (_LEAST_IN_DATA if binary else 0), stream.read_bytes()


def _drawing_streams(pdf: pikepdf.Pdf) -> set[tuple[int, int]]:
    """What draws the pages that were left alone."""
    found = set()
    for page in pdf.pages:
        contents = page.obj.get("/Contents")
        parts = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
        found |= {part.objgen for part in parts if isinstance(part, pikepdf.Stream)}
    forms = (item for item in indirect(pdf) if is_one(item, "/Subtype", "/Form"))
    return found | {form.objgen for form in forms}


def nothing_is_hidden(case: _Case) -> Iterator[str]:
    """No layer that the eye does not see holds words; no files inside; no earlier states."""
    found = harvest(case.after)
    layers = {passage.place.layer for passage in found.extraction.passages}
    for layer in sorted(layer for layer in layers if layer.hidden and layer not in _ALLOWED):
        yield f"文件里还有{layer.label}"
    if found.embedded:
        yield "文件里还带有其他文件"
    for part in found.extraction.not_covered:
        if part.place.layer.hidden:
            yield f"{part.place.wording()}：{part.reason}"


def saved_once(case: _Case) -> Iterator[str]:
    """The file has one state and as many pages as before."""
    if case.after.count(b"%%EOF") != 1:
        yield "文件里还有以前保存的内容"
    with opened(case.before) as before, opened(case.after) as after:
        if len(before) != len(after):
            yield "页数与原件不同"


CHECKS: dict[str, Callable[[_Case], Iterator[str]]] = {
    "pages are pictures": pages_are_pictures,
    "boxes are black": boxes_are_black,
    "words gone from pages": words_are_gone_from_pages,
    "words gone from bytes": words_are_gone_from_bytes,
    "nothing hidden": nothing_is_hidden,
    "saved once": saved_once,
}
