"""Boxes of a PDF page in three views: as drawn, as displayed, and as its text runs.

Boxes are (left, top, right, bottom) in points from the upper left. It knows no text.
"""

from __future__ import annotations

from dataclasses import dataclass

Box = tuple[float, float, float, float]


def turned(box: Box, quarters: int, width: float, height: float) -> Box:
    """A box of a page of this size after the page is turned clockwise by quarter turns."""
    left, top, right, bottom = box
    match quarters % 4:
        case 1:
            return (height - bottom, left, height - top, right)
        case 2:
            return (width - right, height - bottom, width - left, height - top)
        case 3:
            return (top, width - right, bottom, width - left)
        case _:
            return box


@dataclass(frozen=True, slots=True)
class PageView:
    """A page as drawn (size and origin of its media box), how it is displayed (`rotation`) and
    how its text must be turned to run from left to right (`reading`), in clockwise quarters."""

    width: float
    height: float
    left: float = 0.0
    bottom: float = 0.0
    rotation: int = 0
    reading: int = 0

    def from_drawn(self, left: float, bottom: float, right: float, top: float) -> Box:
        """PDF coordinates, counted from below, as a box in reading direction."""
        upper = self.bottom + self.height
        box = (left - self.left, upper - top, right - self.left, upper - bottom)
        return turned(box, self.reading, self.width, self.height)

    def from_display(self, box: Box) -> Box:
        """A box as displayed, in reading direction."""
        return turned(box, self.reading - self.rotation, *self._size(self.rotation))

    def to_display(self, box: Box) -> Box:
        """A box in reading direction, as displayed, rounded to a tenth of a point."""
        turn = self.rotation - self.reading
        left, top, right, bottom = turned(box, turn, *self._size(self.reading))
        return (round(left, 1), round(top, 1), round(right, 1), round(bottom, 1))

    def _size(self, quarters: int) -> tuple[float, float]:
        return (self.height, self.width) if quarters % 2 else (self.width, self.height)


def hull(boxes: list[Box]) -> Box:
    """The smallest box around at least one box."""
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return (min(lefts), min(tops), max(rights), max(bottoms))


def centre(box: Box) -> tuple[float, float]:
    """The middle of a box, across and down."""
    return ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
