"""What is to be blackened, and on which ground: marks on pages, kept as JSON and replayable.

Grounds are identifiers of the caller; their wording comes from the caller too. No word of what is
marked stands in the instructions.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass

from screening.passages import Box, UnfitFileError

VERSION = 1
MAX_MARKS = 20_000
_BROKEN = "涂黑指令无法读取"


@dataclass(frozen=True, slots=True)
class Mark:
    """A box on a page (from 1), in points from the top left of the page as shown, and the
    identifier of the ground for withholding what is under it."""

    page: int
    box: Box
    ground: str


@dataclass(frozen=True, slots=True)
class Instructions:
    """All marks of a file, in the order of reading. `keep_elsewhere` says that the marked words
    may stay where they are not marked: the same name may be an official's on another page."""

    marks: tuple[Mark, ...] = ()
    keep_elsewhere: bool = False

    def by_page(self) -> dict[int, tuple[Box, ...]]:
        """The boxes of each touched page."""
        pages: dict[int, tuple[Box, ...]] = {}
        for mark in self.marks:
            pages[mark.page] = (*pages.get(mark.page, ()), mark.box)
        return pages


@dataclass(frozen=True, slots=True)
class GroundLine:
    """One ground for the letter: its wording, how many places, on which pages."""

    ground: str
    wording: str
    places: int
    pages: tuple[int, ...]

    def sentence(self) -> str:
        """第1、3页共4处：涉及个人隐私。"""
        pages = "、".join(str(page) for page in self.pages)
        return f"第{pages}页共{self.places}处：{self.wording}。"


def ordered(marks: tuple[Mark, ...], *, keep_elsewhere: bool = False) -> Instructions:
    """Instructions from marks made in any order; a mark made twice counts once."""
    rounded = {Mark(mark.page, _rounded(mark.box), mark.ground) for mark in marks}
    return Instructions(tuple(sorted(rounded, key=_reading_order)), keep_elsewhere)


def _rounded(box: Box) -> Box:
    return Box(*(round(edge, 2) for edge in (box.left, box.top, box.right, box.bottom)))


def _reading_order(mark: Mark) -> tuple[int, float, float, float, float, str]:
    box = mark.box
    return mark.page, box.top, box.left, box.bottom, box.right, mark.ground


def to_json(instructions: Instructions) -> str:
    """The instructions as JSON; the same instructions give the same text."""
    marks = [
        {
            "page": mark.page,
            "box": [mark.box.left, mark.box.top, mark.box.right, mark.box.bottom],
            "ground": mark.ground,
        }
        for mark in instructions.marks
    ]
    whole = {
        "version": VERSION,
        "keep_elsewhere": instructions.keep_elsewhere,
        "marks": marks,
    }
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":"))


def from_json(text: str) -> Instructions:
    """Instructions from JSON. UnfitFileError when they are of another version or malformed."""
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UnfitFileError(_BROKEN) from error
    if not isinstance(whole, dict) or whole.get("version") != VERSION:
        raise UnfitFileError("涂黑指令的版本不对，无法使用")
    marks, keep = whole.get("marks"), whole.get("keep_elsewhere", False)
    if not isinstance(marks, list) or len(marks) > MAX_MARKS or not isinstance(keep, bool):
        raise UnfitFileError(_BROKEN)
    return ordered(tuple(_mark(item) for item in marks), keep_elsewhere=keep)


def _mark(item: object) -> Mark:
    if not isinstance(item, dict):
        raise UnfitFileError(_BROKEN)
    page, box, ground = item.get("page"), item.get("box"), item.get("ground")
    if not isinstance(page, int) or isinstance(page, bool) or page < 1:
        raise UnfitFileError("涂黑指令中的页码不对")
    if not isinstance(ground, str) or not ground:
        raise UnfitFileError("涂黑指令中有一处没有写明理由")
    if not isinstance(box, list) or len(box) != 4 or not all(_is_number(edge) for edge in box):
        raise UnfitFileError("涂黑指令中有一处位置不对")
    return Mark(page, Box(*(float(edge) for edge in box)), ground)


def _is_number(edge: object) -> bool:
    if isinstance(edge, bool) or not isinstance(edge, (int, float)):
        return False
    return math.isfinite(edge)


def grounds_listed(
    instructions: Instructions, wordings: Mapping[str, str]
) -> tuple[GroundLine, ...]:
    """Each ground once, in the caller's order of wordings. KeyError for a ground not among them:
    a letter must not be silent about one."""
    unknown = {mark.ground for mark in instructions.marks} - wordings.keys()
    if unknown:
        raise KeyError(min(unknown))
    listed = []
    for ground, wording in wordings.items():
        pages = [mark.page for mark in instructions.marks if mark.ground == ground]
        if pages:
            listed.append(GroundLine(ground, wording, len(pages), tuple(sorted(set(pages)))))
    return tuple(listed)
