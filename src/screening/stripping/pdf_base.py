"""Prepares a PDF for being written anew: notes that are not part of the page go, what else is
laid upon the page is drawn into it."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pikepdf

from screening.extraction.pdf_tree import is_one, read, saved

# Signs that somebody left a note, and things that play or open. All else is seen on the page.
_NOTES = ("/Text", "/Popup", "/FileAttachment", "/Sound", "/Movie", "/Screen", "/3D", "/RichMedia")
_PUBLIC = re.compile(r"https?://[A-Za-z0-9.\-]+(?::\d+)?(?:[/?#][\x21-\x7e]*)?")
_LONGEST_LINK = 500


@dataclass(frozen=True, slots=True)
class Link:
    """A place on a page that leads to a public address."""

    area: tuple[float, float, float, float]
    address: str


@contextmanager
def in_memory(data: bytes) -> Iterator[pikepdf.Pdf]:
    """A PDF opened from bytes."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        yield pdf


def without_notes(data: bytes) -> bytes:
    """The file without the signs of notes; whatever covers the page still covers it."""
    with in_memory(data) as pdf:
        if not any("/Annots" in page.obj for page in pdf.pages):
            return data
        for page in pdf.pages:
            notes = page.obj.get("/Annots")
            if isinstance(notes, pikepdf.Array):
                kept = [note for note in notes if not is_one(note, "/Subtype", *_NOTES)]
                page.obj["/Annots"] = pikepdf.Array(kept)
        return saved(pdf)


def flattened(data: bytes) -> bytes:
    """The file with fields, stamps and boxes drawn into the pages; links stay notes."""
    with in_memory(data) as pdf:
        if not any("/Annots" in page.obj for page in pdf.pages):
            return data
        form = pdf.Root.get("/AcroForm")
        if isinstance(form, pikepdf.Dictionary) and _lacks_looks(pdf, form):
            # It writes Latin only; a page it spoils does not look as before, and becomes a picture.
            form["/NeedAppearances"] = True
            pdf.generate_appearance_streams()
        links = [_link_notes(page) for page in pdf.pages]
        pdf.flatten_annotations("screen")
        for page, own in zip(pdf.pages, links, strict=True):
            page.obj["/Annots"] = pdf.make_indirect(pikepdf.Array(own))
        return saved(pdf)


def _lacks_looks(pdf: pikepdf.Pdf, form: pikepdf.Dictionary) -> bool:
    notes = (note for page in pdf.pages for note in page.obj.get("/Annots", ()))
    fields = (note for note in notes if is_one(note, "/Subtype", "/Widget"))
    return bool(form.get("/NeedAppearances")) or any("/AP" not in field for field in fields)


def _link_notes(page: pikepdf.Page) -> list[pikepdf.Object]:
    notes = page.obj.get("/Annots")
    if not isinstance(notes, pikepdf.Array):
        return []
    return [note for note in notes if is_one(note, "/Subtype", "/Link")]


def links(page: pikepdf.Page) -> list[Link]:
    """Links to addresses anybody may see: no scripts, files, mail, or names before an @."""
    return [link for note in _link_notes(page) if (link := _public(note)) is not None]


def _public(note: pikepdf.Object) -> Link | None:
    action, area = note.get("/A"), note.get("/Rect")
    address = action.get("/URI") if isinstance(action, pikepdf.Dictionary) else None
    if not isinstance(address, pikepdf.String) or not isinstance(area, pikepdf.Array):
        return None
    words = read(address)
    if len(area) != 4 or len(words) > _LONGEST_LINK or not _PUBLIC.fullmatch(words):
        return None
    left, bottom, right, top = (float(edge) for edge in area)
    return Link((left, bottom, right, top), words)


def link_note(link: Link) -> pikepdf.Dictionary:
    """The link written anew, with an address and nothing else."""
    action = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String(link.address))
    return pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.Link,
        Rect=list(link.area),
        Border=[0, 0, 0],
        A=action,
    )
