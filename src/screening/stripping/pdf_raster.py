"""A PDF page as one picture, with boxes burnt in before the pixels are packed.

It is the last resort for pages whose words cannot be cut out with certainty.
"""

from __future__ import annotations

import io
import math
import zlib
from collections.abc import Callable, Sequence

import pikepdf
import pypdfium2
from PIL import Image, ImageChops, ImageDraw

from screening.extraction.pdf_frame import Frame, frame, page_picture_scale, picture
from screening.limits import MAX_FILE_BYTES
from screening.passages import Box

DPI = 200
_BLACK = (0, 0, 0)
_TINGE = 12  # of 255 between the colours of a pixel: below, it is gray
_PAGE_BYTES = 600_000  # at most for a page, and less where there are many
_ALL_BYTES = MAX_FILE_BYTES * 4 // 5  # the new file must be small enough to be read again


def as_picture(
    page: pypdfium2.PdfPage, into: pikepdf.Pdf, boxes: Sequence[Box] = (), among: int = 1
) -> pikepdf.Dictionary:
    """A page that holds the picture of `page` and nothing else, the boxes black in it; one of so
    many pictures `among` which the size of the file is shared."""
    view = frame(page)
    image = picture(page, page_picture_scale(DPI))
    for box in boxes:
        burn(image, box, view)
    room = min(_PAGE_BYTES, _ALL_BYTES // max(among, 1))
    return _page(_packed(image, into, room), view, into)


def burn(image: Image.Image, box: Box, view: Frame) -> None:
    """Blackens every pixel that a box touches, and one more on each side: letters are drawn with
    soft edges."""
    across, down = image.width / view.width, image.height / view.height
    edges = (
        max(math.floor(box.left * across) - 1, 0),
        max(math.floor(box.top * down) - 1, 0),
        min(math.ceil(box.right * across) + 1, image.width) - 1,
        min(math.ceil(box.bottom * down) + 1, image.height) - 1,
    )
    if edges[2] >= edges[0] and edges[3] >= edges[1]:
        ImageDraw.Draw(image).rectangle(edges, fill=_BLACK)


def _page(image: pikepdf.Stream, view: Frame, into: pikepdf.Pdf) -> pikepdf.Dictionary:
    wide, high = round(view.width, 4), round(view.height, 4)
    drawn = f"q {wide} 0 0 {high} 0 0 cm /P Do Q".encode("ascii")
    return pikepdf.Dictionary(
        Type=pikepdf.Name.Page,
        MediaBox=[0, 0, wide, high],
        Resources=pikepdf.Dictionary(XObject=pikepdf.Dictionary(P=image)),
        Contents=pikepdf.Stream(into, drawn),
    )


def _packed(image: Image.Image, into: pikepdf.Pdf, room: int) -> pikepdf.Stream:
    """The first way of packing that fits, the best first; gray where there is no colour."""
    if is_gray(image):
        image = image.convert("L")
    stream = pikepdf.Stream(into, b"")
    for pack, measure in _WAYS:
        name, packed = pack(image, measure)
        stream.write(packed, filter=pikepdf.Name(name))
        if len(packed) <= room:
            break
    stream["/Type"], stream["/Subtype"] = pikepdf.Name.XObject, pikepdf.Name.Image
    stream["/Width"], stream["/Height"] = image.width, image.height
    stream["/BitsPerComponent"] = 8
    gray = image.mode == "L"
    stream["/ColorSpace"] = pikepdf.Name.DeviceGray if gray else pikepdf.Name.DeviceRGB
    return stream


def _in_shades(image: Image.Image, shades: int) -> tuple[str, bytes]:
    """Text on paper has few shades; sixteen are enough for soft edges, four can be read."""
    step = 255 // (shades - 1)
    table = [min((value + step // 2) // step * step, 255) for value in range(256)]
    return "/FlateDecode", zlib.compress(image.point(table * len(image.getbands())).tobytes(), 6)


def _as_jpeg(image: Image.Image, quality: int) -> tuple[str, bytes]:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality, subsampling=0)
    return "/DCTDecode", out.getvalue()


_WAYS: tuple[tuple[Callable[[Image.Image, int], tuple[str, bytes]], int], ...] = (
    (_in_shades, 16),
    (_as_jpeg, 88),
    (_in_shades, 4),
    (_as_jpeg, 60),
    (_as_jpeg, 35),
)


def is_gray(image: Image.Image) -> bool:
    """Whether no pixel has a colour worth keeping."""
    red, green, blue = image.split()
    apart = ImageChops.lighter(
        ImageChops.difference(red, green), ImageChops.difference(green, blue)
    )
    highest = apart.getextrema()[1]
    return isinstance(highest, (int, float)) and highest <= _TINGE
