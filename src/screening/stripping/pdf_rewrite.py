"""Builds the new PDF page by page, looks at it, and turns into pictures what did not come out.

Nothing is believed of the copying: a page that looks different, or still hides words, is replaced
by its picture.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field

import pikepdf
import pypdfium2
from PIL import Image, ImageChops

from screening.extraction.pdf import pages_seen
from screening.extraction.pdf_cover import half_shown
from screening.extraction.pdf_frame import Frame, opened, picture
from screening.extraction.pdf_sight import Seen
from screening.extraction.pdf_tree import saved
from screening.passages import Box, Layer, UnfitFileError
from screening.stripping.pdf_base import in_memory, link_note, links
from screening.stripping.pdf_content import Drawing
from screening.stripping.pdf_layers import layers
from screening.stripping.pdf_raster import as_picture
from screening.stripping.pdf_rebuild import Copier, TangledError

_LOOK = 1.0  # pixels to the point
_DIFFERENT = 48  # of 255
_STRAY_PIXELS = 24  # of a page; more, and it is not the same page


@dataclass(frozen=True, slots=True)
class Plan:
    """How a page is to be copied: text objects to leave out, or why it must become a picture."""

    frame: Frame
    hidden: frozenset[int]
    shows: int
    tangled: str
    layers: Counter[Layer]


@dataclass(slots=True)
class Rewritten:
    """The new file; which pages became pictures and why; how many links stayed; how much hidden
    text was cut, by layer."""

    data: bytes = b""
    tangled: dict[int, str] = field(default_factory=dict)
    links: int = 0
    hidden: Counter[Layer] = field(default_factory=Counter)


def rewrite_pages(base: bytes, flat: bytes, burnt: Mapping[int, Sequence[Box]]) -> Rewritten:
    """`base` shows what the pages look like, `flat` holds the same drawn into the pages."""
    done = Rewritten()
    plans = []
    for number, plan in enumerate(_plans(base, flat), start=1):
        plans.append(plan)
        done.hidden.update(plan.layers)
        if number in burnt:
            done.tangled[number] = "已涂黑"
        elif plan.tangled:
            done.tangled[number] = plan.tangled
    for _ in range(2):
        _build(base, flat, plans, burnt, done)
        wrong = _wrong(base, done, plans)
        if not wrong:
            return done
        done.tangled.update(wrong)
    raise UnfitFileError("清理后的 PDF 与原件看起来不一样，无法保证清理干净")


def _plans(base: bytes, flat: bytes) -> Iterator[Plan]:
    """What is hidden in the page as drawn, and what the notes upon it cover besides."""
    if base is flat:
        yield from (_plan(page, seen) for page, seen in pages_seen(base))
        return
    covered = [_covered(page, seen) for page, seen in pages_seen(base)]
    for (page, seen), reason in zip(pages_seen(flat), covered, strict=True):
        plan = _plan(page, seen)
        yield Plan(plan.frame, plan.hidden, plan.shows, plan.tangled or reason, plan.layers)


def _covered(page: pypdfium2.PdfPage, seen: Seen) -> str:
    """A box laid upon the page becomes part of it only as pixels."""
    if any(layer is Layer.UNDER_BOX for layer in seen.layers):
        return "有文字被盖住"
    if half_shown(page, seen.frame, seen.objects):
        return "有图片被盖住或者裁去一部分"
    return ""


def _plan(page: pypdfium2.PdfPage, seen: Seen) -> Plan:
    """Text objects nobody sees are cut; one that is seen in part takes the page with it."""
    gone, shown, layers_of = set(), set(), Counter[Layer]()
    within_form = False
    for glyph, layer in zip(seen.glyphs, seen.layers, strict=True):
        if glyph.stroke is None or glyph.char.isspace():
            continue
        if layer is Layer.VISIBLE:
            shown.add(glyph.stroke.order)
        else:
            gone.add(glyph.stroke.order)
            layers_of[layer] += 1
            within_form = within_form or glyph.stroke.order < 0
    own = [stroke.order for stroke in seen.objects.strokes.values() if stroke.order >= 0]
    tangled = ""
    if within_form or gone & shown:
        tangled = "有隐藏的文字与看得见的文字连在一起"
    elif half_shown(page, seen.frame, seen.objects):
        tangled = "有图片被盖住或者裁去一部分"
    blank = {s.order for s in seen.objects.strokes.values() if s.is_blank and s.order >= 0}
    return Plan(seen.frame, frozenset((gone | blank) - shown), len(own), tangled, layers_of)


def _build(
    base: bytes,
    flat: bytes,
    plans: Sequence[Plan],
    burnt: Mapping[int, Sequence[Box]],
    done: Rewritten,
) -> None:
    """The new file, from an empty one."""
    done.links = 0
    with in_memory(flat) as source, pikepdf.new() as new, opened(base) as looks:
        copier = Copier(new, layers(source))
        for number, (old, plan) in enumerate(zip(source.pages, plans, strict=True), start=1):
            page = None if number in done.tangled else _copied(old, plan, copier, number, done)
            if page is None:
                with closing(looks[number - 1]) as shown:
                    page = as_picture(shown, new, burnt.get(number, ()), len(done.tangled))
            new.pages.append(pikepdf.Page(new.make_indirect(page)))
        done.data = saved(new)


def _copied(
    old: pikepdf.Page, plan: Plan, copier: Copier, number: int, done: Rewritten
) -> pikepdf.Dictionary | None:
    """The page copied piece by piece; None when that cannot be done with certainty."""
    known, copier.depth = dict(copier.done), 0
    resources = old.resources
    try:
        drawing = _drawing(old, plan, copier)
        view = plan.frame
        page = pikepdf.Dictionary(
            Type=pikepdf.Name.Page,
            MediaBox=[view.left, view.bottom, view.right, view.top],
            Rotate=view.turns * 90,
            Resources=copier.resources(resources, drawing),
            Contents=pikepdf.Stream(copier.into, drawing.data),
        )
        group = old.obj.get("/Group")
        if isinstance(group, pikepdf.Dictionary):
            page["/Group"] = copier.plain(group)
    except TangledError as error:
        copier.done = known  # half a copy must not serve the next page
        done.tangled[number] = str(error)
        return None
    public = links(old)
    if public:
        page["/Annots"] = pikepdf.Array([link_note(link) for link in public])
        done.links += len(public)
    return page


def _drawing(old: pikepdf.Page, plan: Plan, copier: Copier) -> Drawing:
    """What the page draws without its hidden text objects, which are known by their number."""
    drawing = copier.draw(old.obj, old.resources, plan.hidden)
    if drawing.total != plan.shows:
        raise TangledError("文字的次序对不上")
    return drawing


def _wrong(base: bytes, done: Rewritten, plans: Sequence[Plan]) -> dict[int, str]:
    """Pages that do not look as they did, or still hide words. UnfitFileError when there are not
    as many pages as before."""
    wrong: dict[int, str] = {}
    with opened(base) as before, opened(done.data) as after:
        if len(before) != len(after):
            raise UnfitFileError("清理后的 PDF 页数与原件不同")
        for index in range(len(before)):
            if index + 1 in done.tangled:
                continue
            with closing(before[index]) as old, closing(after[index]) as new:
                if not looks_alike(picture(old, _LOOK), picture(new, _LOOK)):
                    wrong[index + 1] = "复制后样子不同"
    if any(plan.hidden for plan in plans):
        for number, (_, seen) in enumerate(pages_seen(done.data), start=1):
            if number not in wrong and any(seen.hidden()):
                wrong[number] = "仍有隐藏的文字"
    return wrong


def looks_alike(one: Image.Image, other: Image.Image) -> bool:
    """Whether two pictures are the same to the eye, but for a few pixels at edges."""
    if one.size != other.size:
        return False
    if one.tobytes() == other.tobytes():
        return True
    apart = ImageChops.difference(one, other).convert("L")
    return sum(apart.histogram()[_DIFFERENT:]) <= _STRAY_PIXELS
