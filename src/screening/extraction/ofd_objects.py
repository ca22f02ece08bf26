"""Lists what is drawn on a page of OFD, in the order of drawing: words, filled shapes, pictures.

It says where each lies and how it is painted; whether words are seen is judged elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from itertools import pairwise

from lxml import etree

from screening.extraction.gathering import attribute, local_name, take_attribute, take_text
from screening.extraction.ofd_colours import (
    BLACK,
    Paint,
    Parameter,
    fill_by_parameter,
    paint,
)
from screening.extraction.ofd_geometry import (
    Matrix,
    Point,
    Rectangle,
    inside,
    matrix,
    number_of,
    numbers,
    outlines,
    rectangle,
    steps,
)
from screening.passages import UnfitFileError

_HALF = 0x2E80  # below stand letters of half width
_NEW_LINE = 0.3  # of the size of letters: a step down that begins a new line
_MAX_DEPTH = 20  # of units within units
_MAX_UNITS = 2_000  # units of units grow as a power of their depth
_FULL = 255


@dataclass(frozen=True, slots=True)
class Look:
    """What lies over an object from the objects around it."""

    place: Matrix = field(default_factory=Matrix)
    alpha: int = _FULL
    visible: bool = True
    parameter: str = ""
    clips: tuple[Rectangle, ...] = ()


@dataclass(frozen=True, slots=True)
class Words:
    """Letters of one line of one object: where each stands (its middle), and how it looks."""

    text: str
    middles: tuple[Point, ...]
    size: float
    fill: Paint | None  # None = not filled at all
    look: Look
    upright: bool = True

    @property
    def box(self) -> Rectangle:
        """The rectangle around the letters."""
        half = self.size / 2
        xs = [x for x, _ in self.middles]
        ys = [y for _, y in self.middles]
        return Rectangle(min(xs) - half, min(ys) - half, max(xs) + half, max(ys) + half)


@dataclass(frozen=True, slots=True)
class Cover:
    """A filled shape or a picture that can hide what was drawn before."""

    parts: Sequence[Sequence[Point]]
    colour: str
    odd: bool = False  # filled by the rule of odd and even

    def hides(self, point: Point) -> bool:
        """Whether a point lies beneath."""
        return inside(self.parts, point, odd=self.odd)


Drawn = Words | Cover


@dataclass(slots=True)
class Resources:
    """What pages refer to by number."""

    parameters: dict[str, Parameter] = field(default_factory=dict)
    media: dict[str, str] = field(default_factory=dict)  # number → part
    clear: set[str] = field(default_factory=set)  # pictures one sees through
    units: dict[str, etree._Element] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)  # units that are drawn somewhere


@dataclass(slots=True)
class Draughtsman:
    """Goes through the objects of a page."""

    resources: Resources
    drawn: list[Drawn] = field(default_factory=list)
    names: list[str] = field(default_factory=list)  # what somebody called an object
    pictures: int = 0
    shapes: int = 0
    _depth: int = 0
    _units: int = 0

    def draw(self, parent: etree._Element, look: Look) -> None:
        """The objects of a layer or block."""
        for child in parent:
            tag = local_name(child)
            name = take_attribute(child, "Name")
            if name and tag in OBJECTS:
                self.names.append(name)
            if tag in OBJECTS:
                OBJECTS[tag](self, child, self._look(child, look))

    def _look(self, element: etree._Element, around: Look) -> Look:
        """The look of an object: its place is that of its own coordinates on the page."""
        box = numbers(attribute(element, "Boundary"))
        left, top = box[:2] if len(box) == 4 else (0.0, 0.0)
        own = matrix(attribute(element, "CTM"))
        corner = Matrix(e=left, f=top).then(around.place)
        alpha = number_of(attribute(element, "Alpha") or "255")
        return Look(
            place=own.then(corner),
            alpha=min(around.alpha, _FULL if alpha is None else int(alpha)),
            visible=around.visible and attribute(element, "Visible").lower() not in _OFF,
            parameter=attribute(element, "DrawParam") or around.parameter,
            clips=around.clips + tuple(_clips(element, corner)),
        )

    def block(self, element: etree._Element, look: Look) -> None:
        """Objects in a block."""
        self.draw(element, look)

    def composite(self, element: etree._Element, look: Look) -> None:
        """A unit of objects drawn at this place."""
        number = attribute(element, "ResourceID")
        unit = self.resources.units.get(number)
        if unit is not None and self._depth < _MAX_DEPTH:
            self._depth += 1
            self._units += 1
            if self._units > _MAX_UNITS:
                raise UnfitFileError("图元层层引用过多，无法读取，疑为炸弹文件")
            self.resources.used.add(number)
            for content in deepcopy(unit).iterfind("{*}Content"):  # reading takes the words out
                self.draw(content, look)
            self._depth -= 1
        self.draw(element, look)

    def text(self, element: etree._Element, look: Look) -> None:
        """Letters, line by line."""
        size = number_of(attribute(element, "Size")) or 0.0
        scale = (number_of(attribute(element, "HScale")) or 1.0) if size else 1.0
        fill = self._fill(element, look, BLACK)
        if attribute(element, "Fill").lower() in _OFF:
            stroked = attribute(element, "Stroke").lower() in _ON
            fill = (paint(element.find("{*}StrokeColor")) or BLACK) if stroked else None
        pen: Point = (0.0, 0.0)
        for code in element.iterfind("{*}TextCode"):
            x, y = number_of(attribute(code, "X")), number_of(attribute(code, "Y"))
            pen = (pen[0] if x is None else x, pen[1] if y is None else y)
            across, down = steps(attribute(code, "DeltaX")), steps(attribute(code, "DeltaY"))
            letters = [
                (letter, look.place.at(px + size * scale * width / 2, py - size * 0.35))
                for letter, px, py, width in _letters(
                    take_text(code), pen, across, down, size * scale
                )
            ]
            tall = size * look.place.scale
            self.drawn += [
                Words(text, middles, tall, fill, look, upright)
                for text, middles, upright in _lines(letters, tall)
            ]

    def path(self, element: etree._Element, look: Look) -> None:
        """An outline; filled ones can hide what lies beneath."""
        data = "".join(take_text(each) for each in element.iterfind("{*}AbbreviatedData"))
        self.shapes += 1
        fill = self._fill(element, look, None)
        if fill is None or attribute(element, "Fill").lower() not in _ON or not look.visible:
            return
        parts = outlines(data, look.place)
        if parts and min(fill.alpha, look.alpha) >= _DENSE:
            odd = attribute(element, "Rule") == "Even-Odd"
            self.drawn.append(Cover(parts, fill.colour, odd))

    def image(self, element: etree._Element, look: Look) -> None:
        """A picture fills the square of its own coordinates."""
        self.pictures += 1
        number = attribute(element, "ResourceID")
        masked = attribute(element, "ImageMask") or number in self.resources.clear
        if look.visible and look.alpha >= _DENSE and not masked:
            corners = [look.place.at(x, y) for x, y in ((0, 0), (1, 0), (1, 1), (0, 1))]
            self.drawn.append(Cover([corners], ""))

    def _fill(self, element: etree._Element, look: Look, usual: Paint | None) -> Paint | None:
        own = paint(element.find("{*}FillColor"))
        return own or fill_by_parameter(self.resources.parameters, look.parameter) or usual


_OFF = ("false", "0")
_ON = ("true", "1")
_DENSE = 230  # of 255: what lies beneath such a paint is not read any more

OBJECTS = {
    "TextObject": Draughtsman.text,
    "PathObject": Draughtsman.path,
    "ImageObject": Draughtsman.image,
    "CompositeObject": Draughtsman.composite,
    "PageBlock": Draughtsman.block,
}


def _letters(
    text: str, pen: Point, across: Sequence[float], down: Sequence[float], size: float
) -> list[tuple[str, float, float, float]]:
    """(letter, x, y, share of its width) for each letter, in the object's own coordinates."""
    found = []
    x, y = pen
    for at, letter in enumerate(text):
        width = 1.0 if ord(letter) >= _HALF else 0.5
        found.append((letter, x, y, width))
        # Without steps across, letters that go down stay in their column.
        usual = 0.0 if down else size * width
        x += across[at] if at < len(across) else usual
        y += down[at] if at < len(down) else 0.0
    return found


