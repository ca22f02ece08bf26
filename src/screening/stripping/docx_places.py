"""Words of a letter at places nobody looks at: beside the page, in flat rows, under merged cells.

It goes by what a place says of itself; where a page breaks is not worked out.
"""

from __future__ import annotations

import re

from lxml import etree

from screening.passages import Layer
from screening.stripping.docx_looks import Looks
from screening.stripping.grammar_word import word
from screening.stripping.pruning import remove
from screening.stripping.tally import Tally

_VAL = word("val")
_FAR_TWIPS = 15_840  # eleven inches, more than a page is wide
_FAR_EMU = 12 * 914_400
_FLAT_TWIPS = 40
_FAR_STYLE = re.compile(r"(?:left|top)\s*:\s*-?\d{4,}(?:\.\d+)?pt")
_NO_STYLE = re.compile(
    r"visibility\s*:\s*hidden|display\s*:\s*none"
    r"|(?<![\w-])(?:width|height)\s*:\s*0(?:pt|px|in|cm)?\s*(?:;|$)"
)
_NAMED = tuple(
    word(tag) for tag in ("wp:docPr", "pic:cNvPr", "wps:cNvPr", "wpg:cNvPr", "wp:anchor")
)
_TEXTS = tuple(word(tag) for tag in ("r", "hyperlink", "fldSimple", "sdt", "smartTag"))
_ON = ("1", "true", "on")


def drop_out_of_sight(root: etree._Element, looks: Looks, tally: Tally) -> None:
    """Rows, cells, shapes and paragraphs that are at no place of the page."""
    for row in list(root.iter(word("tr"))):
        if _is_hidden_row(row.find(word("trPr"))):
            tally.add(Layer.HIDDEN_ROW, "隐藏的表格行")
            remove(row)
    for cell in list(root.iter(word("tc"))):
        if _is_merged_away(cell.find(word("tcPr"))):
            _empty_cell(cell, tally)
    for shape in list(root.iter(word("drawing"), word("pict"), word("object"))):
        layer = _layer_of_shape(shape)
        if layer is not None:
            tally.add(layer, "看不见的图形")
            remove(shape)
    for paragraph in root.iter(word("p")):
        if looks.any_of_paragraph(paragraph, _is_far):
            for child in list(paragraph.iterchildren(*_TEXTS)):
                tally.add(Layer.OUTSIDE_PAGE)
                remove(child)


def _is_hidden_row(properties: etree._Element | None) -> bool:
    if properties is None:
        return False
    hidden = properties.find(word("hidden"))
    if hidden is not None and (hidden.get(_VAL) or "1") in _ON:
        return True
    height = properties.find(word("trHeight"))
    exact = height is not None and height.get(word("hRule")) == "exact"
    return height is not None and exact and _whole(height.get(_VAL), 999) <= _FLAT_TWIPS


def _is_merged_away(properties: etree._Element | None) -> bool:
    if properties is None:
        return False
    merges = (properties.find(word(tag)) for tag in ("vMerge", "hMerge"))
    return any(merge is not None and merge.get(_VAL) != "restart" for merge in merges)


def _empty_cell(cell: etree._Element, tally: Tally) -> None:
    """A cell must hold a paragraph; one without words is what the merged cell shows anyway."""
    if next(cell.iter(word("t"), word("drawing"), word("pict")), None) is None:
        return
    tally.add(Layer.HIDDEN_TEXT, "合并单元格盖住的文字")
    for child in list(cell):
        if child.tag != word("tcPr"):
            cell.remove(child)
    etree.SubElement(cell, word("p"))


def _layer_of_shape(shape: etree._Element) -> Layer | None:
    for part in shape.iter(etree.Element):
        if part.tag in _NAMED and (part.get("hidden") or "0") in _ON:
            return Layer.HIDDEN_TEXT
        if part.tag == word("wp:posOffset") and abs(_whole(part.text, 0)) >= _FAR_EMU:
            return Layer.OUTSIDE_PAGE
        style = (part.get("style") or "").lower()
        if _NO_STYLE.search(style):
            return Layer.HIDDEN_TEXT
        if _FAR_STYLE.search(style):
            return Layer.OUTSIDE_PAGE
    return None


def _is_far(properties: etree._Element) -> bool:
    indent, frame = properties.find(word("ind")), properties.find(word("framePr"))
    sides = () if indent is None else ("left", "start", "right", "end", "firstLine", "hanging")
    if indent is not None and any(_at(indent, side) >= _FAR_TWIPS for side in sides):
        return True
    return frame is not None and any(_at(frame, axis) >= 2 * _FAR_TWIPS for axis in ("x", "y"))


def _at(element: etree._Element, name: str) -> int:
    return abs(_whole(element.get(word(name)), 0))


def _whole(written: str | None, otherwise: int) -> int:
    try:
        return int(float(written)) if written else otherwise
    except (ValueError, OverflowError):
        return otherwise
