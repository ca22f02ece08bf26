"""Writes an OFD anew with what its pages show: text, lines, pictures, and the fonts for them.

Notes, attachments, tags, extensions, actions, older versions and signatures stay behind; a seal is
part of its signature and is no longer drawn, which the report says.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field

from lxml import etree

from screening.limits import MAX_PAGES, Package, open_package
from screening.passages import Carrier, Layer, UnfitFileError
from screening.stripping.grammar_ofd import FIGURES, GRAMMAR, SPACES, ofd
from screening.stripping.ofd_geometry import Rectangle, box
from screening.stripping.ofd_resources import Resources
from screening.stripping.ofd_sight import Drawn, Sight, in_order
from screening.stripping.pruning import prune, remove
from screening.stripping.stripped import Stripped
from screening.stripping.tally import Tally
from screening.stripping.writing import packed, serialised
from screening.xml import parse_xml

SEAL_GONE = "电子签章（签名失效，印章图案不再显示）"

_A4 = Rectangle(0, 0, 210, 297)
_HIGHEST = "2000000"  # above every number in the new document
_UNSEEN: tuple[tuple[str, Layer, str], ...] = (
    ("attach", Layer.ATTACHMENT, "附件"),
    ("tag", Layer.METADATA, "自定义标引"),
    ("extension", Layer.METADATA, "扩展信息"),
    ("version", Layer.EARLIER_VERSION, "旧版本"),
    ("sign", Layer.METADATA, "电子签章的文件"),
    ("content.xml", Layer.EARLIER_VERSION, "用不到的页面"),
)
_OF_DOCUMENT = (
    ("Outlines", Layer.OUTLINE, "大纲"),
    ("Bookmarks", Layer.OUTLINE, "书签"),
    ("Actions", Layer.LINK, "打开时的动作"),
    ("Permissions", Layer.METADATA, "权限和打印设置"),
    ("VPreferences", Layer.METADATA, "显示设置"),
)
_FIGURE_SIGNS = frozenset("0123456789.-+ eEMLQBACS\n\r\t#")


def strip(data: bytes) -> Stripped:
    """The document as it may go out. UnfitFileError for what cannot be carried over."""
    tally = Tally()
    package = open_package(data)
    reached: set[str] = set()
    document = _Document(package, tally, reached, Resources(package, tally, reached))
    parts = document.written()
    return Stripped(Carrier.OFD, packed(parts), tally.removals())


@dataclass(frozen=True, slots=True)
class _Page:
    """A page or template: its number in the document and its tree."""

    number: str
    root: etree._Element

    @property
    def drawn(self) -> list[Drawn]:
        """Its objects in the order of drawing."""
        return list(in_order(self.root))


@dataclass(slots=True)
class _Document:
    """One document on its way from the old package to the new."""

    package: Package
    tally: Tally
    reached: set[str]
    resources: Resources
    templates: dict[str, _Page] = field(default_factory=dict)
    notes: dict[str, list[Drawn]] = field(default_factory=dict)

    def written(self) -> dict[str, bytes]:
        """The parts of the new package, of the first document: the only one programs open."""
        path = self._root_path()
        root = self._tree(path)
        if root.tag != ofd("Document"):
            raise UnfitFileError("OFD 的命名空间不符合国家标准，不能读取")
        common = root.find(ofd("CommonData"))
        common = etree.Element(ofd("CommonData")) if common is None else common
        self._learn_resources(path, common)
        self.templates = {one.number: one for one in self._pages(path, common, "TemplatePage")}
        listed = root.find(ofd("Pages"))
        pages = [] if listed is None else self._pages(path, listed, "Page")
        if not pages:
            raise UnfitFileError("OFD 没有页面，文件不完整")
        self._learn_notes(path, root)
        usual = _extent(common.find(ofd("PageArea")), _A4)
        self._drop_unseen(pages, usual)
        templates = [one for number, one in self.templates.items() if _uses(pages, number)]
        self.tally.add(
            Layer.HIDDEN_TEXT, "没有页面使用的模板页", len(self.templates) - len(templates)
        )
        self._count_rest(root)
        return self._parts(pages, templates, usual)

    def _root_path(self) -> str:
        bodies = list(self._tree("OFD.xml").iter(ofd("DocBody")))
        path = bodies[0].findtext(ofd("DocRoot")) if bodies else None
        if not path:
            raise UnfitFileError("OFD 没有正文，文件不完整")
        self.tally.add(Layer.EARLIER_VERSION, "其他文档", len(bodies) - 1)
        info, versions = bodies[0].find(ofd("DocInfo")), bodies[0].find(ofd("Versions"))
        told = [] if info is None else [one for one in info if one.tag != ofd("DocID")]
        self.tally.add(Layer.METADATA, "文件属性", len(told))
        self.tally.add(Layer.EARLIER_VERSION, "旧版本", 0 if versions is None else len(versions))
        signatures = bodies[0].findtext(ofd("Signatures"))
        if signatures:
            listed = _joined("", signatures)
            tree = self._tree(listed) if listed in self.package.names else None
            count = 0 if tree is None else len(list(tree.iter(ofd("Signature"))))
            self.tally.add(Layer.METADATA, SEAL_GONE, max(count, 1))
        return _joined("", path)

    def _tree(self, path: str) -> etree._Element:
        self.reached.add(path)
        if path not in self.package.names:
            raise UnfitFileError("OFD 缺少一个部分，文件不完整")
        return parse_xml(self.package.read(path))

    def _learn_resources(self, path: str, holder: etree._Element) -> None:
        for kind in ("PublicRes", "DocumentRes", "PageRes"):
            for listed in holder.iterchildren(ofd(kind)):
                self.resources.learn(_joined(path, listed.text or ""))

    def _pages(self, path: str, holder: etree._Element, kind: str) -> list[_Page]:
        found: list[_Page] = []
        for listed in holder.iterchildren(ofd(kind)):
            at = _joined(path, listed.get("BaseLoc") or "")
            root = self._tree(at)
            self._learn_resources(at, root)
            found.append(_Page(listed.get("ID") or "", root))
            if len(found) > MAX_PAGES:
                raise UnfitFileError(f"页数过多，超过 {MAX_PAGES} 页")
        return found

    def _learn_notes(self, path: str, root: etree._Element) -> None:
        """What notes draw upon pages, by the number of the page: it covers, and then it goes."""
        listed = _joined(path, root.findtext(ofd("Annotations")) or "")
        if listed not in self.package.names:
            return
        for page in self._tree(listed).iter(ofd("Page")):
            file = _joined(listed, page.findtext(ofd("FileLoc")) or "")
            for note in self._tree(file).iter(ofd("Annot")) if file in self.package.names else ():
                self.tally.add(Layer.ANNOTATION, "注释")
                placed = self.notes.setdefault(page.get("PageID") or "", [])
                placed += [Drawn(one, "") for one in _placed(note)]

    def _drop_unseen(self, pages: list[_Page], usual: Rectangle) -> None:
        """Templates first, weighed with the page that uses them when there is only one."""
        for number, template in self.templates.items():
            users = _users(pages, number)
            above = users[0].drawn + self.notes.get(users[0].number, []) if len(users) == 1 else []
            self._sight(template, usual).drop_unseen(template.drawn, [], above)
        for page in pages:
            below: list[Drawn] = []
            above = self.notes.get(page.number, [])
            for use in list(page.root.iter(ofd("Template"))):
                known = self.templates.get(use.get("TemplateID") or "")
                if known is None:
                    remove(use)
                elif use.get("ZOrder") == "Foreground":
                    above = [*known.drawn, *above]
                else:
                    below = [*below, *known.drawn]
            self._sight(page, usual).drop_unseen(page.drawn, below, above)

    def _sight(self, page: _Page, usual: Rectangle) -> Sight:
        extent = _extent(page.root.find(ofd("Area")), usual)
        at_origin = Rectangle(0, 0, extent.right - extent.left, extent.bottom - extent.top)
        return Sight(at_origin, self.resources.parameters, self.resources.is_opaque, self.tally)

    def _count_rest(self, root: etree._Element) -> None:
        for tag, layer, what in _OF_DOCUMENT:
            for found in root.iterchildren(ofd(tag)):
                self.tally.add(layer, what, max(len(found), 1))
        for name in self.package.names:
            if name in self.reached or self.resources.holds(name):
                continue
            rows = [(layer, what) for sign, layer, what in _UNSEEN if sign in name.lower()]
            self.tally.add(*(rows[0] if rows else (Layer.METADATA, "文件内部用不到的部分")))
        self.tally.add(Layer.METADATA, "压缩包注释", len(self.package.asides))

    def _parts(
        self, pages: list[_Page], templates: list[_Page], usual: Rectangle
    ) -> dict[str, bytes]:
        for page in (*pages, *templates):
            self.resources.crop_pictures(page.root)
            prune(page.root, GRAMMAR, self.tally)
            _check_figures(page.root)
        resources = self.resources.written([page.root for page in (*pages, *templates)])
        _check_figures(resources)
        parts = {
            "OFD.xml": serialised(_entry()),
            "Doc_0/Document.xml": serialised(_listing(pages, templates, usual)),
            "Doc_0/PublicRes.xml": serialised(resources),
        }
        for place, page in enumerate(pages):
            parts[f"Doc_0/Pages/Page_{place}/Content.xml"] = serialised(page.root)
        for place, page in enumerate(templates):
            parts[f"Doc_0/Tpls/Tpl_{place}/Content.xml"] = serialised(page.root)
        return parts | self.resources.parts


def _entry() -> etree._Element:
    root = etree.Element(ofd("OFD"), nsmap=SPACES, Version="1.0", DocType="OFD")
    body = etree.SubElement(root, ofd("DocBody"))
    info = etree.SubElement(body, ofd("DocInfo"))
    etree.SubElement(info, ofd("DocID")).text = "0" * 32
    etree.SubElement(body, ofd("DocRoot")).text = "Doc_0/Document.xml"
    return root


def _listing(pages: list[_Page], templates: list[_Page], usual: Rectangle) -> etree._Element:
    root = etree.Element(ofd("Document"), nsmap=SPACES)
    common = etree.SubElement(root, ofd("CommonData"))
    etree.SubElement(common, ofd("MaxUnitID")).text = _HIGHEST
    area = etree.SubElement(etree.SubElement(common, ofd("PageArea")), ofd("PhysicalBox"))
    area.text = " ".join(
        f"{part:g}"
        for part in (usual.left, usual.top, usual.right - usual.left, usual.bottom - usual.top)
    )
    etree.SubElement(common, ofd("PublicRes")).text = "PublicRes.xml"
    for place, page in enumerate(templates):
        at = f"Tpls/Tpl_{place}/Content.xml"
        etree.SubElement(common, ofd("TemplatePage"), ID=page.number, BaseLoc=at)
    listed = etree.SubElement(root, ofd("Pages"))
    for place, page in enumerate(pages):
        at = f"Pages/Page_{place}/Content.xml"
        etree.SubElement(listed, ofd("Page"), ID=page.number, BaseLoc=at)
    return root


def _users(pages: list[_Page], number: str) -> list[_Page]:
    return [
        page
        for page in pages
        if any(use.get("TemplateID") == number for use in page.root.iter(ofd("Template")))
    ]


def _uses(pages: list[_Page], number: str) -> bool:
    return bool(_users(pages, number))


def _placed(note: etree._Element) -> list[etree._Element]:
    """The objects of a note, their boxes moved to where the note is on its page."""
    found: list[etree._Element] = []
    if note.get("Visible") == "false":
        return found
    for appearance in note.iter(ofd("Appearance")):
        at = box(appearance.get("Boundary"))
        for element in appearance.iter(ofd("PathObject"), ofd("ImageObject")):
            own = box(element.get("Boundary"))
            element.set(
                "Boundary",
                f"{own.left + at.left} {own.top + at.top} {own.right - own.left} "
                f"{own.bottom - own.top}",
            )
            found.append(element)
    return found


def _extent(area: etree._Element | None, usual: Rectangle) -> Rectangle:
    found = Rectangle(0, 0, 0, 0) if area is None else box(area.findtext(ofd("PhysicalBox")))
    return usual if found.is_empty else found


def _check_figures(root: etree._Element) -> None:
    """Lists of numbers hold numbers; each is short enough for a place on a page."""
    for element in root.iter(*FIGURES):
        words = (element.text or "").split()
        if not _FIGURE_SIGNS.issuperset(element.text or "") or any(
            len(word.lstrip("-").partition(".")[0]) > 9 for word in words
        ):
            raise UnfitFileError("OFD 的图形数据不合规，不能确保其中没有其他内容")


def _joined(path: str, target: str) -> str:
    """A place told within a part: from the top with a stroke, else from the part's folder."""
    plain = target.strip()
    if plain.startswith("/"):
        return posixpath.normpath(plain.lstrip("/"))
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), plain))
