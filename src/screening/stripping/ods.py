"""Writes an OpenDocument workbook anew with what its sheets show: values, looks, pictures.

Hidden sheets, rows and columns, formulas, names, comments, changes, scripts, settings and
properties stay behind.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field

from lxml import etree

from screening.limits import Package, open_package
from screening.passages import Carrier, Layer, UnfitFileError
from screening.stripping import image
from screening.stripping.addresses import is_public
from screening.stripping.grammar_open import GRAMMAR, SPACES, odf
from screening.stripping.ods_looks import REFERENCES, Looks
from screening.stripping.ods_tables import Tables
from screening.stripping.pruning import plain_name, prune, remove, unwrap
from screening.stripping.stripped import Stripped
from screening.stripping.tally import Tally
from screening.stripping.writing import packed, serialised
from screening.xml import parse_xml

_MIME = "application/vnd.oasis.opendocument.spreadsheet"
_CONTENT, _STYLES, _MANIFEST = "content.xml", "styles.xml", "META-INF/manifest.xml"
_HREF = odf("xlink:href")
_CONDITION = re.compile(r"value\(\)\s*(?:[<>]=?|!?=)\s*-?[0-9.]{1,9}")
_MEDIA = {"png": "image/png", "jpg": "image/jpeg"}
_UNSEEN: tuple[tuple[str, Layer, str], ...] = (
    ("meta.xml", Layer.METADATA, "文件属性"),
    ("settings.xml", Layer.METADATA, "打印机和视图设置"),
    ("thumbnails/", Layer.METADATA, "缩略图"),
    ("basic/", Layer.SCRIPT, "宏"),
    ("scripts/", Layer.SCRIPT, "宏"),
    ("versions/", Layer.EARLIER_VERSION, "旧版本"),
    ("versionlist.xml", Layer.EARLIER_VERSION, "旧版本"),
    ("object", Layer.ATTACHMENT, "嵌入的对象"),
    ("signatures.xml", Layer.METADATA, "电子签章"),
)
_CHART = "文件里有图表，图表带着背后的全部数据，请把图表转成图片"


def strip(data: bytes) -> Stripped:
    """The workbook as it may go out. UnfitFileError for what cannot be carried over."""
    tally = Tally()
    package = open_package(data)
    book = _Book(package, tally)
    book.write()
    return Stripped(Carrier.ODS, book.packed(), tally.removals())


@dataclass(slots=True)
class _Book:
    """One workbook on its way from the old package to the new."""

    package: Package
    tally: Tally
    reached: set[str] = field(default_factory=set)
    parts: dict[str, bytes] = field(default_factory=dict)
    pictures: dict[str, str] = field(default_factory=dict)
    media: dict[str, bytes] = field(default_factory=dict)

    def write(self) -> None:
        """Content and styles; whatever else the package holds is counted and left."""
        content, styles = self._tree(_CONTENT), self._tree(_STYLES)
        if content is None:
            raise UnfitFileError("ODS 没有正文，文件不完整")
        roots = [root for root in (content, styles) if root is not None]
        self._settle_tables(content, Tables(Looks(roots), self.tally))
        for root in roots:
            _drop_hidden_shapes(root, self.tally)
            self._settle_objects(root)
            _drop_conditions(root, self.tally)
            _drop_unshown_headers(root, self.tally)
            prune(root, GRAMMAR, self.tally)
            self._settle_links(root)
        names = _Names()
        for root in roots:
            names.settle(root)
        _drop_unused_styles(roots, self.tally)
        self.parts[_CONTENT] = serialised(content)
        if styles is not None:
            self.parts[_STYLES] = serialised(styles)
        self._count_unreached()

    def packed(self) -> bytes:
        """The new package; the first part says what it is, the last lists the others."""
        parts = {"mimetype": _MIME.encode(), **self.parts, **self.media}
        return packed({**parts, _MANIFEST: self._manifest()})

    def _tree(self, name: str) -> etree._Element | None:
        self.reached.add(name)
        return parse_xml(self.package.read(name)) if name in self.package.names else None

    def _settle_tables(self, content: etree._Element, tables: Tables) -> None:
        shown = 0
        for table in list(content.iter(odf("table:table"))):
            layer = tables.is_hidden(table)
            if layer is None:
                tables.settle(table)
                shown += 1
            else:
                self.tally.add(layer)
                remove(table)
        if not shown:
            raise UnfitFileError("工作簿没有看得见的工作表")

    def _settle_objects(self, root: etree._Element) -> None:
        for tag in ("draw:object", "draw:object-ole"):
            for embedded in list(root.iter(odf(tag))):
                folder = posixpath.normpath((embedded.get(_HREF) or "").lstrip("/"))
                inside = f"{folder}/{_CONTENT}"
                if inside in self.package.names:
                    tree = parse_xml(self.package.read(inside))
                    if next(tree.iter(odf("office:chart")), None) is not None:
                        raise UnfitFileError(_CHART)

    def _settle_links(self, root: etree._Element) -> None:
        for link in list(root.iter(odf("text:a"))):
            if not is_public(link.get(_HREF) or ""):
                self.tally.add(Layer.LINK, "不公开的链接（文字保留）")
                unwrap(link)
        for picture in list(root.iter(odf("draw:image"))):
            name = posixpath.normpath(picture.get(_HREF) or "")
            if name not in self.package.names:
                self.tally.add(Layer.LINK, "链接的外部图片")
                remove(picture)
            elif name.startswith("ObjectReplacements/"):
                remove(picture)  # a drawing in a format of its own; the object was counted
            else:
                picture.set(_HREF, self._picture(name))
        for frame in list(root.iter(odf("draw:frame"))):
            if len(frame) == 0:
                remove(frame)

    def _picture(self, name: str) -> str:
        self.reached.add(name)
        if name not in self.pictures:
            new = image.rewritten(self.package.read(name))
            self.pictures[name] = f"Pictures/{len(self.pictures) + 1}.{new.suffix}"
            self.media[self.pictures[name]] = new.data
        return self.pictures[name]

    def _manifest(self) -> bytes:
        space = SPACES["manifest"]
        root = etree.Element(f"{{{space}}}manifest", nsmap={"manifest": space})
        entries = [("/", _MIME), *((name, "text/xml") for name in self.parts)]
        entries += [(name, _MEDIA[name.rpartition(".")[2]]) for name in self.media]
        for name, kind in entries:
            entry = etree.SubElement(root, f"{{{space}}}file-entry")
            entry.set(f"{{{space}}}full-path", name)
            entry.set(f"{{{space}}}media-type", kind)
        return serialised(root)

    def _count_unreached(self) -> None:
        for name in self.package.names:
            if name in self.reached or name in ("mimetype", _MANIFEST):
                continue
            rows = [(layer, what) for sign, layer, what in _UNSEEN if sign in name.lower()]
            self.tally.add(*(rows[0] if rows else (Layer.METADATA, "文件内部用不到的部分")))
        self.tally.add(Layer.METADATA, "压缩包注释", len(self.package.asides))


def _drop_hidden_shapes(root: etree._Element, tally: Tally) -> None:
    for shape in list(root.iter(etree.Element)):
        if shape.get(odf("draw:display")) in ("none", "printer"):
            tally.add(Layer.HIDDEN_TEXT, "隐藏的图形")
            remove(shape)


def _drop_conditions(root: etree._Element, tally: Tally) -> None:
    """Conditions stay where they choose a number format for positive and negative values."""
    for condition in list(root.iter(odf("style:map"))):
        parent = condition.getparent()
        of_format = parent is not None and str(parent.tag).startswith(f"{{{SPACES['number']}}}")
        if not of_format or not _CONDITION.fullmatch(condition.get(odf("style:condition")) or ""):
            tally.add(Layer.FORMULA, "条件格式")
            remove(condition)


def _drop_unshown_headers(root: etree._Element, tally: Tally) -> None:
    for kind in ("header", "footer", "header-left", "footer-left", "header-first", "footer-first"):
        for header in list(root.iter(odf(f"style:{kind}"))):
            if header.get(odf("style:display")) == "false":
                if "".join(header.itertext()).strip():
                    tally.add(Layer.HEADER, "不显示的页眉页脚")
                remove(header)


class _Names:
    """Names of styles that people gave are replaced, wherever they stand."""

    def __init__(self) -> None:
        self._new: dict[str, str] = {}

    def settle(self, root: etree._Element) -> None:
        """Every name and reference of one part."""
        for element in root.iter(etree.Element):
            if element.tag == odf("style:font-face"):
                continue
            for name, value in element.attrib.items():
                is_font = str(name).endswith(("font-name", "font-name-asian", "font-name-complex"))
                if name in REFERENCES and not is_font and not plain_name(value):
                    element.set(name, self._new.setdefault(value, f"S{len(self._new) + 1}"))


def _drop_unused_styles(roots: list[etree._Element], tally: Tally) -> None:
    """Number formats that no style uses could say anything and show nothing."""
    data_style = odf("style:data-style-name")
    used = {one.get(data_style) for root in roots for one in root.iter(odf("style:style"))}
    used |= {
        one.get(odf("style:apply-style-name"))
        for root in roots
        for one in root.iter(odf("style:map"))
    }
    for root in roots:
        for style in list(root.iter(etree.Element)):
            is_format = str(style.tag).startswith(f"{{{SPACES['number']}}}")
            name = style.get(odf("style:name"))
            if is_format and name is not None and name not in used:
                tally.add(Layer.METADATA, "用不到的数字格式")
                remove(style)
