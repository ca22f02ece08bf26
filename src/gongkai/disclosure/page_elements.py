"""Elements of structured pages: words that a page shows to everybody, and the page made of them.

It knows no kind of page; guide.py and organisation.py do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import escape

from gongkai.disclosure.detail_elements import ElementError
from statute.identity import Certainty, Kind, find

# How an office is reached is public; what identifies a person is not.
_REACHABLE = {Kind.LANDLINE, Kind.MOBILE, Kind.EMAIL, Kind.BANK_CARD, Kind.SOCIAL_ACCOUNT}


def prose(longest: int) -> Callable[[object], str]:
    """Words in any number of lines, without numbers that identify a person."""

    def read(value: object) -> str:
        if not isinstance(value, str):
            raise ElementError("须为文字")
        plain = value.strip()
        if not plain:
            raise ElementError("不能是空白")
        if len(plain) > longest:
            raise ElementError(f"不超过{longest}字")
        for found in find(plain):
            if found.certainty is Certainty.CERTAIN and _identifies(found.kind):
                raise ElementError(f"中有{found.kind.label}，不能填写")
        return plain

    return read


def _identifies(kind: Kind) -> bool:
    return kind.personal and kind not in _REACHABLE


def heading(text: str) -> str:
    """A part of the page."""
    return f"<h2>{escape(text, quote=False)}</h2>"


def paragraphs(value: object, label: str = "") -> str:
    """Each line a paragraph, the first with its label; nothing for what is no text."""
    if not isinstance(value, str) or not value.strip():
        return ""
    lines = [line.strip() for line in value.splitlines() if line.strip()]
    if label:
        lines[0] = f"{label}：{lines[0]}"
    return "".join(f"<p>{escape(line, quote=False)}</p>" for line in lines)


def listed(lines: Iterable[str]) -> str:
    """A list; nothing for an empty one."""
    items = "".join(f"<li>{escape(line, quote=False)}</li>" for line in lines)
    return f"<ul>{items}</ul>" if items else ""
