"""Which document a zip is, told by the part that every program opens first.

Word, Excel and their relatives differ only inside; a package that could be two documents is none.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable

from screening.limits import Package, open_package
from screening.passages import Carrier, UnfitFileError
from screening.xml import parse_xml

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml."

_OFFICE: dict[str, Carrier] = {
    f"{_WORD}document.main+xml": Carrier.DOCX,
    f"{_SHEET}sheet.main+xml": Carrier.XLSX,
}
# Parts of main types, with what to tell; the first that fits.
_OFFICE_REFUSED: tuple[tuple[str, str], ...] = (
    ("macroenabled", "文件带有宏，请另存为不带宏的 DOCX 或者 XLSX"),
    ("presentationml", "是演示文稿（PPTX），请另存为 PDF"),
    ("sheet.binary", "是二进制工作簿（XLSB），请另存为 XLSX"),
    ("template", "是模板文件，请另存为 DOCX 或者 XLSX"),
    ("visio", "是 Visio 图，请另存为 PDF"),
    ("xps", "是 XPS 文件，请另存为 PDF"),
)
_ACTIVE = ("vbaproject", "vbadata", "activex", "macrosheet", "dialogsheet", "attachedtoolbars")

_OPEN_DOCUMENT: dict[str, Carrier] = {
    "application/vnd.oasis.opendocument.spreadsheet": Carrier.ODS,
}
_OPEN_DOCUMENT_REFUSED: tuple[tuple[str, str], ...] = (
    ("opendocument.text", "是 ODT 文档，请另存为 DOCX 或者 PDF"),
    ("opendocument.presentation", "是 ODP 演示文稿，请另存为 PDF"),
    ("opendocument.graphics", "是 ODG 图，请另存为 PDF"),
    ("epub", "是 EPUB 电子书，请另存为 PDF"),
)
_PROGRAMS = (".class", ".dex", ".exe", ".dll", ".so")


def carrier_of_package(data: bytes) -> Carrier:
    """DOCX, XLSX, ODS, OFD or ZIP; UnfitFileError for everything else, with the reason."""
    package = open_package(data)
    found = [tell for entry, tell in _KINDS.items() if entry in package.names]
    if len(found) > 1:
        raise UnfitFileError("一个压缩包里装着两种文档，疑为伪装的文件")
    if found:
        return found[0](package)
    return _plain_zip(package)


def _office(package: Package) -> Carrier:
    """By the type of the part to which the package's first relationship leads."""
    types = parse_xml(package.read("[Content_Types].xml"))
    refuse_active_parts(package, [element.get("ContentType") or "" for element in types.iter()])
    main = _main_part(package)
    kind = ""
    for element in types.iter("{*}Override"):
        if (element.get("PartName") or "").lstrip("/").lower() == main.lower():
            kind = element.get("ContentType") or ""
    carrier = _OFFICE.get(kind)
    if carrier is not None and main in package.names:
        return carrier
    for part, reason in _OFFICE_REFUSED:
        if part in kind.lower() or any(name.endswith(f".{part}") for name in package.names):
            raise UnfitFileError(reason)
    raise UnfitFileError("是不支持的 Office 文件，或者文件结构不完整")


def refuse_active_parts(package: Package, types: list[str]) -> None:
    """UnfitFileError for macros, controls and their like, by name or by type."""
    for word in (*package.names, *types):
        if any(active in word.lower() for active in _ACTIVE):
            raise UnfitFileError("文件带有宏或者控件，请另存为不带宏的格式")


def _main_part(package: Package) -> str:
    if "_rels/.rels" not in package.names:
        return ""
    targets = {
        posixpath.normpath((relation.get("Target") or "").lstrip("/"))
        for relation in parse_xml(package.read("_rels/.rels")).iter("{*}Relationship")
        if (relation.get("Type") or "").endswith("/officeDocument")
        and relation.get("TargetMode") != "External"
    }
    if len(targets) > 1:
        raise UnfitFileError("文件内有两个正文，疑为伪装的文件")
    return targets.pop() if targets else ""


def _open_document(package: Package) -> Carrier:
    if package.size("mimetype") > 200:
        raise UnfitFileError("是不支持的文件，或者文件结构不完整")
    kind = package.read("mimetype").decode("ascii", "replace").strip()
    carrier = _OPEN_DOCUMENT.get(kind)
    if carrier is None:
        for part, reason in _OPEN_DOCUMENT_REFUSED:
            if part in kind:
                raise UnfitFileError(reason)
        raise UnfitFileError("是不支持的文件，或者文件结构不完整")
    if "content.xml" not in package.names:
        raise UnfitFileError("ODS 没有正文，文件不完整")
    if "META-INF/manifest.xml" in package.names:
        manifest = package.read("META-INF/manifest.xml")
        if b"encryption-data" in manifest:
            raise UnfitFileError("文件已加密，需要口令才能打开")
    return carrier


def _fixed_layout(package: Package) -> Carrier:
    if any(name.lower().startswith("encryptions.xml") for name in package.names):
        raise UnfitFileError("文件已加密，需要口令才能打开")
    return Carrier.OFD


def _plain_zip(package: Package) -> Carrier:
    if not package.names:
        raise UnfitFileError("是空的压缩包")
    for name in package.names:
        if name.lower().endswith(_PROGRAMS):
            raise UnfitFileError("压缩包内有可执行程序")
        if name.endswith((".iwa", "FixedDocSeq.fdseq")):
            raise UnfitFileError("是不支持的文档，请另存为 PDF")
    return Carrier.ZIP


_KINDS: dict[str, Callable[[Package], Carrier]] = {
    "[Content_Types].xml": _office,
    "mimetype": _open_document,
    "OFD.xml": _fixed_layout,
}
