"""Which addresses of links may go out: those that anybody can open, and nothing else.

Files, shares of the house, mail, scripts, and names before an @ stay behind.
"""

from __future__ import annotations

import re

_LONGEST = 500
_PUBLIC = re.compile(r"https?://[A-Za-z0-9.\-]+(?::\d+)?(?:[/?#][\x21-\x7e]*)?")


def is_public(address: str) -> bool:
    """Whether the address is http or https, plain, without a user's name, and not too long."""
    return len(address) <= _LONGEST and _PUBLIC.fullmatch(address) is not None
