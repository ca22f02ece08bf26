"""Makes a PDF say what it draws: PDFium reads replacement text (ActualText) in place of letters.

A file may draw a number and name a harmless word to copy; both have to be read. It also lays all
appearances of notes open to reading, hidden ones too.
"""

from __future__ import annotations

import io
from collections.abc import Iterator

import pikepdf

from screening.extraction.pdf_tree import indirect, is_one, saved

_OPENS = "BDC"
_PRINTED = 4  # flag of an annotation that is seen


def without_replacements(data: bytes) -> bytes:
    """The same drawing without words to copy instead; the same bytes where there are none."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        found = [part for part in _drawings(pdf) if _may_replace(*part)]
        if not found:
            return data
        for holder, resources in found:
            steps = pikepdf.parse_content_stream(holder)
            kept = [step for step in steps if str(step.operator) not in {"BDC", "BMC", "EMC"}]
            if _layers(resources):
                kept = [_spoken_plainly(step) for step in steps]
            _write(pdf, holder, pikepdf.unparse_content_stream(kept))
        return saved(pdf, packed=False)


def _drawings(pdf: pikepdf.Pdf) -> Iterator[tuple[pikepdf.Object, pikepdf.Object | None]]:
    for page in pdf.pages:
        yield page.obj, page.resources
    for item in indirect(pdf):
        if isinstance(item, pikepdf.Stream) and is_one(item, "/Subtype", "/Form"):
            yield item, item.get("/Resources")


def _may_replace(holder: pikepdf.Object, resources: pikepdf.Object | None) -> bool:
    """Whether marks of content carry words, written in the operators or named by them."""
    contents = holder if isinstance(holder, pikepdf.Stream) else holder.get("/Contents")
    parts = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
    drawn = b"\n".join(part.read_bytes() for part in parts if isinstance(part, pikepdf.Stream))
    # A name may be written with escapes (#41ctualText).
    written = b"/Actual" in drawn or b"#" in drawn
    return b"BDC" in drawn and (written or bool(_replacing(resources)))


def _properties(resources: pikepdf.Object | None) -> dict[str, pikepdf.Object]:
    own = resources.get("/Properties") if isinstance(resources, pikepdf.Dictionary) else None
    return dict(own.items()) if isinstance(own, pikepdf.Dictionary) else {}


def _replacing(resources: pikepdf.Object | None) -> list[str]:
    named = _properties(resources).items()
    return [k for k, v in named if isinstance(v, pikepdf.Dictionary) and "/ActualText" in v]


def _layers(resources: pikepdf.Object | None) -> bool:
    return any(is_one(v, "/Type", "/OCG", "/OCMD") for v in _properties(resources).values())


_Step = pikepdf.ContentStreamInstruction | pikepdf.ContentStreamInlineImage


def _spoken_plainly(step: _Step) -> _Step:
    """Marks of layers stay as they are; all others lose their properties."""
    if str(step.operator) != _OPENS or step.operands[0] == "/OC":
        return step
    return pikepdf.ContentStreamInstruction([step.operands[0]], pikepdf.Operator("BMC"))


def _write(pdf: pikepdf.Pdf, holder: pikepdf.Object, drawn: bytes) -> None:
    if isinstance(holder, pikepdf.Stream):
        holder.write(drawn)
    else:
        holder["/Contents"] = pikepdf.Stream(pdf, drawn)


def with_notes_open(data: bytes) -> bytes | None:
    """The file with every appearance of every note as a note of its own that is seen; None when
    no note has any."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        some = False
        for page in pdf.pages:
            notes = page.obj.get("/Annots")
            if not isinstance(notes, pikepdf.Array):
                continue
            opened = [seen for note in notes for seen in _seen(note)]
            some = some or bool(opened)
            page.obj["/Annots"] = pikepdf.Array(opened)
        return saved(pdf, packed=False) if some else None


def _seen(note: pikepdf.Object) -> Iterator[pikepdf.Object]:
    looks = note.get("/AP") if isinstance(note, pikepdf.Dictionary) else None
    if not isinstance(looks, pikepdf.Dictionary):
        return
    for look in looks.values():
        states = look.values() if isinstance(look, pikepdf.Dictionary) else [look]
        for state in states:
            if isinstance(state, pikepdf.Stream):
                yield pikepdf.Dictionary(
                    Type=pikepdf.Name.Annot,
                    Subtype=pikepdf.Name.Stamp,
                    Rect=note.get("/Rect", pikepdf.Array([0, 0, 100, 100])),
                    F=_PRINTED,
                    AP=pikepdf.Dictionary(N=state),
                )
