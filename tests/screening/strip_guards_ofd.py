"""The guards of the stripping of OFD, each with how it is taken out."""

from __future__ import annotations

import pytest

from screening.limits import open_package
from screening.stripping import image, ofd
from screening.stripping.image import Rewritten
from screening.stripping.ofd_sight import Sight
from screening.stripping.writing import packed
from screening.xml import parse_xml
from tests.screening.strip_checks import Guard, allow_everything, with_rest


def _carry_all_parts(patch: pytest.MonkeyPatch, old: bytes) -> None:
    patch.setattr(ofd, "packed", lambda parts: with_rest(packed(parts), old))


def _plain_pictures(patch: pytest.MonkeyPatch, _: bytes) -> None:
    patch.setattr(image, "rewritten", lambda data, _: Rewritten(data, "png"))


def _carry(name: str, part: str) -> Guard:
    """A part that is composed anew comes as it was, with all that it says."""
    return lambda patch, old: patch.setattr(
        ofd, name, lambda *_: parse_xml(open_package(old).read(part))
    )


GUARDS: dict[str, Guard] = {
    "list": lambda patch, _: allow_everything(patch),
    "parts": _carry_all_parts,
    "sight": lambda patch, _: patch.setattr(Sight, "drop_unseen", lambda *_: None),
    "templates": lambda patch, _: patch.setattr(ofd, "_uses", lambda *_: True),
    "pictures": _plain_pictures,
    "entry": _carry("_entry", "OFD.xml"),
    "listing": _carry("_listing", "Doc_0/Document.xml"),
}
