"""Writes packages and XML anew: one order, one time, no comments, no extra fields.

The same parts always give the same bytes. What the parts may hold is settled elsewhere.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping

from lxml import etree

from screening.passages import UnfitFileError

_TIME = (1980, 1, 1, 0, 0, 0)  # the first that a zip can say
_STORED = (".png", ".jpg", ".jpeg")  # packed already
_PREFIX = re.compile(r"(?!.*[0-9]{4})[A-Za-z][A-Za-z0-9]{0,15}")


def packed(parts: Mapping[str, bytes]) -> bytes:
    """A zip of these parts in this order; `mimetype` is stored, as its rule asks."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name, _TIME)
            info.create_system = 0
            plain = name == "mimetype" or name.endswith(_STORED)
            info.compress_type = zipfile.ZIP_STORED if plain else zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return stream.getvalue()


def serialised(root: etree._Element) -> bytes:
    """The element as a document of its own, with the namespaces it uses and no others."""
    etree.cleanup_namespaces(root)
    for element in root.iter(etree.Element):
        prefix = element.prefix
        if prefix and not _PREFIX.fullmatch(prefix):
            raise UnfitFileError("文件内部的 XML 使用了不常见的命名空间前缀，不能确保其中没有内容")
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
