"""Blackens the marked boxes of a PDF and gives the file only with the proof that they are gone.

Fonts shared with pages that were left alone still hold the shapes of single letters, without place
or order; the breadth of a box still tells how long its words were.
"""

from __future__ import annotations

from dataclasses import dataclass

from screening.passages import UnfitFileError
from screening.redaction.instructions import Instructions
from screening.redaction.proof import Proof, prove
from screening.redaction.rendering import page_sizes
from screening.stripping.pdf import rewrite
from screening.stripping.stripped import Removal

_LEAST = 0.5  # points


@dataclass(frozen=True, slots=True)
class Redacted:
    """The blackened file, the proof, and what was stripped besides."""

    data: bytes
    proof: Proof
    removed: tuple[Removal, ...]


def redact(data: bytes, instructions: Instructions) -> Redacted:
    """The file with marked pages as pictures, boxes burnt in, and all other pages written anew.

    The same file and instructions give the same bytes. Raises UnfitFileError when a mark is not
    on the page, and when the proof does not hold; then there is no file.
    """
    if not instructions.marks:
        raise UnfitFileError("没有标出要涂黑的地方")
    _check_marks(data, instructions)
    rewritten, removed = rewrite(data, instructions.by_page())
    proof = prove(data, rewritten.data, instructions)
    if not proof.holds:
        raise UnfitFileError("涂黑没有通过检验：" + "；".join(proof.reasons))
    return Redacted(rewritten.data, proof, removed)


def _check_marks(data: bytes, instructions: Instructions) -> None:
    sizes = page_sizes(data)
    for mark in instructions.marks:
        if not 1 <= mark.page <= len(sizes):
            raise UnfitFileError(f"文件没有第{mark.page}页")
        wide, high = sizes[mark.page - 1]
        box = mark.box
        inside = min(box.right, wide) - max(box.left, 0) >= _LEAST
        inside = inside and min(box.bottom, high) - max(box.top, 0) >= _LEAST
        if not inside:
            raise UnfitFileError(f"第{mark.page}页有一处涂黑的位置不在页面上")
