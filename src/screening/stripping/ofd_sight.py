"""Which objects of a page of an OFD are seen: not switched off, pale, outside or covered.

Objects are weighed in the order they are drawn. What only partly covers a line cuts its letters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from lxml import etree

from screening.extraction.ofd_geometry import Matrix, inside, outlines
from screening.passages import Layer, UnfitFileError
from screening.stripping.grammar_ofd import ofd
from screening.stripping.ofd_geometry import (
    Letter,
    Rectangle,
    box,
    letters,
    matrix,
    moved,
    numbers_of,
    scale_of,
)
from screening.stripping.pruning import remove
from screening.stripping.tally import Tally

_WHITE = (255.0, 255.0, 255.0)
_BLACK = (0.0, 0.0, 0.0)
_NEAR = 24.0
_SMALLEST = 0.7  # millimetres: two points
_OPAQUE = 230.0
_UNSEEN_ALPHA = 12.0
_OBJECTS = tuple(ofd(kind) for kind in ("TextObject", "PathObject", "ImageObject",
                                        "CompositeObject"))  # fmt: skip

Colour = tuple[float, ...] | None  # None: a gradient or a picture


@dataclass(frozen=True, slots=True)
class Drawn:
    """An object in the order of drawing, with the parameters of the layer it is in."""

    element: etree._Element
    parameter: str


@dataclass(frozen=True, slots=True)
class _Cover:
    """What hides everything beneath it: its outlines on the page, and the colour it shows."""

    parts: Sequence[Sequence[tuple[float, float]]]
    colour: Colour

    def holds(self, point: tuple[float, float]) -> bool:
        """Whether the point is beneath it."""
        return inside(self.parts, point)


@dataclass(slots=True)
class Sight:
    """One page: its extent, drawing parameters by number, whether a picture has holes."""

    page: Rectangle
    parameters: Mapping[str, etree._Element]
    is_opaque: Callable[[str], bool]
    tally: Tally
    _covers: list[_Cover | None] = field(default_factory=list)

    def drop_unseen(self, drawn: list[Drawn], below: list[Drawn], above: list[Drawn]) -> None:
        """Takes out of `drawn` what is not seen. What lies below and above it is only weighed."""
        self._covers = [self._cover(one) for one in (*below, *drawn, *above)]
        for place, one in enumerate(drawn, start=len(below)):
            element = one.element
            layer = self._layer(one, place)
            if layer is not None:
                self.tally.add(layer)
                remove(element)
            elif element.tag == ofd("TextObject"):
                self._settle_text(one, place)

    def _layer(self, one: Drawn, place: int) -> Layer | None:
        """The layer of an object that is not seen at all."""
        element = one.element
        if is_off(element):
            return Layer.HIDDEN_TEXT
        if element.tag == ofd("TextObject"):
            return self._pale(one)
        if _alpha(element) <= _UNSEEN_ALPHA:
            return Layer.HIDDEN_TEXT
        if element.tag != ofd("ImageObject"):
            return None
        corners = _corners(element)
        area = Rectangle(
            min(x for x, _ in corners), min(y for _, y in corners),
            max(x for x, _ in corners), max(y for _, y in corners),
        )  # fmt: skip
        if not area.meets(self.page):
            return Layer.OUTSIDE_PAGE
        inner = [(x * 0.98 + area.middle[0] * 0.02, y * 0.98 + area.middle[1] * 0.02)
                 for x, y in corners]  # fmt: skip
        later = filter(None, self._covers[place + 1 :])
        covered = any(all(cover.holds(point) for point in inner) for cover in later)
        return Layer.UNDER_BOX if covered else None

    def _pale(self, one: Drawn) -> Layer | None:
        """WHITE_TEXT for letters without ink."""
        element = one.element
        fills = element.get("Fill") not in ("false", "0")
        strokes = element.get("Stroke") in ("true", "1")
        if not fills and not strokes:
            return Layer.WHITE_TEXT
        if _alpha(element) <= _UNSEEN_ALPHA or 0 < scale_of(element) <= _SMALLEST:
            return Layer.WHITE_TEXT
        ink = self._ink(one, "FillColor")
        if fills and not strokes and ink is not None and _alpha(ink) <= _UNSEEN_ALPHA:
            return Layer.WHITE_TEXT
        return None

    def _settle_text(self, one: Drawn, place: int) -> None:
        """Takes out the letters that are not seen, or the whole line."""
        element = one.element
        area = _box_of(element)
        lines = letters(element, (area.left, area.top))
        colour = _BLACK if element.get("Stroke") == "true" else self._colour(one)
        below = [cover for cover in reversed(self._covers[:place]) if cover is not None]
        above = [cover for cover in self._covers[place + 1 :] if cover is not None]

        def layer_of(letter: Letter) -> Layer | None:
            if not self.page.holds(*letter.at):
                return Layer.OUTSIDE_PAGE
            return Layer.UNDER_BOX if any(cover.holds(letter.at) for cover in above) else None

        def fades(letter: Letter) -> bool:
            ground = next((cover.colour for cover in below if cover.holds(letter.at)), _WHITE)
            return _are_near(colour, ground)

        def clipped(letter: Letter) -> bool:
            return _is_clipped(letter, element)

        layers = [[layer_of(letter) for letter in line] for line in lines]
        for hides, layer in ((clipped, Layer.HIDDEN_TEXT), (fades, Layer.WHITE_TEXT)):
            if all(hides(letter) for line in lines for letter in line):
                layers = [[layer for _ in line] for line in lines]
        unseen = {layer for line in layers for layer in line if layer is not None}
        if not unseen:
            return
        for layer in sorted(unseen):
            self.tally.add(layer)
        words = [
            (letter.sign, layer)
            for line, own in zip(lines, layers, strict=True)
            for letter, layer in zip(line, own, strict=True)
        ]
        if all(layer is not None or sign.isspace() for sign, layer in words):
            remove(element)
        else:
            _cut(element, lines, layers)

    def _cover(self, one: Drawn) -> _Cover | None:
        """What the object hides: a filled rectangle, a picture without holes."""
        element = one.element
        if is_off(element) or _alpha(element) < _OPAQUE or element.find(ofd("Clips")) is not None:
            return None
        if element.tag == ofd("ImageObject"):
            if element.get("ImageMask") or not self.is_opaque(element.get("ResourceID") or ""):
                return None
            return _Cover([_corners(element)], None)
        ink = self._ink(one, "FillColor")
        filled = element.tag == ofd("PathObject") and element.get("Fill") in ("true", "1")
        if not filled or ink is None or _alpha(ink) < _OPAQUE:
            return None
        parts = outlines(element.findtext(ofd("AbbreviatedData")) or "", _placement(element))
        return _Cover(parts, self._colour(one)) if parts else None

    def _ink(self, one: Drawn, kind: str) -> etree._Element | None:
        """The colour of an object: its own, or that of its drawing parameters."""
        own = one.element.find(ofd(kind))
        if own is not None:
            return own
        number = one.element.get("DrawParam") or one.parameter
        passed: set[str] = set()
        while number in self.parameters and number not in passed:
            passed.add(number)
            found = self.parameters[number].find(ofd(kind))
            if found is not None:
                return found
            number = self.parameters[number].get("Relative") or ""
        return None

    def _colour(self, one: Drawn) -> Colour:
        ink = self._ink(one, "FillColor")
        if ink is None:
            return _BLACK
        if len(ink) or ink.get("Index") is not None:
            return None
        return rgb(numbers_of(ink.get("Value") or ""))


def in_order(page: etree._Element) -> Iterator[Drawn]:
    """The objects of a page or template as they are drawn: background, body, foreground."""
    ranks = {"Background": 0, "Foreground": 2}
    layers = list(page.iterfind(f"{ofd('Content')}/{ofd('Layer')}"))
    for layer in sorted(layers, key=lambda layer: ranks.get(layer.get("Type") or "", 1)):
        for element in layer.iter(*_OBJECTS):
            yield Drawn(element, layer.get("DrawParam") or "")


def is_off(element: etree._Element) -> bool:
    """Whether the object, or a group around it, is switched off."""
    return any(
        (one.get("Visible") or "").lower() in ("false", "0")
        for one in (element, *element.iterancestors())
    )


def rgb(parts: list[float]) -> Colour:
    """Red, green, blue of a grey, of these three, or of four inks. Nothing said is black."""
    if len(parts) == 1:
        return (parts[0],) * 3
    if len(parts) == 3:
        return tuple(parts)
    if len(parts) == 4:
        return tuple(255.0 - min(255.0, ink + parts[3]) for ink in parts[:3])
    return _BLACK


def _are_near(one: Colour, other: Colour) -> bool:
    if one is None or other is None:
        return False
    return all(abs(a - b) <= _NEAR for a, b in zip(one, other, strict=True))


def _alpha(element: etree._Element) -> float:
    numbers = numbers_of(element.get("Alpha") or "255")
    return numbers[0] if numbers else 255.0


def _box_of(element: etree._Element) -> Rectangle:
    return box(element.get("Boundary"))


def _placement(element: etree._Element) -> Matrix:
    """From the object's own coordinates to those of the page."""
    corner = _box_of(element)
    return Matrix(*matrix(element)).then(Matrix(e=corner.left, f=corner.top))


