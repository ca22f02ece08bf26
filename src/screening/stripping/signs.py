"""Takes out of words the signs that nobody sees: of no width, turning direction, tags, fillers.

Scripts that need such signs to join or part their letters (Uyghur, Mongolian, Tibetan) keep them
between their own letters; nothing else of the words changes.
"""

from __future__ import annotations

import re
import unicodedata

# What could be unseen; the common case of a text without any is settled by one search.
_SUSPECT = re.compile(
    "[\u00ad\u034f\u0600-\u0605\u061c\u06dd\u070f\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0"
    "\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_JOINING = frozenset("\u200c\u200d\u180b\u180c\u180d\u180e\u180f")
_FILLERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_SCRIPTS_THAT_JOIN = (range(0x0590, 0x1900), range(0x2600, 0x27C0), range(0x1F000, 0x1FB00))


def seen(text: str) -> str:
    """The words without the signs nobody sees."""
    if not _SUSPECT.search(text):
        return text
    kept: list[str] = []
    for sign in text:
        last = kept[-1] if kept else ""
        if not _goes(sign, last):
            kept.append(sign)
    return "".join(kept)


def _goes(sign: str, last: str) -> bool:
    if sign in _JOINING:
        return not (last and any(ord(last) in script for script in _SCRIPTS_THAT_JOIN))
    if _is_selector(sign):
        # One chooses the shape of the character before it; a row of them writes in secret.
        return not last or _is_selector(last) or last.isspace()
    return sign in _FILLERS or unicodedata.category(sign) == "Cf" or 0xE0000 <= ord(sign) <= 0xE0FFF


def _is_selector(sign: str) -> bool:
    return "\ufe00" <= sign <= "\ufe0f" or "\U000e0100" <= sign <= "\U000e01ef"
