"""Packages of parts and relationships, as Word and Excel write them: read by what is reached, and
written anew with names, types and numbers of our own. It does not know what the parts mean.
"""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote

from lxml import etree

from screening.limits import Package, open_package
from screening.passages import Layer, UnfitFileError
from screening.stripping import image
from screening.stripping.tally import Tally
from screening.stripping.writing import packed, serialised
from screening.xml import parse_xml

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATION_ID = f"{{{OFFICE}}}id"
RELATION_EMBED = f"{{{OFFICE}}}embed"

_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_RELATIONS_TYPE = "application/vnd.openxmlformats-package.relationships+xml"
_MEDIA_TYPES = {"png": "image/png", "jpg": "image/jpeg"}
# Kinds of parts that nobody sees who opens the document, with the words for them.
_UNSEEN: tuple[tuple[str, Layer, str], ...] = (
    ("/header", Layer.HEADER, "不显示的页眉页脚"),
    ("/footer", Layer.HEADER, "不显示的页眉页脚"),
    ("docprops/", Layer.METADATA, "文件属性"),
    ("comments", Layer.COMMENT, "批注"),
    ("persons", Layer.METADATA, "批注作者名单"),
    ("people.xml", Layer.METADATA, "批注作者名单"),
    ("customxml/", Layer.METADATA, "自定义数据"),
    ("embeddings/", Layer.ATTACHMENT, "嵌入的文件"),
    ("pivot", Layer.CACHE, "数据透视表缓存"),
    ("externallinks/", Layer.LINK, "外部链接和它的缓存"),
    ("printersettings", Layer.METADATA, "打印机设置"),
    ("glossary/", Layer.METADATA, "构建基块"),
    ("querytables/", Layer.LINK, "数据连接"),
    ("connections.xml", Layer.LINK, "数据连接"),
    ("tables/", Layer.METADATA, "表格样式"),
    ("thumbnail", Layer.METADATA, "缩略图"),
    ("signature", Layer.METADATA, "电子签章"),
    ("webextensions/", Layer.SCRIPT, "加载项"),
)


@dataclass(frozen=True, slots=True)
class Relation:
    """Where a part leads: the last word of the type, the part or the address."""

    kind: str
    target: str
    external: bool


@dataclass(slots=True)
class Source:
    """The package as it came."""

    package: Package
    reached: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, data: bytes) -> Source:
        """Opened within limits."""
        return cls(open_package(data))

    def main(self) -> str:
        """The part that programs open first."""
        found = [one.target for one in self.relations("").values() if one.kind == "officeDocument"]
        if not found:
            raise UnfitFileError("文件没有正文，文件不完整")
        return found[0]

    def relations(self, part: str) -> dict[str, Relation]:
        """By id, those of a part; of the package for ""."""
        folder, name = posixpath.split(part)
        listed = posixpath.join(folder, "_rels", f"{name}.rels")
        if not self.has(listed):
            return {}
        return {
            row.get("Id") or "": _relation(row, folder)
            for row in self._xml(listed).iter(f"{{{_RELATIONS}}}Relationship")
        }

    def has(self, part: str) -> bool:
        """Whether the part is there."""
        return part in self.package.names

    def read(self, part: str) -> bytes:
        """The bytes of a part. UnfitFileError when it is missing."""
        self.reached.add(part)
        if not self.has(part):
            raise UnfitFileError("文件缺少一个部分，文件不完整")
        return self.package.read(part)

    def xml(self, part: str) -> etree._Element:
        """The root of a part."""
        self.reached.add(part)
        return self._xml(part)

    def _xml(self, part: str) -> etree._Element:
        if not self.has(part):
            raise UnfitFileError("文件缺少一个部分，文件不完整")
        return parse_xml(self.package.read(part))

    def count_unreached(self, tally: Tally) -> None:
        """Counts the parts that nobody asked for: they stay behind."""
        for name in self.package.names:
            if name in self.reached or name.endswith(".rels") or name == "[Content_Types].xml":
                continue
            plain = name.lower()
            rows = [(layer, what) for sign, layer, what in _UNSEEN if sign in plain]
            tally.add(*(rows[0] if rows else (Layer.METADATA, "文件内部用不到的部分")))
        tally.add(Layer.METADATA, "压缩包注释", len(self.package.asides))


