"""What stripping promises, as questions about the words before and after. It strips nothing."""

from __future__ import annotations

import re
from collections import Counter

from screening.passages import Carrier, Extraction, Layer, Passage
from screening.stripping.addresses import is_public
from screening.stripping.signs import seen
from screening.stripping.stripped import Stripped

# Words that are on the page once a file is stripped: those seen before, and accepted insertions.
_SHOWN = frozenset(
    {Layer.VISIBLE, Layer.HEADER, Layer.NOTE, Layer.TEXT_BOX, Layer.FORM_FIELD, Layer.INSERTED}
)
_PARTLY = frozenset({Layer.UNDER_BOX, Layer.OUTSIDE_PAGE})
_COUNTED = frozenset({"PAGE", "NUMPAGES", "SECTIONPAGES"})  # numbers a program fills in itself
# A PDF is held to its own proof, page by page as drawn.
_PROVED_ELSEWHERE = frozenset({Carrier.PDF})
# What a program writes before paragraphs and behind figures, told by the extractor for the whole
# file: formats that nothing uses are not seen, and do not come along.
_OF_LOOKS = frozenset({"项目编号", "数字格式"})
_BLANK = re.compile(r"\s+")
_BOXES = "☐☑☒"  # ticks of form fields, which become words


def hidden_left(after: Extraction) -> tuple[Passage, ...]:
    """Passages of a stripped file that stand in a hidden layer and may not go out."""
    return tuple(
        passage
        for passage in after.passages
        if passage.place.layer.hidden and not may_stay(passage, after.carrier)
    )


def may_stay(passage: Passage, carrier: Carrier) -> bool:
    """Whether words in a hidden layer are meant to go out: public links, and page numbers."""
    text = passage.text.strip()
    if passage.place.layer is Layer.LINK:
        return is_public(text)
    if passage.place.layer is Layer.FILE_NAME:
        return re.fullmatch(r"[0-9]{3,5}\.[a-z]{3,4}", text) is not None
    if passage.place.layer is Layer.METADATA and carrier is Carrier.TIFF:
        return re.fullmatch(r"[0-9.]{1,8}", text) is not None  # density
    return text.upper() in _COUNTED


def words_lost(before: Extraction, stripped: Stripped, after: Extraction) -> str:
    """Characters seen before and not after, however they are divided into passages.

    Headers that no page shows may be missing, where the report says so.
    """
    if before.carrier in _PROVED_ELSEWHERE:
        return ""
    said = {one.layer for one in stripped.removed if one.layer is Layer.HEADER}
    lost = _letters(before, _SHOWN - said) - _letters(after, _SHOWN)
    return "".join(sorted(lost.elements()))


def words_gained(before: Extraction, after: Extraction) -> str:
    """Characters seen after that nobody saw before: what was hidden must go, not come to light.

    The choice that a form shows stands among its choices before, and as a word after. A line of
    an OFD that is partly covered is told as covered before; what is left of it is seen.
    """
    if before.carrier in _PROVED_ELSEWHERE:
        return ""
    partly = _PARTLY if before.carrier is Carrier.OFD else frozenset()
    seen_before = _letters(before, _SHOWN | {Layer.VALIDATION} | partly)
    gained = _letters(after, _SHOWN) - seen_before
    return "".join(sorted(sign for sign in gained.elements() if sign not in _BOXES))


def _letters(extraction: Extraction, layers: frozenset[Layer]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for passage in extraction.passages:
        place = passage.place
        if place.layer in layers and not place.inside and place.part not in _OF_LOOKS:
            counts.update(_BLANK.sub("", seen(passage.text)))
    return counts
