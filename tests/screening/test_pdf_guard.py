"""A PDF that would unpack, repeat or spread beyond the limits is refused before it is drawn."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from screening.extraction import pdf_guard
from screening.extraction.pdf_guard import check
from screening.passages import UnfitFileError
from tests.screening.build_pdf import document, edited


def packed(pdf: pikepdf.Pdf, size: int, filters: list[str]) -> pikepdf.Stream:
    """A stream of zeros, deflated as often as it has filters."""
    data = bytes(size)
    for _ in filters:
        data = zlib.compress(data, 9)
    stream = pikepdf.Stream(pdf, b"")
    stream.write(data, filter=Array([Name(name) for name in filters]))
    return stream


def with_stream(size: int, filters: list[str]) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(document())) as pdf:
        pdf.Root["/Extra"] = packed(pdf, size, filters)
        pdf.save(out, stream_decode_level=pikepdf.StreamDecodeLevel.none, compress_streams=False)
    return out.getvalue()


def nested_forms(depth: int) -> bytes:
    """Each form draws the next ten times."""

    def nest(pdf: pikepdf.Pdf) -> None:
        below = pikepdf.Stream(pdf, b"0 0 m 9 9 l S " * 10)
        below["/Subtype"], below["/BBox"] = Name.Form, [0, 0, 9, 9]
        for _ in range(depth):
            above = pikepdf.Stream(pdf, b"/F Do " * 10)
            above["/Subtype"], above["/BBox"] = Name.Form, [0, 0, 9, 9]
            above["/Resources"] = Dictionary(XObject=Dictionary(F=below))
            below = above
        page = pdf.pages[0]
        page.obj["/Resources"]["/XObject"] = Dictionary(F=below)
        page.contents_add(b"/F Do")

    return edited(document(), nest)


def large_picture() -> bytes:
    def add(pdf: pikepdf.Pdf) -> None:
        image = pikepdf.Stream(pdf, b"\0")
        image["/Subtype"], image["/Width"], image["/Height"] = Name.Image, 50_000, 50_000
        pdf.pages[0].obj["/Resources"]["/XObject"] = Dictionary(I=image)

    return edited(document(), add)


def many_pages() -> bytes:
    def add(pdf: pikepdf.Pdf) -> None:
        for _ in range(1_000):
            pdf.pages.append(pdf.pages[0])

    return edited(document(), add)


BOMBS: dict[str, tuple[Callable[[], bytes], str]] = {
    "一层压缩": (lambda: with_stream(16_000_000, ["/FlateDecode"]), "压缩炸弹"),
    "两层压缩": (lambda: with_stream(16_000_000, ["/FlateDecode"] * 2), "压缩炸弹"),
    "五层压缩": (lambda: with_stream(100, ["/FlateDecode"] * 5), "层层压缩"),
    "表单层层重复": (lambda: nested_forms(8), "压缩炸弹"),
    "像素过多": (large_picture, "像素过多"),
    "页数过多": (many_pages, "1001 页"),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused(name: str) -> None:
    build, reason = BOMBS[name]
    with pytest.raises(UnfitFileError, match=reason):
        check(build())


def test_without_the_measure_a_bomb_goes_through(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_guard, "measure_packed", lambda _: None)
    assert check(BOMBS["一层压缩"][0]()).pages == 1


def test_without_the_weight_of_forms_a_bomb_goes_through(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_guard, "_check_drawn", lambda _: None)
    assert check(nested_forms(8)).pages == 1


def test_ordinary_files_go_through() -> None:
    assert check(document()).pages == 1
    assert check(nested_forms(2)).pages == 1
    assert check(with_stream(1_000_000, ["/FlateDecode"])).pages == 1


def test_no_pages_are_refused() -> None:
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.save(out)
    with pytest.raises(UnfitFileError, match="没有页面"):
        check(out.getvalue())
