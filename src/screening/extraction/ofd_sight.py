"""Judges which words of an OFD page are seen, and joins them to lines as the eye does.

What can hide words stands in the table JUDGES, in the order in which it counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from screening.extraction.colours import WHITE, unseen_on
from screening.extraction.ofd_geometry import POINTS, Point, Rectangle, bounds
from screening.extraction.ofd_objects import Cover, Drawn, Words
from screening.passages import Box, Layer, Passage, Place

_TINY = 0.7  # millimetres: two points
_FAINT = 12  # of 255
_SAME_LINE = 0.5  # of the size of letters
_GAP = 0.6  # between words, of the size of letters
_COLUMN = 3.0  # between columns
_TWICE = 0.3  # letters drawn twice to look bold stand nearer than this


@dataclass(frozen=True, slots=True)
class Scene:
    """A page with everything drawn on it; `boxes` are the bounds of the covers."""

    page: Rectangle
    drawn: Sequence[Drawn]
    covers: Sequence[tuple[int, Cover, Rectangle]]


def scene(page: Rectangle, drawn: Sequence[Drawn]) -> Scene:
    """Makes a page ready to be judged."""
    covers = [
        (at, item, bounds(point for part in item.parts for point in part))
        for at, item in enumerate(drawn)
        if isinstance(item, Cover)
    ]
    return Scene(page, drawn, covers)


def lines_of(view: Scene, page: int, base: Layer, own: int) -> Iterator[Passage]:
    """The lines of a page, those that are not seen apart. `base` stands for what is seen; of what
    is drawn the first `own` belong to the page, the others to notes upon it."""
    groups: dict[Layer, list[Words]] = {}
    for at, item in enumerate(view.drawn):
        if isinstance(item, Words):
            judged = (JUDGES[name](view, at, item) for name in _ORDER if name in JUDGES)
            layer = next((layer for layer in judged if layer is not None), base)
            layer = layer if at < own else Layer.ANNOTATION
            groups.setdefault(layer, []).append(item)
    for layer, words in groups.items():
        for text, box in joined(words):
            yield Passage(text, Place(layer=layer, page=page, box=in_points(box)))


def in_points(box: Rectangle) -> Box:
    """A rectangle in points."""
    return Box(box.left * POINTS, box.top * POINTS, box.right * POINTS, box.bottom * POINTS)


def _invisible(_: Scene, __: int, words: Words) -> Layer | None:
    return None if words.look.visible else Layer.HIDDEN_TEXT


def _clipped(_: Scene, __: int, words: Words) -> Layer | None:
    clips = words.look.clips
    return Layer.HIDDEN_TEXT if any(not clip.meets(words.box) for clip in clips) else None


def _outside(view: Scene, __: int, words: Words) -> Layer | None:
    out = [
        not (view.page.left <= x <= view.page.right and view.page.top <= y <= view.page.bottom)
        for x, y in words.middles
    ]
    return Layer.OUTSIDE_PAGE if any(out) else None


def _tiny(_: Scene, __: int, words: Words) -> Layer | None:
    return Layer.WHITE_TEXT if words.size <= _TINY else None


def _unpainted(_: Scene, __: int, words: Words) -> Layer | None:
    faint = words.fill is None or min(words.fill.alpha, words.look.alpha) <= _FAINT
    return Layer.WHITE_TEXT if faint else None


def _covered(view: Scene, at: int, words: Words) -> Layer | None:
    """Half a number under a box is told with its line."""
    for later, cover, _ in _near(view, words):
        if later > at and any(cover.hides(point) for point in words.middles):
            return Layer.UNDER_BOX
    return None


def _white(view: Scene, at: int, words: Words) -> Layer | None:
    """Letters of the colour of what lies beneath."""
    if words.fill is None or not words.fill.colour:
        return None
    beneath = [near for near in reversed(_near(view, words)) if near[0] < at]
    lost = [unseen_on(words.fill.colour, _ground(beneath, point)) for point in words.middles]
    return Layer.WHITE_TEXT if lost and all(lost) else None


def _near(view: Scene, words: Words) -> list[tuple[int, Cover, Rectangle]]:
    """The covers that reach to where words stand."""
    box = words.box
    return [near for near in view.covers if near[2].meets(box)]


def _ground(beneath: Sequence[tuple[int, Cover, Rectangle]], point: Point) -> str:
    """The colour beneath a point, the uppermost first; that of a picture is not known."""
    for _, cover, reach in beneath:
        if _holds(reach, point) and cover.hides(point):
            return cover.colour
    return WHITE


def _holds(box: Rectangle, point: Point) -> bool:
    return box.left <= point[0] <= box.right and box.top <= point[1] <= box.bottom


JUDGES: dict[str, Callable[[Scene, int, Words], Layer | None]] = {
    "visible": _invisible,
    "clip": _clipped,
    "page": _outside,
    "size": _tiny,
    "paint": _unpainted,
    "cover": _covered,
    "ground": _white,
}
_ORDER = tuple(JUDGES)


def joined(words: Sequence[Words]) -> Iterator[tuple[str, Rectangle]]:
    """(text, box) of each line: what stands at one height, from left to right."""
    columns = [each for each in words if not each.upright]
    across = sorted((each for each in words if each.upright), key=lambda each: each.middles[0][1])
    line: list[Words] = []
    for each in across:
        if line and each.middles[0][1] - line[0].middles[0][1] > _SAME_LINE * min(
            each.size, line[0].size
        ):
            yield from _pieces(line)
            line = []
        line.append(each)
    yield from _pieces(line)
    for each in columns:
        if each.text.strip():
            yield each.text.strip(), each.box


def _pieces(line: list[Words]) -> Iterator[tuple[str, Rectangle]]:
    """A line, broken where a column ends; letters drawn twice are read once."""
    text, boxes = "", list[Rectangle]()
    before: Words | None = None
    for each in sorted(line, key=lambda each: each.middles[0][0]):
        if before is not None:
            near = each.middles[0][0] - before.middles[0][0] < _TWICE * each.size
            if near and each.text == before.text:
                continue
            gap = each.box.left - boxes[-1].right
            if gap > _COLUMN * each.size:
                yield from _piece(text, boxes)
                text, boxes = "", []
            elif gap > _GAP * each.size:
                text += " "
        text += each.text
        boxes.append(each.box)
        before = each
    yield from _piece(text, boxes)


def _piece(text: str, boxes: list[Rectangle]) -> Iterator[tuple[str, Rectangle]]:
    if text.strip():
        yield (
            text.strip(),
            bounds(p for box in boxes for p in ((box.left, box.top), (box.right, box.bottom))),
        )
