"""Writes a workbook anew with what its sheets show: values, looks, pictures.

Hidden sheets, rows and columns, formulas, names, caches, comments and properties stay behind. What
cannot be cut without changing what is seen is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from screening.passages import Carrier, Layer, UnfitFileError
from screening.stripping import grammar_drawing, grammar_sheet
from screening.stripping.addresses import is_public
from screening.stripping.docx import settle_theme
from screening.stripping.grammar_sheet import sheet
from screening.stripping.office import RELATION_ID, Relation, Source, Target
from screening.stripping.pruning import prune, remove
from screening.stripping.stripped import Stripped
from screening.stripping.tally import Tally
from screening.stripping.xlsx_cells import Area, Cells, area_of
from screening.stripping.xlsx_drawings import settle_drawing
from screening.stripping.xlsx_looks import Looks
from screening.stripping.xlsx_strings import Strings
from screening.stripping.xlsx_styles import settle_styles, used_styles
from screening.xml import parse_xml

_MAIN = "xl/workbook.xml"
_STYLES, _STRINGS, _THEME = "xl/styles.xml", "xl/sharedStrings.xml", "xl/theme/theme1.xml"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml."
_DRAWING_KIND = "application/vnd.openxmlformats-officedocument.drawing+xml"
_THEME_KIND = "application/vnd.openxmlformats-officedocument.theme+xml"
_ON = ("1", "true")
# Codes of headers that name a folder, or draw a picture that does not come along.
_HEADER_CODES = re.compile(r"&[ZG]", re.IGNORECASE)


def strip(data: bytes) -> Stripped:
    """The workbook as it may go out. UnfitFileError for what cannot be carried over."""
    tally = Tally()
    source = Source.of(data)
    main = source.main()
    root = source.xml(main)
    if root.tag != sheet("workbook"):
        raise UnfitFileError("是严格模式的 XLSX，请在表格软件里另存为普通的 XLSX")
    book = _Book(source, Target(tally), tally, source.relations(main))
    book.write(root)
    source.count_unreached(tally)
    return Stripped(Carrier.XLSX, book.target.packed(), tally.removals())


@dataclass(slots=True)
class _Book:
    """One workbook on its way from the old package to the new."""

    source: Source
    target: Target
    tally: Tally
    relations: dict[str, Relation]
    used: set[str] = field(default_factory=set)

    def write(self, root: etree._Element) -> None:
        """All sheets that are seen, then what they share."""
        styles = self._shared("styles")
        looks = Looks(styles, self._shared("theme"))
        strings = Strings(self._shared("sharedStrings"), looks, self.tally)
        names = root.find(sheet("definedNames"))
        if names is not None:
            self.tally.add(Layer.DEFINED_NAME, "定义的名称（含打印区域和打印标题）", len(names))
            remove(names)
        prune(root, grammar_sheet.WORKBOOK, self.tally)
        number = 0
        for row in list(root.iter(sheet("sheet"))):
            if not self._is_seen(row):
                remove(row)
                continue
            number += 1
            part = self._write_sheet(row, number, looks, strings)
            row.set("sheetId", str(number))
            row.set(RELATION_ID, self.target.relate(_MAIN, "worksheet", part))
        if not number:
            raise UnfitFileError("工作簿没有看得见的工作表")
        self.target.add(_MAIN, root, f"{_KIND}sheet.main+xml")
        self.target.relate("", "officeDocument", _MAIN)
        self._write_shared(styles, strings)

    def _shared(self, kind: str) -> etree._Element | None:
        found = [one.target for one in self.relations.values() if one.kind == kind]
        return self.source.xml(found[0]) if found and self.source.has(found[0]) else None

    def _is_seen(self, row: etree._Element) -> bool:
        relation = self.relations.get(row.get(RELATION_ID) or "")
        hidden = (row.attrib.pop("state", None) or "visible") != "visible"
        if hidden or relation is None or relation.external:
            self.tally.add(Layer.HIDDEN_SHEET)
            if relation is not None and not relation.external:
                self.source.reached.add(relation.target)
            return False
        if relation.kind != "worksheet":
            raise UnfitFileError(grammar_drawing.CHART)
        return True

    def _write_sheet(self, row: etree._Element, number: int, looks: Looks, strings: Strings) -> str:
        name = self.relations[row.get(RELATION_ID) or ""].target
        part = f"xl/worksheets/sheet{number}.xml"
        root, relations = self.source.xml(name), self.source.relations(name)
        cells = Cells.of(root, looks, strings, self.tally)
        cells.heads = tuple(self._heads(relations))
        cells.settle(root)
        for kind, what in (("dataValidations", "数据有效性"), ("mergeCells", "")):
            listed = root.find(sheet(kind))
            if listed is not None and what:
                self.tally.add(Layer.VALIDATION, what, len(listed))
                remove(listed)
            elif listed is not None and len(listed) == 0:
                remove(listed)
        prune(root, grammar_sheet.SHEET, self.tally)
        self._settle_links(root, part, relations)
        self._settle_headers(root)
        self._settle_drawing(root, part, relations, number, cells)
        self.used |= used_styles(root)
        self.target.add(part, root, f"{_KIND}worksheet+xml")
        return part

    def _heads(self, relations: dict[str, Relation]) -> Iterator[Area]:
        """The first rows of tables, which the style of the table paints."""
        for relation in relations.values():
            if relation.kind != "table" or not self.source.has(relation.target):
                continue
            table = parse_xml(self.source.package.read(relation.target))
            area = area_of(table)
            if area is not None and table.get("headerRowCount") != "0":
                yield Area(area.top, area.left, area.top, area.right)

    def _settle_links(
        self, root: etree._Element, part: str, relations: dict[str, Relation]
    ) -> None:
        for link in list(root.iter(sheet("hyperlink"))):
            relation = relations.get(link.get(RELATION_ID) or "")
            if relation is not None and relation.external and is_public(relation.target):
                new = self.target.relate(part, "hyperlink", relation.target, external=True)
                link.set(RELATION_ID, new)
            else:
                self.tally.add(Layer.LINK, "不公开的链接（文字保留）")
                remove(link)
        for links in list(root.iter(sheet("hyperlinks"))):
            if len(links) == 0:
                remove(links)

    def _settle_headers(self, root: etree._Element) -> None:
        headers = root.find(sheet("headerFooter"))
        if headers is None:
            return
        shown = {"odd"}
        shown |= {"even"} if headers.get("differentOddEven") in _ON else set()
        shown |= {"first"} if headers.get("differentFirst") in _ON else set()
        for one in list(headers):
            kind = re.split(r"[HF]", etree.QName(one).localname)[0]
            if kind not in shown:
                self.tally.add(Layer.HEADER, "不显示的页眉页脚")
                remove(one)
            else:
                one.text = _HEADER_CODES.sub("", one.text or "")

    def _settle_drawing(
        self,
        root: etree._Element,
        part: str,
        relations: dict[str, Relation],
        number: int,
        cells: Cells,
    ) -> None:
        for drawing in list(root.iter(sheet("drawing"))):
            relation = relations.get(drawing.get(RELATION_ID) or "")
            if relation is None or relation.kind != "drawing" or relation.external:
                remove(drawing)
                continue
            new = f"xl/drawings/drawing{number}.xml"
            drawn = settle_drawing(
                self.source, self.target, self.tally, relation.target, new, cells
            )
            if len(drawn) == 0:
                remove(drawing)
                continue
            self.target.add(new, drawn, _DRAWING_KIND)
            drawing.set(RELATION_ID, self.target.relate(part, "drawing", new))

    def _write_shared(self, styles: etree._Element | None, strings: Strings) -> None:
        self.tally.add(Layer.CACHE, "单元格用不到的文字", strings.unused)
        if len(strings.root):
            self.target.add(_STRINGS, strings.root, f"{_KIND}sharedStrings+xml")
            self.target.relate(_MAIN, "sharedStrings", _STRINGS)
        if styles is not None:
            settle_styles(styles, self.used, self.tally)
            self.target.add(_STYLES, styles, f"{_KIND}styles+xml")
            self.target.relate(_MAIN, "styles", _STYLES)
        theme = self._shared("theme")
        if theme is not None:
            settle_theme(theme, grammar_sheet.THEME, self.tally)
            self.target.add(_THEME, theme, _THEME_KIND)
            self.target.relate(_MAIN, "theme", _THEME)
