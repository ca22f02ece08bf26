"""Fields of a letter turned into their results; only page numbers go on counting.

The instruction of a field names files, people, addresses and conditions; its result is what is on
the page. Ticks and choices of form fields are not results, so they are written down as words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from screening.passages import Layer
from screening.stripping.grammar_word import word
from screening.stripping.pruning import remove, unwrap
from screening.stripping.tally import Tally

COUNTING = re.compile(
    r"\s*(PAGE|NUMPAGES|SECTIONPAGES)(?:\s+\\\*\s*\w+|\s+\\#\s*\S+)*\s*", re.IGNORECASE
)

_BEGIN, _SEPARATE, _END = "begin", "separate", "end"
_KIND = word("fldCharType")
_VAL = word("val")
_LINKS = (["HYPERLINK"], ["INCLUDEPICTURE"], ["INCLUDETEXT"], ["LINK"], ["DDE"], ["DDEAUTO"])


@dataclass(slots=True)
class _Field:
    """One complex field: its marks, the pieces of its instruction, what stands among them."""

    marks: list[etree._Element] = field(default_factory=list)
    pieces: list[etree._Element] = field(default_factory=list)
    inner: list[etree._Element] = field(default_factory=list)
    in_result: bool = False

    @property
    def code(self) -> str:
        """The instruction as words."""
        return "".join(piece.text or "" for piece in self.pieces)


def settle_fields(root: etree._Element, tally: Tally) -> None:
    """Puts results in the place of fields, throughout one part."""
    for simple in list(root.iter(word("fldSimple"))):
        code = simple.get(word("instr")) or ""
        counting = COUNTING.fullmatch(code)
        if counting:
            simple.set(word("instr"), f" {counting[1].upper()} ")
        else:
            _count(code, tally)
            unwrap(simple)
    for one in _fields(root):
        _settle(one, tally)
    for stray in [*root.iter(word("instrText")), *root.iter(word("delInstrText"))]:
        if not COUNTING.fullmatch(stray.text or ""):
            tally.add(Layer.FORMULA, "域代码")
            remove(stray)


def _fields(root: etree._Element) -> list[_Field]:
    """The fields of a part, inner ones before those around them."""
    open_fields: list[_Field] = []
    done: list[_Field] = []
    for piece in _pieces(root):
        kind = piece.get(_KIND) if piece.tag == word("fldChar") else ""
        if kind == _BEGIN:
            open_fields.append(_Field([piece]))
            continue
        if not open_fields:
            continue
        last = open_fields[-1]
        if kind in (_SEPARATE, _END):
            last.marks.append(piece)
            last.in_result = True
            if kind == _END:
                done.append(open_fields.pop())
        elif piece.tag == word("instrText") and not last.in_result:
            last.pieces.append(piece)
        else:
            around = next((one for one in reversed(open_fields) if not one.in_result), None)
            if around is not None:
                around.inner.append(piece)
    return done + open_fields[::-1]


def _pieces(root: etree._Element) -> list[etree._Element]:
    wanted = (word("fldChar"), word("instrText"), word("t"), word("sym"), word("drawing"))
    return list(root.iter(*wanted))


def _settle(one: _Field, tally: Tally) -> None:
    counting = COUNTING.fullmatch(one.code)
    for piece in one.inner:  # results of fields within the instruction
        remove(piece)
    if counting and one.pieces:
        one.pieces[0].text = f" {counting[1].upper()} "
        for piece in one.pieces[1:]:
            remove(piece)
        return
    _count(one.code, tally)
    chosen = _chosen(one)
    for piece in one.pieces:
        remove(piece)
    for mark in one.marks:
        if mark is one.marks[0] and chosen:
            written = etree.Element(word("t"))
            written.text = chosen
            mark.addprevious(written)
        remove(mark)


def _count(code: str, tally: Tally) -> None:
    if code.upper().split(maxsplit=1)[:1] in _LINKS:
        tally.add(Layer.LINK, "域代码里的链接")
    else:
        tally.add(Layer.FORMULA, "域代码")


def _chosen(one: _Field) -> str:
    """What a tick box or a list of choices shows, which stands in its data alone."""
    data = one.marks[0].find(word("ffData"))
    if data is None:
        return ""
    box = data.find(word("checkBox"))
    if box is not None:
        states = [box.find(word(name)) for name in ("checked", "default")]
        told = next((state for state in states if state is not None), None)
        ticked = told is not None and (told.get(_VAL) or "1") not in ("0", "false")
        return "☒" if ticked else "☐"
    choices = data.find(word("ddList"))
    if choices is None or len(one.marks) > 2:
        return ""
    entries = [entry.get(_VAL) or "" for entry in choices.iter(word("listEntry"))]
    states = [choices.find(word(name)) for name in ("result", "default")]
    told = next((state for state in states if state is not None), None)
    written = "0" if told is None else told.get(_VAL) or "0"
    index = int(written) if written.isdecimal() else 0
    return entries[index] if 0 <= index < len(entries) else ""