def _corners(picture: etree._Element) -> list[tuple[float, float]]:
    """A picture fills the square of its own coordinates."""
    placement = _placement(picture)
    return [placement.at(x, y) for x, y in ((0, 0), (1, 0), (1, 1), (0, 1))]


def _is_clipped(letter: Letter, text: etree._Element) -> bool:
    """Whether a clip of the object leaves the letter out, however its numbers are meant."""
    for path in text.iterfind(f"{ofd('Clips')}/{ofd('Clip')}/{ofd('Area')}/{ofd('Path')}"):
        area = box(path.get("Boundary"))
        if area.is_empty:
            return True
        points = (letter.inner, (letter.x, letter.y), moved(matrix(path), *letter.inner))
        if not any(area.holds(*point) for point in points):
            return True
    return False


def _cut(text: etree._Element, lines: list[list[Letter]], layers: list[list[Layer | None]]) -> None:
    """Writes the letters that are seen one by one, each at its place."""
    if text.find(ofd("CGTransform")) is not None:
        raise UnfitFileError(
            "一行文字只有一部分被盖住，又用了替换字形，不能剪除，请转成图片或者 PDF"
        )
    codes = list(text.iterchildren(ofd("TextCode")))
    for code, line, own in zip(codes, lines, layers, strict=True):
        for letter, layer in zip(line, own, strict=True):
            if layer is None and not letter.sign.isspace():
                new = etree.Element(ofd("TextCode"), X=f"{letter.x:.4f}", Y=f"{letter.y:.4f}")
                new.text = letter.sign
                code.addprevious(new)
        remove(code)
