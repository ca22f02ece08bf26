"""The guards of the stripping of letters, each with how it is taken out."""

from __future__ import annotations

import pytest

from screening.stripping import docx, docx_names, office, pictures
from screening.stripping.image import Rewritten
from screening.stripping.office import Target
from tests.screening.strip_checks import Guard, allow_everything, with_rest


def _step(name: str) -> Guard:
    return lambda patch, _: patch.delitem(docx.STEPS, name)


def _carry_all_parts(patch: pytest.MonkeyPatch, old: bytes) -> None:
    plain = Target.packed
    patch.setattr(Target, "packed", lambda target: with_rest(plain(target), old))


def _plain_names(patch: pytest.MonkeyPatch, _: bytes) -> None:
    patch.setattr(docx_names, "plain_name", lambda _: True)


def _plain_pictures(patch: pytest.MonkeyPatch, _: bytes) -> None:
    patch.setattr(office, "_rewritten", lambda data, _: Rewritten(data, "png"))


GUARDS: dict[str, Guard] = {
    "list": lambda patch, _: allow_everything(patch),
    "parts": _carry_all_parts,
    "changes": _step("changes"),
    "alternatives": _step("alternatives"),
    "fields": _step("fields"),
    "places": _step("places"),
    "hidden": _step("hidden"),
    "addresses": lambda patch, _: patch.setattr(docx, "is_public", lambda _: True),
    "names": _plain_names,
    "lists": lambda patch, _: patch.setattr(docx, "keep_used_lists", lambda *_: None),
    "pictures": _plain_pictures,
    "shapes": lambda patch, _: patch.setattr(pictures, "_NAMED", ("none",)),
    "notes": lambda patch, _: patch.setattr(docx._Letter, "_settle_note", lambda *_: None),
}
