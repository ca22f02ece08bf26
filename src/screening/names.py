"""Names of files: as shown to staff, whatever was sent, and as composed for what goes out.

A name is never a path here, and never longer than a file system takes: 255 bytes, not characters.
What a name says about people is searched elsewhere, in the passage with the name.
"""

from __future__ import annotations

import re
import unicodedata

from screening.passages import Carrier

MAX_NAME_BYTES = 255

_UNNAMED = "未命名"
# Control and format characters (also those that turn the direction), halves of pairs, line ends.
_UNSHOWN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_FORBIDDEN = re.compile(r'[<>:"|?*]')  # by Windows
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)", re.IGNORECASE)
_LONGEST_SUFFIX = 20
_SUFFIXES = {
    Carrier.PDF: "pdf",
    Carrier.DOCX: "docx",
    Carrier.XLSX: "xlsx",
    Carrier.ODS: "ods",
    Carrier.OFD: "ofd",
    Carrier.PNG: "png",
    Carrier.JPEG: "jpg",
    Carrier.TIFF: "tif",
    Carrier.TEXT: "txt",
    Carrier.CSV: "csv",
    Carrier.HTML: "html",
    Carrier.ZIP: "zip",
    Carrier.DOC: "doc",
    Carrier.XLS: "xls",
}
_KNOWN_SUFFIXES = frozenset({*_SUFFIXES.values(), "jpeg", "tiff", "htm"})


def shown_name(raw: str) -> str:
    """What staff see of a name someone sent: one line, no path, at most 255 bytes of UTF-8."""
    last = re.split(r"[/\\]", raw)[-1]
    return _fitted(_plain(last) or _UNNAMED)


def composed_name(subject_slug: str, number: int, carrier: Carrier) -> str:
    """The name under which a file goes out: subject, number, suffix of what it really is.

    The subject is the caller's (a case number, a word); nothing of the sender's name is in it.
    """
    suffix = f"-{number}.{_SUFFIXES[carrier]}"
    slug = _plain(re.sub(r"[/\\.\s]+", "-", subject_slug)).strip("-") or _UNNAMED
    return _cut(slug, MAX_NAME_BYTES - len(suffix.encode())) + suffix


def suffixed_name(name: str, carrier: Carrier) -> str:
    """A shown name that ends in the suffix of what the file really is."""
    stem, dot, suffix = name.rpartition(".")
    known = suffix.lower() in _KNOWN_SUFFIXES
    return _fitted(f"{stem if dot and known else name}.{_SUFFIXES[carrier]}")


def _plain(name: str) -> str:
    kept = "".join(
        sign
        for sign in unicodedata.normalize("NFC", name)
        if unicodedata.category(sign) not in _UNSHOWN
    )
    kept = _FORBIDDEN.sub("_", kept).strip().strip(".").strip()
    return f"_{kept}" if _DEVICES.match(kept) else kept


def _fitted(name: str) -> str:
    if len(name.encode()) <= MAX_NAME_BYTES:
        return name
    stem, dot, suffix = name.rpartition(".")
    if not dot or len(suffix.encode()) > _LONGEST_SUFFIX:
        return _cut(name, MAX_NAME_BYTES)
    return _cut(stem, MAX_NAME_BYTES - len(suffix.encode()) - 1) + "." + suffix


def _cut(text: str, size: int) -> str:
    """At most so many bytes of UTF-8, no character broken, no dot or blank left at the end."""
    return text.encode()[:size].decode("utf-8", "ignore").rstrip(". ")
