"""Places on a page of OFD: numbers, transformations, rectangles, and outlines as polygons.

Millimetres, origin top left, y downwards. It knows shapes and nothing of words or colours.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from screening.passages import UnfitFileError

POINTS = 72 / 25.4  # to the millimetre
_FARTHEST = 1e7
_MOST_STEPS = 200_000
_MOST_POINTS = 20_000  # of one outline
_PIECES = 6  # of a curve
_OPERANDS = {"M": 2, "S": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Matrix:
    """x' = a x + c y + e and y' = b x + d y + f."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def at(self, x: float, y: float) -> Point:
        """The point after the transformation."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def then(self, other: Matrix) -> Matrix:
        """This transformation, and the other after it."""
        e, f = other.at(self.e, self.f)
        return Matrix(
            self.a * other.a + self.b * other.c, self.a * other.b + self.b * other.d,
            self.c * other.a + self.d * other.c, self.c * other.b + self.d * other.d,
            e, f,
        )  # fmt: skip

    @property
    def scale(self) -> float:
        """How much larger things become, by area."""
        return math.sqrt(abs(self.a * self.d - self.b * self.c))


@dataclass(frozen=True, slots=True)
class Rectangle:
    """From left to right and top to bottom."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Rectangle) -> bool:
        """Whether they have an area in common."""
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return across > 0 and down > 0


def number_of(written: str) -> float | None:
    """A number of a size that pages have; None for everything else."""
    try:
        found = float(written)
    except ValueError:
        return None
    return found if math.isfinite(found) and abs(found) <= _FARTHEST else None


def numbers(written: str) -> list[float]:
    """Numbers between blanks; none at all where one of them is none."""
    found: list[float] = []
    for word in written.replace(",", " ").split():
        number = number_of(word)
        if number is None:
            return []
        found.append(number)
    return found


def matrix(written: str) -> Matrix:
    """`a b c d e f`; what is no such thing changes nothing."""
    six = numbers(written)
    return Matrix(*six) if len(six) == 6 else Matrix()


def rectangle(written: str) -> Rectangle | None:
    """`x y width height`."""
    four = numbers(written)
    if len(four) != 4:
        return None
    left, top, width, height = four
    return Rectangle(left, top, left + width, top + height)


def bounds(points: Iterable[Point]) -> Rectangle:
    """The rectangle around points, of which there is one at least."""
    every = list(points)
    across, down = [x for x, _ in every], [y for _, y in every]
    return Rectangle(min(across), min(down), max(across), max(down))


def steps(written: str) -> list[float]:
    """Steps from letter to letter; `g n v` says v n times."""
    words = written.split()
    found: list[float] = []
    place = 0
    while place < len(words):
        if words[place] == "g" and place + 2 < len(words):
            times = int(min(max(number_of(words[place + 1]) or 0.0, 0.0), _MOST_STEPS))
            found += [number_of(words[place + 2]) or 0.0] * times
            place += 3
        else:
            found.append(number_of(words[place]) or 0.0)
            place += 1
        if len(found) > _MOST_STEPS:
            raise UnfitFileError("一行文字过长，超过上限")
    return found


def outlines(data: str, place: Matrix) -> list[list[Point]]:
    """What `AbbreviatedData` draws, as polygons on the page; an arc becomes its chord."""
    shapes: list[list[Point]] = []
    for count, (sign, operands) in enumerate(_strokes(data)):
        if count > _MOST_POINTS:
            raise UnfitFileError("一个图形过于复杂，超过上限")
        if sign in "MS":
            shapes.append([(operands[0], operands[1])])
        elif shapes and sign != "C":  # a polygon closes by itself
            shapes[-1] += _curve(shapes[-1][-1], sign, operands)
    return [[place.at(x, y) for x, y in shape] for shape in shapes if len(shape) > 2]


def _strokes(data: str) -> Iterator[tuple[str, list[float]]]:
    words = data.split()
    place = 0
    while place < len(words):
        count = _OPERANDS.get(words[place])
        if count is None:
            place += 1
            continue
        operands = numbers(" ".join(words[place + 1 : place + 1 + count]))
        if len(operands) == count:
            yield words[place], operands
        place += 1 + count


def _curve(start: Point, sign: str, operands: list[float]) -> list[Point]:
    if sign in "LA":
        return [(operands[-2], operands[-1])]
    handles = [start, *zip(operands[::2], operands[1::2], strict=True)]
    return [_on_curve(handles, piece / _PIECES) for piece in range(1, _PIECES + 1)]


def _on_curve(handles: Sequence[Point], share: float) -> Point:
    points = list(handles)
    while len(points) > 1:
        points = [
            (a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share)
            for a, b in pairwise(points)
        ]
    return points[0]


def inside(parts: Sequence[Sequence[Point]], point: Point, *, odd: bool = False) -> bool:
    """Whether a point is in what the polygons fill, by the rule of windings or of odd and even."""
    x, y = point
    turns = crossed = 0
    for shape in parts:
        for (x1, y1), (x2, y2) in zip(shape, [*shape[1:], shape[0]], strict=True):
            if (y1 <= y) != (y2 <= y) and x1 + (y - y1) * (x2 - x1) / (y2 - y1) > x:
                turns += 1 if y2 > y1 else -1
                crossed += 1
    return crossed % 2 == 1 if odd else turns != 0
