"""Opens a DOCX package and reads its body, headers, footers and notes into one Document.

It unpacks only the parts it needs, within limits; the walk through WordprocessingML is docx_body.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from dataclasses import dataclass

from lxml import etree

from reportreader.document import Block, Document, Line
from reportreader.errors import UnreadableError
from reportreader.fronts.docx_body import BodyWalker, local_name
from reportreader.fronts.limits import MAX_DOCX_XML_BYTES, Budget, OverLimitError, read_zip_part

_MAX_TAGS = 2_000_000  # a tree costs memory by the element, not by the byte
_ONLY_PAGE_NUMBER = re.compile(r"[\s\d\-—–－·~/第页共]*")
_DAMAGED = "DOCX 结构损坏或文件不完整，无法打开"


def read_docx(data: bytes, name: str) -> Document:
    """The visible text and tables of a DOCX file in reading order.

    Deletions under revision are left out, insertions read; hidden text and pictures are remarked
    on. Raises UnreadableError.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _read_package(_Package(archive, Budget(MAX_DOCX_XML_BYTES)))
    except OverLimitError as error:
        raise UnreadableError(name, str(error)) from error
    except RecursionError:
        raise UnreadableError(name, "DOCX 表格嵌套过深，无法读取") from None
    except (
        zipfile.BadZipFile,
        zlib.error,
        etree.LxmlError,
        EOFError,
        KeyError,
        ValueError,
        OSError,
        NotImplementedError,
        OverflowError,
    ) as error:
        raise UnreadableError(name, _DAMAGED) from error


@dataclass(frozen=True, slots=True)
class _Package:
    archive: zipfile.ZipFile
    budget: Budget

    def tree(self, part: str) -> etree._Element:
        """The parsed part; entities stay unexpanded and nothing is fetched."""
        if self.archive.getinfo(part).flag_bits & 1:
            raise OverLimitError("文件已加密，需要口令才能打开")
        data = read_zip_part(self.archive, part, self.budget)
        if data.count(b"<") > _MAX_TAGS:
            raise OverLimitError("文档元素过多，超过读取上限")
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
            remove_comments=True, remove_pis=True,
        )  # fmt: skip
        return etree.fromstring(data, parser)

    def has(self, part: str) -> bool:
        return part in self.archive.NameToInfo

    def targets(self, part: str) -> list[tuple[str, str]]:
        """(last word of the relationship type, target part) of what a part refers to."""
        folder, file = posixpath.split(part)
        relations = posixpath.join(folder, "_rels", f"{file}.rels")
        if not self.has(relations):
            return []
        found = []
        for relation in self.tree(relations):
            if relation.get("TargetMode") == "External":
                continue
            target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", "")))
            found.append((relation.get("Type", "").rpartition("/")[2], target.lstrip("/")))
        return found


def _read_package(package: _Package) -> Document:
    main = next(
        (target for kind, target in package.targets("") if kind == "officeDocument"),
        "word/document.xml",
    )
    parts = [(kind, part) for kind, part in package.targets(main) if package.has(part)]
    walker = BodyWalker()
    for part in _unique(parts, "header"):
        _margin(package, walker, part)
    body = package.tree(main).find("{*}body")
    if body is None:
        raise KeyError(main)
    walker.walk(body)
    for part in (*_unique(parts, "footnotes"), *_unique(parts, "endnotes")):
        walker.walk_notes(package.tree(part))
    for part in _unique(parts, "footer"):
        _margin(package, walker, part)
    return Document(
        format="docx",
        blocks=tuple(walker.blocks),
        metadata=_metadata(package),
        remarks=tuple(walker.remarks()),
    )


def _unique(parts: list[tuple[str, str]], kind: str) -> list[str]:
    return list(dict.fromkeys(part for found, part in parts if found == kind))


def _margin(package: _Package, walker: BodyWalker, part: str) -> None:
    """A header or footer once, however many pages repeat it; bare page numbers say nothing."""
    start = len(walker.blocks)
    walker.walk(package.tree(part))
    seen = {block.text for block in walker.blocks[:start] if isinstance(block, Line)}
    walker.blocks[start:] = [block for block in walker.blocks[start:] if not _idle(block, seen)]


def _idle(block: Block, seen: set[str]) -> bool:
    return isinstance(block, Line) and (
        block.text in seen or _ONLY_PAGE_NUMBER.fullmatch(block.text) is not None
    )


def _metadata(package: _Package) -> dict[str, str]:
    """Title and date of the core properties; the author is a person and is left alone."""
    part = "docProps/core.xml"
    if not package.has(part):
        return {}
    wanted = {"title": "title", "created": "date", "modified": "modified"}
    found: dict[str, str] = {}
    for element in package.tree(part):
        key, text = wanted.get(local_name(element)), (element.text or "").strip()
        if key is not None and text:
            found[key] = text
    return found
