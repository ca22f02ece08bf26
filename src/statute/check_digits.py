"""Numbers that carry their own check: resident IDs, credit codes, bank cards.

Works on one value; searching a text for such numbers is statute.identity's business.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

_RESIDENT_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_RESIDENT_CHECKS = "10X98765432"
# GB 32100: digits and capitals without I, O, S, V, Z; the weights are the powers of 3 modulo 31.
_CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_WEIGHTS = tuple(3**place % 31 for place in range(17))
_PROVINCE = "1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]"
RESIDENT_SHAPE = re.compile(
    rf"(?:{_PROVINCE})[0-9]{{4}}(?:19|20)[0-9]{{2}}"
    r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9X]"
)
_OLD_RESIDENT_SHAPE = re.compile(
    rf"(?:{_PROVINCE})[0-9]{{6}}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{{3}}"
)
CREDIT_SHAPE = re.compile(r"[1-9ANY][1-9][0-9]{6}[0-9A-HJ-NP-RTUWXY]{10}")


def resident_check_digit(first_seventeen: str) -> str:
    """The 18th character of a resident ID number, for its first 17 digits."""
    digits = zip(first_seventeen, _RESIDENT_WEIGHTS, strict=True)
    return _RESIDENT_CHECKS[sum(int(digit) * weight for digit, weight in digits) % 11]


def credit_check_digit(first_seventeen: str) -> str:
    """The 18th character of a unified social credit code, for its first 17 characters."""
    places = zip(first_seventeen, _CREDIT_WEIGHTS, strict=True)
    total = sum(_CREDIT_ALPHABET.index(letter) * weight for letter, weight in places)
    return _CREDIT_ALPHABET[-total % 31]


def passes_luhn(digits: str) -> bool:
    """Whether a string of decimal digits ends in its Luhn check digit."""
    doubled = (
        int(digit) if place % 2 == 0 else sum(divmod(2 * int(digit), 10))
        for place, digit in enumerate(reversed(digits))
    )
    return sum(doubled) % 10 == 0


def compact(value: str) -> str:
    """One value as typed into a form, without spaces, hyphens and full-width letters."""
    folded, _ = fold(value)
    return re.sub(r"[\s-]", "", folded).upper()


def is_resident_id(value: str) -> bool:
    """Whether a compact value is an 18-place resident ID: place, a real date, check digit."""
    return (
        RESIDENT_SHAPE.fullmatch(value) is not None
        and _is_date(value[6:14])
        and resident_check_digit(value[:17]) == value[17]
    )


def is_old_resident_id(value: str) -> bool:
    """Whether a compact value is a 15-digit resident ID: place and a real date; no check digit."""
    return _OLD_RESIDENT_SHAPE.fullmatch(value) is not None and _is_date(f"19{value[6:12]}")


def is_credit_code(value: str) -> bool:
    """Whether a compact value is a unified social credit code with a right check character."""
    return CREDIT_SHAPE.fullmatch(value) is not None and credit_check_digit(value[:17]) == value[17]


def _is_date(digits: str) -> bool:
    try:
        date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return False
    return True


_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_SPACES = dict.fromkeys((0x00A0, 0x2002, 0x2003, 0x2007, 0x2009, 0x202F, 0x3000), 0x20)
_DASHES = dict.fromkeys((0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2212), 0x2D)
_FOLDING = {**_FULL_WIDTH, **_SPACES, **_DASHES}
_INVISIBLE = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff\r")


def fold(text: str) -> tuple[str, Sequence[int]]:
    """The text in plain characters, and for each of them its place in the original."""
    folded = text.translate(_FOLDING)
    if _INVISIBLE.isdisjoint(folded):
        return folded, range(len(folded))
    origin = [place for place, letter in enumerate(folded) if letter not in _INVISIBLE]
    return "".join(folded[place] for place in origin), origin
