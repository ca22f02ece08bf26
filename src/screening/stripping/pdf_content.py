"""Writes the drawing operators of a page or form anew: without remarks, layers and hidden words.

It drops operators and never moves one; what cannot be cut that way is said to be tangled.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import pikepdf

SHOWS = frozenset({"Tj", "TJ", "'", '"'})
_OPENS, _CLOSES, _POINTS = frozenset({"BMC", "BDC"}), "EMC", frozenset({"MP", "DP"})
# Operators that name a resource, and the kind of resource.
_NAMES = {
    "Do": "/XObject",
    "Tf": "/Font",
    "gs": "/ExtGState",
    "cs": "/ColorSpace",
    "CS": "/ColorSpace",
    "scn": "/Pattern",
    "SCN": "/Pattern",
    "sh": "/Shading",
}

Operator = pikepdf.ContentStreamInstruction | pikepdf.ContentStreamInlineImage
Operators = Sequence[Operator]


@dataclass(slots=True)
class Drawing:
    """Operators written anew, and what they name; `shows` counts the text they draw, `total` the
    text that was drawn before."""

    data: bytes
    names: dict[str, set[str]] = field(default_factory=dict)
    shows: int = 0
    total: int = 0


def redrawn(
    operators: Operators,
    *,
    off: frozenset[str] = frozenset(),
    undrawn: frozenset[str] = frozenset(),
    hidden: frozenset[int] = frozenset(),
) -> Drawing:
    """The operators without marks of content, without the layers named in `off`, the pictures and
    forms named in `undrawn`, and the text objects numbered in `hidden`."""
    kept: list[Operator] = []
    drawing = Drawing(b"")
    marks: list[bool] = []  # of each open mark: whether it starts a layer that is off
    order = 0
    for step in operators:
        name = str(step.operator)
        if name in _OPENS:
            marks.append(_is_off(step, off))
        elif name == _CLOSES:
            if marks:
                marks.pop()
        elif name not in _POINTS:
            shows = name in SHOWS and _draws_text(step)
            cut = any(marks) or (shows and order in hidden)
            cut = cut or (name == "Do" and str(step.operands[0]) in undrawn)
            order += shows
            if not cut:
                kept.append(step)
                drawing.shows += shows
    drawing.total = order
    _note_names(kept, drawing)
    drawing.data = pikepdf.unparse_content_stream(kept)
    return drawing


def _is_off(step: Operator, off: frozenset[str]) -> bool:
    operands = list(step.operands)
    layered = len(operands) == 2 and operands[0] == "/OC"
    return layered and isinstance(operands[1], pikepdf.Name) and str(operands[1]) in off


def _draws_text(step: Operator) -> bool:
    """PDFium makes a text object of every show operator with at least one character."""
    if not len(step.operands):
        return False
    shown = step.operands[-1]
    if isinstance(shown, pikepdf.String):
        return bool(bytes(shown))
    if isinstance(shown, pikepdf.Array):
        return any(isinstance(part, pikepdf.String) and bytes(part) for part in shown)
    return False


def _note_names(kept: Iterable[Operator], drawing: Drawing) -> None:
    for step in kept:
        kind = _NAMES.get(str(step.operator))
        if kind is None:
            if isinstance(step, pikepdf.ContentStreamInlineImage):
                _note_inline(step, drawing)
            continue
        for operand in step.operands:
            if isinstance(operand, pikepdf.Name):
                drawing.names.setdefault(kind, set()).add(str(operand))


def _note_inline(step: pikepdf.ContentStreamInlineImage, drawing: Drawing) -> None:
    """A picture within the operators may name a colour space of the page."""
    space = step.iimage.obj.get("/ColorSpace")
    if isinstance(space, pikepdf.Name):
        drawing.names.setdefault("/ColorSpace", set()).add(str(space))
