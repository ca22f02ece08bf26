"""Words inside bytes of unknown make: camera notes, private chunks, what follows a picture.

It finds runs that read as UTF-8 or as UTF-16 and leaves the rest; it does not know any format.
"""

from __future__ import annotations

import re

_MAX_RUNS = 200
_SHORTEST = 4
_RUN_UTF_8 = re.compile(
    rb"(?:[\t\x20-\x7e]|[\xc3-\xdf][\x80-\xbf]|[\xe3-\xe9\xef][\x80-\xbf]{2}){%d,}" % _SHORTEST
)
_RUN_UTF_16 = (
    (re.compile(rb"(?:[\x20-\x7e]\x00|[\x00-\xff][\x4e-\x9f]){%d,}" % _SHORTEST), "utf-16-le"),
    (re.compile(rb"(?:\x00[\x20-\x7e]|[\x4e-\x9f][\x00-\xff]){%d,}" % _SHORTEST), "utf-16-be"),
)
_SAYS_NOTHING = re.compile(r"[\W_]*")


def words_of(data: bytes) -> str:
    """One value: the whole as text where it is text, else its runs, each on a line."""
    plain = data.rstrip(b"\0")
    for encoding in ("utf-8", "gb18030"):
        try:
            text = plain.decode(encoding)
        except UnicodeDecodeError:
            continue
        if text.isprintable() or text.replace("\r", "").replace("\n", "").isprintable():
            return text.strip()
    return "\n".join(runs(data))


def runs(data: bytes) -> tuple[str, ...]:
    """At most 200 runs of four characters or more, as they stand; signs alone say nothing."""
    found: list[str] = []
    for match in _RUN_UTF_8.finditer(data):
        _keep(found, match[0].decode("utf-8", "ignore"))
    for pattern, encoding in _RUN_UTF_16:
        for match in pattern.finditer(data):
            _keep(found, match[0].decode(encoding, "ignore"))
    return tuple(found)


def _keep(found: list[str], text: str) -> None:
    if len(found) < _MAX_RUNS and not _SAYS_NOTHING.fullmatch(text):
        found.append(text.strip())
