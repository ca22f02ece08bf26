"""Masks for lists and the normal form of identifiers; pure, it seals and stores nothing."""

from __future__ import annotations

from datetime import date

from statute.check_digits import compact
from statute.identity import Kind
from statute.masking import NameStyle, mask_address, mask_name, mask_value, masks_on

NAME, ADDRESS = "name", "address"


def mask(what: str, value: str, *, on: date) -> str:
    """How a value is shown in lists: `what` is "name", "address" or a statute.identity.Kind.

    What has no style (any other word) is hidden altogether rather than shown.
    """
    plain = value.strip()
    if what == NAME:
        return mask_name(plain, NameStyle.MOU)
    if what == ADDRESS:
        return mask_address(plain)
    styles = masks_on(on)
    if what in set(Kind) and Kind(what) in styles:
        return mask_value(plain, styles[Kind(what)])
    return "*" * 3


def normal(value: str) -> str:
    """An identifier as it is compared: without spaces, hyphens, full-width letters, in capitals."""
    return compact(value)
