"""Colours of OFD, and the parameters of drawing that objects share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from screening.extraction.colours import UNKNOWN
from screening.extraction.gathering import attribute
from screening.extraction.ofd_geometry import number_of

_MAX_DEPTH = 20  # of parameters that rest on others
_OPAQUE = 255


@dataclass(frozen=True, slots=True)
class Paint:
    """A colour as six hex digits, UNKNOWN for patterns, and how dense it is from 0 to 255."""

    colour: str
    alpha: int = _OPAQUE


BLACK = Paint("000000")


def paint(element: etree._Element | None) -> Paint | None:
    """`FillColor` or `StrokeColor`; None when missing."""
    if element is None:
        return None
    alpha = number_of(attribute(element, "Alpha") or "255")
    value = attribute(element, "Value")
    return Paint(_hex(value), _OPAQUE if alpha is None else int(alpha))


def _hex(value: str) -> str:
    """One number is grey, three are red, green, blue, four are the inks of print."""
    told = [_channel(word) for word in value.split()]
    if None in told:
        return UNKNOWN
    channels = [max(0, min(255, channel or 0)) for channel in told]
    if len(channels) == 1:
        channels *= 3
    if len(channels) == 4:
        *inks, key = channels
        channels = [(255 - ink) * (255 - key) // 255 for ink in inks]
    return "".join(f"{channel:02x}" for channel in channels) if len(channels) == 3 else UNKNOWN


def _channel(word: str) -> int | None:
    if word.startswith("#"):
        try:
            return int(word[1:], 16)
        except ValueError:
            return None
    number = number_of(word)
    return None if number is None else int(number)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A set of parameters, and the set it rests on."""

    relative: str
    fill: Paint | None


def fill_by_parameter(parameters: Mapping[str, Parameter], name: str) -> Paint | None:
    """The fill that a set of parameters gives."""
    for _ in range(_MAX_DEPTH):
        parameter = parameters.get(name)
        if parameter is None or parameter.fill is not None:
            return None if parameter is None else parameter.fill
        name = parameter.relative
    return None
