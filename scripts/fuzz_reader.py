"""Feeds the reader bytes that coverage-guided fuzzing finds: `make fuzz` (needs atheris).

Whatever the bytes, only UnreadableError may come out of the fronts. Not part of the tests, which
do the same with Hypothesis in less time.
"""

from __future__ import annotations

import io
import sys
import zipfile

import atheris

with atheris.instrument_imports(include=["reportreader"]):
    from reportreader.errors import UnreadableError
    from reportreader.fronts import open_document
    from reportreader.read import read_document

_WORD = (
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    "<w:body>{}</w:body></w:document>"
)
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.wordprocessingml.document.main+xml"/></Types>'
)


def read_anything(data: bytes) -> None:
    """The first byte chooses how the rest is handed in: as it is, or inside a DOCX or a PDF."""
    kind, rest = data[:1], data[1:]
    if kind == b"d":
        rest = _docx(rest)
    elif kind == b"p":
        rest = b"%PDF-1.4\n" + rest
    try:
        read_document(open_document(rest, "fuzz"))
    except UnreadableError:
        return


def _docx(body: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("word/document.xml", _WORD.format(body.decode("utf-8", "replace")))
    return packed.getvalue()


atheris.Setup(sys.argv, read_anything)
atheris.Fuzz()
