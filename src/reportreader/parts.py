"""The written parts of a report, told apart by their headings: what part five says, and part six.

It takes no figure from them and does not judge them; that is asked of statute.reporting.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from reportreader.document import Document, Grid, Line, Picture
from reportreader.normalise import normalise

# Headings as published reports vary them; rows of table three (“三、本年度办理结果”) match none.
_HEADINGS = (
    r"一[、.,][^。\n]{0,8}?(?:总体情况|概述|基本情况)",
    r"二[、.,][^。\n]{0,6}?主动公开[^。\n]{0,10}?情况",
    r"三[、.,][^。\n]{0,6}?收到[^。\n]{0,16}?申请[^。\n]{0,8}?情况",
    r"四[、.,][^。\n]{0,20}?(?:行政复议|行政诉讼)[^。\n]{0,16}?情况",
    r"五[、.,][^。\n]{0,14}?问题(?:[^。\n]{0,8}(?:情况|措施|打算|方向|建议|计划|工作))?",
    r"六[、.,][^。\n]{0,8}?其[他它][^。\n]{0,10}?(?:事项|情况|内容)",
)
_HEADING = re.compile(
    r"(?:^|(?<=[。;\s#*]))(?:" + "|".join(f"({words})" for words in _HEADINGS) + ")", re.MULTILINE
)
_WRITTEN = (1, 5, 6)  # the parts without a table: what last year's text is compared with
_PICTURE = "\ufffc"  # stands for an image in the text of a part
_NOT_SHOWN = re.compile(rf"(?:{_PICTURE}|[〔\[(]?(?:\.{{3,}}|…+)[〕\])]?|\s)+")


@dataclass(frozen=True, slots=True)
class Parts:
    """Texts by number of the part, None when no heading was seen; `narrative` are the parts that
    hold no table, together. A part is left out where an image or an ellipsis (an excerpt) stands
    for its text: that is no empty part."""

    texts: Mapping[int, str] | None
    narrative: str | None


def parts_of(document: Document) -> Parts:
    """The parts of a document that was opened."""
    text = normalise("\n".join(_pieces(document)))
    headings = list(_HEADING.finditer(text))
    if not headings:
        return Parts(None, None)
    found: dict[int, str] = {}
    ends = [match.start() for match in headings[1:]] + [len(text)]
    for match, end in zip(headings, ends, strict=True):
        number = match.lastindex or 0
        said = text[match.end() : end].strip()
        # A table of contents names each part once more; the part itself is the longer one.
        if len(said) >= len(found.get(number, "")):
            found[number] = said
    texts = {
        number: said.replace(_PICTURE, "")
        for number, said in found.items()
        if not _NOT_SHOWN.fullmatch(said)
    }
    narrative = "\n".join(texts[number] for number in _WRITTEN if number in texts)
    return Parts(texts, narrative or None)


def _pieces(document: Document) -> list[str]:
    pieces: list[str] = []
    for block in document.blocks:
        if isinstance(block, Line):
            pieces.append(block.text)
        elif isinstance(block, Picture):
            pieces.append(_PICTURE)
        elif isinstance(block, Grid):
            # Some converters put whole pages of sentences into a table of one cell a row.
            for row in block.rows():
                filled = [cell.text for cell in row if cell.text.strip()]
                if len(filled) == 1:
                    pieces.append(filled[0])
    return pieces
