"""The hostile files with the verdict each must get, written by hand.

A bomb, a lie or a disguise is refused. What a document may lawfully carry and a reader must not
miss (a script, a note behind a picture) is accepted, and must be seen in its layer.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from tests.screening import (
    hostile_packages,
    hostile_pdfs,
    hostile_pictures,
    hostile_plain,
    hostile_zips,
)


class Verdict(StrEnum):
    """What must come of a file."""

    REFUSED = "refused"
    SEEN = "accepted, and seen in its layer"
    NOT_WHOLLY = "accepted, and said to be not wholly covered"
    EITHER = "refused or accepted, but without a stray error"


@dataclass(frozen=True, slots=True)
class Hostile:
    """A file made on demand, for some weigh fifty megabytes."""

    family: str
    name: str
    make: Callable[[], bytes]
    verdict: Verdict
    layer: str = ""


_FAMILIES = {
    "zips": hostile_zips,
    "packages": hostile_packages,
    "plain": hostile_plain,
    "pictures": hostile_pictures,
    "pdfs": hostile_pdfs,
}


def _of_family(family: str) -> list[Hostile]:
    module = _FAMILIES[family]
    files = [Hostile(family, name, make, Verdict.REFUSED) for name, make in module.REFUSED.items()]
    for name, (make, layer) in getattr(module, "ACCEPTED", {}).items():
        files.append(Hostile(family, name, make, Verdict.SEEN, layer))
    for name, make in getattr(module, "NOT_WHOLLY", {}).items():
        files.append(Hostile(family, name, make, Verdict.NOT_WHOLLY))
    for name, make in getattr(module, "EITHER", {}).items():
        files.append(Hostile(family, name, make, Verdict.EITHER))
    return files


HOSTILE: dict[str, list[Hostile]] = {family: _of_family(family) for family in _FAMILIES}
