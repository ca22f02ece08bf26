"""Which optional layers of a PDF are off when it is opened, and what of a page belongs to them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pikepdf

from screening.extraction.pdf_tree import is_one

_Of = Callable[[pikepdf.Object], pikepdf.Object | None]


@dataclass(frozen=True, slots=True)
class Layers:
    """The groups that are off, by object number."""

    off: frozenset[tuple[int, int]]

    def off_names(self, resources: pikepdf.Object | None) -> frozenset[str]:
        """The names under which a page or form speaks of layers that are off."""
        return self._names(resources, "/Properties", lambda item: item)

    def undrawn_names(self, resources: pikepdf.Object | None) -> frozenset[str]:
        """The names of pictures and forms that belong to layers that are off."""
        return self._names(resources, "/XObject", lambda item: item.get("/OC"))

    def _names(self, resources: pikepdf.Object | None, kind: str, layer: _Of) -> frozenset[str]:
        own = resources.get(kind) if isinstance(resources, pikepdf.Dictionary) else None
        if not isinstance(own, pikepdf.Dictionary) or not self.off:
            return frozenset()
        return frozenset(str(name) for name, item in own.items() if self._is_off(layer(item)))

    def _is_off(self, item: object) -> bool:
        if not isinstance(item, pikepdf.Dictionary):
            return False
        if not is_one(item, "/Type", "/OCMD"):
            return item.objgen in self.off
        members = item.get("/OCGs")
        groups = list(members) if isinstance(members, pikepdf.Array) else [members]
        states = [group.objgen not in self.off for group in groups if group is not None]
        policy = str(item.get("/P", "/AnyOn"))
        shown = {
            "/AllOn": all(states),
            "/AnyOff": not all(states),
            "/AllOff": not any(states),
        }.get(policy, any(states))
        return bool(states) and not shown


def layers(pdf: pikepdf.Pdf) -> Layers:
    """The state of a file's layers at opening. Other conditions (printing, zoom) are not weighed;
    where they matter, the page copied by this answer looks different, and that is checked."""
    stated = pdf.Root.get("/OCProperties")
    default = stated.get("/D") if isinstance(stated, pikepdf.Dictionary) else None
    if not isinstance(stated, pikepdf.Dictionary) or not isinstance(default, pikepdf.Dictionary):
        return Layers(frozenset())
    off = _groups(default, "/OFF")
    if is_one(default, "/BaseState", "/OFF"):
        off |= _groups(stated, "/OCGs") - _groups(default, "/ON")
    return Layers(frozenset(off))


def _groups(holder: pikepdf.Dictionary, key: str) -> set[tuple[int, int]]:
    listed = holder.get(key)
    return {group.objgen for group in listed} if isinstance(listed, pikepdf.Array) else set()
