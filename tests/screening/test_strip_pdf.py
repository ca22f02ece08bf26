"""What a PDF hides is nowhere in the stripped file, and what it shows is still there."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace

import pikepdf
import pypdfium2
import pytest
from pikepdf import Dictionary, Name, String
from PIL import Image, ImageChops
from reportlab.lib.colors import black

from screening.extraction.pdf import harvest
from screening.extraction.pdf_frame import opened, picture
from screening.extraction.pdf_sight import Seen
from screening.passages import Layer
from screening.stripping import pdf, pdf_rewrite
from screening.stripping.pdf import strip
from screening.stripping.pdf_rewrite import Rewritten
from tests.screening.build_pdf import (
    SHOWN,
    TRAPS,
    both,
    box_over,
    document,
    edited,
    file_on_page,
    invisible_mode,
    layer_off,
    say,
    under_black_box,
    under_note_box,
    white_text,
)

NUMBER = "110101190001010011"
# The value of a field is seen by all who open the file; it stays as part of the page.
HIDING = [name for name in TRAPS if name != "pdf: 表单域的值"]
# A drawn box and what it covers come along piece by piece if nobody looks.
DRAWN = HIDING[: HIDING.index("pdf: 便笺")]


def forms(number: str) -> Iterator[bytes]:
    for encoding in ("ascii", "utf-16-be", "utf-16-le"):
        yield number.encode(encoding)
        yield number.encode(encoding).hex().encode()
        yield number.encode(encoding).hex().upper().encode()


def unpacked(data: bytes) -> Iterator[bytes]:
    """The file, and every stream and object of it unpacked."""
    yield data
    with pikepdf.open(io.BytesIO(data)) as file:
        for item in file.objects:
            if isinstance(item, pikepdf.Stream):
                yield item.read_raw_bytes()
                if item.get("/Subtype") != "/Image":
                    yield item.read_bytes()
            yield item.unparse()


def words(data: bytes) -> str:
    """All text that PDFium finds, seen or not."""
    found = []
    with closing(pypdfium2.PdfDocument(data)) as file:
        for index in range(len(file)):
            with closing(file[index]) as page, closing(page.get_textpage()) as text:
                found.append(text.get_text_range())
    return "\n".join(found)


def holds(data: bytes, number: str = NUMBER) -> bool:
    """Whether the number is anywhere in the file."""
    written = tuple(forms(number))
    return number in words(data) or any(f in piece for piece in unpacked(data) for f in written)


@pytest.mark.parametrize("name", HIDING)
def test_what_is_hidden_is_gone_from_every_byte(name: str) -> None:
    before = TRAPS[name](NUMBER)
    after = strip(before).data
    assert not holds(after)
    with pikepdf.open(io.BytesIO(after)) as file:
        assert len(file.pages) == 1
    left = {passage.place.layer for passage in harvest(after).extraction.passages}
    assert not {layer for layer in left if layer.hidden}


@pytest.mark.parametrize("name", HIDING)
def test_without_the_stripping_the_search_finds_it(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "without_notes", lambda data: data)
    monkeypatch.setattr(pdf, "rewrite_pages", lambda base, *_: Rewritten(base))
    assert holds(strip(TRAPS[name](NUMBER)).data)


@pytest.mark.parametrize("name", DRAWN)
def test_without_the_plan_drawn_words_come_along(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = pdf_rewrite._plan
    nothing: Counter[Layer] = Counter()

    def careless(page: pypdfium2.PdfPage, seen: Seen) -> pdf_rewrite.Plan:
        return replace(plan(page, seen), hidden=frozenset(), tangled="", layers=nothing)

    monkeypatch.setattr(pdf_rewrite, "_plan", careless)
    monkeypatch.setattr(pdf_rewrite, "_covered", lambda *_: "")
    monkeypatch.setattr(pdf_rewrite, "_wrong", lambda *_: {})
    after = strip(TRAPS[name](NUMBER)).data
    # Layers that are off are left out by the copying itself.
    assert holds(after) or name == "pdf: 关闭的图层"


@pytest.mark.parametrize("name", TRAPS)
def test_the_page_looks_as_before(name: str) -> None:
    before = TRAPS[name](NUMBER)
    after = strip(before).data
    one, other = _picture(before), _picture(after)
    assert one.size == other.size
    noted = name in {"pdf: 便笺", "pdf: 弹出窗口", "pdf: 页面上的附件", "pdf: 注释的作者"}
    assert noted or _unlike(one, other) < 0.01


def _picture(data: bytes) -> Image.Image:
    with opened(data) as file, closing(file[0]) as page:
        return picture(page, 1)


def _unlike(one: Image.Image, other: Image.Image) -> float:
    """The share of pixels that differ visibly."""
    apart = ImageChops.difference(one, other).convert("L")
    return sum(apart.histogram()[96:]) / (one.width * one.height)


def test_words_for_everybody_stay_words() -> None:
    for build in (white_text, invisible_mode, under_black_box, layer_off):
        assert SHOWN in words(strip(build(NUMBER)).data)


def test_a_page_that_cannot_be_cut_becomes_a_picture_and_says_so() -> None:
    result = strip(under_note_box(NUMBER))
    assert SHOWN not in words(result.data)
    (told,) = (r for r in result.removed if "整页转成了图片" in r.what)
    assert told.layer is Layer.UNDER_BOX
    assert "第1页有文字被盖住" in told.what


def test_half_a_number_under_a_box_takes_the_page_with_it() -> None:
    data = document(both(say(NUMBER), lambda c: c.rect(30, 140, 60, 30, fill=1)))
    assert not holds(strip(data).data)


def test_only_touched_pages_become_pictures() -> None:
    data = document(
        say("first"),
        both(say(NUMBER), lambda c: c.rect(30, 140, 60, 30, fill=1)),
        both(say("third"), box_over(black)),
    )
    found = words(strip(data).data)
    assert "first" in found
    assert found.count(SHOWN) == 2
    assert "third" not in found


def test_what_was_removed_is_reported_by_layer() -> None:
    layers = {removal.layer for removal in strip(file_on_page(NUMBER)).removed}
    assert Layer.ATTACHMENT in layers
    assert Layer.METADATA in layers


def test_public_links_stay_and_others_go() -> None:
    def link(pdf_file: pikepdf.Pdf) -> None:
        for address in ("https://example.invalid/a", "mailto:a@example.invalid", "http://u:p@h/"):
            action = Dictionary(S=Name.URI, URI=String(address), Next=Dictionary(S=Name.Launch))
            note = Dictionary(Subtype=Name.Link, Rect=[40, 40, 90, 60], A=action, Contents=NUMBER)
            notes = pdf_file.pages[0].obj.get("/Annots", pikepdf.Array([]))
            pdf_file.pages[0].obj["/Annots"] = pikepdf.Array([*notes, note])

    after = strip(edited(document(), link)).data
    links = [p.text for p in harvest(after).extraction.passages if p.place.layer is Layer.LINK]
    assert links == ["https://example.invalid/a"]
    assert not holds(after)


def test_the_same_file_gives_the_same_bytes() -> None:
    data = TRAPS["pdf: 附件"](NUMBER)
    assert strip(data).data == strip(data).data


def test_stripping_twice_changes_nothing_more() -> None:
    once = strip(TRAPS["pdf: 作者"](NUMBER)).data
    assert strip(once).removed == ()


def test_a_turned_page_stays_turned() -> None:
    turned = edited(white_text(NUMBER), lambda p: p.pages[0].obj.__setitem__("/Rotate", 90))
    after = strip(turned).data
    with closing(pypdfium2.PdfDocument(after)) as file, closing(file[0]) as page:
        assert page.get_size() == (300, 400)
    assert SHOWN in words(after)


def test_only_what_is_drawn_of_the_resources_comes_along() -> None:
    def add(pdf_file: pikepdf.Pdf) -> None:
        old = pikepdf.Stream(pdf_file, f"BT ({NUMBER}) Tj ET".encode())
        old["/Subtype"], old["/BBox"] = Name.Form, [0, 0, 9, 9]
        pdf_file.pages[0].obj["/Resources"]["/XObject"] = Dictionary(Old=old)

    assert not holds(strip(edited(document(), add)).data)
