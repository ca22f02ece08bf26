"""The styles of a workbook as they go out: used number formats, and no names that people gave."""

from __future__ import annotations

from lxml import etree

from screening.passages import Layer
from screening.stripping import grammar_sheet
from screening.stripping.grammar_sheet import sheet
from screening.stripping.pruning import plain_name, prune, remove
from screening.stripping.tally import Tally

_NUMBER_FORMAT = "numFmtId"
_FIRST_OWN = 164  # lower numbers are the formats every program knows


def settle_styles(styles: etree._Element, used: set[str], tally: Tally) -> None:
    """`used` are the numbers of the styles that cells, rows and columns still have."""
    prune(styles, grammar_sheet.STYLES, tally)
    kept = _keep_used_formats(styles, used, tally)
    for xf in styles.iter(sheet("xf")):
        written = xf.get(_NUMBER_FORMAT) or "0"
        if written.isdecimal() and int(written) >= _FIRST_OWN and written not in kept:
            xf.set(_NUMBER_FORMAT, "0")
    for number, style in enumerate(styles.iter(sheet("cellStyle")), start=1):
        if not plain_name(style.get("name") or ""):
            if style.get("builtinId") is None:
                tally.add(Layer.METADATA, "自定义样式的名称")
            style.set("name", f"Style {number}")


def _keep_used_formats(styles: etree._Element, used: set[str], tally: Tally) -> set[str]:
    """The numbers of own formats that a used style has, and that could not carry a secret."""
    cells = styles.iterfind(f"{sheet('cellXfs')}/{sheet('xf')}")
    wanted = {xf.get(_NUMBER_FORMAT) for place, xf in enumerate(cells) if str(place) in used}
    kept: set[str] = set()
    for one in list(styles.iter(sheet("numFmt"))):
        number = one.get(_NUMBER_FORMAT) or ""
        if number in wanted and not _is_long(one.get("formatCode") or ""):
            kept.add(number)
        else:
            tally.add(Layer.METADATA, "用不到的数字格式")
            remove(one)
    formats = styles.find(sheet("numFmts"))
    if formats is not None:
        formats.set("count", str(len(formats)))
        if len(formats) == 0:
            remove(formats)
    return kept


def used_styles(root: etree._Element) -> set[str]:
    """The numbers of styles in one sheet."""
    found = {cell.get("s") or "0" for cell in root.iter(sheet("c"))}
    found |= {row.get("s") or "0" for row in root.iter(sheet("row"))}
    return found | {column.get("style") or "0" for column in root.iter(sheet("col"))}


def _is_long(code: str) -> bool:
    """A format that could carry a number or a sentence instead of a unit."""
    return sum(sign.isdigit() and sign != "0" for sign in code) > 12 or len(code) > 200
