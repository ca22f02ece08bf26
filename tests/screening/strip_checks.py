"""How a stripped file is looked through: every byte of it, unpacked; and how a guard is taken out.

A trap proves nothing unless the same look finds the secret once the guard against it is gone.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator, Mapping

import pytest
from hypothesis import strategies as st

from screening.passages import Layer
from screening.reading import extract
from screening.stripping import pruning

NUMBER = "110101190001010011"

Guard = Callable[[pytest.MonkeyPatch, bytes], None]


def parts(data: bytes) -> Iterator[tuple[str, bytes]]:
    """The file, and what is packed in it, by name; names of parts count as content."""
    yield "", data
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield "(names)", "\n".join(archive.namelist()).encode()
            for name in archive.namelist():
                for inner, content in parts(archive.read(name)):
                    yield f"{name}/{inner}", content


def holds(data: bytes, secret: str = NUMBER) -> bool:
    """Whether the secret is anywhere in the file, in the ways text is written."""
    entities = "".join(f"&#{ord(sign)};" for sign in secret)
    hexed = "".join(f"&#x{ord(sign):x};" for sign in secret)
    forms = [secret.encode("utf-8"), secret.encode("utf-16-le"), secret.encode("utf-16-be")]
    forms += [entities.encode(), hexed.encode(), hexed.upper().replace("X", "x").encode()]
    return any(form in content for _, content in parts(data) for form in forms)


class All(frozenset[str]):
    """A set that holds everything."""

    def __contains__(self, key: object) -> bool:
        return True


def allow_everything(patch: pytest.MonkeyPatch) -> None:
    """Takes the list of what may come along out of the way: nothing is cut by it."""
    patch.setattr(pruning, "_prune_children", lambda *_: None)
    patch.setattr(pruning, "_clean", lambda *_: None)


def with_rest(new: bytes, old: bytes) -> bytes:
    """The new package with the parts of the old one that it left behind, names and all."""
    files: dict[str, bytes] = {}
    for data in (new, old):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                files.setdefault(name, archive.read(name))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


def by_name(guards: Mapping[str, Guard], names: str) -> list[Guard]:
    """The guards of a line of names."""
    return [guards[name] for name in names.split()]


def shown(data: bytes) -> str:
    """All words that are seen by who opens the file, as the extractor tells them."""
    seen = (Layer.VISIBLE, Layer.HEADER, Layer.NOTE, Layer.TEXT_BOX)
    return "\n".join(
        passage.text for passage in extract(data).passages if passage.place.layer in seen
    )


# Letters that choose the shape of another, or fill a space, are not seen and may go.
_UNSEEN = [
    *map(chr, range(0xFE00, 0xFE10)),
    *map(chr, range(0xE0100, 0xE01F0)),
    *"\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\u180b\u180c\u180d\u180f",
]
LETTERS = st.characters(codec="utf-8", exclude_categories=["C"], exclude_characters=_UNSEEN)
