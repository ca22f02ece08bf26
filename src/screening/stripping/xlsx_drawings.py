"""What lies on a sheet: pictures and shapes that are seen, at the places where they are seen."""

from __future__ import annotations

from lxml import etree

from screening.passages import Layer
from screening.stripping import grammar_sheet
from screening.stripping.grammar_sheet import sheet
from screening.stripping.office import Source, Target
from screening.stripping.pictures import Pictures
from screening.stripping.pruning import prune, remove
from screening.stripping.tally import Tally
from screening.stripping.xlsx_cells import Cells

_ANCHORS = tuple(sheet(f"xdr:{kind}Anchor") for kind in ("twoCell", "oneCell", "absolute"))
_SHOWN = tuple(sheet(f"xdr:{kind}") for kind in ("pic", "sp", "cxnSp", "grpSp", "graphicFrame"))


def settle_drawing(
    source: Source, target: Target, tally: Tally, name: str, part: str, cells: Cells
) -> etree._Element:
    """The drawing of one sheet, its pictures carried to `part`."""
    root = source.xml(name)
    for anchor in list(root.iter(*_ANCHORS)):
        if _is_out_of_sight(anchor, cells):
            tally.add(Layer.HIDDEN_TEXT, "隐藏行列上的图形")
            remove(anchor)
    for properties in list(root.iter(sheet("xdr:cNvPr"))):
        if (properties.get("hidden") or "0") in ("1", "true"):
            _drop_shape(properties, tally)
    prune(root, grammar_sheet.DRAWING, tally)
    Pictures(source, target, tally, part, source.relations(name)).settle(root)
    for frame in list(root.iter(sheet("xdr:graphicFrame"))):
        if not any(len(data) for data in frame.iter(sheet("a:graphicData"))):
            tally.add(Layer.METADATA, "切片器等控件")
            remove(frame)
    for anchor in list(root.iter(*_ANCHORS)):
        if not any(child.tag in _SHOWN for child in anchor):
            remove(anchor)
    for number, properties in enumerate(root.iter(sheet("xdr:cNvPr")), start=1):
        properties.set("id", str(number))
    return root


def _drop_shape(properties: etree._Element, tally: Tally) -> None:
    shape = next(properties.iterancestors(*_SHOWN), None)
    if shape is not None:
        tally.add(Layer.HIDDEN_TEXT, "隐藏的图形")
        remove(shape)


def _is_out_of_sight(anchor: etree._Element, cells: Cells) -> bool:
    """Between two places with nothing but hidden rows, or hidden columns, from one to the other."""
    ends = [anchor.find(sheet(f"xdr:{end}")) for end in ("from", "to")]
    if ends[0] is None or ends[1] is None:
        return False
    rows = [_count(end, "row") for end in ends if end is not None]
    columns = [_count(end, "col") for end in ends if end is not None]
    return all(row in cells.rows for row in range(rows[0], rows[1] + 1)) or all(
        cells.hides_column(column) for column in range(columns[0], columns[1] + 1)
    )


def _count(end: etree._Element, axis: str) -> int:
    """The row or column from 1."""
    written = end.findtext(sheet(f"xdr:{axis}")) or "0"
    return min(int(written), 2_000_000) + 1 if written.strip().isdecimal() else 1
