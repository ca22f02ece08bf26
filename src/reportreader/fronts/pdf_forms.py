"""How much a PDF page asks to be drawn once the forms it draws, and they draw, are written out.

A few hundred bytes of forms drawing forms can ask for more than any memory holds. It draws nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any

from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import PDFStream, resolve1

from reportreader.fronts.limits import MAX_PAGE_CONTENT_BYTES, MAX_PAGES, OverLimitError

_DRAWN = re.compile(rb"/([^\s/<>\[\](){}%]+)\s+Do\b")
_NAME_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_MAX_DEPTH = 24


def check_forms(document: PDFDocument) -> None:
    """OverLimitError when a page, written out, asks for more than MAX_PAGE_CONTENT_BYTES, or
    passes its content off as a picture, which was not measured."""
    for page in islice(PDFPage.create_pages(document), MAX_PAGES):
        if any(_subtype(stream) == "Image" for stream in _streams(page.contents)):
            raise OverLimitError("页面内容异常，无法打开")
        if content_bytes(page) > MAX_PAGE_CONTENT_BYTES:
            raise OverLimitError("页面内容层层嵌套，展开后超过读取上限")


def content_bytes(page: PDFPage) -> int:
    """The bytes of drawing operators of a page with everything it draws written out."""
    known: dict[int, int] = {}
    return _written_out(_streams(page.contents), resolve1(page.resources), known, 0)


def _written_out(
    streams: Iterable[PDFStream], resources: Any, known: dict[int, int], depth: int
) -> int:
    if depth > _MAX_DEPTH:
        raise OverLimitError("页面内容层层嵌套，展开后超过读取上限")
    forms = _forms(resources)
    total = 0
    for stream in streams:
        data = stream.get_data()
        total += len(data)
        for name in _DRAWN.findall(data) if forms else ():
            form = forms.get(_NAME_ESCAPE.sub(lambda found: bytes([int(found[1], 16)]), name))
            if form is not None:
                total += _form_bytes(form, resources, known, depth)
            if total > MAX_PAGE_CONTENT_BYTES:
                return total
    return total


def _form_bytes(form: PDFStream, resources: Any, known: dict[int, int], depth: int) -> int:
    """Counted once per form, however often it is drawn; a loop ends at the greatest depth."""
    size = known.get(id(form))
    if size is None:
        own = resolve1(form.attrs.get("Resources")) or resources
        size = known[id(form)] = _written_out([form], own, known, depth + 1)
    return size


def _forms(resources: Any) -> dict[bytes, PDFStream]:
    """The form objects that a content stream can draw, by name."""
    objects = resolve1(resources.get("XObject")) if isinstance(resources, Mapping) else None
    found: dict[bytes, PDFStream] = {}
    for name, reference in (objects or {}).items():
        stream = resolve1(reference)
        if isinstance(stream, PDFStream) and _subtype(stream) == "Form":
            found[str(name).encode("latin-1", "replace")] = stream
    return found


def _subtype(stream: PDFStream) -> str | None:
    return getattr(resolve1(stream.attrs.get("Subtype")), "name", None)


def _streams(contents: Iterable[Any]) -> list[PDFStream]:
    resolved = (resolve1(item) for item in contents)
    return [stream for stream in resolved if isinstance(stream, PDFStream)]
