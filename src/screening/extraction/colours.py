"""Colours of letters and paper as written in files, and whether one is seen on the other."""

from __future__ import annotations

import re
from functools import lru_cache

WHITE = "ffffff"
UNKNOWN = ""  # a gradient, a picture, a colour of a style that is not followed

_HEX = re.compile(r"#?(?:[0-9a-fA-F]{2})?([0-9a-fA-F]{6})")
_SHORT = re.compile(r"#([0-9a-fA-F])([0-9a-fA-F])([0-9a-fA-F])")
_NEAR = 24  # of 255 in each of red, green and blue: seen by nobody who reads
_NAMES = {
    "white": WHITE, "black": "000000", "red": "ff0000", "green": "008000", "blue": "0000ff",
    "yellow": "ffff00", "cyan": "00ffff", "magenta": "ff00ff", "darkblue": "000080",
    "darkcyan": "008080", "darkgreen": "008000", "darkmagenta": "800080", "darkred": "800000",
    "darkyellow": "808000", "darkgray": "808080", "lightgray": "c0c0c0", "gray": "808080",
}  # fmt: skip


@lru_cache(maxsize=4096)
def colour(text: str) -> str:
    """Six hex digits in lower case for `FFFFFF`, `#fff`, `FFFFFFFF`, `white`; else UNKNOWN."""
    match = _HEX.fullmatch(text)
    if match:
        return match[1].lower()
    short = _SHORT.fullmatch(text)
    if short:
        return "".join(2 * digit for digit in short.groups()).lower()
    return _NAMES.get(text.lower(), UNKNOWN)


@lru_cache(maxsize=4096)
def unseen_on(ink: str, paper: str) -> bool:
    """Whether letters of one colour are lost on a ground of the other. Unknown ones are seen."""
    if not ink or not paper:
        return False
    return all(
        abs(int(ink[at : at + 2], 16) - int(paper[at : at + 2], 16)) <= _NEAR for at in (0, 2, 4)
    )
