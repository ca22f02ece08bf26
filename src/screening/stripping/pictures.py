"""Pictures within drawings of documents: written anew, cropped as shown, the links settled.

Used for Word and Excel alike. Pictures that lie elsewhere are not fetched: they go.
"""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from screening.passages import Layer
from screening.stripping.grammar_word import word
from screening.stripping.image import Crop
from screening.stripping.office import RELATION_EMBED, RELATION_ID, Relation, Source, Target
from screening.stripping.pruning import remove
from screening.stripping.tally import Tally

_WHOLE = 100_000  # thousandths of a percent
_SIDES = ("l", "t", "r", "b")
_OLD_SIDES = ("cropleft", "croptop", "cropright", "cropbottom")
_HOLDERS = tuple(word(tag) for tag in ("w:drawing", "w:pict", "xdr:pic", "pic:pic", "a:blipFill"))
_NAMED = tuple(
    word(tag) for tag in ("wp:docPr", "pic:cNvPr", "wps:cNvPr", "wpg:cNvPr", "xdr:cNvPr")
)


@dataclass(frozen=True, slots=True)
class Pictures:
    """The pictures of one part: where it led before, and the part as it goes out."""

    source: Source
    target: Target
    tally: Tally
    part: str
    relations: dict[str, Relation]

    def settle(self, root: etree._Element) -> None:
        """Every picture of the part."""
        for blip in list(root.iter(word("a:blip"))):
            crop = _crop(blip)
            number = self._carried(blip.get(RELATION_EMBED) or "", crop)
            if number is None:
                self._drop(blip)
            else:
                blip.set(RELATION_EMBED, number)
        for old in list(root.iter(word("v:imagedata"))):
            crop = _old_crop(old)
            number = self._carried(old.get(RELATION_ID) or "", crop)
            if number is None:
                self._drop(old)
            else:
                old.set(RELATION_ID, number)
        for named in root.iter(*_NAMED):
            named.set("name", "")

    def _carried(self, number: str, crop: Crop) -> str | None:
        """The new id of a picture; None when it is not in the package."""
        relation = self.relations.get(number)
        if relation is None or relation.external or relation.kind != "image":
            return None
        if any(crop):
            self.tally.add(Layer.OUTSIDE_PAGE, "图片裁剪掉的部分")
        return self.target.picture(self.part, self.source, relation.target, crop)

    def _drop(self, element: etree._Element) -> None:
        self.tally.add(Layer.LINK, "链接的外部图片")
        holder = next(element.iterancestors(*_HOLDERS), None)
        remove(element if holder is None else holder)


def _crop(blip: etree._Element) -> Crop:
    """What the drawing cuts away; afterwards the picture is cut, and the drawing shows it whole."""
    holder = blip.getparent()
    rectangle = None if holder is None else holder.find(word("a:srcRect"))
    if rectangle is None:
        return (0.0, 0.0, 0.0, 0.0)
    shares = [_number(rectangle.get(side) or "0") / _WHOLE for side in _SIDES]
    for side, share in zip(_SIDES, shares, strict=True):
        if share > 0 and side in rectangle.attrib:
            del rectangle.attrib[side]
    return _four(shares)


def _old_crop(picture: etree._Element) -> Crop:
    shares: list[float] = []
    for side in _OLD_SIDES:
        written = picture.attrib.pop(side, "0")
        plain = _number(written.rstrip("f%"))
        scale = {"f": 65536.0, "%": 100.0}.get(written[-1:], 1.0)
        shares.append(plain / scale)
    return _four(shares)


def _four(shares: list[float]) -> Crop:
    left, top, right, bottom = (min(max(share, 0.0), 1.0) for share in shares)
    return left, top, right, bottom


def _number(written: str) -> float:
    try:
        return float(written)
    except ValueError:
        return 0.0
