"""Pages of a PDF as pictures for marking, and their sizes; the coordinates are those of marks."""

from __future__ import annotations

import io
from contextlib import closing

from screening.extraction.pdf_frame import frame, opened, picture
from screening.extraction.pdf_guard import damage_refused
from screening.passages import UnfitFileError

MAX_SCALE = 4.0


def page_sizes(data: bytes) -> tuple[tuple[float, float], ...]:
    """Breadth and height of every page in points, as shown."""
    sizes = []
    with damage_refused(), opened(data) as document:
        for index in range(len(document)):
            with closing(document[index]) as page:
                view = frame(page)
                sizes.append((view.width, view.height))
    return tuple(sizes)


def render_page(data: bytes, page: int, scale: float) -> bytes:
    """A page (from 1) as PNG, `scale` pixels to the point. UnfitFileError for no such page."""
    if not 0 < scale <= MAX_SCALE:
        raise UnfitFileError("放大倍数超出范围")
    with damage_refused(), opened(data) as document:
        if not 1 <= page <= len(document):
            raise UnfitFileError(f"文件没有第{page}页")
        with closing(document[page - 1]) as shown:
            image = picture(shown, scale)
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()
