"""Places on a page of an OFD in millimetres: boxes, transformations, the middle of each letter."""

from __future__ import annotations

import math
from dataclasses import dataclass

from lxml import etree

from screening.passages import UnfitFileError
from screening.stripping.grammar_ofd import ofd

_ASCENT = 0.35  # of the size: the middle of a letter stands so far above its line
_HALF = 0x2E80  # below stand letters of half width
_FARTHEST = 1e7
_MOST_DELTAS = 200_000

Matrix = tuple[float, float, float, float, float, float]

SAME: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Rectangle:
    """From left to right and top to bottom."""

    left: float
    top: float
    right: float
    bottom: float

    def holds(self, x: float, y: float) -> bool:
        """Whether the point is in it."""
        return self.left <= x <= self.right and self.top <= y <= self.bottom

    def meets(self, other: Rectangle) -> bool:
        """Whether they have an area in common."""
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return across > 0 and down > 0

    @property
    def middle(self) -> tuple[float, float]:
        """The point in the middle."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    @property
    def is_empty(self) -> bool:
        """Whether there is no area in it."""
        return self.right <= self.left or self.bottom <= self.top


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter of a line: which, where its line begins in the object, its middle on the page."""

    sign: str
    x: float
    y: float
    at: tuple[float, float]
    inner: tuple[float, float]


def box(written: str | None) -> Rectangle:
    """`x y width height`."""
    numbers = numbers_of(written or "")
    if len(numbers) != 4:
        return Rectangle(0, 0, 0, 0)
    x, y, width, height = numbers
    return Rectangle(x, y, x + width, y + height)


def matrix(element: etree._Element) -> Matrix:
    """The transformation of an object within its box."""
    numbers = numbers_of(element.get("CTM") or "")
    return SAME if len(numbers) != 6 else (
        numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5]
    )  # fmt: skip


def moved(by: Matrix, x: float, y: float) -> tuple[float, float]:
    """The point after the transformation."""
    a, b, c, d, e, f = by
    return a * x + c * y + e, b * x + d * y + f


def letters(text: etree._Element, origin: tuple[float, float]) -> list[list[Letter]]:
    """The letters of a text object, a list for each of its codes; `origin` is that of the box."""
    size, by = _number(text.get("Size"), 0.0) * _number(text.get("HScale"), 1.0), matrix(text)
    found: list[list[Letter]] = []
    x = y = 0.0
    for code in text.iterchildren(ofd("TextCode")):
        x, y = _number(code.get("X"), x), _number(code.get("Y"), y)
        signs = code.text or ""
        across, down = (
            _deltas(code.get("DeltaX"), len(signs)),
            _deltas(code.get("DeltaY"), len(signs)),
        )
        line: list[Letter] = []
        left, base = x, y
        for place, sign in enumerate(signs):
            width = size * (1.0 if ord(sign) >= _HALF else 0.5)
            inner = moved(by, left + width / 2, base - size * _ASCENT)
            line.append(
                Letter(sign, left, base, (inner[0] + origin[0], inner[1] + origin[1]), inner)
            )
            usual = 0.0 if down else width  # letters that go down stay in their column
            left += across[place] if place < len(across) else usual
            base += down[place] if place < len(down) else 0.0
        found.append(line)
    return found


def scale_of(text: etree._Element) -> float:
    """The size of the letters as drawn, in millimetres."""
    a, b, c, d, _, _ = matrix(text)
    return _number(text.get("Size"), 0.0) * max(abs(a) + abs(c), abs(b) + abs(d))


def numbers_of(written: str) -> list[float]:
    """Numbers between blanks; what is none counts as none."""
    found: list[float] = []
    for word in written.replace(",", " ").split():
        try:
            found.append(float(word))
        except ValueError:
            return []
    return found


def _deltas(written: str | None, count: int) -> list[float]:
    """Steps between letters; `g n v` says v n times."""
    found: list[float] = []
    words = (written or "").split()
    place = 0
    while place < len(words) and len(found) < count:
        if words[place] == "g" and place + 2 < len(words):
            times = min(int(_number(words[place + 1], 0)), count)
            found += [_number(words[place + 2], 0.0)] * max(times, 0)
            place += 3
        else:
            found.append(_number(words[place], 0.0))
            place += 1
        if len(found) > _MOST_DELTAS:
            raise UnfitFileError("一行文字过长，超过上限")
    return found[:count]


def _number(written: str | None, otherwise: float) -> float:
    try:
        number = float(written) if written else otherwise
    except ValueError:
        return otherwise
    return number if math.isfinite(number) and abs(number) < _FARTHEST else otherwise
