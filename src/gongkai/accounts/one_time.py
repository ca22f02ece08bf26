"""One-time passwords as an administrator reads them out; not for anything that stays."""

from __future__ import annotations

import secrets

# Without characters that look or sound alike; every class that dengbao3 asks for is present.
_UPPER, _LOWER, _DIGITS, _SIGNS = (
    "ABCDEFGHJKMNPQRSTUVWXYZ",
    "abcdefghjkmnpqrstuvwxyz",
    "23456789",
    "#%+=@",
)


def one_time_password(length: int = 16) -> str:
    """A random password of at least 12 characters with upper, lower, digit and sign (> 80 bits)."""
    classes = (_UPPER, _LOWER, _DIGITS, _SIGNS)
    letters = [secrets.choice(each) for each in classes]
    letters += [secrets.choice("".join(classes)) for _ in range(max(length, 12) - len(classes))]
    secrets.SystemRandom().shuffle(letters)
    return "".join(letters)
