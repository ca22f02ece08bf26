"""What people are told about: filled by the apps above when they start.

A kind knows two texts. What stands in the office names the matter; what leaves the office
(`outside`) does not: a title that nobody has cleared yet must not travel by mail.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of message: its name in the office, and the sentence that may leave it."""

    name: str
    label: str
    outside: str


# For whoever wants to see whether an address works.
TRY = Kind("try", "试发", "这是一条试发的消息，说明这个地址收得到。")

_REGISTRY: dict[str, Kind] = {}


def register(*kinds: Kind) -> None:
    """Adds kinds; two of one name are a ValueError."""
    for kind in kinds:
        if _REGISTRY.get(kind.name, kind) != kind:
            raise ValueError(f"消息种类重名：{kind.name}")
        _REGISTRY[kind.name] = kind


def find(name: str) -> Kind:
    """The kind of this name; KeyError where nobody registered it."""
    return _REGISTRY[name]


def label(name: str) -> str:
    """How a kind is called; one that is no longer installed by its name."""
    kind = _REGISTRY.get(name)
    return name if kind is None else kind.label


def registered() -> tuple[Kind, ...]:
    """All kinds in the order in which they were registered."""
    return tuple(_REGISTRY.values())