def _lines(
    letters: Sequence[tuple[str, Point]], size: float
) -> list[tuple[str, tuple[Point, ...], bool]]:
    """(text, middles, whether it runs across): broken where a letter stands on another line.

    Letters that go down one by one are a column, and stay together. Letters that go backwards
    are given one by one, so that they are read as they stand and not as they were written.
    """
    if not letters:
        return []
    rows: list[list[tuple[str, Point]]] = [[letters[0]]]
    for before, letter in pairwise(letters):
        if abs(letter[1][1] - before[1][1]) > size * _NEW_LINE:
            rows.append([])
        rows[-1].append(letter)
    if len(rows) > 1 and all(len(row) == 1 for row in rows):
        return [("".join(t for t, _ in letters), tuple(p for _, p in letters), False)]
    found: list[tuple[str, tuple[Point, ...], bool]] = []
    for row in rows:
        xs = [point[0] for _, point in row]
        backwards = any(after < before for before, after in pairwise(xs))
        groups = [[letter] for letter in row] if backwards else [row]
        found += [
            ("".join(t for t, _ in group), tuple(p for _, p in group), True) for group in groups
        ]
    return found


def _clips(element: etree._Element, corner: Matrix) -> list[Rectangle]:
    """The boxes of the areas to which an object is cut, on the page."""
    found = []
    for clip in element.iterfind("{*}Clips/{*}Clip"):
        for area in clip.iterfind("{*}Area"):
            own = matrix(attribute(area, "CTM"))
            for shape in area:
                for data in shape.iter("{*}AbbreviatedData"):
                    take_text(data)
                box = rectangle(attribute(shape, "Boundary"))
                if box is not None:
                    ends = [
                        own.then(corner).at(x, y)
                        for x, y in ((box.left, box.top), (box.right, box.bottom))
                    ]
                    (left, top), (right, bottom) = ends
                    found.append(Rectangle(left, top, right, bottom))
    return found
