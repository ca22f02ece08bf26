"""To whom files belong: kinds of owners, each with its own word on who may see and change them.

The app above that keeps the owner registers it when it starts. Answers are asked for at each
request and never kept; a kind that nobody registered is seen by nobody.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from gongkai.accounts.standing import Standing

Judge = Callable[[Standing, str], bool]


@dataclass(frozen=True, slots=True)
class Owner:
    """What a file belongs to: a kind that is registered, and the id within it."""

    kind: str
    id: str


@dataclass(frozen=True, slots=True)
class OwnerKind:
    """How a kind of owner judges: who sees its files, who changes them, from its own state at that
    moment. `stem` gives how outgoing names begin (云农公开〔2026〕3号), never with a person's name.
    """

    kind: str
    label: str
    sees: Judge
    changes: Judge
    stem: Callable[[str], str]


_REGISTRY: dict[str, OwnerKind] = {}


def register_owner(
    kind: str,
    *,
    label: str,
    sees: Judge,
    changes: Judge,
    stem: Callable[[str], str] = lambda _owner_id: "",
) -> None:
    """Adds a kind of owner; ValueError where another already bears the name."""
    new = OwnerKind(kind, label, sees, changes, stem)
    known = _REGISTRY.get(kind)
    if known is not None and (known.label, known.sees, known.changes) != (label, sees, changes):
        raise ValueError(f"文件的归属种类重名：{kind}")
    _REGISTRY[kind] = known or new


def owner_kind(kind: str) -> OwnerKind | None:
    """The kind of this name, None where nobody registered it."""
    return _REGISTRY.get(kind)


def sees(who: Standing, owner: Owner) -> bool:
    """Whether the owner lets this person see its files."""
    found = _REGISTRY.get(owner.kind)
    return found is not None and found.sees(who, owner.id)


def changes(who: Standing, owner: Owner) -> bool:
    """Whether the owner lets this person work on its files."""
    found = _REGISTRY.get(owner.kind)
    return found is not None and found.sees(who, owner.id) and found.changes(who, owner.id)


def stem(owner: Owner) -> str:
    """How the names of files that leave this owner begin; empty where it says nothing."""
    found = _REGISTRY.get(owner.kind)
    return "" if found is None else found.stem(owner.id)
