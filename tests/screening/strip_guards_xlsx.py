"""The guards of the stripping of workbooks, each with how it is taken out."""

from __future__ import annotations

import re

import pytest
from lxml import etree

from screening.stripping import (
    office,
    pictures,
    xlsx,
    xlsx_cells,
    xlsx_drawings,
)
from screening.stripping.image import Rewritten
from screening.stripping.office import Target
from screening.stripping.tally import Tally
from screening.stripping.xlsx_cells import Cells
from screening.stripping.xlsx_looks import Looks
from screening.stripping.xlsx_strings import Strings
from tests.screening.strip_checks import All, Guard, allow_everything, with_rest


def _carry_all_parts(patch: pytest.MonkeyPatch, old: bytes) -> None:
    plain = Target.packed
    patch.setattr(Target, "packed", lambda target: with_rest(plain(target), old))


def _plain_pictures(patch: pytest.MonkeyPatch, _: bytes) -> None:
    patch.setattr(office, "_rewritten", lambda data, _: Rewritten(data, "png"))


def _see_all_places(patch: pytest.MonkeyPatch, _: bytes) -> None:
    patch.setattr(Cells, "_layer_of", lambda *_: None)


def _see_all_fonts(patch: pytest.MonkeyPatch, _: bytes) -> None:
    patch.setattr(Looks, "hidden_by_font", lambda *_: None)


class _Carrying(Strings):
    """Carries texts that no cell shows."""

    def __init__(self, root: etree._Element | None, looks: Looks, tally: Tally) -> None:
        super().__init__(root, looks, tally)
        for number in range(len(self._old)):
            self.carried(str(number), "")


def _keep_attributes(patch: pytest.MonkeyPatch, _: bytes) -> None:
    patch.setattr(xlsx_cells, "_ROW_ATTRIBUTES", All())
    patch.setattr(xlsx_cells, "_PLAIN", re.compile(".*"))
    patch.setattr(xlsx_cells, "_set_place", lambda *_: None)


GUARDS: dict[str, Guard] = {
    "list": lambda patch, _: allow_everything(patch),
    "parts": _carry_all_parts,
    "places": _see_all_places,
    "sheets": lambda patch, _: patch.setattr(xlsx._Book, "_is_seen", lambda *_: True),
    "fonts": _see_all_fonts,
    "formats": lambda patch, _: patch.setattr(xlsx_cells, "shown_instead", lambda *_: None),
    "merged": lambda patch, _: patch.setattr(Cells, "_is_covered", lambda *_: False),
    "strings": lambda patch, _: patch.setattr(xlsx, "Strings", _Carrying),
    "attributes": _keep_attributes,
    "values": lambda patch, _: patch.setattr(xlsx_cells, "_empty", lambda _: None),
    "removal": lambda patch, _: patch.setattr(xlsx, "remove", lambda _: None),
    "addresses": lambda patch, _: patch.setattr(xlsx, "is_public", lambda _: True),
    "styles": lambda patch, _: patch.setattr(xlsx, "settle_styles", lambda *_: None),
    "pictures": _plain_pictures,
    "shapes": lambda patch, _: patch.setattr(pictures, "_NAMED", ("none",)),
    "drawn": lambda patch, _: patch.setattr(xlsx_drawings, "_drop_shape", lambda *_: None),
}
