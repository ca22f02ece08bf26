"""The guards of the stripping of OpenDocument sheets, each with how it is taken out."""

from __future__ import annotations

import pytest

from screening.stripping import ods, ods_tables
from screening.stripping.ods_looks import Looks
from screening.stripping.ods_tables import Tables
from tests.screening.strip_checks import Guard, allow_everything, with_rest


def _carry_all_parts(patch: pytest.MonkeyPatch, old: bytes) -> None:
    plain = ods._Book.packed
    patch.setattr(ods._Book, "packed", lambda book: with_rest(plain(book), old))


def _see_all_columns(patch: pytest.MonkeyPatch, _: bytes) -> None:
    patch.setattr(Tables, "_read_columns", lambda *_: iter(()))


def _see_all_looks(patch: pytest.MonkeyPatch, _: bytes) -> None:
    patch.setattr(Looks, "of_cell", lambda *_, protected: None)
    patch.setattr(Looks, "of_words", lambda *_: None)


GUARDS: dict[str, Guard] = {
    "list": lambda patch, _: allow_everything(patch),
    "parts": _carry_all_parts,
    "sheets": lambda patch, _: patch.setattr(Tables, "is_hidden", lambda *_: None),
    "rows": lambda patch, _: patch.setattr(Tables, "_layer_of_row", lambda *_: None),
    "columns": _see_all_columns,
    "emptied": lambda patch, _: patch.setattr(Tables, "_empty", lambda *_: None),
    "looks": _see_all_looks,
    "values": lambda patch, _: patch.setattr(ods_tables, "_FORMULAS", ()),
    "conditions": lambda patch, _: patch.setattr(ods, "_drop_conditions", lambda *_: None),
    "formats": lambda patch, _: patch.setattr(ods, "_drop_unused_styles", lambda *_: None),
    "addresses": lambda patch, _: patch.setattr(ods, "is_public", lambda _: True),
    "links": lambda patch, _: patch.setattr(ods._Book, "_settle_links", lambda *_: None),
}