def _relation(row: etree._Element, folder: str) -> Relation:
    kind = (row.get("Type") or "").rpartition("/")[2]
    target = row.get("Target") or ""
    if row.get("TargetMode") == "External":
        return Relation(kind, target, external=True)
    path = unquote(target.partition("#")[0])
    inside = path.lstrip("/") if path.startswith("/") else posixpath.join(folder, path)
    return Relation(kind, posixpath.normpath(inside), external=False)


@dataclass(slots=True)
class Target:
    """The package as it goes out."""

    tally: Tally
    _parts: dict[str, bytes] = field(default_factory=dict)
    _types: dict[str, str] = field(default_factory=dict)
    _rows: dict[str, list[tuple[str, str, bool]]] = field(default_factory=dict)
    _media: dict[tuple[str, image.Crop], str] = field(default_factory=dict)

    def add(self, part: str, root: etree._Element, kind: str) -> None:
        """A part of XML with its content type."""
        self.add_bytes(part, serialised(root), kind)

    def add_bytes(self, part: str, content: bytes, kind: str) -> None:
        """A part with its content type."""
        self._parts[part] = content
        self._types[part] = kind

    def relate(self, part: str, kind: str, target: str, *, external: bool = False) -> str:
        """A relationship of a part (of the package for ""); gives its id, the same for the same."""
        rows = self._rows.setdefault(part, [])
        row = (kind, target, external)
        if row not in rows:
            rows.append(row)
        return f"rId{rows.index(row) + 1}"

    def picture(self, part: str, source: Source, name: str, crop: image.Crop) -> str:
        """A picture of the old package, written anew and cropped; gives the id for `part`."""
        known = self._media.get((name, crop))
        if known is None:
            new = _rewritten(source.read(name), crop)
            folder = part.partition("/")[0]
            known = f"{folder}/media/image{len(self._media) + 1}.{new.suffix}"
            self._media[name, crop] = known
            self.add_bytes(known, new.data, _MEDIA_TYPES[new.suffix])
        return self.relate(part, "image", known)

    def packed(self) -> bytes:
        """The package as bytes."""
        parts = {"[Content_Types].xml": self._content_types()}
        for part in ("", *sorted(self._rows)):
            if part in self._rows and _listed(part) not in parts:
                parts[_listed(part)] = self._relations(part)
        return packed(parts | dict(sorted(self._parts.items())))

    def _content_types(self) -> bytes:
        root = etree.Element(f"{{{_TYPES}}}Types", nsmap={None: _TYPES})
        defaults = {"rels": _RELATIONS_TYPE, "xml": "application/xml", **_MEDIA_TYPES}
        for suffix, kind in defaults.items():
            etree.SubElement(root, f"{{{_TYPES}}}Default", Extension=suffix, ContentType=kind)
        for part, kind in sorted(self._types.items()):
            if kind not in _MEDIA_TYPES.values():
                etree.SubElement(
                    root, f"{{{_TYPES}}}Override", PartName=f"/{part}", ContentType=kind
                )
        return serialised(root)

    def _relations(self, part: str) -> bytes:
        root = etree.Element(f"{{{_RELATIONS}}}Relationships", nsmap={None: _RELATIONS})
        for number, (kind, target, external) in enumerate(self._rows[part], start=1):
            row = etree.SubElement(
                root, f"{{{_RELATIONS}}}Relationship", Id=f"rId{number}", Type=f"{OFFICE}/{kind}",
                Target=target if external else f"/{target}",
            )  # fmt: skip
            if external:
                row.set("TargetMode", "External")
        return serialised(root)


def _listed(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _rewritten(data: bytes, crop: image.Crop) -> image.Rewritten:
    if data[:4] in (b"\x01\x00\x00\x00", b"\xd7\xcd\xc6\x9a") or data[40:44] == b" EMF":
        raise UnfitFileError("文件里有 EMF 或者 WMF 图形，不能检查，请把它换成 PNG 图片")
    return image.rewritten(data, crop)


def spaces_of(**prefixes: str) -> Mapping[str, str]:
    """Prefixes of namespaces, with those that every document of this family has."""
    return {"r": OFFICE, **prefixes}
